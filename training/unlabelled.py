"""Questions about sentences that nobody has labelled: a teacher answers them for the small network to learn from."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

from corpus import Pair

from communique import annotate, resolve
from communique.code.rules import RuleCoder
from communique.ingest import read
from communique.model import Span
from communique.settings import DEFAULT_MODEL

LONGEST = 400  # characters; longer sentences are lists and titles more often than news
MENTIONS = 5


def unlabelled(folder: Path, most: int, seed: int = 1) -> Iterator[list[Pair]]:
    """Up to most sentences of a folder's text files, drawn at random, each with its questions.

    Asked is what the coder would ask: every pair of actors without a word, and what its rules propose with theirs.
    """
    paths = sorted(folder.glob("*.txt"))
    random.Random(seed).shuffle(paths)
    seen: set[str] = set()
    for path in paths:
        for document in read(path):
            context = resolve.Context.of(document)
            for sentence in annotate.sentences(document, DEFAULT_MODEL):
                text = sentence.text
                if text in seen or not 30 < len(text) < LONGEST:
                    continue
                mentions = [m for m in resolve.mentions(sentence, context) if m.codes or m.actors[0].sector]
                if not mentions:
                    continue
                seen.add(text)
                offset = sentence.span.start
                spans = [(m.span.start - offset, m.span.end - offset) for m in mentions]
                asked = {(a, b, None) for a in (*spans[:MENTIONS], None) for b in (*spans[:MENTIONS], None) if a != b}
                for draft in RuleCoder(sentence, mentions).code():
                    start = sentence.offset + draft.trigger.idx - offset
                    word = (start, start + len(draft.trigger.text))
                    sides = [[_local(m.span, offset) for m in side] for side in (draft.actors, draft.recipients)]
                    asked |= {(a, b, word) for a in sides[0] or [None] for b in sides[1] or [None] if a != b}
                inside = [q for q in asked if all(part is None or 0 <= part[0] < part[1] <= len(text) for part in q)]
                yield [Pair(text, *question, None, None, "actual") for question in sorted(inside, key=str)]
                if len(seen) >= most:
                    return


def _local(span: Span, offset: int) -> tuple[int, int]:
    return span.start - offset, span.end - offset
