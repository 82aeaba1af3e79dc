"""What an archive must survive: being killed while it is written, and bytes that change on the disk.

    python torture/run.py [--kills N] [--flips N] [--seed N] [--report FILE]

kills: `communique read` is killed at a random moment, again and again, and then let finish; what it made must be what
an uninterrupted run makes. flips: single bytes of an archive are changed; each must be found by opening it or by
`verify`, or change nothing that can be asked for. Exit code 1 where one of them fails.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

from communique.archive import Archive
from communique.errors import CommuniqueError

READ = [sys.executable, "-m", "communique", "read", "--no-encoder"]


def content(path: Path) -> list[str]:
    """All that can be asked of an archive, as sorted lines."""
    with Archive(path, create=False) as archive:
        lines = [json.dumps(row, sort_keys=True, default=str) for row in archive.events().rows()]
    with contextlib.closing(sqlite3.connect(path)) as raw:
        tables = [row[0] for row in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            # digests hold also what a run cannot repeat: when a page was first read
            if not table.startswith(("sqlite_", "words_", "reads", "digests")):
                columns = [
                    row[1]
                    for row in raw.execute(f"PRAGMA table_info({table})")
                    if row[1] not in ("number", "at", "first_read")
                ]
                if columns:
                    chosen = ", ".join(f'"{column}"' for column in columns)
                    lines += [f"{table} {row}" for row in raw.execute(f"SELECT {chosen} FROM {table}")]
    return sorted(lines)


def kills(folder: Path, number: int, dice: random.Random) -> dict[str, Any]:
    """Kills a reading run at random moments, then lets it finish; compares with a run that was let alone."""
    pages = str(files("communique.samples") / "articles")
    calm = folder / "calm.db"
    start = time.monotonic()
    subprocess.run([*READ, pages, "--archive", str(calm)], check=True, capture_output=True)
    length = time.monotonic() - start
    expected = content(calm)
    found: Counter[str] = Counter()
    hurt = folder / "hurt.db"
    for _ in range(number):
        with subprocess.Popen(
            [*READ, pages, "--archive", str(hurt)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as run:
            time.sleep(dice.uniform(0.3, 1.0) * length)
            run.send_signal(signal.SIGKILL)
        found["killed" if run.returncode == -signal.SIGKILL else "finished before it was killed"] += 1
        if hurt.exists():
            try:
                with Archive(hurt, create=False) as archive:
                    faults = archive.verify().faults
                found["faults after a kill"] += len(faults)
            except CommuniqueError as fault:
                found["empty file" if "empty" in fault.what else "not opened"] += 1
        if dice.random() < 0.4:
            ended = subprocess.run([*READ, pages, "--archive", str(hurt)], capture_output=True, check=False)
            found["same after the next run"] += content(hurt) == expected
            found["other after the next run"] += content(hurt) != expected
            found["next run failed"] += ended.returncode != 0
            for ending in ("", "-wal", "-shm"):
                Path(f"{hurt}{ending}").unlink(missing_ok=True)
    bad = (
        found["faults after a kill"]
        + found["not opened"]
        + found["other after the next run"]
        + found["next run failed"]
    )
    return {"kills": number, **{name: count for name, count in sorted(found.items()) if count}, "failed": bad}


def flips(folder: Path, number: int, dice: random.Random) -> dict[str, Any]:
    """Changes single bytes of an archive; each must be found or matter to nobody."""
    whole = folder / "calm.db"
    with contextlib.closing(sqlite3.connect(whole)) as raw:
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        raw.execute("PRAGMA journal_mode = DELETE")
    expected = content(whole)
    image = whole.read_bytes()
    found: Counter[str] = Counter()
    lost: list[int] = []
    for _ in range(number):
        place = dice.randrange(len(image))
        changed = bytearray(image)
        changed[place] ^= 1 << dice.randrange(8)
        path = folder / "flipped.db"
        path.write_bytes(changed)
        outcome = _looked_at(path, expected)
        found[outcome] += 1
        if outcome in ("not found", "crashed"):
            lost.append(place)
        for ending in ("-wal", "-shm", "-journal"):
            Path(f"{path}{ending}").unlink(missing_ok=True)
    return {
        "flips": number,
        **dict(sorted(found.items())),
        "places that were not found": lost[:20],
        "failed": len(lost),
    }


def _looked_at(path: Path, expected: list[str]) -> str:
    try:
        with Archive(path, create=False) as archive:
            if archive.verify().faults:
                return "found by verify"
    except CommuniqueError:
        return "found when opened or read"
    except Exception:
        return "crashed"
    try:
        return "changed nothing" if content(path) == expected else "not found"
    except (CommuniqueError, sqlite3.DatabaseError):  # what cannot be read back was not found
        return "not found"


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """Without what libraries print of broken files."""
    with contextlib.redirect_stderr(io.StringIO()):
        yield


def main() -> int:
    """Runs both and prints one JSON report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=12)
    parser.add_argument("--flips", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--report", type=Path)
    options = parser.parse_args()
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    folder = Path(tempfile.mkdtemp(prefix="torture-"))
    try:
        report = {"seed": options.seed, "kills": kills(folder, options.kills, random.Random(options.seed))}
        with quiet():
            report["flips"] = flips(folder, options.flips, random.Random(options.seed))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    written = json.dumps(report, indent=1)
    print(written)
    if options.report:
        options.report.write_text(written + "\n", encoding="utf8")
    return 1 if report["kills"]["failed"] or report["flips"]["failed"] else 0


if __name__ == "__main__":
    sys.exit(main())
