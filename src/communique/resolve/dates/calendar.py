"""Arithmetic of the calendar: units of time, movable feasts, and the days that a stretch of time runs over."""

from __future__ import annotations

import calendar as _calendar
import datetime as dt
from dataclasses import dataclass

ONE_DAY = dt.timedelta(days=1)
FIRST_YEAR, LAST_YEAR = 2, 9990


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days from first to last, both inclusive, and the unit that names them (day, week, month, year, interval)."""

    first: dt.date
    last: dt.date
    unit: str


def shift_days(day: dt.date, days: int) -> dt.date:
    """A day so many days on, kept inside the years that a date can hold."""
    try:
        return day + dt.timedelta(days=days)
    except OverflowError:
        return dt.date.min if days < 0 else dt.date.max


def clamp_year(year: int) -> int:
    """A year that a date can hold."""
    return min(max(year, FIRST_YEAR), LAST_YEAR)


def make(year: int, month: int, day: int) -> dt.date | None:
    """The day, or None where the calendar has no such day."""
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def shift_months(day: dt.date, months: int) -> dt.date:
    """The same day of the month so many months on; the last day of a shorter month."""
    index = day.year * 12 + day.month - 1 + months
    year, month = clamp_year(index // 12), index % 12 + 1
    return dt.date(year, month, min(day.day, _calendar.monthrange(year, month)[1]))


def month(year: int, number: int) -> Stretch:
    """A calendar month."""
    year = clamp_year(year)
    return Stretch(dt.date(year, number, 1), dt.date(year, number, _calendar.monthrange(year, number)[1]), "month")


def months(year: int, first: int, count: int, unit: str = "interval") -> Stretch:
    """So many months from the first of one; the first may lie outside 1 to 12 and then counts on."""
    start = shift_months(dt.date(clamp_year(year), 1, 1), first - 1)
    end = shift_months(start, count) - ONE_DAY
    return Stretch(start, end, unit)


def year(number: int) -> Stretch:
    """A calendar year."""
    number = clamp_year(number)
    return Stretch(dt.date(number, 1, 1), dt.date(number, 12, 31), "year")


def years(first: int, last: int) -> Stretch:
    """Several calendar years."""
    return Stretch(dt.date(clamp_year(first), 1, 1), dt.date(clamp_year(last), 12, 31), "interval")


def week(day: dt.date) -> Stretch:
    """The week, Monday to Sunday, of a day (ISO 8601)."""
    monday = shift_days(day, -day.weekday())
    return Stretch(monday, shift_days(monday, 6), "week")


def weekend(day: dt.date) -> Stretch:
    """Saturday and Sunday of the week of a day."""
    monday = week(day).first
    return Stretch(shift_days(monday, 5), shift_days(monday, 6), "interval")


def single(day: dt.date) -> Stretch:
    """One day."""
    return Stretch(day, day, "day")


def nth_weekday(year_: int, month_: int, weekday: int, nth: int) -> dt.date:
    """The nth such weekday of a month, Monday 0; -1 is the last."""
    span = month(year_, month_)
    if nth > 0:
        return span.first + dt.timedelta(days=(weekday - span.first.weekday()) % 7 + 7 * (nth - 1))
    return span.last - dt.timedelta(days=(span.last.weekday() - weekday) % 7)


def easter(year_: int) -> dt.date:
    """Western Easter Sunday (the anonymous Gregorian computus, Meeus, Astronomical Algorithms, chapter 8)."""
    a, b, c = year_ % 19, year_ // 100, year_ % 100
    d, e = b // 4, b % 4
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    j = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * j) // 451
    n = h + j - 7 * m + 114
    return dt.date(year_, n // 31, n % 31 + 1)


def orthodox_easter(year_: int) -> dt.date:
    """Orthodox Easter Sunday in the Gregorian calendar (Meeus's Julian computus, shifted)."""
    a, b, c = year_ % 4, year_ % 7, year_ % 19
    d = (19 * c + 15) % 30
    e = (2 * a + 4 * b - d + 34) % 7
    n = d + e + 114
    drift = year_ // 100 - year_ // 400 - 2
    return dt.date(year_, n // 31, n % 31 + 1) + dt.timedelta(days=drift)


def islamic(hijri_year: int, month_: int, day: int) -> dt.date:
    """A day of the tabular Islamic calendar (civil epoch, 16 July 622 Julian); the sighted month may differ by one."""
    count = day + -(-59 * (month_ - 1) // 2) + (hijri_year - 1) * 354 + (3 + 11 * hijri_year) // 30
    return dt.date.fromordinal(count + 227014)


def islamic_days(year_: int, month_: int, day: int) -> list[dt.date]:
    """The one or two days of a Gregorian year on which a day of the Islamic calendar falls."""
    near = int((year_ - 622) * 33 / 32)
    found = [islamic(h, month_, day) for h in range(max(1, near - 1), near + 3)]
    return [date for date in found if date.year == year_]


def _hebrew_elapsed(hebrew_year: int) -> int:
    """Days from the epoch to the new year of a Hebrew year (Reingold and Dershowitz, Calendrical Calculations)."""
    months_ = (235 * hebrew_year - 234) // 19
    parts = 12084 + 13753 * months_
    days = 29 * months_ + parts // 25920
    return days + 1 if (3 * (days + 1)) % 7 < 3 else days


def _hebrew_new_year(hebrew_year: int) -> int:
    """The ordinal of 1 Tishri."""
    before, this, after = (_hebrew_elapsed(hebrew_year + i) for i in (-1, 0, 1))
    delay = 2 if after - this == 356 else 1 if this - before == 382 else 0
    return this + delay - 1373428 + 1


def hebrew(year_: int, month_: int, day: int) -> dt.date:
    """A day of the Hebrew calendar (Nisan is month 1, Tishri 7) that falls in a Gregorian year."""
    new_year = _hebrew_new_year(year_ + 3761)
    length = _hebrew_new_year(year_ + 3762) - new_year
    if month_ >= 7:
        # Tishri 30, Heshvan 29 or 30, Kislev 29 or 30
        lengths = [30, 30 if length % 10 == 5 else 29, 29 if length % 10 == 3 else 30]
        return dt.date.fromordinal(new_year + sum(lengths[: month_ - 7]) + day - 1)
    # Nisan to Elul always have 30, 29, 30, 29, 30, 29 days and end at the next new year
    lengths = [30, 29, 30, 29, 30, 29]
    return dt.date.fromordinal(new_year - sum(lengths[month_ - 1 :]) + day - 1)
