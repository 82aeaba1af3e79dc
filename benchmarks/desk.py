"""How long the pages of the desk take on an archive: python benchmarks/desk.py ARCHIVE [ROUNDS].

Starts `communique serve` on it, asks for every kind of page with ids and words drawn by a fixed seed, and prints the
median and the 95th percentile in milliseconds, and the memory of the server. Start a `communique read` beside it to
see the same while somebody writes.
"""

from __future__ import annotations

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

PORT = 8479
WORDS = ("climate", "agreement", "human rights", "security", "vaccine OR trade", '"foreign minister"', "sanction*")
SEED = 8


def addresses(path: str, rounds: int) -> list[tuple[str, str]]:
    """(family, address): pages whose ids are drawn from the archive."""
    draw = random.Random(SEED)
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as held:
        most = held.execute("SELECT max(number) FROM events").fetchone()[0] or 1
        pages = held.execute("SELECT max(number) FROM documents").fetchone()[0] or 1
        codes = [
            row[0]
            for row in held.execute(
                "SELECT code FROM participants WHERE kind = 'event' AND length(code) = 3 AND item < 5000 "
                "AND code NOT IN ('IGO', 'NGO', 'MNC', 'ISM', 'IMG') "
                "GROUP BY code ORDER BY count(*) DESC LIMIT 40"
            )
        ]
        found: list[tuple[str, str]] = []
        for _ in range(rounds):
            one, other = draw.sample(codes, 2)
            event = held.execute("SELECT id FROM events WHERE number >= ?", (draw.randint(1, most),)).fetchone()[0]
            key = held.execute("SELECT key FROM documents WHERE number >= ?", (draw.randint(1, pages),)).fetchone()[0]
            record = held.execute("SELECT record FROM record_members WHERE event = ?", (event,)).fetchone()
            word = draw.choice(WORDS).replace(" ", "+").replace('"', "%22")
            found += [
                ("start", "/"),
                ("pairs", "/pairs"),
                ("articles", f"/articles?page={draw.randint(1, 20)}"),
                ("records", f"/records?page={draw.randint(1, 50)}"),
                ("records of a state", f"/records?state={one}"),
                ("pair", f"/pair/{one}/{other}"),
                ("event", f"/item/event/{event}"),
                ("article", f"/article/{key}"),
                ("actor", f"/actor/{one}"),
                ("search", f"/search?q={word}"),
                ("search in a state", f"/search?q={word}&state={other}"),
                ("figures", f"/list/figures?state={one}"),
                ("quotes", f"/list/quotes?state={one}"),
                ("stories", "/stories"),
                ("disagreements", "/disagreements"),
                ("review", "/review"),
            ]
            found += [("record", f"/record/{record[0]}")] if record else []
    return found


def main() -> None:
    """Prints one line for each family."""
    path, rounds = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 10
    command = [sys.executable, "-m", "communique", "serve", path, "--port", str(PORT), "--readonly"]
    server = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    taken: dict[str, list[float]] = {}
    try:
        wanted = addresses(path, rounds)
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                ask("/static/icon.svg")
                break
            except (urllib.error.URLError, ConnectionError):
                time.sleep(0.2)
        for family, address in wanted:
            try:
                taken.setdefault(family, []).append(ask(address))
            except urllib.error.HTTPError as fault:
                print(f"{address}: {fault}")
        memory = re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{server.pid}/status").read_text(encoding="utf8"))
    finally:
        server.terminate()
        server.wait(20)
    everything = [each for one in taken.values() for each in one]
    print(f"{'page':20} {'median ms':>10} {'95 % ms':>10}")
    for family, times in [*taken.items(), ("all", everything)]:
        ordered = sorted(times)
        print(f"{family:20} {statistics.median(times):10.0f} {ordered[int(0.95 * (len(ordered) - 1))]:10.0f}")
    print(f"most memory of the server: {int(memory[1]) // 1000 if memory else 0} MB")


def ask(address: str) -> float:
    """Milliseconds until the whole page is there."""
    begun = time.perf_counter()
    with urllib.request.urlopen(f"http://127.0.0.1:{PORT}{address}", timeout=120) as answer:
        answer.read()
    return (time.perf_counter() - begun) * 1000


if __name__ == "__main__":
    main()
