"""What reads like a judgement and is none: wishes, own plans, concessions, what is denied or asked above it."""

from __future__ import annotations

from communique.code.assessments.signs import VERBAL, asked_whether, duty, manners, words
from communique.code.quotes import speakers
from communique.tree import Token

_CONCEDING = frozenset({"while", "although", "though", "whilst"})
_HANGING = frozenset({"ccomp", "xcomp", "advcl", "pcomp", "prep", "conj"})


def own_plan(verb: Token, judge: Token, infinitive: Token) -> bool:
    """ "she expected to be back at work in May": what one meant to do oneself, and is over."""
    if any(c.dep_ in ("nsubj", "nsubjpass", "expl") for c in infinitive.children):
        return False
    return verb.tag_ == "VBD" and (judge.ent_type_ == "PERSON" or judge.lower_ in ("he", "she"))


def scheduled(verb: Token, judge: Token) -> bool:
    """ "the call ends at noon, when we expect": a programme."""
    first = judge.lower_ in ("i", "we")
    return first and verb.dep_ in ("relcl", "advcl") and any(c.lower_ == "when" for c in verb.children)


def denied(verb: Token) -> bool:
    """ "I don't think that he goes there thinking that": what is judged below somebody's own denial."""
    token = verb
    for _ in range(4):
        if token.dep_ not in _HANGING or token.dep_ == "conj":
            return False
        token = token.head
        if token.lemma_.lower() in words("verbs") and any(c.dep_ == "neg" for c in token.children):
            return token.i != verb.head.i or verb.lemma_.lower() in words("verbs")
    return False


def wished(verb: Token) -> bool:
    """ "the hope that it might", "hopes they may": a wish."""
    above = verb.head
    if verb.dep_ in ("acl", "ccomp", "relcl") and above.lemma_.lower() in words("wishing"):
        return not (verb.dep_ == "relcl" and above.pos_ == "NOUN" and any(c.tag_ == "WDT" for c in verb.children))
    return False


def conceded(verb: Token) -> bool:
    """ "while it seems too strange", "it may not sound like much": what is granted before the point is made."""
    if verb.lemma_.lower() in ("sound", "seem", "look") and any(c.lower_ == "may" for c in verb.children):
        return True
    if verb.dep_ != "advcl" or not any(c.dep_ == "mark" and c.lower_ in _CONCEDING for c in verb.children):
        return False
    return verb.lemma_.lower() in words("seeming") | {"sound"}


def open_above(verb: Token) -> bool:
    """ "should they think that they might", "I think he may be known to you": the verb above leaves it open."""
    above = verb.head
    if verb.dep_ != "ccomp" or above.lemma_.lower() not in words("verbs"):
        return False
    if duty(above) or asked_whether(above):
        return True
    judge = speakers.subject(above)
    if judge is not None and judge.lower_ in ("nobody", "none"):
        return True  # "nobody thought that it could last"
    return judge is not None and manners(judge, verb, above.lemma_.lower())


def agreed(verb: Token) -> bool:
    """ "that may be the one thing that I'd agree on", "they may have more to share": manners."""
    if verb.lemma_ == "have" and any(c.dep_ == "dobj" and c.lower_ in ("more", "something") for c in verb.children):
        return any(t.lemma_.lower() in ("share", "say", "add", "tell", "offer") for t in verb.subtree)
    if verb.lemma_ != "be":
        return False
    below = [r for c in verb.children if c.dep_ == "attr" for r in c.children if r.dep_ == "relcl"]
    return any(
        c.dep_ == "nsubj" and c.lower_ in ("i", "we") and any(m.tag_ == "MD" for m in clause_.children)
        for clause_ in below
        for c in clause_.children
    )


def aims(verb: Token) -> bool:
    """ "so all of our staff, all of our guards could be treated": what it was for, with "so" further off."""
    for token in reversed(verb.doc[verb.sent.start : verb.i]):
        if token.pos_ in VERBAL and token.tag_ in ("VBD", "VBZ", "VBP", "MD") and token.head.i != verb.i:
            return False
        if token.lower_ == "so" and token.dep_ not in ("advmod",):
            return True
        if token.lower_ == "so":
            after = verb.doc[token.i + 1]
            return after.pos_ in ("DET", "PRON", "NOUN", "PROPN")
    return False


def hearers(verb: Token) -> bool:
    """ "residents can expect": told to those who hear it; who expects it is who says so."""
    return any(c.dep_ == "aux" and c.lower_ in ("can", "should", "will", "may") for c in verb.children)


def around_aside(verb: Token, judge: Token | None) -> Token | None:
    """ "We back the plan – this is its own – and believe": he who believes stands before the aside."""
    above = verb.head
    if judge is None or judge.lower_ not in ("this", "that", "it") or verb.dep_ != "conj" or judge.head.i != above.i:
        return judge
    for child in above.children:
        if child.dep_ == "ccomp" and child.i < judge.i:
            return next((c for c in child.children if c.dep_ == "nsubj"), judge)
    return judge
