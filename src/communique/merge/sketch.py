"""Texts as sets of hashed word runs, and the MinHash bands by which those that resemble each other find each other."""

from __future__ import annotations

import functools
import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from communique.merge import shingle
from communique.merge.shingle import PRIMES, Shingles
from communique.merge.words import rules

# 126 values in 42 bands of three find a pair that shares half of its shingles in 99.6 of 100 cases and one that shares
# a third in 79, while two stories that share a hundredth meet once in 24,000: 1 - (1 - s**3)**42.
BANDS, ROWS = 42, 3
# Ten values of the lead in five bands of two find two leads that share seven tenths of their shingles in 96 of 100
# cases: 1 - (1 - s**2)**5. Leads of different stories share none.
LEAD_BANDS, LEAD_ROWS = 5, 2
LEAD_WORDS = 60  # of the first paragraph
SHORTEST_LEAD = 12  # words
SAMPLE = 64  # shingles of a text by which it is seen whether a comparison is worth while
MISSED = 1e-6
EMPTY = np.uint64(1 << 32)  # more than any shingle
PAIRS_AT_ONCE = 4_000
SEED = 20_190_605


@dataclass(frozen=True, slots=True, eq=False)
class Sketch:
    """A text as copies are found by: the shingles of the whole and of its lead, and the ordinal of its day if known."""

    whole: Shingles
    lead: Shingles
    day: int | None

    def pack(self) -> bytes:
        """As bytes, from which `unpack` makes the same again."""
        return np.concatenate(([np.uint32(len(self.lead))], self.lead, self.whole)).astype(np.uint32).tobytes()


def unpack(held: bytes, day: int | None) -> Sketch:
    """The sketch of packed bytes."""
    numbers = np.frombuffer(held, dtype=np.uint32)
    whole = 1 + int(numbers[0])
    return Sketch(numbers[whole:], numbers[1:whole], day)


def sketch(paragraphs: Sequence[str], day: int | None = None) -> Sketch:
    """The sketch of an article; a lead is the first paragraph of some length, where more than it stands there."""
    return sketches([paragraphs], [day])[0]


def sketches(articles: Sequence[Sequence[str]], days: Sequence[int | None]) -> list[Sketch]:
    """The sketches of articles, each a list of paragraphs, in their order."""
    found: list[Sketch] = []
    for part in shingle.pieces(articles):
        words = shingle.Words(part)
        size = int(rules()["shingle"])
        begins, ends = _leads(words, part)
        runs = words.runs(np.concatenate((words.texts[:-1], begins)), np.concatenate((words.texts[1:], ends)), size)
        days_of = days[len(found) : len(found) + len(part)]
        found += map(Sketch, runs[: len(part)], runs[len(part) :], days_of)
    return found


def _leads(words: shingle.Words, texts: Sequence[Sequence[str]]) -> tuple[shingle.Numbers, shingle.Numbers]:
    """The words of each text's lead, from where to where; nothing where the lead is all."""
    begins, ends = words.texts[:-1].copy(), words.texts[:-1].copy()
    firsts = np.cumsum([0, *map(len, texts)])
    long = np.flatnonzero(np.diff(words.paragraphs) >= SHORTEST_LEAD)
    at = np.searchsorted(long, firsts[:-1])
    has = at < np.searchsorted(long, firsts[1:])
    lead = long[at[has]]
    begins[has] = words.paragraphs[lead]
    ends[has] = np.minimum(words.paragraphs[lead + 1], begins[has] + LEAD_WORDS)
    all_of_it = ends - begins >= np.diff(words.texts)
    return begins, np.where(all_of_it, begins, ends)


def shingles(text: str) -> Shingles:
    """Every run of words of the text, of the length that knowledge/merge.yaml gives, as sorted hashes, each once."""
    return sketch([text]).whole


def marks(texts: Sequence[Sketch]) -> list[list[int]]:
    """For each text the numbers under which others find it, each once: bands of the whole and of its lead."""
    bands, owners = marked(texts)
    bounds = np.searchsorted(owners, np.arange(len(texts) + 1)).tolist()
    listed = bands.tolist()
    return [list(dict.fromkeys(listed[a:b])) for a, b in itertools.pairwise(bounds)]


