"""The brief of a pair of states: what the archive holds on them, in plain words, every line with its source."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from communique.errors import UsageError

if TYPE_CHECKING:
    from communique.archive import Archive
    from communique.export.brief.nouns import Brief

FORMATS = ("terminal", "markdown", "html", "json")
_ALSO = {"text": "terminal", "txt": "terminal", "md": "markdown"}


def render(
    archive: Archive,
    first: str,
    second: str,
    since: dt.date | None = None,
    until: dt.date | None = None,
    format: str = "terminal",
) -> str:
    """The brief of two states (codes, as in CHN and RUS) as text in one of FORMATS.

    since and until are inclusive days; what may lie between them is kept. The same archive gives the same bytes.
    Raises UsageError for another format, and for a pair that is one state.
    """
    chosen = _ALSO.get(format, format)
    if chosen not in FORMATS:
        raise UsageError("there is no such format", where=format, advice=f"Formats are {', '.join(FORMATS)}")
    brief = make(archive, first, second, since, until)
    if chosen == "json":
        from communique.export.brief import data

        return data.render(brief)
    if chosen == "markdown":
        from communique.export.brief import markdown

        return markdown.render(brief)
    if chosen == "html":
        from communique.export.brief import html

        return html.render(brief)
    from communique.export.brief import terminal

    return terminal.render(brief)


def make(
    archive: Archive, first: str, second: str, since: dt.date | None = None, until: dt.date | None = None
) -> Brief:
    """The brief before it is printed. Raises UsageError for a pair that is one state."""
    from communique.export.brief.compose import compose
    from communique.export.brief.gather import gather
    from communique.export.brief.wording import day

    if first == second:
        raise UsageError("a brief needs two different states", where=first, advice="As in: CHN RUS")
    bounds = [word for word in (f"from {day(since)}" if since else "", f"to {day(until)}" if until else "") if word]
    asked = f"Asked for the time {' '.join(bounds)}." if bounds else None
    return compose(first, second, asked, gather(archive, first, second, since, until))


__all__ = ["FORMATS", "make", "render"]
