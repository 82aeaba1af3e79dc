"""Dates that the calendar names: days, months, quarters, seasons, years, decades, holidays."""

from __future__ import annotations

import datetime as dt

from communique.resolve.dates import calendar as cal
from communique.resolve.dates import words as w
from communique.resolve.dates.calendar import Stretch
from communique.resolve.dates.expression import Expression, Fields
from communique.resolve.dates.holidays import holiday_days
from communique.resolve.dates.near import View, cut, year_of, yearly, years_around
from communique.resolve.dates.relative import fiscal_year, numbered_day

# the years of a decade, counted from 0, that its parts run over; of a century, the decades
_DECADE_PARTS = {
    "early": (0, 3),
    "start": (0, 2),
    "mid": (4, 6),
    "late": (6, 9),
    "end": (8, 9),
    "first half": (0, 4),
    "second half": (5, 9),
    "earlier": (0, 3),
    "later": (6, 9),
}


def date(expression: Expression, view: View) -> Stretch | None:
    fields = expression.fields
    if fields.others:
        days = [d for d in (cal.make(*other) for other in fields.others) if d]
        return Stretch(min(days), max(days), "interval") if days else None
    if fields.month is None:
        return numbered_day(fields, view)
    number = fields.month

    def build(year: int) -> Stretch | None:
        if fields.last_month is not None:
            start_year = year - 1 if fields.last_month < number and fields.year is not None else year
            end_year = start_year + (1 if fields.last_month < number else 0)
            return Stretch(cal.month(start_year, number).first, cal.month(end_year, fields.last_month).last, "interval")
        if fields.day is None:
            return cut(cal.month(year, number), fields.part, view.day)
        first = cal.make(year, number, fields.day)
        if first is None:
            return None
        last = cal.make(year, number, fields.last_day) if fields.last_day else first
        return Stretch(first, last, "interval" if last > first else "day") if last else None

    return yearly(expression, view, build)


def quarter(expression: Expression, view: View) -> Stretch | None:
    fields = expression.fields
    if fields.name == "fiscal":
        year = fields.year if fields.year is not None else view.day.year if view.day else None
        return fiscal_year(year) if year is not None else None
    count = 3 if expression.kind == "quarter" else 6
    first = ((fields.ordinal or 1) - 1) * count + 1
    return yearly(expression, view, lambda year: cal.months(year, first, count))


def first_months(expression: Expression, view: View) -> Stretch | None:
    fields, count = expression.fields, int(expression.fields.number or 1)
    year = year_of(expression, view)
    if year is None:
        if view.day is None:
            return None
        year = view.day.year
    return cal.months(year, 1 if fields.part == "first" else 13 - count, count)


def _part_of(stretch: Stretch | None, part: str | None, day: dt.date | None) -> Stretch | None:
    """A part of a stretch, where there is one."""
    return None if stretch is None else cut(stretch, part, day)


def season(expression: Expression, view: View) -> Stretch | None:
    fields = expression.fields
    first, last = w.entries("seasons")[fields.name]
    count = (last - first) % 12 + 1
    return _part_of(yearly(expression, view, lambda year: cal.months(year, first, count)), fields.part, view.day)


def fiscal(expression: Expression, view: View) -> Stretch | None:
    fields = expression.fields
    if fields.year is None:
        return None
    if fields.last_year is None:
        return fiscal_year(fields.year)
    first, last = cal.clamp_year(fields.year), cal.clamp_year(fields.last_year)
    return Stretch(dt.date(first, 4, 1), dt.date(last, 9, 30), "interval")


def _years(first: int, length: int, part: str | None) -> Stretch:
    """Whole years of a decade or century, or of its early, mid or late part."""
    low, high = _DECADE_PARTS.get(part or "", (0, 9))
    step = length // 10
    return cal.years(first + low * step, first + (high + 1) * step - 1)


def decade(expression: Expression, view: View) -> Stretch | None:
    """The 1990s, and their early, mid or late years."""
    start = expression.fields.year or 0
    # the 1800s are the century, the 2000s the decade
    return _years(start, 100 if start % 100 == 0 and start != 2000 else 10, expression.fields.part)


def century(expression: Expression, view: View) -> Stretch | None:
    """The 19th century: 1801 to 1900."""
    return _years(100 * ((expression.fields.ordinal or 1) - 1) + 1, 100, expression.fields.part)


def year(expression: Expression, view: View) -> Stretch | None:
    fields = expression.fields
    if fields.year is None:
        return None
    if fields.last_year is not None:
        return cal.years(fields.year, fields.last_year)
    return cut(cal.year(fields.year), fields.part, None)


def holiday(expression: Expression, view: View) -> Stretch | None:
    return yearly(expression, view, lambda year: holiday_days(expression.fields.name or "", year))


def week_of(expression: Expression, view: View) -> Stretch | None:
    fields = expression.fields

    def build(year: int) -> Stretch | None:
        day = cal.make(year, fields.month or 1, fields.day or 1)
        if day is None:
            return None
        if fields.unit == "weekend":
            return cal.weekend(day) if day.weekday() < 6 else Stretch(cal.shift_days(day, -1), day, "interval")
        return cal.week(day) if day.weekday() < 6 else Stretch(day, cal.shift_days(day, 6), "interval")

    return yearly(expression, view, build)


def nth(expression: Expression, view: View) -> Stretch | None:
    fields = expression.fields
    month, number = fields.month or 1, fields.ordinal or 1

    def build(year: int) -> Stretch | None:
        whole = cal.month(year, month)
        if fields.weekday is not None:
            day = cal.nth_weekday(cal.clamp_year(year), month, fields.weekday, number)
            return cal.single(day) if day.month == month else None
        if fields.unit == "weekend":
            saturday = cal.nth_weekday(cal.clamp_year(year), month, 5, number)
            return cal.weekend(saturday) if saturday.month == month else None
        first = cal.shift_days(whole.last, -6) if number == -1 else cal.shift_days(whole.first, 7 * (number - 1))
        return Stretch(first, min(cal.shift_days(first, 6), whole.last), "interval") if first <= whole.last else None

    undated = Expression(expression.span, expression.text, expression.kind, Fields(
        month=month, year=fields.year, year_shift=fields.year_shift, shift=fields.shift
    ), parts=expression.parts)  # fmt: skip
    return yearly(undated, view, build)


def months_to(expression: Expression, view: View) -> Stretch | None:
    fields, count = expression.fields, int(expression.fields.number or 1)

    def build(year: int) -> Stretch | None:
        end = cal.month(year, fields.month or 1).last
        if fields.day:
            named = cal.make(year, fields.month or 1, fields.day)
            end = named or end
        start = cal.shift_days(cal.shift_months(end, -count), 1) if end != cal.month(end.year, end.month).last else (
            cal.shift_months(end.replace(day=1), 1 - count)
        )  # fmt: skip
        return Stretch(start, end, "interval")

    if year_of(expression, view) is None and view.day is not None and view.tense != "future":
        # a period that is reported on is over, or nearly
        ended = [s for s in (build(y) for y in years_around(view)) if s and s.last <= cal.shift_days(view.day, 31)]
        return ended[-1] if ended else None
    return yearly(expression, view, build)
