"""Tellings as an archive remembers them, and how those that may hang together with new ones are found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa

from communique.archive import schema_merge as tables
from communique.merge import alike, stages
from communique.merge.cluster import identifier
from communique.merge.evidence import evidence
from communique.merge.fact import OPENING
from communique.merge.keys import FIGURE, OPENS, SAID
from communique.merge.nearness import Nearness
from communique.merge.telling import SLACK, Telling, unpack
from communique.merge.words import rules

AT_ONCE = 400
_BY_DATE = "SELECT telling FROM telling_keys WHERE key = ? AND low BETWEEN ? AND ? AND high >= ?"
Held = tuple[Telling, str | None]  # a telling and its component


class Tellings:
    """The tellings of an archive, inside one transaction."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection
        self._known: dict[str, Held] = {}  # what was unpacked in this transaction
        self._names: dict[int, str] = {}

    def forget(self, documents: Iterable[int]) -> set[str]:
        """Takes out what documents tell; the components that it was in."""
        found = self._select(sa.select(tables.tellings.c.number, tables.tellings.c.component), "document", documents)
        numbers = [row.number for row in found]
        for at in range(0, len(numbers), AT_ONCE):
            part = numbers[at : at + AT_ONCE]
            self._connection.execute(sa.delete(tables.telling_keys).where(tables.telling_keys.c.telling.in_(part)))
            self._connection.execute(sa.delete(tables.tellings).where(tables.tellings.c.number.in_(part)))
        return {row.component for row in found if row.component}

    def keep(self, told: Sequence[tuple[int, int, Telling]]) -> None:
        """Puts tellings in, each with the numbers of its document and its text."""
        if not told:
            return
        first = (self._connection.execute(sa.select(sa.func.max(tables.tellings.c.number))).scalar() or 0) + 1
        rows = [
            (number, identifier(each), document, text, None, None, each.pack())
            for number, (document, text, each) in enumerate(told, first)
        ]
        self._connection.exec_driver_sql("INSERT INTO tellings VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
        keys = [
            (key, each.reach_of(key)[0], number, each.reach_of(key)[1])
            for number, (_, _, each) in enumerate(told, first)
            for key in each.shelves
        ]
        if keys:
            self._connection.exec_driver_sql("INSERT INTO telling_keys VALUES (?, ?, ?, ?)", sorted(keys))

    def move(self, moved: dict[int, int]) -> None:
        """Tells documents which text they belong to now."""
        if moved:
            rows = [(text, number) for number, text in moved.items()]
            self._connection.exec_driver_sql("UPDATE tellings SET text = ? WHERE document = ?", rows)

    def of_texts(self, texts: Iterable[int]) -> dict[str, Held]:
        """Everything that documents of these texts tell."""
        return self._held("text", texts)

    def of_components(self, components: Iterable[str]) -> dict[str, Held]:
        """Everything in these components."""
        return self._held("component", components)

    def with_ids(self, ids: Iterable[str]) -> dict[str, Held]:
        """The tellings with these ids, as far as they are kept."""
        return self._held("id", ids)

    def related(self, changed: dict[str, Held], near: Nearness) -> set[str]:
        """The components of all that hangs together with tellings that are new, and is not among them."""
        found: set[str] = set()
        around: dict[str, dict[str, Held]] = {}
        for name, (telling, _) in sorted(changed.items()):
            mates = self._by_date(telling) if telling.dated_keys else {}
            for text in near.around(telling.text):
                if text not in around:
                    around[text] = self.of_texts([int(text)])
                mates |= around[text]
            keys = {*telling.keys, *telling.far_keys}
            for mate, (other, component) in mates.items():
                if mate in changed or mate == name or component in found or not component:
                    continue
                if (
                    other.text != telling.text
                    and not keys.isdisjoint((*other.keys, *other.far_keys))
                    and hang_together(telling, other, near)
                ):
                    found.add(component)
        return found

    def _by_date(self, telling: Telling) -> dict[str, Held]:
        """Tellings with a key of this one whose dates come within reach of its own."""
        # no dated telling reaches further than this, so an index by the lower bound is enough
        days = {name: int(rules()[f"days_of_a_{name}"]) for name in ("difference", "promise", "plan")}
        longest = int(rules()["longest_time"])
        spans = {
            "": max(longest + days["difference"], int(rules()["days_of_a_correction"])),
            "planned": longest + 2 * SLACK + days["promise"],
        }
        if telling.event == FIGURE:
            spans = {"figure": 2 * days["plan"]}
        numbers: set[int] = set()
        said: set[int] = set()  # found by a key that is sure whatever the dates
        for shelf, span in spans.items():
            for key in telling.dated_keys:
                if not key.startswith(OPENS):
                    low, high = telling.reach_of(key)
                    values = (f"{shelf}|{key}", low - span, high, low)
                    met = {row[0] for row in self._connection.exec_driver_sql(_BY_DATE, values)}
                    numbers |= met
                    said |= met if key.startswith(SAID) else set()
        for key in telling.opening_keys:
            low, high = telling.reach_of(key)
            values = (f"{OPENING}|{key}", low - longest - days["plan"], high, low)
            numbers |= {row[0] for row in self._connection.exec_driver_sql(_BY_DATE, values)}
        found = self._held("number", numbers)
        sure = {self._names[number] for number in said}
        return {
            name: held
            for name, held in found.items()
            if (held[0].exact and telling.exact) or held[0].linking or telling.linking or name in sure
        }

    def settle(self, outcome: Iterable[tuple[str, str, str]]) -> None:
        """Notes for (telling id, component, record) what came of each telling."""
        rows = [(component, record, name) for name, component, record in sorted(outcome)]
        if rows:
            self._connection.exec_driver_sql("UPDATE tellings SET component = ?, record = ? WHERE id = ?", rows)

    def _held(self, column: str, values: Iterable[Any]) -> dict[str, Held]:
        columns = tables.tellings.c
        wanted = {value for value in values if column != "number" or value not in self._names}
        known = set(values) - wanted if column == "number" else set()
        chosen = sa.select(columns.number, columns.id, columns.body, columns.text, columns.component)
        rows = self._select(chosen, column, wanted)
        for row in rows:
            if row.number not in self._names:
                self._names[row.number] = row.id
                self._known[row.id] = (unpack(row.body, str(row.text)), row.component)
        names = [*(row.id for row in rows), *(self._names[number] for number in known)]
        return {name: self._known[name] for name in names}

    def _select(self, chosen: sa.Select[Any], column: str, values: Iterable[Any]) -> list[Any]:
        listed = sorted(set(values))
        found: list[Any] = []
        for at in range(0, len(listed), AT_ONCE):
            part = chosen.where(tables.tellings.c[column].in_(listed[at : at + AT_ONCE]))
            found += self._connection.execute(part).all()
        return found


def hang_together(a: Telling, b: Telling, near: Nearness) -> bool:
    """Whether two tellings of different texts are to be looked at together: one event, or linked."""
    value = near(a.text, b.text)
    if evidence(a, b, value) or stages.moves(a, b) or stages.moves(b, a):
        return True
    return alike.meet(a, b, value) and stages.hang_together(a, b)
