"""Words of a text as the merge compares them: folded, stemmed roughly, without those that say nothing."""

from __future__ import annotations

import functools
import re
from typing import Any

from communique.knowledge import load

_WORD = re.compile(r"[^\W_]+(?:[.,]\d+)*")
_ENDINGS = (
    "ational",
    "ations",
    "ation",
    "ments",
    "ment",
    "ings",
    "ing",
    "ions",
    "ion",
    "ies",
    "ied",
    "ed",
    "es",
    "s",
    "y",
)
SHORTEST_STEM = 3


@functools.cache
def rules() -> dict[str, Any]:
    """The merge's thresholds and word lists (knowledge/merge.yaml)."""
    held: dict[str, Any] = load.data("merge.yaml")
    return held


@functools.cache
def _empty() -> frozenset[str]:
    return frozenset((*rules()["empty_words"], *rules()["calendar_words"]))


def tokens(text: str) -> list[str]:
    """Every word and number of a text, case folded."""
    return _WORD.findall(text.casefold())


@functools.lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """A word without its ending, the same for forms that a sentence may choose between: sign, signed, signing.

    Rough on purpose: it only ever answers whether two sentences share a word, never what the word is.
    """
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
            word = word[: -len(ending)]
            break
    if len(word) > SHORTEST_STEM and word[-1] == word[-2] and word[-1] not in "aeiouls":
        word = word[:-1]
    return word.rstrip("e") if len(word.rstrip("e")) >= SHORTEST_STEM else word


@functools.cache
def _acts() -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    for number, stems in enumerate(rules()["one_act"]):
        for each in stems:
            found.setdefault(each, set()).add(number)
    return {each: frozenset(numbers) for each, numbers in found.items()}


def one_act(one: str, other: str) -> bool:
    """Whether two stems may tell one act: the same, or words that reports choose between (knowledge/merge.yaml)."""
    held = _acts()
    return one == other or not held.get(one, frozenset()).isdisjoint(held.get(other, frozenset()))


def act_marks(act: str) -> list[str]:
    """Marks of an act, of which two that may be one act share one."""
    return [f"act|{act}", *(f"act|{number}" for number in sorted(_acts().get(act, ())))]


@functools.cache
def stems(name: str) -> frozenset[str]:
    """The stems of a list of words in knowledge/merge.yaml."""
    return frozenset(map(stem, rules()[name]))


def counts(word: str) -> bool:
    """Whether a word is a number: in digits, or spelled out."""
    return word[0].isdigit() or stem(word) in rules()["number_words"]


def content(text: str) -> frozenset[str]:
    """The stems of the words that say what a sentence is about, and its numbers."""
    empty = _empty()
    return frozenset(
        stem(word)
        for word in tokens(text)
        if word not in empty and (len(word) >= SHORTEST_STEM or any(sign.isdigit() for sign in word))
    )


@functools.cache
def states() -> frozenset[str]:
    """The names of states, in small letters: a state is no place beside a town of it."""
    found: set[str] = set()
    for file in load.names("states", ".yaml"):
        for entry in load.data(file).get("states") or ():
            found |= {str(name).casefold() for name in (entry.get("name"), *(entry.get("names") or ())) if name}
    return frozenset(found)
