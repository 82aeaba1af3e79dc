"""Runs of words of many texts as hashed numbers, all texts in one go: what a text says in three words each."""

from __future__ import annotations

import functools
import itertools
import zlib
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

PRIMES = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0x27D4EB2F165667C5], dtype=np.uint64)
Shingles = NDArray[np.uint32]
NONE: Shingles = np.empty(0, dtype=np.uint32)
Numbers = NDArray[np.int64]

LONGEST = 40  # bytes of a word that is hashed byte by byte beside all others; longer ones alone
AT_ONCE = 2_000_000  # characters that are cut in one go; they need about 60 bytes each meanwhile
_LETTERS = 0x10000  # code points of which it is remembered whether they stand in words


def pieces(texts: Sequence[Sequence[str]]) -> Iterator[Sequence[Sequence[str]]]:
    """Texts, each a list of paragraphs, in parts of bounded size; a part holds one text at least."""
    start = size = 0
    for at, paragraphs in enumerate(texts):
        length = sum(map(len, paragraphs))
        if at > start and size + length > AT_ONCE:
            yield texts[start:at]
            start, size = at, 0
        size += length
    if start < len(texts):
        yield texts[start:]


class Words:
    """The words of some texts, cut and hashed: maximal runs of letters, digits and underscores, case folded.

    Word i has the hash `hashed[i]` (CRC-32 of its UTF-8 bytes). Paragraph p of all paragraphs has the words
    `paragraphs[p]` to `paragraphs[p + 1]`, text t the words `texts[t]` to `texts[t + 1]`.
    """

    def __init__(self, texts: Sequence[Sequence[str]]) -> None:
        parts = [paragraph.casefold().encode("utf8", "replace") for paragraphs in texts for paragraph in paragraphs]
        self._bytes = b"\n".join([b"", *parts, b""])
        raw = np.frombuffer(self._bytes, dtype=np.uint8)
        inside = _inside(raw)
        edges = np.flatnonzero(inside[1:] != inside[:-1]) + 1
        self._starts, self._ends = edges[::2], edges[1::2]
        self.hashed = self._hash(raw)
        ends = np.cumsum([1, *(len(part) + 1 for part in parts)])
        self.paragraphs: Numbers = np.searchsorted(self._starts, ends)
        self.texts: Numbers = self.paragraphs[np.cumsum([0, *map(len, texts)])]

    def _hash(self, raw: NDArray[np.uint8]) -> NDArray[np.uint64]:
        """CRC-32 of every word (ISO 3309, as zlib.crc32): byte k of all words that have one, for each k."""
        lengths = self._ends - self._starts
        order = np.argsort(-np.minimum(lengths, LONGEST + 1).astype(np.int16), kind="stable")
        starts, sorted_lengths = self._starts[order], lengths[order]
        table = _crc_table()
        held = np.full(len(order), 0xFFFFFFFF, dtype=np.uint32)
        # how many words, the longest first, have more than k bytes
        counts = np.searchsorted(-sorted_lengths, -np.arange(LONGEST), side="left")
        for k, count in enumerate(counts.tolist()):
            if not count:
                break
            part = held[:count]
            held[:count] = table[(part ^ raw[starts[:count] + k]) & np.uint32(0xFF)] ^ (part >> np.uint32(8))
        found = np.empty(len(order), dtype=np.uint64)
        found[order] = held ^ np.uint32(0xFFFFFFFF)
        for at in order[: int(np.count_nonzero(lengths > LONGEST))].tolist():
            found[at] = zlib.crc32(self._bytes[self._starts[at] : self._ends[at]])
        return found

    def runs(self, begins: Numbers, ends: Numbers, size: int) -> list[Shingles]:
        """Of the words from each begin to its end: every run of so many, as sorted hashes, each once.

        Fewer words than that are one run; none give nothing.
        """
        mixed = np.zeros(max(0, len(self.hashed) - size + 1), dtype=np.uint64)
        for at in range(size):
            mixed += self.hashed[at : at + len(mixed)] * PRIMES[at % 4]
        mixed ^= mixed >> np.uint64(29)
        mixed *= PRIMES[1]
        counts = np.maximum(ends - begins - size + 1, 0)
        first = np.cumsum(counts) - counts
        owner = np.repeat(np.arange(len(counts), dtype=np.uint64), counts)
        where = np.arange(int(counts.sum())) + np.repeat(begins - first, counts)
        keys = owner << np.uint64(32) | mixed[where] >> np.uint64(32)
        keys.sort()
        if len(keys):
            keys = keys[np.concatenate(([True], keys[1:] != keys[:-1]))]
        bounds = np.searchsorted(keys, np.arange(len(counts) + 1, dtype=np.uint64) << np.uint64(32))
        short = keys.astype(np.uint32)
        found = [short[a:b] for a, b in itertools.pairwise(bounds.tolist())]
        for at in np.flatnonzero((counts == 0) & (ends > begins)).tolist():
            words = range(int(begins[at]), int(ends[at]))
            joined = b" ".join(self._bytes[self._starts[each] : self._ends[each]] for each in words)
            found[at] = np.array([zlib.crc32(joined)], dtype=np.uint32)
        return found


@functools.cache
def _crc_table() -> NDArray[np.uint32]:
    """What a byte does to a CRC-32 (the reversed polynomial of ISO 3309)."""
    held = np.arange(256, dtype=np.uint32)
    for _ in range(8):
        held = (held >> np.uint32(1)) ^ (held & np.uint32(1)) * np.uint32(0xEDB88320)
    return held


@functools.cache
def _ascii() -> NDArray[np.int8]:
    return np.array([_in_word(code) for code in range(128)] + [0] * 128, dtype=np.int8)


@functools.cache
def _letters() -> NDArray[np.int8]:
    return np.array([_in_word(code) for code in range(_LETTERS)], dtype=np.int8)


def _in_word(code: int) -> int:
    """Whether a character stands in words: what the expression \\w means."""
    return int(chr(code).isalnum() or code == ord("_"))


def _inside(raw: NDArray[np.uint8]) -> NDArray[np.int8]:
    """For every byte of a text in UTF-8 whether it stands in a word; with a separator at the end of the text."""
    inside = _ascii()[raw]
    at = np.flatnonzero(raw >= 0xC0)  # where a character begins that is not ASCII (RFC 3629)
    if not len(at):
        return inside
    first, second, third, fourth = (raw[np.minimum(at + k, len(raw) - 1)].astype(np.uint32) for k in range(4))
    second, third, fourth = (each & np.uint32(0x3F) for each in (second, third, fourth))
    three, four = first >= 0xE0, first >= 0xF0
    codes = (first & 0x1F) << 6 | second
    codes[three] = ((first & 0x0F) << 12 | second << 6 | third)[three]
    codes[four] = ((first & 0x07) << 18 | second << 12 | third << 6 | fourth)[four]
    letter = _letters()[np.minimum(codes, np.uint32(_LETTERS - 1))]
    for code in np.unique(codes[four]).tolist():
        letter[codes == code] = _in_word(code)
    inside[at], inside[at + 1] = letter, letter
    inside[at[three] + 2], inside[at[four] + 3] = letter[three], letter[four]
    return inside
