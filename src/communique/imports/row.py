"""One row of a data set: its cells by name with their places, and the nouns that are made of them."""

from __future__ import annotations

import datetime as dt
import functools
import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from communique.code.ontology import EventType, events
from communique.export.tables import states
from communique.knowledge import load
from communique.model import UNKNOWN, Actor, Coded, Document, Event, Participant, Place, Span, When

EMPTY = frozenset({"", "None", "NULL", "NA", "nan", "---"})
MEDIA_TYPE = "text/tab-separated-values"


class Left(Exception):  # noqa: N818 - nothing is wrong with the row
    """A row that is passed over, and why."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line, the names of its columns, its cells, and the format that it is in."""

    line: str
    names: tuple[str, ...]
    cells: list[str]
    form: str

    def get(self, name: str) -> str:
        """A cell without blanks around it; "" for what the data sets write for nothing."""
        value = self.cells[self.names.index(name)].strip() if name in self.names else ""
        return "" if value in EMPTY else value

    def several(self, name: str, between: str = ";") -> list[str]:
        """The values of a cell that holds several."""
        found = (part.strip() for part in self.get(name).split(between))
        return [part for part in found if part not in EMPTY]

    def span(self, name: str) -> Span:
        """Where a cell stands in the line."""
        index = self.names.index(name)
        start = sum(len(cell) + 1 for cell in self.cells[:index])
        return Span(start, start + len(self.cells[index]))

    def find(self, name: str, words: str) -> Span | None:
        """Where words stand in a cell, in capitals or not; None where they do not: a cell may hold several."""
        whole = self.span(name)
        cell = whole.cut(self.line)
        at = cell.lower().find(words.lower()) if words and len(cell.lower()) == len(cell) else cell.find(words)
        if not words or at < 0:
            return None
        start = whole.start + at
        return Span(start, start + len(words))

    def number(self, name: str) -> float | None:
        """A cell as a number; None for nothing. Raises ValueError for what is none."""
        value = self.get(name)
        if not value:
            return None
        try:
            found = float(value)
        except ValueError:
            found = math.nan
        if not math.isfinite(found):
            raise ValueError(f"{name} is no number: “{value}”")
        return found


def when(text: str, column: str) -> When:
    """A day, month or year ("2019-06-05", "20190605", "2019-06", "2019"), with or without a time behind.

    Raises ValueError for anything else.
    """
    digits = text[:10].replace("-", "").replace("/", "")
    if not text:
        return UNKNOWN
    try:
        if not digits.isdigit():
            raise ValueError
        if len(digits) >= 8:
            day = dt.date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
            return When(day, day, "day", "stated", text)
        if len(digits) == 6:
            first = dt.date(int(digits[:4]), int(digits[4:]), 1)
            last = (first.replace(day=28) + dt.timedelta(days=4)).replace(day=1) - dt.timedelta(days=1)
            return When(first, last, "month", "stated", text)
        if len(digits) == 4:
            return When(dt.date(int(digits), 1, 1), dt.date(int(digits), 12, 31), "year", "stated", text)
        raise ValueError
    except (ValueError, OverflowError) as fault:
        raise ValueError(f"{column} is no date: “{text}”") from fault


@functools.cache
def country(text: str) -> str | None:
    """The code of a country by its code or name as the data sets write it; None for what is none."""
    held = load.data("datasets.yaml")
    if text in states():
        return text
    return held["countries"].get(text) or _by_name().get(text.casefold())


@functools.cache
def _by_name() -> dict[str, str]:
    found: dict[str, str] = {}
    for code, entry in states().items():
        for name in (entry["name"], *(entry.get("names") or ())):
            found.setdefault(str(name).casefold(), code)
    return found | {name.casefold(): code for name, code in load.data("datasets.yaml")["names"].items()}


def kind(name: str) -> EventType:
    """A type of event by PLOVER's name. Raises ValueError for no such name."""
    found = events().get(name.upper())
    if found is None:
        raise ValueError(f"no event of PLOVER is called “{name}”")
    return found


