"""The outlet of a page without an address, by its masthead, the end of its title, its copyright line or dateline."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Sequence

from communique.knowledge import load

# "Title | Reuters", "Title - BBC News"; a colon before a name may be who is quoted, and says nothing
_SUFFIX = re.compile(r"(?:\s[|–—-]\s|\s?\|\s?|\s::\s|\s»\s|\s·\s)(?P<name>[^|–—»·]{2,45})$")
_COPYRIGHT = re.compile(
    r"(?i)(?:©|\(c\)|\bcopyright\b)[\s,:]*(?:(?:copyright|19\d\d|20\d\d)(?:\s?[-–]\s?(?:19|20)\d\d)?[\s,.:]*){0,3}(?P<name>[^.\n|©]{2,60})"
)
_AFTER = re.compile(
    r"(?i)(?:\b(?:all rights reserved|inc|llc|ltd|limited|media group|media|group|corp|gmbh|plc|pty|company|co|"
    r"(?:19|20)\d\d)\b\.?|[\s,])+$"
)
# "KYIV, May 5 (Reuters) -", "PARIS (AP) --"
_DATELINE = re.compile(r"^[^()\n]{2,70}\((?P<name>[A-Za-z/ ]{2,24})\)\s?(?:[-–—]|--)\s")
_HEAD = 6  # lines of a page among which a masthead stands


@functools.cache
def _names() -> dict[str, str]:
    return {name.lower(): name for name in load.data("outlets.yaml")["outlets"]}


@functools.cache
def _agencies() -> dict[str, str]:
    table = load.data("outlets.yaml")["agencies"]
    return {alias: name for name, aliases in table.items() for alias in aliases}


def in_title(title: str | None) -> str | None:
    """The outlet that a title ends in, where it is one that we know."""
    match = _SUFFIX.search(title or "")
    return _names().get(match["name"].strip().lower()) if match else None


def in_copyright(line: str) -> str | None:
    """Whose page a copyright line says it is: an outlet that we know, or whoever the line names after the year."""
    match = _COPYRIGHT.search(line)
    if match is None:
        return None
    name = _AFTER.sub("", match["name"]).strip(" ,-–—")
    known = _names().get(name.lower()) or _agencies().get(name)
    if known:
        return known
    years = re.search(r"(?:19|20)\d\d", match[0])
    sure = years is not None and 1 <= len(name.split()) <= 5 and name[:1].isupper() and not re.search(r"\d|@|:", name)
    words = [w for w in name.split() if w.lower() not in ("of", "the", "and", "&", "for")]
    return name if sure and all(word[:1].isupper() for word in words) else None


def in_dateline(paragraph: str) -> str | None:
    """The agency of a dateline: "KYIV, May 5 (Reuters) - "."""
    match = _DATELINE.match(paragraph[:160])
    return _agencies().get(match["name"].strip()) if match else None


def in_masthead(lines: Iterable[str]) -> str | None:
    """A line at the head of a page that is nothing but the name of an outlet."""
    for line in lines:
        found = _names().get(line.strip(" |·-–—").lower())
        if found:
            return found
    return None


def outlet(title: str | None, head: Sequence[str], copyrights: Iterable[str], first: str | None) -> str | None:
    """The outlet by all of these, the surest first; None where none says it. head are lines before the article."""
    return (
        in_masthead(head[:_HEAD])
        or in_title(title)
        or next((found for line in copyrights if (found := in_copyright(line))), None)
        or (in_dateline(first) if first else None)
    )
