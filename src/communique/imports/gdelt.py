"""GDELT's events, 2.0 (61 columns) and 1.0 (57 or 58): no header, CAMEO codes, FIPS 10-4 codes of places."""

from __future__ import annotations

import functools

from communique.addresses import host
from communique.errors import InputError
from communique.export.tables import fips
from communique.imports.row import Row, country, made, of_cameo, party, place, when
from communique.knowledge import load
from communique.model import UNKNOWN, Coded, Participant

_ACTOR = "Code Name CountryCode KnownGroupCode EthnicCode Religion1Code Religion2Code Type1Code Type2Code Type3Code"
_GEO = "Type FullName CountryCode ADM1Code ADM2Code Lat Long FeatureID"
COLUMNS = (
    *"GLOBALEVENTID SQLDATE MonthYear Year FractionDate".split(),
    *(f"Actor{number}{name}" for number in (1, 2) for name in _ACTOR.split()),
    *"IsRootEvent EventCode EventBaseCode EventRootCode QuadClass GoldsteinScale".split(),
    *"NumMentions NumSources NumArticles AvgTone".split(),
    *(f"{where}Geo_{name}" for where in ("Actor1", "Actor2", "Action") for name in _GEO.split()),
    *"DATEADDED SOURCEURL".split(),
)
OLDER = tuple(name for name in COLUMNS if not name.endswith("ADM2Code"))
SHAPES = {len(COLUMNS): COLUMNS, len(OLDER): OLDER, len(OLDER) - 1: OLDER[:-1]}  # the oldest files have no address
WHOLE_COUNTRY = "1"


def columns(first: list[str]) -> tuple[tuple[str, ...], bool]:
    """The names of the columns by how many there are. Raises InputError for another number."""
    names = SHAPES.get(len(first))
    if names is None:
        raise InputError(
            f"the first line has {len(first)} columns", advice="GDELT's events have 61 between tabs (1.0: 58 or 57)"
        )
    return names, first[0].strip() == names[0]


def coded(row: Row) -> Coded:
    """One row as a document with its event."""
    if not row.get("GLOBALEVENTID").isdigit():
        raise ValueError(f"GLOBALEVENTID is no number: “{row.get('GLOBALEVENTID')}”")
    code = row.get("EventCode")
    what, mode, context = of_cameo(code)
    date = next((text for text in map(row.get, ("SQLDATE", "MonthYear", "Year")) if text), "")
    address = row.get("SOURCEURL")
    web = address.startswith(("http://", "https://"))
    added = row.get("DATEADDED")
    return made(
        row,
        row.get("GLOBALEVENTID"),
        what,
        at="EventCode",
        mode=mode,
        context=context,
        scale=None,
        cameo=code,
        sides=(_party(row, "Actor1"), _party(row, "Actor2")),
        date=when(date, "SQLDATE") if date else UNKNOWN,
        where=place(
            row,
            row.get("ActionGeo_FullName"),
            _from_fips().get(row.get("ActionGeo_CountryCode")),
            "ActionGeo_Lat",
            "ActionGeo_Long",
            "ActionGeo_FeatureID",
        ),
        published=when(added[:8], "DATEADDED") if added else UNKNOWN,
        source=host(address) if web else "",
        url=address if web else "",
    )


def _party(row: Row, side: str) -> tuple[Participant, ...]:
    if not any(map(row.get, (f"{side}Code", f"{side}Name", f"{side}CountryCode"))):
        return ()
    held = load.data("datasets.yaml")
    code = country(row.get(f"{side}CountryCode"))
    types = [row.get(f"{side}Type{number}Code") for number in (1, 2, 3)]
    group = row.get(f"{side}KnownGroupCode")
    if code is None:
        body = next((each for each in types if each in held["bodies"]), None)
        code = (held["groups"].get(group) if group else None) or body or ("IGO" if group else None)
    sectors = dict.fromkeys(held["roles"][each] for each in types if each in held["roles"])
    name = row.get(f"{side}Name")
    shown = name.title() if name.isupper() else name
    return (party(row, f"{side}Name", code, shown, sectors),)


@functools.cache
def _from_fips() -> dict[str, str]:
    return {short: code for code, short in fips().items()}
