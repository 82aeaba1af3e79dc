"""The same event told by one or many reports becomes one record, in which every report keeps its own values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from communique.merge.cluster import Clustered, Wishes, clusters
from communique.merge.copies import article, joined, order, publication, sketched
from communique.merge.nearness import About, Nearness, nearness
from communique.merge.record import records as records_of
from communique.merge.tell import revises, tellings
from communique.merge.telling import FIGURE, Telling
from communique.merge.topic import topic
from communique.merge.words import rules
from communique.model import Coded, Document, Record

_CREDIT = re.compile(r"^[^a-z]{3,60}(?:[A-Z][a-z]{2,8}\.? \d{1,2}(?:, \d{4})?,? )?\(([A-Z][\w .&-]{1,40})\)\s*[-–—]")
_HEAD = 600  # characters of an article in which it says whose text it is


def records(coded: Iterable[Coded], *, figures: bool = False, wishes: Wishes | None = None) -> list[Record]:
    """The records of documents, by date; the undated ones last. The same documents in any order give the same records.

    status: disputed where reports contradict each other; superseded where a later report corrects; else corroborated
    where two independent voices tell it; else single. figures says whether the records of figures are given too.
    """
    held = {each.document.key: each for each in coded}
    first = roots({key: each.document for key, each in held.items()})
    told = [telling.of_text(first[key]) for key, each in sorted(held.items()) for telling in of_coded(each)]
    near = nearness({key: about(each.document) for key, each in held.items() if first[key] == key})
    found = clustered(told, near, wishes)
    kept = records_of(found.clusters, found.links)
    return kept if figures else [each for each in kept if each.event != FIGURE]


def clustered(told: Iterable[Telling], near: Nearness, wishes: Wishes | None = None) -> Clustered:
    """The clusters of tellings; those without anybody in them stay alone."""
    return clusters(told, near, wishes)


def roots(documents: Mapping[str, Document]) -> dict[str, str]:
    """For each key that of the earliest text that its document copies, itself where it copies nobody."""
    keys = sorted(documents)
    texts = dict(zip(keys, sketched([documents[key] for key in keys]), strict=True))
    found: dict[str, str] = {}
    for group in joined(texts).groups():
        first = min(group, key=lambda key: order(documents[key]))
        found |= dict.fromkeys(group, first)
    return found


def of_coded(coded: Coded) -> Iterator[Telling]:
    """What a document tells, as if it copied nobody."""
    seen: set[str] = set()
    for telling in tellings(coded, agency(coded.document)):
        if telling.event_id not in seen:  # what was read twice in one place is told once
            seen.add(telling.event_id)
            yield telling


def about(document: Document) -> About:
    """What a document is about, and when it came out."""
    return About(topic(heading(document)), publication(document), revises(document))


def heading(document: Document) -> str:
    """The title and the article: what a document is about stands there."""
    return f"{document.title or ''}\n{article(document)}"


def agency(document: Document) -> str:
    """The news agency whose text a page says it is, in small letters; empty where it names none."""
    head = article(document).lstrip()[:_HEAD]
    for line in head.splitlines()[:4]:
        if found := _CREDIT.match(line.strip()):
            return found[1].casefold().strip()
    names = rules()["agencies"]
    for said in (document.byline or "", document.source or ""):
        for name, spellings in names.items():
            if said.casefold().strip() in spellings:
                return str(name).casefold()
    return ""
