"""Everyday senses of political words: weather that hits, games that are won, rules that require, reporters who ask."""

from __future__ import annotations

import functools
import re

from communique.code.clauses import Clause
from communique.code.draft import Draft
from communique.code.lexicon import Frame
from communique.code.roles import Roles
from communique.knowledge import load
from communique.model import Mention
from communique.tree import Span, Token

_SCORE = re.compile(r"(?<![\w-])\d{1,2}[-–]\d{1,2}(?![\w-])")
_QUESTION = frozenset({"WRB", "WP", "WDT"})


@functools.cache
def groups() -> dict[str, frozenset[str]]:
    """The words of lexicon/everyday.yaml by the name of their group."""
    return {str(name): frozenset(map(str, words)) for name, words in load.data("lexicon/everyday.yaml").items()}


def is_everyday(frame: Frame, own: Clause, roles: Roles) -> bool:
    """Whether a verb that answers a frame has an everyday sense in its clause."""
    lemma = own.verb.lemma_.lower()
    words = groups()
    if lemma in words["befallen"] and is_mishap(own):
        return True
    if frame.event in ("REQUEST", "REJECT", "AGREE") and is_inquiry(own):
        return True
    if frame.event in words["meant"] and _all_of(own.subjects, ("nature", "counted"), roles):
        return True
    if frame.event in words["ruled"] and _all_of(own.subjects, ("standing",), roles):
        return True
    if lemma in words["won"] and frame.mode == "beat" and _states_alone(own.objects, roles):
        return True
    if lemma in words["played"] and is_game(own.verb.sent):
        return True
    if (
        lemma in words["suggested"]
        and frame.event == "REQUEST"
        and not own.objects
        and not _above_of_person(own, roles)
    ):
        return True
    if frame.event == "ASSAULT" and fights_ills(own):
        return True
    return is_figure(own.verb, [*own.objects, *(t for found in own.preps.values() for t in found)], own.words)


def is_figure(verb: Token, nouns: list[Token], words: frozenset[str] = frozenset()) -> bool:
    """Whether a verb and a word beside it are a figure of speech: "fired on all cylinders", "took note"."""
    lemma = verb.lemma_.lower()
    beside = {noun.lemma_.lower() for noun in nouns} | words
    return any(f"{lemma} {word}" in groups()["figures of speech"] for word in beside)


@functools.lru_cache(256)
def _is_game(text: str, tokens: tuple[str, ...]) -> bool:
    words = groups()["match words"]
    return any(token in words for token in tokens) or bool(_SCORE.search(text))


def is_game(sentence: Span) -> bool:
    """Whether a sentence tells of a game, by its words or a score."""
    return _is_game(sentence.text, tuple(token.text for token in sentence))


def is_mishap(own: Clause) -> bool:
    """Whether people came to harm by nobody's doing: "killed when a bus plunged down", "hurt in a stampede"."""
    words = groups()
    if not own.passive and own.objects:
        return _all_named(own.subjects, words["mishaps"])
    for name in ("in", "by", "during", "from", "after"):
        if any(token.lemma_.lower() in words["mishaps"] for token in own.preposition(name)):
            return True
    if _all_named(own.subjects, words["mishaps"]):
        return True
    for child in own.verb.children:
        if child.dep_ == "advcl" and child.lemma_.lower() in words["happening"]:
            if any(c.lower_ in ("when", "as", "after") for c in child.children):
                return True
    return False


def is_inquiry(own: Clause) -> bool:
    """Whether somebody only asks a question, or asks or declines to be named: no demand and no refusal."""
    lemma = own.verb.lemma_.lower()
    below = [verb for verb in own.complements if verb.i > own.verb.i]
    if lemma in ("ask", "decline", "refuse", "request", "wish", "want") and any(
        _unnamed(verb) for verb in below if verb.head.i == own.verb.i
    ):
        return True
    if lemma not in ("ask", "inquire", "enquire"):
        return False
    if own.preposition("about") or (own.preposition("for") and _comment(own.preposition("for"))):
        return True
    for verb in below:
        if any(c.lower_ in ("whether", "if") and c.dep_ == "mark" for c in verb.children):
            return True
        if any(t.tag_ in _QUESTION for t in verb.subtree if own.verb.i < t.i <= verb.i):
            return True
    following = own.verb.nbor(1) if own.verb.i + 1 < len(own.verb.doc) else None
    return following is not None and (following.tag_ in _QUESTION or following.lower_ in ("whether", "if"))


