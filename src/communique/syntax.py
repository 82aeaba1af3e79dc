"""Reading a dependency tree: the small questions that every step asks of it."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

_VERBAL = frozenset({"VERB", "AUX"})


def under(prep: Token) -> list[Token]:
    """The nouns under a preposition; where the parser left it empty, the noun phrase that follows it."""
    found = [child for child in prep.children if child.dep_ == "pobj"]
    if found or any(child.dep_ in ("pcomp", "prep") for child in prep.children):
        return found
    doc, place = prep.doc, prep.i + 1
    if place < len(doc):
        token = doc[place]
        while token.head.i > token.i and token.head.left_edge.i == place and token.head.pos_ in ("NOUN", "PROPN"):
            token = token.head
        if token.pos_ in ("NOUN", "PROPN", "PRON") and token.left_edge.i == place:
            return [token]
    return []


def conjuncts(token: Token) -> Iterator[Token]:
    """A noun and everything coordinated with it further right."""
    yield token
    for child in token.children:
        if child.dep_ == "conj" and child.i > token.i and child.pos_ not in _VERBAL:
            yield from conjuncts(child)
