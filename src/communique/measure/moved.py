"""Who moved: pairs whose net is another one in a second time than in a first, where the change leaves zero out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from communique.measure import bootstrap
from communique.measure.acts import Act, distinct
from communique.measure.network import Pair, by_pair, stories_of
from communique.measure.rules import rules


@dataclass(frozen=True, slots=True)
class Shift:
    """The net of a pair in two times, and the interval of the change. sure: whether that leaves zero out."""

    first: str
    second: str
    before: float
    after: float
    low: float | None
    high: float | None
    records_before: tuple[str, ...]
    records_after: tuple[str, ...]

    @property
    def change(self) -> float:
        """after less before, in [-2, 2]."""
        return self.after - self.before

    @property
    def sure(self) -> bool:
        """Whether the interval of the change leaves zero out."""
        return self.low is not None and self.high is not None and (self.low > 0 or self.high < 0)


Time = tuple[dt.date, dt.date]


def moved(
    found: Iterable[Act],
    before: Time,
    after: Time,
    *,
    weights: str = "plover",
    among: Collection[str] = (),
    bodies: bool = False,
) -> list[Shift]:
    """Every pair with enough records in both times, the sure changes first, then by size. Days are inclusive."""
    acts = distinct(found)
    earlier, later = (by_pair(acts, among, *time, bodies=bodies)[0] for time in (before, after))
    shifts = [
        shift(pair, earlier[pair], later[pair], weights)
        for pair in sorted(earlier.keys() & later.keys())
        if min(len(earlier[pair]), len(later[pair])) >= rules().fewest
    ]
    return sorted(shifts, key=lambda each: (not each.sure, -abs(each.change), each.first, each.second))


def shift(pair: Pair, before: list[Act], after: list[Act], weights: str) -> Shift:
    """The change of one pair between two lists of acts."""
    prior = rules().prior(weights)
    sides = [stories_of(each, weights) for each in (before, after)]
    nets = [bootstrap.net(float(plus.sum()), float(minus.sum()), prior) for plus, minus in sides]
    bounds = bootstrap.difference(sides[0], sides[1], prior)
    return Shift(
        *pair,
        before=nets[0],
        after=nets[1],
        low=bounds[0] if bounds else None,
        high=bounds[1] if bounds else None,
        records_before=tuple(act.record for act in before),
        records_after=tuple(act.record for act in after),
    )
