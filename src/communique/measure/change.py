"""When a relation changed: the days at which the tone of a pair's stories turned, and the acts around them.

Each story has a tone, (c - k) / (c + k + kappa), and stands on the middle of its first date. Of all parts of a series,
at its ends or inside it, the one is looked for whose mean differs most from the rest (circular binary segmentation,
Olshen and others 2004), and its ends are changes where fewer than one in twenty random orders of the stories give a
difference as large; then the same within the parts. Each part needs enough stories, and no cut goes through a day.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from communique.measure.acts import Act
from communique.measure.bootstrap import Numbers, net
from communique.measure.rules import rules

ORDERS = 999  # random orders; with the true one a thousand
MOST_CUTS = 120  # places for a cut that are tried in one stretch
SURE = 0.05
Indices = NDArray[np.int64]
AROUND = 45  # days before and after a change from which acts are shown
SHOWN = 3


@dataclass(frozen=True, slots=True)
class Change:
    """Between `last` (the last act before) and `first` (the first act after) the net went from before to after.

    chance is the share of random orders with a difference as large. records are the acts on either side. around are
    the weightiest acts near it that pull in the direction of the change.
    """

    last: dt.date
    first: dt.date
    before: float
    after: float
    chance: float
    records_before: tuple[str, ...]
    records_after: tuple[str, ...]
    around: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Told:
    """A story of the pair: its day, its tone, its acts."""

    day: float
    tone: float
    acts: tuple[Act, ...]


def changes(acts: Iterable[Act], weights: str = "plover", *, orders: int = ORDERS) -> tuple[Change, ...]:
    """The changes of one pair's acts in time, the first first. Only what counts and is dated is looked at."""
    prior = rules().prior(weights)
    told = _stories([each for each in acts if each.counts and each.exact], weights, prior)
    cuts = sorted(_cuts(told, 0, len(told), orders))
    found = []
    for number, (cut, chance) in enumerate(cuts):
        begin = cuts[number - 1][0] if number else 0
        end = cuts[number + 1][0] if number + 1 < len(cuts) else len(told)
        found.append(_change(told[begin:cut], told[cut:end], weights, prior, chance))
    return tuple(found)


def _stories(acts: Sequence[Act], weights: str, prior: float) -> list[_Told]:
    held: dict[str, list[Act]] = {}
    for each in acts:
        held.setdefault(each.story, []).append(each)
    found = []
    for story in sorted(held):
        scores = [each.score(weights) for each in held[story]]
        tone = net(sum(s for s in scores if s > 0), -sum(s for s in scores if s < 0), prior)
        found.append(_Told(min(each.middle for each in held[story]), tone, tuple(held[story])))
    return sorted(found, key=lambda each: (each.day, each.acts[0].record))


def _cuts(told: Sequence[_Told], begin: int, end: int, orders: int) -> list[tuple[int, float]]:
    """The cuts of a stretch with their chances: the ends of the part that differs most, then those within the parts."""
    number = end - begin
    if number < 2 * rules().fewest:
        return []
    tones = np.array([each.tone for each in told[begin:end]])
    starts, ends = _parts([each.day for each in told[begin:end]])
    if not len(starts) or np.ptp(tones) == 0:
        return []
    differences = _differences(tones, starts, ends)
    at = int(np.argmax(differences))
    stream = np.random.RandomState(rules().seed)
    reached = sum(
        float(np.max(_differences(stream.permutation(tones), starts, ends))) >= differences[at] - 1e-12
        for _ in range(orders)
    )
    chance = (reached + 1) / (orders + 1)
    if chance >= SURE:
        return []
    bounds = [begin, *(begin + int(cut) for cut in (starts[at], ends[at]) if 0 < cut < number), end]
    found = [(cut, chance) for cut in bounds[1:-1]]
    for one, other in itertools.pairwise(bounds):
        found += _cuts(told, one, other, orders)
    return found


def _parts(days: Sequence[float]) -> tuple[Indices, Indices]:
    """Where parts may begin and end: never inside a day, with enough stories in them, before them and after them."""
    number, fewest = len(days), rules().fewest
    allowed = [cut for cut in range(fewest, number - fewest + 1) if days[cut - 1] < days[cut]]
    allowed = allowed[:: max(1, -(-len(allowed) // MOST_CUTS))]
    pairs = [
        (one, other)
        for one, other in itertools.combinations((0, *allowed, number), 2)
        if other - one >= fewest and number - (other - one) >= fewest
    ]
    table = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return table[:, 0], table[:, 1]


def _differences(tones: Numbers, starts: Indices, ends: Indices) -> Numbers:
    """For each part the difference of its mean from that of the rest, in standard errors but for a constant."""
    number = len(tones)
    sums = np.concatenate([[0.0], np.cumsum(tones)])
    inside, size = sums[ends] - sums[starts], ends - starts
    means = inside / size - (sums[-1] - inside) / (number - size)
    return np.asarray(np.abs(means) * np.sqrt(size * (number - size) / number), dtype=np.float64)


def _change(before: Sequence[_Told], after: Sequence[_Told], weights: str, prior: float, chance: float) -> Change:
    sides = [[act for each in part for act in each.acts] for part in (before, after)]
    nets = []
    for acts in sides:
        scores = [act.score(weights) for act in acts]
        nets.append(net(sum(s for s in scores if s > 0), -sum(s for s in scores if s < 0), prior))
    upward = nets[1] > nets[0]
    last, first = before[-1].day, after[0].day
    near = [
        act
        for act in (*sides[0], *sides[1])
        if first - AROUND <= act.middle <= first + AROUND and (act.score(weights) > 0) == upward and act.score(weights)
    ]
    near.sort(key=lambda act: (act.middle < first, -abs(act.score(weights)), act.middle, act.record))
    return Change(
        last=dt.date.fromordinal(int(last)),
        first=dt.date.fromordinal(int(first)),
        before=nets[0],
        after=nets[1],
        chance=chance,
        records_before=tuple(act.record for act in sides[0]),
        records_after=tuple(act.record for act in sides[1]),
        around=tuple(act.record for act in near[:SHOWN]),
    )
