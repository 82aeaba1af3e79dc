"""Draws coded events at random to be read beside their sentences, and counts the verdicts of the reader.

    python evaluation/reading.py draw PATH_TO_SHARED FILE [--seed N] [--releases N] [--pages N]
    python evaluation/reading.py shares
    python evaluation/reading.py again PATH_TO_SHARED

The draw goes to FILE, one JSON object a line, with the sentence; the verdicts beside this module hold ids, offsets and
verdicts alone (the texts are those of figures.py). An event is wholly right where its type, its actors and its
recipients are right; stance is counted apart. `again` codes the documents of the verdicts anew and tells how many of
the right and of the wrong events came back the same, with other actors, or not at all; what is new is unread.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

import drawn
from figures import texts

from communique.export.reading import code
from communique.model import Event, Participant
from communique.settings import Settings

VERDICTS = Path(__file__).with_name("reading_verdicts.jsonl")
# what a draw was made with, unless told; a verdict of another draw says of which. Stance None: not judged
SEED = 2021
Row = drawn.Row


def draw(shared: Path, seed: int = SEED, releases: int = 120, pages: int = 60) -> Iterator[Row]:
    """Codes documents in an order that the seed shuffles, and takes at most two events of each, at random.

    The first half of a longer draw is the shorter draw of the same seed.
    """
    corpus = texts(shared)
    for kind, wanted in (("state", releases), ("html", pages)):
        taken = 0
        for name in drawn.shuffled(corpus, kind, seed):
            if taken >= wanted:
                break
            text, day, url = corpus[name]
            if not text.strip():
                continue
            coded = code(text, date=day or None, id=name, url=url, settings=Settings(kinds=("event",)))
            for event in drawn.some(coded.events, seed, name, lambda event: event.trigger.start):
                yield row(event, text)
                taken += 1


def row(event: Event, text: str) -> Row:
    """What a reader needs to judge one event."""
    return {
        "document_id": event.document_id,
        "start": event.trigger.start,
        "end": event.trigger.end,
        "event": event.event,
        "mode": event.mode,
        "stance": event.stance,
        "actor": [_side(who) for who in event.actor],
        "recipient": [_side(who) for who in event.recipient],
        "words": event.event_text,
        "confidence": event.confidence,
        "rule": event.rule,
        "sentence": event.sentence.cut(text),
    }


def _side(who: Participant) -> str:
    return f"{who.actor.code or '-'}/{'+'.join(who.actor.sector)}: {who.text} ({who.via})"


def kind_of(rule: str) -> str:
    """The kind of rule that made an event, from its name."""
    word = rule.split(" ")[0].rstrip(":")
    if word == "verb":
        return "composition" if "+" in rule else "verb frame"
    if word == "encoder":
        return "encoder over a rule" if " over " in rule else "encoder"
    return "promise or request" if word in ("promise", "request", "must") else word


def band(confidence: float) -> str:
    """The tenth that a confidence falls into."""
    low = min(int(confidence * 10), 9) / 10
    return f"{low:.1f}-{low + 0.1:.1f}"


def shares(verdicts: list[Row]) -> str:
    """Shares right, over all and by corpus, event, rule and confidence, as lines to print."""
    lines = [f"{'':34}{'read':>5} {'whole':>6} {'type':>6} {'actor':>6} {'recip':>6} {'stance':>6}"]
    groups: list[tuple[str, Callable[[Row], str]]] = [
        ("", lambda row: "all"),
        ("draw", lambda row: str(row.get("draw", SEED))),
        ("corpus", lambda row: f"{row.get('draw', SEED)} {row['document_id'].split('/')[0]}"),
        ("event", lambda row: row["event"]),
        ("rule", lambda row: kind_of(row["rule"])),
        ("confidence", lambda row: band(row["confidence"])),
    ]
    for title, group in groups:
        parts: dict[str, list[Row]] = defaultdict(list)
        for each in verdicts:
            parts[group(each)].append(each)
        lines += [title] if title else []
        for name in sorted(parts):
            rows = parts[name]
            figures = [[right(r) for r in rows]] + [
                [bool(r[k]) for r in rows if r[k] is not None] for k in ("type", "actor", "recipient", "stance")
            ]
            shown = (f"{100 * sum(told) / len(told):5.0f}%" if told else "     -" for told in figures)
            lines.append(f"  {name:32}{len(rows):5d} " + " ".join(shown))
    return "\n".join(lines)


def right(verdict: Row) -> bool:
    """Whether an event is wholly right on type and actors."""
    return bool(verdict["type"] and verdict["actor"] and verdict["recipient"])


def sides(row: Row) -> list[list[str]]:
    """The codes of actors and of recipients of a drawn event, "-" for the nameless."""
    return [sorted(who.split("/")[0] for who in row[role]) for role in ("actor", "recipient")]


def again(shared: Path) -> str:
    """What today's coder makes of the events that were read."""
    corpus = texts(shared)
    counts: dict[tuple[str, str], int] = defaultdict(int)
    verdicts = read_verdicts()
    for name in dict.fromkeys(verdict["document_id"] for verdict in verdicts):
        text, day, url = corpus[name]
        coded = code(text, date=day or None, id=name, url=url, settings=Settings(kinds=("event",)))
        rows = [row(event, text) for event in coded.events]
        for verdict in (each for each in verdicts if each["document_id"] == name):
            same = [r for r in rows if r["start"] == verdict["start"] and r["event"] == verdict["event"]]
            kept = any(sides(r) == verdict["sides"] for r in same)
            was = "right" if right(verdict) else ("type right" if verdict["type"] else "type wrong")
            counts[was, "same" if kept else ("other actors" if same else "gone")] += 1
    lines = [f"{'':12}{'same':>8}{'other actors':>14}{'gone':>8}"]
    for was in ("right", "type right", "type wrong"):
        same_, other, gone = (counts[was, now] for now in ("same", "other actors", "gone"))
        lines.append(f"{was:12}{same_:8d}{other:14d}{gone:8d}")
    return "\n".join(lines)


def read_verdicts(path: Path = VERDICTS) -> list[Row]:
    """The verdicts, in the order of the draw."""
    return drawn.verdicts(path)


if __name__ == "__main__":
    drawn.run(__doc__, "events", (SEED, 120, 60), draw, lambda: shares(read_verdicts()), again)
