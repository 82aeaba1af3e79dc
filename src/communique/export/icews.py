"""ICEWS's 20 columns: tab-separated with a header, one row for each pair of source and target."""

from __future__ import annotations

from typing import Any

from communique.export.tables import (
    SECTORS,
    EventTable,
    cameo_name,
    goldstein,
    known_prefix,
    number,
    pairs,
    state_name,
)
from communique.model import Document, Event, Item, Participant

COLUMNS = (
    "Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text", "CAMEO Code",
    "Intensity", "Target Name", "Target Sectors", "Target Country", "Story ID", "Sentence Number", "Publisher",
    "City", "District", "Province", "Country", "Latitude", "Longitude",
)  # fmt: skip


class Icews(EventTable):
    """Event Date is as short as what is known: a day, a month, a year, or nothing. Intensity is Goldstein's scale."""

    name = "icews"

    def head(self) -> tuple[str, ...]:
        """The names of the columns."""
        return ("\t".join(COLUMNS),)

    def row(self, row: dict[str, Any], item: Item, document: Document) -> None:
        """Writes one event, a row for each pair."""
        assert isinstance(item, Event)
        place = item.place
        country = state_name(place.code) if place else ""
        for position, (source, target) in enumerate(pairs(item)):
            self.tabbed(
                (
                    number(item.id, position),
                    known_prefix(item.date),
                    *_party(source),
                    cameo_name(item.cameo) or item.event,
                    item.cameo or "",
                    goldstein(item.cameo),
                    *_party(target),
                    number(document.key),
                    item.sequence + 1,
                    document.source or "",
                    place.name if place and place.name != country else "",
                    "",
                    "",
                    country,
                    "" if place is None or place.latitude is None else place.latitude,
                    "" if place is None or place.longitude is None else place.longitude,
                )
            )


def _party(who: Participant | None) -> tuple[str, str, str]:
    if who is None:
        return "", "", ""
    sectors = ",".join(SECTORS.get(sector, sector) for sector in who.actor.sector)
    return who.actor.name or who.text, sectors, state_name(who.actor.code) or who.actor.code or ""
