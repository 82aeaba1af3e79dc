"""Full text on PostgreSQL with the terms and the ranking of SQLite's index, so that both find the same.

The terms are made by SQLite's own tokenizer (search.TOKENS) and kept as a tsvector with a GIN index: those of the title
with weight A, those of the article behind them. The rank is BM25 as FTS5 counts it (Robertson, k1 = 1.2, b = 0.75, a
word of the title four times). A vector cannot say everything: a term has at most 255 places, the last of them the
16,383rd, and at most 2,046 bytes, all together one megabyte. A text beyond that is marked, found by what is said of it,
and looked through again.
"""

from __future__ import annotations

import contextlib
import math
import sqlite3
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from communique.archive.search import TOKENS, Question, Term

LAST_PLACE, MOST_PLACES, LONGEST, LARGEST = 16_383, 255, 500, 1_000_000  # LONGEST in characters, LARGEST in bytes
TITLE, ARTICLE = 0, 1
WEIGHTS = {TITLE: 4.0, ARTICLE: 1.0}
K1, B = 1.2, 0.75
_GAP = 2  # places between title and article: no phrase reaches across
Places = dict[str, list[tuple[int, int]]]  # term to its places: column, place in it
_own = threading.local()


@dataclass(frozen=True, slots=True)
class Vector:
    """A text as it is kept: the tsvector's literal (None where there can be none), terms in all, and whether it says
    all of them."""

    literal: str | None
    length: int
    whole: bool


@dataclass(frozen=True, slots=True)
class Phrase:
    """The terms of a word or an exact phrase, in order; prefix: the last of them may go on."""

    terms: tuple[str, ...]
    prefix: bool

    def query(self) -> str:
        """In the language of tsquery: the terms one after the other."""
        return " <-> ".join(self._parts())

    def loosely(self) -> str:
        """The terms anywhere."""
        return " & ".join(self._parts())

    def _parts(self) -> list[str]:
        last = len(self.terms) - 1
        return [
            _quoted(term[:LONGEST]) + (":*" if self.prefix and number == last else "")
            for number, term in enumerate(self.terms)
        ]

    def times(self, places: Mapping[str, Sequence[tuple[int, int]]]) -> float:
        """How often it stands there, a place in the title four times."""
        following: list[set[tuple[int, int]]] = []
        for number, term in enumerate(self.terms):
            if self.prefix and number == len(self.terms) - 1:
                following.append({place for known in places if known.startswith(term) for place in places[known]})
            else:
                following.append(set(places.get(term, ())))
        return sum(
            WEIGHTS[column]
            for column, place in following[0]
            if all((column, place + number) in rest for number, rest in enumerate(following[1:], 1))
        )


@dataclass(frozen=True, slots=True)
class Asked:
    """A question in terms: of each group one phrase at least, and none of `without`."""

    groups: tuple[tuple[Phrase, ...], ...]
    without: tuple[Phrase, ...]

    @property
    def phrases(self) -> tuple[Phrase, ...]:
        """What is looked for."""
        return tuple(phrase for group in self.groups for phrase in group)

    def query(self) -> str:
        """What the index is asked for."""
        groups = [" | ".join(f"({phrase.query()})" for phrase in group) for group in self.groups]
        return " & ".join([*(f"({group})" for group in groups), *(f"!({phrase.query()})" for phrase in self.without)])

    def loosely(self) -> str:
        """What it is asked for where a vector does not say all: too much rather than too little."""
        groups = [" | ".join(f"({phrase.loosely()})" for phrase in group) for group in self.groups]
        return " & ".join(f"({group})" for group in groups)

    def fits(self, places: Places) -> bool:
        """Whether a text with these terms is meant."""
        return all(any(phrase.times(places) for phrase in group) for group in self.groups) and not any(
            phrase.times(places) for phrase in self.without
        )

    def lexemes(self) -> tuple[list[str], list[str]]:
        """The terms that are looked for: those that are meant as they are, and beginnings."""
        exact: set[str] = set()
        begun: set[str] = set()
        for phrase in self.phrases:
            exact.update(phrase.terms[:-1] if phrase.prefix else phrase.terms)
            begun.update(phrase.terms[-1:] if phrase.prefix else ())
        return sorted(exact), sorted(begun)


