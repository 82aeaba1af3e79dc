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
PART = 500  # documents of which sketches are made together
PARTS = 10  # parts that are compared and written together: the more, the fewer pages of the index for each document
AHEAD = 4  # parts that wait for their turn
CACHE = 256 * 1024  # KB of pages that are kept while more than that come at once: each is then written once
STRETCH = 1_000  # marks of the index that are asked for and written together
ROWS_AT_ONCE = 50
_BANDS = f"INSERT INTO bands VALUES {', '.join(['(?, ?)'] * ROWS_AT_ONCE)}"
_ASKED = "FROM json_each(?) AS given CROSS JOIN sketches ON"
_SKETCHES = f"SELECT document, text, day, shingles {_ASKED} document = given.value"
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
        for rows in _prepared(come, self._beside):
            new = self._regroup(orphans, rows, self._meet(_Bands(rows.marks)))
            # every document comes with the text that it belongs to: what is written twice is sealed three times
            self._run(_INSERT, rows.sketches(new))
            moved |= new
            orphans = set()
        if orphans:
            moved |= self._regroup(orphans, _Prepared([]), np.empty((0, 2), dtype=np.int64))
        if self._with_passages:
            self._passages(come)
        return Changed(moved, set(moved.values()))

    def _take_out(self, numbers: Sequence[int]) -> set[int]:
        """Forgets documents; the numbers of those with which they were one text."""
        texts = {text for _, text in self._places(numbers).values()}
        mates = {number for number, _ in self._asked(_MEMBERS, texts)}
        left = {number: known for number, (_, known) in self._sketches(numbers).items()}
        # the index has no list of a document's own bands: they are made again from its sketch
        marks = _Bands(_marks(list(left), list(left.values()))).rows()
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

    def _regroup(self, orphans: set[int], come: _Prepared, pairs: NDArray[np.int64]) -> dict[int, int]:
        """Which text each document belongs to now, of all whose text may have changed: number to number of the text.

        pairs are of a document that comes and of one that shares a band with it.
        """
        held = come.held
        groups = Groups(str(number) for number in (*orphans, *held))
        left = {number: known for number, (_, known) in self._sketches(orphans).items()}
        if orphans:  # who was held together by what is gone may fall apart
            for members in joined_texts({str(number): known for number, known in left.items()}).groups():
                for name in members[1:]:
                    groups.join(members[0], name)
        met = self._sketches(set(pairs[:, 1].tolist()) - held.keys() - orphans)
        known = left | {number: found for number, (_, found) in met.items()} | held
        alike = _alike(pairs, known)
        text_of = {mate: met[mate][0] for _, mate in alike if mate in met}
        old = dict(self._asked(_MEMBERS, text_of.values()))
        for member, text in old.items():
            groups.join(str(member), str(text))
        for number, mate in alike:
            if not groups.together(str(mate), str(number)) and sketch.copied(known[mate], held[number]):
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

    def _meet(self, bands: _Bands) -> NDArray[np.int64]:
        """Pairs of a new document and of one that shares a band with it, kept or new, each once, in order of numbers.

        The marks are kept with that, a stretch of the index at a time: a page is asked and written while it is at hand.
        """
        pairs = [bands.inside()]
        for marks, rows in bands.stretches(STRETCH if self._driver else 20 * STRETCH):
            pairs.append(bands.met(self._asked(_MATES, marks)))
            self._put_bands(rows)
        found = np.concatenate(pairs)
        found = found[np.lexsort((found[:, 1], found[:, 0]))]
        again = np.zeros(len(found), dtype=bool)
        again[1:] = (found[1:] == found[:-1]).all(axis=1)
        distinct: NDArray[np.int64] = found[~again & (found[:, 0] != found[:, 1])]
        return distinct

    def _put_bands(self, rows: Sequence[tuple[int, int]]) -> None:
        whole = len(rows) - len(rows) % ROWS_AT_ONCE if self._driver else 0
        parts = (rows[at : at + ROWS_AT_ONCE] for at in range(0, whole, ROWS_AT_ONCE))
        # a statement for many rows takes two thirds of the time of as many statements
        self._run(_BANDS, [tuple(itertools.chain.from_iterable(part)) for part in parts])
        self._run("INSERT INTO bands VALUES (?, ?)", rows[whole:])

    def _sketches(self, numbers: Iterable[int]) -> dict[int, tuple[int, sketch.Sketch]]:
        """The texts and the sketches of documents."""
        rows = self._asked(_SKETCHES, numbers)
        return {number: (text, sketch.unpack(held, day)) for number, text, day, held in rows}

    def _places(self, numbers: Iterable[int]) -> dict[int, tuple[str, int]]:
        return {number: (place, text) for number, place, text in self._asked(_PLACES, numbers)}


