"""Capitalised words that are no party: papers, formats, awards, brands of goods and pieces of surnames."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

from communique.model import Sentence
from communique.resolve.context import Context
from communique.resolve.gazetteer import Hit
from communique.resolve.names import fold
from communique.resolve.nouns import reference
from communique.tree import Token

# an Arabic article or "son of" before a demonym makes a surname of it: "al-Masri", "Al-Sahrawi"
_ARTICLE = re.compile(r"(?i)\b(?:al|el|as|ash|at|ad|an|ar)[-‐‑–]\s?$")
_WITHIN = frozenset({"pobj", "pcomp", "prep", "conj", "dobj", "compound", "nmod", "appos"})
_PIECES = frozenset({"demonym", "nationality", "city", "capital", "name"})


@functools.cache
def _documents() -> frozenset[str]:
    return frozenset(map(fold, reference()["documents"]))


@functools.cache
def _goods() -> frozenset[str]:
    return frozenset(reference()["goods"])


def is_paper(head: Token, words: Sequence[Token]) -> bool:
    """Whether a proper name is that of a paper, a format or an award, or stands in one's title.

    "the Strategic Dialogue", "the Namibian Constitution"; "Understanding" and "Trade" in "Memorandum of Understanding
    Concerning Trade". A person's name is neither.
    """
    if head.ent_type_ == "PERSON" and fold(head.lower_) not in _documents():
        return False
    if fold(head.lower_) in _documents() or fold(head.lemma_) in _documents():
        # "Captain Law", "Mr Bill": a surname
        return not any(word.ent_type_ == "PERSON" for word in words if word.i != head.i)
    above = head
    for _ in range(8):
        if above.dep_ not in _WITHIN or above.head.i == above.i:
            return False
        above = above.head
        if above.pos_ == "VERB" and above.text.islower():
            return False
        if above.pos_ == "PROPN" and fold(above.lower_) in _documents():
            return True
    return False


def is_brand(head: Token, hit: Hit) -> bool:
    """Whether a firm's name tells only whose goods are meant: "Pfizer vaccine doses"."""
    firm = hit.best.via == "group" and "BUS" in hit.best.actor.sector
    return firm and head.dep_ in ("compound", "nmod", "amod") and fold(head.head.lemma_) in _goods()


def is_surname_piece(hit: Hit, sentence: Sentence, root: Token) -> bool:
    """Whether a people's or a city's name is the end of an Arabic surname: "Al-Sahrawi pledged allegiance"."""
    if hit.best.via not in _PIECES or " " in hit.best.surface or root.lower_.endswith("s"):
        return False
    start = hit.span.start - sentence.span.start
    return _ARTICLE.search(sentence.text[max(0, start - 8) : start]) is not None


def is_first_name(hit: Hit, context: Context) -> bool:
    """Whether a city's name is the first name of somebody whom the article has named in full: "Austin" (Bell)."""
    if hit.best.via not in ("city", "capital") or " " in hit.best.surface:
        return False
    word = fold(hit.best.surface)
    full = (name.split() for name, _, person in context.persons.values() if person is None)
    return any(len(parts) > 1 and fold(parts[0]) == word for parts in full)
