"""The series of a pair: cooperation, conflict and net by period, each point with the records behind it.

C is the sum of the positive scores of a period's records, K that of the negative ones in absolute value, and
net = (C - K) / (C + K + kappa). The level at the end of a period is the same formula over all records so far, each
weighing 2 ** (-age / half-life), where its age runs in days from the middle of its date to the end of the period.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from communique.errors import UsageError
from communique.garbage import undisturbed
from communique.measure import periods, read
from communique.measure.acts import DIRECTIONS, Act, Direction, distinct
from communique.measure.bootstrap import Numbers, interval, net
from communique.measure.periods import By
from communique.measure.rules import WEIGHTS, rules
from communique.model import PairPoint, PairSeries, Sensitivity

if TYPE_CHECKING:
    from communique.archive import Archive

WHOLE = "all"


@dataclass(frozen=True, slots=True)
class Choices:
    """How a series is reckoned. The bounds are inclusive days; prior and half_life as in measure.rules."""

    by: By
    weights: str
    direction: Direction
    since: dt.date | None
    until: dt.date | None
    prior: float
    half_life: float
    fewest: int
    confidence: float
    draws: int
    seed: int


def pair_series(
    archive: Archive,
    first: str,
    second: str,
    by: str = "month",
    weights: str = "plover",
    *,
    direction: str = "both",
    since: dt.date | str | None = None,
    until: dt.date | str | None = None,
    half_life: float | None = None,
    prior: float | None = None,
    confidence: float | None = None,
    draws: int | None = None,
    seed: int | None = None,
) -> PairSeries:
    """The series of a pair of states or bodies, by their codes, out of an archive.

    direction: both; first (only what the first does to the second), second, or mutual (what they do together). since
    and until: inclusive days that narrow the points; the level also knows what was before. Raises UsageError for a
    choice that there is not, or a pair of one.
    """
    choices = chosen(
        by,
        weights,
        direction=direction,
        since=since,
        until=until,
        half_life=half_life,
        prior=prior,
        confidence=confidence,
        draws=draws,
        seed=seed,
    )
    with undisturbed():
        return series(read.acts(archive, (first, second)), first, second, choices)


def chosen(
    by: str = "month",
    weights: str = "plover",
    *,
    direction: str = "both",
    since: dt.date | str | None = None,
    until: dt.date | str | None = None,
    half_life: float | None = None,
    prior: float | None = None,
    confidence: float | None = None,
    draws: int | None = None,
    seed: int | None = None,
) -> Choices:
    """The choices, with those of knowledge/measure.yaml where none is given. Raises UsageError for one that is none."""
    held = rules()
    given = next((each for each in DIRECTIONS if each == direction), None)
    if given is None:
        raise UsageError("there is no such direction", where=direction, advice=f"Directions: {', '.join(DIRECTIONS)}")
    own = held.prior(weights)
    choices = Choices(
        by=periods.checked(by),
        weights=weights,
        direction=given,
        since=day(since),
        until=day(until),
        prior=own if prior is None else prior,
        half_life=held.half_life if half_life is None else half_life,
        fewest=held.fewest,
        confidence=held.confidence if confidence is None else confidence,
        draws=held.draws if draws is None else draws,
        seed=held.seed if seed is None else seed,
    )
    if choices.prior <= 0 or choices.half_life <= 0 or not 0 < choices.confidence < 1 or choices.draws < 1:
        raise UsageError(
            "prior, half-life and draws are above 0, confidence is between 0 and 1", advice="Give another value"
        )
    return choices


def day(given: dt.date | str | None) -> dt.date | None:
    """A day from ISO text. Raises UsageError where it is none."""
    if not isinstance(given, str):
        return given
    try:
        return dt.date.fromisoformat(given)
    except ValueError as fault:
        raise UsageError("is no day", where=given, advice="Write days as 2019-06-05") from fault


def series(found: Iterable[Act], first: str, second: str, choices: Choices) -> PairSeries:
    """The series of a pair out of acts, whatever their order and however often each is given."""
    return of_ours(of_pair(found, first, second, choices.direction), first, second, choices)


def of_ours(ours: Sequence[Act], first: str, second: str, choices: Choices) -> PairSeries:
    """The series of acts that `of_pair` has chosen and put in order."""
    done = [each for each in ours if each.counts]
    inside = [each for each in done if _inside(each, choices)]
    points = _points(done, choices)
    placed = [each for each in inside if periods.only(each.earliest, each.latest, choices.by)]
    ids = {each.record for each in placed}
    return PairSeries(
        first=first,
        second=second,
        by=choices.by,
        weights=choices.weights,
        points=points,
        direction=choices.direction,
        total=_total(placed, inside, points, choices) if placed else None,
        vague=tuple(each.record for each in inside if each.exact and each.record not in ids),
        undated=tuple(each.record for each in done if not each.exact and _may_be_inside(each, choices)),
        left_out=tuple(sorted(Counter(each.stance for each in ours if not each.counts).items())),
        sensitivity=_sensitivity(ours, points, placed, choices),
        prior=choices.prior,
        half_life=choices.half_life,
        fewest=choices.fewest,
        confidence=choices.confidence,
        draws=choices.draws,
        seed=choices.seed,
    )


def of_pair(found: Iterable[Act], first: str, second: str, direction: Direction) -> list[Act]:
    """The acts of the pair in this direction, each once, in a fixed order. Raises UsageError for a pair of one."""
    return between(distinct(found), first, second, direction)


def between(ordered: Iterable[Act], first: str, second: str, direction: Direction) -> list[Act]:
    """The same of acts that are put in order already, as `read.acts` gives them."""
    if first == second:
        raise UsageError("a pair needs two different states", where=first, advice="As in: CHN RUS")
    ways = [(each, each.direction(first, second)) for each in ordered]
    return [each for each, way in ways if way is not None and direction in ("both", way)]


def _inside(each: Act, choices: Choices) -> bool:
    """Whether it surely lies in the asked time."""
    return _surely(each.earliest, each.latest, choices)


def _surely(earliest: dt.date | None, latest: dt.date | None, choices: Choices) -> bool:
    if earliest is None or latest is None:
        return False
    return (choices.since is None or earliest >= choices.since) and (choices.until is None or latest <= choices.until)


def _may_be_inside(each: Act, choices: Choices) -> bool:
    return (choices.since is None or each.latest is None or each.latest >= choices.since) and (
        choices.until is None or each.earliest is None or each.earliest <= choices.until
    )


# ---- points


def _points(done: Sequence[Act], choices: Choices) -> tuple[PairPoint, ...]:
    """Every period from the first to the last with an act in it, or of the asked time; silent ones too."""
    held: dict[dt.date, list[Act]] = {}
    before: list[Act] = []
    for each in done:
        first = periods.only(each.earliest, each.latest, choices.by)
        if first is None:
            continue
        if _inside(each, choices):
            held.setdefault(first, []).append(each)
        elif choices.since is not None and each.latest is not None and each.latest < choices.since:
            before.append(each)
    if not held:
        return ()
    begin = choices.since or min(held)
    last = choices.until or max(held)
    row = periods.row(min(begin, min(held)), max(last, max(held)), choices.by)
    level = Level(choices, before)
    vague = [each for each in done if each.exact and periods.only(each.earliest, each.latest, choices.by) is None]
    starts, ends = sorted(_days(vague, 0)), sorted(_days(vague, 1))
    points = []
    for first in row:
        acts = held.get(first, [])
        ending = periods.end(first, choices.by)
        might = bisect_right(starts, ending) - bisect_left(ends, first)  # begun by then less those over before
        points.append(
            _point(periods.label(first, choices.by), first, ending, acts, choices, level.at(ending, acts), might)
        )
    return tuple(points)


def _days(acts: Iterable[Act], side: int) -> list[dt.date]:
    return [day for day in ((each.earliest, each.latest)[side] for each in acts) if day is not None]


class Level:
    """The net of all acts so far, the older ones fading; moved from period to period."""

    def __init__(self, choices: Choices, before: Iterable[Act]) -> None:
        self._choices = choices
        self._sums = [0.0, 0.0]
        self._column = WEIGHTS.index(choices.weights)
        self._day: int | None = None
        self._acts = 0
        for each in sorted(before, key=lambda act: (act.latest or dt.date.min, act.record)):
            if each.latest is not None:
                self.at(each.latest, [each])

    def at(self, ending: dt.date, acts: Sequence[Act]) -> float | None:
        """The level at the end of a period in which these acts were done; None as long as there are too few."""
        now = ending.toordinal()
        if self._day is not None:
            faded = 0.5 ** ((now - self._day) / self._choices.half_life)
            self._sums = [faded * each for each in self._sums]
        self._day = now
        for each in acts:
            score = each.scores[self._column] * 0.5 ** ((now - each.middle) / self._choices.half_life)
            self._sums[0 if score > 0 else 1] += abs(score)
        self._acts += len(acts)
        if self._acts < self._choices.fewest:
            return None
        return net(self._sums[0], self._sums[1], self._choices.prior)


def _point(
    name: str,
    first: dt.date,
    ending: dt.date,
    acts: Sequence[Act],
    choices: Choices,
    level: float | None,
    vague: int,
) -> PairPoint:
    reports = [report for each in acts for report in each.reports]
    documents = {report.document for report in reports}
    outlets = {report.outlet for report in reports}
    seen = {
        "records": tuple(each.record for each in acts),
        "level": level,
        "documents": len(documents),
        "outlets": len(outlets),
        "stories": len({each.story for each in acts}),
        "dated": len(acts) / (len(acts) + vague) if acts or vague else None,
    }
    if len(acts) < choices.fewest:
        note = f"{_counted(len(acts))}: too few for a score" if acts else "no record"
        return PairPoint(name, first, ending, note=note, **seen)  # type: ignore[arg-type]
    sums = dict.fromkeys((1, 2, 3, 4), 0.0)
    column = WEIGHTS.index(choices.weights)
    for each in acts:
        score = each.scores[column]
        sums[(1 if score > 0 else 3) + (each.quad in (2, 4))] += abs(score)
    cooperation, conflict = sums[1] + sums[2], sums[3] + sums[4]
    bounds = _interval(acts, choices)
    return PairPoint(
        name,
        first,
        ending,
        cooperation=cooperation,
        conflict=conflict,
        net=net(cooperation, conflict, choices.prior),
        low=bounds[0] if bounds else None,
        high=bounds[1] if bounds else None,
        cooperation_verbal=sums[1],
        cooperation_material=sums[2],
        conflict_verbal=sums[3],
        conflict_material=sums[4],
        note=None if bounds else "all records are of one story: no interval",
        **seen,  # type: ignore[arg-type]
    )


def _interval(acts: Sequence[Act], choices: Choices) -> tuple[float, float] | None:
    return interval(
        *by_story(acts, choices.weights),
        choices.prior,
        confidence=choices.confidence,
        draws=choices.draws,
        seed=choices.seed,
    )


def by_story(acts: Iterable[Act], weights: str) -> tuple[Numbers, Numbers]:
    """Cooperation and conflict of each story."""
    column = WEIGHTS.index(weights)
    stories: dict[str, list[float]] = {}
    for each in acts:
        score = each.scores[column]
        held = stories.get(each.story)
        if held is None:
            held = stories[each.story] = [0.0, 0.0]
        held[score < 0] += abs(score)
    sums = np.array(sorted(stories.values()), dtype=float).reshape(-1, 2)
    return sums[:, 0], sums[:, 1]


def _total(placed: Sequence[Act], inside: Sequence[Act], points: Sequence[PairPoint], choices: Choices) -> PairPoint:
    level = points[-1].level if points else None
    return _point(WHOLE, points[0].start, points[-1].end, placed, choices, level, len(inside) - len(placed))


def _counted(number: int) -> str:
    return f"{number} record{'' if number == 1 else 's'}"


# ---- what other choices would have shown


def _sensitivity(
    ours: Sequence[Act], points: Sequence[PairPoint], placed: Sequence[Act], choices: Choices
) -> tuple[Sensitivity, ...]:
    if not placed:
        return ()
    shown = {point.period: point.net for point in points}
    rows = []
    for weights in WEIGHTS:
        if weights != choices.weights:
            scored = [(each.earliest, each.latest, each.score(weights)) for each in placed]
            rows.append(_otherwise(f"{weights} weights", scored, rules().prior(weights), shown, choices))
    column = WEIGHTS.index(choices.weights)
    reports = [
        (report.earliest, report.latest, report.scores[column])
        for each in ours
        if each.counts
        for report in each.reports
        if _surely(report.earliest, report.latest, choices)
    ]
    rows.append(_otherwise("every report counted", reports, choices.prior, shown, choices))
    return tuple(rows)


def _otherwise(
    name: str,
    scored: Iterable[tuple[dt.date | None, dt.date | None, float]],
    prior: float,
    shown: dict[str, float | None],
    choices: Choices,
) -> Sensitivity:
    """What acts of these dates and scores would have shown; those that fit no single period are left out here too."""
    sums: dict[dt.date, list[float]] = {}
    for earliest, latest, score in scored:
        first = periods.only(earliest, latest, choices.by)
        if first is not None:
            held = sums.setdefault(first, [0.0, 0.0, 0])
            held[score < 0] += abs(score)
            held[2] += 1
    differs = compared = 0
    for first, (cooperation, conflict, number) in sums.items():
        mine = shown.get(periods.label(first, choices.by))
        if mine is None or number < choices.fewest:
            continue
        compared += 1
        differs += _sign(mine) != _sign(net(cooperation, conflict, prior))
    cooperation, conflict, total = (sum(each[at] for each in sums.values()) for at in range(3))
    value = net(cooperation, conflict, prior) if total >= choices.fewest else None
    return Sensitivity(name, value, int(total), differs, compared)


def _sign(value: float) -> int:
    return (value > 1e-12) - (value < -1e-12)
