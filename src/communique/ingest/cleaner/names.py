"""Names of people as bylines write them: "By Jane Doe", "Jane Doehttp://site.example", "Jane Doe | 5 June"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from communique.ingest.cleaner.patterns import expand, words

if TYPE_CHECKING:
    from communique.ingest.cleaner.page import Page

_URL = re.compile(r"https?://\S*|www\.\S*|\S+@\S+", re.I)
_BEFORE = re.compile(
    r"^\W*(?:(?:written|story|report|words|text|posted|published|analysis|opinion|review|column)\s+)?(?:by|author|from)\b[:\s]*",
    re.I,
)
_TAIL = re.compile(r"\s*(?:[|•·–—,/]|\s-\s|\bin\s+[A-Z]|\bfor\s+[A-Z]|\bon\s+[A-Z]|\bposted\b|\bpublished\b|\bupdated\b|\d)", re.I)
_PARTICLES = {"de", "da", "van", "von", "der", "den", "la", "le", "bin", "al", "ibn", "del", "di", "du", "and", "&"}


def url_of(line: str) -> str | None:
    """The address in a byline, if it holds one."""
    match = re.search(r"https?://\S+", line)
    return match.group() if match else None


def author(line: str) -> str | None:
    """The name in a byline: no "By", no address, no date, no agency in brackets. None where none is left."""
    name = _URL.sub(" ", line)
    name = _BEFORE.sub("", " ".join(name.split()))
    name = re.sub(r"\([^)]*\)", " ", name)
    kept: list[str] = []
    for piece in re.split(r"(\s+and\s+|\s*&\s*|,\s+(?=[A-Z][\w'’.\-]+\s+[A-Z]))", name):
        cut = _TAIL.search(piece)
        head = piece[: cut.start()] if cut and not re.fullmatch(r"\s+and\s+|\s*&\s*|,\s+", piece) else piece
        kept.append(head)
        if cut and head != piece:
            break
    name = re.sub(r"(?:\s+and|\s*&|,)\s*$", "", " ".join("".join(kept).split())).strip(" .,:;|•·-–—*")
    return name or None


def is_person(line: str) -> bool:
    """Whether a line is nothing but two to four words that could be somebody's name."""
    parts = line.strip(" ,").split()
    if not 2 <= len(parts) <= 4:
        return False
    plain = re.compile(r"[A-ZÀ-ÖØ-Þ][\w'’\-]*\.?$")
    capital = [part for part in parts if part.lower() not in _PARTICLES]
    if len(capital) < 2 or not all(plain.match(part) for part in capital):
        return False
    return not any(part.lower().strip(".") in words("not_a_name") for part in parts)


def mentioned(line: str, page: Page, number: int) -> bool:
    """Whether the body names this person: then the line speaks of the news, not of its author."""
    last = line.split()[-1]
    return any(
        last in page.units[other].text for other in range(number + 1, min(len(page.units), number + 40)) if other != number
    )


def office_line(text: str) -> bool:
    """Whether a line is a name with an office, as press releases open: "Jane Doe, Secretary of State"."""
    return bool(_OFFICE().fullmatch(text))


def _OFFICE() -> re.Pattern[str]:  # noqa: N802 (a lazily compiled constant)
    return re.compile(expand("<person>, .{0,60}<office>.{0,60}"), re.I)
