"""Texts as sets of hashed word runs, and the MinHash bands by which those that resemble each other find each other."""

from __future__ import annotations

import itertools
import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from communique.merge.words import rules

# 126 values in 42 bands of three find a pair that shares half of its shingles in 99.6 of 100 cases and one that shares
# a third in 79, while two stories that share a hundredth meet once in 24,000: 1 - (1 - s**3)**42.
BANDS, ROWS = 42, 3
# Ten values of the lead in five bands of two find two leads that share seven tenths of their shingles in 96 of 100
# cases: 1 - (1 - s**2)**5. Leads of different stories share none.
LEAD_BANDS, LEAD_ROWS = 5, 2
LEAD_WORDS = 60  # of the first paragraph
SHORTEST_LEAD = 12  # words
SEED = 20_190_605
_WORDS = re.compile(r"\w+")
_PRIMES = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0x27D4EB2F165667C5], dtype=np.uint64)
_MOST_WORDS_KEPT = 500_000  # hashes of words remembered before they are forgotten

Shingles = NDArray[np.uint32]
NONE: Shingles = np.empty(0, dtype=np.uint32)


class _Words(dict[str, int]):
    """Hashes of words, made when they are first asked for."""

    def __missing__(self, word: str) -> int:
        if len(self) > _MOST_WORDS_KEPT:
            self.clear()
        found = self[word] = zlib.crc32(word.encode("utf8", "replace"))
        return found


_words = _Words()


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
    cut = [_WORDS.findall(paragraph.casefold()) for paragraph in paragraphs]
    words = list(itertools.chain.from_iterable(cut))
    lead = next((each[:LEAD_WORDS] for each in cut if len(each) >= SHORTEST_LEAD), [])
    return Sketch(of_tokens(words), of_tokens(lead) if len(lead) < len(words) else NONE, day)


def shingles(text: str) -> Shingles:
    """Every run of words of the text, of the length that knowledge/merge.yaml gives, as sorted hashes, each once."""
    return of_tokens(_WORDS.findall(text.casefold()))


def of_tokens(words: Sequence[str]) -> Shingles:
    """The same from words that were cut already."""
    size = int(rules()["shingle"])
    if not words:
        return NONE
    if len(words) < size:
        return np.array([_words[" ".join(words)]], dtype=np.uint32)
    hashed = np.fromiter(map(_words.__getitem__, words), dtype=np.uint64, count=len(words))
    mixed = np.zeros(len(words) - size + 1, dtype=np.uint64)
    for at in range(size):
        mixed += hashed[at : len(words) - size + 1 + at] * _PRIMES[at % 4]
    mixed ^= mixed >> np.uint64(29)
    mixed *= _PRIMES[1]
    short = (mixed >> np.uint64(32)).astype(np.uint32)
    short.sort()
    return short[np.concatenate(([True], short[1:] != short[:-1]))]


def marks(texts: Sequence[Sketch]) -> list[list[int]]:
    """For each text the numbers under which others find it, each once: bands of the whole and of its lead."""
    whole = _bands([text.whole for text in texts], BANDS, ROWS, 1)
    lead = _bands([text.lead for text in texts], LEAD_BANDS, LEAD_ROWS, BANDS + 1)
    return [
        [*(dict.fromkeys(a) if len(text.whole) else ()), *(dict.fromkeys(b) if len(text.lead) else ())]
        for text, a, b in zip(texts, whole.tolist(), lead.tolist(), strict=True)
    ]


def _bands(texts: Sequence[Shingles], count: int, rows: int, first: int) -> NDArray[np.int64]:
    """For each text so many bands, numbered from first; those of a text without words mean nothing."""
    from rensa import RMinHash

    if not texts:
        return np.empty((0, count), dtype=np.int64)
    flat = np.concatenate([text.astype(np.uint64) for text in texts])
    offsets = [0, *np.cumsum([len(text) for text in texts]).tolist()]
    matrix: Any = RMinHash.digest_matrix_from_flat_token_hashes(flat, offsets, count * rows, SEED)
    values = np.array(matrix.to_rows(), dtype=np.uint64).reshape(len(texts), count, rows)
    mixed = np.arange(first, first + count, dtype=np.uint64)[None, :] * _PRIMES[3]
    for at in range(rows):
        mixed = (mixed ^ values[:, :, at]) * _PRIMES[at % 4]
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
