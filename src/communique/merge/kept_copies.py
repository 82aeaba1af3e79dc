"""Who copies whom, as an archive remembers it; grown by the day at the price of a day."""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray

from communique.archive import schema_merge as tables
from communique.merge import sketch
from communique.merge.copies import joined as joined_texts
from communique.merge.copies import order, sketched
from communique.merge.groups import Groups
from communique.merge.kept_rows import Rows, number_of
from communique.merge.tell import revises
from communique.merge.words import rules, tokens
from communique.model import Document

_MATES = "SELECT band, document FROM json_each(?) AS given CROSS JOIN bands ON band = given.value"
PART = 500  # documents that are looked at together
AHEAD = 3  # parts that wait for their turn
CACHE = 256 * 1024  # KB of pages that are kept while more than that come at once: each is then written once
ROWS_AT_ONCE = 50
_BANDS = f"INSERT INTO bands VALUES {', '.join(['(?, ?)'] * ROWS_AT_ONCE)}"
_ASKED = "FROM json_each(?) AS given CROSS JOIN sketches ON"
_SKETCHES = f"SELECT document, shingles, day {_ASKED} document = given.value"
_PLACES = f"SELECT document, place, text {_ASKED} document = given.value"
_MEMBERS = f"SELECT document, text {_ASKED} text = given.value"
_INSERT = (
    "INSERT INTO sketches (document, key, text, place, day, shingles, topic, revises) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
)


@dataclass(slots=True)
class Changed:
    """What a batch of documents did to the texts: numbers of documents that now belong to another text."""

    moved: dict[int, int]
    texts: set[int]


class Copies(Rows):
    """The texts of an archive as copies of each other, inside one transaction."""

    def __init__(self, connection: sa.Connection, *, passages: bool = True, beside: Executor | None = None) -> None:
        """beside: processes that make sketches while others are being compared and written."""
        super().__init__(connection)
        self._with_passages, self._beside = passages, beside

    def swap(self, gone: Sequence[int], come: Sequence[tuple[int, Document]]) -> Changed:
        """Takes documents out and puts documents in; a document that is in both is read anew."""
        orphans = self._take_out([*gone, *(number for number, _ in come)])
        moved: dict[int, int] = {}
        if len(come) > PART and self._driver:
            self._connection.exec_driver_sql(f"PRAGMA cache_size = -{CACHE}")
        for part, rows in _prepared(come, self._beside):
            new = self._regroup(orphans, rows, self._mates(rows.bands))
            # every document comes with the text that it belongs to: what is written twice is sealed three times
            self._run(_INSERT, rows.sketches(new))
            self._put_bands(rows.bands.rows())
            if self._with_passages:
                self._passages(part)
            moved |= new
            orphans = set()
        if orphans:
            moved |= self._regroup(orphans, _Prepared([]), {})
        return Changed(moved, set(moved.values()))

    def _put_bands(self, rows: Sequence[tuple[int, int]]) -> None:
        whole = len(rows) - len(rows) % ROWS_AT_ONCE if self._driver else 0
        parts = (rows[at : at + ROWS_AT_ONCE] for at in range(0, whole, ROWS_AT_ONCE))
        # a statement for many rows takes two thirds of the time of as many statements
        self._run(_BANDS, [tuple(itertools.chain.from_iterable(part)) for part in parts])
        self._run("INSERT INTO bands VALUES (?, ?)", rows[whole:])

    def _take_out(self, numbers: Sequence[int]) -> set[int]:
        """Forgets documents; the numbers of those with which they were one text."""
        texts = {text for _, text in self._places(numbers).values()}
        mates = {number for number, _ in self._asked(_MEMBERS, texts)}
        left = self._sketches(numbers)
        # the index has no list of a document's own bands: they are made again from its sketch
        marks = _Bands(list(left), list(left.values())).rows()
        self._run("DELETE FROM bands WHERE band = ? AND document = ?", marks)
        for table in (tables.passages, tables.sketches):
            self._delete(table, "document", numbers)
        return mates - set(numbers)

    def _passages(self, come: Sequence[tuple[int, Document]]) -> None:
        """Remembers every paragraph that is long enough, to see where it travels."""
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

    def _regroup(self, orphans: set[int], come: _Prepared, mates: Mapping[int, list[int]]) -> dict[int, int]:
        """Which text each document belongs to now, of all whose text may have changed: number to number of the text.

        mates are the documents that share a band with one of those that come.
        """
        held = come.held
        groups = Groups(str(number) for number in (*orphans, *held))
        left = {str(number): known for number, known in self._sketches(orphans).items()}
        if orphans:  # who was held together by what is gone may fall apart
            for members in joined_texts(left).groups():
                for name in members[1:]:
                    groups.join(members[0], name)
        met = {mate for listed in mates.values() for mate in listed} - held.keys() - orphans
        text_of = {number: text for number, (_, text) in self._places(met).items()}
        old = dict(self._asked(_MEMBERS, text_of.values()))
        for member, text in old.items():
            groups.join(str(member), str(text))
        known = {number: left[str(number)] for number in orphans} | dict(held)
        # of each text that a document meets one has nearly always to be compared with it, and the others seldom
        nearest: dict[int, int] = {}
        for mate, text in text_of.items():
            nearest[text] = min(mate, nearest.get(text, mate))
        known |= self._sketches(nearest.values())
        for number, listed in sorted(mates.items()):
            for mate in listed:
                if not groups.together(str(mate), str(number)):
                    if mate not in known:
                        known |= self._sketches([mate])
                    if sketch.copied(known[mate], held[number]):
                        groups.join(str(mate), str(number))
        before = self._places([*orphans, *old])
        place = {number: known_place for number, (known_place, _) in before.items()} | come.places
        moved: dict[int, int] = {}
        for members in groups.groups():
            numbers = [int(member) for member in members]
            first = min(numbers, key=place.__getitem__)
            moved |= {number: first for number in numbers if number in held or before[number][1] != first}
        left_behind = [(text, number) for number, text in moved.items() if number not in held]
        self._run("UPDATE sketches SET text = ? WHERE document = ?", left_behind)
        return moved

    def _mates(self, bands: _Bands) -> dict[int, list[int]]:
        """For each new document all that share a band with it, those kept and the new ones, in order of numbers."""
        pairs = np.concatenate((bands.inside(), bands.met(self._asked(_MATES, bands.distinct.tolist()))))
        pairs = pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]
        again = np.zeros(len(pairs), dtype=bool)
        again[1:] = (pairs[1:] == pairs[:-1]).all(axis=1)
        found: dict[int, list[int]] = {}
        for number, mate in pairs[~again & (pairs[:, 0] != pairs[:, 1])].tolist():
            found.setdefault(number, []).append(mate)
        return found

    def _sketches(self, numbers: Iterable[int]) -> dict[int, sketch.Sketch]:
        return {number: sketch.unpack(held, day) for number, held, day in self._asked(_SKETCHES, numbers)}

    def _places(self, numbers: Iterable[int]) -> dict[int, tuple[str, int]]:
        return {number: (place, text) for number, place, text in self._asked(_PLACES, numbers)}


