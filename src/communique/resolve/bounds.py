"""Bounds on a date, each with its reason; and the days on which people held their offices together."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

Term = tuple[dt.date | None, dt.date | None]


@dataclass(frozen=True, slots=True)
class Bound:
    """Not before, not after, and why."""

    earliest: dt.date | None
    latest: dt.date | None
    reason: str
    header: bool = False


@dataclass(slots=True)
class Bounds:
    """The bounds so far. A new one that contradicts them is kept as a remark and not used."""

    earliest: dt.date | None = None
    latest: dt.date | None = None
    used: list[Bound] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def only_header(self) -> bool:
        """Whether nothing but the page's own date line bounds."""
        return bool(self.used) and all(bound.header for bound in self.used)

    def add(self, earliest: dt.date | None, latest: dt.date | None, reason: str, *, header: bool = False) -> bool:
        """Take a bound in, where it does not contradict those before it; whether it was taken."""
        low = max((d for d in (self.earliest, earliest) if d is not None), default=None)
        high = min((d for d in (self.latest, latest) if d is not None), default=None)
        if low is not None and high is not None and low > high:
            self.remark(f"not used, it contradicts the others: {reason}")
            return False
        self.earliest, self.latest = low, high
        self.used.append(Bound(earliest, latest, reason, header))
        self.remark(reason)
        return True

    def remark(self, reason: str) -> None:
        """Note something once."""
        if reason not in self.notes:
            self.notes.append(reason)

    def note(self) -> str:
        """Every bound and remark with its reason."""
        return "; ".join(self.notes)


def _inside(day: dt.date, terms: Sequence[Term]) -> bool:
    return any((first is None or first <= day) and (last is None or day <= last) for first, last in terms)


def _end(day: dt.date) -> dt.date | None:
    return None if day in (dt.date.min, dt.date.max) else day


def _label(terms: Sequence[Term]) -> str:
    return ", ".join(f"{first or ''}..{last or ''}" for first, last in terms)


def cast_region(terms: Mapping[str, Sequence[Term]], bounds: Bounds) -> bool:
    """Narrow the bounds to the days on which most of the people held their offices at once; whether it did.

    A sweep over the days on which a term begins or ends inside the bounds: between two of them nothing changes.
    """
    known = {who: list(held) for who, held in terms.items() if any(a or b for a, b in held)}
    if not known:
        return False
    low, high = bounds.earliest or dt.date.min, bounds.latest or dt.date.max
    one = dt.timedelta(days=1)
    starts = {low}
    for held in known.values():
        starts |= {first for first, _ in held if first and low <= first <= high}
        starts |= {last + one for _, last in held if last and low <= last + one <= high} if high < dt.date.max else {
            last + one for _, last in held if last and last >= low
        }  # fmt: skip
    order = sorted(starts)
    pieces = [(day, (order[i + 1] - one) if i + 1 < len(order) else high) for i, day in enumerate(order)]
    counted = [sum(_inside(first, held) for held in known.values()) for first, _ in pieces]
    most = max(counted)
    if most * 2 <= len(known):
        bounds.remark(f"office-holders do not fit together: {'; '.join(f'{w} {_label(t)}' for w, t in known.items())}")
        return False
    best = [piece for piece, number in zip(pieces, counted, strict=True) if number == most]
    first, last = best[0][0], best[-1][1]
    for who, held in known.items():
        fits = any(_inside(piece[0], held) for piece in best)
        bounds.remark(f"{who} {_label(held)}" if fits else f"not used, it contradicts the others: {who} {_label(held)}")
    if any(b[0] - a[1] > one for a, b in itertools.pairwise(best)):
        bounds.remark("with gaps: " + ", ".join(f"{a}..{'' if b == dt.date.max else b}" for a, b in best))
    narrowed = first > low or last < high
    if narrowed:
        bounds.add(
            first if first > dt.date.min else None, last if last < dt.date.max else None,
            f"all named in office together: {_label([(_end(first), _end(last))])}",
        )  # fmt: skip
    return narrowed
