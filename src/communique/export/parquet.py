"""Parquet with a fixed schema: the columns of export.flat with their types, several values as lists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import IO, Any

from communique.export.base import Exporter
from communique.export.flat import COLUMNS, cells
from communique.model import Document, Item
from communique.settings import KINDS

GROUP_ROWS = 20_000  # rows held in memory, as columns, before they are written
PLAIN_ROWS = 1_000  # rows held as nested values, which take ten times as much


def arrow_schema() -> Any:
    """The schema, the same for every file."""
    import pyarrow as pa

    types = {
        "text": pa.string(),
        "number": pa.float64(),
        "integer": pa.int64(),
        "flag": pa.bool_(),
        "list": pa.list_(pa.string()),
    }
    return pa.schema([(name, types[kind]) for name, (kind, _) in COLUMNS.items()])


def arrow_table(rows: Iterable[Mapping[str, Any]]) -> Any:
    """A pyarrow.Table of items given as the contract's JSON."""
    import pyarrow as pa

    return pa.Table.from_pylist([cells(row) for row in rows], schema=arrow_schema())


class Parquet(Exporter):
    """Rows are held back and written in groups; close() writes the last and the file's foot."""

    name = "parquet"

    def __init__(self, stream: IO[bytes], kinds: Iterable[str] = KINDS) -> None:
        super().__init__(stream, kinds)
        import pyarrow.parquet as pq

        self._held: list[dict[str, Any]] = []
        self._tables: list[Any] = []
        self._writer = pq.ParquetWriter(stream, arrow_schema(), compression="zstd")

    def row(self, row: dict[str, Any], item: Item, document: Document) -> None:
        """Holds one row back."""
        self._held.append(row)
        if len(self._held) >= PLAIN_ROWS:
            self._pack()
        if len(self._tables) * PLAIN_ROWS >= GROUP_ROWS:
            self._write()

    def _pack(self) -> None:
        self._tables.append(arrow_table(self._held))
        self._held = []

    def _write(self) -> None:
        import pyarrow as pa

        self._writer.write_table(pa.concat_tables(self._tables).combine_chunks())
        self._tables = []

    def close(self) -> None:
        """Writes what is held back, and the foot."""
        if self._held:
            self._pack()
        if self._tables:
            self._write()
        self._writer.close()
        super().close()
