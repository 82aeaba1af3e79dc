"""How long the pages of the desk take on an archive: python benchmarks/desk.py ARCHIVE [options].

Starts `communique serve` on it, asks for every kind of page and its twins with ids and words drawn by a fixed seed,
and prints the median and the 95th percentile of the time until the whole page is there, what of it the server worked
(its processor time: what counts where other programs use the machine too), and the most memory of the server. With
--read PAGES a `communique read` writes into the archive meanwhile. With --keep FILE the figures are kept as JSON.
benchmarks/desk_archive.py makes a large archive.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import re
import sqlite3
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

PORT = 8479
WORDS = ("climate", "agreement", "human rights", "security", "vaccine OR trade", '"foreign minister"', "sanction*")
SEED = 8
PATIENCE = 3_600  # seconds that a register, and what a process of its own works out, may take to be made
MADE = {  # pages that say at first that they are being worked out: timed once they are
    "network": "/network", "map": "/map", "pledges": "/pledges", "pledges of two": "/pledges?state=USA&state=CHN",
}  # fmt: skip


def addresses(path: str, rounds: int) -> list[tuple[str, str]]:
    """(family, address): pages whose ids are drawn from the archive."""
    draw = random.Random(SEED)
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as held:
        most = held.execute("SELECT max(number) FROM events").fetchone()[0] or 1
        pages = held.execute("SELECT max(number) FROM documents").fetchone()[0] or 1
        codes = [
            row[0]
            for row in held.execute(
                "SELECT code FROM participants WHERE kind = 'event' AND length(code) = 3 AND item < 20000 "
                "AND code NOT IN ('IGO', 'NGO', 'MNC', 'ISM', 'IMG') "
                "GROUP BY code ORDER BY count(*) DESC LIMIT 40"
            )
        ]
        stories = held.execute("SELECT max(number) FROM stories").fetchone()[0] or 1
        found: list[tuple[str, str]] = []
        for _ in range(rounds):
            one, other = draw.sample(codes, 2)
            event = held.execute("SELECT id FROM events WHERE number >= ?", (draw.randint(1, most),)).fetchone()[0]
            key = held.execute("SELECT key FROM documents WHERE number >= ?", (draw.randint(1, pages),)).fetchone()[0]
            record = held.execute("SELECT record FROM record_members WHERE event = ?", (event,)).fetchone()
            story = held.execute("SELECT id FROM stories WHERE number >= ?", (draw.randint(1, stories),)).fetchone()
            word = draw.choice(WORDS).replace(" ", "+").replace('"', "%22")
            found += [
                ("start", "/"),
                ("start, json", "/index.json"),
                ("pairs", "/pairs"),
                ("articles", f"/articles?page={draw.randint(1, 20)}"),
                ("records", f"/records?page={draw.randint(1, 50)}"),
                ("records of a state", f"/records?state={one}"),
                ("records of a state, json", f"/records.json?state={one}&page=3"),
                ("records of a state, csv", f"/records.csv?state={other}"),
                ("planned acts of a state", f"/records?state={one}&stance=planned"),
                ("acts of a kind in a year", f"/records?event=CONSULT&from={draw.randint(1996, 2024)}"),
                ("pair", f"/pair/{one}/{other}"),
                ("pair, json", f"/pair/{one}/{other}.json?by=year"),
                ("pair, csv", f"/pair/{one}/{other}.csv"),
                ("event", f"/item/event/{event}"),
                ("article", f"/article/{key}"),
                ("article, json", f"/article/{key}.json"),
                ("actor", f"/actor/{one}"),
                ("search", f"/search?q={word}"),
                ("search in a state", f"/search?q={word}&state={other}"),
                ("search, json", f"/search.json?q={word}&page=2"),
                ("figures", f"/list/figures?state={one}"),
                ("quotes", f"/list/quotes?state={one}"),
                ("quotes of two", f"/list/quotes?state={one}&state={other}"),
                ("events", f"/list/events?page={draw.randint(1, 50)}"),
                ("stories", "/stories"),
                ("stories of a state", f"/stories?state={one}"),
                ("disagreements", "/disagreements"),
                ("disagreements of a state", f"/disagreements?state={one}"),
                *MADE.items(),
                ("pledges, first asked", f"/pledges?state={one}&state={other}"),
                ("review", "/review"),
                ("judgements", "/judgements"),
            ]
            found += [("record", f"/record/{record[0]}")] if record else []
            found += [("story", f"/story/{story[0]}")] if story else []
    draw.shuffle(found)
    return found


def measured(path: str, rounds: int, read: str | None) -> dict[str, Any]:
    """The figures of one run."""
    command = [sys.executable, "-m", "communique", "serve", path, "--port", str(PORT), "--readonly"]
    begun = time.monotonic()
    server = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    reader: subprocess.Popen[bytes] | None = None
    taken: dict[str, list[tuple[float, float]]] = {}
    faults: list[str] = []
    try:
        wanted = addresses(path, rounds)
        started = _until(lambda: ask("/static/icon.svg") > 0, 120, begun)
        ready = _until(lambda: bool(_json("/pairs.json")["pairs"]), PATIENCE, begun)
        made = {family: _made(address) for family, address in MADE.items()}
        if read:
            reader = subprocess.Popen(
                [sys.executable, "-m", "communique", "read", read, "--archive", path, "--no-encoder"],
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            )  # fmt: skip
        for family, address in wanted:
            before = worked(server.pid)
            try:
                spent = ask(address)
            except (urllib.error.URLError, TimeoutError) as fault:
                faults.append(f"{address}: {fault}")
                continue
            taken.setdefault(family, []).append((spent, worked(server.pid) - before))
        memory = re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{server.pid}/status").read_text(encoding="utf8"))
        writing = reader is not None and reader.poll() is None
    finally:
        for process in (reader, server):
            if process is not None:
                process.terminate()
                process.wait(60)
    taken["all"] = [each for one in taken.values() for each in one]
    return {
        "archive": {"bytes": Path(path).stat().st_size, "documents": _documents(path)},
        "machine": {"processors": os.cpu_count(), "load": os.getloadavg()[0], "system": platform.platform()},
        "seconds until it answers": round(started, 1),
        "seconds until the register is made": round(ready, 1),
        "seconds until it is worked out": made,
        "a read was writing to the end": writing if read else None,
        "most memory of the server, megabytes": int(memory[1]) // 1000 if memory else None,
        "faults": faults,
        "pages": {family: _figures(times) for family, times in taken.items()},
    }


def _figures(times: list[tuple[float, float]]) -> dict[str, float]:
    """Milliseconds: until the page is there, and worked for it."""
    waited, spent = sorted(each for each, _ in times), sorted(each for _, each in times)
    last = int(0.95 * (len(times) - 1))
    return {
        "pages": len(times), "median": round(statistics.median(waited)), "95 %": round(waited[last]),
        "worked, median": round(statistics.median(spent)), "worked, 95 %": round(spent[last]),
    }  # fmt: skip


def _documents(path: str) -> int:
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as held:
        return int(held.execute("SELECT count(*) FROM documents").fetchone()[0])


def _until(done: Any, most: float, begun: float) -> float:
    while time.monotonic() - begun < most:
        try:
            if done():
                break
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            pass
        time.sleep(0.5)
    return time.monotonic() - begun


def worked(process: int) -> float:
    """Milliseconds of a processor that all threads of a process have used (Linux)."""
    spent = 0
    for thread in Path(f"/proc/{process}/task").iterdir():
        try:
            spent += int((thread / "schedstat").read_text().split()[0])
        except (OSError, IndexError):
            continue
    return spent / 1e6


def ask(address: str) -> float:
    """Milliseconds until the whole page is there."""
    begun = time.perf_counter()
    with urllib.request.urlopen(f"http://127.0.0.1:{PORT}{address}", timeout=300) as answer:
        answer.read()
    return (time.perf_counter() - begun) * 1000


def _made(address: str) -> float:
    """Seconds until a page is there that a process of its own works out."""
    path, mark, query = address.partition("?")
    begun = time.monotonic()
    return round(_until(lambda: bool(_json(f"{path}.json{mark}{query}")["ready"]), PATIENCE, begun), 1)


def _json(address: str) -> Any:
    with urllib.request.urlopen(f"http://127.0.0.1:{PORT}{address}", timeout=300) as answer:
        return json.loads(answer.read())


def main() -> None:
    """Prints one line for each family."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("archive")
    options.add_argument("--rounds", type=int, default=10)
    options.add_argument("--read", metavar="PAGES")
    options.add_argument("--keep", metavar="FILE")
    given = options.parse_args()
    found = measured(given.archive, given.rounds, given.read)
    print(f"{'page':28} {'median':>8} {'95 %':>8} {'worked':>8} {'95 %':>8}   milliseconds")
    for family, row in sorted(found["pages"].items()):
        print(f"{family:28} {row['median']:8} {row['95 %']:8} {row['worked, median']:8} {row['worked, 95 %']:8}")
    for name, value in found.items():
        if name != "pages":
            print(f"{name}: {value}")
    if given.keep:
        Path(given.keep).write_text(json.dumps(found, indent=1) + "\n", encoding="utf8")


if __name__ == "__main__":
    main()
