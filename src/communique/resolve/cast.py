"""The cast of an article: who is named in which office, with the terms in which each held it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from communique.model import Document, Mention
from communique.resolve.names import fold
from communique.resolve.nouns import reference, titles
from communique.resolve.people import by_name
from communique.resolve.published import Cast, sitting


def cast(document: Document, mentions: Iterable[Mention]) -> Iterator[Cast]:
    """Every term that a person could be in who is named with the title of an office, in the present.

    Several terms of one person are several entries: the date of the article lies in one of them.
    """
    for mention in mentions:
        actor = mention.actors[0]
        person = by_name().get(actor.name or "") if actor.kind == "person" else None
        if (
            person is None
            or actor.code not in {term.code for term in person.terms}
            or not sitting(document.text, mention.span)
        ):
            continue
        offices = _offices(mention.text)
        for term in person.terms:
            if term.office in offices:
                yield Cast(person.name, term.office, term.code, term.from_, term.to, mention.span)


def _offices(text: str) -> set[str]:
    """The offices of the table that the titles in a mention's words can mean."""
    words = [fold(word).strip(".,'’") for word in text.split()]
    found: set[str] = set()
    for start in range(len(words)):
        for end in range(start + 1, min(len(words), start + 5) + 1):
            title = titles().get(" ".join(words[start:end]))
            if title is not None:
                found |= {title.office, *(reference()["offices"].get(fold(title.office)) or ())}
    if len(found) > 1 and "Minister" in found:
        found.discard("Minister")
    return found
