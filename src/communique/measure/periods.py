"""Days, weeks, months, quarters and years as periods of a series."""

from __future__ import annotations

import datetime as dt
import functools
from typing import Literal, get_args

from communique.errors import UsageError

By = Literal["day", "week", "month", "quarter", "year"]
BY: tuple[By, ...] = get_args(By)


def checked(by: str) -> By:
    """The name of a period. Raises UsageError where there is none of this name."""
    for name in BY:
        if by == name:
            return name
    raise UsageError("there is no such period", where=by, advice=f"Periods are {', '.join(BY)}")


@functools.lru_cache(maxsize=100_000)
def start(day: dt.date, by: By) -> dt.date:
    """The first day of the period that the day lies in; weeks begin on Monday (ISO 8601)."""
    match by:
        case "year":
            return dt.date(day.year, 1, 1)
        case "quarter":
            return dt.date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
        case "month":
            return dt.date(day.year, day.month, 1)
        case "week":
            return dt.date.fromordinal(day.toordinal() - day.weekday())
        case _:
            return day


@functools.lru_cache(maxsize=100_000)
def end(first: dt.date, by: By) -> dt.date:
    """The last day of the period that begins on `first`; the last day of year 9999 ends the last one."""
    if by == "day":
        return first
    if by == "week":
        return dt.date.fromordinal(min(first.toordinal() + 6, dt.date.max.toordinal()))
    months = {"month": 1, "quarter": 3, "year": 12}[by]
    month = first.year * 12 + first.month - 1 + months
    if month >= 120000:
        return dt.date.max
    return dt.date.fromordinal(dt.date(month // 12, month % 12 + 1, 1).toordinal() - 1)


@functools.lru_cache(maxsize=100_000)
def label(first: dt.date, by: By) -> str:
    """How a period is written: 2021, 2021-Q2, 2021-04, 2021-W14, 2021-04-05."""
    match by:
        case "year":
            return f"{first.year:04d}"
        case "quarter":
            return f"{first.year:04d}-Q{(first.month + 2) // 3}"
        case "month":
            return f"{first.year:04d}-{first.month:02d}"
        case "week":
            year, week, _ = first.isocalendar()
            return f"{year:04d}-W{week:02d}"
        case _:
            return first.isoformat()


def row(first: dt.date, last: dt.date, by: By) -> list[dt.date]:
    """The beginnings of all periods from that of `first` to that of `last`: silent ones too."""
    found = [start(first, by)]
    while (ending := end(found[-1], by)) < last:
        found.append(dt.date.fromordinal(ending.toordinal() + 1))
    return found


@functools.lru_cache(maxsize=100_000)
def only(earliest: dt.date | None, latest: dt.date | None, by: By) -> dt.date | None:
    """The beginning of the one period that holds both days; None where there may be several."""
    if earliest is None or latest is None:
        return None
    first = start(earliest, by)
    return first if earliest <= latest <= end(first, by) else None
