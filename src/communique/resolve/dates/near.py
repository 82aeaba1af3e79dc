"""From where a date is seen, which of several days the tense means, and parts of a stretch."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from communique.resolve.dates import calendar as cal
from communique.resolve.dates.calendar import Stretch
from communique.resolve.dates.expression import Expression, Tense

# how far back a day without a year and without a tense may lie: about nine months
NEAR_PAST = 275
# days: a day gone this short a while ago that comes again only after that long is the one that is gone
JUST_GONE, FAR_AHEAD = 60, 300


@dataclass(frozen=True, slots=True)
class View:
    """From where a date is seen.

    day: the day of writing; tense: what the verb says; previous: the last date named before it in the text; inside:
    the year that stands beside it ("last year on June 22"); base: the date that a distance is counted from.
    """

    day: dt.date | None
    tense: Tense | None = None
    previous: Stretch | None = None
    inside: int | None = None
    base: Stretch | None = None


def nearest(found: Iterable[Stretch], view: View, shift: int | None = None, either: bool = False) -> Stretch | None:
    """The one that the tense means: the last begun, the next not over; without a tense the last within nine months.

    shift -1 is the last wholly before the day, 1 the first wholly after it, 0 the one of the same year; either takes
    the nearest on whichever side.
    """
    day = view.day
    stretches = sorted(found, key=lambda s: s.first)
    if day is None or not stretches:
        return None
    if shift == -1:
        stretches = [s for s in stretches if s.last < day]
        return stretches[-1] if stretches else None
    if shift == 1:
        stretches = [s for s in stretches if s.first > day]
        return stretches[0] if stretches else None
    if shift == 0:
        same = [s for s in stretches if s.first.year == day.year or s.first <= day <= s.last]
        return same[-1] if same else None
    begun = [s for s in stretches if s.first <= day]
    ahead = [s for s in stretches if s.last >= day]
    past, future = (begun[-1] if begun else None), (ahead[0] if ahead else None)
    if past is None or future is None:
        return past or future
    gone, ahead_by = (day - past.last).days, (future.first - day).days
    if view.tense == "future":
        # a day that is just gone and would come again only in a year is the one that is gone
        return past if past.unit == "day" and 0 < gone <= JUST_GONE and ahead_by >= FAR_AHEAD else future
    if view.tense == "past":
        return past
    if either:
        return past if gone <= ahead_by else future
    return past if gone <= NEAR_PAST else future


def cut(stretch: Stretch, part: str | None, day: dt.date | None) -> Stretch:
    """The early, late, earlier (until the day) or later part of a stretch; the unit that names it stays."""
    if part is None:
        return stretch
    first, last = stretch.first, stretch.last
    length = (last - first).days + 1
    if part in ("earlier", "later"):
        if day is None or not first <= day <= last:
            part = "early" if part == "earlier" else "late"
        else:
            return Stretch(first, day, stretch.unit) if part == "earlier" else Stretch(day, last, stretch.unit)
    if part in ("first half", "second half") and stretch.unit == "year" and length > 360:
        return cal.months(first.year, 1 if part == "first half" else 7, 6)
    shares = {
        "early": (0.0, 0.4), "mid": (0.3, 0.7), "late": (0.6, 1.0), "start": (0.0, 0.3), "end": (0.7, 1.0),
        "first half": (0.0, 0.5), "second half": (0.5, 1.0),
    }  # fmt: skip
    low, high = shares[part]
    start = cal.shift_days(first, int(length * low))
    end = cal.shift_days(first, max(int(length * high) - 1, int(length * low)))
    return Stretch(start, min(end, last), stretch.unit)


def years_around(view: View) -> list[int]:
    return [] if view.day is None else [view.day.year + i for i in range(-2, 3)]


def year_of(expression: Expression, view: View) -> int | None:
    """The year that the words give, if they give one."""
    fields = expression.fields
    if fields.year is not None:
        return fields.year
    if fields.year_shift is not None:
        return None if view.day is None else view.day.year + fields.year_shift
    return view.inside


def yearly(expression: Expression, view: View, build: Callable[[int], Stretch | None]) -> Stretch | None:
    """Something that comes once a year: in the year named, else in the year that the tense means."""
    fields = expression.fields
    year = year_of(expression, view)
    if year is not None:
        return build(year)
    if fields.year_shift is not None:
        return None
    found = [s for s in (build(y) for y in years_around(view)) if s is not None]
    if not found and fields.month == 2 and fields.day == 29 and view.day is not None:
        found = [s for s in (build(view.day.year + i) for i in range(-8, 9)) if s is not None]
    if fields.weekday is not None and fields.day is not None:
        found = [s for s in found if s.first.weekday() == fields.weekday] or found
    return nearest(found, view, fields.shift, fields.bound == "nearest")
