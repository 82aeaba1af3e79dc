"""Stories as an archive keeps them: only those of which a text or a record changed are told anew."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa

from communique.archive import codec, schema
from communique.archive import schema_merge as tables
from communique.merge.nearness import Nearness
from communique.merge.stories import central, grouped, last_day, lead, story
from communique.model import Record, Story, When

AT_ONCE = 400
SEPARATED = "\x1e"  # stands between the place of a text and its number, and sorts behind what parts a place has


class Stories:
    """The stories of an archive, inside one transaction."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection
        self._open: set[int] = set()  # texts that lost their story

    def forget(self, texts: Iterable[int]) -> None:
        """Dissolves the stories of texts that are about to change."""
        self._open |= self._dissolve(set(texts))

    def tell(self, changed: Iterable[int]) -> None:
        """Tells the stories of changed texts anew, and of all that hang together with them."""
        known = set(self._numbers(sa.select(tables.sketches.c.text), tables.sketches.c.text, self._open | set(changed)))
        edges, texts = self._component(known)
        self._dissolve(texts)
        # by place, not by number: of equals the first is the first in time, whatever was read first
        places = self._places(texts)
        name = {str(number): f"{places[number]}{SEPARATED}{number}" for number in texts}
        near = Nearness({name[one]: {name[two]: value for two, value in held.items()} for one, held in edges.items()})
        homes = self._records(texts)
        rows, parts, held = [], [], []
        for members in grouped(name.values(), near):
            numbers = [_number(member) for member in members]
            told = self._story(numbers, _number(central(members, near)), homes)
            rows.append(
                {
                    "id": told.id,
                    "title": told.title,
                    "earliest": told.earliest.isoformat() if told.earliest else None,
                    "latest": told.latest.isoformat() if told.latest else None,
                    "body": codec.dump(told),
                }
            )
            parts += [{"text": number, "story": told.id} for number in numbers]
            held += [{"record": record, "story": told.id} for record in told.records]
        for table, filled in ((schema.stories, rows), (tables.story_parts, parts), (tables.story_records, held)):
            if filled:
                self._connection.execute(sa.insert(table), filled)

    def _dissolve(self, texts: set[int]) -> set[int]:
        """Takes the stories of these texts away; all texts that were in them."""
        names = self._numbers(sa.select(tables.story_parts.c.story), tables.story_parts.c.text, texts)
        found = set(self._numbers(sa.select(tables.story_parts.c.text), tables.story_parts.c.story, set(names)))
        for table, column in ((tables.story_parts, "story"), (tables.story_records, "story"), (schema.stories, "id")):
            listed = sorted(set(names))
            for at in range(0, len(listed), AT_ONCE):
                self._connection.execute(sa.delete(table).where(table.c[column].in_(listed[at : at + AT_ONCE])))
        return found

    def _component(self, start: set[int]) -> tuple[dict[str, dict[str, float]], set[int]]:
        """All texts that are near to these, near to those, and so on, with how near they are."""
        edges: dict[str, dict[str, float]] = {}
        seen, frontier = set(start), set(start)
        affinities = tables.affinities
        while frontier:
            fresh: set[int] = set()
            for one, other, value in self._all(sa.select(affinities), affinities.c.one, frontier):
                edges.setdefault(str(one), {})[str(other)] = value
                fresh.add(other)
            frontier = fresh - seen
            seen |= frontier
        return edges, seen

    def _records(self, texts: set[int]) -> dict[int, list[tuple[Record, Counter[int]]]]:
        """The records that are at home in each text: most of their tellings stand there."""
        tellings = tables.tellings.c
        found: dict[str, Counter[int]] = {}
        ids = self._numbers(sa.select(tellings.record).distinct(), tellings.text, texts)
        for text, record in self._all(sa.select(tellings.text, tellings.record), tellings.record, set(ids)):
            found.setdefault(record, Counter())[text] += 1
        bodies = self._all(sa.select(schema.records.c.id, schema.records.c.body, schema.records.c.kind),
                           schema.records.c.id, set(found))  # fmt: skip
        places = self._places({text for counted in found.values() for text in counted})
        homes: dict[int, list[tuple[Record, Counter[int]]]] = {}
        for identity, body, kind in sorted(bodies):
            if kind != "event":
                continue
            counted = found[identity]
            home = min(counted, key=lambda text: (-counted[text], places[text]))
            homes.setdefault(home, []).append((codec.load(Record, body), counted))
        return homes

    def _places(self, texts: set[int]) -> dict[int, str]:
        columns = tables.sketches.c
        return dict(self._all(sa.select(columns.document, columns.place), columns.document, texts))

    def _story(self, texts: Sequence[int], middle: int, homes: dict[int, list[tuple[Record, Counter[int]]]]) -> Story:
        columns, documents = tables.sketches.c, schema.documents.c
        chosen = sa.select(documents.number, columns.text, documents.key, documents.title, documents.published).join(
            tables.sketches, columns.document == documents.number
        )
        rows = self._all(chosen.order_by(columns.place), columns.text, set(texts))
        held = {record.id: last_day(record) for text in texts for record, _ in homes.get(text, ())}
        places = self._all(sa.select(schema.records.c.id, schema.records.c.place), schema.records.c.id, set(held))
        title = next(row[3] for row in rows if row[0] == middle) or self._lead(middle)
        reports = [(row[2], codec.load(When, row[4])) for row in rows]
        return story(reports, title, [(record, place, held[record]) for record, place in places])

    def _lead(self, number: int) -> str:
        """The first sentence of a document's article."""
        row = self._connection.execute(
            sa.select(schema.documents.c.text, schema.sentences.c.start, schema.sentences.c.end)
            .join(schema.sentences, schema.sentences.c.document == schema.documents.c.key)
            .where(schema.documents.c.number == number)
            .order_by(schema.sentences.c.sequence)
        ).first()
        if row is None:
            return ""
        return lead(row[0][row[1] : row[2]])

    def _numbers(self, chosen: sa.Select[Any], column: sa.Column[Any], values: set[Any]) -> list[Any]:
        return [row[0] for row in self._all(chosen, column, values)]

    def _all(self, chosen: sa.Select[Any], column: sa.Column[Any], values: Iterable[Any]) -> list[Any]:
        listed = sorted(set(values))
        found: list[Any] = []
        for at in range(0, len(listed), AT_ONCE):
            found += self._connection.execute(chosen.where(column.in_(listed[at : at + AT_ONCE]))).all()
        return found


def _number(name: str) -> int:
    """The number of a text by its place and number."""
    return int(name.rpartition(SEPARATED)[2])
