"""Small tools over names and days that the gazetteer and the people share."""

from __future__ import annotations

import calendar
import datetime as dt
import functools
import unicodedata

_EXTRA = str.maketrans({"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ß": "s", "’": "'", "æ": "a"})


@functools.lru_cache(maxsize=50_000)
def fold(word: str) -> str:
    """A word without case and diacritics."""
    if word.isascii():
        return word.lower()
    plain = unicodedata.normalize("NFKD", word)
    return "".join(c for c in plain if not unicodedata.combining(c)).lower().translate(_EXTRA)


def parse_day(value: object, *, last: bool = False) -> dt.date | None:
    """A day from YYYY, YYYY-MM or YYYY-MM-DD; the last day of the period where `last`.

    Raises ValueError for anything else that is not empty.
    """
    if value is None or value == "":
        return None
    if isinstance(value, dt.date):
        return value
    parts = [int(part) for part in str(value).split("-")]
    if len(parts) == 1:
        return dt.date(parts[0], 12, 31) if last else dt.date(parts[0], 1, 1)
    if len(parts) == 2:
        return dt.date(parts[0], parts[1], calendar.monthrange(parts[0], parts[1])[1] if last else 1)
    return dt.date(*parts)