def is_wish(own: Clause) -> bool:
    """Whether somebody only wants, hopes or expects to do something: no deed and no promise yet."""
    lemma = own.verb.lemma_.lower()
    if lemma not in groups()["wished"]:
        return False
    below = next((verb for verb in own.complements if verb.i > own.verb.i), None)
    if below is None:
        return False
    if lemma in ("want", "like", "need", "prefer", "love"):
        # "wants Iran to stop" asks for it
        return not any(c.dep_ in ("nsubj", "nsubjpass") for c in below.children) and not own.objects
    return True


def is_idle(draft: Draft) -> bool:
    """Whether a draft lacks a side without which its event is none: talk with nobody, trade of one state alone."""
    words = groups()
    if is_reported(draft):
        return True
    if draft.nominal:
        return False
    codes = {code for m in (*draft.actors, *draft.recipients) for code in m.codes}
    if draft.event in words["needs two"] and "economic" in draft.context and len(codes) < 2:
        return True
    if draft.event == "AGREE" and draft.stance == "possible":
        return True  # what one may or can do is no promise
    if draft.event == "THREATEN" and draft.trigger.lemma_.lower() == "warn" and len(codes) < 2:
        return not any(_has_power(mention) for mention in draft.actors)
    if not draft.actors and draft.event in words["needs an actor"]:
        # "demanding that Ankara tell them" has its actor elsewhere; "travellers are advised to walk" has none
        return draft.rule.startswith("verb ") or (draft.event == "REQUEST" and _undergone(draft.trigger))
    if draft.event == "CONSULT":
        if draft.mode == "visit" and not (draft.actors and draft.recipients):
            return True
        if draft.mode == "visit" and len(codes) < 2:
            # within one state nobody pays a visit; somebody without a state does if it is his office
            return any(m.codes for m in draft.actors) or not any(_has_power(m) for m in draft.actors)
        several = len(draft.actors) + len(draft.recipients) > 1 or len(codes) > 1
        return not several and draft.trigger.lemma_.lower() in words["needs a partner"]
    return False


def is_reported(draft: Draft) -> bool:
    """Whether journalists look into something: "a newspaper's investigation" accuses nobody."""
    if draft.event != "ACCUSE" or draft.mode != "investigate":
        return False
    sectors = {sector for m in draft.actors for actor in m.actors for sector in actor.sector}
    return bool(sectors) and sectors <= {"JRN", "MED"}


def _all_of(tokens: list[Token], names: tuple[str, ...], roles: Roles) -> bool:
    """Whether all nouns are of some groups, and none of them names somebody who acts."""
    words = groups()
    return bool(tokens) and all(any(_is_one(token, words[name]) for name in names) for token in tokens)


def _is_one(token: Token, words: frozenset[str]) -> bool:
    lemma = token.lemma_.lower()
    if lemma in words or token.lower_ in words:
        return True
    # "Typhoon Nalgae", "Section 7031": the kind stands before or in the name
    named = token.pos_ in ("PROPN", "NUM")
    return named and any(c.dep_ in ("compound", "nmod") and c.lemma_.lower() in words for c in token.children)


def _all_named(tokens: list[Token], words: frozenset[str]) -> bool:
    return bool(tokens) and all(_is_one(token, words) for token in tokens)


def _states_alone(tokens: list[Token], roles: Roles) -> bool:
    """Whether all objects are states by name: states win games against each other and beat up nobody."""
    found = [roles.at.get(token.i) for token in tokens]
    return bool(found) and all(m is not None and m.actors[0].kind == "state" for m in found)


def _above_of_person(own: Clause, roles: Roles) -> bool:
    return any(roles.at.get(token.i) is not None for token in own.subjects)


def fights_ills(own: Clause) -> bool:
    """ "waging war on waste", "a fresh offensive against obesity", "fights for survival"."""
    ills = groups()["ills"]
    for name in ("on", "against", "with"):
        found = own.preposition(name)
        if found and all(_is_one(token, ills) or any(_is_one(c, ills) for c in token.children) for token in found):
            return True
    return bool(own.objects) and all(_is_one(token, ills) for token in own.objects)


def _has_power(mention: Mention) -> bool:
    """Whether somebody governs or fights, or is a state itself."""
    return any(
        actor.kind in ("state", "office", "body") or groups()["powers"] & set(actor.sector) for actor in mention.actors
    )


def _undergone(verb: Token) -> bool:
    return any(c.dep_ in ("auxpass", "nsubjpass") for c in verb.children)


def _unnamed(verb: Token) -> bool:
    passive = any(c.dep_ == "auxpass" for c in verb.children)
    return (verb.lemma_.lower() in groups()["unnamed"] and passive) or verb.lemma_.lower() in ("comment", "elaborate")


def _comment(tokens: list[Token]) -> bool:
    return any(token.lemma_.lower() in ("comment", "reaction", "interview", "response", "word") for token in tokens)
