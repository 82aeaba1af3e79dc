"""Who stands together, and whom "the two countries", "both leaders", "the pair" and "the three sides" mean by it."""

from __future__ import annotations

from communique.model import Actor, Mention, Sentence
from communique.resolve.context import Context, Group
from communique.resolve.discourse import BODIES, distinct, is_first_person
from communique.resolve.gazetteer import state_name
from communique.resolve.names import fold
from communique.resolve.nouns import reference as words
from communique.syntax import conjuncts, under
from communique.tree import Token

_WHERE = frozenset({"in", "at", "near", "across", "throughout", "around", "through", "over", "off"})
_SUBJECTS = ("nsubj", "nsubjpass")


def groups(sentence: Sentence, found: dict[int, Mention], before: int | None = None) -> list[Group]:
    """The groups of a sentence in order of place: "A and B", "between A and B", "A's talks with B", "A met B"."""
    made: list[Group] = []
    if len({_key(actor) for mention in found.values() for actor in _of(mention)}) < 2:
        return made
    voices = {actor for mention in found.values() if is_first_person(mention) for actor in mention.actors}
    voices -= {actor for mention in found.values() if not is_first_person(mention) for actor in mention.actors}
    for token in sentence.syntax:
        if before is not None and token.i >= before:
            break
        actors, joint = _together(token, found, before)
        if len(actors) > 1:
            subject = token.dep_ in _SUBJECTS or token.pos_ == "VERB"
            voiced = not voices.isdisjoint(actors)
            made.append(Group(actors, sentence.sequence, subject, joint, token.i in found, voiced))
    # "Xi met Putin and Battulga" is three, though Putin and Battulga stand together too
    keys = [frozenset(map(_key, group.actors)) for group in made]
    order = sorted(range(len(made)), key=lambda n: not any(keys[n] < other for other in keys))
    return [made[n] for n in order]


def opening(sentence: Sentence, found: dict[int, Mention]) -> list[Group]:
    """The first two states of an article's first sentence, where nothing in it joins any."""
    if sentence.sequence:
        return []
    actors = distinct(actor for i in sorted(found) for actor in _of(found[i]) if actor.code not in BODIES)
    return [Group(actors, sentence.sequence, False)] if len(actors) == 2 else []


def _of(mention: Mention) -> list[Actor]:
    return [actor for actor in mention.actors if actor.code]


def _key(actor: Actor) -> str:
    # a government and the rebels it talks to are two, though of one state; its minister and its army are one
    return f"{actor.code} {actor.name}" if actor.kind in ("group", "body") else str(actor.code)


def _unique(actors: list[Actor]) -> tuple[Actor, ...]:
    seen: dict[str, Actor] = {}
    for actor in actors:
        seen.setdefault(_key(actor), actor)
    return tuple(seen.values())


def _all(token: Token, found: dict[int, Mention], before: int | None) -> list[Actor]:
    return [
        actor
        for noun in conjuncts(token)
        if noun.i in found and (before is None or noun.i < before)
        for actor in _of(found[noun.i])
    ]


def _together(token: Token, found: dict[int, Mention], before: int | None) -> tuple[tuple[Actor, ...], bool]:
    """Who stands together at a word, and whether they act together (a state and whom it accuses do not)."""
    mention = found.get(token.i)
    if mention is not None and mention.via != "pair" and token.dep_ != "conj":
        actors = _unique(_all(token, found, before))
        if len(actors) > 1 and (mention.via != "pronoun" or len(actors) > len(mention.actors)):
            # "ice in Alaska and Canada": where, and nobody who acts
            return actors, not (token.dep_ == "pobj" and token.head.lower_ in _WHERE)
    if token.pos_ not in ("NOUN", "VERB") or token.dep_ == "compound":
        return (), False
    sides = [c for c in token.children if c.dep_ in ("poss", "compound", "amod", *_SUBJECTS) and c.i in found]
    if not sides and (token.pos_ == "VERB" or token.lemma_.lower() in words()["encounters"]):
        sides = [c for c in _shared_subject(token) if c.i in found]
    partners = [
        noun
        for child in token.children
        if child.dep_ == "prep" and child.lower_ in ("with", "to")
        for noun in under(child)
        if noun.i in found and not _is_goal(token, child, found[noun.i])
    ]
    joint = bool(partners)
    if token.pos_ == "VERB" and not partners:
        partners = [c for c in token.children if c.dep_ == "dobj" and c.i in found]
        joint = token.lemma_.lower() in words()["together"]
    if not sides or not partners or sides[0].i > partners[0].i or token.lower_ == "compared":
        return (), False
    if before is not None and partners[0].i >= before:
        return (), False
    return _unique(_all(sides[0], found, before) + _all(partners[0], found, before)), joint


def _is_goal(verb: Token, prep: Token, mention: Mention) -> bool:
    """Whether a town is only where somebody goes: "Sato returned to Vienna", not "Tokyo talks to Vienna"."""
    moves = verb.lemma_.lower() in words()["moves"]
    return prep.lower_ == "to" and moves and mention.via in ("city", "capital", "seat")


def _shared_subject(verb: Token) -> list[Token]:
    while verb.head.i != verb.i and (verb.pos_ == "NOUN" or verb.dep_ in ("conj", "xcomp", "advcl", "prep", "pcomp")):
        verb = verb.head
        subjects = [c for c in verb.children if c.dep_ in _SUBJECTS]
        if subjects:
            return subjects
    return []


