"""Actors that stand in a training sentence and do nothing: speakers, places, background. They teach the encoder NONE.

The people who wrote the sentences marked who did what to whom; everybody else whom the project's own resolver finds
there is a distractor.
"""

from __future__ import annotations

from collections.abc import Iterable

from corpus import Example, Side

from communique import annotate, resolve
from communique.model import Document, Span
from communique.settings import DEFAULT_MODEL


def distractors(examples: Iterable[Example]) -> list[list[Side]]:
    """For each sentence the spans of actors that take part in none of its events."""
    found = []
    for number, example in enumerate(examples):
        document = Document(f"example-{number}", example.text, (Span(0, len(example.text)),))
        context = resolve.Context.of(document)
        marked = [side for told in example.events for side in (*told.actors, *told.recipients)]
        spans = []
        for sentence in annotate.sentences(document, DEFAULT_MODEL):
            for mention in resolve.mentions(sentence, context):
                side = (mention.span.start, mention.span.end)
                if not any(side[0] < end and start < side[1] for start, end in marked):
                    spans.append(side)
        found.append(spans)
    return found
