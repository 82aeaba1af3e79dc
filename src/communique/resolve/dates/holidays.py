"""The days of a holiday in a year, from the rules of knowledge/dates.yaml."""

from __future__ import annotations

import datetime as dt

from communique.resolve.dates import calendar as cal
from communique.resolve.dates import words as w
from communique.resolve.dates.calendar import Stretch


def _from(first: dt.date | None, days: int) -> Stretch | None:
    if first is None:
        return None
    return Stretch(first, cal.shift_days(first, days - 1), "day" if days == 1 else "interval")


def holiday_days(name: str, year: int) -> Stretch | None:
    """The first and last day of a holiday in a Gregorian year; None where no rule reaches it.

    Days of the Islamic calendar hang on the sighting of the moon: their stretch is one day wider on either side.
    """
    rule = w.holiday_rules().get(" ".join(name.lower().split()))
    if rule is None or not 1583 <= year <= 2400:
        return None
    days = int(rule.get("days", 1))
    if "fixed" in rule:
        month, day = (int(piece) for piece in str(rule["fixed"]).split("-"))
        return _from(cal.make(year, month, day), days)
    if "nth" in rule:
        month, weekday, nth = rule["nth"]
        return _from(cal.shift_days(cal.nth_weekday(year, month, weekday, nth), int(rule.get("shift", 0))), days)
    if "easter" in rule:
        return _from(cal.shift_days(cal.easter(year), int(rule["easter"])), days)
    if "orthodox" in rule:
        return _from(cal.shift_days(cal.orthodox_easter(year), int(rule["orthodox"])), days)
    if "hebrew" in rule:
        month, day, length = rule["hebrew"]
        return _from(cal.hebrew(year, month, day), length)
    if "islamic" in rule:
        month, day, length = rule["islamic"]
        starts = cal.islamic_days(year, month, day)
        if not starts:
            return None
        return Stretch(cal.shift_days(starts[0], -1), cal.shift_days(starts[0], length), "interval")
    found = [day for day in w.entries("tables")[rule["table"]] if day.year == year]
    return _from(found[0] if found else None, days)
