"""Forums: the bodies that states meet in, speak about, or stand together in."""

from __future__ import annotations

import functools
from collections.abc import Sequence

from communique.knowledge import load
from communique.model import Forum, Mention, Participant, Sentence, Span, participants
from communique.tree import Span as Words
from communique.tree import Token


@functools.cache
def _words(name: str) -> frozenset[str]:
    return frozenset(str(word) for word in load.data("forums.yaml")[name])


def forums(sentence: Sentence, mentions: Sequence[Mention]) -> tuple[Forum, ...]:
    """Each body of states in a sentence once: venue (they meet or stand together in it), topic or participant.

    members are the states that act in it here. Forums that no list holds are known by the last word of their name and
    have no code.
    """
    doc = sentence.syntax.doc
    found: dict[str, Forum] = {}
    for mention in sorted(mentions, key=lambda m: m.span):
        actor = next((a for a in mention.actors if a.kind == "body" and a.code in _words("codes") and a.name), None)
        if actor is not None and len(mention.actors) == 1:
            if _words("not") & set((actor.name or "").lower().split()):
                continue
            role, rule = _role(doc[mention.head])
            if role != "venue" and mention.via in ("pronoun", "context"):
                continue  # "we know it well": the body is only pointed back to
            _keep(found, sentence, mentions, mention.span, actor.name or mention.text, actor.code, role, rule)
    for start, end, head in _unlisted(sentence, mentions):
        span = Span(sentence.offset + doc[start].idx, sentence.offset + doc[end - 1].idx + len(doc[end - 1]))
        role, rule = _role(head)
        _keep(found, sentence, mentions, span, Words(doc, start, end).text, None, role, rule)
    return tuple(found.values())


def _keep(
    found: dict[str, Forum],
    sentence: Sentence,
    mentions: Sequence[Mention],
    span: Span,
    name: str,
    code: str | None,
    role: str,
    rule: str,
) -> None:
    states = [m for m in mentions if any(a.kind in ("state", "person", "office") and a.code for a in m.actors)]
    states = [m for m in states if not set(m.codes) & _words("codes") and not span.overlaps(m.span)]
    if name not in found:
        found[name] = Forum(
            sentence.document_id,
            span,
            name,
            code,
            role,
            sentence.span,
            sentence.sequence,
            _each_once(states) if role != "topic" else (),
            0.9 if code else 0.7,
            rule,
        )


def _each_once(mentions: Sequence[Mention]) -> tuple[Participant, ...]:
    """One participant a state."""
    found: dict[str | None, Participant] = {}
    for who in participants(mentions):
        found.setdefault(who.actor.code, who)
    return tuple(found.values())


def _unlisted(sentence: Sentence, mentions: Sequence[Mention]) -> list[tuple[int, int, Token]]:
    """Names like "the Boao Forum" as token indices [start, end) with the head."""
    taken = [mention.span for mention in mentions if any(a.kind == "body" for a in mention.actors)]
    # a parliament of a state: "the National Assembly"
    houses = [mention.span for mention in mentions if mention.via == "government"]
    found = []
    doc = sentence.syntax.doc
    for token in sentence.syntax:
        if token.lower_ not in _words("heads") or not token.text[:1].isupper():
            continue
        start = token.i
        while start > sentence.syntax.start and (
            doc[start - 1].text[:1].isupper()
            or (doc[start - 1].text in ("-", "of", "&") and doc[max(start - 2, 0)].text[:1].isupper())
        ):
            start -= 1
        while start < token.i and (doc[start].pos_ in ("DET", "PUNCT", "ADP", "SCONJ") or doc[start].lower_ == "the"):
            start += 1
        end = token.i + 1
        if end + 1 < len(doc) and doc[end].lower_ in ("for", "on", "of") and doc[end + 1].text[:1].isupper():
            end += 2
            while end < len(doc) and doc[end].pos_ == "PROPN":
                end += 1
        span = Span(sentence.offset + doc[start].idx, sentence.offset + token.idx + len(token))
        if start < token.i and not any(span.overlaps(other) for other in taken):
            if token.lower_ not in _words("houses") or not any(span.overlaps(house) for house in houses):
                found.append((start, end, token))
    return found


def _role(head: Token) -> tuple[str, str]:
    """What a body is in its sentence, and by which rule."""
    token = head
    shared = any(t.lower_ in _words("shared") or t.lemma_.lower() in _words("shared") for t in head.sent)
    for _ in range(6):
        above = token.head
        if token.dep_ in ("compound", "poss", "amod", "nmod") and above.lemma_.lower() in _words("occasions"):
            return "venue", "forum, occasion of the body"
        if token.dep_ == "pobj" and above.lower_ == "of" and above.head.lemma_.lower() in _words("occasions"):
            return "venue", "forum, occasion of the body"
        if token.dep_ == "pobj" and above.lower_ in _words("venue"):
            rule = "forum, shared position" if shared else "forum, venue"
            return "venue", rule
        if (token.dep_ == "pobj" and above.lower_ in ("like", "as", "including")) or (
            token.dep_ in ("conj", "appos", "nmod", "prep", "compound")
        ):
            token = above.head if token.dep_ == "pobj" else above
            continue
        if token.dep_ in ("nsubj", "nsubjpass") or (token.dep_ == "pobj" and above.dep_ == "agent"):
            return "participant", "forum, acts"
        if token.dep_ == "dobj" and above.lemma_.lower() in _words("meet"):
            return "venue", "forum, venue"
        if token.dep_ == "poss" or token.dep_ == "compound":
            return "participant", "forum, its own"
        break
    return "topic", "forum, topic"
