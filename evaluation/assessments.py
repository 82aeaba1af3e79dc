"""Draws assessments at random to be read beside their sentences, and counts the verdicts of the reader.

    python evaluation/assessments.py draw PATH_TO_SHARED FILE [--seed N] [--releases N] [--pages N]
    python evaluation/assessments.py shares
    python evaluation/assessments.py again PATH_TO_SHARED

The draw goes to FILE, one JSON object a line, with the sentence; the verdicts beside this module hold ids, offsets and
verdicts alone (the texts are those of figures.py), with the seed of their draw. An assessment is right where its words
are somebody's judgement of how things stand or will come, not a plain fact, a permission, a wish, a decision or an
ability. `by` is right where it names the judge, or nobody where the page itself judges. `events` are the events that
the coder tells of the same words with stance actual: there must be none. `again` codes the documents of the verdicts
anew and tells how many of the right and of the wrong ones still come.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

import drawn
from figures import texts

from communique import annotate
from communique.code import assessments
from communique.export.reading import code
from communique.model import Assessment, Coded, Document, Event, Span
from communique.settings import DEFAULT_MODEL, Settings

VERDICTS = Path(__file__).with_name("assessments_verdicts.jsonl")
SEED = 2021
# quotes tell who judges in somebody's words
KINDS = ("event", "assessment", "quote")
Row = drawn.Row


def draw(shared: Path, seed: int = SEED, releases: int = 60, pages: int = 40) -> Iterator[Row]:
    """Codes documents in an order that the seed shuffles, and takes at most two assessments of each, at random."""
    corpus = texts(shared)
    for kind, wanted in (("state", releases), ("html", pages)):
        taken = 0
        for name in drawn.shuffled(corpus, kind, seed):
            text, day, url = corpus[name]
            if taken >= wanted or not text.strip():
                continue
            coded = code(text, date=day or None, id=name, url=url, settings=Settings(kinds=KINDS))
            for one in drawn.some(coded.assessments, seed, name, lambda one: one.span):
                if taken < wanted:
                    yield row(one, coded, text)
                    taken += 1


def row(one: Assessment, coded: Coded, text: str) -> Row:
    """What a reader needs to judge one assessment."""
    return {
        "document_id": one.document_id,
        "start": one.span.start,
        "end": one.span.end,
        "words": one.text,
        "by": f"{one.by.actor.code or '-'}: {one.by.text}" if one.by is not None else None,
        "hedges": list(one.hedges),
        "rule": one.rule,
        "events": [f"{event.event}: {event.event_text}" for event in told(one, coded)],
        "sentence": one.sentence.cut(text),
    }


def told(one: Assessment, coded: Coded) -> list[Event]:
    """The events with stance actual whose trigger stands in the words of an assessment."""
    return [event for event in coded.events if event.stance == "actual" and one.span.covers(event.trigger)]


def shares(verdicts: list[Row]) -> str:
    """Shares right by draw, corpus and rule, as lines to print."""
    lines = [f"{'':34}{'read':>5} {'right':>6} {'judge':>6} {'events':>7}"]
    groups: list[tuple[str, Callable[[Row], str]]] = [
        ("seed", lambda each: str(each["seed"])),
        ("corpus", lambda each: f"{each['seed']} {each['document_id'].split('/')[0]}"),
        ("rule", lambda each: f"{each['seed']} {each['rule']}"),
    ]
    for title, group in groups:
        parts: dict[str, list[Row]] = defaultdict(list)
        for each in verdicts:
            parts[group(each)].append(each)
        lines.append(title)
        for name in sorted(parts):
            rows = parts[name]
            right, judge = (sum(bool(each[key]) for each in rows) for key in ("right", "by"))
            events = sum(bool(each["event"]) for each in rows)
            lines.append(f"  {name:32}{len(rows):5d} {right / len(rows):6.2f} {judge / len(rows):6.2f} {events:7d}")
    return "\n".join(lines)


def again(shared: Path) -> dict[str, float]:
    """What today's coder makes of the assessments that were read: how many of the right and of the wrong come back."""
    corpus = texts(shared)
    verdicts = read_verdicts()
    counts: dict[tuple[bool, bool], int] = defaultdict(int)
    actual = 0
    for name in dict.fromkeys(verdict["document_id"] for verdict in verdicts):
        text, day, url = corpus[name]
        coded = code(text, date=day or None, id=name, url=url, settings=Settings(kinds=KINDS))
        for verdict in (each for each in verdicts if each["document_id"] == name):
            same = [
                one for one in coded.assessments if one.span.start < verdict["end"] and verdict["start"] < one.span.end
            ]
            counts[bool(verdict["right"]), bool(same)] += 1
            # what was found to be part of the judged words (a past act within them) is told in the verdict
            actual += bool(verdict["right"] and any(told(one, coded) for one in same) and not verdict["inner"])
    return {**_again(counts), "events told as actual": float(actual)}


def alone(shared: Path) -> dict[str, float]:
    """The same in seconds: only the paragraph of each assessment is read, without actors, dates and events."""
    corpus = texts(shared)
    counts: dict[tuple[bool, bool], int] = defaultdict(int)
    for verdict in read_verdicts():
        text = corpus[verdict["document_id"]][0]
        start = text.rfind("\n", 0, verdict["start"]) + 1
        end = text.find("\n", verdict["end"])
        document = Document("paragraph", text, (Span(start, end if end >= 0 else len(text)),))
        found = [
            one
            for sentence in annotate.sentences(document, DEFAULT_MODEL)
            for one in assessments.assessments(sentence, ())
            if one.span.start < verdict["end"] and verdict["start"] < one.span.end
        ]
        counts[bool(verdict["right"]), bool(found)] += 1
    return _again(counts)


def _again(counts: dict[tuple[bool, bool], int]) -> dict[str, float]:
    kept, lost = counts[True, True], counts[True, False]
    still, gone = counts[False, True], counts[False, False]
    return {
        "right ones kept": kept / max(kept + lost, 1),
        "wrong ones gone": gone / max(gone + still, 1),
        "right among the kept": kept / max(kept + still, 1),
    }


def last(verdicts: list[Row]) -> list[Row]:
    """The verdicts of the last draw: the honest ones, for what was mended after them is not in them."""
    return [each for each in verdicts if each["seed"] == verdicts[-1]["seed"]]


def measure(shared: Path) -> dict[str, float]:
    """The shares of the last draw, as it was read, and what today's reader makes of all that were read."""
    rows = last(read_verdicts())
    return {
        "read": float(len(rows)),
        "right as drawn": sum(bool(each["right"]) for each in rows) / len(rows),
        "judge right as drawn": sum(bool(each["by"]) for each in rows) / len(rows),
        "none told as actual": 1.0 - sum(bool(each["event"]) for each in rows) / len(rows),
        **alone(shared),
    }


def read_verdicts(path: Path = VERDICTS) -> list[Row]:
    """The verdicts, in the order of their draws."""
    return drawn.verdicts(path)


def _lines(shared: Path) -> str:
    return "\n".join(f"{name:28} {value:.3f}" for name, value in again(shared).items())


if __name__ == "__main__":
    drawn.run(__doc__, "assessments", (SEED, 60, 40), draw, lambda: shares(read_verdicts()), _lines)
