"""Whether a date lies behind or ahead: by the words around it, or by the verb that governs it."""

from __future__ import annotations

import functools
import re

from communique.model import Span
from communique.resolve.dates import words as w
from communique.resolve.dates.expression import Tense

_REACH = 90
_CLAUSE = re.compile(
    r"[;:.!?\u2014\u2013]|,\s(?:and|but|which|who|while|after|as|the)\b|\b(?:and|but|that|which|who)\b"
)
_PAST = re.compile(
    r"(?i)(?<!\bbe )(?<!\bto )\b(?:was|were|had|did|has|have|said|met|went|took|held|began|came|saw|told|made|left"
    r"|fell|rose|won|lost|led|sent|gave|shot|struck|broke|spoke|flew|fought|hit|\w{3,}ed)\b"
)
_FUTURE_AFTER = re.compile(r"(?i)^[^.;:!?]{0,60}?\b(?:will|shall|is\sto|are\sto|is\sdue|are\sdue|is\sexpected)\b")


@functools.cache
def _future() -> re.Pattern[str]:
    cues = w.alternation(str(c) for c in w.words("future_cues"))
    return re.compile(rf"(?i)(?<![\w]){cues}(?!\w)|'ll\b|\b(?:is|are|was|were)\sto\s(?!the\b|a\b)\w")


def by_words(text: str, span: Span) -> Tense | None:
    """The tense that the words of the clause give, where there is no syntax to ask."""
    before = text[max(0, span.start - _REACH) : span.start]
    clause = _CLAUSE.split(before)[-1]
    future = list(_future().finditer(clause))
    past = list(_PAST.finditer(clause))
    if future and (not past or past[-1].start() <= future[-1].end() + 3 or future[-1].start() > past[-1].start()):
        return "future"
    if past:
        return "past"
    after = text[span.end : span.end + _REACH]
    if _FUTURE_AFTER.match(after):
        return "future"
    return "past" if _PAST.search(_CLAUSE.split(after)[0]) else None
