"""Turns training sentences in the compact form that people write into the JSON Lines that the project publishes.

    python training/compile.py sentences.txt [...] > examples.jsonl

One sentence a line, its events after " ||| ":

    text ||| EVENT/mode/stance | actor ; actor | recipient | trigger ||| ...

"-" is nothing, "||| NONE" a sentence without events, "Russia#2" the second place of a word.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

from corpus import EVENTS, NONE, STANCES, Example, Side, Told


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


def as_row(example: Example, name: str) -> dict[str, object]:
    """An example as it is published."""
    return {
        "id": name,
        "text": example.text,
        "events": [
            {
                "event": told.event,
                "mode": told.mode,
                "stance": told.stance,
                "actor": [list(side) for side in told.actors],
                "recipient": [list(side) for side in told.recipients],
                "trigger": list(told.trigger) if told.trigger else None,
            }
            for told in example.events
        ],
    }


def main() -> None:
    """Compile the named files to standard output; a bad line ends it with its place."""
    for name in sys.argv[1:]:
        path = Path(name)
        for number, line in enumerate(path.read_text(encoding="utf8").splitlines(), start=1):
            if line.strip() and not line.startswith("#"):
                row = as_row(parse(line, f"{path.name}:{number}"), f"{path.stem}-{number:03d}")
                print(json.dumps(row, ensure_ascii=False))


if __name__ == "__main__":
    main()
