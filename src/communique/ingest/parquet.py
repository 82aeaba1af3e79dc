"""Parquet files: a row is a document, with the columns of JSON Lines (text or html, id, title, url, source, date)."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from communique.errors import CommuniqueError, InputError
from communique.ingest.jsonl import FIELDS, Report, from_record
from communique.model import Document

COLUMNS = ("id", "text", "html", "title", "byline", "url", "source", "date")
ROWS = 64  # rows held at a time


def read_parquet(path: Path, name: str, report: Report, groups: range | None = None) -> Iterator[Document]:
    """The documents of a Parquet file, row by row; a row that cannot be read is reported with its number.

    groups chooses among the file's row groups, as the shards of a big file do.
    Raises InputError where the file is no Parquet or has neither a column text nor html.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(path) as file:
            columns = [column for column in COLUMNS if column in file.schema_arrow.names]
            if not {"text", "html"} & set(columns):
                raise InputError("has no column text or html", where=str(path), advice=FIELDS)
            chosen = list(groups if groups is not None else range(file.num_row_groups))
            number = sum(file.metadata.row_group(group).num_rows for group in range(chosen[0])) if chosen else 0
            for batch in file.iter_batches(ROWS, row_groups=chosen, columns=columns):
                for cells in _rows(batch):
                    number += 1
                    where = f"{name}:{number}"
                    try:
                        yield from_record(_plain(_whole(cells, where)), where)
                    except CommuniqueError as fault:
                        report(fault)
    except (pa.ArrowException, OSError, UnicodeDecodeError) as fault:  # names of columns may be no text either
        what = " ".join(str(fault).split())[:120]
        raise InputError(f"is not whole Parquet ({what})", where=str(path), advice="Write the file again") from fault


def rows_of(path: Path) -> list[int]:
    """The number of rows in each row group. Raises InputError where the file is no Parquet."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        metadata = pq.read_metadata(path)
    except (pa.ArrowException, OSError) as fault:
        what = " ".join(str(fault).split())[:120]
        raise InputError(f"is not whole Parquet ({what})", where=str(path), advice="Write the file again") from fault
    return [metadata.row_group(group).num_rows for group in range(metadata.num_row_groups)]


def _rows(batch: Any) -> list[dict[str, Any]]:
    """The rows of a batch; a cell that Python has no value for (a day in the year 90,000) holds the fault instead."""
    with contextlib.suppress(OverflowError, ValueError):
        rows: list[dict[str, Any]] = batch.to_pylist()
        return rows
    return [
        {name: _cell(column[at]) for name, column in zip(batch.schema.names, batch.columns, strict=True)}
        for at in range(batch.num_rows)
    ]


def _cell(scalar: Any) -> Any:
    try:
        return scalar.as_py()
    except (OverflowError, ValueError) as fault:  # dates out of range, bytes that are no UTF-8
        return fault


def _whole(row: dict[str, Any], where: str) -> dict[str, Any]:
    """The row. Raises InputError where a cell holds a fault."""
    for name, value in row.items():
        if isinstance(value, Exception):
            what = " ".join(str(value).split())[:120]
            raise InputError(f"{name} cannot be read ({what})", where=where, advice="Mend the row")
    return row


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    """A row as JSON would hold it."""
    found = {}
    for name, value in row.items():
        if isinstance(value, bytes):
            value = value.decode("utf8", "replace")
        elif isinstance(value, (dt.date, dt.datetime)):
            value = value.isoformat()
        found[name] = value
    return found
