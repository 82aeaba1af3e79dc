"""Scores figures against our own marks: `python evaluation/figures.py PATH_TO_SHARED [dev|kept] [-v]`.

The marks hold no text: a line for each document (its id, its half, how far it was read, a check on the words), then its
figures (offsets, value, unit, status, measure, between). A document from the releases is its text; one of the
pages is the headlines and paragraphs of its gold sections, joined by line ends. A figure is found where one overlaps
the mark and has its value; `value_unit` asks for its unit too. Status, measure and between are the
shares right among the found (measure and between where they were marked).
"""

from __future__ import annotations

import datetime as dt
import gzip
import hashlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from communique import annotate, resolve
from communique.code.figures import Memory, figures
from communique.model import Document, Figure, Span, When
from communique.resolve import dates
from communique.settings import DEFAULT_MODEL

MARKS = Path(__file__).with_name("figures_marks.jsonl")
Row = dict[str, Any]


def texts(shared: Path) -> dict[str, tuple[str, str, str | None]]:
    """The words, the day (ISO, or empty) and the address of each document of both corpora, by id."""
    found: dict[str, tuple[str, str, str | None]] = {}
    with gzip.open(shared / "corpus" / "state_2021" / "releases.jsonl.gz", "rt", encoding="utf8") as lines:
        for line in lines:
            row = json.loads(line)
            found[f"state/{row['id']}"] = (row["text"], row["date"][:10], row.get("url"))
    for line in (shared / "corpus" / "html" / "pages.jsonl").read_text(encoding="utf8").splitlines():
        row = json.loads(line)
        gold = row.get("gold") or {"sections": []}
        parts = [part for section in gold["sections"] for part in (section["headline"] or []) + section["paragraphs"]]
        found[f"html/{row['id']}"] = ("\n".join(parts), (gold.get("publishing_date") or "")[:10], row.get("url"))
    return found


def marked() -> Iterator[tuple[Row, list[Row]]]:
    """Each marked document with its marks."""
    head: Row | None = None
    rows: list[Row] = []
    for line in MARKS.read_text(encoding="utf8").splitlines():
        row = json.loads(line)
        if "half" in row:
            if head is not None:
                yield head, rows
            head, rows = row, []
        else:
            rows.append(row)
    if head is not None:
        yield head, rows


def read(text: str, day: str, url: str | None = None) -> list[Figure]:
    """The figures of a text, by the same steps as the pipeline."""
    written = dt.date.fromisoformat(day) if day else None
    published = When(written, written, "day", "stated") if written else When()
    document = Document("marked", text, (Span(0, len(text)),), url=url, published=published)
    context, memory = resolve.Context.of(document), Memory.of(document)
    found: list[Figure] = []
    for sentence in annotate.sentences(document, DEFAULT_MODEL):
        mentions = resolve.mentions(sentence, context)
        dated = dates.in_sentence(sentence, published)
        found += figures(sentence, mentions, dated, group=context.group, memory=memory)
    return found


def right(mark: Row, figure: Figure) -> bool:
    """Whether a figure stands on a mark and has its value."""
    touches = figure.span.start < mark["end"] and mark["start"] < figure.span.end
    return touches and figure.value is not None and abs(figure.value - mark["value"]) <= 1e-6 * abs(mark["value"])


def score(shared: Path, half: str, tell: bool = False) -> dict[str, float]:
    """F1 of value, and of value with unit; accuracy of status, measure and between; for one half of the marks."""
    corpus = texts(shared)
    count = dict.fromkeys("marks found value unit status measure measured between sided".split(), 0)
    for head, rows in marked():
        text, day, url = corpus[head["document"]]
        text = text[: head["scope"]]
        if hashlib.sha256(text.encode()).hexdigest()[:12] != head["check"]:
            raise SystemExit(f"{head['document']}: its words are not those that were marked. Mark it again")
        if head["half"] != half:
            continue
        found = [
            figure for figure in read(text, day, url) if figure.value is not None and figure.rule != "figure.conversion"
        ]
        used: set[int] = set()
        count["marks"] += len(rows)
        count["found"] += len(found)
        for mark in rows:
            words = text[mark["start"] : mark["end"]]
            place = next((i for i, f in enumerate(found) if i not in used and right(mark, f)), None)
            if place is None:
                if tell:
                    around = text[max(0, mark["start"] - 50) : mark["end"] + 40]
                    print(f"MISSED {words!r} {mark['value']} {mark['unit']}: {around!r}")
                continue
            used.add(place)
            figure = found[place]
            count["value"] += 1
            count["unit"] += figure.unit == mark["unit"]
            count["status"] += figure.status == mark["status"]
            notes = [f"unit {figure.unit}"] if figure.unit != mark["unit"] else []
            notes += [f"status {figure.status} for {mark['status']}"] if figure.status != mark["status"] else []
            if mark["measure"]:
                good = (
                    figure.measure is not None and figure.measure.split(" of ")[0] == mark["measure"].split(" of ")[0]
                )
                count["measured"], count["measure"] = count["measured"] + 1, count["measure"] + good
                notes += [] if good else [f"measure {figure.measure} for {mark['measure']}"]
            if mark["between"]:
                codes = sorted({p.actor.code for p in figure.between if p.actor.code})
                count["sided"], count["between"] = count["sided"] + 1, count["between"] + (codes == mark["between"])
                notes += [] if codes == mark["between"] else [f"between {codes} for {mark['between']}"]
            if tell and notes:
                print(f"{words!r}: {'; '.join(notes)}: {text[max(0, mark['start'] - 70) : mark['end'] + 50]!r}")
        if tell:
            for index, figure in enumerate(found):
                if index not in used:
                    around = text[max(0, figure.span.start - 40) : figure.span.end + 30]
                    print(f"EXTRA {figure.text!r} {figure.value} {figure.unit}: {around!r}")
    both = count["marks"] + count["found"]
    return {
        "marks": float(count["marks"]),
        "value_f1": 2 * count["value"] / max(1, both),
        "value_unit_f1": 2 * count["unit"] / max(1, both),
        "status": count["status"] / max(1, count["value"]),
        "measure": count["measure"] / max(1, count["measured"]),
        "between": count["between"] / max(1, count["sided"]),
    }


def measure(shared: Path) -> dict[str, float]:
    """Both halves, as figures by name."""
    return {f"{half} {name}": value for half in ("dev", "kept") for name, value in score(shared, half).items()}


if __name__ == "__main__":
    halves = [word for word in sys.argv[2:] if word in ("dev", "kept")] or ["dev", "kept"]
    for part in halves:
        for label, number in score(Path(sys.argv[1]), part, "-v" in sys.argv).items():
            print(f"{part} {label} {number:.3f}")
