"""When a figure holds: its period, the base period that it is compared with, and its deadline."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

from communique.code.figures.ground import Ground
from communique.code.figures.quantity import Quantity
from communique.model import UNKNOWN, Span, When

# before a date: what the figure is compared with, not when it holds
_BASE = re.compile(
    r"(?i)(?:\bcompared\s(?:to|with)|\bthan|\bover|\bfrom|\bagainst|\bversus|\bon|\bup\son|\babove|\bbelow|\bsame\speriod)\s(?:its\slevel\s|the\slevel\s|levels\s)?"
    r"(?:(?:in|the|that|those|same|period|month|quarter|level|levels|of|fiscal|year|calendar)\s){0,5}$"
)
# how far, in characters with penalties, a deadline reaches
_REACH = 110.0
_PAST = re.compile(r"(?i)(?:last|past|previous|recent|yesterday|earlier)\b")
_BREAK = re.compile(r"[;:]\s|,\s(?:while|but|and)\s")


class Dated(Protocol):
    """What resolve.dates gives for each date of a sentence."""

    @property
    def span(self) -> Span: ...
    @property
    def when(self) -> When: ...
    @property
    def role(self) -> str | None: ...


def times(
    ground: Ground, quantity: Quantity, dated: Sequence[Dated], change: bool, others: Sequence[Quantity] = ()
) -> tuple[When, When, When]:
    """The period, the deadline and the base period of a figure: the nearest dates that can be them.

    Only a change has a base period, the time that it is counted from; without words of its own ("up 5 percent in May
    on a year earlier") a level beside it is not given one.
    """
    shift = ground.sentence.span.start
    between_ = [other for other in others if other.start != quantity.start]
    period: tuple[float, When] | None = None
    deadline: tuple[float, When] | None = None
    base: tuple[float, When] | None = None
    for item in dated:
        if _of_another(ground, quantity, others, item.span.start - shift):
            continue
        start, end = item.span.start - shift, item.span.end - shift
        far = _far(ground, quantity, start, end)
        far += 60.0 * sum(quantity.end <= o.start < start or end <= o.start < quantity.start for o in between_)
        if item.role == "deadline":
            deadline = _nearer(deadline, far, item.when)
        elif item.role == "anniversary":
            continue
        elif (change and item.role == "since") or _BASE.search(ground.text[max(0, start - 40) : start]):
            base = _nearer(base, far, item.when)
        else:
            period = _nearer(period, far, item.when)
    when = period[1] if period else UNKNOWN
    # a deadline far off belongs to another figure
    due = deadline[1] if deadline and deadline[0] < _REACH else UNKNOWN
    return when, due, base[1] if change and base is not None else UNKNOWN


def settled(status: str, period: When, deadline: When) -> tuple[When, When]:
    """What a figure of that kind can have: results no deadline ("by 2020 it had reached"), targets no past period."""
    if status in ("observed", "change"):
        return (period if period.text or period.known else deadline), UNKNOWN
    if status == "target" and (deadline.earliest or deadline.latest):
        return UNKNOWN, deadline
    if status == "target" and _PAST.match(period.text or ""):
        return UNKNOWN, deadline
    return period, deadline


def _of_another(ground: Ground, quantity: Quantity, others: Sequence[Quantity], start: int) -> bool:
    """Whether a date belongs to another figure, as in "38 bcm, up from 30 bcm a year earlier"."""
    for other in others:
        if other.start != quantity.start and 0 <= start - other.end <= 4:
            before = ground.text[max(0, other.start - 8) : other.start].lower()
            if before.rstrip().endswith(("from", "than", "against", "with", "(")):
                return True
    return False


def _nearer(held: tuple[float, When] | None, far: float, when: When) -> tuple[float, When]:
    return (far, when) if held is None or far < held[0] else held


def _far(ground: Ground, quantity: Quantity, start: int, end: int) -> float:
    """Characters between a figure and a date; a date behind is nearer than one before, a break makes it far."""
    gap = ground.text[quantity.end : start] if start >= quantity.end else ground.text[end : quantity.start]
    breaks = len(_BREAK.findall(gap))
    return len(gap) * (1.0 if start >= quantity.end else 1.4) + 80.0 * breaks
