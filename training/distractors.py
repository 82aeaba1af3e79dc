"""Actors that stand in a training sentence and do nothing: speakers, places, background. They teach the encoder NONE.

The people who wrote the sentences marked who did what to whom; everybody else whom the project's own resolver finds
there is a distractor, and so is every word that its rules wrongly take for an event.
"""

from __future__ import annotations

from collections.abc import Iterable

from corpus import Example, Side

from communique import annotate, resolve
from communique.code.draft import Draft
from communique.code.rules import RuleCoder
from communique.model import Document, Span
from communique.settings import DEFAULT_MODEL


def distractors(examples: Iterable[Example]) -> list[tuple[list[Side], list[Side]]]:
    """For each sentence: the spans of actors that take part in none of its events, and the words that the project's
    own rules take for triggers where people marked another word or nothing."""
    found = []
    for number, example in enumerate(examples):
        document = Document(f"example-{number}", example.text, (Span(0, len(example.text)),))
        context = resolve.Context.of(document)
        marked = [side for told in example.events for side in (*told.actors, *told.recipients)]
        right = {(told.event, side) for told in example.events for side in (*told.actors, *told.recipients)}
        spans, words = [], []
        for sentence in annotate.sentences(document, DEFAULT_MODEL):
            mentions = resolve.mentions(sentence, context)
            for mention in mentions:
                side = (mention.span.start, mention.span.end)
                if not any(side[0] < end and start < side[1] for start, end in marked):
                    spans.append(side)
            for draft in RuleCoder(sentence, mentions).code():
                start = sentence.offset + draft.trigger.idx
                # another word for an event that people marked is no mistake
                if not any(_same(draft, event, side) for event, side in right):
                    words.append((start, start + len(draft.trigger.text)))
        # those whom the annotator marked as idle, where the resolver does not see them ("the club", "she")
        spans += [side for side in example.others if not any(side[0] < end and start < side[1] for start, end in spans)]
        found.append((spans, sorted(set(words))))
    return found


def _same(draft: Draft, event: str, side: Side) -> bool:
    """Whether a draft tells an event of a side that people marked with the same event."""
    sides = [mention.span for mention in (*draft.actors, *draft.recipients)]
    return draft.event == event and (not sides or any(s.start < side[1] and side[0] < s.end for s in sides))
