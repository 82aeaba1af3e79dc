"""Pages of invented outlets, coded all the way, and what the merge makes of them."""

from __future__ import annotations

import datetime as dt
from functools import cache

from communique.merge.records import records
from communique.model import Coded, Document, Record, Span, When
from communique.pipeline import Coder

# so that a page is read as an article and not as a sentence that somebody chose for what it tells
PADDING = {
    "t": "It rained in the evening. The price of bread did not change. A choir sang.",
    "s": "Schools reopen next week. Nobody won the lottery. A lorry lost its load of onions on the ring road.",
    "d": "The museum is closed. Tickets cost more than before. Two swans were seen on the lake.",
    "l": "Readers may write to us. The crossword is on page nine. A cyclist found a purse.",
    "e": "The tram is late again. Plums are cheap. An orchestra looks for a second horn.",
}


@cache
def coder() -> Coder:
    """One coder for all pages."""
    return Coder()


def page(name: str, day: str, text: str) -> Coded:
    """A page of the outlet of that name, published on that day, coded."""
    text = f"{text} {PADDING[name[-1]]}"  # no page is the copy of another
    when = dt.date.fromisoformat(day)
    published = When(when, when, "day", "stated")
    return coder().code(Document(f"{name}.txt", text, (Span(0, len(text)),), source=name, published=published))


def found(*pages: Coded) -> list[Record]:
    """The records of pages."""
    return records(pages, figures=True)


def told_differently(*pages: Coded) -> set[tuple[str, str]]:
    """Field and verdict of everything that the pages tell differently."""
    return {(each.field, each.verdict) for record in found(*pages) for each in record.disagreements}


def together(kind: str, *pages: Coded) -> bool:
    """Whether an event of that kind is one record of all the pages."""
    names = {each.document.key for each in pages}
    return any(
        record.event == kind and {key for _, _, key in record.values} >= names and len(record.members) >= len(names)
        for record in found(*pages)
    )
