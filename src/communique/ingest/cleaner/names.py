"""Names of people as bylines write them: "By Jane Doe", "Jane Doehttp://site.example", "Jane Doe | 5 June"."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from communique.ingest.cleaner.patterns import expand, words

if TYPE_CHECKING:
    from communique.ingest.cleaner.page import Page

_URL = re.compile(r"https?://\S*|www\.\S*|\S+@\S+", re.I)
_BEFORE = re.compile(
    r"^\W*(?:(?:written|story|reported|report|words|text|posted|published|edited|analysis|opinion|review|column)\s+)?"
    r"(?:by|author|authors|from)\b[:\s]*",
    re.I,
)
_TAIL = re.compile(
    r"(?<!\s)\s*(?:[|•·–—,/]|\s-\s|\bin\s+[A-Z]|\bfor\s+[A-Z]|\bon\s+[A-Z]|\bposted\b|\bpublished\b|\bupdated\b|\d)",
    re.I,
)
_BETWEEN = re.compile(r"(\s+and\s+|\s*&\s*|,\s+(?=[A-Z][\w'’.\-]+\s+[A-Z]))")
_NAME_WORD = re.compile(r"[A-ZÀ-ÖØ-Þ][\w'’\-]*\.?$")
NEAR = 40  # so many paragraphs are searched for a name


@functools.cache
def _role() -> re.Pattern[str]:
    """What somebody is, and for whom, after the name."""
    agency = r"<agency_name>(?: (?:Staff )?(?:Writers?|Reporters?))?"
    return re.compile(expand(rf"(?:\s*[,|–—-])?\s*\b(?:<outlet_role>|{agency})\b.*$"))


def url_of(line: str) -> str | None:
    """The address in a byline, if it holds one."""
    match = re.search(r"https?://\S+", line)
    return match.group() if match else None


def author(line: str) -> str | None:
    """The name in a byline: no "By", no address, no date, no agency in brackets. None where nobody is named."""
    name = _URL.sub(" ", line)
    name = _BEFORE.sub("", " ".join(name.split()))
    name = re.sub(r"\([^)]*\)", " ", name)
    name = _role().sub("", name) or name
    kept: list[str] = []
    for number, piece in enumerate(_BETWEEN.split(name)):  # names at even places, what joins them at odd ones
        cut = _TAIL.search(piece) if number % 2 == 0 else None
        kept.append(piece[: cut.start()] if cut else piece)
        if cut:
            break
    joined = " ".join("".join(kept).split())
    found = re.sub(r"(?:\s+and|\s*&|,)\s*$", "", joined).strip(" .,:;|•·-–—*_")
    return None if not found or found.lower() in words("nobody") else found


def is_person(line: str) -> bool:
    """Whether a line is nothing but two to four words that could be somebody's name, and perhaps where they write."""
    parts = re.sub(r" in [A-Z][\w.' ]{2,30}$", "", line.strip(" ,")).split()
    if not 2 <= len(parts) <= 4:
        return False
    capital = [part for part in parts if part.lower() not in words("name_particle")]
    if len(capital) < 2 or not all(_NAME_WORD.match(part) for part in capital):
        return False
    return not any(part.lower().strip(".") in words("not_a_name") for part in parts)


def mentioned(line: str, page: Page, number: int) -> bool:
    """Whether the body names this person: then the line speaks of the news, not of its author."""
    last = re.sub(r" in [A-Z].*", "", line).split()[-1]
    return any(last in unit.text for unit in page.units[number + 1 : number + NEAR])
