"""Whom pronouns, pairs and descriptions mean, against marks that were set by hand before any answer was looked at.

coreference_marks.jsonl holds no text: a document of the seeds or the releases, offsets, what kind it is, and the codes
of whom it means (none for an "it" that is nobody). "we" is a kind of its own, since the voice of a page decides it.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from communique import ingest, pipeline
from communique.errors import CommuniqueError
from communique.model import Document, Mention, Span
from communique.settings import Settings

MARKS = Path(__file__).with_name("coreference_marks.jsonl")
Mark = dict[str, Any]


def documents(shared: Path, wanted: set[str]) -> Iterator[Document]:
    """The marked documents: seeds as they are, releases with title, address and date as their page gives them."""

    def report(fault: CommuniqueError) -> None:
        raise fault

    yield from (document for document in ingest.read([shared / "seeds"], report=report) if document.id in wanted)
    with gzip.open(shared / "corpus" / "state_2021" / "releases.jsonl.gz", "rt", encoding="utf8") as lines:
        for row in map(json.loads, lines):
            if row["id"] in wanted:
                yield ingest.from_text(
                    row["text"], id=row["id"], title=row["title"], url=row["url"], date=row["date"][:10]
                )


def answer(mark: Mark, mentions: list[Mention]) -> Mention | None:
    """The mention that a mark asks for: the one that ends nearest to its end."""
    span = Span(mark["start"], mark["end"])
    near = [mention for mention in mentions if mention.span.overlaps(span)]
    return min(near, key=lambda m: (abs(m.span.end - span.end), abs(m.span.start - span.start)), default=None)


def measure(shared: Path, misses: bool = False) -> dict[str, float]:
    """Shares right by kind, and how much surer right answers are than wrong ones; an answer is right as a whole."""
    marks = [json.loads(line) for line in MARKS.read_text(encoding="utf8").splitlines()]
    right: dict[str, list[bool]] = {}
    sure: dict[bool, list[float]] = {True: [], False: []}
    coder = pipeline.Coder(Settings(kinds=(), encoder=False))
    for document in documents(shared, {mark["document"] for mark in marks}):
        found = [mention for _, mention in coder.code(document).mentions]
        for mark in (m for m in marks if m["document"] == document.id):
            given = answer(mark, found)
            codes = sorted(set(given.codes)) if given else []
            good = codes == mark["codes"]
            right.setdefault(mark["kind"], []).append(good)
            if given is not None and codes:
                sure[good].append(given.confidence)
            if misses and not good:
                words = document.text[max(0, mark["start"] - 60) : mark["end"] + 30].replace("\n", " ")
                print(mark["kind"], mark["codes"], codes, given and (given.via, given.confidence), "|", words)
    everything = [good for kind in right.values() for good in kind]
    figures = {"marks": float(len(everything)), "right": sum(everything) / len(everything)}
    figures |= {f"{kind} right": sum(values) / len(values) for kind, values in sorted(right.items())}
    mean = {good: sum(values) / len(values) if values else 0.0 for good, values in sure.items()}
    figures["confidence, right over wrong"] = mean[True] - mean[False]
    return figures


if __name__ == "__main__":
    print(measure(Path(sys.argv[1]), misses=True))
