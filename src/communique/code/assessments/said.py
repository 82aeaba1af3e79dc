"""Who judges, where the quotes of an article tell it: a judgement in somebody's words is his."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from communique.model import Assessment, Participant, Quote

_SPEAKERS = frozenset({"i", "we"})
# words of a quote that may stand outside of it, for a judgement with the word that tells the hedge
_SLACK = 3


def said(found: Sequence[Assessment], quotes: Sequence[Quote]) -> tuple[Assessment, ...]:
    """The judgements with the speaker of the words that they stand in, where they name nobody or only "I" or "we"."""
    if not quotes or not any(_nameless(one.by) for one in found):
        return tuple(found)
    return tuple(_by_speaker(one, quotes) if _nameless(one.by) else one for one in found)


def _nameless(by: Participant | None) -> bool:
    return by is None or (by.text.lower() in _SPEAKERS and by.actor.code is None)


def _by_speaker(one: Assessment, quotes: Sequence[Quote]) -> Assessment:
    around = [
        quote
        for quote in quotes
        if quote.speaker is not None
        and quote.span.start - _SLACK <= one.span.start
        and one.span.end <= quote.span.end + _SLACK
    ]
    if not around:
        return one
    quote = min(around, key=lambda quote: (quote.span.end - quote.span.start, quote.span.start))
    assert quote.speaker is not None
    return replace(one, by=quote.speaker, confidence=max(one.confidence, 0.85))
