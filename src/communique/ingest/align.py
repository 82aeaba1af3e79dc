"""Finds the main text that an extractor kept again in the lines of the page, by its words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

GRAM = 4  # so many words in a row are hardly said twice
COVERED = 0.6  # the share of a line's words that must stand in kept runs

_WORD = re.compile(r"\w+")


def words(text: str) -> list[str]:
    """The words of a text, lower-cased."""
    return _WORD.findall(text.lower())


def kept(lines: Sequence[str], main: str) -> list[bool]:
    """For each line whether the extractor kept it.

    A long line is kept where enough of its words stand in runs of GRAM words of the main text; a short one where it
    is a paragraph of the main text by itself. Linear in both texts.
    """
    paragraphs = [words(paragraph) for paragraph in main.splitlines()]
    whole = Counter(" ".join(paragraph) for paragraph in paragraphs if paragraph)
    grams: set[tuple[str, ...]] = set()
    for paragraph in paragraphs:
        grams.update(zip(*(paragraph[offset:] for offset in range(GRAM)), strict=False))
    found: list[bool] = []
    for line in lines:
        tokens = words(line)
        if not tokens:
            found.append(False)
        elif len(tokens) < GRAM + 2:
            found.append(" ".join(tokens) in whole)
        else:
            found.append(_covered(tokens, grams) >= COVERED)
    return found


def _covered(tokens: Sequence[str], grams: set[tuple[str, ...]]) -> float:
    marks = [False] * len(tokens)
    for start in range(len(tokens) - GRAM + 1):
        if tuple(tokens[start : start + GRAM]) in grams:
            marks[start : start + GRAM] = [True] * GRAM
    return sum(marks) / len(tokens)
