"""How long a pair series, a network and a picture take on an archive of a million made-up records.

usage: python benchmarks/measure.py [RECORDS] [ARCHIVE]; the archive is made where it is not there yet.
"""

from __future__ import annotations

import datetime as dt
import json
import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from communique.archive import Archive
from communique.code.ontology import events
from communique.export.tables import states

PER_DOCUMENT = 20
FIRST = dt.date(2000, 1, 1)
DAYS = 9000


def rows(records: int) -> Iterator[tuple[dict[str, Any], ...]]:
    """Documents with their events, participants and records; the busiest states take part most."""
    chance = random.Random(1)
    codes = sorted(states())[:190]
    weights = [1 / (rank + 1) for rank in range(len(codes))]
    kinds = list(events().values())
    for number in range(records):
        kind = chance.choice(kinds)
        day = (FIRST + dt.timedelta(chance.randrange(DAYS))).isoformat() if chance.random() < 0.7 else None
        pair = chance.choices(codes, weights, k=2)
        yield (
            {
                "number": number + 1,
                "document": f"d{number // PER_DOCUMENT:07}",
                "id": f"e{number:015}",
                "event": kind.name,
                "quad": kind.quad,
                "scale": kind.score,
                "date": day,
                "cameo": kind.cameo,
                "record": f"r{number:015}",
                "story": f"s{number // 3:015}",
                "pair": pair,
            },
        )


def fill(path: Path, records: int) -> None:
    """Writes the archive's tables directly: reading a million pages would take days."""
    Archive(path).close()
    base = sqlite3.connect(path)
    base.execute("PRAGMA synchronous = OFF")
    empty = json.dumps({})
    documents = [
        (
            f"d{number:07}",
            f"d{number:07}",
            "",
            f"outlet {number % 300}",
            empty,
            empty,
            "[]",
            "text/plain",
            "[]",
            0,
            "made",
            "",
        )
        for number in range(-(-records // PER_DOCUMENT))
    ]
    base.executemany(
        "INSERT INTO documents (key, id, text, source, published, page_date, date_evidence, media_type, warnings, "
        "superseded, coder, first_read) VALUES (?,?,?,?,?,?,?,?,?,?,?,?)",
        documents,
    )
    insert = {
        "events": "INSERT INTO events (number, document, position, id, sequence, sentence_start, sentence_end, start, "
        '"end", text, earliest, latest, confidence, rule, event, quad_code, event_scale, stance, unordered, precision, '
        "body) VALUES (?,?,0,?,0,0,0,?,0,'',?,?,0.9,'made',?,?,?,'actual',0,'day',?)",
        "participants": "INSERT INTO participants (document, kind, item, role, code, sector, via) "
        "VALUES (?,'event',?,?,?,'[]','name')",
        "records": "INSERT INTO records (id, event, status, kind, place, body) VALUES (?,?,'single','event','','{}')",
        "record_members": "INSERT INTO record_members (record, event) VALUES (?,?)",
        "story_records": "INSERT INTO story_records (record, story) VALUES (?,?)",
    }
    held: dict[str, list[tuple[Any, ...]]] = {name: [] for name in insert}
    for (row,) in rows(records):
        body = json.dumps({"cameo": row["cameo"]})
        held["events"].append(
            (row["number"], row["document"], row["id"], row["number"] % PER_DOCUMENT, row["date"], row["date"],
             row["event"], row["quad"], row["scale"], body)
        )  # fmt: skip
        for role, code in zip(("actor", "recipient"), row["pair"], strict=True):
            held["participants"].append((row["document"], row["number"], role, code))
        held["records"].append((row["record"], row["event"]))
        held["record_members"].append((row["record"], row["id"]))
        held["story_records"].append((row["record"], row["story"]))
        if len(held["events"]) >= 50_000:
            _flush(base, insert, held)
    _flush(base, insert, held)
    base.execute("ANALYZE")
    base.commit()
    base.close()


def _flush(base: sqlite3.Connection, insert: dict[str, str], held: dict[str, list[tuple[Any, ...]]]) -> None:
    for name, query in insert.items():
        base.executemany(query, held[name])
        held[name].clear()
    base.commit()


def main(records: int, path: Path) -> None:
    """Makes the archive where there is none, and prints one line a measure."""
    if not path.exists():
        begun = time.perf_counter()
        fill(path, records)
        print(f"archive of {records:,} records made in {time.perf_counter() - begun:.0f} s")
    codes = sorted(states())[:190]
    with Archive(path) as archive:
        for rank, pair in (
            ("busiest", (codes[0], codes[1])),
            ("tenth", (codes[2], codes[3])),
            ("rare", (codes[60], codes[90])),
        ):
            begun = time.perf_counter()
            found = archive.pair(*pair, by="month")
            taken = time.perf_counter() - begun
            number = len(found.series.total.records) if found.series.total else 0
            print(f"pair series, {rank} pair ({number:,} dated records, {len(found)} months): {taken:.2f} s")


if __name__ == "__main__":
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as folder:
        main(wanted, Path(sys.argv[2]) if len(sys.argv) > 2 else Path(folder) / "made.db")
