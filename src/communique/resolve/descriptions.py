"""Whom "the minister", "the country", "the ministry", "the company" and "its army" mean, from what was named before."""

from __future__ import annotations

import functools
import re
from dataclasses import replace

from communique.model import Actor, Mention, Sentence
from communique.resolve.context import Context, Group
from communique.resolve.discourse import BODIES, Choice, Seen, choose, clause_mates, clause_subjects, seen
from communique.resolve.gazetteer import rows, state_name
from communique.resolve.names import fold
from communique.resolve.nouns import is_actor_noun, titles
from communique.resolve.nouns import reference as words
from communique.resolve.people import by_surname, seniority
from communique.resolve.persons import holder_on, surname_actor
from communique.resolve.pronouns import resolve as pronoun
from communique.tree import Token

_WORDS = re.compile(r"\w+")
# offices whose holders give a government its name: the first six of people.TOP_OFFICES
_HEADS = 6
# sentences in which a president who was named is still "the President"
_CLOSE = 4
DEFINITE = frozenset({"the", "this", "that", "these", "those"})


def resolve(
    token: Token,
    found: dict[int, Mention],
    sentence: Sentence,
    context: Context,
    here: list[Group],
    voice: Choice | None,
) -> tuple[tuple[Actor, ...], tuple[str, ...], float] | None:
    """The actors of a described somebody whose phrase names no state itself; None where nothing before fits."""
    if token.pos_ not in ("NOUN", "PROPN") or token.dep_ in ("compound", "amod", "nmod"):
        return None
    own = found.get(token.i)
    if own is not None and own.codes:
        return None
    lemma = fold(token.lemma_)
    owner = next((c for c in token.lefts if c.tag_ == "PRP$"), None)
    if owner is not None:
        return _owned(owner, lemma, own, found, sentence, context, here, voice)
    if own is not None and lemma in words()["part_nouns"]:
        # "Prime Minister Henry's unity government"
        whose = next((found[c.i] for c in token.lefts if c.dep_ == "poss" and c.i in found and found[c.i].codes), None)
        if whose is not None and len(set(whose.codes)) == 1 and whose.codes[0] not in BODIES:
            return (replace(own.actors[0], code=whose.codes[0]),), (), 0.8
    if not is_definite(token) or any(c.dep_ == "prep" and c.lower_ == "of" for c in token.rights):
        return None
    phrase = [fold(t.lemma_) for t in token.lefts if t.dep_ in ("compound", "amod", "nmod")] + [lemma]
    nearby = _candidates(token, found, sentence, context)
    if own is not None and _is_office(phrase):
        return _of_the_house(token, phrase, nearby, sentence, context) or _office(token, phrase, nearby, sentence)
    if own is not None and own.actors[0].kind == "person":
        return None
    if lemma in words()["state_nouns"] and not any(c.dep_ in ("relcl", "acl", "prep") for c in token.rights):
        if any(t.dep_ == "amod" for t in token.lefts):
            return None
        return _state(token, None, nearby, found, sentence, context)
    thing = _thing(token, phrase, nearby, sentence)
    if thing is not None:
        return thing
    if own is not None and lemma in words()["part_nouns"]:
        led = _led(token, own, context)
        if led is not None:
            return led
        return _state(token, own, nearby, found, sentence, context)
    return None


def _led(token: Token, own: Mention, context: Context) -> tuple[tuple[Actor, ...], tuple[str, ...], float] | None:
    """ "the Biden administration", "the Lukashenka regime": of the state of whom it is called by."""
    for child in token.lefts:
        if child.dep_ in ("compound", "nmod", "amod") and child.pos_ == "PROPN":
            known = surname_actor(child.text, child.text, None, (), context, False)
            if known is not None and known[0][0].code and known[0][0].code not in BODIES:
                return (replace(own.actors[0], code=known[0][0].code),), known[2], 0.85
            # "the Trump administration" of years ago
            past = {
                term.code
                for person in by_surname().get(fold(child.text), ())
                for term in person.terms
                if seniority(term.office) < _HEADS and term.code not in BODIES
            }
            if len(past) == 1:
                return (replace(own.actors[0], code=past.pop()),), (), 0.75
    return None


