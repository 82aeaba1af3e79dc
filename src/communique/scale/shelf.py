"""What a merge looks up by number: documents and tellings of prepared shards, read where they lie on the disk.

A document's number is the place of its shard in the list of shards, shifted by 32 bits, and its row in it; so is a
telling's. Joins carry numbers alone; whoever decides on a pair maps the file into memory and reads two rows of it. Of
an open file only the pages that are touched are in memory, and the system takes them back when it needs room.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from communique.merge.nearness import About
from communique.merge.sketch import Sketch
from communique.merge.sketch import unpack as sketch_of
from communique.merge.telling import Telling
from communique.merge.telling import unpack as telling_of
from communique.merge.topic import unpack as topic_of

ROW = 32  # bits of a number that are the row
_ROWS = (1 << ROW) - 1
OPEN = 512  # files that a worker holds open
HELD = 4_096  # documents of which it keeps what it has unpacked, 10 KB each
TOLD = 20_000  # tellings, 2 KB each
TEXTS = {
    "key": "string", "id": "string", "url": "string", "place": "string", "title": "string", "lead": "string",
    "published": "string", "day": "int32", "revises": "bool", "sketch": "binary", "topic": "string",
}  # fmt: skip
TOLDS = {"name": "string", "line": "string"}


def number(shard: int, row: int) -> int:
    """The number of a row of a shard."""
    return shard << ROW | row


def path_of(folder: Path, table: str, shard: int) -> Path:
    """The file of a table of one prepared shard."""
    return folder / "prepared" / f"{table}-{shard:07d}.{'arrow' if table in ('texts', 'told') else 'parquet'}"


def write_rows(path: Path, kinds: Mapping[str, str], rows: Sequence[Mapping[str, Any]]) -> None:
    """Writes an Arrow file whose rows can be read one by one."""
    import pyarrow as pa

    schema = pa.schema([(name, getattr(pa, "bool_" if kind == "bool" else kind)()) for name, kind in kinds.items()])
    table = pa.Table.from_pylist(list(rows), schema=schema).combine_chunks()
    with pa.OSFile(str(path), "wb") as stream, pa.ipc.new_file(stream, schema) as writer:
        writer.write_table(table)


class Shelf:
    """The prepared documents and tellings of a folder, for one worker."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file = functools.lru_cache(maxsize=OPEN)(self._open)
        self.sketch = functools.lru_cache(maxsize=HELD)(self._sketch)
        self.about = functools.lru_cache(maxsize=HELD)(self._about)
        self.telling = functools.lru_cache(maxsize=TOLD)(self._telling)

    def document(self, at: int, names: Iterable[str]) -> tuple[Any, ...]:
        """Some cells of a document."""
        table = self._file("texts", at >> ROW)
        return tuple(table[name][at & _ROWS].as_py() for name in names)

    def _sketch(self, at: int) -> Sketch:
        held, day = self.document(at, ("sketch", "day"))
        return sketch_of(held, day)

    def _about(self, at: int) -> About:
        held, day, revises = self.document(at, ("topic", "day", "revises"))
        return About(topic_of(held), day, revises)

    def _telling(self, at: int, text: str) -> Telling:
        """The telling of a number, in a document of this text."""
        return telling_of(self._file("told", at >> ROW)["line"][at & _ROWS].as_py(), text)

    def _open(self, table: str, shard: int) -> dict[str, Any]:
        import pyarrow as pa

        held = pa.ipc.open_file(pa.memory_map(str(path_of(self._folder, table, shard)))).read_all()
        return {name: held[name] for name in held.column_names}
