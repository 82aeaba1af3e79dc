"""What an article has named so far, in reading order, and which of it a word that refers back most likely means.

Salience follows the usual findings on English (Lappin and Leass 1994; Grosz, Joshi and Weinstein 1995): the subject of
the clause above, then subjects before objects, then what was said last. Weights stand in knowledge/reference.yaml.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from communique.knowledge import load
from communique.model import Actor, Mention
from communique.resolve.names import fold
from communique.resolve.nouns import reference
from communique.syntax import verb_of
from communique.tree import Token

BODIES = frozenset({"UNO", "EUR", "IGO", "NGO", "MNC", "ISM", "IMG"})
# as many mentions back as a word may reach
REACH = 160
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_OBJECTS = frozenset({"dobj", "dative", "agent", "pobj", "attr"})
_NAMED = frozenset({"name", "capital", "seat", "city", "body"})


@dataclass(frozen=True, slots=True)
class Seen:
    """One mention as it stood: in which sentence, in what role, and whether it is one or many."""

    mention: Mention
    sequence: int
    place: int
    role: str
    plural: bool
    person: bool
    woman: bool | None = None
    # how it stands for whoever speaks, whom the same voice never calls "he": "label", "speaker", "quoted" or ""
    voice: str = ""

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of its actors."""
        return self.mention.codes


def seen(mention: Mention, token: Token, sequence: int, voice: str = "") -> Seen:
    """A mention with what its word says of it."""
    role = token.dep_
    top = token
    while top.dep_ == "conj" and top.head.i != top.i:
        top = top.head
        role = top.dep_
    place = "subject" if role in _SUBJECTS else "object" if role in _OBJECTS else "owner" if role == "poss" else "other"
    return Seen(
        mention,
        sequence,
        mention.span.start,
        place,
        is_plural(mention, token),
        is_person(mention),
        gender(mention),
        voice,
    )


def is_first_person(mention: Mention) -> bool:
    """Whether a mention is whoever speaks: "I", "we", "us"."""
    return mention.via == "pronoun" and fold(mention.text) in reference()["speakers"]


def is_person(mention: Mention) -> bool:
    """Whether a mention is somebody: a person, or the holder of an office."""
    actor = mention.actors[0]
    return actor.kind == "person" or bool(actor.office) or (actor.kind == "people" and actor.sector == ("ELI",))


def is_plural(mention: Mention, token: Token) -> bool:
    """Whether "they" could mean it: several actors, or a plural noun that is not the name of a state or body."""
    if len(mention.actors) > 1:
        return True
    if mention.actors[0].kind == "group" and "BUS" not in mention.actors[0].sector:
        return token.lower_.endswith("s") or token.lower_ in reference()["plural_names"]
    if mention.via in _NAMED and mention.actors[0].kind in ("state", "body", "person"):
        return False
    return token.tag_ in ("NNS", "NNPS") or (mention.via == "demonym" and token.lower_.endswith("s"))


@functools.cache
def _given() -> dict[str, bool]:
    table = load.data("given_names.yaml")
    women = {fold(name): True for name in table["women"]}
    return {**women, **{fold(name): False for name in table["men"]}}


def gender(mention: Mention) -> bool | None:
    """True for a woman, False for a man, None where neither title, given name nor pronoun says so."""
    if mention.via == "pronoun":
        said = reference()["genders"].get(fold(mention.text))
        if said is not None:
            return bool(said == "woman")
    for word in mention.text.split():
        plain = fold(word).strip(".,'’")
        if plain in reference()["her_titles"]:
            return True
        if plain in reference()["his_titles"]:
            return False
    for word in (mention.actors[0].name or mention.text).split()[:3]:
        known = _given().get(fold(word).strip(".,'’"))
        if known is not None:
            return known
    return None


