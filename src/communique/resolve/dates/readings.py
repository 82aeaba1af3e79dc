"""What the groups of a date's pattern mean: each function reads a match into Fields, or None where it is no date."""

from __future__ import annotations

import re

from communique.resolve.dates import words as w
from communique.resolve.dates.expression import Fields

PARTS = {
    "early": "early", "mid": "mid", "late": "late", "earlier": "earlier", "later": "later", "end": "end",
    "end of": "end", "close of": "end", "start": "start", "start of": "start", "beginning": "start",
    "beginning of": "start", "turn": "start", "turn of": "start", "outset of": "start", "dawn of": "start",
    "middle": "mid", "middle of": "mid", "first half of": "first half", "second half of": "second half",
    "latter half of": "second half", "first part of": "early", "early part of": "early", "latter part of": "late",
    "later part of": "late", "earlier in": "earlier", "later in": "later", "late in": "late", "early in": "early",
    "earlier on in": "earlier", "later on in": "later", "first days of": "start", "last days of": "end",
    "final days of": "end", "opening days of": "start", "first weeks of": "start", "final weeks of": "end",
    "last weeks of": "end", "rest": "later", "rest of": "later", "remainder": "later", "remainder of": "later",
    "close": "end", "tail end of": "end", "opening months of": "early", "first months of": "early",
    "early months of": "early", "final months of": "late", "last months of": "late", "early days of": "start",
    "midpoint of": "mid", "middle part of": "mid", "beginning in": "start", "starting in": "start",
}  # fmt: skip
SHIFTS = {
    "last": -1, "past": -1, "previous": -1, "preceding": -1, "prior": -1, "this": 0, "current": 0, "that": 0,
    "same": 0, "the": 0, "next": 1, "coming": 1, "following": 1, "upcoming": 1,
}  # fmt: skip
DAYS = {
    "today": 0, "yesterday": -1, "tomorrow": 1, "tonight": 0, "the day before yesterday": -2,
    "the day after tomorrow": 2, "this morning": 0, "this afternoon": 0, "this evening": 0, "last night": -1,
    "last evening": -1, "earlier in the day": 0, "later in the day": 0,
}  # fmt: skip
# leading words that point at the last date in the text and not at the day of writing
_ANAPHORIC = frozenset({"that", "the same", "that same", "the following", "the previous", "the next", "the preceding",
                        "following"})  # fmt: skip

# "is still imprisoned", not "was still imprisoned", before a count of days
_STILL = re.compile(r"(?<!was )(?<!were )(?<!had )(?<!had been )\bstill\b[^.?!\n]{0,50}$")


def group(match: re.Match[str], name: str) -> str | None:
    """A group's words with single spaces, None where the pattern has no such group or it did not take part."""
    found = match.groupdict().get(name)
    return " ".join(found.split()) if found else None


def _low(match: re.Match[str], name: str) -> str:
    return (group(match, name) or "").lower()


def _int(text: str | None) -> int | None:
    digits = re.match(r"\d+", text) if text else None
    return int(digits[0]) if digits else None


def full_year(text: str) -> int:
    """A year of four digits, or of two ('98): 1940 to 2039."""
    value = int(re.sub(r"\D", "", text))
    return value if value >= 100 else value + (1900 if value >= 40 else 2000)


def unit_name(text: str) -> str:
    """The singular of a unit's name, as resolving knows it."""
    name = text.lower().split()[-1]
    name = "century" if name.startswith("centur") else name.removesuffix("s")
    return {"semester": "half", "trimester": "quarter", "night": "day"}.get(name, name)


def _part(match: re.Match[str]) -> str | None:
    found = _low(match, "part") or _low(match, "part2")
    return PARTS[found] if found else None


def _year(match: re.Match[str]) -> int | None:
    found = group(match, "year")
    return full_year(found) if found else None


def _year_shift(match: re.Match[str]) -> int | None:
    found = _low(match, "yshift")
    return SHIFTS[found.split()[-1]] if found else None


def _month(match: re.Match[str], name: str = "month") -> int | None:
    found = group(match, name)
    return w.month_number(found) if found else None


def date(match: re.Match[str]) -> Fields | None:
    """Any of weekday, day, month and year, a part of a month, and a last day or month where it is a range."""
    day = _int(group(match, "day"))
    word, weekday = group(match, "dayword"), group(match, "weekday")
    if day is None and word:
        day = w.ordinal(word)
    last_day, last_month = _int(group(match, "lastday")), _month(match, "lastmonth")
    if last_day is not None and last_month is None and day is not None and last_day <= day:
        return None
    return Fields(
        year=_year(match), month=_month(match), day=day, weekday=w.weekday_number(weekday) if weekday else None,
        last_day=last_day, last_month=last_month, part=_part(match), year_shift=_year_shift(match),
    )  # fmt: skip


