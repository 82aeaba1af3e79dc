"""Mutated inputs for every reader, each in a process that is watched: no crash, no hang, no gigabyte."""

from __future__ import annotations

import json
import random
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from communique import imports, ingest
from communique.archive.verify import check
from communique.errors import CommuniqueError
from communique.model import Coded, Document
from torture import watch
from torture.inputs import ending, made
from torture.seeds import seeds

CODED = "coded"  # not a reader: short texts that are read and coded
ANY = "any"  # bytes of any kind under any ending, or none: what tells the kinds apart
# what of the inputs asked for each gets: WARC has two, plain and packed; coding one text costs what ten pages do
READERS = {
    "html": 1.0, "xml": 1.0, "warc": 0.5, "warc.gz": 0.5, "json": 1.0, "jsonl": 1.0, "txt": 1.0, "parquet": 1.0,
    "polecat.csv": 1.0, "gdelt.csv": 1.0, "icews.csv": 1.0, "gdelt.csv.zip": 0.5, ANY: 1.0, CODED: 0.05,
}  # fmt: skip
_AT_ONCE = 2_000  # inputs that one child gets: what leaks shows, and what is freed is freed
_IN_MEMORY = Path("/dev/shm")
_KEPT = 40  # faults that are kept of a reader


def fuzz(
    folder: Path,
    number: int,
    dice: random.Random,
    *,
    readers: Iterable[str] = READERS,
    most: float | None = None,
    state: Path | None = None,
) -> dict[str, Any]:
    """So many inputs for each reader, or as many as fit into `most` seconds, in turns, so that each gets its share.

    An input is told by spread, reader and number. `state` is a folder that keeps how far each reader is: what was
    stopped goes on there.
    """
    spread = dice.randrange(1 << 30)
    start = time.monotonic()
    jobs: dict[str, Callable[[int], None]] = {}
    told: dict[str, dict[str, Any]] = {}
    with tempfile.TemporaryDirectory(dir=_IN_MEMORY if _IN_MEMORY.is_dir() else folder) as place:
        for name in readers:
            told[name] = _kept(state, name, spread)
            jobs[name] = job(name, Path(place), spread)
            jobs[name](0)  # loads what it needs, before children are made
        waiting = list(jobs)
        while waiting and (most is None or time.monotonic() - start < most):
            for name in list(waiting):
                part, wanted = told[name], max(1, int(number * READERS[name]))
                end = min(part["inputs"] + max(1, int(_AT_ONCE * READERS[name])), wanted)
                if part["inputs"] < end:
                    _turn(part, end, jobs[name])
                    _keep(state, name, part)
                    watch.tell(f"{name}: {part['inputs']} inputs, {part['faults'][:3]}")
                if part["inputs"] >= wanted:
                    waiting.remove(name)
    return summed(told, spread)


def summed(told: dict[str, dict[str, Any]], spread: int) -> dict[str, Any]:
    """The report of what came of each reader's inputs."""
    wrong = [f"{name} {fault}" for name, part in told.items() for fault in part["faults"]]
    return {
        "inputs": sum(part["inputs"] for part in told.values()),
        "spread": spread,
        "readers": {
            name: {
                "inputs": part["inputs"],
                "failed": part["failed"],
                "slowest, seconds of a core": part["slow"][0][0] if part["slow"] else "under 0.5",
            }
            for name, part in told.items()
        },
        "what was wrong": wrong[:_KEPT],
        "failed": sum(part["failed"] for part in told.values()),
    }


def _turn(part: dict[str, Any], end: int, do: Callable[[int], None]) -> None:
    slow = [(seconds, number) for seconds, number in part["slow"]]
    for fault in watch.watched(part["inputs"], end, do, slow):
        part["failed"] += 1
        part["faults"] = [*part["faults"], f"{fault.number}: {fault.what}"][:_KEPT]
    part["slow"], part["inputs"] = slow, end


def _kept(state: Path | None, name: str, spread: int) -> dict[str, Any]:
    """How far a reader was; nothing where other inputs were made."""
    path = state / f"{name}.json" if state else None
    if path and path.exists():
        found: dict[str, Any] = json.loads(path.read_text("utf8"))
        if found["spread"] == spread:
            return found
    return {"spread": spread, "inputs": 0, "failed": 0, "slow": [], "faults": []}


def _keep(state: Path | None, name: str, part: dict[str, Any]) -> None:
    if state:
        state.mkdir(parents=True, exist_ok=True)
        path = state / f"{name}.json"
        path.with_suffix(".new").write_text(json.dumps(part, indent=1) + "\n", encoding="utf8")
        path.with_suffix(".new").replace(path)


def job(name: str, place: Path, spread: int) -> Callable[[int], None]:
    """What reads the n-th input of a reader and raises where what comes of it is not as promised."""
    take, held = taker(name, place), seeds("txt" if name == CODED else name)
    return lambda number: take(made(name, held, spread, number))


def taker(name: str, place: Path) -> Callable[[bytes], None]:
    """What reads bytes as this reader's, from a file in the place."""
    if name == CODED:
        return _coder(place / "coded.txt")
    page, form = place / f"page.{name}", name.partition(".")[0]

    def take(data: bytes) -> None:
        path = place / f"page.{ending(data)}".rstrip(".") if name == ANY else page
        path.write_bytes(data)
        if ".csv" not in name:
            for document in ingest.read([path], report=_plain):
                whole(Coded(document))
            return
        try:
            for coded in imports.read(path, form, _plain):
                whole(coded)
        except CommuniqueError as fault:
            _plain(fault)

    return take


def _coder(path: Path) -> Callable[[bytes], None]:
    from communique.pipeline import Coder
    from communique.settings import Settings

    coder = Coder(Settings(encoder=False))

    def take(data: bytes) -> None:
        path.write_bytes(data)
        for document in ingest.read([path], report=_plain):
            whole(coder.code(document))

    return take


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
