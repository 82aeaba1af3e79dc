"""Datelines: "TIRANA, Albania, May 5 (AP) -- " stands before its sentence and is none of its words."""

from __future__ import annotations

import re

_CITY = r"[A-Z][A-Z'’.\-]{2,}(?:[ /][A-Z'’.\-]{2,}){0,3}"
_PLAIN = r"[A-Z][\w.'’\-]+(?:[ /][A-Z][\w.'’\-]+){0,3}"
_REGION = r"(?:,\s(?!Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[A-Z][\w.'’\-]*(?:\s[A-Z][\w.'’\-]*){0,2}){0,2}"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_DATE = rf"(?:,?\s(?:{_MONTH}\s\d{{1,2}}|\d{{1,2}}\s{_MONTH})(?:,?\s\d{{4}})?,?)"
_AGENCY = r"\s?\([A-Z][\w/.,& \-]{1,40}\)"
_DASH = r"\s?(?:--+|[-–—])\s+"
_NEXT = r"(?=[\"“”‘'A-Z0-9])"
# a city in capitals needs nothing more; another needs a date or an agency beside it
DATELINE = re.compile(
    rf"\s*(?:{_CITY}{_REGION}{_DATE}?(?:{_AGENCY})?(?:{_DASH}|\s?:\s+)"
    rf"|(?:\w+\s)?{_PLAIN}{_REGION}(?:{_DATE}(?:{_AGENCY})?|{_DATE}?{_AGENCY}){_DASH}"
    rf"|\((?:AP|AFP|CNN|Reuters|UPI|Xinhua|TASS|dpa|DPA)\)(?:{_DASH}|\s+)){_NEXT}"
)


def dateline(paragraph: str) -> int:
    """How many characters of a paragraph are its dateline; 0 where it has none."""
    match = DATELINE.match(paragraph[:160])
    return match.end() if match else 0
