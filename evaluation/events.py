"""Events against the gold sentences, with the encoder as shipped and by rules alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from communique import ingest, pipeline, scoring
from communique.export import plover
from communique.settings import Settings

SETS = ("plover_gsr_dev", "plv_dev")


def coded(rows: list[dict[str, Any]], settings: Settings) -> list[dict[str, Any]]:
    """The events of gold sentences, as `communique code` writes them."""
    documents = [ingest.from_text(row["text"], id=row["id"]) for row in rows]
    found = []
    for result in pipeline.Coder(settings).code_many(documents):
        found += [plover.to_json(event, result.document) for event in result.events]
    return found


def measure(shared: Path) -> dict[str, float]:
    """F1 of event, actor, recipient and triple, and hits, for both gold sets."""
    figures: dict[str, float] = {}
    for name in SETS:
        rows = scoring.read_gold(shared / "gold" / f"{name}.jsonl")
        for label, settings in (
            ("", Settings(kinds=("event",))),
            (" rules", Settings(kinds=("event",), encoder=False)),
        ):
            report = scoring.score(rows, coded(rows, settings))
            figures |= {f"{name}{label} {figure}": value for figure, value in report.figures().items()}
    return figures
