"""Whether a later sentence speaks of a promise: the same parties, and words, amounts, names or projects in common."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from communique.measure.pledges import rules
from communique.measure.pledges.nouns import Page, Promise, Said
from communique.measure.pledges.topic import stems
from communique.model import Figure, When

_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_ORDINAL = re.compile(r"(?i)\b(?:" + "|".join(_ORDINALS) + r")\b(?!\s+(?:quarter|half|time|year|month|week|place))")
LONG = 7  # letters of a date that says more than its year
_HALF = 0.5  # what a word weighs that only stands around a sentence


@dataclass(frozen=True, slots=True)
class Words:
    """How much each stem says, from the articles at hand: one that stands in few of them says more."""

    weight: Mapping[str, float]
    rarest: float

    @classmethod
    def of(cls, pages: Iterable[Page]) -> Words:
        """Weights by inverse document frequency: ln(1 + N / n) for a stem that stands in n of N articles."""
        held = list(pages)
        count = Counter(stem for page in held for stem in page.stems)
        total = max(1, len(held))
        return cls({stem: math.log(1 + total / n) for stem, n in count.items()}, math.log(1 + total))

    def sum(self, stems: Iterable[str]) -> float:
        """The weight of several stems."""
        return math.fsum(self.weight.get(stem, self.rarest) for stem in stems)


@dataclass(frozen=True, slots=True)
class Likeness:
    """What a sentence shares with a promise: share of its weight, words, an equal amount, a project, a number."""

    share: float
    shared: frozenset[str]
    amount: bool
    project: bool
    number: bool
    looks_back: bool
    due: bool = False

    @property
    def near(self) -> bool:
        """Whether it speaks of the promise at all."""
        if self.looks_back and (self.amount or self.due):
            return True
        exact = self.amount or self.project or self.number
        if len(self.shared) >= rules.rule("shared"):
            return self.share >= rules.rule("speaks_of")
        return bool(self.shared) and (exact or self.looks_back) and self.share >= rules.rule("speaks_of") / 2

    @property
    def sure(self) -> bool:
        """Whether it is so near that a verdict may stand on it."""
        if not self.near:
            return False
        return self.share >= rules.rule("keeps") or ((self.amount or self.due) and self.looks_back) or self.project or (
            self.number and bool(self.shared)
        )  # fmt: skip


def likeness(promise: Promise, said: Said, words: Words) -> Likeness | None:
    """How near a sentence is to a promise; None where its parties, its ordinal or its names speak against it."""
    page = said.page
    if not promise.parties <= page.weight.keys() and not (page is promise.said.page and promise.inferred):
        return None
    around = _around(said)
    if said.codes and not said.codes & promise.parties:
        return None
    others = said.codes - promise.parties
    if others and not frozenset(promise.to) <= said.codes and len(promise.parties) == 2:
        return None  # it tells of a third: what was given to Laos keeps nothing promised to Thailand
    first, other = ordinals(promise.words), ordinals(said.text)
    if first and other and not first & other:
        return None
    if promise.names and not promise.names & page.stems:
        return None
    core = promise.core
    shared = core & said.stems
    near = (core & around) - shared
    back = (promise.context & said.stems) - core
    whole = words.sum(core) or words.rarest
    back_looking = looks_back(said.text)
    if back_looking and promise.parties <= said.codes:
        shared |= back  # "of what it had committed": the sentence names both parties and the promise
    share = (words.sum(shared) + _HALF * words.sum(near) + _HALF * min(whole, words.sum(back))) / whole
    # a short promise of one word is not met by that word alone
    if len(core) == 1:
        share = min(share, 0.9) * 0.8
    return Likeness(
        min(1.0, share), shared | (back if len(shared) else frozenset()), same_amount(promise.amount, said) is not None,
        bool(promise.project) and any(same_project(promise.project, each.name) for each in said.projects),
        bool(_numbers(promise) & said.numbers) or bool(first & other), back_looking,
        names_deadline(promise, said) and bool((core | promise.context) & around),
    )  # fmt: skip


@lru_cache(maxsize=65_536)
def looks_back(text: str) -> bool:
    """Whether a text speaks of something promised, planned or due."""
    return rules.words("looking_back").search(text) is not None


def names_deadline(promise: Promise, said: Said) -> bool:
    """Whether a sentence names the very time at which a promise was due: a month or an end of a year with its year."""
    due = (promise.deadline.text or "").lower().removeprefix("the ")
    return len(due) > LONG and due[-4:].isdigit() and due in said.text.lower()


def _around(said: Said) -> frozenset[str]:
    """The stems of the title and of the sentence before."""
    page = said.page
    place = next(index for index, each in enumerate(page.said) if each.sequence == said.sequence)
    before = page.said[place - 1].text if place else ""
    return stems(page.title or "", page) | stems(before, page)


def _numbers(promise: Promise) -> frozenset[str]:
    from communique.measure.pledges.gather import numbers

    return numbers(promise.words)


@lru_cache(maxsize=65_536)
def ordinals(text: str) -> frozenset[str]:
    """The ordinal numbers that a text counts things by."""
    return frozenset(match.group().lower() for match in _ORDINAL.finditer(text))


def same_project(first: str | None, second: str) -> bool:
    """Whether two names of projects are one: a name of one's own, not only a noun such as "pipeline"."""
    if not first:
        return False
    return first.lower() == second.lower() and any(word[:1].isupper() for word in first.split())


def same_amount(amount: Figure | None, said: Said) -> Figure | None:
    """The figure of a sentence that gives the same amount."""
    if amount is None or not amount.value:
        return None
    for figure in said.figures:
        if comparable(amount, figure) and abs(_value(figure) - amount.value) <= rules.rule("equal") * abs(amount.value):
            return figure
    return None


def comparable(first: Figure, second: Figure) -> bool:
    """Whether two figures have one unit and one rate."""
    rates = {first.per or "year", second.per or "year"}
    return second.value is not None and first.unit == second.unit and len(rates) == 1


def _value(figure: Figure) -> float:
    return figure.value if figure.value is not None else math.nan


def definitely_after(later: When, earlier: When) -> bool:
    """Whether one date certainly lies after the other."""
    return later.earliest is not None and earlier.latest is not None and later.earliest > earlier.latest