def _alike(pairs: NDArray[np.int64], known: Mapping[int, sketch.Sketch]) -> list[tuple[int, int]]:
    """Those of the pairs that are worth comparing exactly."""
    numbers = np.array(sorted(known), dtype=np.int64)
    made = [known[number] for number in numbers.tolist()]
    one, other = np.searchsorted(numbers, pairs[:, 0]), np.searchsorted(numbers, pairs[:, 1])
    return [tuple(pair) for pair in pairs[sketch.may_copy(made, one, other)].tolist()]


class _Prepared:
    """What can be told of some documents without the archive."""

    def __init__(self, come: Sequence[tuple[int, Document]]) -> None:
        made = sketched([document for _, document in come])
        self.held = {number: each for (number, _), each in zip(come, made, strict=True)}
        self.marks = _marks(list(self.held), made)
        self.places = {number: "\x1f".join(str(part) for part in order(document)) for number, document in come}
        self._rows = [(number, document.key, revises(document)) for number, document in come]

    def add(self, other: _Prepared) -> None:
        """Takes in the documents of another one."""
        self.held |= other.held
        self.places |= other.places
        self.marks = np.concatenate((self.marks, other.marks))
        self._rows += other._rows

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


def _prepared(come: Sequence[tuple[int, Document]], beside: Executor | None) -> Iterator[_Prepared]:
    """What can be told of the documents, some parts at a time; the next are made ready beside."""
    parts = [come[at : at + PART] for at in range(0, len(come), PART)]
    made = map(_Prepared, parts) if beside is None else _made(parts, beside)
    while first := next(made, None):
        for other in itertools.islice(made, PARTS - 1):
            first.add(other)
        yield first


def _made(parts: Sequence[Sequence[tuple[int, Document]]], beside: Executor) -> Iterator[_Prepared]:
    """The parts in order, as many ahead as are looked at together and some more."""
    waiting: deque[Future[_Prepared]] = deque()
    for at in range(len(parts)):
        while len(waiting) < PARTS + AHEAD and at + len(waiting) < len(parts):
            waiting.append(beside.submit(_Prepared, parts[at + len(waiting)]))
        yield waiting.popleft().result()


def _marks(numbers: Sequence[int], made: Sequence[sketch.Sketch]) -> NDArray[np.int64]:
    """Every mark of some sketches beside the number of its document."""
    bands, owners = sketch.marked(made)
    return np.stack((bands, np.array(numbers, dtype=np.int64)[owners]), axis=1)


class _Bands:
    """The marks of documents in order, as neighbours in the index are best read and written together."""

    def __init__(self, marks: NDArray[np.int64]) -> None:
        sorted_ = np.lexsort((marks[:, 1], marks[:, 0]))
        bands, known = marks[sorted_, 0], marks[sorted_, 1]
        fresh = np.ones(len(bands), dtype=bool)
        fresh[1:] = (bands[1:] != bands[:-1]) | (known[1:] != known[:-1])
        self.bands, self.owners = bands[fresh], known[fresh]
        self.distinct, self._first = np.unique(self.bands, return_index=True)
        self._last = np.append(self._first[1:], len(self.bands))

    def rows(self) -> list[tuple[int, int]]:
        """Every mark with the number of its document."""
        return list(zip(self.bands.tolist(), self.owners.tolist(), strict=True))

    def stretches(self, size: int) -> Iterator[tuple[list[int], list[tuple[int, int]]]]:
        """The marks in order, so many at a time, and their rows."""
        for at in range(0, len(self.distinct), size):
            last = min(at + size, len(self.distinct)) - 1
            held = slice(int(self._first[at]), int(self._last[last]))
            rows = list(zip(self.bands[held].tolist(), self.owners[held].tolist(), strict=True))
            yield self.distinct[at : last + 1].tolist(), rows

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
