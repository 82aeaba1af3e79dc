"""The nouns of the ledger: a page, a sentence on it, a promise told there, what speaks of it later, and the entry."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from communique.model import UNKNOWN, Event, Figure, Project, Span, When, content_id

# the surest first; what each means stands in docs/commands.md
VERDICTS = ("kept", "partly", "under way", "overtaken", "cancelled", "overdue", "silent")


@dataclass(frozen=True, slots=True)
class Named:
    """Who is named where in a sentence, in characters from its start; place: the words say where something is."""

    start: int
    end: int
    codes: tuple[str, ...]
    place: bool = False


@dataclass(slots=True, eq=False)
class Said:
    """A sentence of an article with all that was read out of it; stems are those of its content words."""

    page: Page
    sequence: int
    span: Span
    text: str
    names: tuple[Named, ...] = ()
    events: list[Event] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    projects: list[Project] = field(default_factory=list)
    stems: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()

    @property
    def codes(self) -> frozenset[str]:
        """The states and bodies that it names."""
        return frozenset(code for named in self.names for code in named.codes)


@dataclass(slots=True, eq=False)
class Page:
    """An article as far as the ledger reads it.

    weight: how often it names each state or body; stems: of all its content words; party: of those that only name
    states and people.
    """

    key: str
    id: str
    title: str | None
    source: str | None
    url: str | None
    published: When
    said: list[Said] = field(default_factory=list)
    weight: dict[str, int] = field(default_factory=dict)
    stems: frozenset[str] = frozenset()
    party: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, eq=False)
class Promise:
    """One telling of a promise: kind is pledge, agreement, offer, plan, target or contract.

    span: its own words; by: who bound himself; to: to whom; parties: all of them; amount: its main figure; deeds: the
    families of what is promised (knowledge/pledges.yaml); core: stems of what it is about, context: of what stands
    around; inferred: the other party is named by the article and not by the sentence.
    """

    said: Said
    span: Span
    kind: str
    by: tuple[str, ...]
    to: tuple[str, ...]
    parties: frozenset[str]
    made: When
    deadline: When
    amount: Figure | None
    deeds: frozenset[str]
    core: frozenset[str]
    context: frozenset[str]
    names: frozenset[str]
    project: str | None = None
    inferred: bool = False

    @property
    def words(self) -> str:
        """Its own words as they stand in the article."""
        start = self.said.span.start
        return self.said.text[self.span.start - start : self.span.end - start]


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """A later sentence that speaks of a promise: what it says of it, why we think so, on which day it holds.

    certain: it binds the verdict; a sentence that may speak of something else is shown and decides nothing.
    """

    said: Said
    verdict: str
    why: str
    when: When
    span: Span
    late: bool = False
    share: float = 0.0
    figure: Figure | None = None
    promise: Promise | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Pledge:
    """An entry of the ledger: the first telling of a promise, its other tellings, and what came of it."""

    promise: Promise
    told: tuple[Promise, ...]
    verdict: str
    why: str
    late: bool
    evidence: tuple[Evidence, ...]

    @property
    def id(self) -> str:
        """Reproducible from the document of the first telling and the place in it."""
        page, span = self.promise.said.page, self.promise.span
        return content_id("pledge", page.id, span.start, span.end)

    @property
    def deadline(self) -> When:
        """The first deadline that a telling gives."""
        return next((each.deadline for each in self.told if each.deadline.latest), UNKNOWN)

    @property
    def amount(self) -> Figure | None:
        """The first amount that a telling gives, in the unit that most of them give."""
        amounts = [each.amount for each in self.told if each.amount]
        units = [each.unit for each in amounts]
        return max(amounts, key=lambda each: units.count(each.unit), default=None)


def begins(when: When) -> dt.date | None:
    """The first day that it can be, or where that is open the last."""
    return when.earliest or when.latest


def ends(when: When) -> dt.date | None:
    """The last day that it can be, or where that is open the first."""
    return when.latest or when.earliest