def clause_subjects(token: Token) -> list[int]:
    """The subjects of the clauses above a word's own clause, innermost first; its own clause's subject is left out.

    A verb without a subject has the object of the verb above for one, where that verb is told to do it ("urged X to").
    """
    found: list[int] = []
    for level, verb in enumerate(_verbs_above(token)):
        if level == 0 and token.dep_ not in _SUBJECTS and token.dep_ != "poss":
            continue  # "China thanked it": a verb's object is not its subject
        subjects = [c.i for c in verb.children if c.dep_ in _SUBJECTS and c.i != token.i]
        if not subjects:
            subjects = _controller(verb)
        found += [i for i in subjects if i < token.i and i not in found]
        if verb.dep_ == "relcl" and level == 0:
            found.append(-1)  # "the role that it plays": the subject far above counts for less
    return found


def _controller(verb: Token) -> list[int]:
    """Who is to do what an infinitive says: the object of the verb above it, reached over coordinated infinitives."""
    while verb.dep_ == "conj" and verb.head.i != verb.i and not _has_subject(verb.head):
        verb = verb.head
    if verb.dep_ not in ("xcomp", "ccomp", "advcl") or verb.head.i == verb.i:
        return []
    above = verb.head
    objects = [c.i for c in above.children if c.dep_ == "dobj" and c.i < verb.i]
    if not objects and above.lemma_.lower() in reference()["calling"]:
        objects = [
            c.i for p in above.children if p.dep_ == "prep" for c in p.children if c.dep_ == "pobj" and c.i < verb.i
        ]
    return objects


def clause_mates(token: Token) -> set[int]:
    """The subject of a word's own clause, which the word cannot mean unless it owns or is reflexive."""
    if token.dep_ in _SUBJECTS:
        return set()
    verb = verb_of(token)
    while verb.dep_ in ("xcomp", "conj", "advcl", "acl") and not _has_subject(verb) and verb.head.i != verb.i:
        verb = verb_of(verb.head)
    return {c.i for c in verb.children if c.dep_ in _SUBJECTS}


def _has_subject(verb: Token) -> bool:
    return any(c.dep_ in _SUBJECTS for c in verb.children)


def _verbs_above(token: Token) -> Iterable[Token]:
    verb = verb_of(token)
    for _ in range(12):
        yield verb
        if verb.head.i == verb.i:
            return
        verb = verb_of(verb.head)


@dataclass(frozen=True, slots=True)
class Choice:
    """Whom a word means, what else it could be, and how sure that is."""

    mention: Mention
    others: tuple[str, ...]
    confidence: float


def choose(
    candidates: Iterable[Seen],
    fits: Callable[[Seen], bool],
    sequence: int,
    above: dict[int, int],
    token: Token,
    bonus: Callable[[Seen], float] = lambda one: 0.0,
) -> Choice | None:
    """The likeliest of what was named: `above` gives rank by place for subjects of the clauses above."""
    weights = reference()["salience"]
    scored: list[tuple[float, int, Seen]] = []
    for one in candidates:
        if not fits(one):
            continue
        back = sequence - one.sequence
        score = weights["sentence"][min(back, len(weights["sentence"]) - 1)] + weights["role"][one.role] + bonus(one)
        if one.place in above:
            score += weights["above"] / (1 + above[one.place])
        if token.dep_ in _SUBJECTS and one.role in ("subject", "group") and (back or one.person):
            score += weights["parallel"]
        if one.mention.via == "context":
            score += weights["borrowed"]
        scored.append((score, one.place, one))
    if not scored:
        return None
    scored.sort(key=lambda row: (-row[0], -row[1]))
    best = scored[0]
    rivals = [row for row in scored[1:] if set(row[2].codes) != set(best[2].codes)]
    margin = best[0] - rivals[0][0] if rivals else 9.0
    confidence = min(0.8, 0.5 + weights["margin"] * margin)
    if not best[2].codes:
        confidence = min(confidence, 0.6)
    others = tuple(dict.fromkeys(code for row in rivals[:4] for code in row[2].codes if code not in best[2].codes))
    return Choice(best[2].mention, others, round(confidence, 3))


def distinct(actors: Iterable[Actor]) -> tuple[Actor, ...]:
    """The first actor of each code."""
    found: dict[str, Actor] = {}
    for actor in actors:
        if actor.code:
            found.setdefault(actor.code, actor)
    return tuple(found.values())
