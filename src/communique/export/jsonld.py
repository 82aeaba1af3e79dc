"""JSON-LD 1.1 with schema.org's words: pages, events, quotations and claims, linked, with the whole item inside."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import IO, Any

from communique.export.base import Exporter
from communique.model import Document, Item
from communique.settings import KINDS

OWN = "urn:communique:"
CONTEXT: dict[str, Any] = {
    "@version": 1.1,
    "@vocab": "https://schema.org/",
    "communique": OWN,
    "wikidata": "http://www.wikidata.org/entity/",
    "id": "@id",
    "type": "@type",
    **{name: {"@type": "@id"} for name in ("isPartOf", "subjectOf", "appearance")},
    "url": {"@id": "url", "@type": "@id"},
    "plover": "communique:plover",
    "mode": "communique:mode",
    "context": "communique:context",
    "stance": "communique:stance",
    "actor": {"@id": "communique:actor", "@container": "@list"},
    "recipient": {"@id": "communique:recipient", "@container": "@list"},
    # the item as docs/output.md has it: what schema.org has no word for is kept too
    "record": {"@id": "communique:record", "@type": "@json"},
}
TYPES = {
    "event": "Event", "figure": "Claim", "quote": "Quotation", "assessment": "Claim", "project": "Project",
    "forum": "Organization",
}  # fmt: skip
# of things that lie ahead only: schema.org has no word for what is possible, denied or past
STATUS = {"planned": "EventScheduled"}


class JsonLd(Exporter):
    """One object with its context and a graph, an entity a line; each page and each party stands once.

    Parties have Wikidata's address where it is known, else one made of code and name.
    """

    name = "jsonld"

    def __init__(self, stream: IO[bytes], kinds: Iterable[str] = KINDS) -> None:
        self._seen: set[str] = set()
        super().__init__(stream, kinds)
        context = json.dumps(CONTEXT, ensure_ascii=False)
        self.stream.write(f'{{"@context": {context},\n"@graph": ['.encode())

    def row(self, row: dict[str, Any], item: Item, document: Document) -> None:
        """Writes one item, after the page and the parties that it is the first to name."""
        self._entity(page(row, document), once=True)
        entity, parties = described(row, document)
        for party in parties:
            self._entity(party, once=True)
        self._entity(entity)

    def _entity(self, entity: dict[str, Any], once: bool = False) -> None:
        if once and entity["id"] in self._seen:
            return
        self.stream.write(b",\n" if self._seen else b"\n")
        self._seen.add(entity["id"] if once else "")
        known = {name: value for name, value in entity.items() if value not in (None, "", [])}
        self.stream.write(json.dumps(known, ensure_ascii=False).encode("utf8", "replace"))

    def close(self) -> None:
        """Closes graph and object."""
        self.line("\n]}")
        super().close()


def page(row: dict[str, Any], document: Document) -> dict[str, Any]:
    """The document as a NewsArticle; its day only where it is one."""
    cite = row["cite_info"]
    day = document.published.day
    return {
        "id": f"{OWN}document:{document.key}",
        "type": "NewsArticle",
        "identifier": document.id,
        "headline": cite["title"],
        "author": {"type": "Person", "name": cite["byline"]} if cite["byline"] else None,
        "publisher": {"type": "Organization", "name": cite["publication"]} if cite["publication"] else None,
        "url": cite["url"] if _address(cite["url"]) else None,
        "inLanguage": cite["language"],
        "datePublished": day.isoformat() if day else None,
    }


def described(row: dict[str, Any], document: Document) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """An item as an entity of schema.org, and the parties that it names."""
    parties: dict[str, dict[str, Any]] = {}

    def ids(held: Any) -> list[dict[str, str]]:
        people = held if isinstance(held, list) else [held] if held else []
        found = [party(who) for who in people]
        parties.update((each["id"], each) for each in found)
        return [{"id": each["id"]} for each in found]

    kind, where = row["kind"], f"{OWN}document:{document.key}"
    entity: dict[str, Any] = {"id": f"{OWN}{kind}:{row['id']}", "type": TYPES[kind]}
    if kind == "event":
        entity |= {
            "name": " ".join(part for part in (row["event"], row["mode"]) if part),
            "startDate": row["date"] if row["date_precision"] != "unknown" else None,
            "endDate": row["enddate"] if row["date_precision"] != "unknown" else None,
            "location": _place(row),
            "eventStatus": {"id": f"https://schema.org/{STATUS[row['stance']]}"} if row["stance"] in STATUS else None,
            "plover": row["event"],
            "mode": row["mode"],
            "context": row["context"],
            "stance": row["stance"],
            "actor": ids(row["actor"]),
            "recipient": ids(row["recipient"]),
            "subjectOf": where,
        }
    elif kind == "quote":
        entity |= {"text": row["quote"], "creator": ids(row["speaker"]), "about": ids(row["about"]), "isPartOf": where}
    elif kind in ("figure", "assessment"):
        voice = row["attributed_to"] if kind == "figure" else row["by"]
        about = row["between"] if kind == "figure" else row["about"]
        entity |= {"text": row["text"], "author": ids(voice), "about": ids(about), "appearance": where}
    elif kind == "project":
        entity |= {"name": row["name"], "member": ids(row["between"]), "subjectOf": where}
    else:
        entity |= {"name": row["name"], "member": ids(row["members"]), "subjectOf": where}
    return {**entity, "description": row["text"], "record": row}, list(parties.values())


def party(who: dict[str, Any]) -> dict[str, Any]:
    """A participant as an entity with its name and code; what it is (person, body, state) stands in the record."""
    name = who["name"] or who["entity_text"]
    number = who["identifier"]
    if number and number[:1] == "Q" and number[1:].isdigit():
        identity = f"wikidata:{number}"
    else:
        from communique.model import content_id

        identity = f"{OWN}party:{content_id(who['code'], name)}"
    return {"id": identity, "type": "Thing", "name": name, "identifier": who["code"]}


def _place(row: dict[str, Any]) -> dict[str, Any] | None:
    if not row["place"]:
        return None
    place: dict[str, Any] = {"type": "Place", "name": row["place"]}
    if row.get("place_code"):
        place["address"] = {"type": "PostalAddress", "addressCountry": row["place_code"]}
    if row.get("latitude") is not None and row.get("longitude") is not None:
        place["geo"] = {"type": "GeoCoordinates", "latitude": row["latitude"], "longitude": row["longitude"]}
    return place


def _address(url: str | None) -> bool:
    return bool(url) and str(url).startswith(("http://", "https://")) and not set(str(url)) & set(' <>"{}|\\^`')
