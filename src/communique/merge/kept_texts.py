"""Texts as an archive remembers them: who copies whom, and which texts are near to each other; grown by the day."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from communique.archive import rebuild, schema
from communique.archive import schema_merge as tables
from communique.merge import sketch
from communique.merge.copies import joined as joined_texts
from communique.merge.copies import order, sketched
from communique.merge.groups import Groups
from communique.merge.nearness import About, Nearness, near
from communique.merge.records import heading
from communique.merge.tell import revises
from communique.merge.topic import topic, unpack
from communique.merge.words import rules
from communique.model import Document

BANDS_AT_ONCE = 4_000
AT_ONCE = 400  # values in one list of a statement
Row = dict[str, Any]
# the marks are given as one list, so that the statement is always the same
_MATES = "SELECT bands.band, bands.document FROM json_each(?) AS given CROSS JOIN bands ON bands.band = given.value"


@dataclass(slots=True)
class Changed:
    """What a batch of documents did to the texts: numbers of documents that now belong to another text."""

    moved: dict[int, int]
    texts: set[int]


class Texts:
    """The texts of an archive, inside one transaction."""

    def __init__(self, connection: sa.Connection, *, passages: bool = True) -> None:
        self._connection = connection
        self._with_passages = passages
        self._abouts: dict[int, About] = {}  # of this batch
        self._documents: dict[int, Document] = {}

    def change(self, gone: Sequence[int], come: Sequence[tuple[int, Document]]) -> Changed:
        """Takes documents out and puts documents in; a document that is in both is read anew."""
        self.forget([*gone, *(number for number, _ in come)])
        orphans = self._take_out([*gone, *(number for number, _ in come)])
        made = [sketched(document) for _, document in come]
        marks = sketch.marks(made)
        numbers = [number for number, _ in come]
        mates = self._mates(dict(zip(numbers, marks, strict=True)))
        self._put_in(come, made, marks)
        moved = self._regroup(orphans, dict(zip(numbers, made, strict=True)), mates)
        return Changed(moved, set(moved.values()))

    # ---- who copies whom

    def _take_out(self, numbers: Sequence[int]) -> set[int]:
        """Forgets documents; the numbers of those with which they were one text."""
        texts = {row.text for row in self._rows(sa.select(tables.sketches.c.text), "document", numbers)}
        mates = {row.document for row in self._rows(sa.select(tables.sketches.c.document), "text", texts)}
        left = self._sketches(numbers)
        marks = [
            (band, number) for number, row in zip(left, sketch.marks(list(left.values())), strict=True) for band in row
        ]
        # the index has no list of a document's own bands: they are made again from its sketch
        self._run("DELETE FROM bands WHERE band = ? AND document = ?", marks)
        for table in (tables.passages, tables.sketches):
            self._delete(table, "document", numbers)
        return mates - set(numbers)

    def _put_in(
        self, come: Sequence[tuple[int, Document]], made: Sequence[sketch.Sketch], bands: Sequence[list[int]]
    ) -> None:
        rows = []
        for (number, document), print_ in zip(come, made, strict=True):
            self._documents[number] = document
            rows.append(
                {
                    "document": number,
                    "key": document.key,
                    "text": number,
                    "place": "\x1f".join(str(part) for part in order(document)),
                    "day": print_.day,
                    "shingles": print_.pack(),
                    "topic": "",  # found when somebody asks, as copies need none
                    "revises": revises(document),
                }
            )
        self._insert(tables.sketches, rows)
        # neighbours in the index are written together
        marks = sorted((band, number) for (number, _), row in zip(come, bands, strict=True) for band in row)
        self._run("INSERT INTO bands VALUES (?, ?)", marks)
        if self._with_passages:
            self._passages(come)

    def _passages(self, come: Sequence[tuple[int, Document]]) -> None:
        """Remembers every paragraph that is long enough, to see where it travels."""
        from communique.merge.words import tokens

        rows = []
        for number, document in come:
            seen = set()
            for span in document.article:
                words = tokens(span.cut(document.text))
                mark = number_of(" ".join(words))
                if len(words) >= rules()["shortest_passage"] and mark not in seen:
                    seen.add(mark)
                    rows.append((mark, number, span.start, span.end))
        self._run("INSERT INTO passages VALUES (?, ?, ?, ?)", sorted(rows))

    def _regroup(
        self, orphans: set[int], held: Mapping[int, sketch.Sketch], mates: Mapping[int, list[int]]
    ) -> dict[int, int]:
        """Which text each document belongs to now, of all whose text may have changed: number to number of the text.

        held are the documents that came, mates those that share a band with one of them.
        """
        groups = Groups(str(number) for number in (*orphans, *held))
        left = {str(number): known for number, known in self._sketches(orphans).items()}
        if orphans:  # who was held together by what is gone may fall apart
            for members in joined_texts(left).groups():
                for name in members[1:]:
                    groups.join(members[0], name)
        met = {mate for listed in mates.values() for mate in listed} - held.keys() - orphans
        text_of = {number: text for number, (_, text) in self._places(met).items()}
        old = {
            row.document: row.text
            for row in self._rows(sa.select(tables.sketches.c.document, tables.sketches.c.text), "text",
                                  text_of.values())
        }  # fmt: skip
        for member, text in old.items():
            groups.join(str(member), str(text))
        known = {number: left[str(number)] for number in orphans} | dict(held)
        # of each text that a document meets one has nearly always to be compared with it, and the others seldom
        known |= self._sketches({min(mate for mate in met if text_of[mate] == text) for text in set(text_of.values())})
        for number, listed in sorted(mates.items()):
            for mate in listed:
                if not groups.together(str(mate), str(number)):
                    if mate not in known:
                        known |= self._sketches([mate])
                    if sketch.copied(known[mate], held[number]):
                        groups.join(str(mate), str(number))
        places = self._places([*orphans, *held, *old])
        moved: dict[int, int] = {}
        for members in groups.groups():
            numbers = [int(member) for member in members]
            first = min(numbers, key=lambda each: places[each][0])
            moved |= {number: first for number in numbers if places[number][1] != first or number in held}
        self._run("UPDATE sketches SET text = ? WHERE document = ?", [(text, number) for number, text in moved.items()])
        return moved

    def _mates(self, bands: Mapping[int, Sequence[int]]) -> dict[int, list[int]]:
        """For each new document all that share a band with it, those kept and the new ones, in order of numbers."""
        shelves: dict[int, list[int]] = {}
        for number, row in bands.items():
            for band in row:
                shelves.setdefault(band, []).append(number)
        found: dict[int, set[int]] = {}
        for numbers in shelves.values():
            if len(numbers) > 1:
                for number in numbers:
                    found.setdefault(number, set()).update(numbers)
        listed = sorted(shelves)
        for at in range(0, len(listed), BANDS_AT_ONCE):
            given = json.dumps(listed[at : at + BANDS_AT_ONCE])
            for band, mate in self._connection.exec_driver_sql(_MATES, (given,)):
                for number in shelves[band]:
                    found.setdefault(number, set()).add(mate)
        return {number: sorted(mates - {number}) for number, mates in found.items()}

    def _sketches(self, numbers: Iterable[int]) -> dict[int, sketch.Sketch]:
        columns = tables.sketches.c
        chosen = sa.select(columns.document, columns.shingles, columns.day)
        return {row.document: sketch.unpack(row.shingles, row.day) for row in self._rows(chosen, "document", numbers)}

    def _places(self, numbers: Iterable[int]) -> dict[int, tuple[str, int]]:
        columns = tables.sketches.c
        rows = self._rows(sa.select(columns.document, columns.place, columns.text), "document", numbers)
        return {row.document: (row.place, row.text) for row in rows}

    # ---- which texts are near to each other

    def texts_of(self, documents: Iterable[int]) -> set[int]:
        """The texts that documents belong to, of those that are known."""
        return {row.text for row in self._rows(sa.select(tables.sketches.c.text), "document", documents)}

    def forget(self, numbers: Iterable[int]) -> None:
        """Takes texts out of what is near to what; to be called while they are still known."""
        known = set(self._places(numbers))
        marks = [(number_of(term), number) for number in known for term in self.about(number).topic.pairs()]
        self._run("DELETE FROM terms WHERE term = ? AND text = ?", marks)
        mates = [
            (row.other, row.one) for row in self._rows(sa.select(tables.affinities), "one", known, tables.affinities)
        ]
        self._run("DELETE FROM affinities WHERE one = ? AND other = ?", mates)
        self._delete(tables.affinities, "one", known)

    def relate(self, changed: Changed) -> None:
        """Finds what is near to the texts that are new."""
        self.forget(changed.moved)
        texts = sorted({number for number, text in changed.moved.items() if number == text})
        marks = []
        for text in texts:
            what = self.about(text)
            day = None if what.revises else what.day  # what corrects is found by texts of other days too
            marks += [(number_of(term), text, day) for term in what.topic.pairs()]
        self._run("INSERT OR IGNORE INTO terms VALUES (?, ?, ?)", sorted(marks, key=lambda mark: mark[:2]))
        found = set()
        for text in texts:
            for mate in self._sharing(text):
                if value := near(self.about(text), self.about(mate)):
                    found |= {(text, mate, value), (mate, text, value)}
        self._run("INSERT OR REPLACE INTO affinities VALUES (?, ?, ?)", sorted(found))

    def _sharing(self, text: int) -> list[int]:
        """Texts that share two chief terms with one and came out within the days of one story."""
        what, columns = self.about(text), tables.terms.c
        chosen = sa.select(columns.text).where(columns.term.in_([number_of(term) for term in what.topic.pairs()]))
        if what.day is not None and not what.revises:
            reach = int(rules()["days_of_a_story"])
            chosen = chosen.where(
                sa.or_(columns.day.is_(None), columns.day.between(what.day - reach, what.day + reach))
            )
        return sorted(set(self._connection.execute(chosen).scalars()) - {text})

    def about(self, number: int) -> About:
        """What a document is about; found once and kept."""
        if number not in self._abouts:
            columns = tables.sketches.c
            chosen = sa.select(columns.topic, columns.day, columns.revises).where(columns.document == number)
            row = self._connection.execute(chosen).one()
            found = unpack(row.topic) if row.topic else topic(heading(self._document(number)))
            if not row.topic:
                self._run("UPDATE sketches SET topic = ? WHERE document = ?", [(found.pack(), number)])
            self._abouts[number] = About(found, row.day, bool(row.revises))
        return self._abouts[number]

    def _document(self, number: int) -> Document:
        if number not in self._documents:
            chosen = sa.select(schema.documents).where(schema.documents.c.number == number)
            self._documents[number] = rebuild.document(
                self._connection, self._connection.execute(chosen).mappings().one()
            )
        return self._documents[number]

    def around(self, texts: Iterable[int]) -> Nearness:
        """How near these texts are to all others."""
        edges: dict[str, dict[str, float]] = {}
        for row in self._rows(sa.select(tables.affinities), "one", set(texts), tables.affinities):
            edges.setdefault(str(row.one), {})[str(row.other)] = row.value
        return Nearness(edges)

    # ---- rows

    def _run(self, statement: str, rows: Sequence[tuple[Any, ...]]) -> None:
        """One statement for every row."""
        if rows:
            self._connection.exec_driver_sql(statement, list(rows))

    def _rows(
        self, chosen: sa.Select[Any], column: str, values: Iterable[int], table: sa.Table = tables.sketches
    ) -> list[Any]:
        """All rows in which the column has one of the values."""
        listed = sorted(set(values))
        found: list[Any] = []
        for at in range(0, len(listed), AT_ONCE):
            found += self._connection.execute(chosen.where(table.c[column].in_(listed[at : at + AT_ONCE]))).all()
        return found

    def _delete(self, table: sa.Table, column: str, values: Iterable[int]) -> None:
        listed = sorted(set(values))
        for at in range(0, len(listed), AT_ONCE):
            self._connection.execute(sa.delete(table).where(table.c[column].in_(listed[at : at + AT_ONCE])))

    def _insert(self, table: sa.Table, rows: list[Row]) -> None:
        if rows:
            self._connection.execute(sa.insert(table), rows)


def number_of(words: str) -> int:
    """A number of 63 bits that stands for some words."""
    return int.from_bytes(hashlib.blake2b(words.encode("utf8", "replace"), digest_size=8).digest(), "big") >> 1
