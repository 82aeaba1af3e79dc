"""How long a pair series, the network and an export take on an archive of a million made-up records, and their memory.

usage: python benchmarks/measure.py [RECORDS] [ARCHIVE] [--only pair,network,export] [--keep FILE]; the archive is made
where it is not there yet (benchmarks/measure_archive.py). Every measure is a process of its own, and says how much
memory that took at most. With --keep the figures are put into a JSON file, beside those that it has.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from measure_archive import codes, fill

from communique.archive import Archive

PAIRS = {"busiest": (0, 1), "tenth": (2, 3), "rare": (60, 90)}  # by rank of the states
ROUNDS = 3


def pair(path: Path) -> dict[str, Any]:
    """The monthly series of three pairs, each a few times; the first of all also brings libraries into memory."""
    who, found = codes(), {}
    with Archive(path) as archive:
        archive.pair(who[PAIRS["rare"][0]], who[PAIRS["rare"][1]], by="month")
        for name, (one, other) in PAIRS.items():
            taken = []
            for _ in range(ROUNDS):
                begun = time.perf_counter()
                made = archive.pair(who[one], who[other], by="month")
                taken.append(time.perf_counter() - begun)
            total = made.series.total
            found[name] = {
                "acts": len(made.acts),
                "of them dated": len(total.records) if total else 0,
                "months": len(made),
                "seconds": [round(each, 2) for each in taken],
            }
    return found


def network(path: Path) -> dict[str, Any]:
    """The network of all states over all time."""
    with Archive(path) as archive:
        begun = time.perf_counter()
        made = archive.network()
        taken = time.perf_counter() - begun
    return {"ties": len(made.ties), "unclear": len(made.unclear), "seconds": round(taken, 1)}


def export(path: Path) -> dict[str, Any]:
    """All of it as Parquet."""
    from communique.cli import run

    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "all.parquet"
        begun = time.perf_counter()
        run(["export", "--archive", str(path), "-o", str(target)])
        return {"seconds": round(time.perf_counter() - begun), "bytes": target.stat().st_size}


MEASURES = {"pair": pair, "network": network, "export": export}


def measured(name: str, path: Path) -> dict[str, Any]:
    """One measure, in a process of its own."""
    done = subprocess.run(
        [sys.executable, __file__, "0", str(path), "--one", name], stdout=subprocess.PIPE, check=True
    ).stdout
    found: dict[str, Any] = json.loads(done.splitlines()[-1])
    return found


def main() -> None:
    """Prints one line a measure."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("records", nargs="?", type=int, default=1_000_000)
    options.add_argument("archive", nargs="?", type=Path)
    options.add_argument("--only", default=",".join(MEASURES))
    options.add_argument("--keep", type=Path, metavar="FILE")
    options.add_argument("--one", help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.one:
        found = MEASURES[given.one](given.archive)
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(json.dumps({**found, "most memory, megabytes": most}))
        return
    with tempfile.TemporaryDirectory() as folder:
        path = given.archive or Path(folder) / "made.db"
        if not path.exists():
            begun = time.perf_counter()
            fill(path, given.records)
            print(f"archive of {given.records:,} records made in {time.perf_counter() - begun:.0f} s")
        held = json.loads(given.keep.read_text("utf8")) if given.keep and given.keep.exists() else {}
        held |= {"records": given.records, "archive, bytes": path.stat().st_size, "processors": os.cpu_count()}
        for name in given.only.split(","):
            held[name] = measured(name, path)
            print(f"{name}: {json.dumps(held[name])}", flush=True)
        if given.keep:
            given.keep.write_text(json.dumps(held, indent=1) + "\n", encoding="utf8")


if __name__ == "__main__":
    main()