def numeric(match: re.Match[str]) -> Fields | None:
    """12/03/2021: one reading where only one is a date, both where both are."""
    first, second, year = int(match["a"]), int(match["b"]), full_year(match["year"])
    if first > 31 or second > 31 or (first > 12 and second > 12) or 0 in (first, second):
        return None
    if len(match["year"]) == 2 and match["sep"] != "/":
        return None
    if first > 12 or first == second:
        return Fields(year=year, month=second, day=first)
    if second > 12:
        return Fields(year=year, month=first, day=second)
    return Fields(others=((year, first, second), (year, second, first)))


def weekday(match: re.Match[str]) -> Fields | None:
    """A weekday, shifted or in a named week."""
    number = w.weekday_number(match["weekday"])
    of_week = _low(match, "week") or _low(match, "week2")
    if of_week:
        return Fields(weekday=number, unit="week", shift=SHIFTS[of_week.split()[-1]])
    shift = _low(match, "shift")
    last = shift.split()[-1] if shift else ""
    return Fields(
        weekday=number, shift=SHIFTS[last] if last else None, name="anaphoric" if shift in _ANAPHORIC else None,
        number=7.0 if group(match, "plusweek") else None,
    )  # fmt: skip


def day(match: re.Match[str]) -> Fields | None:
    """Today, last night, overnight."""
    text = _low(match, "word")
    return Fields(name="overnight") if text == "overnight" else Fields(number=float(DAYS[text]))


def _count(match: re.Match[str]) -> tuple[float, float | None, str | None]:
    low, high = w.number(match["n"])
    if group(match, "half"):
        low, high = low + 0.5, high + 0.5
    approx = _low(match, "approx")
    bound = None
    if re.search(r"less|under|fewer", approx):
        bound = "less"
    elif re.search(r"more|over|least|longer", approx) and "just" not in approx:
        bound = "more"
    return low, high if high != low else None, bound


def ago(match: re.Match[str]) -> Fields | None:
    """Three weeks ago, two days later: a count of units and the direction."""
    low, high, bound = _count(match)
    way = _low(match, "dir")
    if way == "later" and _STILL.search(match.string[: match.start()]):
        way = "ago"  # "still imprisoned 80 days later": what began then goes on today
    return Fields(unit=unit_name(match["unit"]), name=way, number=low, number_high=high, bound=bound)


def fraction_ago(match: re.Match[str]) -> Fields | None:
    """Half a century ago, a quarter of a century ago."""
    unit, quarter = unit_name(match["unit"]), _low(match, "frac") == "quarter"
    table = {"year": ("month", 6.0), "century": ("year", 50.0), "decade": ("year", 5.0)}
    if quarter and unit != "century":
        return None
    base, value = table[unit]
    return Fields(unit=base, number=25.0 if quarter else value, name=_low(match, "dir"))


def span(match: re.Match[str]) -> Fields | None:
    """The past two weeks: a count of units, one where none is said."""
    if group(match, "n") is None:
        return Fields(unit=unit_name(match["unit"]), number=1.0)
    low, high, bound = _count(match)
    return Fields(unit=unit_name(match["unit"]), number=low, number_high=high, bound=bound)


def vague_span(match: re.Match[str]) -> Fields | None:
    """Recent months, the coming days."""
    return Fields(unit=unit_name(match["unit"]))


def shifted(match: re.Match[str]) -> Fields | None:
    """Last week, later this year, the end of next month, the following year."""
    shift, unit = _low(match, "shift"), _low(match, "unit")
    if match[0].lower().startswith("turn") and unit in ("century", "decade"):
        return None
    if re.match("(?:fiscal|financial)", unit):
        unit = "fiscal"
    return Fields(
        unit=unit.split()[-1], shift=SHIFTS[shift.split()[-1]] if shift else 0, part=_part(match),
        name="anaphoric" if shift in _ANAPHORIC else None,
    )  # fmt: skip


def twice_shifted(match: re.Match[str]) -> Fields | None:
    """The week before last, the month after next."""
    return Fields(unit=_low(match, "unit"), shift=-2 if "before" in _low(match, "which") else 2)


def year_end(match: re.Match[str]) -> Fields | None:
    """Year-end, with a year or without; end-2021 is a year with a part."""
    return Fields(unit="year", shift=None if _year(match) else 0, year=_year(match), part="end")


def season(match: re.Match[str]) -> Fields | None:
    """A season with a year, a shift, or words that make a date of it ("in the spring")."""
    shift, last, year, year_shift = _low(match, "shift"), group(match, "last"), _year(match), _year_shift(match)
    if not (shift or year or year_shift is not None or group(match, "the")):
        return None
    return Fields(
        name=_low(match, "season"), year=year, shift=SHIFTS[shift.split()[-1]] if shift else None,
        year_shift=year_shift, last_year=full_year(last) if last else None, part=_part(match),
    )  # fmt: skip


def quarter(match: re.Match[str]) -> Fields | None:
    """A quarter of a year."""
    which, word = group(match, "q"), _low(match, "ord")
    named = _year(match) or _year_shift(match) is not None or "of the year" in " ".join(match[0].lower().split())
    if word in ("last", "final") and not named:
        return None
    number = int(which) if which else 4 if word in ("last", "final") else w.ordinal(word)
    fiscal, year_ = "fiscal" if group(match, "fiscal") else None, _year(match)
    if fiscal and group(match, "fyear"):
        year_ = int(match["fyear"])
    return Fields(ordinal=number, year=year_, year_shift=_year_shift(match), name=fiscal) if number <= 4 else None


