"""Texts as sets of hashed word runs, and the MinHash bands by which those that resemble each other find each other."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from communique.merge.words import rules, tokens

# 126 values in 42 bands of three find a pair that shares half of its shingles in 99.6 of 100 cases and one that shares
# a third in 79, while two stories that share a hundredth meet once in 24,000: 1 - (1 - s**3)**42.
BANDS, ROWS = 42, 3
SEED = 20_190_605
_PRIMES = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0x27D4EB2F165667C5], dtype=np.uint64)
_MOST_WORDS_KEPT = 500_000  # hashes of words remembered before they are forgotten

Shingles = NDArray[np.uint32]
_words: dict[str, int] = {}


def shingles(text: str) -> Shingles:
    """Every run of words of the text, of the length that knowledge/merge.yaml gives, as sorted hashes, each once."""
    return of_tokens(tokens(text))


def of_tokens(words: Sequence[str]) -> Shingles:
    """The same from words that were cut already."""
    size = int(rules()["shingle"])
    if not words:
        return np.empty(0, dtype=np.uint32)
    hashed = np.fromiter(map(_word, words), dtype=np.uint64, count=len(words))
    if len(words) < size:
        return np.array([_word(" ".join(words))], dtype=np.uint32)
    mixed = np.zeros(len(words) - size + 1, dtype=np.uint64)
    for at in range(size):
        mixed += hashed[at : len(words) - size + 1 + at] * _PRIMES[at % 4]
    mixed ^= mixed >> np.uint64(29)
    mixed *= _PRIMES[1]
    return np.unique((mixed >> np.uint64(32)).astype(np.uint32))


def _word(word: str) -> int:
    found = _words.get(word)
    if found is None:
        if len(_words) > _MOST_WORDS_KEPT:
            _words.clear()
        found = _words[word] = zlib.crc32(word.encode("utf8", "replace"))
    return found


def bands(texts: Sequence[Shingles]) -> NDArray[np.int64]:
    """For each text its bands, a row of BANDS numbers; texts that share one may resemble each other.

    A text without words has only zeros, which stand for no band.
    """
    from rensa import RMinHash

    if not texts:
        return np.empty((0, BANDS), dtype=np.int64)
    flat = np.concatenate([text.astype(np.uint64) for text in texts])
    offsets = [0, *np.cumsum([len(text) for text in texts]).tolist()]
    matrix: Any = RMinHash.digest_matrix_from_flat_token_hashes(flat, offsets, BANDS * ROWS, SEED)
    rows = np.array(matrix.to_rows(), dtype=np.uint64).reshape(len(texts), BANDS, ROWS)
    mixed = np.arange(1, BANDS + 1, dtype=np.uint64)[None, :] * _PRIMES[3]
    for at in range(ROWS):
        mixed = (mixed ^ rows[:, :, at]) * _PRIMES[at % 4]
        mixed ^= mixed >> np.uint64(31)
    found: NDArray[np.int64] = (mixed >> np.uint64(1)).astype(np.int64)
    found[[number for number, text in enumerate(texts) if not len(text)]] = 0
    return found


def resemble(one: Shingles, other: Shingles) -> bool:
    """Whether two texts are one text with edits, or the shorter one is mostly a part of the longer one."""
    if not len(one) or not len(other):
        return False
    shorter, longer = sorted((len(one), len(other)))
    if shorter < int(rules()["shortest_text"]):
        return shorter == longer and bool(np.array_equal(one, other))
    shared = len(np.intersect1d(one, other, assume_unique=True))
    resemblance, containment = shared / (shorter + longer - shared), shared / shorter
    inside = containment >= rules()["same_passage"] and resemblance >= rules()["same_part"]
    return bool(resemblance >= rules()["same_text"] or inside)
