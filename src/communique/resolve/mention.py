"""One mention by itself: who "the Chinese president" was in 2011, without an article around it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from communique.annotate import sentences
from communique.model import Document, Mention, Sentence, Span, When
from communique.resolve.actors import mentions
from communique.resolve.context import Context
from communique.resolve.gazetteer import gazetteer
from communique.resolve.nouns import sector_of
from communique.resolve.persons import surname_actor
from communique.settings import DEFAULT_MODEL


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a mention was resolved to; code is None where nobody can be named."""

    mention: str
    code: str | None
    sector: tuple[str, ...] = ()
    name: str | None = None
    identifier: str | None = None
    office: str | None = None
    via: str | None = None
    alternatives: tuple[str, ...] = ()


def resolve_mention(
    mention: str, date: dt.date | None = None, context: str | None = None, model: str = DEFAULT_MODEL
) -> Resolution:
    """Who a mention stands for, on a date, told what it was said about (a state's name, or any words)."""
    text = " ".join(mention.split())
    if not text:
        return Resolution(mention, None)
    memory = Context(date, date)
    home = _state_of(context)
    found = _mentions(text, memory, model)
    best = _main(found, text) or _alone(text, memory)
    if best is None:
        return Resolution(mention, home, _fallback_sector(text), via="context" if home else None)
    actor, others = best.actors[0], best.alternatives
    if home and actor.code != home:
        entry = next((e for e in gazetteer().lookup(best.text) if e.actor.code == home), None)
        if entry is not None:
            others = (str(actor.code), *others)
            actor = entry.actor
        elif actor.code is None:
            actor = replace(actor, code=home)
    sector = actor.sector or (_fallback_sector(text) if actor.kind not in ("state", "body") else ())
    return Resolution(mention, actor.code, sector, actor.name, actor.identifier, actor.office, best.via, others)


def _mentions(text: str, memory: Context, model: str) -> tuple[tuple[Sentence, Mention], ...]:
    document = Document("mention", text, (Span(0, len(text)),), published=When(memory.earliest, memory.latest))
    return tuple(
        (sentence, mention) for sentence in sentences(document, model) for mention in mentions(sentence, memory)
    )


def _main(found: tuple[tuple[Sentence, Mention], ...], text: str) -> Mention | None:
    """The mention that heads the phrase: nearest to the root, then the longest, then the first."""

    def key(pair: tuple[Sentence, Mention]) -> tuple[int, int, int]:
        sentence, mention = pair
        token, depth = sentence.syntax.doc[mention.head], 0
        while token.head.i != token.i and depth < 50:
            token, depth = token.head, depth + 1
        return depth, -(mention.span.end - mention.span.start), mention.span.start

    return min(found, key=key)[1] if found else None


def _alone(text: str, memory: Context) -> Mention | None:
    """A bare name that no parse makes a noun of: "Trump"."""
    span = Span(0, len(text))
    entries = gazetteer().lookup(text)
    if entries and entries[0].person is None:
        return Mention(span, text, (entries[0].actor,), entries[0].via)
    known = surname_actor(text, text, None, (), memory, False)
    return Mention(span, text, known[0], known[1], known[2], known[3]) if known else None


def _state_of(context: str | None) -> str | None:
    for hit in gazetteer().hits(context or ""):
        if hit.best.actor.kind == "state":
            return hit.best.actor.code
    return None


def _fallback_sector(text: str) -> tuple[str, ...]:
    word = sector_of([w.lower().strip(".,'’") for w in text.split()])
    return (word,) if word else ("UNK",)
