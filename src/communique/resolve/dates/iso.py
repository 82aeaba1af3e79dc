"""Writes a When in the shortest ISO 8601 form that says as much as is known."""

from __future__ import annotations

import calendar
import datetime as dt
import re

from communique.model import When

_QUARTER = re.compile(r"(?i)quarter|\bQ[1-4]|[1-4]Q")
_DECADE = re.compile(r"(?i)\b\d*0s\b|decade|ties\b")
_DAY_NUMBER = re.compile(r"(?<![\w/'’-])[0-3]?\d(?:st|nd|rd|th)?(?![\w/%])(?! ?(?:months|quarter|half))")
_CENTURY = re.compile(r"(?i)centur|\d00s\b")


def _middle(first: dt.date, last: dt.date) -> dt.date:
    return first + (last - first) // 2


def _is_month_end(day: dt.date) -> bool:
    return day.day == calendar.monthrange(day.year, day.month)[1]


def _interval(first: dt.date, last: dt.date, text: str) -> str:
    whole_years = (first.month, first.day, last.month, last.day) == (1, 1, 12, 31)
    if whole_years and _CENTURY.search(text) and last.year - first.year == 99:
        return f"{first.year // 100:02d}"
    if whole_years and _DECADE.search(text) and first.year % 10 == 0 and last.year == first.year + 9:
        return f"{first.year // 10}"
    months = first.day == 1 and _is_month_end(last) and not _DAY_NUMBER.search(text)
    quarter = months and first.year == last.year and first.month % 3 == 1 and last.month == first.month + 2
    if quarter and _QUARTER.search(text):
        return f"{first.year:04d}-Q{(first.month + 2) // 3}"
    if whole_years:
        return f"{first.year:04d}/{last.year:04d}"
    if months:
        return f"{first.year:04d}-{first.month:02d}/{last.year:04d}-{last.month:02d}"
    return f"{first}/{last}"


def iso(when: When) -> str | None:
    """ "2021-03-12", "2022-W22", "2022-02", "2022-Q1", "2018", "199" (a decade), "18" (a century) or "start/end".

    A part of a month or year is written as that month or year. None where either bound is missing.
    """
    first, last = when.earliest, when.latest
    if first is None or last is None:
        return None
    middle = _middle(first, last)
    if when.precision == "day" and first == last:
        return str(first)
    if when.precision == "week":
        year, week, _ = middle.isocalendar()
        return f"{year:04d}-W{week:02d}"
    if when.precision == "month":
        return f"{middle.year:04d}-{middle.month:02d}"
    if when.precision == "year":
        return f"{middle.year:04d}"
    return _interval(first, last, when.text or "")
