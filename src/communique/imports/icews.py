"""ICEWS's 20 columns: one pair of source and target a row, CAMEO codes, names of countries."""

from __future__ import annotations

from communique.errors import InputError
from communique.export.icews import COLUMNS
from communique.export.tables import SECTORS
from communique.imports.row import Row, country, made, of_cameo, party, place, when
from communique.knowledge import load
from communique.model import Coded, Participant

_SECTORS = {name.casefold(): code for code, name in SECTORS.items()}


def columns(first: list[str]) -> tuple[tuple[str, ...], bool]:
    """The names of the columns out of the header. Raises InputError where it is not ICEWS's."""
    names = tuple(name.strip().strip('"') for name in first)
    if names != COLUMNS:
        raise InputError(
            "the first line is not ICEWS's header", advice=f"ICEWS has {len(COLUMNS)} columns between tabs"
        )
    return names, True


def coded(row: Row) -> Coded:
    """One row as a document with its event. Its id is Event ID and date, as the id alone is not unique."""
    if not row.get("Event ID"):
        raise ValueError("Event ID is empty")
    code = row.get("CAMEO Code")
    what, mode, context = of_cameo(code)
    row.number("Intensity")  # Goldstein's: it comes back from the CAMEO code
    state = country(row.get("Country"))
    spot = row.get("City") or row.get("District") or row.get("Province") or row.get("Country")
    return made(
        row,
        f"{row.get('Event ID')}:{row.get('Event Date')}",
        what,
        at="Event Text",
        mode=mode,
        context=context,
        scale=None,
        cameo=code,
        sides=(_party(row, "Source"), _party(row, "Target")),
        date=when(row.get("Event Date"), "Event Date"),
        where=place(row, spot, state, "Latitude", "Longitude"),
        source=row.get("Publisher"),
    )


def _party(row: Row, side: str) -> tuple[Participant, ...]:
    name, place = row.get(f"{side} Name"), row.get(f"{side} Country")
    if not name and not place:
        return ()
    bodies = load.data("datasets.yaml")["bodies"]
    code = place if place in (*bodies, "EUR") else country(place)
    sectors = [
        _SECTORS.get(each.casefold(), each if each in SECTORS else "") for each in row.several(f"{side} Sectors", ",")
    ]
    return (party(row, f"{side} Name", code, name, dict.fromkeys(filter(None, sectors))),)
