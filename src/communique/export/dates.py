"""Dates as the output writes them: ISO 8601, as short as what is known."""

from __future__ import annotations

import calendar
import datetime as dt

from communique.model import When


def date_pair(when: When) -> tuple[str | None, str | None]:
    """(date, enddate): a day, month or year alone in `date`; an interval in both; what is unknown is None.

    "2019-06-05" and None; "2019-06" and None; "2019" and None; "2019-06-05" and "2019-06-07". An interval open to one
    side has None there, and its precision is not "day".
    """
    earliest, latest = when.earliest, when.latest
    if earliest is None or latest is None:
        return iso(earliest), iso(latest)
    if earliest == latest:
        return earliest.isoformat(), None
    if when.precision == "month" and _is_month(earliest, latest):
        return earliest.isoformat()[:7], None
    if (
        when.precision == "year"
        and (earliest.month, earliest.day) == (1, 1)
        and latest == earliest.replace(month=12, day=31)
    ):
        return earliest.isoformat()[:4], None
    return earliest.isoformat(), latest.isoformat()


def period(when: When) -> str | None:
    """One ISO 8601 string: a day, month or year, or "from/to" with ".." for an open side; None if nothing is known."""
    start, end = date_pair(when)
    if when.earliest is None and when.latest is None:
        return None
    if end is None and when.known:
        return start
    return f"{start or '..'}/{end or '..'}"


def iso(day: dt.date | None) -> str | None:
    """A day as ISO 8601."""
    return day.isoformat() if day else None


def _is_month(earliest: dt.date, latest: dt.date) -> bool:
    same = (earliest.year, earliest.month) == (latest.year, latest.month)
    return same and earliest.day == 1 and latest.day == calendar.monthrange(latest.year, latest.month)[1]
