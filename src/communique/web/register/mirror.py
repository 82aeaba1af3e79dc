"""What a register reads of an archive on a server, kept as a file of its own: heads and columns, no text and no bodies.

Documents are told apart by their digests, tables by theirs: only what was written since is fetched.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from communique.archive import Archive, schema, schema_merge, seals

PART = 400  # documents fetched at a time
_HEAD = ("number", "document", "id", "earliest", "latest")
# the columns that the register asks for (register.layout, queries), by table
ITEMS: dict[str, tuple[str, ...]] = {
    "events": (*_HEAD, "event", "stance", "quad_code", "event_scale", "unordered"),
    "figures": (*_HEAD, "status"),
    "quotes": _HEAD,
    "assessments": _HEAD,
    "projects": _HEAD,
    "forums": _HEAD,
    "participants": ("document", "kind", "item", "role", "code"),
}
WHOLE: dict[str, tuple[str, ...]] = {
    "record_members": ("record", "event"),
    "records": ("id", "kind", "status"),
    "stories": ("id", "earliest", "latest"),
    "story_records": ("record", "story"),
}
DOCUMENTS = ("number", "key", "id", "superseded", "source", "earliest", "latest")
_INDEXES = (
    *(f"CREATE INDEX IF NOT EXISTS {name}_of ON {name} (document)" for name in ITEMS),
    "CREATE UNIQUE INDEX IF NOT EXISTS documents_key ON documents (key)",
    "CREATE INDEX IF NOT EXISTS events_id ON events (id)",
    "CREATE INDEX IF NOT EXISTS participants_item ON participants (kind, item)",
    "CREATE INDEX IF NOT EXISTS members_event ON record_members (event)",
    "CREATE INDEX IF NOT EXISTS records_id ON records (id)",
    "CREATE INDEX IF NOT EXISTS records_status ON records (status, kind, id)",
    "CREATE INDEX IF NOT EXISTS stories_id ON stories (id)",
    "CREATE INDEX IF NOT EXISTS story_of ON story_records (record)",
)


def follow(archive: Archive, path: Path) -> None:
    """Brings the file at path up to the archive.

    Raises ArchiveError where the archive cannot be asked, sqlite3.Error where the file cannot be written.
    """
    with contextlib.closing(sqlite3.connect(path, timeout=30, isolation_level=None)) as held:
        held.execute("PRAGMA journal_mode = WAL")
        held.execute("PRAGMA synchronous = OFF")  # what a crash leaves is made anew
        for name, columns in (("documents", DOCUMENTS), *ITEMS.items(), *WHOLE.items()):
            kind = "number INTEGER PRIMARY KEY" if "number" in columns else ""
            rest = [column for column in columns if column != "number"]
            held.execute(f"CREATE TABLE IF NOT EXISTS {name} ({', '.join([*([kind] if kind else []), *rest])})")
        held.execute(
            "CREATE TABLE IF NOT EXISTS digests (owner, kind, digest, PRIMARY KEY (owner, kind)) WITHOUT ROWID"
        )
        for statement in _INDEXES:
            held.execute(statement)
        with archive.reading() as connection:
            held.execute("BEGIN IMMEDIATE")
            try:
                _follow(connection, held)
                held.execute("COMMIT")
            except BaseException:
                with contextlib.suppress(sqlite3.Error):
                    held.execute("ROLLBACK")
                raise


def _follow(connection: sa.Connection, held: sqlite3.Connection) -> None:
    now = {(row.kind, row.owner): row.digest for row in connection.execute(sa.select(schema.digests))}
    then = {(kind, owner): digest for owner, kind, digest in held.execute("SELECT owner, kind, digest FROM digests")}
    changed = sorted(owner for (kind, owner), digest in now.items()
                     if kind == seals.DOCUMENT and then.get((kind, owner)) != digest)  # fmt: skip
    gone = sorted(owner for kind, owner in then.keys() - now.keys() if kind == seals.DOCUMENT)
    for key in (*gone, *changed):
        held.execute("DELETE FROM documents WHERE key = ?", (key,))
        for name in ITEMS:
            held.execute(f"DELETE FROM {name} WHERE document = ?", (key,))
    for start in range(0, len(changed), PART):
        part = changed[start : start + PART]
        _take(connection, held, schema.documents, DOCUMENTS, schema.documents.c.key.in_(part))
        for name, columns in ITEMS.items():
            table = schema.metadata.tables[name]
            _take(connection, held, table, columns, table.c.document.in_(part))
    for name, columns in WHOLE.items():
        if then.get((seals.TABLE, name)) != now.get((seals.TABLE, name)):
            table = schema_merge.story_records if name == "story_records" else schema.metadata.tables[name]
            held.execute(f"DELETE FROM {name}")
            _take(connection, held, table, columns, None)
    held.execute("DELETE FROM digests")
    _put(held, "digests", ("owner", "kind", "digest"), ((owner, kind, digest) for (kind, owner), digest in now.items()))


def _take(
    connection: sa.Connection,
    held: sqlite3.Connection,
    table: sa.Table,
    columns: Sequence[str],
    which: sa.ColumnElement[bool] | None,
) -> None:
    chosen = sa.select(*(table.c[name] for name in columns))
    found = connection.execute((chosen if which is None else chosen.where(which)).execution_options(yield_per=5_000))
    _put(held, table.name, columns, (tuple(row) for row in found))


def _put(held: sqlite3.Connection, name: str, columns: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> None:
    given = ", ".join("?" * len(columns))
    held.executemany(f"INSERT INTO {name} ({', '.join(columns)}) VALUES ({given})", rows)
