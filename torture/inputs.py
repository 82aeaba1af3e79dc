"""Inputs for each reader, made out of seeds: half of them broken anywhere, half broken inside of what still opens.

A gzip or Parquet file whose bytes were changed is refused at its first check; what is behind that is reached by
changing the page or the cell first and packing it afterwards.
"""

from __future__ import annotations

import gzip
import io
import json
import random
import zipfile
import zlib
from collections.abc import Callable
from typing import Any

from torture.mutate import mutated
from torture.seeds import packed_pages

Way = Callable[[list[bytes], random.Random], bytes]
_PAGE = 1_500  # bytes of a page in a web archive, of a text in a row
_SHORT = 700  # bytes of a text that is coded too: some four sentences
_PACKED = (zipfile.ZIP_DEFLATED, zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)
_ENDINGS = (
    "", "", "any", "txt", "html", "json", "jsonl", "xml", "warc", "parquet", "gz", "html.gz", "jsonl.gz", "warc.gz"
)  # fmt: skip


def made(name: str, held: list[bytes], spread: int, number: int) -> bytes:
    """The n-th input of a reader, always the same for the same seeds and spread."""
    dice = random.Random(f"{spread} {name} {number}")
    way = _WAYS.get(name.partition(".")[2] if ".csv" in name else name)
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


def _packed_table(held: list[bytes], dice: random.Random) -> bytes:
    """A table packed in any way, whole or broken; what a zip says of itself has no check and is broken too."""
    rows = _table(held, dice)
    if dice.random() < 0.2:
        return broken([gzip.compress(rows, 1, mtime=0)], dice)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", dice.choice(_PACKED)) as pack:
        for name in dice.choice((("a.csv",), ("a.csv",), ("Übersicht.csv",), ("a/", "a/b.csv"), ("a", "b"), ())):
            pack.writestr(zipfile.ZipInfo(name), b"" if name.endswith("/") else rows, pack.compression)
    packed = bytearray(stream.getvalue())
    if dice.random() < 0.7:
        told = [at for mark in (b"PK\x01\x02", b"PK\x03\x04", b"PK\x05\x06") if (at := packed.find(mark)) >= 0]
        for _ in range(dice.randint(1, 6)):
            at = dice.choice(told) + dice.randrange(52)
            packed[min(at, len(packed) - 1)] = dice.choice((0, 1, 0x80, 0xFF, dice.randrange(256)))
    return bytes(packed)


def _json(held: list[bytes], dice: random.Random) -> bytes:
    """An object, a list of them, lines of them, or a JSON Feed of them, with changed values."""
    rows = [json.loads(_lines(held[:-1], dice)) for _ in range(dice.randint(1, 3))]
    value: Any = rows
    kind = dice.randrange(5)
    if kind == 0:
        return b"\n".join(json.dumps(row).encode() for row in rows)
    if kind == 1:
        value = rows[0]
    elif kind == 2:
        value = {dice.choice(["items", "@graph", "text"]): rows}
    elif kind == 3:
        value = json.loads(held[-1])
        content = {"content_html": rows[0].get("html"), "content_text": rows[0].get("text"), "url": rows[0].get("url")}
        value["items"] += [dice.choice([content, row, {**value["items"][0], **row}]) for row in rows]
        name = dice.choice([*value, "authors", "home_page_url", "language"])
        value[name] = _value(value.get(name, ""), dice) if dice.random() < 0.3 else value.get(name)
    return json.dumps(value, indent=dice.choice([None, 1]), ensure_ascii=dice.random() < 0.5).encode(
        dice.choice(["utf8", "utf8", "utf-8-sig", "utf-16", "latin-1"]), "replace"
    )


def ending(data: bytes) -> str:
    """The ending under which bytes are read that may be anything: always the same for the same bytes."""
    return _ENDINGS[zlib.crc32(data) % len(_ENDINGS)]


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
    "json": _json,
    "csv": _table,
    "csv.zip": _packed_table,
    "coded": _short,
}
