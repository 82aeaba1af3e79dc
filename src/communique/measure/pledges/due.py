"""When a promise was made and by when it is due, from the words of its sentence and from what the coder read there."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from communique.measure.pledges.nouns import Said
from communique.model import UNKNOWN, Figure, Span, When
from communique.resolve import dates

_BY = re.compile(
    r"(?i)\b(?:by|before|until|in|on|from|at|for|over|within|no later than|as early as|when|during|this|next|of|due|"
    r"later)\s(?:the\s|about\s|around\s|early\s|late\s|mid-?)*$"
)
# the date is that of the telling, not of the deed: "said on Tuesday"
_OF_TELLING = re.compile(
    r"(?i)\b(?:said|says|told|announced|reported|pledged|promised|vowed|agreed|signed|undertook|committed|statement|summit|"
    r"since|reporters|parliament|after|proposed|offered)\b[^,;]{0,34}$"
)
_WAS_TO = re.compile(
    r"(?i)\b(?:was|were|had been)\s(?:to|due|scheduled|planned|supposed|meant)\b"
    r"|\bthat\s(?:year|month|week|spring|summer|autumn|winter)\b"
)
_WHEN = re.compile(r"(?i)\b(?:in|on|last|since|during|early|late|mid|this|of|back in|by|until)[\s-]+(?:the\s)?$")
AGREEING = ("AGREE", "SUPPORT", "CONSULT")


def made(said: Said) -> When:
    """When the promise was made: a past date of an event of agreeing in the sentence, else the date of the article."""
    published = said.page.published
    known = published.latest or published.earliest
    for event in said.events:
        when = event.date
        if event.event in AGREEING and when.precision in ("day", "week", "month") and when.latest is not None:
            if _of_what_is_promised(said, when):
                continue
            if known is None or when.latest <= known:
                return when
    return published


def _of_what_is_promised(said: Said, when: When) -> bool:
    """ "committed himself to December elections": a bare month before a noun is that of the thing."""
    if when.span is None or when.precision != "month" or when.basis == "stated":
        return False
    before = said.text[: max(when.span.start - said.span.start, 0)]
    return _WHEN.search(before) is None


def deadline(said: Said, start: int, word: int, end: int, amount: Figure | None, told: When) -> When:
    """By when it is due: the figure's own deadline, else a date after the binding word that lies ahead of the promise.

    What was to be done may have been due before the article that tells of it.
    """
    clause = said.text[start:end]
    past = _WAS_TO.search(clause) is not None
    known = told.latest or told.earliest
    figures = [each for each in said.figures if start <= each.span.start - said.span.start <= end]
    for figure in ([amount] if amount else []) + figures:
        due = figure.deadline
        if due.latest and (past or known is None or due.latest > known):
            return due
    best: When | None = None
    for found in dates.find(clause):
        before = clause[: found.span.start]
        here = Span(said.span.start + start + found.span.start, said.span.start + start + found.span.end)
        if any(here.overlaps(figure.span) for figure in figures) or "hour" in found.text:
            continue  # "a year" of a rate; "within 72 hours" is no date
        # a date before the binding word is that of the telling
        if start + found.span.start < word or (found.role != "deadline" and _OF_TELLING.search(before)):
            continue
        when = dates.resolve(found, told, "past" if past else "future")
        if found.relation == "before" and when.earliest is not None:
            eve = when.earliest - dt.timedelta(days=1)
            when = replace(when, earliest=None, latest=eve, precision="unknown", candidates=())
        if when.latest is None or (known is not None and when.latest <= known and not past):
            continue
        if found.role == "deadline":
            return when
        dated = when.basis == "stated" and when.precision in ("day", "interval", "month")
        if best is None and (dated or _BY.search(before)):
            best = when
    return best or UNKNOWN
