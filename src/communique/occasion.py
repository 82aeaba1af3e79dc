"""The day of which a page's title says that it is: a briefing "of August 3" that came out after midnight."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from communique.model import Document, When

_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS = {name: number for number, name in enumerate(_NAMES, 1)}
_MONTH = rf"(?P<month>{'|'.join(_NAMES)})[a-z]*\.?"
_SECOND = _MONTH.replace("month", "second")
_LAST = re.compile(  # a date that closes a title: "Press Briefing – August 3, 2021"
    rf"(?:^|[\s(,–—-])(?:{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?|(?P<first>\d{{1,2}})\s+{_SECOND},?)"
    r"\s+(?P<year>(?:19|20)\d\d)\)?\s*$",
    re.I,
)
NEAR = 1  # days between the occasion and its page: the one is a local day, the other an instant in Greenwich


def occasion(document: Document) -> When:
    """The day that closes the title where it is the one before that of publication; else that of publication.

    What a transcript calls "today" is the day of the briefing, though the page was put up after midnight.
    """
    published = document.published
    found = _LAST.search(document.title or "")
    if found is None or published.earliest is None or published.earliest != published.latest:
        return published
    month = found["month"] or found["second"]
    try:
        day = dt.date(int(found["year"]), _MONTHS[month[:3].casefold()], int(found["day"] or found["first"]))
    except ValueError:
        return published
    if not 0 < (published.earliest - day).days <= NEAR:
        return published
    return replace(published, earliest=day, latest=day, text=found[0].strip(" ,(–—-"), note="as the title says")
