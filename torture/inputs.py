"""Inputs for each reader, made out of seeds: half of them broken anywhere, half broken inside of what still opens.

A gzip or Parquet file whose bytes were changed is refused at its first check; what is behind that is reached by
changing the page or the cell first and packing it afterwards.
"""

from __future__ import annotations

import gzip
import io
import json
import random
from collections.abc import Callable
from typing import Any

from torture.mutate import mutated
from torture.seeds import packed_pages

Way = Callable[[list[bytes], random.Random], bytes]
_PAGE = 1_500  # bytes of a page in a web archive, of a text in a row
_SHORT = 700  # bytes of a text that is coded too: some four sentences


def made(name: str, held: list[bytes], spread: int, number: int) -> bytes:
    """The n-th input of a reader, always the same for the same seeds and spread."""
    dice = random.Random(f"{spread} {name} {number}")
    way = _WAYS.get(name.partition(".")[2] if name.endswith(".csv") else name)
    return way(held, dice) if way and (name == "coded" or dice.random() < 0.6) else broken(held, dice)


def broken(held: list[bytes], dice: random.Random) -> bytes:
    """A seed whose bytes were changed, wherever they stand."""
    return mutated(dice.choice(held), dice.choice(held), dice)


def _warc(held: list[bytes], dice: random.Random) -> bytes:
    """Changed pages behind headers that fit them."""
    bodies = [archive.partition(b"\r\n\r\n")[2].partition(b"\r\n\r\n")[2] for archive in held]
    return packed_pages([broken(bodies, dice)[:_PAGE] for _ in range(1 + (dice.random() < 0.2))])


def _gzipped(held: list[bytes], dice: random.Random) -> bytes:
    plain = [gzip.decompress(archive)[:3_000] for archive in held]
    return gzip.compress(_warc(plain, dice) if dice.random() < 0.5 else broken(plain, dice), 1, mtime=0)


def _lines(held: list[bytes], dice: random.Random) -> bytes:
    """A row of JSON with one value changed, or of another kind, or under another name."""
    row: dict[str, Any] = json.loads(dice.choice(held).splitlines()[0])
    row["text" if "text" in row else "html"] = str(row.get("text") or row.get("html"))[:_PAGE]
    name = dice.choice([*row, *row, "html", "date", "id", "url"])
    row[name] = _value(row.get(name, ""), dice)
    if dice.random() < 0.3:
        other = dice.choice(list(row))
        row[dice.choice(["text", "html", "title", "byline", "source", ""])] = row.pop(other)
    return json.dumps(row, ensure_ascii=dice.random() < 0.5).encode("utf8", "surrogatepass") + b"\n"


def _value(value: Any, dice: random.Random) -> Any:
    if dice.random() < 0.2:
        return dice.choice([None, True, -1, 1e308, [], {}, [[]], {"@id": 1}, "", "\ud800", "\x00", 10**30])
    data = str(value).encode("utf8", "surrogatepass")
    return mutated(data, data, dice).decode("utf8", dice.choice(["replace", "ignore"]))


def _parquet(held: list[bytes], dice: random.Random) -> bytes:
    """Whole Parquet with changed cells, and columns of kinds that nobody asked for."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    rows: list[dict[str, Any]] = pq.read_table(io.BytesIO(held[0])).to_pylist()[: dice.randint(1, 3)]
    columns: dict[str, Any] = {}
    for name in rows[0]:
        cells = [mutated(str(row[name]).encode()[:_PAGE], b"", dice) for row in rows]
        kind = dice.randrange(8)
        if kind < 5:
            columns[name] = [cell.decode("utf8", "replace") for cell in cells]
        elif kind == 5:
            columns[name] = cells
        elif kind == 6:
            columns[name] = pa.array([dice.randint(-(10**9), 10**12) for _ in cells]).cast(
                dice.choice([pa.int64(), pa.timestamp("s"), pa.float64()])
            )
        else:
            columns[name] = [None if dice.random() < 0.5 else [cell.decode("utf8", "replace")] for cell in cells]
    if dice.random() < 0.3:
        columns[dice.choice(["html", "date", "url", "other"])] = columns.pop("title")
    stream = io.BytesIO()
    pq.write_table(pa.table(columns), stream)
    return stream.getvalue()


def _table(held: list[bytes], dice: random.Random) -> bytes:
    """A table whose rows keep their number of cells, with a few cells changed, swapped or taken from another column."""
    lines = [line.split(b"\t") for line in dice.choice(held).splitlines()]
    row = dice.choice(lines[1:] or lines)
    for _ in range(dice.randint(1, 6)):
        at, other = dice.randrange(len(row)), dice.randrange(len(row))
        if dice.random() < 0.3:
            row[at], row[other] = row[other], row[at]
        else:
            row[at] = mutated(row[at], row[other], dice).replace(b"\t", b" ").replace(b"\n", b" ")
    return b"\n".join(b"\t".join(cells) for cells in lines) + b"\n"


def _short(held: list[bytes], dice: random.Random) -> bytes:
    """A few sentences out of the middle of a text."""
    text = dice.choice(held)
    start = dice.randrange(max(1, len(text) - _SHORT))
    return mutated(text[start : start + dice.randint(60, _SHORT)], dice.choice(held), dice)[:_SHORT]


_WAYS: dict[str, Way] = {
    "warc": _warc,
    "warc.gz": _gzipped,
    "jsonl": _lines,
    "parquet": _parquet,
    "csv": _table,
    "coded": _short,
}
