"""When "it" and "they" are things and nobody, and which state or body "it" can be."""

from __future__ import annotations

from communique.model import Mention, Sentence
from communique.resolve.context import Context
from communique.resolve.discourse import Seen, is_person
from communique.resolve.names import fold
from communique.resolve.nouns import is_actor_noun
from communique.resolve.nouns import reference as words
from communique.tree import Token


def in_its_role(token: Token, found: dict[int, Mention]) -> Mention | None:
    """Who plays a role: "work with Laos in its role as chair", "thanks Qatar for the role that it plays"."""
    noun = token.head
    if token.tag_ != "PRP$":
        noun = noun.head if noun.dep_ == "relcl" and token.dep_ == "nsubj" else noun
        if noun is token.head:
            return None
    prep = noun.head
    if noun.lemma_.lower() not in words()["roles"] or noun.dep_ != "pobj" or prep.lower_ not in ("in", "for"):
        return None
    who = found.get(prep.i - 1)
    return who if who is not None and len(who.actors) == 1 and who.codes and not is_person(who) else None


def can_be_it(one: Seen) -> bool:
    """Whether "it" can mean somebody who was named: one state, body or group."""
    if one.person or one.plural or not one.codes:
        return False
    return one.mention.actors[0].kind != "people" or one.mention.actors[0].sector not in (("CVL",), ("ELI",))


def anybody_before(found: dict[int, Mention], token: Token) -> bool:
    """Whether anybody is mentioned in the sentence before a word."""
    return any(i < token.i for i in found)


def is_of_things(token: Token) -> bool:
    """Whether what "they" do is what things do: "Sanctions are one tool. They are not the only one"."""
    able = any(c.dep_ == "acomp" and any(g.dep_ == "xcomp" for g in c.children) for c in token.head.children)
    return token.dep_ == "nsubj" and token.head.lemma_.lower() in words()["thing_verbs"] and not able


def is_thing(token: Token, sentence: Sentence, found: dict[int, Mention], context: Context, above: list[int]) -> bool:
    """Whether "it" means a thing: the subject above is one, or the last sentence was about one."""
    doc = sentence.syntax.doc
    nouns = [i for i in above if i >= 0 and doc[i].pos_ in ("NOUN", "PROPN", "PRON")]
    if nouns:
        first = doc[nouns[0]]
        return first.i not in found and first.pos_ == "NOUN" and fold(first.lemma_) not in words()["speaking"]
    if token.dep_ in ("nsubj", "nsubjpass") and not anybody_before(found, token):
        return context.thing_before
    return False


def is_empty(token: Token) -> bool:
    """Whether "it" is nobody: "it remains to be seen", "it is clear that"."""
    if token.dep_ == "expl":
        return True
    verb = token.head
    if token.dep_ != "nsubj":
        return False
    below = {c.dep_: c for c in verb.children}
    if verb.lemma_ in ("remain", "seem", "appear", "happen", "turn"):
        return bool({"xcomp", "ccomp"} & below.keys()) and not {"acomp", "oprd"} & below.keys()
    if verb.lemma_ in ("rain", "snow"):
        return True
    if verb.lemma_ == "take":
        return "dobj" in below and below["dobj"].lemma_ in words()["durations"]
    if verb.lemma_ not in ("be", "become", "feel", "get") and verb.lower_ not in ("'s", "’s"):
        return False
    if any(c.dep_ in ("acomp", "attr") and c.lemma_.lower() in words()["empty_it"] for c in verb.children):
        return True
    attr = below.get("attr")
    if attr is not None and attr.pos_ == "NOUN" and not is_actor_noun(fold(attr.lemma_)):
        return fold(attr.lemma_) not in words()["state_nouns"]  # "it was an occasion"
    # "it is in our interest that", "it is a sign that": a clause stands for it
    return bool({"attr", "prep"} & below.keys()) and "ccomp" in below and below["ccomp"].i > verb.i


def is_after_things(token: Token, found: dict[int, Mention]) -> bool:
    """Whether a plural noun that is no actor stands before the pronoun in its sentence ("steps ... they")."""
    return any(
        t.tag_ in ("NNS", "NNPS")
        and t.i not in found
        and t.dep_ in ("dobj", "nsubj", "nsubjpass", "pobj")
        and not is_actor_noun(fold(t.lemma_))
        for t in token.sent
        if t.i < token.i
    )
