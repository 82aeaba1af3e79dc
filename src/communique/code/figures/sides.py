"""Between whom a figure is: a named pair, the states of its clause, else the pair that the article is about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from communique.code.figures.ground import Ground
from communique.code.figures.words import lexemes
from communique.model import Actor, Mention, Participant, participants
from communique.tree import Token

_SPEECH = frozenset({"say", "tell", "report", "note", "add", "state", "show", "announce", "write", "claim", "explain"})
_OPEN = frozenset({"xcomp", "conj", "acl", "relcl", "pcomp", "advcl"})
# clauses beside the figure's own: who stands in them is another matter
_ASIDE = frozenset({"conj", "advcl", "parataxis"})
# what the sentence before told of is given its price: "the ministry values them at", "it is worth"
_PRICED = re.compile(
    r"(?i)\b(?:valu\w+|pric\w+|put|puts) (?:it|them|these) at\b|\b(?:it|they|these) (?:is|are|was|were) worth\b"
)
_MUTUAL = re.compile(
    r"(?i)\b(?:bilateral|two-way|mutual|between\sthem|each\sother|both\ssides|two\scountries|the\spair)\b"
)


def between(
    ground: Ground, head: Token, measure: str | None, word: Token | None, group: Sequence[Actor]
) -> tuple[Participant, ...]:
    """The participants, one for each state or body, in the order of the text."""
    usable = [m for m in ground.mentions if _usable(m)]
    pair = [m for m in usable if len(set(m.codes)) > 1 and (m.via == "pair" or measure in lexemes("relational"))]
    noun_sides = _around(ground, word, usable) if word is not None else []
    if _codes(noun_sides) > 1:
        return _one_each(noun_sides)
    clause = _clause(ground, head)
    near = [m for m in usable if m.head in clause and not _speaker(ground, m)]
    near_pair = [m for m in pair if m.head in clause] or pair
    if near_pair and _codes(near_pair) > 1:
        return _one_each(near_pair)
    chosen = near if _codes(near) > 1 else [*noun_sides, *near]
    if _codes(chosen) < 2:
        wide = [m for m in usable if not _speaker(ground, m)]
        if _codes(wide) == 2 and not (chosen and _apart(ground, head)):
            chosen = wide
    if _codes(chosen) < 2:
        everybody = list(usable)
        if _codes(everybody) == 2 and measure in lexemes("relational") and len(chosen) >= 1:
            chosen = everybody
    if not chosen and _codes(usable) <= 2:
        chosen = list(usable)
    named = {code for m in chosen for code in m.codes}
    relational = measure in lexemes("relational") or _MUTUAL.search(ground.text) is not None or prices(ground.text)
    if len(named) < 2 and len(group) > 1 and relational and named <= {a.code for a in group}:
        return tuple(Participant(actor, actor.name or actor.code or "", "pair") for actor in group)
    return _one_each(chosen)


def prices(text: str) -> bool:
    """Whether a sentence gives what the one before told of its price; that is between those whom that one names."""
    return _PRICED.search(text) is not None


def pair_of(mentions: Sequence[Mention]) -> tuple[Actor, ...]:
    """The two states or bodies that a sentence names, where it names just two."""
    named = {actor.code: actor for mention in mentions for actor in mention.actors if actor.code}
    return tuple(named.values()) if len(named) == 2 else ()


def _apart(ground: Ground, head: Token) -> bool:
    """Whether the sentence has several clauses with subjects of their own side by side."""
    verb = ground.verb(head)
    return verb is not None and verb.dep_ in _ASIDE and _own_subject(verb)


def _usable(mention: Mention) -> bool:
    return bool(mention.codes) and mention.via != "city"


def _codes(mentions: Iterable[Mention]) -> int:
    return len({code for mention in mentions for code in mention.codes})


def _one_each(mentions: Iterable[Mention]) -> tuple[Participant, ...]:
    """One participant for each code; the state itself goes before its people and offices."""
    found = [p for p in participants(sorted(mentions, key=lambda m: m.span.start)) if p.actor.code]
    best: dict[str, Participant] = {}
    for each in found:
        code = each.actor.code or ""
        if code not in best or (best[code].actor.kind != "state" and each.actor.kind == "state"):
            best[code] = each
    return tuple(best.values())


def _clause(ground: Ground, head: Token) -> frozenset[int]:
    """The tokens of the clause that a figure stands in, with what its verb's clause above shares with it."""
    verb = ground.verb(head)
    steps = 0
    while verb is not None and verb.dep_ in _OPEN and steps < 4 and not (verb.dep_ in _ASIDE and _own_subject(verb)):
        above = ground.verb(verb.head)
        if above is None or above.i == verb.i:
            break
        verb, steps = above, steps + 1
    if verb is None:
        return frozenset(token.i for token in ground.tokens)
    apart: set[int] = set()
    for token in verb.subtree:
        if (
            token.i != verb.i
            and token.dep_ in _ASIDE
            and _own_subject(token)
            and not token.is_ancestor(head)
            and token.i != head.i
        ):
            apart |= {each.i for each in token.subtree}
    return frozenset(token.i for token in verb.subtree if token.i not in apart)


def _own_subject(verb: Token) -> bool:
    return any(child.dep_ in ("nsubj", "nsubjpass") and child.tag_ not in ("WDT", "WP") for child in verb.children)


def _speaker(ground: Ground, mention: Mention) -> bool:
    """Whether a mention only says it: the subject of a verb of speech, or behind "according to"."""
    token = ground.sentence.syntax.doc[mention.head]
    for above in (token, *ground.up(token)):
        if above.pos_ in ("VERB", "AUX"):
            return above.lemma_ in _SPEECH and above.i != token.i and _subject(token, above)
        if above.lower_ == "according":
            return True
    return False


def _subject(token: Token, verb: Token) -> bool:
    below = token
    while below.head.i != verb.i and below.head.i != below.i:
        below = below.head
    speech = any(c.dep_ in ("ccomp", "parataxis") for c in verb.children) or verb.dep_ in ("parataxis", "ROOT")
    return below.dep_ in ("nsubj", "nsubjpass") and speech


def _around(ground: Ground, word: Token, usable: Sequence[Mention]) -> list[Mention]:
    """Who stands in the noun's own phrase: "Kenya's exports to Uganda", "trade between Peru and Chile"."""
    if word.pos_ not in ("NOUN", "PROPN"):
        return []
    below = {token.i for token in word.subtree}
    return [m for m in usable if m.head in below]
