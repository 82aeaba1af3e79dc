"""Many short documents for trials of `communique scale`, a worker killed in the middle, and a comparison of what came
out.

    python benchmarks/cluster.py make FOLDER [--documents 50000]
    python benchmarks/cluster.py kill OUT [--after 10] -- communique scale code FOLDER --out OUT ...
    python benchmarks/cluster.py kill OUT2 [--after 10] -- communique scale merge OUT --out OUT2 ...
    python benchmarks/cluster.py end [--after 60] -- communique scale open OUT --archive FILE
    python benchmarks/cluster.py compare OUT ONE.parquet
    python benchmarks/cluster.py records OUT2 ARCHIVE

make writes half of the documents as Common Crawl publishes pages (WARC, each record packed by itself) and half as
Parquet. Each is one of the project's own training sentences of at most 80 characters, with a date, a number and
states put in for those that it names, so that hardly two are alike. kill runs a command and kills (SIGKILL) the process
that is writing a shard, or records, once so many are done. end kills a whole command after so many seconds. compare
sorts the items of a folder of shards and of what `communique code -o ONE.parquet` wrote, records those of a merge and
of an archive with their stories; they say whether they are the same bytes.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import os
import random
import re
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

LONGEST = 80  # characters of a sentence
GROUP = 500  # rows of a row group
STATES = (
    "Albania Algeria Angola Argentina Armenia Australia Austria Bangladesh Belgium Bolivia Brazil Bulgaria Cambodia "
    "Cameroon Canada Chad Chile China Colombia Croatia Cuba Cyprus Denmark Ecuador Egypt Estonia Ethiopia Finland "
    "France Gabon Germany Ghana Greece Guatemala Guyana Haiti Honduras Hungary Iceland India Indonesia Iran Iraq "
    "Ireland Israel Italy Japan Jordan Kazakhstan Kenya Kuwait Laos Latvia Lebanon Libya Lithuania Malaysia Mali "
    "Mexico Moldova Mongolia Morocco Mozambique Myanmar Namibia Nepal Nicaragua Niger Nigeria Norway Oman Pakistan "
    "Panama Paraguay Peru Poland Portugal Qatar Romania Russia Rwanda Senegal Serbia Singapore Slovakia Somalia "
    "Spain Sudan Sweden Switzerland Syria Tajikistan Tanzania Thailand Tunisia Turkey Uganda Ukraine Uruguay "
    "Uzbekistan Venezuela Vietnam Yemen Zambia Zimbabwe"
).split()
_STATE = re.compile(r"\b(" + "|".join(STATES) + r")\b")
_NUMBER = re.compile(r"\b[1-9][0-9]{1,2}\b")


def sentences() -> list[str]:
    """The short ones of the training sentences."""
    folder = Path(str(files("communique.knowledge"))) / "examples"
    rows = (json.loads(line) for path in sorted(folder.glob("*.jsonl")) for line in path.open(encoding="utf8"))
    return list(dict.fromkeys(row["text"] for row in rows if len(row["text"]) <= LONGEST))


def documents(count: int, seed: int = 9) -> Iterator[dict[str, str]]:
    """Rows with an id, a text and a date; the same for the same count and seed."""
    rng = random.Random(seed)
    plain = sentences()
    for number in range(count):
        text = plain[number % len(plain)]
        named = dict.fromkeys(_STATE.findall(text))
        put = dict(zip(named, rng.sample(STATES, len(named)), strict=True))
        text = _STATE.sub(lambda found, put=put: put[found.group()], text)
        text = _NUMBER.sub(lambda found: str(rng.randint(11, 999)), text)
        day = f"{rng.randint(2015, 2024)}-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}"
        yield {"id": f"short-{number:06d}", "text": text, "date": day}


def make(folder: Path, count: int) -> None:
    """The two files, the web archive first."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    folder.mkdir(parents=True, exist_ok=True)
    rows = list(documents(count))
    half = len(rows) // 2
    with (folder / "pages.warc.gz").open("wb") as stream:
        for row in rows[:half]:
            stream.write(gzip.compress(_record(row), 6, mtime=0))
    pq.write_table(pa.Table.from_pylist(rows[half:]), folder / "rows.parquet", row_group_size=GROUP)
    print(f"{half:,} pages and {len(rows) - half:,} rows, {len({row['text'] for row in rows}):,} different sentences")


