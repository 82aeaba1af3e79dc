"""The training sentences: reads src/communique/knowledge/examples, checks every line, and makes labelled pairs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

EXAMPLES = Path(__file__).resolve().parents[1] / "src" / "communique" / "knowledge" / "examples"
STANCES = ("actual", "planned", "possible", "conditional", "denied", "historical")
EVENTS = tuple(
    "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE "
    "COERCE ASSAULT".split()
)
NONE = "NONE"

Side = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Told:
    """One event that people read in a sentence: labels, and the spans of its actors, recipients and trigger."""

    event: str
    mode: str | None
    stance: str
    actors: tuple[Side, ...]
    recipients: tuple[Side, ...]
    trigger: Side | None


@dataclass(frozen=True, slots=True)
class Example:
    """One sentence with all its events, and where it stands."""

    text: str
    events: tuple[Told, ...]
    where: str


@dataclass(frozen=True, slots=True)
class Pair:
    """One question to the encoder: what did first do to second? Either may be missing."""

    text: str
    first: Side | None
    second: Side | None
    event: str
    mode: str | None
    stance: str
    group: int


def examples(folder: Path = EXAMPLES) -> Iterator[Example]:
    """All sentences of the training set, in order of files and lines.

    Raises ValueError for a line that is not as DATASHEET.md says, with its place.
    """
    for path in sorted(folder.glob("*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf8").splitlines(), start=1):
            where = f"{path.name}:{number}"
            try:
                row = json.loads(line)
                events = tuple(_told(event) for event in row["events"])
            except (ValueError, KeyError, TypeError) as fault:
                raise ValueError(f"{where}: not an example: {fault}") from fault
            yield Example(row["text"], events, where)


def _told(row: dict[str, Any]) -> Told:
    trigger = row["trigger"]
    return Told(
        row["event"],
        row["mode"],
        row["stance"],
        tuple((start, end) for start, end in row["actor"]),
        tuple((start, end) for start, end in row["recipient"]),
        (trigger[0], trigger[1]) if trigger else None,
    )


def pairs(example: Example, group: int, others: Iterable[Side] = ()) -> Iterator[Pair]:
    """Every question that a sentence answers: all ordered pairs of its spans, and each span alone on either side.

    others are spans of actors that do nothing in it.
    """
    spans = sorted({s for told in example.events for s in (*told.actors, *told.recipients)} | set(others))
    answers: dict[tuple[Side | None, Side | None], Told] = {}
    for told in example.events:
        mutual = not told.recipients and len(told.actors) > 1
        for a in told.actors:
            answers.setdefault((a, None), told)
            for r in told.recipients:
                answers.setdefault((a, r), told)
            if mutual:
                for b in told.actors:
                    if a != b:
                        answers.setdefault((a, b), told)
        for r in told.recipients:
            answers.setdefault((None, r), told)
    for a in (*spans, None):
        for b in (*spans, None):
            if a == b or (a and b and a[0] < b[1] and b[0] < a[1]):
                continue
            told_here = answers.get((a, b))
            if told_here is not None:
                yield Pair(example.text, a, b, told_here.event, told_here.mode, told_here.stance, group)
            else:
                yield Pair(example.text, a, b, NONE, None, "actual", group)
