"""`communique evaluate`: how well sentences that people coded are coded here."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from communique.cli import shared
from communique.errors import InputError
from communique.settings import DEFAULT_MODEL, Settings


def evaluate(
    gold: Annotated[str, typer.Argument(metavar="GOLD", help="JSON Lines: id, text, event, actor, recipient.")],
    model: shared.Model = DEFAULT_MODEL,
    no_encoder: shared.NoEncoder = False,
    limit: shared.Limit = None,
    as_json: shared.Json = False,
) -> int:
    """Code the sentences of a gold set and compare.

    A line holds {"id", "text", "event", "actor": [{"code"}], "recipient": [{"code"}], "unordered"}, or actor_text and
    recipient_text instead of codes.
    """
    from communique import ingest
    from communique.cli.scoring import score
    from communique.export.plover import to_json
    from communique.pipeline import Coder

    rows = gold_rows(Path(gold))[:limit]
    coder = Coder(Settings(model=model, encoder=not no_encoder, kinds=("event",)))
    events: list[dict[str, Any]] = []
    with shared.progress("coding", len(rows)) as move:
        for row in rows:
            coded = coder.code(ingest.from_text(row["text"], id=row["id"]))
            events += [to_json(event, coded.document) for event in coded.events]
            move()
    figures = score(rows, events)
    if as_json:
        shared.out(json.dumps(figures))
        return 0
    for name, value in figures.items():
        shown = "  ".join(f"{part} {share:.3f}" for part, share in value.items()) if isinstance(value, dict) else value
        shared.out(f"{name:14} {shown}")
    return 0


def gold_rows(path: Path) -> list[dict[str, Any]]:
    """The gold sentences. Raises InputError where the file is missing or a line is not as it must be."""
    try:
        lines = path.read_text(encoding="utf8").splitlines()
    except (OSError, UnicodeDecodeError) as fault:
        raise InputError("cannot be read", where=str(path), advice="Name a file of JSON Lines") from fault
    rows = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            rows.append({**row, "id": str(row["id"]), "text": str(row["text"]), "event": str(row["event"])})
        except (ValueError, KeyError, TypeError) as fault:
            raise InputError(
                "is no gold sentence", where=f"{path}, line {number}", advice='Write {"id", "text", "event", ...}'
            ) from fault
    return rows