def is_definite(token: Token) -> bool:
    """Whether a noun has "the" or "this", its own or that of the noun before it ("the Secretary and President")."""
    if any(c.lower_ in DEFINITE for c in token.lefts):
        return True
    bare = token.dep_ == "conj" and not any(c.dep_ in ("det", "poss", "nummod") for c in token.lefts)
    return bare and token.head.pos_ in ("NOUN", "PROPN") and any(c.lower_ in DEFINITE for c in token.head.lefts)


def _candidates(token: Token, found: dict[int, Mention], sentence: Sentence, context: Context) -> list[Seen]:
    doc = sentence.syntax.doc
    return [
        *context.seen,
        *(seen(m, doc[i], sentence.sequence) for i, m in sorted(found.items()) if i < token.i and m.codes),
    ]


def _is_office(phrase: list[str]) -> bool:
    return any(" ".join(phrase[start:]) in titles() for start in range(len(phrase))) or phrase[-1] in words()["offices"]


def _office(
    token: Token, phrase: list[str], nearby: list[Seen], sentence: Sentence
) -> tuple[tuple[Actor, ...], tuple[str, ...], float] | None:
    """ "the foreign minister": somebody named before whose title has these words, and no lesser one."""
    wanted = {word for word in phrase if word not in words()["numbers"]}
    lesser = set(words()["lesser"])

    def titled(one: Seen) -> bool:
        if not one.person or one.plural or not one.codes:
            return False
        text = {fold(w).removesuffix("s") for w in _WORDS.findall(one.mention.text)} | set(
            _WORDS.findall(fold(one.mention.text))
        )
        text |= set(_WORDS.findall(fold(one.mention.actors[0].office or "")))
        # "the minister" is no deputy; a "vice" minister may be called a deputy elsewhere
        return wanted <= text and (bool(lesser & wanted) or not lesser & text)

    if token.tag_ in ("NNS", "NNPS"):
        people: dict[str, Actor] = {}
        for one in reversed(nearby):
            if titled(one):
                people.setdefault(one.mention.actors[0].name or one.mention.text, one.mention.actors[0])
        count = next(
            (words()["numbers"].get(fold(c.text)) for c in token.lefts if fold(c.text) in words()["numbers"]), 0
        )
        if len(people) > 1 and (not count or len(people) >= count):
            chosen = tuple(reversed(list(people.values())[: count or len(people)]))
            return chosen, (), 0.65
        return None
    choice = choose(nearby, titled, sentence.sequence, {}, token)
    return (choice.mention.actors, choice.others, choice.confidence) if choice else None


def _of_the_house(
    token: Token, phrase: list[str], nearby: list[Seen], sentence: Sentence, context: Context
) -> tuple[tuple[Actor, ...], tuple[str, ...], float] | None:
    """ "The President" on a ministry's page, far from any other president, is its own."""
    if context.house is None or context.house.kind != "state" or len(phrase) != 1 or not token.text[:1].isupper():
        return None
    close = [one for one in nearby if one.sequence >= sentence.sequence - _CLOSE]
    if token.tag_ in ("NNS", "NNPS") or _office(token, phrase, close, sentence) is not None:
        return None
    holder = holder_on(context.house.code or "", None, phrase[0], context)
    return ((holder,), (), 0.7) if holder is not None else None


def _state(
    token: Token,
    own: Mention | None,
    nearby: list[Seen],
    found: dict[int, Mention],
    sentence: Sentence,
    context: Context,
) -> tuple[tuple[Actor, ...], tuple[str, ...], float] | None:
    """ "the country": the state that the article is about, and not the one that acts on it in this clause."""
    barred = {
        code
        for i in clause_mates(token)
        if i in found and found[i].actors[0].kind != "people" and found[i].via != "demonym"
        for code in found[i].codes
    }
    # "X said the country would": the subject of a clause that is said may be who says it, other places seldom
    said = token.dep_ in ("nsubj", "nsubjpass", "poss")
    above = {found[i].span.start: rank for rank, i in enumerate(clause_subjects(token) if said else ()) if i in found}
    total = sum(context.states.values()) or 1

    def fits(one: Seen) -> bool:
        return (
            len(set(one.codes)) == 1
            and one.codes[0] not in BODIES
            and len(one.codes[0]) == 3
            and one.codes[0] not in barred
            and one.mention.via != "pair"
        )

    usable = [one for one in nearby if fits(one)]
    if not usable:
        return None
    house = context.house.code if context.house is not None else None
    style = fold(token.lemma_)
    topics = {code: words()["salience"]["topic"] * number / total for code, number in context.states.items()}

    def bonus(one: Seen) -> float:
        code = one.codes[0]
        # a ministry speaks of others as "the country"; a kingdom is called one by its name
        own_page = words()["salience"]["house"] if code == house else 0.0
        named = words()["salience"]["style"] if style in words()["styles"] and style in _styles().get(code, "") else 0.0
        return float(topics.get(code, 0.0) + own_page + named)

    choice = choose(usable, lambda one: True, sentence.sequence, above, token, bonus)
    if choice is None:
        return None
    code = choice.mention.codes[0]
    actor = replace(own.actors[0], code=code) if own else Actor(code, (), state_name(code), None, None, "state")
    return (actor,), choice.others, min(choice.confidence, 0.65)


