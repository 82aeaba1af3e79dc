"""Reading a dependency tree: the small questions that every step asks of it."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator
from typing import TypeVar

from communique.tree import Token

_Answer = TypeVar("_Answer")
_VERBAL = frozenset({"VERB", "AUX"})
_LETTERS = re.compile(r"[^\W\d_]+")
# letters that expressions which ignore case take for i, k and s
_FOLD = str.maketrans({"\u0130": "i", "\u0131": "i", "\u017f": "s", "\u212a": "k"})


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


def verb_of(token: Token) -> Token:
    """The verb that a word hangs on, itself where it is one; the root of the sentence where there is none."""
    while token.pos_ not in _VERBAL and token.head.i != token.i:
        token = token.head
    return token


def conjuncts(token: Token) -> Iterator[Token]:
    """A noun and everything coordinated with it further right."""
    yield token
    for child in token.children:
        joined = child.dep_ == "conj" or (child.dep_ == "appos" and _begins_list(token, child))
        if joined and child.i > token.i and child.pos_ not in _VERBAL:
            yield from conjuncts(child)


def _begins_list(token: Token, apposed: Token) -> bool:
    """Whether what looks like an apposition is the second of a list of names: "Albania, Brazil, Gabon and Ghana"."""
    names = token.pos_ == apposed.pos_ == "PROPN" and apposed.i == token.i + 2 and token.nbor(1).text == ","
    return names and any(c.dep_ == "conj" and c.pos_ == "PROPN" for c in apposed.children)


@functools.lru_cache(maxsize=2_000)
def runs(text: str) -> frozenset[str]:
    """The rows of letters in a text, in small letters: whether an expression's words may stand in it at all."""
    return frozenset(_LETTERS.findall(text.translate(_FOLD).lower()))


def first_run(text: str) -> str:
    """The first row of letters in a text, in small letters; empty where it has none."""
    found = _LETTERS.search(text.translate(_FOLD).lower())
    return found.group() if found else ""


def remembered(function: Callable[[Token], _Answer]) -> Callable[[Token], _Answer]:
    """Makes a question about a word one that is worked out once, and kept with the word's paragraph.

    Every step asks the same things of the same verbs. Nobody may change an answer: all who ask get the same one.
    """

    @functools.wraps(function)
    def ask(token: Token) -> _Answer:
        answers = token.doc.answers
        known = answers.get(function)
        if known is None:
            known = answers[function] = {}
        place = token.i
        if place not in known:
            known[place] = function(token)
        answer: _Answer = known[place]
        return answer

    return ask