def is_pair(token: Token) -> bool:
    """Whether a token heads "the two countries", "both leaders", "their countries", "the pair", "the leaders"."""
    lemma = fold(token.lemma_)
    lower = token.lower_
    if token.i + 1 < len(token.doc) and token.dep_ in ("compound", "amod"):
        return False
    if lower in ("pair", "duo", "trio") and token.dep_ not in ("dobj",):
        return not any(c.dep_ == "prep" and c.lower_ == "of" for c in token.children)
    if lower in ("both", "two", "three") and token.dep_ in ("nsubj", "nsubjpass", "pobj", "dobj", "poss"):
        return not any(c.dep_ == "prep" for c in token.children)
    if (token.tag_ not in ("NNS", "NNPS") and lower not in ("sides",)) or lemma not in words()["pair"]:
        return False
    if any(c.dep_ in ("amod", "poss", "nmod", "compound") and c.text[:1].isupper() for c in token.lefts if c.i > 0):
        if not any(c.tag_ == "PRP$" for c in token.lefts):
            return False
    if lower == "people":
        return False  # "three people were killed"; "the two peoples" are a pair
    before = [fold(c.text) for c in token.lefts]
    if numbered(token):
        return True
    if any(c.tag_ == "PRP$" for c in token.lefts):
        return lemma in words()["pair_states"] and not any(c.dep_ == "amod" for c in token.lefts)
    bare = all(c.dep_ in ("det", "predet") for c in token.lefts) and "the" in before
    heads = ("leader", "side", "president", "minister", "party", "country", "nation", "neighbour", "neighbor")
    return (
        bare
        and lemma in heads
        and not any(
            c.dep_ in ("prep", "acl") or (c.dep_ == "relcl" and token.nbor(1).text != ",") for c in token.rights
        )
    )


def numbered(token: Token) -> int | None:
    """How many the phrase counts: two for "both" and "two"; None where it does not say."""
    for child in token.lefts:
        if fold(child.text) in words()["numbers"]:
            return int(words()["numbers"][fold(child.text)]) or None
    return None


def choose(
    token: Token, here: list[Group], context: Context, now: int, owner: str | None = None
) -> tuple[tuple[Actor, ...], float] | None:
    """The actors that a pair phrase means, and how sure that is: the last group of the right size and kind.

    now is the place of the sentence among all; owner is the code of whom "its neighbours" are not.
    """
    lemma, lower = fold(token.lemma_), token.lower_
    wanted = 3 if lower in ("three", "trio") else 2 if lower in ("both", "two", "pair", "duo") else numbered(token)
    owned = any(c.tag_ == "PRP$" and c.lower_ == "its" for c in token.lefts)
    states = lemma in words()["pair_states"]
    latest = context.groups[::-1]
    tries = [*reversed(here), *sorted(latest, key=lambda g: (-g.sequence, not g.subject))]
    first = tries[0] if tries else None
    top = _leading(context) if states and wanted == 2 and not here and not owned else ()
    if top and first is not None and first.sequence < now - 1:
        # the two whom an article is all about, where nobody else has just stood together
        return top, 0.55
    for rank, group in enumerate(tries):
        actors = group.actors
        if states:
            actors = distinct(actor for actor in actors if actor.code not in BODIES)
        elif lower in ("bilateral", "bilaterally") or lemma in words()["pair_people"]:
            actors = tuple(actor for actor in actors if actor.code not in BODIES or actor.kind == "person")
        elif lemma in words()["pair_firms"]:
            actors = tuple(actor for actor in actors if actor.kind == "group")
        if len(actors) < 2 or (wanted is not None and len(actors) != wanted):
            continue
        if owned and (lemma not in words()["neighbours"] or owner is None or owner in {a.code for a in actors}):
            continue
        rivals = {frozenset(map(_key, g.actors)) for g in tries[: rank + 3]}
        sure = 0.75 if len(rivals) == 1 else 0.65 if rank == 0 else 0.55
        return tuple(as_state(a) for a in actors) if _of_states(lemma) else actors, sure
    counted = [code for code, number in context.states.most_common(2) if number > 1]
    if len(counted) == 2 and wanted == 2 and (states or lemma == "side"):
        return tuple(Actor(code, (), state_name(code), None, None, "state") for code in sorted(counted)), 0.45
    return None


def _leading(context: Context) -> tuple[Actor, ...]:
    """The two states that an article is about: each named three times at least, and twice as often as any third."""
    counted = [(code, number) for code, number in context.states.most_common(3) if code not in BODIES]
    if len(counted) < 2 or counted[1][1] < 3 or (len(counted) > 2 and counted[1][1] < 2 * counted[2][1]):
        return ()
    return tuple(Actor(code, (), state_name(code), None, None, "state") for code in sorted(c for c, _ in counted[:2]))


def _of_states(lemma: str) -> bool:
    return (
        lemma not in words()["pair_people"]
        and lemma not in words()["pair_firms"]
        and lemma not in words()["pair_alone"]
    )


def as_state(actor: Actor) -> Actor:
    """An actor as the state it acts for; groups and bodies stay themselves."""
    if actor.kind in ("group", "body") and actor.code:
        return actor
    return Actor(actor.code, (), state_name(actor.code), None, None, "state")
