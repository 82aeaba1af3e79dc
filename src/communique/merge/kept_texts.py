"""Which texts of an archive are near to each other, kept from day to day, beside who copies whom (kept_copies)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import Executor

import sqlalchemy as sa

from communique.archive import rebuild, schema
from communique.archive import schema_merge as tables
from communique.merge.kept_copies import Changed, Copies
from communique.merge.kept_rows import number_of
from communique.merge.nearness import About, Nearness, near
from communique.merge.records import heading
from communique.merge.topic import topic, unpack
from communique.merge.words import rules
from communique.model import Document

__all__ = ["Changed", "Texts"]


class Texts(Copies):
    """The texts of an archive, inside one transaction."""

    def __init__(self, connection: sa.Connection, *, passages: bool = True, beside: Executor | None = None) -> None:
        super().__init__(connection, passages=passages, beside=beside)
        self._abouts: dict[int, About] = {}  # of this batch
        self._documents: dict[int, Document] = {}

    def change(self, gone: Sequence[int], come: Sequence[tuple[int, Document]]) -> Changed:
        """Takes documents out and puts documents in; a document that is in both is read anew."""
        self.forget([*gone, *(number for number, _ in come)])
        self._documents |= dict(come)
        return self.swap(gone, come)

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