@functools.cache
def _styles() -> dict[str, str]:
    """All the names of each state in one string: "kingdom of sweden"."""
    return {
        str(state["code"]): fold(" ".join(map(str, state.get("names") or ()))) for state in rows("states", "states")
    }


def _thing(
    token: Token, phrase: list[str], nearby: list[Seen], sentence: Sentence
) -> tuple[tuple[Actor, ...], tuple[str, ...], float] | None:
    """ "the ministry", "the bloc", "the company": what was named by that word, else one of its kind."""
    lemma, many = phrase[-1], token.tag_ in ("NNS", "NNPS")
    wanted = set(phrase)
    kinds = words()["thing_nouns"]

    def named(one: Seen) -> bool:
        text = set(_WORDS.findall(fold(f"{one.mention.text} {one.mention.actors[0].name or ''}")))
        return bool(one.codes) and len(one.mention.actors) == 1 and not one.person and wanted <= text

    def of_kind(one: Seen) -> bool:
        actor = one.mention.actors[0]
        if not one.codes or len(one.mention.actors) > 1:
            return False
        firm = "BUS" in actor.sector or actor.code == "MNC"
        return (
            (lemma in kinds["body"] and actor.kind == "body")
            or (lemma in kinds["group"] and actor.kind == "group" and not firm)
            or (lemma in kinds["firm"] and actor.kind == "group" and firm)
        )

    if not many and (
        lemma in kinds["body"] or lemma in kinds["group"] or lemma in kinds["firm"] or is_actor_noun(lemma)
    ):
        choice = choose(nearby, named, sentence.sequence, {}, token)
        if choice is not None and lemma not in words()["state_nouns"]:
            return choice.mention.actors, choice.others, choice.confidence
    plural_kind = many and lemma in kinds["group"]
    if (not many or plural_kind) and len(phrase) == 1:
        choice = choose(nearby, of_kind, sentence.sequence, {}, token)
        if choice is not None:
            return choice.mention.actors, choice.others, min(choice.confidence, 0.7)
    return None


def _owned(
    owner: Token,
    lemma: str,
    own: Mention | None,
    found: dict[int, Mention],
    sentence: Sentence,
    context: Context,
    here: list[Group],
    voice: Choice | None,
) -> tuple[tuple[Actor, ...], tuple[str, ...], float] | None:
    """ "its army", "their country", "our government": of whom the pronoun means."""
    if own is None and lemma not in words()["state_nouns"]:
        return None
    if lemma in words()["neighbours"] or lemma in words()["relations"]:
        return None  # its ally is somebody else
    choice = pronoun(owner, found, sentence, context, here, voice)
    if choice is None:
        return None
    codes = tuple(dict.fromkeys(code for code in choice.mention.codes if code not in BODIES))
    if not codes:
        return None
    noun = owner.head
    if own is not None and noun.dep_ == "dobj" and set(own.actors[0].sector) <= {"MIL", "GOV"}:
        subjects = {code for i in clause_mates(noun) if i in found for code in found[i].codes}
        if subjects & set(codes):
            return None  # "recalled its ambassador from X", "withdrew its troops": what it does is not done to itself
    if own is None:
        return (
            tuple(Actor(c, (), state_name(c), None, None, "state") for c in codes),
            choice.others,
            choice.confidence * 0.9,
        )
    return tuple(replace(own.actors[0], code=code) for code in codes), choice.others, round(choice.confidence * 0.9, 3)
