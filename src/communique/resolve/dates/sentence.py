"""The dates of one sentence, each with the tense of the verb that governs it."""

from __future__ import annotations

import bisect
import dataclasses
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from communique.model import Sentence, Span, When
from communique.resolve.dates.expression import Dated, Expression, Role, Tense
from communique.resolve.dates.find import find
from communique.resolve.dates.resolve import resolve
from communique.resolve.dates.syntax import (
    anchor_of,
    climb,
    governed,
    governed_tense,
    in_modifier,
    span_head,
    told_as_done,
)
from communique.resolve.dates.tense import by_words

if TYPE_CHECKING:
    from communique.tree import Token

# kinds whose place on the calendar the tense cannot change
_FIXED = frozenset({"year", "decade", "century", "fiscal", "ago", "past", "recent"})


def _tokens(sentence: Sentence, starts: Sequence[int], span: Span) -> list[Token]:
    """The tokens that a span of the document touches; starts are the offsets of the sentence's tokens."""
    first = max(0, bisect.bisect_right(starts, span.start) - 1)
    last = bisect.bisect_left(starts, span.end)
    touched = [sentence.syntax[index] for index in range(first, last)]
    return [token for token in touched if sentence.offset + token.idx + len(token.text) > span.start]


_FROM = re.compile(r"(?i)\bfrom\s(?:the\s)?$")
_ONWARD = re.compile(r"(?i)\b(?:from|starting|beginning|effective|as of)\b")
_RANKED = re.compile(r"(?i)\b(?:first|second|third|\w+est|most|least|worst|best|only|record|once|twice)\b")


def _tense(expression: Expression, head: Token | None, text: str) -> Tense | None:
    if expression.kind == "in":
        # "in three weeks" is to come only after will or a plan, and never beside "the first", "the lowest"
        ranked = _RANKED.search(text[max(0, expression.span.start - 60) : expression.span.start])
        return None if ranked or head is None else governed_tense(head, strict=True)
    by_verb, finite = governed(head) if head is not None else (None, False)
    if expression.role == "until" and head is not None and any(above.lemma_ == "give" for above in climb(head)):
        # "gave them until Sunday"
        return "future"
    if by_verb == "past" and expression.relation == "before" and expression.kind == "weekday":
        # "he resigned ahead of Thursday's vote": the vote is still to come
        before = text[max(0, expression.span.start - 24) : expression.span.start].lower()
        return "future" if "ahead of" in before or "run-up" in before else by_verb
    if by_verb is not None:
        return by_verb
    # a finite verb that says neither leaves only words that speak of what is to come
    by_word = by_words(text, expression.span)
    return by_word if by_word == "future" or not finite else None


def _before(sentence: Sentence, expression: Expression) -> str:
    return sentence.text[max(0, expression.span.start - 12) : expression.span.start]


def _of_noun(head: Token | None) -> bool:
    """Whether "from" joins the date to a noun: "the memo from June 5" is of that day, not since it."""
    if head is None or head.head.lower_ != "from":
        return False
    return head.head.head.pos_ in ("NOUN", "PROPN")


def _shift(when: When, start: int) -> When:
    return dataclasses.replace(when, span=Span(when.span.start + start, when.span.end + start)) if when.span else when


def in_sentence(sentence: Sentence, reference: When, previous: When | None = None) -> list[Dated]:
    """Every date of a sentence in order; spans are offsets in the document.

    reference is the document's date as far as it is known, previous the last date named in the text before.
    """
    found = find(sentence.text)
    if not found:
        return []
    out: list[Dated] = []
    start = sentence.span.start
    starts = [sentence.offset + token.idx for token in sentence.syntax]
    for expression in found:
        span = Span(expression.span.start + start, expression.span.end + start)
        tokens = _tokens(sentence, starts, span)
        head = span_head(tokens) if tokens else None
        tense = _tense(expression, head, sentence.text)
        when = resolve(expression, reference, None if expression.kind in _FIXED else tense, previous)
        when = _shift(when, start)
        modifier = head is not None and in_modifier(head)
        role = expression.role
        if role == "since" and (_of_noun(head) or (modifier and _FROM.search(_before(sentence, expression)))):
            role = None
        onward = role == "since" and _ONWARD.search(_before(sentence, expression) + expression.text) is not None
        out.append(
            Dated(
                span=span,
                when=when,
                role=role,
                head=head.i if head is not None else -1,
                expression=expression,
                tense=tense,
                relation=expression.relation,
                modifier=modifier,
                told=head is not None and not onward and told_as_done(head, anchor_of(head)),
                onward=onward,
                sentence=sentence.span,
            )
        )
        if _named(when, role, expression):
            previous = when
    return out


def last_named(dated: Sequence[Dated], previous: When | None = None) -> When | None:
    """The last date named, for "three days earlier" in the next sentence; `previous` where none is."""
    for item in reversed(dated):
        if _named(item.when, item.role, item.expression):
            return item.when
    return previous


def _named(when: When, role: Role | None, expression: Expression) -> bool:
    return when.known and role in (None, "since") and expression.kind not in ("past", "recent", "soon")
