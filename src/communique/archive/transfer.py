"""An archive from one place to another, whatever keeps it: every row as it is, checked by the digests of all of them.

What is copied is what stands there at one moment. The target makes its own index of words, and its seals are compared
with those of the source: a copy that is not the same is not kept.
"""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Iterator

import sqlalchemy as sa

from communique.archive import connect, database, derived, schema, seals
from communique.archive.place import Place, Server
from communique.errors import ArchiveError

AT_ONCE = 200  # rows


def transfer(source: Place, target: Place) -> tuple[int, int]:
    """Copies the archive at source into the empty archive that is made at target; numbers of documents and events.

    Raises ArchiveError where either cannot be opened, where the source is not as its seals say, or the copy is not as
    the source. Nothing of a copy that failed is left in the target's tables.
    """
    old, new = connect.connect(source, create=False), connect.connect(target, create=True)
    try:
        with connect.guard(source), old.connect() as reading, _moment(reading, source):
            broken = seals.broken(reading)
            if broken:
                raise ArchiveError(
                    f"is not as it was written ({len(broken)} digests differ)",
                    where=str(source),
                    advice="See `communique verify`; `communique verify --seal` takes what stands there as right",
                )
            with connect.guard(target), new.connect() as writing, connect.transaction(writing, target):
                _copy(reading, writing)
                _compare(reading, writing, target)
                return tuple(  # type: ignore[return-value]
                    int(writing.execute(sa.select(sa.func.count()).select_from(table)).scalar_one())
                    for table in (schema.documents, schema.events)
                )
    finally:
        old.dispose()
        new.dispose()


@contextlib.contextmanager
def _moment(connection: sa.Connection, place: Place) -> Iterator[None]:
    """Everything that is read inside stands there at the same time."""
    if isinstance(place, Server):
        from communique.archive.postgres import server

        with server.snapshot(connection):
            yield
        return
    connection.exec_driver_sql("BEGIN")
    try:
        yield
    finally:
        connection.exec_driver_sql("ROLLBACK")


def _copy(reading: sa.Connection, writing: sa.Connection) -> None:
    old, new = database.of(reading), database.of(writing)
    for table in schema.metadata.sorted_tables:
        if table is schema.meta:  # says how the tables of either are defined
            continue
        writing.execute(sa.delete(table))
        switches = [n for n, column in enumerate(table.columns) if isinstance(column.type, sa.Boolean)]
        rows = (_switched(row, switches) for row in _in_order(old, reading, table))
        while part := list(itertools.islice(rows, AT_ONCE)):
            new.insert(writing, table, part, "fail")
        if "number" in table.columns:
            new.numbered(writing, table)
    new.reindex(writing)
    derived.keep_layout(writing)


def _in_order(held: database.Database, connection: sa.Connection, table: sa.Table) -> Iterator[database.Row]:
    """The rows; documents that others revise come before those, as their keys must be there."""
    rows = held.rows(connection, table, None, None)
    if table is not schema.documents:
        yield from rows
        return
    names = [column.name for column in table.columns]
    key, revises = names.index("key"), names.index("revises")
    there: set[str] = set()
    waiting: list[database.Row] = []
    for row in rows:
        if row[revises] is None or row[revises] in there:
            there.add(row[key])
            yield row
        else:
            waiting.append(row)
    while waiting:
        ready = [row for row in waiting if row[revises] in there]
        if not ready:
            raise ArchiveError("a document revises one that is not there", advice="Run `communique verify` on it")
        there.update(row[key] for row in ready)
        waiting = [row for row in waiting if row[key] not in there]
        yield from ready


def _switched(row: database.Row, places: list[int]) -> database.Row:
    if not places:
        return row
    values = list(row)
    for place in places:
        values[place] = None if values[place] is None else bool(values[place])
    return tuple(values)


def _compare(reading: sa.Connection, writing: sa.Connection, target: Place) -> None:
    """The digests of all that was copied must be those of what was to be copied."""
    if seals.broken(writing) or seals.kept(reading) != seals.kept(writing):
        raise ArchiveError(
            "the copy is not the same as the archive",
            where=str(target),
            advice="Try again; if that does not help, run `communique verify` on the archive",
        )
