"""Finds every date in a text: the longest reading at each place, ranges put together, the role each date plays."""

from __future__ import annotations

import dataclasses
import functools
import re

from communique.model import Span
from communique.resolve.dates import grammar, traps
from communique.resolve.dates.combine import combine
from communique.resolve.dates.expression import Expression, Relation, Role
from communique.syntax import runs

# letters that ignoring case would take for i, k and s; each is one character, so offsets stay
_FOLD = str.maketrans({"\u0130": "I", "\u0131": "i", "\u017f": "s", "\u212a": "K"})
_LEAD = 48
_ARTICLE = r"(?:the\s{1,2}|about\s|around\s|at\sleast\s|late\son\s|the\snight\sof\s)?"
_ROLES: tuple[tuple[Role, re.Pattern[str]], ...] = (
    ("deadline", re.compile(rf"(?i)\b(?:by|(?:no|not)\slater\sthan|at\sthe\slatest\sby|due\sby)\s{_ARTICLE}$")),
    ("since", re.compile(rf"(?i)\b(?:since|from|starting(?:\s(?:in|from|on))?|beginning(?:\s(?:in|on))?|effective)\s"
                         rf"{_ARTICLE}$")),
    ("until", re.compile(rf"(?i)\b(?:until|till|through|up\sto|thru)\s{_ARTICLE}$")),
)  # fmt: skip
_RELATIONS: tuple[tuple[Relation, re.Pattern[str]], ...] = (
    ("after", re.compile(rf"(?i)\b(?:after|following|past|in\sthe\swake\sof|later\sthan)\s{_ARTICLE}$")),
    ("before", re.compile(rf"(?i)\b(?:before|prior\sto|ahead\sof|in\sthe\srun-up\sto|pre)[\s-]{_ARTICLE}$")),
)
_PREPOSITION = re.compile(r"(?i)(?:on|until|since|by|from|till|before|after|in|during|over|at|through(?:out)?)\s{1,3}")
_DEADLINE_AFTER = re.compile(r"(?i)\s(?:deadline|ultimatum|cut-?off|target\sdate)\b")


def _needs(text: str) -> set[str]:
    begun = {word[:3] for word in runs(text)}
    first = grammar.beginnings()
    return {
        name
        for name, test in grammar.tests().items()
        if (name not in first or not first[name].isdisjoint(begun)) and test.search(text)
    }


def _candidates(text: str) -> list[tuple[int, int, int, Expression]]:
    """Every match of every rule as (start, -length, rule number, expression)."""
    found = []
    present = _needs(text)
    for number, rule in enumerate(grammar.rules()):
        if rule.needs not in present:
            continue
        for match in rule.pattern.finditer(text):
            fields = rule.build(match)
            if fields is None or match.end() == match.start():
                continue
            span = Span(match.start(), match.end())
            expression = Expression(span, match[0], rule.kind, fields)
            found.append((span.start, -(span.end - span.start), number, expression))
    found.sort(key=lambda row: row[:3])
    return found


def _bare(expression: Expression) -> Expression:
    """The expression without the preposition that some patterns need to see."""
    lead = None if expression.kind == "in" else _PREPOSITION.match(expression.text)
    if lead is None or expression.kind in ("range", "within"):
        return expression
    start = expression.span.start + lead.end()
    return dataclasses.replace(expression, span=Span(start, expression.span.end), text=expression.text[lead.end() :])


def _role(expression: Expression, text: str) -> Expression:
    if expression.kind == "anniversary":
        return dataclasses.replace(expression, role="anniversary")
    before = text[max(0, expression.span.start - _LEAD) : expression.span.start]
    role: Role | None = "deadline" if expression.kind == "within" else None
    relation: Relation = "at"
    fields = expression.fields
    stretch = expression.kind == "range" or (fields.last_day or fields.last_month or fields.last_year)
    if role is None and not stretch:
        role = next((name for name, pattern in _ROLES if pattern.search(before)), None)
    if role is None:
        relation = next((name for name, pattern in _RELATIONS if pattern.search(before)), "at")
    if expression.text.lower().startswith(("pre-", "post-")):
        relation = "before" if expression.text.lower().startswith("pre") else "after"
    if _DEADLINE_AFTER.match(text, expression.span.end):
        # "the July 1 deadline" may lie behind or ahead; "by July 1" lies ahead
        role, relation = "deadline", "at"
        expression = dataclasses.replace(expression, fields=dataclasses.replace(fields, bound="nearest"))
    if relation == "before" and expression.fields.part == "end":
        role, relation = "deadline", "at"
    return dataclasses.replace(expression, role=role, relation=relation)


def find(text: str) -> list[Expression]:
    """Every date in the text in order, none overlapping another; spans are offsets in the text.

    The time taken grows with the length of the text and with nothing else.
    """
    return list(_found(text))


@functools.lru_cache(maxsize=2_000)
def _found(text: str) -> tuple[Expression, ...]:
    """The same, remembered: a document whose date comes out of its text is read twice."""
    folded = text.translate(_FOLD)
    kept: list[tuple[Expression, bool]] = []
    end = 0
    for start, _, _, expression in _candidates(folded):
        if start < end:
            continue
        checked, weak = traps.check(expression, folded)
        if checked is None:
            # what is no date still takes its words: the Friday of the Good Friday Agreement is none either
            if expression.kind in ("holiday", "day"):
                end = expression.span.end
            continue
        if kept and checked.span.start < kept[-1][0].span.end:
            continue
        kept.append((checked, weak))
        end = checked.span.end
    found = [_role(_bare(expression), folded) for expression in combine(kept, folded)]
    return tuple(dataclasses.replace(e, text=e.span.cut(text)) for e in found)
