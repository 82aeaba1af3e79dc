"""Acts: merged records as the measures see them, each with its sides, its scores, its dates and its reports."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, NamedTuple

from communique.measure.rules import WEIGHTS, rules

Direction = Literal["both", "first", "second", "mutual"]
PROMISE = "AGREE"
DIRECTIONS: tuple[Direction, ...] = ("both", "first", "second", "mutual")


class Report(NamedTuple):
    """One event of one document as one report of an act.

    outlet is who told it (a copy has the outlet of the text that it copies, where the merge has found that out), and
    scores are those of measure.weights in the order of WEIGHTS. actors and recipients are codes, or names of bodies.
    """

    event: str
    document: str
    outlet: str
    stance: str
    kind: str
    mode: str | None
    quad: int
    scores: tuple[float, float, float]
    actors: frozenset[str]
    recipients: frozenset[str]
    mutual: bool
    earliest: dt.date | None
    latest: dt.date | None
    at: int = -1  # where its own words begin in the document's text


@dataclass(frozen=True, slots=True)
class Act:
    """One merged record. earliest and latest are what its reports leave open together, None where unbounded.

    reports are those that tell it as done; where there are none, `stance` is what it is told as instead (planned,
    denied ...), else "actual". story is the id of the occasion it belongs to, its own id where it stands alone.
    """

    record: str
    kind: str
    mode: str | None
    quad: int
    scores: tuple[float, float, float]
    earliest: dt.date | None
    latest: dt.date | None
    stance: str
    story: str
    status: str
    reports: tuple[Report, ...]

    @property
    def counts(self) -> bool:
        """Whether it was done, by at least one report."""
        return self.stance in rules().stances

    @property
    def exact(self) -> bool:
        """Whether both bounds of its date are known."""
        return self.earliest is not None and self.latest is not None

    @property
    def middle(self) -> float:
        """The middle of its dates, as days since year 1. Only where it is exact."""
        assert self.earliest is not None and self.latest is not None
        return (self.earliest.toordinal() + self.latest.toordinal()) / 2

    def score(self, weights: str) -> float:
        """Its score by plover, goldstein or quad: cooperation above zero, conflict below."""
        return self.scores[WEIGHTS.index(weights)]

    def direction(self, first: str, second: str) -> Direction | None:
        """Who acts on whom: first, second, both as equals or each on the other (mutual); None if neither."""
        if len(self.reports) == 1:
            return _way(self.reports[0], first, second)
        found: set[Direction] = set()
        for report in self.reports:
            way = _way(report, first, second)
            if way is not None:
                found.add(way)
        if not found:
            return None
        return found.pop() if len(found) == 1 else "mutual"


def _way(report: Report, first: str, second: str) -> Direction | None:
    if report.mutual:
        everyone = report.actors | report.recipients
        return "mutual" if first in everyone and second in everyone else None
    onto_second = first in report.actors and second in report.recipients
    onto_first = second in report.actors and first in report.recipients
    if onto_second and onto_first:
        return "mutual"
    return "first" if onto_second else "second" if onto_first else None


def act(record: str, reports: Iterable[Report], *, story: str | None = None, status: str = "single") -> Act:
    """An act from all reports of a record, whatever their order.

    What counts is what the reports that tell it as done say; its mode and score are what most documents say, then what
    says more (a deed over the promise of it, a mode over none, a stronger score over a weaker one). Its date is what
    all of them leave open.
    """
    held = list(reports)
    if len(held) == 1:
        only = held[0]
        return Act(
            record,
            only.kind,
            only.mode,
            only.quad,
            only.scores,
            only.earliest,
            only.latest,
            only.stance,
            story or record,
            status,
            (only,),
        )
    if len(held) > 1:
        held = sorted(set(held), key=lambda each: (each.document, each.event, each.stance))
    done = [each for each in held if each.stance in rules().stances]
    told = done or held
    kind, mode, quad, scores = _commonest(told)
    earliest, latest = _meeting(told)
    return Act(
        record=record,
        kind=kind,
        mode=mode,
        quad=quad,
        scores=scores,
        earliest=earliest,
        latest=latest,
        stance=told[0].stance,
        story=story or record,
        status=status,
        reports=tuple(told),
    )


def _commonest(told: list[Report]) -> tuple[str, str | None, int, tuple[float, float, float]]:
    if len(told) == 1:
        only = told[0]
        return only.kind, only.mode, only.quad, only.scores
    votes: dict[tuple[str, str | None, int, tuple[float, float, float]], set[str]] = {}
    for each in told:
        votes.setdefault((each.kind, each.mode, each.quad, each.scores), set()).add(each.document)
    return min(
        votes,
        key=lambda said: (
            -len(votes[said]), said[0] == PROMISE, said[1] is None, -abs(said[3][0]), said[0], said[1] or "", said[3],
        ),
    )  # fmt: skip


def _meeting(told: list[Report]) -> tuple[dt.date | None, dt.date | None]:
    """The days that all dates share; where they share none, those of the most exact one, the earliest of these."""
    starts = [each.earliest for each in told if each.earliest]
    ends = [each.latest for each in told if each.latest]
    earliest, latest = max(starts, default=None), min(ends, default=None)
    if earliest is None or latest is None or earliest <= latest:
        return earliest, latest
    return min(
        ((each.earliest, each.latest) for each in told if each.earliest and each.latest),
        key=lambda pair: (pair[1] - pair[0], pair[0]),
        default=(earliest, None),
    )


def fold(found: Iterable[Act]) -> list[Act]:
    """Mirrored records as one act: "China and Russia signed" is an act of each towards the other, and one occasion.

    Two records are mirrors where the same words of one document tell both, with the sides exchanged. The act has the id
    of the first of them. In the order of `distinct`.
    """
    acts = distinct(found)
    homes: dict[str, str] = {}
    told: dict[tuple[str, int, str], tuple[Act, Report]] = {}
    twice: dict[tuple[str, int, str], list[tuple[Act, Report]]] = {}
    for each in acts:
        for report in each.reports:
            if report.at >= 0 and not report.mutual:
                words = (report.document, report.at, report.kind)
                first = told.setdefault(words, (each, report))
                if first[1] is not report:
                    twice.setdefault(words, [first]).append((each, report))
    if not twice:
        return acts
    for same in twice.values():
        for (one, left), (other, right) in itertools.combinations(same, 2):
            if left.actors & right.recipients and right.actors & left.recipients:
                ends = sorted((_home(homes, one.record), _home(homes, other.record)))
                if ends[0] != ends[1]:
                    homes[ends[1]] = ends[0]
    groups: dict[str, list[Act]] = {}
    for each in acts:
        groups.setdefault(_home(homes, each.record), []).append(each)
    return distinct(group[0] if len(group) == 1 else _folded(record, group) for record, group in groups.items())


def _home(homes: dict[str, str], record: str) -> str:
    while record in homes:
        record = homes[record]
    return record


def _folded(record: str, group: list[Act]) -> Act:
    done = [each for each in group if each.counts] or group
    stories = sorted(each.story for each in group)
    status = max((each.status for each in group), key=("single", "superseded", "corroborated", "disputed").index)
    reports = [report for each in done for report in each.reports]
    return act(record, reports, story=stories[0], status=status)


def distinct(found: Iterable[Act]) -> list[Act]:
    """Each record once, in an order that does not depend on the order in which they were given."""
    held = {each.record: each for each in found}
    return sorted(held.values(), key=_place)


def _place(act: Act) -> tuple[dt.date, dt.date, str]:
    return act.earliest or dt.date.max, act.latest or dt.date.max, act.record
