"""POLECAT's 40 columns: one event a row, several values joined by "; "."""

from __future__ import annotations

from communique.errors import InputError
from communique.export.polecat import COLUMNS, QUADS
from communique.imports.row import Left, Row, country, kind, made, party, place, when
from communique.model import Coded, Participant

RENAMED = {"Event Intensity": "Intensity"}  # as newer files have it
NEEDED = ("Event ID", "Event Date", "Event Type", "Actor Name", "Recipient Name")
BODIES = ("UNO", "EUR", "IGO", "NGO", "MNC", "ISM", "IMG")


def columns(first: list[str]) -> tuple[tuple[str, ...], bool]:
    """The names of the columns out of the header. Raises InputError where it is not POLECAT's."""
    names = tuple(RENAMED.get(name.strip(), name.strip()) for name in first)
    missing = [name for name in NEEDED if name not in names]
    if missing:
        raise InputError(
            f"the first line lacks {', '.join(missing)}",
            advice=f"POLECAT has {len(COLUMNS)} columns between tabs, with a header",
        )
    return names, True


def coded(row: Row) -> Coded:
    """One row as a document with its event."""
    if not row.get("Event ID"):
        raise ValueError("Event ID is empty")
    if not row.get("Event Type"):
        raise Left("it has no event type")
    what = kind(row.get("Event Type"))
    quad = row.get("Quad Code").upper()
    if quad and quad not in QUADS.values() and not quad.isdigit():
        raise ValueError(f"Quad Code is none of POLECAT's: “{quad}”")
    state = country(row.get("Country")) or None
    spot = row.get("Placename") or row.get("City") or row.get("Province") or row.get("Country")
    return made(
        row,
        row.get("Event ID"),
        what,
        at="Event Type",
        mode=row.get("Event Mode").lower() or None,
        context=tuple(row.several("Contexts")),
        scale=row.number("Intensity"),
        cameo=None,
        sides=(_side(row, "Actor"), _side(row, "Recipient")),
        date=when(row.get("Event Date"), "Event Date"),
        where=place(row, spot, state, "Latitude", "Longitude", "GeoNames ID"),
        published=when(row.get("Publication Date"), "Publication Date"),
        source=row.get("Source"),
        language=row.get("Language"),
    )


def _side(row: Row, side: str) -> tuple[Participant, ...]:
    """The parties of a side. Names and countries are lists of their own, matched where they are equally many.

    Else names are all of the one country, or, where there are several, each country is a party and no name has one.
    """
    names = row.several(f"{side} Name") or row.several(f"{side} Name Raw")
    codes = [text if text in BODIES else country(text) for text in row.several(f"{side} Country")]
    known = [code for code in codes if code]
    column = f"{side} Name"
    sectors = row.several(f"{side} Sectors")
    numbers, titles = row.several(f"Wikipedia {side} ID"), row.several(f"{side} Title")
    if len(names) == len(codes):
        found = list(zip(names, codes, strict=True))
    elif len(set(known)) <= 1:
        found = [(name, known[0] if known else None) for name in names]
    else:
        found = [*(("", code) for code in known), *((name, None) for name in names)]
    if not names and known:
        found = [("", code) for code in known]
    alone, many = len(found) == 1, len(found)
    numbers = numbers if len(numbers) == many else [""] * many
    titles = titles if len(titles) == many else [""] * many
    return tuple(
        party(row, column, code, name, sectors if alone else (), number, title)
        for (name, code), number, title in zip(found, numbers, titles, strict=True)
    )
