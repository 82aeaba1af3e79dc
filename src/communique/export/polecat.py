"""POLECAT's 40 columns: tab-separated with a header, several values joined by "; ", nothing written as None."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from communique.export.tables import EventTable, cow, known_prefix, state_name
from communique.model import Document, Event, Item, Participant

COLUMNS = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts",
    "Actor Name", "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors", "Actor Title",
    "Actor Name Raw", "Wikipedia Actor ID",
    "Recipient Name", "Recipient Country", "Recipient COW", "Primary Recipient Sector", "Recipient Sectors",
    "Recipient Title", "Recipient Name Raw", "Wikipedia Recipient ID",
    "Placename", "City", "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename",
    "Feature Type", "Source", "Publication Date", "Story People", "Story Organizations", "Story Locations",
    "Language", "Version",
)  # fmt: skip
QUADS = {1: "VERBAL COOPERATION", 2: "MATERIAL COOPERATION", 3: "VERBAL CONFLICT", 4: "MATERIAL CONFLICT"}
NONE = "None"


class Polecat(EventTable):
    """One event a row. Event Date is as short as what is known of it: a day, a month, a year, or None.

    The columns for Wikipedia hold Wikidata identifiers, the only ones that we have. Story People, Organizations and
    Locations name who takes part in this event; POLECAT's own list all that its story names.
    """

    name = "polecat"

    def head(self) -> tuple[str, ...]:
        """The names of the columns."""
        return ("\t".join(COLUMNS),)

    def row(self, row: dict[str, Any], item: Item, document: Document) -> None:
        """Writes one event."""
        assert isinstance(item, Event)
        everyone = (*item.actor, *item.recipient)
        place = item.place
        self.tabbed(
            (
                item.id,
                known_prefix(item.date) or NONE,
                item.event,
                item.mode or NONE,
                item.event_scale,
                QUADS[item.quad_code],
                joined(item.context),
                *_side(item.actor),
                *_side(item.recipient),
                place.name if place else NONE,
                NONE,
                NONE,
                NONE,
                (state_name(place.code) or place.code or NONE) if place else NONE,
                place.latitude if place and place.latitude is not None else NONE,
                place.longitude if place and place.longitude is not None else NONE,
                (place.geonames or NONE) if place else NONE,
                place.span.cut(document.text) if place and place.span else NONE,
                NONE,
                document.source or NONE,
                known_prefix(document.published) or NONE,
                joined(who.actor.name or who.text for who in everyone if who.actor.kind == "person"),
                joined(who.actor.name or who.text for who in everyone if who.actor.kind in ("body", "group", "office")),
                joined(who.actor.name or who.text for who in everyone if who.actor.kind == "state"),
                document.language or NONE,
                row["coder"],
            )
        )


def _side(side: tuple[Participant, ...]) -> tuple[str, ...]:
    sectors = [sector for who in side for sector in who.actor.sector]
    return (
        joined(who.actor.name or who.text for who in side),
        joined(who.actor.code for who in side),
        joined(cow(who.actor.code) for who in side),
        sectors[0] if sectors else NONE,
        joined(sectors),
        joined(who.actor.office for who in side),
        joined(who.text for who in side),
        joined(who.actor.identifier for who in side),
    )


def joined(values: Iterable[str | None]) -> str:
    """The values once each, joined by "; "; None where there is none."""
    return "; ".join(dict.fromkeys(value for value in values if value)) or NONE
