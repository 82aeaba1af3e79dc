"""What must come out of the five articles the project started from."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from communique import ingest, pipeline
from communique.errors import CommuniqueError
from communique.export import plover
from communique.model import Coded

Row = dict[str, Any]


def read(shared: Path) -> dict[str, Coded]:
    """The seeds, coded, by file name."""

    def report(fault: CommuniqueError) -> None:
        raise fault

    coder = pipeline.Coder()
    return {coded.document.id: coded for coded in coder.code_many(ingest.read([shared / "seeds"], report=report))}


def expectations(shared: Path) -> list[Row]:
    """The lines of gold/seeds.jsonl."""
    return [json.loads(line) for line in (shared / "gold" / "seeds.jsonl").read_text(encoding="utf8").splitlines()]


def _codes(side: list[Row]) -> set[str]:
    return {actor["code"] for actor in side if actor["code"]}


def event_met(row: Row, coded: Coded) -> bool:
    """Whether an event stands in the words of the snippet, of a right type, with the right actors on the right side."""
    start = coded.document.text.find(row["snippet"])
    end = start + len(row["snippet"])
    for event in coded.events:
        if not (event.sentence.start < end and start < event.sentence.end) or event.event not in row["event_type"]:
            continue
        if event.stance in ("denied", "possible"):
            continue
        found = plover.to_json(event, coded.document)
        actors, recipients = _codes(found["actor"]), _codes(found["recipient"])
        if row.get("unordered"):
            if set(row["actor"]) | set(row["recipient"]) <= actors | recipients:
                return True
        elif set(row["actor"]) <= actors and set(row["recipient"]) <= recipients:
            return True
    return False


def measure(shared: Path) -> dict[str, float]:
    """Shares of the expectations that are met."""
    coded = read(shared)
    events = [row for row in expectations(shared) if row["kind"] == "event"]
    met = [event_met(row, coded[row["seed"]]) for row in events]
    kept_out = [
        not any(
            event.sentence.start <= coded[row["seed"]].document.text.find(row["snippet"]) < event.sentence.end
            and set(row["actor"]) & _codes(plover.to_json(event, coded[row["seed"]].document)["actor"])
            for event in coded[row["seed"]].events
        )
        for row in expectations(shared)
        if row["kind"] == "no_event"
    ]
    furniture = [
        event
        for one in coded.values()
        for event in one.events
        if any(part.span.overlaps(event.sentence) for part in one.document.furniture)
        or any(part.span.overlaps(event.sentence) for part in one.document.repeats)
    ]
    return {
        "events met": sum(met) / len(met),
        "no event kept out": sum(kept_out) / max(1, len(kept_out)),
        "no event from furniture": float(not furniture),
    }


def misses(shared: Path) -> list[Row]:
    """The expected events that were not met."""
    coded = read(shared)
    return [r for r in expectations(shared) if r["kind"] == "event" and not event_met(r, coded[r["seed"]])]
