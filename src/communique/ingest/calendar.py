"""Full calendar dates in the lines of a page: "Tuesday, July 7, 2020", "2020-07-07T10:00Z", ".../2020/07/07/...".

Only dates that name their day; what the article's sentences say of time is read by `resolve`.
"""

from __future__ import annotations

import datetime as dt
import functools
import re

from communique.ingest.cleaner.patterns import expand

EARLIEST_YEAR = 1980

_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS = {name: number for number, name in enumerate(_NAMES, 1)}
_ISO = re.compile(r"(?<!\d)((?:19|20)\d\d)[-/.]?(0[1-9]|1[0-2])[-/.]?(0[1-9]|[12]\d|3[01])(?!\d)")
_NUMERIC = re.compile(r"(?<!\d)(\d{1,2})[-/.](\d{1,2})[-/.]((?:19|20)\d\d)(?!\d)")
_URL_DAY = re.compile(
    r"[/_-]((?:19|20)\d\d)[/_-](0?[1-9]|1[0-2]|[a-z]{3})[/_-](0?[1-9]|[12]\d|3[01])(?=[/_.-]|$)", re.I
)
_URL_RUN = re.compile(r"(?<!\d)((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)")


@functools.cache
def _written() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Month before the day, and day before the month."""
    day_first = r"\b(?P<day>\d{1,2})(?:st|nd|rd|th)?(?: of)?[ -](?P<month><month>)[, -]{1,2}(?P<year><year>)\b"
    month_first = r"\b(?P<month><month>) (?P<day>\d{1,2})(?:st|nd|rd|th)?,? (?P<year><year>)\b"
    return re.compile(expand(month_first), re.I), re.compile(expand(day_first), re.I)


def day(year: int | str, month: int | str, number: int | str) -> dt.date | None:
    """The day, if there is one such and news can be of it."""
    try:
        found = dt.date(int(year), int(month), int(number))
    except ValueError:
        return None
    return found if found.year >= EARLIEST_YEAR else None


def in_line(line: str) -> tuple[dt.date, int, int] | None:
    """The first full date of a line with its place; None where there is none or day and month cannot be told apart."""
    best: tuple[dt.date, int, int] | None = None
    candidates: list[tuple[re.Match[str], dt.date | None]] = []
    for pattern in _written():
        for match in pattern.finditer(line):
            month = _MONTHS[match.group("month")[:3].lower()]
            candidates.append((match, day(match.group("year"), month, match.group("day"))))
    candidates += [(match, day(*match.groups())) for match in _ISO.finditer(line) if _plain_iso(match)]
    for match in _NUMERIC.finditer(line):
        first, second, year = (int(part) for part in match.groups())
        if first == second or first > 12 or second > 12:
            candidates.append((match, day(year, second, first) if first > 12 else day(year, first, second)))
    for match, found in candidates:
        if found and (best is None or match.start() < best[1]):
            best = (found, match.start(), match.end())
    return best


def _plain_iso(match: re.Match[str]) -> bool:
    """Eight digits in a row are a date only in an address; in a line they must be separated."""
    return not match.group().isdigit()


def stamp(value: str) -> dt.date | None:
    """The day of a machine-readable date: ISO 8601, RFC 2822, a Unix time in seconds or milliseconds, or words."""
    value = value.strip()[:80]
    iso = re.match(r"((?:19|20)\d\d)-?(\d\d)-?(\d\d)", value)
    if iso:
        return day(*iso.groups())
    if re.fullmatch(r"\d{10}|\d{13}", value):
        seconds = int(value[:10])
        return dt.date(1970, 1, 1) + dt.timedelta(days=seconds // 86_400)
    found = in_line(" ".join(value.split()))
    return found[0] if found else None


def in_url(url: str) -> tuple[dt.date, str] | None:
    """The day in an address, with the words that say so."""
    for pattern in (_URL_DAY, _URL_RUN):
        for match in pattern.finditer(url):
            year, month, number = match.groups()
            if month.isalpha() and month.lower() not in _MONTHS:
                continue
            found = day(year, _MONTHS.get(month.lower(), month), number)
            if found and found.year <= 2100:
                return found, match.group().strip("/_-")
    return None
