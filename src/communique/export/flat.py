"""The contract's nested JSON as one flat row: the columns of CSV, Parquet and data frames."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal

Row = Mapping[str, Any]
Kind = Literal["text", "number", "integer", "flag", "list"]
Getter = Callable[[Row], Any]


def _plain(name: str) -> Getter:
    return lambda row: row.get(name)


def _side(side: str, part: str) -> Getter:
    """One field of each participant of a side, in order; sectors of one participant are joined by a space."""

    def get(row: Row) -> list[str] | None:
        held = row.get(side)
        if held is None:
            return None
        people = held if isinstance(held, list) else [held]
        return [" ".join(who[part]) if part == "sector" else str(who[part] or "") for who in people]

    return get


def _inner(outer: str, name: str) -> Getter:
    return lambda row: (row.get(outer) or {}).get(name)


def _spoken(name: str) -> Getter:
    """A field of whoever an event or figure is attributed to."""
    return lambda row: (row.get("attributed_to") or {}).get(name)


def _columns() -> dict[str, tuple[Kind, Getter]]:
    columns: dict[str, tuple[Kind, Getter]] = {}

    def plain(kind: Kind, names: str) -> None:
        for name in names.split():
            columns[name] = (kind, _plain(name))

    def side(name: str, parts: str) -> None:
        for part in parts.split():
            short = {"entity_text": "text"}.get(part, part)
            columns[f"{name}_{short}"] = ("list", _side(name, part))

    plain("text", "id document_id kind event mode")
    plain("list", "context")
    plain("integer", "quad_code")
    plain("number", "event_scale")
    plain("text", "cameo")
    for name in ("actor", "recipient"):
        side(name, "code sector entity_text name identifier office via")
    plain("flag", "unordered")
    plain("text", "date enddate date_precision date_basis date_text place place_code")
    plain("number", "latitude longitude")
    plain("text", "stance")
    for part in ("code", "name", "entity_text", "cue"):
        columns[f"attributed_to_{part}"] = ("text", _spoken(part))
    plain("text", "event_text")
    plain("number", "value low high")
    plain("text", "unit currency per measure")
    side("between", "code name")
    plain("text", "status direction period base_period deadline figure_text quote")
    for name in ("speaker", "through", "addressee", "by"):
        side(name, "code name")
    side("about", "code name")
    plain("list", "hedges")
    plain("text", "horizon assessment_text name type stage code role")
    side("members", "code name")
    plain("text", "text")
    for name in ("start", "end", "sequence"):
        columns[name] = ("integer", _inner("text_info", name))
    for name in ("start", "end"):
        columns[f"span_{name}"] = ("integer", _inner("span", name))
    for name in ("title", "publication", "url", "date", "date_basis", "language", "byline"):
        columns[f"cite_{name}"] = ("text", _inner("cite_info", name))
    plain("number", "confidence")
    plain("text", "coder rule")
    return columns


COLUMNS = _columns()


def cells(row: Row) -> dict[str, Any]:
    """Every column of one item, lists as lists; None where the kind has no such column."""
    return {name: get(row) for name, (_, get) in COLUMNS.items()}


def flatten(row: Row) -> dict[str, Any]:
    """Every column of one item as a plain value: several values are joined by "; "."""
    return {name: "; ".join(value) if isinstance(value, list) else value for name, value in cells(row).items()}
