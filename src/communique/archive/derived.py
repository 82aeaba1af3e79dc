"""What an archive makes of what it keeps: how its tables are laid out, and the marks by which like texts meet."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import sqlalchemy as sa

from communique.archive import database, schema, schema_merge
from communique.errors import ArchiveError

LAYOUT = "layout"  # the row of meta that holds the digest of the tables' definitions
_NAMES = frozenset({"schema", LAYOUT})  # all that meta may hold
_AT_ONCE = 2_000  # sketches whose marks are made together
_WHOLE = (1 << 64) - 1


def layout(connection: sa.Connection) -> str:
    """The digest of the definitions of our tables and views; indexes that others added do not count."""
    rows = database.of(connection).definitions(connection)
    return hashlib.blake2b(ascii(rows).encode("ascii"), digest_size=16).hexdigest()


def keep_layout(connection: sa.Connection) -> None:
    """Takes the definitions as they are now as right. Stands inside a transaction."""
    database.of(connection).insert(connection, schema.meta, [(LAYOUT, layout(connection))], "replace")


def layout_holds(connection: sa.Connection) -> bool:
    """Whether tables and views are defined as they were; True where an earlier version did not note how."""
    held = {row[0]: row[1] for row in connection.exec_driver_sql("SELECT name, value FROM meta")}
    return held.keys() <= _NAMES and held.get(LAYOUT) in (None, layout(connection))


def marks_hold(connection: sa.Connection) -> bool:
    """Whether the index of marks holds those of the sketches and no others.

    Compared by count and by the sum of hashes: no list of all of them is held.
    """
    if not sa.inspect(connection).has_table(schema_merge.bands.name):
        return True  # an older layout that cannot be brought up, as it cannot be written
    try:
        wanted = _sum(_marks(connection))
    except (ValueError, TypeError, LookupError, OverflowError):
        return False
    rows = connection.exec_driver_sql("SELECT band, document FROM bands")
    return wanted == _sum((band, document) for band, document in rows)


def renew_marks(connection: sa.Connection) -> None:
    """Makes the index of marks anew from the sketches. Raises ArchiveError where these cannot be read."""
    try:
        rows = sorted(_marks(connection))
    except (ValueError, TypeError, LookupError, OverflowError) as fault:
        raise ArchiveError(
            "the sketches of texts are damaged", advice="Go back to a copy: communique restore COPY"
        ) from fault
    connection.execute(sa.delete(schema_merge.bands))
    database.of(connection).insert(connection, schema_merge.bands, rows, "fail")


def _marks(connection: sa.Connection) -> Iterator[tuple[int, int]]:
    """The marks of every sketch, each with the number of its document."""
    from communique.merge import sketch

    held = connection.exec_driver_sql("SELECT document, shingles, day FROM sketches")
    while part := held.fetchmany(_AT_ONCE):
        made = sketch.marks([sketch.unpack(shingles, day) for _, shingles, day in part])
        for (document, _, _), marks in zip(part, made, strict=True):
            for mark in marks:
                yield mark, document


def _sum(rows: Iterator[tuple[int, int]]) -> tuple[int, int]:
    count = total = 0
    for row in rows:
        count += 1
        total = (total + hash(row)) & _WHOLE
    return count, total
