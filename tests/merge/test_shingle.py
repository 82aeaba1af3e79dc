"""Words of many texts hashed in one go: the same numbers as one word after the other gives."""

from __future__ import annotations

import itertools
import random
import re
import zlib
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.merge import shingle, sketch

PRIMES = [int(each) for each in shingle.PRIMES]
ODD = "ab _-.éßİǅ日本 \n\u0301٣\ud800𝒳𐐷🙂ªºſ\x00'" + "w" * 6 + " " * 6


def plainly(words: Sequence[str]) -> list[int]:
    """Every run of three words as a number, word by word in Python."""
    if len(words) < 3:
        return [zlib.crc32(" ".join(words).encode())] if words else []
    found = set()
    for run in zip(words, words[1:], words[2:], strict=False):
        mixed = sum(zlib.crc32(word.encode()) * prime for word, prime in zip(run, PRIMES, strict=False)) % 2**64
        mixed = ((mixed ^ mixed >> 29) * PRIMES[1]) % 2**64
        found.add(mixed >> 32)
    return sorted(found)


def expected(paragraphs: Sequence[str]) -> tuple[list[int], list[int]]:
    cut = [re.findall(r"\w+", paragraph.casefold()) for paragraph in paragraphs]
    words = list(itertools.chain.from_iterable(cut))
    lead = next((each[: sketch.LEAD_WORDS] for each in cut if len(each) >= sketch.SHORTEST_LEAD), [])
    return plainly(words), plainly(lead) if len(lead) < len(words) else []


def found(texts: Sequence[Sequence[str]]) -> list[tuple[list[int], list[int]]]:
    return [(each.whole.tolist(), each.lead.tolist()) for each in sketch.sketches(texts, [None] * len(texts))]


@settings(deadline=None)  # tables are made when they are first needed
@given(st.lists(st.lists(st.text(st.sampled_from(ODD) | st.characters(), max_size=80), max_size=4), max_size=6))
def test_texts_of_any_characters_have_the_shingles_that_word_by_word_gives(texts: list[list[str]]) -> None:
    assert found(texts) == [expected(text) for text in texts]


def test_long_texts_of_many_paragraphs_have_the_same_shingles_and_leads() -> None:
    chance = random.Random(5)
    words = ["".join(chance.choice("abcdefgé") for _ in range(chance.randrange(1, 12))) for _ in range(400)]
    texts = [
        [" ".join(chance.choices(words, k=chance.randrange(40))) for _ in range(chance.randrange(9))]
        for _ in range(300)
    ]
    assert found(texts) == [expected(text) for text in texts]
    assert any(lead for _, lead in found(texts))


def test_words_longer_than_all_others_are_hashed_alike() -> None:
    text = ["x" * 1000 + " " + "y" * shingle.LONGEST + " " + "z" * (shingle.LONGEST + 1) + " end"]
    assert found([text]) == [expected(text)]


def test_texts_are_cut_in_parts_of_bounded_size(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [["Ghana and Togo agreed on a bridge. " * n] for n in (1, 30, 2, 1, 9, 1)]
    whole = found(texts)
    monkeypatch.setattr(shingle, "AT_ONCE", 200)
    assert [len(part) for part in shingle.pieces(texts)] == [1, 1, 2, 1, 1]
    assert found(texts) == whole


def test_each_text_has_every_mark_once_and_none_without_words() -> None:
    made = sketch.sketches([["Chad opened its airspace to flights from Niger again on Sunday."], [""]], [None, None])
    first, second = sketch.marks(made)
    assert len(first) == len(set(first)) == sketch.BANDS
    assert second == []
    assert np.array_equal(made[1].whole, shingle.NONE)
