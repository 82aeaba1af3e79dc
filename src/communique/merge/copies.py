"""Near-copies: pages whose article is the same text with small edits, however many outlets print it.

Word shingles are sketched with MinHash to find who might resemble whom without comparing everybody; each candidate
is then compared exactly, so that the outcome does not rest on chance.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

from communique.merge.words import rules, tokens

if TYPE_CHECKING:
    from communique.model import Document

# 128 values in 64 bands of two find a pair that shares a fifth of its shingles in 92 of 100 cases and one that shares
# a half always: 1 - (1 - s**2)**64. Candidates are checked exactly, so that too many cost only time.
PERMUTATIONS = 128
BANDS = 64
SEED = 20_190_605

Shingles = frozenset[str]


def near_copies(documents: Iterable[Document]) -> list[tuple[str, ...]]:
    """Groups of the keys of documents that tell the same text; each group and the list are sorted, earliest first.

    A document that copies nobody is in no group. Being a copy is handed on: if A copies B and B copies C, all three
    are one group. The order in which documents are given changes nothing.
    """
    held = {document.key: document for document in documents}
    texts = {key: shingles(article(document)) for key, document in sorted(held.items())}
    group = _Groups()
    for one, other in _candidates(texts):
        if resemble(texts[one], texts[other]):
            group.join(one, other)
    found = [sorted(members, key=lambda key: _order(held[key])) for members in group.groups() if len(members) > 1]
    return sorted((tuple(members) for members in found), key=lambda members: _order(held[members[0]]))


def voices(documents: Iterable[Document]) -> dict[str, str]:
    """For the key of each document the key of the earliest text that it copies, itself where it copies nobody."""
    held = list(documents)
    voice = {document.key: document.key for document in held}
    for members in near_copies(held):
        voice |= dict.fromkeys(members, members[0])
    return voice


def article(document: Document) -> str:
    """The article alone: a passage that stands twice on the page is in it once."""
    return "\n".join(span.cut(document.text) for span in document.article)


def shingles(text: str) -> Shingles:
    """Every run of words of the text, of the length that knowledge/merge.yaml gives."""
    words = tokens(text)
    size = int(rules()["shingle"])
    if len(words) < size:
        return frozenset([" ".join(words)]) if words else frozenset()
    return frozenset(" ".join(words[at : at + size]) for at in range(len(words) - size + 1))


def resemble(one: Shingles, other: Shingles) -> bool:
    """Whether two texts are one text with edits, or the shorter one is mostly a part of the longer one."""
    if not one or not other:
        return False
    if min(len(one), len(other)) < int(rules()["shortest_text"]):
        return one == other
    shared = len(one & other)
    resemblance = shared / (len(one) + len(other) - shared)
    containment = shared / min(len(one), len(other))
    return bool(resemblance >= rules()["same_text"] or containment >= rules()["same_passage"])


def _candidates(texts: dict[str, Shingles]) -> list[tuple[str, str]]:
    """Pairs of keys whose sketches share a band."""
    from rensa import RMinHash, RMinHashLSH

    keys = [key for key, text in texts.items() if text]
    index = RMinHashLSH(threshold=0.5, num_perm=PERMUTATIONS, num_bands=BANDS)
    pairs: list[tuple[str, str]] = []
    for number, key in enumerate(keys):
        sketch = RMinHash(num_perm=PERMUTATIONS, seed=SEED)
        sketch.update(sorted(texts[key]))
        pairs.extend((keys[near], key) for near in sorted(index.query(sketch)))
        index.insert(number, sketch)
    return pairs


def _order(document: Document) -> tuple[dt.date, str, str]:
    return document.published.earliest or dt.date.max, document.id, document.key


class _Groups:
    """Who belongs together, by pairs."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}

    def _root(self, key: str) -> str:
        while (parent := self._parent.setdefault(key, key)) != key:
            self._parent[key] = key = self._parent[parent]
        return key

    def join(self, one: str, other: str) -> None:
        """The two, and all that are with them, belong together."""
        first, second = sorted((self._root(one), self._root(other)))
        self._parent[second] = first

    def groups(self) -> list[list[str]]:
        """Everybody who was joined, group by group."""
        found: dict[str, list[str]] = {}
        for key in sorted(self._parent):
            found.setdefault(self._root(key), []).append(key)
        return list(found.values())
