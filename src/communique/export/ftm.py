"""FollowTheMoney (Aleph, OpenSanctions): events with who took part, the articles that tell them, and mentions."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import IO, Any

from communique.export.dates import period
from communique.export.tables import EventTable, known_prefix, states
from communique.knowledge import load
from communique.model import Actor, Document, Event, Item, Participant, content_id
from communique.settings import KINDS

SCHEMAS = {"person": "Person", "state": "PublicBody", "office": "PublicBody", "body": "Organization"}
BODIES = {"EUR": "eu"}  # bodies that FollowTheMoney has as countries


class FollowTheMoney(EventTable):
    """One entity a line, as `ftm` reads them; parties and articles stand once, before the events that name them.

    It knows actors and recipients alike as `involved`, and has no word for what did not happen: as in the tables of
    the field, only what is told as having happened is written. Dates are as short as what is known; a bound on one
    side stands in `notes`.
    """

    name = "ftm"

    def __init__(self, stream: IO[bytes], kinds: Iterable[str] = KINDS) -> None:
        super().__init__(stream, kinds)
        self._seen: set[str] = set()

    def row(self, row: dict[str, Any], item: Item, document: Document) -> None:
        """Writes one event, after its article and the parties that it is the first to name."""
        assert isinstance(item, Event)
        article = f"doc-{document.key}"
        self._entity(article, "Article", _article(document), once=True)
        people = {_id(who): who for who in (*item.actor, *item.recipient)}
        for identity, who in people.items():
            self._entity(identity, SCHEMAS.get(who.actor.kind, "LegalEntity"), _party(who.actor, who.text), once=True)
            mention = {"document": [article], "resolved": [identity], "name": [who.text]}
            self._entity(f"men-{content_id(article, identity, who.text)}", "Mention", mention, once=True)
        self._entity(f"evt-{row['id']}", "Event", _event(item, document, article, list(people)))

    def _entity(self, identity: str, schema: str, properties: dict[str, list[Any]], once: bool = False) -> None:
        if once:
            if identity in self._seen:
                return
            self._seen.add(identity)
        clean = {
            name: list(dict.fromkeys(filter(None, (_clean(str(value)) for value in values if value))))
            for name, values in properties.items()
        }
        known = {name: values for name, values in clean.items() if values}
        self.json_line({"id": identity, "schema": schema, "properties": known})


def _clean(text: str) -> str:
    """In one line and without signs of no width or meaning, as the library itself cleans what it reads."""
    kept = "".join(char if char.isspace() or unicodedata.category(char)[0] != "C" else "" for char in text)
    return " ".join(kept.split())


def _event(event: Event, document: Document, article: str, people: list[str]) -> dict[str, list[Any]]:
    known = known_prefix(event.date)
    first, last = (event.date.earliest, event.date.latest) if event.date.known and not _exact(event) else (None, None)
    bound = period(event.date) if not event.date.known else None
    place = event.place
    return {
        "name": [" ".join(part for part in (event.event, event.mode) if part)],
        "date": [known if _exact(event) else None],
        "startDate": [first],
        "endDate": [last],
        "location": [place.name if place else None],
        "country": [_iso2(place.code) if place else None],
        "involved": people,
        "summary": [event.sentence.cut(document.text)],
        "keywords": [event.event, event.mode, *event.context, event.cameo],
        "notes": [f"date within {bound}" if bound else None],
        "recordId": [event.id],
        "publisher": [document.source],
        "sourceUrl": [document.url if _web(document.url) else None],
        "proof": [article],
    }


def _exact(event: Event) -> bool:
    """Whether its date is one day, month or year."""
    return event.date.known and "/" not in (period(event.date) or "/")


def _article(document: Document) -> dict[str, list[Any]]:
    return {
        "title": [document.title],
        "name": [document.title or document.id],
        "author": [document.byline],
        "publisher": [document.source],
        "publishedAt": [known_prefix(document.published)],
        "sourceUrl": [document.url if _web(document.url) else None],
        "language": [load.data("languages.yaml")["iso639_3"].get(document.language)],
        "fileName": [document.id],
    }


def _party(actor: Actor, text: str) -> dict[str, list[Any]]:
    return {
        "name": [actor.name or text],
        "country": [_iso2(actor.code)],
        "position": [actor.office if actor.kind == "person" else None],
        "sector": list(actor.sector),
        "wikidataId": [actor.identifier],
    }


def _id(who: Participant) -> str:
    actor = who.actor
    return f"ent-{content_id(actor.kind, actor.code, actor.identifier or actor.name or who.text)}"


def _iso2(code: str | None) -> str | None:
    """The code as FollowTheMoney writes countries: two small letters; None for what is none."""
    found = states().get(code or "", {}).get("iso2")
    return BODIES.get(code or "") or (str(found).lower() if found else None)


def _web(url: str | None) -> bool:
    return bool(url) and str(url).startswith(("http://", "https://"))
