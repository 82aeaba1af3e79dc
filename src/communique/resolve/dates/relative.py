"""Dates counted from a day: weekdays, "three weeks ago", "last month", "over the past year", "the same day"."""

from __future__ import annotations

import datetime as dt

from communique.resolve.dates import calendar as cal
from communique.resolve.dates import words as w
from communique.resolve.dates.calendar import Stretch
from communique.resolve.dates.expression import Expression, Fields, Tense
from communique.resolve.dates.near import View, cut, nearest

_BACKWARD = frozenset({"ago", "earlier", "previously", "back", "before", "beforehand"})
_FROM_TEXT = frozenset({"earlier", "later", "before", "beforehand", "previously", "after", "afterward", "afterwards"})
_UNIT_DAYS = {"day": 1, "week": 7, "fortnight": 14}
_UNIT_MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120, "century": 1200}


def numbered_day(fields: Fields, view: View) -> Stretch | None:
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


def weekday(expression: Expression, view: View) -> Stretch | None:
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


def day(expression: Expression, view: View) -> Stretch | None:
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


def _base(fields: Fields, view: View) -> Stretch | None:
    """What a distance is counted from."""
    if view.base is not None:
        return view.base
    if fields.name in _FROM_TEXT and view.previous is not None:
        return view.previous
    return cal.single(view.day) if view.day is not None else None


def ago(expression: Expression, view: View) -> Stretch | None:
    fields = expression.fields
    base = _base(fields, view)
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


def back(expression: Expression, view: View) -> Stretch | None:
    """The past two weeks, recent months: from the day back."""
    return _reach(expression, view, -1)


def ahead(expression: Expression, view: View) -> Stretch | None:
    """The next five years, the coming days, within a month: from the day on."""
    return _reach(expression, view, 1)


def in_future(expression: Expression, view: View) -> Stretch | None:
    """In three weeks: a date only where it is to come; "the first visit in 15 years" is none."""
    fields = expression.fields
    if view.tense != "future" or view.day is None or fields.unit is None or fields.number is None or fields.bound:
        return None
    near = _moved(cal.single(view.day), fields.unit, fields.number)
    far = _moved(cal.single(view.day), fields.unit, fields.number_high or fields.number)
    return near if far == near else Stretch(near.first, far.last, "interval")


def shifted(expression: Expression, view: View) -> Stretch | None:
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
    if shift in (-1, -2):
        return before if shift == -1 else cal.weekend(cal.shift_days(day, -14))
    if shift == 2:
        return cal.weekend(cal.shift_days(day, 14))
    if shift == 1:
        return this if this.first > day else cal.weekend(cal.shift_days(day, 7))
    return this if this.first <= day or tense == "future" or (tense is None and fields.number is not None) else before


def fiscal_year(number: int) -> Stretch:
    """A fiscal year whose calendar is not said: from the earliest begin of one so named to the latest end of one."""
    return Stretch(dt.date(cal.clamp_year(number - 1), 4, 1), dt.date(cal.clamp_year(number + 1), 3, 31), "year")


def same(expression: Expression, view: View) -> Stretch | None:
    base = view.previous if view.previous is not None else cal.single(view.day) if view.day else None
    shift = expression.fields.shift or 0
    if base is None or (shift > 0 and view.previous is None and view.tense != "future"):
        return None
    return _moved(base, "day", shift)
