"""`communique resolve`: who a mention means, on a date."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from communique.cli import shared
from communique.errors import CommuniqueError, InputError, UsageError

if TYPE_CHECKING:
    import datetime as dt

NOBODY: dict[str, Any] = {
    "code": None,
    "sector": [],
    "name": None,
    "identifier": None,
    "office": None,
    "via": None,
    "alternatives": [],
}


def resolve(
    mention: Annotated[str, typer.Argument(metavar="MENTION", help="The words, or - for JSON Lines.")],
    date: Annotated[str | None, typer.Option("--date", metavar="DAY", help="The day on which it is said.")] = None,
    context: Annotated[str | None, typer.Option("--context", metavar="TEXT", help="The sentence around it.")] = None,
    as_json: shared.Json = False,
) -> int:
    """Say who a mention means, on a date.

    Gives its code, sector, name and office, and how that was decided.

    `communique resolve - --json` reads one {"mention", "date", "context"} a line and writes one line back for each,
    in order; the code is null where nobody can be named.
    """
    if mention == "-":
        return _many()
    row = _row(mention, shared.day(date, "--date"), context)
    if as_json:
        shared.out(json.dumps(row, ensure_ascii=False))
        return 0
    for name, value in row.items():
        shown = ", ".join(value) if isinstance(value, list) else value
        shared.out(f"{name:12} {shown if shown else '-'}")
    return 0


def _many() -> int:
    faults = shared.Faults()
    done = 0
    for number, line in enumerate(sys.stdin.buffer, 1):
        if not line.strip():
            continue
        asked = ""
        try:
            asked, date, context = _asked(line, number)
            row = _row(asked, date, context)
            done += 1
        except CommuniqueError as fault:
            faults(fault)
            row = {"mention": asked, **NOBODY}
        shared.out(json.dumps(row, ensure_ascii=False))
        sys.stdout.buffer.flush()
    return faults.code(done)


def _asked(line: bytes, number: int) -> tuple[str, dt.date | None, str | None]:
    where = f"standard input, line {number}"
    try:
        given = json.loads(line)
    except ValueError as fault:
        raise InputError("is not JSON", where=where, advice='Write {"mention": "...", "date": "2019-06-05"}') from fault
    if not isinstance(given, dict) or not isinstance(given.get("mention"), str):
        raise InputError("names no mention", where=where, advice='Write {"mention": "...", "date": "2019-06-05"}')
    date, context = given.get("date"), given.get("context")
    try:
        return given["mention"], shared.day(date or None, "date"), str(context) if context else None
    except (UsageError, AttributeError) as fault:
        raise InputError(f"{date!r} is no day", where=where, advice="Write days as 2019-06-05") from fault


def _row(mention: str, date: dt.date | None, context: str | None) -> dict[str, Any]:
    from communique.resolve import resolve_mention

    found = resolve_mention(mention, date, context)
    return {
        "mention": mention,
        "code": found.code,
        "sector": list(found.sector),
        "name": found.name,
        "identifier": found.identifier,
        "office": found.office,
        "via": found.via,
        "alternatives": list(found.alternatives),
    }