def _record(row: dict[str, str]) -> bytes:
    page = (
        f'<html><head><title>{row["id"]}</title><meta property="article:published_time" content="{row["date"]}">'
        f"</head><body><article><p>{row['text'].replace('&', '&amp;').replace('<', '&lt;')}</p></article></body></html>"
    ).encode()
    name = uuid.uuid5(uuid.NAMESPACE_URL, row["id"])
    answer = (
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n\r\n" % len(page) + page
    )
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{name}>\r\n"
        f"WARC-Target-URI: https://news.example/{row['id']}\r\nWARC-Date: {row['date']}T12:00:00Z\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
    )
    return head.encode() + answer + b"\r\n\r\n"


def kill(out: Path, after: int, command: list[str]) -> int:
    """Runs a command, kills the writer of a shard once so many are done, and says how it went on."""
    begun = time.monotonic()
    process = subprocess.Popen(command)
    killed = 0
    while process.poll() is None:
        time.sleep(0.2)
        done = sum(len(list(out.glob(each))) for each in ("_done/*.json", "prepared/done-*", "records-*"))
        writing = sorted(path for each in (".*.part", "prepared/.*.part") for path in out.glob(each))
        if killed or done < after or not writing:
            continue
        killed = int(writing[0].name.split(".")[-2])
        try:
            os.kill(killed, signal.SIGKILL)
        except ProcessLookupError:
            killed = 0
            continue
        print(f"killed {killed} at {time.monotonic() - begun:.0f} s with {done} parts done", flush=True)
    print(f"ended with {process.returncode} after {time.monotonic() - begun:.0f} s", flush=True)
    return process.returncode if killed else 1


def compare(out: Path, one: Path) -> int:
    """0 where both hold the same items."""
    import pyarrow.parquet as pq

    from communique.scale.work import sorted_rows

    shards = sorted_rows(out)
    rows: list[dict[str, Any]] = pq.read_table(one).to_pylist()
    whole = sorted(json.dumps(row, ensure_ascii=False, sort_keys=True) for row in rows)
    for name, lines in (("shards", shards), ("one machine", whole)):
        digest = hashlib.sha256("\n".join(lines).encode()).hexdigest()
        print(f"{name}: {len(lines):,} items, sha256 {digest}")
    print("the same" if shards == whole else "NOT the same")
    return 0 if shards == whole else 1


def end(after: int, command: list[str]) -> int:
    """Runs a command and kills all of it after so many seconds."""
    process = subprocess.Popen(command, start_new_session=True)
    try:
        process.wait(after)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    print(f"ended with {process.returncode}", flush=True)
    return 0 if process.returncode == -signal.SIGKILL else 1


def records(out: Path, archive: Path) -> int:
    """0 where a folder of records and an archive hold the same records and stories."""
    import pyarrow.parquet as pq
    import sqlalchemy as sa

    from communique.archive import Archive, schema

    same = True
    with Archive(archive, create=False) as store, store.reading() as connection:
        for name, table in (("records", schema.records), ("stories", schema.stories)):
            there = sorted(connection.execute(sa.select(table.c.body)).scalars())
            paths = sorted(out.glob(f"{name}-*.parquet"))
            here = sorted(body for path in paths for body in pq.read_table(path)["body"].to_pylist())
            for where, lines in (("shards", here), ("archive", there)):
                digest = hashlib.sha256("\n".join(lines).encode()).hexdigest()
                print(f"{name}, {where}: {len(lines):,}, sha256 {digest}")
            same = same and here == there
    print("the same" if same else "NOT the same")
    return 0 if same else 1


def main() -> int:
    """Does one of them."""
    given, command = sys.argv[1:], []
    if "--" in given:
        given, command = given[: given.index("--")], given[given.index("--") + 1 :]
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("work", choices=("make", "kill", "end", "compare", "records"))
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("one", nargs="?", type=Path)
    parser.add_argument("--documents", type=int, default=50_000)
    parser.add_argument("--after", type=int, default=10)
    options = parser.parse_args(given)
    if options.work == "make":
        make(options.folder, options.documents)
        return 0
    if options.work == "kill":
        return kill(options.folder, options.after, command)
    if options.work == "end":
        return end(options.after, command)
    return (records if options.work == "records" else compare)(options.folder, options.one)


if __name__ == "__main__":
    sys.exit(main())
