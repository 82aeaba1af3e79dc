"""Inputs that are led by what code they reach (atheris, libFuzzer), for readers whose inputs are bytes as they stand.

    python -m torture.guided READER RUNS FOLDER SEED

runs one reader in this process; `guided` does so for several, each in a process of its own, where atheris is installed
(the extra "torture"). Every function of ours tells libFuzzer which of its branches an input took, and what reached
something new is kept and changed again.
"""

from __future__ import annotations

import importlib
import importlib.util
import json
import os
import random
import re
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

READERS = ("html", "xml", "jsonl", "txt", "warc", "polecat.csv", "gdelt.csv", "icews.csv")
SECONDS = 10  # of a core that one input may take
MEMORY = 1 << 30  # bytes that a run may grow by
MOST = 12_000  # bytes of an input
_CRASHES = 5  # that a reader may have before it is left
_FOUND = re.compile(r"=== Uncaught Python exception: ===\s+(.{0,300})", re.S)


def available() -> bool:
    """Whether atheris is installed."""
    return importlib.util.find_spec("atheris") is not None


def guided(
    folder: Path, number: int, dice: random.Random, *, readers: tuple[str, ...] = READERS, most: float | None = None
) -> dict[str, Any]:
    """So many led inputs for each reader, or as many as each reader's share of `most` seconds holds."""
    if not available():
        return {"not run": "atheris is not installed (pip install 'communique[torture]')", "failed": 0}
    told: dict[str, dict[str, Any]] = {}
    wrong: list[str] = []
    for name in readers:
        place = folder / name
        place.mkdir()
        part: dict[str, Any] = {"inputs": 0, "failed": 0}
        end = time.monotonic() + most / len(readers) if most is not None else None
        while part["inputs"] < number and part["failed"] < _CRASHES:
            left = None if end is None else end - time.monotonic()
            if left is not None and left <= 0:
                break
            fault = _run(name, number - part["inputs"], place, dice.randrange(1, 1 << 30), left)
            for key, value in _counted(place).items():
                part[key] = part[key] + value if key == "inputs" else value
            if fault is None:
                break
            part["failed"] += 1
            wrong.append(f"{name}: {fault}")
        told[name] = part
    return {
        "inputs": sum(part["inputs"] for part in told.values()),
        "readers": told,
        "what was wrong": wrong[:40],
        "failed": len(wrong),
    }


def _run(name: str, runs: int, place: Path, seed: int, seconds: float | None) -> str | None:
    """Runs a reader in a process of its own; what was wrong, or None where it came to its end."""
    (place / "count").unlink(missing_ok=True)
    arguments = [sys.executable, "-m", "torture.guided", name, str(runs), str(place), str(seed)]
    if seconds is not None:
        arguments.append(str(max(1, int(seconds))))
    ended = subprocess.run(
        arguments, cwd=Path(__file__).parents[1], capture_output=True, text=True, errors="replace", check=False
    )
    if ended.returncode == 0:
        return None
    found = _FOUND.search(ended.stderr)
    said = found[1] if found else ended.stderr[-300:]
    return f"ended with {ended.returncode}: {' '.join(said.split())}"


def _counted(place: Path) -> dict[str, int]:
    path = place / "count"
    return json.loads(path.read_text("ascii")) if path.exists() else {"inputs": 0}


def main() -> None:
    """READER RUNS FOLDER SEED [SECONDS]: never comes back; libFuzzer ends the process."""
    atheris = importlib.import_module("atheris")
    name, runs, place, seed = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]), sys.argv[4]
    with atheris.instrument_imports(include=["communique"], enable_loader_override=False):
        from torture.fuzz import taker
        from torture.seeds import seeds
    take = taker(name, place)
    corpus = place / "corpus"
    corpus.mkdir(exist_ok=True)
    held = seeds(name)
    for number, data in enumerate(held):
        (corpus / f"seed-{number}").write_bytes(data[:MOST])
        take(data)
    counted = {"inputs": 0}
    resource.setrlimit(resource.RLIMIT_AS, (_size() + MEMORY, resource.RLIM_INFINITY))
    signal.signal(signal.SIGPROF, signal.SIG_DFL)

    def one(data: bytes) -> None:
        counted["inputs"] += 1
        if counted["inputs"] % 100 == 0:
            _note(place, counted)
        signal.setitimer(signal.ITIMER_PROF, SECONDS)
        try:
            take(bytes(data))
        except BaseException:
            _note(place, counted)
            raise
        if counted["inputs"] >= runs:
            _note(place, counted)

    seconds = [f"-max_total_time={sys.argv[5]}"] if len(sys.argv) > 5 else []
    # libFuzzer counts the clock's seconds, and others use this machine too: its own limits are left wide
    atheris.Setup(
        [sys.argv[0], f"-runs={runs}", f"-seed={seed}", f"-max_len={MOST}", "-timeout=600", "-rss_limit_mb=0",
         "-len_control=0", "-verbosity=0", f"-artifact_prefix={place}/", *seconds, str(corpus)],
        one,
    )  # fmt: skip
    atheris.Fuzz()


def _note(place: Path, counted: dict[str, int]) -> None:
    kept = {**counted, "reached something new": sum(1 for _ in (place / "corpus").iterdir())}
    (place / "count.new").write_text(json.dumps(kept), encoding="ascii")
    (place / "count.new").replace(place / "count")


def _size() -> int:
    with open("/proc/self/statm", encoding="ascii") as told:  # noqa: PTH123
        return int(told.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")


if __name__ == "__main__":
    main()
