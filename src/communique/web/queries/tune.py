"""Indexes that the desk's questions need beside those of the archive, made once when a desk first opens it."""

from __future__ import annotations

import contextlib

import sqlalchemy as sa

from communique.archive import Archive
from communique.archive.place import Server
from communique.errors import ArchiveError

# what stands behind a document's text in its row is far away: these columns alone answer most questions
INDEXES = (
    "CREATE INDEX IF NOT EXISTS documents_head ON documents(key, superseded, earliest, latest, number, id, source)",
    "CREATE INDEX IF NOT EXISTS records_by_place ON records(kind, place, id)",
    "CREATE INDEX IF NOT EXISTS records_by_status ON records(status, kind, place)",
    "CREATE INDEX IF NOT EXISTS stories_by_day ON stories(latest, earliest, id)",
)
# Without figures the planner does not know that the index on heads is as good as the key and much narrower. With the
# true ones it would take documents for the smallest table and go through all of them first: so it is told one row for
# each key and no size.
STATISTICS = (
    "PRAGMA analysis_limit = 200",
    "ANALYZE documents",
    "DELETE FROM sqlite_stat1 WHERE tbl = 'documents'",
    "INSERT INTO sqlite_stat1 VALUES ('documents', 'documents_head', '1048576 1 1 1 1 1 1 1')",
    "ANALYZE sqlite_schema",
)


def tune(archive: Archive) -> bool:
    """Makes the indexes; False where the archive cannot be written just now, which costs only time."""
    if isinstance(archive.path, Server):  # its planner knows its own tables, and readers write nothing there
        return False
    with contextlib.suppress(ArchiveError, sa.exc.DBAPIError), archive.reading() as connection:
        for statement in (*INDEXES, *STATISTICS):
            connection.exec_driver_sql(statement)
        return True
    return False
