"""The stage that a sentence gives an undertaking, and its date."""

from __future__ import annotations

from collections.abc import Sequence

from communique.code.assessments import DatedSpan
from communique.code.clauses import modal, negated
from communique.code.projects.words import VERBAL, stage_words
from communique.model import UNKNOWN, Sentence, When
from communique.tree import Token


def stage_of(sentence: Sentence, head: Token) -> tuple[str | None, str]:
    """The stage that the sentence gives, and what the rule says of it: a future or a denied stage is only planned."""
    lemmas, phrases = stage_words()
    text = sentence.syntax.text.lower()
    verb = _governing(head)
    told: str | None = None
    for phrase, stage in phrases.items():
        if phrase in text and (verb is None or _near(sentence, head, phrase)):
            at = next((t for t in sentence.syntax if t.idx - sentence.syntax.start_char >= text.find(phrase)), head)
            verb_there = at if at.pos_ in VERBAL else _governing(at)
            if verb_there is not None and modal(verb_there) is not None and stage != "planned":
                return "planned", f", {stage} expected"
            told = stage
            break
    token = head
    chain: list[Token] = [
        c for c in head.children if c.dep_ in ("acl", "relcl", "amod", "compound") and c.pos_ in (*VERBAL, "ADJ")
    ]
    for _ in range(6):
        if token.head.i == token.i:
            break
        token = token.head
        chain.append(token)
        if token.pos_ in VERBAL and token.dep_ not in ("xcomp", "pcomp", "acl", "conj"):
            break
    for token in chain:
        if told is not None:
            break
        told = lemmas.get(token.lemma_.lower())
    if told is None:
        return None, ""
    for token in chain or [head]:
        if token.pos_ in VERBAL:
            future = modal(token) in ("will", "would", "shall", "'ll", "may", "might", "could", "should", "can")
            above = token.head
            hoped = (
                token.dep_ in ("xcomp", "ccomp")
                and any(c.lower_ == "to" for c in token.children)
                and (
                    lemmas.get(above.lemma_.lower()) == "planned"
                    or above.lemma_ in ("expect", "set", "due", "agree", "schedule")
                )
            )
            if above.lemma_ == "agree" and hoped and told in ("in service", "under construction"):
                return "agreed", ", agreed to be " + told
            if (future or hoped) and told in ("in service", "under construction", "agreed"):
                return "planned", f", {told} expected"
            if negated(token) and told in ("in service", "under construction", "agreed", "cancelled", "suspended"):
                return None, ", denied"
    return told, ""


def _near(sentence: Sentence, head: Token, phrase: str) -> bool:
    """Whether a phrase belongs to the project: in the clause of the project's verb, not too far off."""
    at = sentence.syntax.text.lower().find(phrase) + sentence.syntax.start_char
    return abs(at - head.idx) < 90


def _governing(head: Token) -> Token | None:
    token = head
    while token.head.i != token.i:
        token = token.head
        if token.pos_ in VERBAL:
            return token
    return token if token.pos_ in VERBAL else None


def date_of(sentence: Sentence, head: Token, dated: Sequence[DatedSpan]) -> When:
    """The date in the clause of the project, the nearest where there are several."""
    verb = _governing(head)
    clause = {t.i for t in (verb.subtree if verb is not None else sentence.syntax)}
    places = {sentence.offset + t.idx for t in sentence.syntax if t.i in clause}
    near = [one for one in dated if one.span.start in places]
    if not near:
        return UNKNOWN
    return min(near, key=lambda one: (abs(one.span.start - sentence.offset - head.idx), one.span)).when
