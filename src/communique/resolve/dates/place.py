"""Where on the calendar an expression lies, seen from one day: the arithmetic behind `resolve`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from communique.resolve.dates import calendar as cal
from communique.resolve.dates import words as w
from communique.resolve.dates.calendar import Stretch
from communique.resolve.dates.expression import Expression, Fields, Tense
from communique.resolve.dates.holidays import holiday_days

# how far back a day without a year and without a tense may lie: about nine months
NEAR_PAST = 275
JUST_GONE, FAR_AHEAD = 60, 300
_BACKWARD = frozenset({"ago", "earlier", "previously", "back", "before", "beforehand"})
_FROM_TEXT = frozenset({"earlier", "later", "before", "beforehand", "previously", "after", "afterward", "afterwards"})
_UNIT_DAYS = {"day": 1, "week": 7, "fortnight": 14}
_UNIT_MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120, "century": 1200}


@dataclass(frozen=True, slots=True)
class View:
    """From where a date is seen: the day of writing, the tense, and the last date named before it in the text."""

    day: dt.date | None
    tense: Tense | None = None
    previous: Stretch | None = None


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
    if view.tense == "past":
        return past or future
    if view.tense == "future" and past is not None and future is not None:
        # a day that is just gone and would come again only in a year is the one that is gone
        gone, ahead_by = (day - past.last).days, (future.first - day).days
        return past if 0 < gone <= JUST_GONE and ahead_by >= FAR_AHEAD else future
    if view.tense == "future":
        return future or past
    if past is None or future is None:
        return past or future
    if either:
        return past if (day - past.last).days <= (future.first - day).days else future
    return past if (day - past.last).days <= NEAR_PAST else future


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


def _years_around(view: View) -> list[int]:
    return [] if view.day is None else [view.day.year + i for i in range(-2, 3)]


def _year_of(expression: Expression, view: View) -> int | None:
    """The year that the words give, if they give one."""
    fields = expression.fields
    if fields.year is not None:
        return fields.year
    if fields.year_shift is not None:
        return None if view.day is None else view.day.year + fields.year_shift
    if expression.parts:
        inside = place(expression.parts[0], view)
        return inside.first.year if inside else None
    return None


def _yearly(expression: Expression, view: View, build: Callable[[int], Stretch | None]) -> Stretch | None:
    """Something that comes once a year: in the year named, else in the year that the tense means."""
    fields = expression.fields
    year = _year_of(expression, view)
    if year is not None:
        return build(year)
    if fields.year_shift is not None:
        return None
    found = [s for s in (build(y) for y in _years_around(view)) if s is not None]
    if not found and fields.month == 2 and fields.day == 29 and view.day is not None:
        found = [s for s in (build(view.day.year + i) for i in range(-8, 9)) if s is not None]
    if fields.weekday is not None and fields.day is not None:
        found = [s for s in found if s.first.weekday() == fields.weekday] or found
    return nearest(found, view, fields.shift, fields.bound == "nearest")


def _date(expression: Expression, view: View) -> Stretch | None:
    fields = expression.fields
    if fields.others:
        days = [d for d in (cal.make(*other) for other in fields.others) if d]
        return Stretch(min(days), max(days), "interval") if days else None
    if fields.month is None:
        return _numbered_day(fields, view)
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

    return _yearly(expression, view, build)


def _numbered_day(fields: Fields, view: View) -> Stretch | None:
    """The 11th: of the month of the last date named, else the one that the tense means."""
    number = fields.day or 1
    if fields.shift is not None and view.day is not None:
        moved = cal.shift_months(view.day.replace(day=1), fields.shift)
        named = cal.make(moved.year, moved.month, number)
        return cal.single(named) if named else None
    if view.previous is not None and view.previous.unit in ("day", "month"):
        found = cal.make(view.previous.first.year, view.previous.first.month, number)
        return cal.single(found) if found else None
    if view.day is None:
        return None
    months = [cal.shift_months(view.day.replace(day=1), i) for i in range(-2, 3)]
    days = [d for d in (cal.make(m.year, m.month, number) for m in months) if d]
    return nearest([cal.single(d) for d in days], View(view.day, view.tense or "past"))


def _weekday(expression: Expression, view: View) -> Stretch | None:
    fields, number = expression.fields, expression.fields.weekday or 0
    if fields.name == "anaphoric" and view.previous is not None:
        base = view.previous.first
        if fields.shift == -1:
            return cal.single(cal.shift_days(base, -((base.weekday() - number - 1) % 7 + 1)))
        ahead = (number - base.weekday()) % 7
        return cal.single(cal.shift_days(base, ahead or (7 if fields.shift == 1 else 0)))
    day = view.day
    if day is None:
        return None
    if fields.unit == "week":
        return cal.single(cal.shift_days(cal.week(day).first, 7 * (fields.shift or 0) + number))
    back, ahead = (day.weekday() - number) % 7, (number - day.weekday()) % 7
    if fields.number:
        return cal.single(cal.shift_days(day, ahead + 7))
    if fields.shift == -1:
        return cal.single(cal.shift_days(day, -(back or 7)))
    if fields.shift == 1:
        return cal.single(cal.shift_days(day, ahead or 7))
    if fields.shift == 0 and view.tense is None:
        return cal.single(cal.shift_days(cal.week(day).first, number))
    return cal.single(cal.shift_days(day, ahead if view.tense == "future" else -back))


def _day(expression: Expression, view: View) -> Stretch | None:
    fields = expression.fields
    if view.day is None:
        return None
    if fields.name == "overnight":
        if view.tense == "future":
            return Stretch(view.day, cal.shift_days(view.day, 1), "interval")
        return Stretch(cal.shift_days(view.day, -1), view.day, "interval")
    return cal.single(cal.shift_days(view.day, int(fields.number or 0)))


def _moved(base: Stretch, unit: str, count: float) -> Stretch:
    """A stretch so many units on: a day for days and weeks, a month for months, a year for years."""
    if unit in ("minute", "hour"):
        return cal.single(cal.shift_days(base.first, int(count / (24 if unit == "hour" else 1440))))
    if unit in _UNIT_DAYS:
        days = int(count * _UNIT_DAYS[unit])
        return Stretch(cal.shift_days(base.first, days), cal.shift_days(base.last, days), base.unit)
    months = int(count * _UNIT_MONTHS[unit])
    start = cal.shift_months(base.first, months)
    if unit == "month" or count != int(count):
        return cal.month(start.year, start.month)
    if unit == "quarter":
        return cal.months(start.year, (start.month - 1) // 3 * 3 + 1, 3)
    return cal.year(start.year)


def _base(expression: Expression, view: View) -> Stretch | None:
    """What a distance is counted from."""
    if expression.kind == "offset":
        return place(expression.parts[0], view)
    if expression.fields.name in _FROM_TEXT and view.previous is not None:
        return view.previous
    return cal.single(view.day) if view.day is not None else None


def _ago(expression: Expression, view: View) -> Stretch | None:
    fields = expression.fields
    base = _base(expression, view)
    if base is None or fields.unit is None or fields.number is None:
        return None
    sign = -1 if fields.name in _BACKWARD else 1
    if sign > 0 and fields.name in _FROM_TEXT and base.first == view.day and view.tense != "future":
        # "two days later" with nothing named before it says nothing
        return None
    near = _moved(base, fields.unit, sign * fields.number)
    far = _moved(base, fields.unit, sign * (fields.number_high or fields.number))
    if fields.bound == "less":
        return Stretch(min(near.first, base.first), max(near.last if sign > 0 else base.last, base.last), "interval")
    if fields.bound == "more":
        return Stretch(dt.date.min, near.last, "interval") if sign < 0 else Stretch(near.first, dt.date.max, "interval")
    if far == near:
        return near
    return Stretch(min(near.first, far.first), max(near.last, far.last), "interval")


def _reach(expression: Expression, view: View, sign: int) -> Stretch | None:
    """The past two weeks, the coming months: from the day back or forward."""
    fields, day = expression.fields, view.day
    if expression.kind == "within" and view.tense == "past" and view.previous is not None:
        day = view.previous.last if view.previous.unit == "day" else day
    if day is None or fields.unit is None:
        return None
    count = fields.number_high or fields.number
    if count is None:
        count = float(w.entries("recent").get(fields.unit + "s", 6))
    unit = fields.unit
    if unit in ("minute", "hour"):
        end = cal.shift_days(day, sign * max(0, round(count / (24 if unit == "hour" else 1440))))
    elif unit in _UNIT_DAYS:
        end = cal.shift_days(day, sign * int(count * _UNIT_DAYS[unit]))
    else:
        end = cal.shift_months(day, sign * int(count * _UNIT_MONTHS.get(unit, 1)))
    return Stretch(min(day, end), max(day, end), "interval")


def _in(expression: Expression, view: View) -> Stretch | None:
    """In three weeks: a date only where it is to come; "the first visit in 15 years" is none."""
    fields = expression.fields
    if view.tense != "future" or view.day is None or fields.unit is None or fields.number is None or fields.bound:
        return None
    near = _moved(cal.single(view.day), fields.unit, fields.number)
    far = _moved(cal.single(view.day), fields.unit, fields.number_high or fields.number)
    return near if far == near else Stretch(near.first, far.last, "interval")


def _shifted(expression: Expression, view: View) -> Stretch | None:
    fields, unit, shift = expression.fields, expression.fields.unit, expression.fields.shift or 0
    if fields.year is not None:
        return cut(cal.year(fields.year), fields.part, None)
    day = view.day
    if fields.name == "anaphoric" and view.previous is not None:
        day = view.previous.first
    if day is None or unit is None:
        return None
    return cut(_unit(unit, shift, fields, View(day, view.tense)), fields.part, day if shift == 0 else None)


def _unit(unit: str, shift: int, fields: Fields, view: View) -> Stretch:
    day = view.day or dt.date.min
    if unit == "week":
        return cal.week(cal.shift_days(day, 7 * shift))
    if unit == "weekend":
        return _weekend(day, shift, view.tense, fields)
    if unit == "month":
        moved = cal.shift_months(day.replace(day=1), shift)
        return cal.month(moved.year, moved.month)
    if unit == "quarter":
        return cal.months(day.year, (day.month - 1) // 3 * 3 + 1 + 3 * shift, 3)
    if unit == "decade":
        start = day.year // 10 * 10 + 10 * shift
        return cal.years(start, start + 9)
    if unit == "century":
        start = (day.year - 1) // 100 * 100 + 1 + 100 * shift
        return cal.years(start, start + 99)
    if unit == "fiscal":
        return fiscal_year(day.year + shift)
    return cal.year(day.year + shift)


def _weekend(day: dt.date, shift: int, tense: Tense | None, fields: Fields) -> Stretch:
    this = cal.weekend(day)
    before = cal.weekend(cal.shift_days(day, -7))
    if shift == -1:
        return before
    if shift == 1:
        return this if this.first > day else cal.weekend(cal.shift_days(day, 7))
    return this if this.first <= day or tense == "future" or (tense is None and fields.number is not None) else before


def fiscal_year(number: int) -> Stretch:
    """A fiscal year whose calendar is not said: from the earliest begin of one so named to the latest end of one."""
    return Stretch(dt.date(cal.clamp_year(number - 1), 4, 1), dt.date(cal.clamp_year(number + 1), 3, 31), "year")


def _quarter(expression: Expression, view: View) -> Stretch | None:
    fields = expression.fields
    if fields.name == "fiscal":
        year = fields.year if fields.year is not None else view.day.year if view.day else None
        return fiscal_year(year) if year is not None else None
    count = 3 if expression.kind == "quarter" else 6
    first = ((fields.ordinal or 1) - 1) * count + 1
    return _yearly(expression, view, lambda year: cal.months(year, first, count))


def _first_months(expression: Expression, view: View) -> Stretch | None:
    fields, count = expression.fields, int(expression.fields.number or 1)
    year = _year_of(expression, view)
    if year is None:
        if view.day is None:
            return None
        year = view.day.year
    return cal.months(year, 1 if fields.part == "first" else 13 - count, count)


def _season(expression: Expression, view: View) -> Stretch | None:
    fields = expression.fields
    first, last = w.entries("seasons")[fields.name]
    count = (last - first) % 12 + 1
    return cut_or_none(_yearly(expression, view, lambda year: cal.months(year, first, count)), fields.part, view.day)


def cut_or_none(stretch: Stretch | None, part: str | None, day: dt.date | None) -> Stretch | None:
    """A part of a stretch, where there is one."""
    return None if stretch is None else cut(stretch, part, day)


def _fiscal(expression: Expression, view: View) -> Stretch | None:
    fields = expression.fields
    if fields.year is None:
        return None
    if fields.last_year is None:
        return fiscal_year(fields.year)
    return Stretch(dt.date(cal.clamp_year(fields.year), 4, 1), dt.date(cal.clamp_year(fields.last_year), 9, 30), "interval")


def _decade(expression: Expression, view: View) -> Stretch | None:
    start = expression.fields.year or 0
    # the 1800s are the century, the 2000s the decade
    whole = cal.years(start, start + (99 if start % 100 == 0 and start != 2000 else 9))
    return cut(whole, expression.fields.part, None)


def _century(expression: Expression, view: View) -> Stretch | None:
    number = expression.fields.ordinal or 1
    return cut(cal.years(100 * (number - 1) + 1, 100 * number), expression.fields.part, None)


def _year(expression: Expression, view: View) -> Stretch | None:
    fields = expression.fields
    if fields.year is None:
        return None
    if fields.last_year is not None:
        return cal.years(fields.year, fields.last_year)
    return cut(cal.year(fields.year), fields.part, None)


def _holiday(expression: Expression, view: View) -> Stretch | None:
    return _yearly(expression, view, lambda year: holiday_days(expression.fields.name or "", year))


def _week_of(expression: Expression, view: View) -> Stretch | None:
    fields = expression.fields

    def build(year: int) -> Stretch | None:
        day = cal.make(year, fields.month or 1, fields.day or 1)
        if day is None:
            return None
        if fields.unit == "weekend":
            return cal.weekend(day) if day.weekday() < 6 else Stretch(cal.shift_days(day, -1), day, "interval")
        return cal.week(day) if day.weekday() < 6 else Stretch(day, cal.shift_days(day, 6), "interval")

    return _yearly(expression, view, build)


def _nth(expression: Expression, view: View) -> Stretch | None:
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
    return _yearly(undated, view, build)


def _months_to(expression: Expression, view: View) -> Stretch | None:
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

    if _year_of(expression, view) is None and view.day is not None and view.tense != "future":
        # a period that is reported on is over, or nearly
        ended = [s for s in (build(y) for y in _years_around(view)) if s and s.last <= cal.shift_days(view.day, 31)]
        return ended[-1] if ended else None
    return _yearly(expression, view, build)


def _same(expression: Expression, view: View) -> Stretch | None:
    base = view.previous if view.previous is not None else cal.single(view.day) if view.day else None
    shift = expression.fields.shift or 0
    if base is None or (shift > 0 and view.previous is None and view.tense != "future"):
        return None
    return _moved(base, "day", shift)


def _yearless_range(one: Expression, two: Expression, view: View) -> Stretch | None:
    """May 31 to June 6: the one run of these days that the tense means, as a whole."""
    found = []
    for year in _years_around(view):
        ends = []
        for part, number in ((one, year), (two, year + ((two.fields.month or 0) < (one.fields.month or 0)))):
            dated = Expression(part.span, part.text, part.kind, replace(part.fields, year=number))
            ends.append(place(dated, View(None)))
        first, last = ends
        if first is not None and last is not None and first.first <= last.last:
            found.append(Stretch(first.first, last.last, "interval"))
    return nearest(found, view)


def _yearless(part: Expression) -> bool:
    fields = part.fields
    return (
        part.kind == "date" and fields.month is not None and fields.year is None
        and fields.year_shift is None and fields.shift is None and not part.parts
    )  # fmt: skip


def _range(expression: Expression, view: View) -> Stretch | None:
    one, two = expression.parts
    if _yearless(one) and _yearless(two):
        return _yearless_range(one, two, view)
    first, second = place(one, view), place(two, view)
    if first is None or second is None:
        return None
    if second.last < first.first:
        later = place(two, View(first.first, "future", first))
        second = later if later is not None and later.last >= first.first else second
    if second.last < first.first:
        return None
    return Stretch(first.first, second.last, "interval")


_PLACES: dict[str, Callable[[Expression, View], Stretch | None]] = {
    "date": _date, "weekday": _weekday, "day": _day, "ago": _ago, "offset": _ago, "shifted": _shifted,
    "quarter": _quarter, "half": _quarter, "first months": _first_months, "season": _season, "fiscal": _fiscal,
    "decade": _decade, "century": _century, "year": _year, "holiday": _holiday, "week of": _week_of, "nth": _nth,
    "months to": _months_to, "same": _same, "range": _range, "in": _in,
    "past": lambda e, v: _reach(e, v, -1), "recent": lambda e, v: _reach(e, v, -1),
    "coming": lambda e, v: _reach(e, v, 1), "soon": lambda e, v: _reach(e, v, 1),
    "within": lambda e, v: _reach(e, v, 1),
}  # fmt: skip


def place(expression: Expression, view: View) -> Stretch | None:
    """The days that the expression means, seen from one day; None where it needs a day and there is none."""
    handler = _PLACES.get(expression.kind)
    return handler(expression, view) if handler else None
