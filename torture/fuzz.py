"""Mutated inputs for every reader, each in a process that is watched: no crash, no hang, no gigabyte."""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from communique import imports, ingest
from communique.archive.verify import check
from communique.errors import CommuniqueError
from communique.model import Coded, Document
from communique.pipeline import Coder
from communique.settings import Settings
from torture import mutate, server, watch
from torture.seeds import seeds

# of a hundred inputs, how many each reader gets: pages cost most and break most
SHARES = {
    "html": 16, "xml": 8, "warc": 8, "warc.gz": 6, "jsonl": 18, "txt": 18, "parquet": 6,
    "polecat.csv": 6, "gdelt.csv": 6, "icews.csv": 6, "coded": 2,
}  # fmt: skip
_AT_ONCE = 250  # inputs that one child gets: what leaks shows, and what is freed is freed


def fuzz(folder: Path, number: int, dice: random.Random, most: float | None = None) -> dict[str, Any]:
    """So many inputs over all readers, or as many as fit into `most` seconds; an input is told by reader and number."""
    held = seeds()
    held["coded"] = held["txt"]
    spread = dice.randrange(1 << 30)
    report: dict[str, Any] = {}
    wrong: list[str] = []
    with tempfile.TemporaryDirectory(dir=folder) as place:
        for name, share in SHARES.items():
            job = _job(name, held[name], Path(place), spread)
            job(0)  # loads what it needs, before children are made
            wanted, done, slow, start = max(1, number * share // 100), 0, [], time.monotonic()  # type: ignore[var-annotated]
            faults: list[watch.Fault] = []
            while done < wanted and (most is None or time.monotonic() - start < most * share / 100):
                end = min(done + _AT_ONCE, wanted)
                faults += watch.watched(done, end, job, slow)
                done = end
            server.tell(f"{name}: {done} inputs, {[fault.what for fault in faults][:5]}")
            report[name] = {"inputs": done, "failed": len(faults), "slowest": slow[0][0] if slow else "under 0.5 s"}
            wrong += [f"{name} {fault.number}: {fault.what}" for fault in faults]
    return {
        "inputs": sum(part["inputs"] for part in report.values()),
        "spread": spread,
        "readers": report,
        "what was wrong": wrong[:40],
        "failed": len(wrong),
    }


def made(held: list[bytes], spread: int, name: str, number: int) -> bytes:
    """The n-th input of a reader."""
    dice = random.Random(f"{spread} {name} {number}")
    return mutate.mutated(dice.choice(held), dice.choice(held), dice)


def _job(name: str, held: list[bytes], place: Path, spread: int) -> Callable[[int], None]:
    path = place / f"page.{name}"
    coder = Coder(Settings(encoder=False)) if name == "coded" else None

    def job(number: int) -> None:
        data = made(held, spread, name, number)
        if coder is not None:
            path.with_suffix(".txt").write_bytes(data)
            for document in ingest.read([path.with_suffix(".txt")], report=_plain):
                whole(coder.code(document))
            return
        path.write_bytes(data)
        if name.endswith(".csv"):
            try:
                for coded in imports.read(path, name.removesuffix(".csv"), _plain):
                    whole(coded)
            except CommuniqueError as fault:
                _plain(fault)
            return
        for document in ingest.read([path], report=_plain):
            whole(Coded(document))

    return job


def whole(coded: Coded) -> None:
    """Raises where a document that was read could not be kept: spans beside its text, half characters."""
    document: Document = coded.document
    for text in (document.text, document.id, document.title, document.byline, document.url, document.source):
        (text or "").encode("utf8")
    faults = check(coded)[1]
    if faults:
        raise AssertionError(f"does not verify: {faults[0].line()}")


def _plain(fault: CommuniqueError) -> None:
    """A fault has to be told on one line of bearable length that says what to do."""
    line = fault.line()
    if "\n" in line or len(line) > 1_000 or not fault.advice:
        raise AssertionError(f"a fault is told badly: {line[:200]!r}")
