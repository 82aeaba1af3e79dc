"""GDELT 2.0's 61 columns: tab-separated, no header, one row for each pair of actor and target."""

from __future__ import annotations

from typing import Any

from communique.export.tables import EventTable, fips, goldstein, known_prefix, number, pairs, published_day, state_name
from communique.model import Document, Event, Item, Participant, Place, When

WORLD_CITY, COUNTRY = "4", "1"  # GDELT's kinds of place
ROLES = {  # PLOVER's sectors as CAMEO's roles, which GDELT writes
    "GOV": "GOV", "JUD": "JUD", "LEG": "LEG", "MIL": "MIL", "COP": "COP", "SPY": "SPY", "PTY": "PTY", "OPP": "OPP",
    "REB": "REB", "PRM": "REB", "UAF": "UAF", "BUS": "BUS", "CVL": "CVL", "CRM": "CRM", "EDU": "EDU", "ELI": "ELI",
    "JRN": "MED", "LAB": "LAB", "MED": "HLH", "REF": "REF", "REL": "REL", "SOC": "CVL", "AGR": "AGR", "PRE": "OPP",
}  # fmt: skip
BODIES = {"UNO": "UNO", "EUR": "EUR"}  # bodies that GDELT names as known groups


class Gdelt(EventTable):
    """Dates as far as they are known: an event known to the month has MonthYear and Year and no SQLDATE.

    Columns that we cannot fill (tone, religion, ethnicity, administrative areas) are empty. Country codes of actors
    are ISO 3166 alpha-3, as CAMEO's nearly all are; those of places are FIPS 10-4, as GDELT's.
    """

    name = "gdelt"

    def row(self, row: dict[str, Any], item: Item, document: Document) -> None:
        """Writes one event, a row for each pair."""
        assert isinstance(item, Event)
        root = bool(document.article) and document.article[0].covers(item.sentence)
        day = published_day(document)
        code = item.cameo or ""
        for position, (actor, target) in enumerate(pairs(item)):
            self.tabbed(
                (
                    number(item.id, position),
                    *_dates(item.date),
                    *_actor(actor),
                    *_actor(target),
                    int(root),
                    code,
                    code[:3],
                    code[:2],
                    item.quad_code,
                    goldstein(item.cameo),
                    1,
                    1,
                    1,
                    "",
                    *_place(None),
                    *_place(None),
                    *_place(item.place),
                    f"{day:%Y%m%d}000000" if day else "",
                    document.url or document.id,
                )
            )


def _dates(when: When) -> tuple[str, str, str, str]:
    """SQLDATE, MonthYear, Year and FractionDate, each only where it is sure."""
    known = known_prefix(when)
    if not known:
        return "", "", "", ""
    year, month, day = (*known.split("-"), "", "")[:3]
    # GDELT's own approximation of the part of the year that has passed
    fraction = f"{int(year) + (int(month) * 30 + int(day)) / 365:.4f}" if day else ""
    return year + month + day if day else "", year + month if month else "", year, fraction


def _actor(who: Participant | None) -> tuple[str, ...]:
    """Code, Name, CountryCode, KnownGroupCode, EthnicCode, two religions, three types."""
    if who is None:
        return ("",) * 10
    code = who.actor.code or ""
    roles = list(dict.fromkeys(ROLES[sector] for sector in who.actor.sector if sector in ROLES))[:3]
    country = code if state_name(code) else ""
    types = [*roles, "", "", ""][:3]
    if code and not country and code not in BODIES:  # IGO, NGO, MNC ... are types in CAMEO
        types = [*dict.fromkeys([code, *roles]), "", "", ""][:3]
    name = (who.actor.name or who.text).upper()
    whole = (country or BODIES.get(code, "")) + "".join(types)
    return whole, name, country, BODIES.get(code, ""), "", "", "", *types


def _place(place: Place | None) -> tuple[str, ...]:
    """Type, FullName, CountryCode, ADM1Code, ADM2Code, Lat, Long, FeatureID."""
    if place is None:
        return ("",) * 8
    country = state_name(place.code)
    kind = COUNTRY if country and place.name == country else WORLD_CITY
    whole = place.name if kind == COUNTRY or not country else f"{place.name}, {country}"
    latitude = "" if place.latitude is None else f"{place.latitude:g}"
    longitude = "" if place.longitude is None else f"{place.longitude:g}"
    return kind, whole, fips().get(place.code or "", ""), "", "", latitude, longitude, str(place.geonames or "")
