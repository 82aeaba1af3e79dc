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
    """One sentence with all its events, where it stands, and spans of actors that do nothing in it."""

    text: str
    events: tuple[Told, ...]
    where: str
    others: tuple[Side, ...] = ()


@dataclass(frozen=True, slots=True)
class Pair:
    """One question to the encoder: what did first do to second, by this word? Any of the three may be missing."""

    text: str
    first: Side | None
    second: Side | None
    trigger: Side | None
    event: str | None  # None where nobody has answered
    mode: str | None
    stance: str

    @property
    def question(self) -> tuple[str, Side | None, Side | None, Side | None]:
        """What is asked, without the answer."""
        return self.text, self.first, self.second, self.trigger


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
                others = tuple((start, end) for start, end in row.get("others", ()))
            except (ValueError, KeyError, TypeError) as fault:
                raise ValueError(f"{where}: not an example: {fault}") from fault
            yield Example(row["text"], events, where, others)


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


def _sides(told: Told) -> Iterator[tuple[Side | None, Side | None]]:
    """The questions about two sides that one event answers: its pairs, and each side alone."""
    for actor in told.actors:
        yield actor, None
        for recipient in told.recipients:
            yield actor, recipient
        if not told.recipients:
            yield from ((actor, other) for other in told.actors if other != actor)
    for recipient in told.recipients:
        yield None, recipient


def _near(side: Side | None, told: Side | None) -> bool:
    """Whether two spans overlap."""
    return side is not None and told is not None and side[0] < told[1] and told[0] < side[1]


def pairs(example: Example, others: Iterable[Side] = (), words: Iterable[Side] = ()) -> Iterator[Pair]:
    """Every question that a sentence answers: all ordered pairs of its spans, and each span alone on either side.

    Each is asked without a word, when the first event of the pair is the answer, and with the trigger of each event
    of the sentence, so that two acts of one pair are told apart. others are spans of actors that do nothing in it,
    words are triggers that a rule took for events of these pairs and that are none.
    """
    spans = sorted({s for told in example.events for s in (*told.actors, *told.recipients)} | set(others))
    plain: dict[tuple[Side | None, Side | None], Told] = {}
    exact: dict[tuple[Side | None, Side | None, Side], Told] = {}
    triggers = sorted({told.trigger for told in example.events if told.trigger})
    for told in example.events:
        for first, second in _sides(told):
            plain.setdefault((first, second), told)
            if told.trigger:
                exact.setdefault((first, second, told.trigger), told)
    idle = [word for word in words if not any(word[0] < end and start < word[1] for start, end in triggers)]
    # "Beijing" and "Beijing's envoy" are one actor told twice: what one did the other did not fail to do
    told_pairs = [pair for pair in plain if pair[0] and pair[1]]
    for a in (*spans, None):
        for b in (*spans, None):
            if a == b or (a and b and a[0] < b[1] and b[0] < a[1]):
                continue
            for word in (None, *triggers, *idle):
                told_here = exact.get((a, b, word)) if word else plain.get((a, b))
                if told_here is not None:
                    yield Pair(example.text, a, b, word, told_here.event, told_here.mode, told_here.stance)
                elif (a, b) in plain or not any(_near(a, x) and _near(b, y) for x, y in told_pairs):
                    yield Pair(example.text, a, b, word, NONE, None, "actual")
