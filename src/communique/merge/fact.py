"""One thing that a text tells around an event, and the words by which it is told."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from communique.knowledge import load
from communique.merge.words import tokens

PRESENCE, SIDE, CROSSING, SPOT, DEED, OPENING = "presence", "side", "crossing", "spot", "deed", "opening"
ITSELF = "itself"  # of a denial: who denies is said to have done nothing, not that nothing was done to him
NOBODY = "*"  # whose waters are nobody's
REACH = 220  # characters of a sentence that are looked through
TITLED = re.compile(r"\b[A-ZÀ-ÖØ-Þ][\w'’-]+")
CodesOf = Callable[[int, int], frozenset[str]]  # the states that are named between two places of a sentence


class Fact(NamedTuple):
    """One thing that is told around an event.

    kind: itself (of a denial), presence, side (in whose waters), crossing, spot (a place beside which it was, or was
    not), deed (something that was not done), opening. text is its own words, as they are shown; marks what two reports
    of it share (names, offices, states, places, stems); codes the states it is of; holds whether it is said to be so;
    value is the day of an opening, as YYYY or YYYY-MM, and moved whether that takes the place of another one.
    """

    kind: str
    text: str
    marks: frozenset[str]
    codes: frozenset[str] = frozenset()
    holds: bool = True
    value: str = ""
    moved: bool = False

    def pack(self) -> list[Any]:
        """As plain lists, from which `unpack` makes the same again."""
        return [self.kind, self.text, sorted(self.marks), sorted(self.codes), self.holds, self.value, self.moved]


def unpack(held: Sequence[Any]) -> Fact:
    """The fact of plain lists."""
    kind, text, marks, codes, holds, value, moved = held
    return Fact(kind, text, frozenset(marks), frozenset(codes), holds, value, moved)


@functools.cache
def words() -> dict[str, Any]:
    """The words of circumstances (knowledge/circumstances.yaml)."""
    held: dict[str, Any] = load.data("circumstances.yaml")
    return held


@functools.cache
def any_of(*names: str) -> re.Pattern[str]:
    """One expression for the phrases of some lists, the longest first."""
    said = {str(phrase) for name in names for phrase in words()[name]}
    return re.compile(
        rf"\b(?:{'|'.join(re.escape(each) for each in sorted(said, key=lambda x: (-len(x), x)))})\b", re.I
    )


@functools.cache
def nations() -> frozenset[str]:
    """The words of the names of states and of their people, in small letters: "Kyrgyz" is nobody's own name."""
    found: set[str] = set()
    for file in load.names("states", ".yaml"):
        for entry in load.data(file).get("states") or ():
            for name in (entry.get("name"), *(entry.get("names") or ()), *(entry.get("demonyms") or ()),
                         *(entry.get("adjectives") or ())):  # fmt: skip
                found.update(tokens(str(name or "")))
    return frozenset(found)