class _Prepared:
    """What can be told of some documents without the archive."""

    def __init__(self, come: Sequence[tuple[int, Document]]) -> None:
        made = sketched([document for _, document in come])
        self.held = {number: each for (number, _), each in zip(come, made, strict=True)}
        self.bands = _Bands(list(self.held), made)
        self.places = {number: "\x1f".join(str(part) for part in order(document)) for number, document in come}
        self._rows = [(number, document.key, revises(document)) for number, document in come]

    def sketches(self, text_of: Mapping[int, int]) -> list[tuple[object, ...]]:
        """The rows of the documents, each with the text that it belongs to."""
        return [
            (
                number,
                key,
                text_of[number],
                self.places[number],
                self.held[number].day,
                self.held[number].pack(),
                "",
                mends,
            )
            for number, key, mends in self._rows
        ]


def _prepared(
    come: Sequence[tuple[int, Document]], beside: Executor | None
) -> Iterator[tuple[Sequence[tuple[int, Document]], _Prepared]]:
    """Documents part by part, with what can be told of them; the next parts are made ready beside."""
    parts = [come[at : at + PART] for at in range(0, len(come), PART)]
    if beside is None:
        yield from ((part, _Prepared(part)) for part in parts)
        return
    waiting: deque[Future[_Prepared]] = deque()
    for at, part in enumerate(parts):
        while len(waiting) < AHEAD and at + len(waiting) < len(parts):
            waiting.append(beside.submit(_Prepared, parts[at + len(waiting)]))
        yield part, waiting.popleft().result()


class _Bands:
    """The marks of documents in order, as neighbours in the index are best read and written together."""

    def __init__(self, numbers: Sequence[int], made: Sequence[sketch.Sketch]) -> None:
        bands, owners = sketch.marked(made)
        known = np.array(numbers, dtype=np.int64)[owners]
        sorted_ = np.lexsort((known, bands))
        bands, known = bands[sorted_], known[sorted_]
        fresh = np.ones(len(bands), dtype=bool)
        fresh[1:] = (bands[1:] != bands[:-1]) | (known[1:] != known[:-1])
        self.bands, self.owners = bands[fresh], known[fresh]
        self.distinct, self._first = np.unique(self.bands, return_index=True)
        self._last = np.append(self._first[1:], len(self.bands))

    def rows(self) -> list[tuple[int, int]]:
        """Every mark with the number of its document."""
        return list(zip(self.bands.tolist(), self.owners.tolist(), strict=True))

    def inside(self) -> NDArray[np.int64]:
        """Pairs of the numbers of documents that have a mark in common, either way round."""
        many = np.flatnonzero(self._last - self._first > 1).tolist()
        # copies that came together share many marks: what is the same group is one
        groups = {tuple(self.owners[self._first[at] : self._last[at]].tolist()) for at in many}
        pairs = [np.array([(one, other) for one in group for other in group], dtype=np.int64) for group in groups]
        return np.concatenate([*pairs, np.empty((0, 2), dtype=np.int64)])

    def met(self, hits: Sequence[tuple[int, ...]]) -> NDArray[np.int64]:
        """Pairs of a document and of one kept, from the marks that are kept and the documents that have them."""
        kept = np.array(hits, dtype=np.int64).reshape(-1, 2)
        at = np.searchsorted(self.distinct, kept[:, 0])
        counts = self._last[at] - self._first[at]
        within = np.arange(int(counts.sum())) - np.repeat(np.cumsum(counts) - counts, counts)
        return np.stack((self.owners[np.repeat(self._first[at], counts) + within],
                         np.repeat(kept[:, 1], counts)), axis=1)  # fmt: skip
