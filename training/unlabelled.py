"""Questions about sentences that nobody has labelled: a teacher answers them for the small network to learn from."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from pathlib import Path

from corpus import Pair, Side

from communique import annotate, resolve
from communique.code.rules import RuleCoder
from communique.ingest import read
from communique.model import Mention, Sentence, Span
from communique.settings import DEFAULT_MODEL

LONGEST = 400  # characters; longer sentences are lists and titles more often than news
MENTIONS = 5

Question = tuple[Side | None, Side | None, Side | None]


def unlabelled(folder: Path, most: int, seed: int = 1) -> Iterator[list[Pair]]:
    """Up to most sentences of a folder's documents, drawn at random, each with its questions.

    Asked is what the coder would ask: every pair of actors without a word, and what its rules propose with theirs.
    """
    documents = list(read([folder], report=lambda fault: print(fault, flush=True)))
    random.Random(seed).shuffle(documents)
    seen: set[str] = set()
    for document in documents:
        context = resolve.Context.of(document)
        for sentence in annotate.sentences(document, DEFAULT_MODEL):
            text = sentence.text
            if text in seen or not 30 < len(text) < LONGEST:
                continue
            mentions = [m for m in resolve.mentions(sentence, context) if m.codes or m.actors[0].sector]
            if not mentions:
                continue
            seen.add(text)
            yield [Pair(text, *asked, None, None, "actual") for asked in _questions(sentence, mentions)]
            if len(seen) >= most:
                return


def _questions(sentence: Sentence, mentions: Sequence[Mention]) -> list[Question]:
    offset = sentence.span.start
    spans = [(m.span.start - offset, m.span.end - offset) for m in mentions][:MENTIONS]
    asked: set[Question] = {(a, b, None) for a in (*spans, None) for b in (*spans, None) if a != b}
    for draft in RuleCoder(sentence, mentions).code():
        start = sentence.offset + draft.trigger.idx - offset
        word = (start, start + len(draft.trigger.text))
        first, second = ([_local(m.span, offset) for m in side] for side in (draft.actors, draft.recipients))
        asked |= {(a, b, word) for a in first or [None] for b in second or [None] if a != b}
    length = len(sentence.text)
    inside = [q for q in asked if all(part is None or 0 <= part[0] < part[1] <= length for part in q)]
    return sorted(inside, key=str)


def _local(span: Span, offset: int) -> Side:
    return span.start - offset, span.end - offset
