"""Near-copies: pages whose article is the same text with small edits, however many outlets print it.

Bands of MinHash values find who might resemble whom without comparing everybody; each candidate is then compared
exactly, so that chance decides nothing but what is looked at.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from communique.merge import sketch
from communique.merge.groups import Groups
from communique.merge.sketch import Sketch, copied, resemble, shingles

if TYPE_CHECKING:
    from communique.model import Document

__all__ = ["article", "near_copies", "publication", "resemble", "shingles", "sketched", "voices"]

Order = tuple[dt.date, str, str]


def near_copies(documents: Iterable[Document]) -> list[tuple[str, ...]]:
    """Groups of the keys of documents that tell the same text; each group and the list are sorted, earliest first.

    A document that copies nobody is in no group. Being a copy is handed on: if A copies B and B copies C, all three
    are one group. The order in which documents are given changes nothing.
    """
    held = {document.key: document for document in documents}
    keys = sorted(held)
    texts = dict(zip(keys, sketched([held[key] for key in keys]), strict=True))
    found = [sorted(keys, key=lambda key: order(held[key])) for keys in joined(texts).groups() if len(keys) > 1]
    return sorted((tuple(keys) for keys in found), key=lambda keys: order(held[keys[0]]))


def voices(documents: Iterable[Document]) -> dict[str, str]:
    """For the key of each document the key of the earliest text that it copies, itself where it copies nobody."""
    held = list(documents)
    voice = {document.key: document.key for document in held}
    for members in near_copies(held):
        voice |= dict.fromkeys(members, members[0])
    return voice


def joined(texts: Mapping[str, Sketch]) -> Groups:
    """The groups of texts that copy each other, over as many steps as it takes."""
    keys = [key for key, text in texts.items() if len(text.whole)]
    groups = Groups(texts)
    index: dict[int, list[str]] = {}
    for key, row in zip(keys, sketch.marks([texts[key] for key in keys]), strict=True):
        seen: set[str] = set()
        for band in row:
            mates = index.setdefault(band, [])
            for mate in mates:
                # who is in the group already need not be compared: belonging is handed on
                if mate not in seen and not groups.together(mate, key):
                    seen.add(mate)
                    if copied(texts[mate], texts[key]):
                        groups.join(mate, key)
            mates.append(key)
    return groups


def sketched(documents: Sequence[Document]) -> list[Sketch]:
    """What copies of documents are found by, in their order."""
    articles = [[span.cut(document.text) for span in document.article] for document in documents]
    return sketch.sketches(articles, [publication(document) for document in documents])


def publication(document: Document) -> int | None:
    """The ordinal of the last day on which a document can have come out, where both bounds are known."""
    published = document.published
    return published.latest.toordinal() if published.earliest and published.latest else None


def article(document: Document) -> str:
    """The article alone: a passage that stands twice on the page is in it once."""
    return "\n".join(span.cut(document.text) for span in document.article)


def order(document: Document) -> Order:
    """A place in time that does not depend on when the document came: by publication, then by id."""
    return document.published.earliest or document.published.latest or dt.date.max, document.id, document.key