def marked(texts: Sequence[Sketch]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The same of all texts as two columns: a number, and the place of the text in the list."""
    leads = [at for at, text in enumerate(texts) if len(text.lead)]
    wholes = [at for at, text in enumerate(texts) if len(text.whole)]
    bands, owners = [], []
    for places, first, count, rows in ((wholes, 1, BANDS, ROWS), (leads, BANDS + 1, LEAD_BANDS, LEAD_ROWS)):
        cut = [texts[at].whole if first == 1 else texts[at].lead for at in places]
        bands.append(_bands(cut, count, rows, first).ravel())
        owners.append(np.repeat(np.array(places, dtype=np.int64), count))
    owned = np.concatenate(owners)
    sorted_ = np.argsort(owned, kind="stable")
    return np.concatenate(bands)[sorted_], owned[sorted_]


def _bands(texts: Sequence[Shingles], count: int, rows: int, first: int) -> NDArray[np.int64]:
    """For each text so many bands, numbered from first; no text is empty."""
    from rensa import RMinHash

    if not texts:
        return np.empty((0, count), dtype=np.int64)
    flat = np.concatenate([text.astype(np.uint64) for text in texts])
    offsets = [0, *np.cumsum([len(text) for text in texts]).tolist()]
    matrix: Any = RMinHash.digest_matrix_from_flat_token_hashes(flat, offsets, count * rows, SEED)
    values = np.array(matrix.to_rows(), dtype=np.uint64).reshape(len(texts), count, rows)
    mixed = np.arange(first, first + count, dtype=np.uint64)[None, :] * PRIMES[3]
    for at in range(rows):
        mixed = (mixed ^ values[:, :, at]) * PRIMES[at % 4]
        mixed ^= mixed >> np.uint64(31)
    found: NDArray[np.int64] = (mixed >> np.uint64(1)).astype(np.int64)
    return found


def copied(one: Sketch, other: Sketch) -> bool:
    """Whether two articles are one text, or the one prints the other's lead and much of the rest of it.

    An agency's report is cut and gets paragraphs of the paper's own; its lead stays. Two reporters never write the same
    lead of some length within days of each other.
    """
    shared = _shared(one.whole, other.whole)
    if resemble(one.whole, other.whole, shared):
        return True
    leads = min(len(one.lead), len(other.lead))
    if not leads or shared < rules()["part_with_lead"] * min(len(one.whole), len(other.whole)):
        return False
    if one.day is not None and other.day is not None and abs(one.day - other.day) > rules()["days_of_a_story"]:
        return False
    return bool(_shared(one.lead, other.lead) >= rules()["same_lead"] * leads)


def may_copy(texts: Sequence[Sketch], one: NDArray[np.int64], other: NDArray[np.int64]) -> NDArray[np.bool_]:
    """For pairs of texts, given by their places, whether `copied` is worth asking: the same both ways round.

    Hashes are spread evenly, so the lowest of both texts are a sample of all (bottom-k sketch, Cohen and Kaplan 2007).
    Of a million pairs that resemble each other just enough to be copies one is missed; leads are compared exactly.
    """
    lowest = _lowest([text.whole for text in texts], SAMPLE)
    leads = _lowest([text.lead for text in texts], LEAD_WORDS)
    sizes = np.array([len(text.lead) for text in texts], dtype=np.int64)
    found = np.ones(len(one), dtype=bool)
    for at in range(0, len(one), PAIRS_AT_ONCE):
        a, b = one[at : at + PAIRS_AT_ONCE], other[at : at + PAIRS_AT_ONCE]
        # up to the smaller of both highest values every shingle of both is known
        known = np.minimum(lowest[a, -1], lowest[b, -1])
        few = (known < EMPTY) & (_alike(lowest[a], lowest[b], known) <= _unlikely())
        shorter = np.minimum(sizes[a], sizes[b])
        led = (shorter > 0) & (_alike(leads[a], leads[b], known | EMPTY) >= rules()["same_lead"] * shorter)
        found[at : at + PAIRS_AT_ONCE] = ~few | led
    return found


def _lowest(texts: Sequence[Shingles], most: int) -> NDArray[np.uint64]:
    """The lowest shingles of each text, so many; where there are fewer, EMPTY."""
    found = np.full((len(texts), most), EMPTY, dtype=np.uint64)
    for row, text in zip(found, texts, strict=True):
        row[: len(text)] = text[:most]
    return found


def _alike(one: NDArray[np.uint64], other: NDArray[np.uint64], known: NDArray[np.uint64]) -> NDArray[np.int64]:
    """For each row how many values, up to the one given, are in both."""
    both = np.concatenate((one, other), axis=1)
    both.sort(axis=1)
    same = (both[:, 1:] == both[:, :-1]) & (both[:, 1:] <= known[:, None]) & (both[:, 1:] < EMPTY)
    found: NDArray[np.int64] = np.count_nonzero(same, axis=1)
    return found


@functools.cache
def _unlikely() -> int:
    """How many of a sample two copies share at most in one of a million cases, by the binomial distribution."""
    least, chance = min(rules()["same_text"], rules()["same_part"]), 0.0
    for count in range(SAMPLE):
        chance += math.comb(SAMPLE, count) * least**count * (1 - least) ** (SAMPLE - count)
        if chance > MISSED:
            return count - 1
    return SAMPLE


def _shared(one: Shingles, other: Shingles) -> int:
    """How many shingles two sorted texts have in common."""
    if len(other) < len(one):
        one, other = other, one
    if not len(one):
        return 0
    places = np.searchsorted(other, one)
    places[places == len(other)] = 0
    return int(np.count_nonzero(other[places] == one))


def resemble(one: Shingles, other: Shingles, shared: int | None = None) -> bool:
    """Whether two texts are one text with edits, or the shorter one is mostly a part of the longer one.

    shared is how many shingles they have in common, where that is known.
    """
    if not len(one) or not len(other):
        return False
    shorter, longer = sorted((len(one), len(other)))
    if shorter < int(rules()["shortest_text"]):
        return shorter == longer and bool(np.array_equal(one, other))
    shared = _shared(one, other) if shared is None else shared
    resemblance, containment = shared / (shorter + longer - shared), shared / shorter
    inside = containment >= rules()["same_passage"] and resemblance >= rules()["same_part"]
    return bool(resemblance >= rules()["same_text"] or inside)