def asked(question: Question) -> Asked | None:
    """A question in terms; None where something that is asked for has none, so that nothing can hold it."""
    groups = []
    for group in question.wanted:
        phrases = tuple(phrase for term in group if (phrase := _phrase(term)) is not None)
        if not phrases:
            return None
        groups.append(phrases)
    without = tuple(phrase for term in question.unwanted if (phrase := _phrase(term)) is not None)
    return Asked(tuple(groups), without)


def _phrase(term: Term) -> Phrase | None:
    (places,) = terms([(1, "", term.text)]).values()
    ordered = sorted((place, word) for word, held in places.items() for _, place in held)
    return Phrase(tuple(word for _, word in ordered), term.prefix) if ordered else None


def terms(texts: Sequence[tuple[int, str, str]]) -> dict[int, Places]:
    """The terms of texts, by the numbers that they come with: number, title, article."""
    found: dict[int, Places] = {number: {} for number, _, _ in texts}
    with _tokenizer() as held:
        held.executemany("INSERT INTO part (rowid, title, body) VALUES (?, ?, ?)", texts)
        for term, number, column, place in held.execute("SELECT term, doc, col, offset FROM instances"):
            found[number].setdefault(term, []).append((ARTICLE if column == "body" else TITLE, place))
    return found


@contextlib.contextmanager
def _tokenizer() -> Iterator[sqlite3.Connection]:
    """A table that takes texts apart, empty again afterwards; each thread has its own."""
    held: sqlite3.Connection | None = getattr(_own, "held", None)
    if held is None:
        held = sqlite3.connect(":memory:", isolation_level=None)
        held.execute(f"CREATE VIRTUAL TABLE part USING fts5(title, body, content='', tokenize='{TOKENS}')")
        held.execute("CREATE VIRTUAL TABLE instances USING fts5vocab(part, instance)")
        _own.held = held
    try:
        yield held
    finally:
        held.execute("INSERT INTO part (part) VALUES ('delete-all')")


def vector(places: Places) -> Vector:
    """Terms as a tsvector says them."""
    length = sum(len(held) for held in places.values())
    shift = max((place for held in places.values() for column, place in held if column == TITLE), default=-1) + _GAP
    whole, size = True, 0
    parts: dict[str, list[str]] = {}
    for term in sorted(places):
        marks: list[str] = []
        for column, place in sorted(places[term]):
            at = place + 1 + (shift if column == ARTICLE else 0)
            if at > LAST_PLACE or len(marks) == MOST_PLACES:
                whole = False
                break
            marks.append(f"{at}A" if column == TITLE else str(at))
        marks = marks or [str(LAST_PLACE)]
        if len(term) > LONGEST:
            whole, term = False, term[:LONGEST]
        parts.setdefault(term, []).extend(marks)
        size += len(term.encode("utf8", "replace")) + 2 * len(marks) + 12
    if size > LARGEST:
        return Vector(None, length, False)
    literal = " ".join(f"{_quoted(term)}:{','.join(marks[:MOST_PLACES])}" for term, marks in parts.items())
    return Vector(literal, length, whole)


def places_of(rows: Sequence[tuple[str, Sequence[int], Sequence[str]]]) -> Places:
    """Terms out of rows that the server made of a vector: term, places, weights.

    The places of the article go on after those of the title, as in the vector: phrases are the same.
    """
    return {
        term: [(TITLE if weight == "A" else ARTICLE, at) for at, weight in zip(at_places, weights, strict=True)]
        for term, at_places, weights in rows
    }


def scored(
    asked: Asked, held: Mapping[Any, tuple[Places, int]], *, texts: int, mean: float, holding: Sequence[int]
) -> dict[Any, float]:
    """BM25 of each text (smaller is better), given as its terms and their number.

    texts: how many there are; mean: the mean number of their terms; holding: how many hold each of asked.phrases.
    """
    weights = []
    for many in holding:
        idf = math.log((texts - many + 0.5) / (many + 0.5))
        weights.append(idf if idf > 0 else 1e-6)
    outcome = {}
    for name, (places, length) in held.items():
        score = 0.0
        for phrase, idf in zip(asked.phrases, weights, strict=True):
            often = phrase.times(places)
            score += idf * ((often * (K1 + 1.0)) / (often + K1 * (1 - B + B * length / mean)))
        outcome[name] = -score
    return outcome


def _quoted(term: str) -> str:
    return "'" + term.replace("\\", "\\\\").replace("'", "''") + "'"
