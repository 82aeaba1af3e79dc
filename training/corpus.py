"""The training sentences: reads src/communique/knowledge/examples, checks every line, and makes labelled pairs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

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


def find(text: str, words: str, where: str) -> Side:
    """The span of some words in a text; "words#2" is their second place. Raises ValueError where they are not there."""
    words = words.strip()
    wanted = 1
    numbered = re.fullmatch(r"(.*)#(\d)", words)
    if numbered and words not in text:
        words, wanted = numbered.group(1), int(numbered.group(2))
    places = [m.start() for m in re.finditer(re.escape(words), text)]
    if len(places) < wanted:
        raise ValueError(f"{where}: {words!r} does not stand in the sentence {wanted} times")
    whole = [p for p in places if _is_whole(text, p, p + len(words))]
    chosen = (whole if len(whole) >= wanted else places)[wanted - 1]
    return chosen, chosen + len(words)


def _is_whole(text: str, start: int, end: int) -> bool:
    return not (text[start - 1 : start].isalnum() and start) and not text[end : end + 1].isalnum()


def _spans(text: str, field: str, where: str) -> tuple[Side, ...]:
    field = field.strip()
    if field in ("-", ""):
        return ()
    return tuple(find(text, part, where) for part in field.split(" ; ") if part.strip() not in ("", "-"))


def parse(line: str, where: str) -> Example:
    """One line of an example file. Raises ValueError that says what is wrong with it and where."""
    text, *told = line.rstrip("\n").split(" ||| ")
    events = []
    for part in told:
        if part.strip() == NONE:
            continue
        fields = part.split(" | ")
        if len(fields) != 4:
            raise ValueError(f"{where}: an event has {len(fields)} fields, not 4")
        labels = fields[0].strip().split("/")
        if len(labels) != 3 or labels[0] not in EVENTS or labels[2] not in STANCES:
            raise ValueError(f"{where}: {fields[0].strip()!r} is not EVENT/mode/stance")
        trigger = _spans(text, fields[3], where)
        events.append(
            Told(
                labels[0],
                None if labels[1] == "-" else labels[1],
                labels[2],
                _spans(text, fields[1], where),
                _spans(text, fields[2], where),
                trigger[0] if trigger else None,
            )
        )
    if not told:
        raise ValueError(f"{where}: no events and no NONE")
    return Example(text, tuple(events), where)


def examples(folder: Path = EXAMPLES) -> Iterator[Example]:
    """All sentences of the training set, in order of files and lines."""
    for path in sorted(folder.glob("*.txt")):
        for number, line in enumerate(path.read_text(encoding="utf8").splitlines(), start=1):
            if line.strip() and not line.startswith("#"):
                yield parse(line, f"{path.name}:{number}")


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
