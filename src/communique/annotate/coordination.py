"""Two officials whom parsers take for one: "the Secretary and Foreign Minister Roe" are the Secretary, and Roe."""

from __future__ import annotations

import functools
import re
from typing import Any

from communique.knowledge import load

_INNER = frozenset({"nmod", "compound", "amod"})
# as many words may stand between "and" and the name
_LONGEST = 6


@functools.cache
def _tables() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Offices that "the" alone makes somebody, second titles of the same person, and titles before a name."""
    own: Any = load.data("reference.yaml")
    titles: Any = load.data("entities.yaml")["titles"]
    return frozenset(own["alone"]), frozenset(own["one_with"]), frozenset(map(str, titles)) | {"advisor", "adviser"}


@functools.cache
def _maybe() -> re.Pattern[str]:
    """Such an office before "and": most lines have none, and need not be read word by word."""
    return re.compile(rf"(?:{'|'.join(map(re.escape, sorted(_tables()[0])))})\s*and", re.I)


def mend(doc: Any) -> None:
    """Hangs the second of two officials on the first in a parsed spaCy Doc, where it made the first his modifier."""
    if not _maybe().search(doc.text):
        return
    for place in range(2, len(doc) - 2):
        if doc[place].lower_ == "and":
            name = _named_after(doc, place)
            if name is not None:
                _rehang(doc, place, name)


def _named_after(doc: Any, place: int) -> int | None:
    """The index of the name of the second official at an "and" between two, or None."""
    alone, one_with, titles = _tables()
    first = doc[place - 1]
    if first.lower_ not in alone or not first.text[:1].isupper():
        return None
    start = place - 2
    while start > 0 and doc[start].lower_ in ("deputy", "vice"):
        start -= 1
    if first.dep_ in _INNER:
        name = first.head
        while name.dep_ in _INNER and name.head.i > name.i:
            name = name.head
    else:
        # what comes after "and" is no apposition
        name = next((child for child in first.rights if child.dep_ == "appos" and child.i > place), first)
    between = doc[place + 1 : name.i]
    if doc[start].lower_ != "the" or not 0 < len(between) <= _LONGEST or name.tag_ != "NNP":
        return None
    lowered = {token.lower_ for token in between}
    if not lowered & titles or lowered & one_with or name.lower_ in titles or name.lower_ in one_with:
        return None
    return int(name.i) if all(token.text[:1].isupper() for token in between) else None


def _rehang(doc: Any, place: int, at: int) -> None:
    first, name = doc[place - 1], doc[at]
    top, relation = name.head, name.dep_
    if relation != "appos" or top.i != first.i:
        first.head, first.dep_ = (first if top.i == name.i else top), relation
    name.head, name.dep_ = first, "conj"
    doc[place].head, doc[place].dep_ = first, "cc"
    start = place - 2
    while doc[start].lower_ != "the":
        doc[start].head, doc[start].dep_ = first, "compound"
        start -= 1
    doc[start].head, doc[start].dep_ = first, "det"
    for token in doc[place + 1 : at]:
        if token.head.i <= place or token.head.i > at:
            token.head, token.dep_ = name, "compound"
        elif token.dep_ in ("conj", "nmod"):
            token.dep_ = "compound"