def half(match: re.Match[str]) -> Fields | None:
    """A half of a year."""
    which = group(match, "h")
    number = int(which) if which else 1 if _low(match, "ord") == "first" else 2
    return Fields(ordinal=number, year=_year(match), year_shift=_year_shift(match))


def first_months(match: re.Match[str]) -> Fields | None:
    """The first nine months of a year."""
    low = w.number(match["n"])[0]
    part = "first" if _low(match, "which") in ("first", "opening") else "last"
    return Fields(number=low, part=part, year=_year(match), year_shift=_year_shift(match)) if 1 <= low <= 12 else None


def fiscal(match: re.Match[str]) -> Fields | None:
    """Fiscal 2022, FY2021/22."""
    last = group(match, "y2")
    return Fields(year=full_year(match["y"]), last_year=full_year(last) if last else None)


def decade(match: re.Match[str]) -> Fields | None:
    """The 1990s, the '90s, the nineties."""
    digits, word = group(match, "d"), _low(match, "word")
    if word:
        start = 1900 + int(w.entries("decades")[word])
    else:
        start = int(digits or 0)
        if start < 100:
            start += 1900 if start >= 30 else 2000
    return Fields(year=start, part=_part(match))


def century(match: re.Match[str]) -> Fields | None:
    """The 19th century."""
    number = w.ordinal(match["ord"])
    return Fields(ordinal=number, part=_part(match)) if 1 <= number <= 30 else None


def year(match: re.Match[str]) -> Fields | None:
    """A year, or years from one to another."""
    first, last = full_year(match["y"]), group(match, "last")
    if last is None:
        return Fields(year=first, part=_part(match))
    end = int(last) if len(last) == 4 else first // 100 * 100 + int(last)
    return Fields(year=first, last_year=end) if first < end <= first + 150 else None


def holiday(match: re.Match[str]) -> Fields | None:
    """A holiday by name."""
    shift = _low(match, "shift")
    return Fields(
        name=group(match, "holiday"), shift=SHIFTS[shift] if shift else None, year=_year(match),
        year_shift=_year_shift(match),
    )  # fmt: skip


def anniversary(match: re.Match[str]) -> Fields | None:
    """The 70th anniversary of something."""
    text = _low(match, "ord") or _low(match, "word")
    count = w.ordinal(text) if text else int(w.number(match["n"])[0])
    return Fields(ordinal=count, thing=group(match, "thing"), year=_year(match))


def week_of(match: re.Match[str]) -> Fields | None:
    """The week of September 20."""
    unit = "weekend" if "weekend" in match[0].lower() else "week"
    number = _int(group(match, "day") or group(match, "day2"))
    month = _month(match) or _month(match, "month2")
    return Fields(unit=unit, month=month, day=number, year=_year(match), year_shift=_year_shift(match))


def nth(match: re.Match[str]) -> Fields | None:
    """The first week of May, the last Friday in March."""
    word, name, unit = _low(match, "ord"), group(match, "weekday"), _low(match, "unit")
    number = -1 if word in ("last", "final") else w.ordinal(word)
    if number > 5:
        return None
    return Fields(
        ordinal=number, month=_month(match), weekday=w.weekday_number(name) if name else None, unit=unit or None,
        year=_year(match), year_shift=_year_shift(match),
    )  # fmt: skip


def months_to(match: re.Match[str]) -> Fields | None:
    """The three months to June, the year ended March 31."""
    count = w.number(match["n"])[0] if group(match, "n") else 1.0
    months = int(count * {"month": 1, "quarter": 3, "year": 12, "half": 6}.get(unit_name(match["unit"]), 0))
    if not 1 <= months <= 120:
        return None
    return Fields(
        number=float(months), month=_month(match), day=_int(group(match, "day")), year=_year(match),
        year_shift=_year_shift(match),
    )  # fmt: skip


def same(match: re.Match[str]) -> Fields | None:
    """The same day, the previous evening, the next morning."""
    return Fields(unit="day", shift=SHIFTS[_low(match, "which").split()[-1]])


def numbered_day(match: re.Match[str]) -> Fields | None:
    """The 11th; the 6th of last month."""
    shift = _low(match, "shift")
    return Fields(day=_int(group(match, "day")), shift=SHIFTS[shift] if shift else None)


def named_day(match: re.Match[str]) -> Fields | None:
    """9/11: a day that is known by its numbers."""
    day = w.entries("named_days")[match["word"]]
    return Fields(year=day.year, month=day.month, day=day.day)


def vague_ago(match: re.Match[str]) -> Fields | None:
    """Days ago, years later."""
    low, high = w.entries("vague_plurals")
    return Fields(unit=unit_name(match["unit"]), name=_low(match, "dir"), number=float(low), number_high=float(high))
