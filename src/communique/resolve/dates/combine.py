"""Puts neighbouring dates together: ranges, "two days after June 5", "last year on June 22"."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence

from communique.model import Span
from communique.resolve.dates.expression import Expression

_TO = re.compile(
    r"[ \t]?(?:night|morning|evening|afternoon)?[ \t\n]?(?:to|until|till|through|thru|[-\u2010-\u2015]|and)[ \t\n]?"
    r"(?:the[ \t\n])?(?:in[ \t\n])?(?:on[ \t\n])?(?:early[ \t\n]|late[ \t\n])?(?:on[ \t\n])?"
)
_AND = re.compile(r"[ \t\n]?and\b")
_BETWEEN = re.compile(r"(?i)\bbetween[ \t\n](?:the[ \t\n])?$")
_FROM = re.compile(r"(?i)\b(?:from|between)[ \t\n](?:the[ \t\n])?$")
_WITHIN = re.compile(r",?[ \t\n](?:(?:in|on)[ \t\n](?:the[ \t\n])?)?")
_DIRECT = re.compile(r"[ \t\n](?:the[ \t\n])?")
_POINTS = frozenset({"date", "weekday", "day", "year", "quarter", "season", "decade", "century", "shifted", "holiday",
                     "half", "nth", "fiscal", "ago", "same"})  # fmt: skip
_MONTHLIKE = frozenset({"date"})
_ABSOLUTE = frozenset({"date", "weekday", "holiday", "day", "year", "shifted"})


def _lacks_year(expression: Expression) -> bool:
    fields = expression.fields
    return (
        expression.kind == "date" and fields.month is not None and fields.year is None
        and fields.year_shift is None and fields.shift is None and not fields.others and not expression.parts
    )  # fmt: skip


def _with_year(first: Expression, second: Expression) -> tuple[Expression, Expression]:
    """A range's year, said once, given to both ends."""
    one, two = first.fields, second.fields
    if _lacks_year(first) and two.month is not None and (two.year is not None or two.year_shift is not None):
        back = 1 if (one.month or 0) > two.month else 0
        one = dataclasses.replace(
            one,
            year=two.year - back if two.year is not None else None,
            year_shift=two.year_shift - back if two.year_shift is not None else None,
        )
    elif _lacks_year(second) and one.month is not None and one.year is not None:
        two = dataclasses.replace(two, year=one.year + (1 if (two.month or 0) < one.month else 0))
    return dataclasses.replace(first, fields=one), dataclasses.replace(second, fields=two)


def _numbered_end(first: Expression, second: Expression) -> Expression:
    """A bare day number at the end of a range takes the month of its beginning."""
    if second.kind == "date" and second.fields.month is None and first.fields.month is not None:
        return dataclasses.replace(second, fields=dataclasses.replace(second.fields, month=first.fields.month))
    return second


def _range(first: Expression, second: Expression, text: str) -> Expression | None:
    between = text[first.span.end : second.span.start]
    if len(between) > 24 or not _TO.fullmatch(between):
        return None
    before = text[max(0, first.span.start - 24) : first.span.start]
    if _AND.match(between) and not _BETWEEN.search(before):
        return None
    if first.kind not in _POINTS or second.kind not in _POINTS:
        return None
    if (first.kind == "year") != (second.kind == "year") and not {first.kind, second.kind} & {
        "decade", "date", "shifted", "fiscal"
    }:  # fmt: skip
        return None
    first, second = _with_year(first, _numbered_end(first, second))
    lead = _FROM.search(before)
    start = first.span.start - (len(before) - lead.start()) if lead else first.span.start
    span = Span(start, second.span.end)
    return Expression(span, span.cut(text), "range", first.fields, parts=(first, second))


def _year_like(expression: Expression) -> bool:
    fields = expression.fields
    if expression.kind == "shifted":
        return fields.unit == "year" and fields.part is None
    if expression.kind == "ago":
        return fields.unit == "year" and fields.name == "ago" and fields.number_high is None and fields.bound is None
    return expression.kind == "year" and fields.last_year is None and fields.part is None


def _inside(first: Expression, second: Expression, text: str) -> Expression | None:
    """A date without a year that stands beside the year it is in."""
    between = text[first.span.end : second.span.start]
    if len(between) > 12 or not _WITHIN.fullmatch(between):
        return None
    span = Span(first.span.start, second.span.end)
    if _year_like(first) and _lacks_year(second) and between.strip(" ,\n\t"):
        return dataclasses.replace(second, span=span, text=span.cut(text), parts=(first,))
    if _lacks_year(first) and _year_like(second) and second.kind != "year" and not between.strip(" \n\t"):
        return dataclasses.replace(first, span=span, text=span.cut(text), parts=(second,))
    return None


def _offset(first: Expression, second: Expression, text: str) -> Expression | None:
    """Two days after June 5."""
    between = text[first.span.end : second.span.start]
    if first.kind != "ago" or first.fields.name not in ("before", "after") or not _DIRECT.fullmatch(between):
        return None
    if second.kind not in _ABSOLUTE:
        return None
    span = Span(first.span.start, second.span.end)
    return Expression(span, span.cut(text), "offset", first.fields, parts=(second,))


def _stands_alone(expression: Expression, text: str) -> bool:
    """Whether "two days before" means before the date just named: only where nothing follows."""
    if expression.kind != "ago" or expression.fields.name not in ("before", "after"):
        return True
    closed = re.match(r"\s*(?:[.,;:)\u2014\u2013\"\u201d!?]|$)", text[expression.span.end : expression.span.end + 6])
    return expression.fields.name == "before" and closed is not None


def combine(found: Sequence[tuple[Expression, bool]], text: str) -> list[Expression]:
    """The dates with neighbours put together; weak ones stay only where they became part of something."""
    out: list[Expression] = []
    index = 0
    while index < len(found):
        expression, weak = found[index]
        if index + 1 < len(found):
            other = found[index + 1][0]
            joined = (
                _offset(expression, other, text) or _range(expression, other, text) or _inside(expression, other, text)
            )
            if joined is not None and (not out or out[-1].span.end <= joined.span.start):
                out.append(joined)
                index += 2
                continue
        if not weak and _stands_alone(expression, text):
            out.append(expression)
        index += 1
    return out