def of_cameo(code: str) -> tuple[EventType, str | None, tuple[str, ...]]:
    """The event, mode and contexts that PLOVER's conversion gives a CAMEO code, or the nearest code above it.

    Raises Left for statements (01), which are no events in PLOVER, ValueError for what is no CAMEO code.
    """
    if not code.isdigit():
        raise ValueError(f"this is no CAMEO code: “{code}”")
    if len(code) == 1 or int(code[:2]) > 20:  # a spreadsheet took its zero
        code = f"0{code}"
    held: dict[str, Any] = load.data("ontology.yaml")["cameo"]
    for length in (4, 3, 2):
        found = held.get(code[:length])
        if found and found.get("event"):
            contexts = found.get("context") or ()
            return (
                kind(found["event"]),
                found.get("mode"),
                (contexts,) if isinstance(contexts, str) else tuple(contexts),
            )
    if not 1 <= int(code[:2]) <= 20:
        raise ValueError(f"this is no CAMEO code: “{code}”")
    raise Left(f"CAMEO {code[:2]} is no event in PLOVER")


def party(
    row: Row,
    column: str,
    code: str | None,
    name: str,
    sectors: Iterable[str] = (),
    identifier: str | None = None,
    office: str | None = None,
) -> Participant:
    """A participant whose words stand in a cell, alone or among others; without a place where they do not."""
    state = states().get(code or "")
    own = bool(state) and (not name or country(name) == code)
    shown = str(state["name"]) if own and state else name or None
    about = Actor(
        code, tuple(sectors), shown, identifier or None, office or None, "state" if own else _kind(code, office)
    )
    where = row.find(column, name)
    return Participant(about, where.cut(row.line) if where else name or code or "", row.form, where)


def _kind(code: str | None, office: str | None) -> Any:
    if office:
        return "person"
    return "body" if code in load.data("datasets.yaml")["bodies"] or code == "EUR" else "unknown"


def place(row: Row, name: str, code: str | None, latitude: str, longitude: str, geonames: str = "") -> Place | None:
    """A place with its coordinates (degrees). Raises ValueError for coordinates that are none on Earth."""
    north, east = row.number(latitude), row.number(longitude)
    if (north is not None and abs(north) > 90) or (east is not None and abs(east) > 180):
        raise ValueError(f"{latitude} and {longitude} are no place: {north}, {east}")
    if not name and north is None:
        return None
    number = row.get(geonames) if geonames else ""
    return Place(name, None, code, north, east, int(number) if number.isdigit() else None)


def made(
    row: Row,
    identity: str,
    what: EventType,
    *,
    at: str,
    mode: str | None,
    context: tuple[str, ...],
    scale: float | None,
    cameo: str | None,
    sides: tuple[tuple[Participant, ...], tuple[Participant, ...]],
    date: When,
    where: Place | None,
    published: When = UNKNOWN,
    source: str = "",
    url: str = "",
    language: str = "",
) -> Coded:
    """The row as a document of one event; `at` is the column whose words tell it, or the row where that is empty."""
    whole = Span(0, len(row.line))
    own = row.span(at) if row.get(at) else whole
    document = Document(
        id=f"{row.form}:{identity}",
        text=row.line,
        article=(whole,),
        title=f"{row.form.upper()} event {identity}",
        source=source or None,
        url=url or None,
        language=language or None,
        published=published,
        media_type=MEDIA_TYPE,
    )
    event = Event(
        document_id=document.id,
        event=what.name,
        mode=mode,
        context=context,
        quad_code=what.quad,
        event_scale=what.score_of(mode) if scale is None else scale,
        cameo=cameo,
        actor=sides[0],
        recipient=sides[1],
        unordered=False,
        date=date,
        place=where,
        stance="actual",
        attributed_to=None,
        event_text=own.cut(row.line),
        trigger=own,
        sentence=whole,
        sequence=0,
        confidence=1.0,
        rule=f"import.{row.form}",
    )
    return Coded(document, (whole,), (), (event,))
