"""Folders of shards and what is in archives, for the tests of opening and merging: no coder runs here."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import sqlalchemy as sa

from communique import __version__
from communique.archive import Archive, schema
from communique.model import Coded
from communique.scale import kept
from communique.scale.folder import LISTED


def shards_of(coded: Sequence[Coded], path: Path, size: int) -> Path:
    """A folder as `scale code` leaves it, with so many documents in each shard."""
    path.mkdir(parents=True, exist_ok=True)
    listed = []
    for number, at in enumerate(range(0, len(coded), size)):
        part = coded[at : at + size]
        name = f"documents-{number:016x}.parquet"
        with (path / name).open("wb") as stream:
            writer = kept.Writer(stream)
            for each in part:
                writer.write(each)
            writer.close()
        listed.append({"file": f"part-{number:016x}.parquet", "texts": name, "documents": len(part), "items": 0})
    (path / LISTED).write_text(json.dumps({"version": __version__, "shards": listed}), encoding="utf8")
    return path


def rows_of(archive: Archive) -> dict[str, list[tuple[Any, ...]]]:
    """Everything that an archive holds but when it was read, table by table."""
    found = {}
    with archive.reading() as connection:
        for table in schema.metadata.sorted_tables:
            if table.name in ("reads", "digests"):  # hold times, and digests of them
                continue
            columns = [column for column in table.columns if column.name != "first_read"]
            found[table.name] = sorted((tuple(row) for row in connection.execute(sa.select(*columns))), key=repr)
    return found


def records_of(archive: Archive) -> tuple[list[tuple[Any, ...]], list[str]]:
    """The records of an archive (id, kind, place, all of it), and its stories."""
    columns = schema.records.c
    with archive.reading() as connection:
        chosen = sa.select(columns.id, columns.kind, columns.place, columns.body)
        rows = sorted(tuple(row) for row in connection.execute(chosen))
        return rows, sorted(connection.execute(sa.select(schema.stories.c.body)).scalars())


def merged_rows(out: Path) -> tuple[list[tuple[Any, ...]], list[str]]:
    """The same of a folder of records."""
    listed = json.loads((out / "_records.json").read_text(encoding="utf8"))
    rows = [row for name in listed["records"] for row in pq.read_table(out / name).to_pylist()]
    stories = [row["body"] for name in listed["stories"] for row in pq.read_table(out / name).to_pylist()]
    return sorted((row["id"], row["kind"], row["place"], row["body"]) for row in rows), sorted(stories)
