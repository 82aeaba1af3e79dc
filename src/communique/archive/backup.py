"""Copies of an archive while it is in use, and an archive from such a copy: whole, checked, or not at all."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from communique.archive import connect, earlier, layouts, schema
from communique.archive.place import Place, Server
from communique.archive.transfer import transfer
from communique.errors import ArchiveError, UsageError

_PAGES = 2_000  # pages copied at a time; readers and a writer go on in between
_BUSY = 30.0  # seconds that a copy waits for a lock
_BESIDE = ("-wal", "-shm", "-journal")  # where SQLite keeps what is not in the file yet


@dataclass(frozen=True, slots=True)
class Copy:
    """What was copied: where to, how many documents and events it holds, and its size in bytes.

    layout is the one that it is written in; left says, in a line each, what an earlier one has no place for.
    """

    path: Place
    documents: int
    events: int
    size: int
    layout: int = schema.VERSION
    left: tuple[str, ...] = ()


def backup(archive: Place, target: Place, *, replace: bool = False, layout: int = schema.VERSION) -> Copy:
    """A copy of an archive as it stands at one moment, also while somebody reads and writes it.

    Archive and target are each a file or a database of a server: so an archive moves from one to the other. With an
    earlier layout it is written as the versions of that layout wrote it, for them to go on with; only into a file.
    Raises ArchiveError where the archive or the copy is not whole, UsageError where the target stands already or
    cannot be written, or there is no such layout.
    """
    if not layouts.FIRST <= layout <= schema.VERSION:
        raise UsageError(
            "there is no such layout",
            where=str(layout),
            advice=f"Name one from {layouts.FIRST} to {schema.VERSION}, which is today's",
        )
    if isinstance(target, Server) and layout != schema.VERSION:
        raise UsageError(
            f"earlier versions keep no archive of layout {layout} on a server", where=str(target), advice="Name a file"
        )
    connect.connect(archive, create=False).dispose()
    if isinstance(target, Server):
        return _on_server(archive, target, replace=replace)
    return _copied(archive, target, replace=replace, layout=layout)


def restore(copy: Place, archive: Place, *, replace: bool = False) -> Copy:
    """An archive out of a copy. With replace, what stands there is kept beside it as NAME.before (on a server: in the
    schema communique_before).

    Raises ArchiveError where the copy is no archive or is damaged (nothing is touched then), UsageError where an
    archive stands there already.
    """
    if isinstance(archive, Path) and archive.exists() and not replace:
        raise UsageError(
            "an archive stands here already", where=str(archive), advice="Name another file, or add --replace"
        )
    connect.connect(copy, create=False).dispose()
    if isinstance(archive, Server):
        return _on_server(copy, archive, replace=replace)
    return _copied(copy, archive, replace=replace, keep=True)


def _on_server(source: Place, target: Server, *, replace: bool) -> Copy:
    """An archive in a server's database. What stood there comes back where the copy fails."""
    from communique.archive.postgres import server

    if source == target:
        raise UsageError("is the archive itself", where=str(target), advice="Name another database")
    engine = server.engine(target)
    try:
        with connect.guard(target), engine.connect() as connection:
            there = server.is_ours(connection, target)
            if there and not replace:
                raise UsageError(
                    "an archive stands here already", where=str(target), advice="Name another, or add --replace"
                )
            if there:
                with connect.transaction(connection, target):
                    server.set_aside(connection)
            try:
                documents, events = transfer(source, target)
            except BaseException:
                with connect.transaction(connection, target):
                    server.take_back(connection, set_aside=there)
                raise
            return Copy(target, documents, events, server.size(connection))
    finally:
        engine.dispose()


def _copied(source: Place, target: Path, *, replace: bool, keep: bool = False, layout: int = schema.VERSION) -> Copy:
    if target.exists() and not replace:
        raise UsageError("stands already", where=str(target), advice="Name another file, or add --replace")
    if isinstance(source, Path) and target.exists() and target.samefile(source):
        raise UsageError("is the archive itself", where=str(target), advice="Name another file")
    part, whole = (target.with_name(f".{target.name}.{ending}") for ending in ("part", "whole"))
    left: tuple[str, ...] = ()
    try:
        _sweep(part, whole)  # a killed run may have left them
        part.write_bytes(b"")
        if isinstance(source, Server):
            transfer(source, part)
        with connect.guard(source), _faults(source), _opened(part) as new:
            if isinstance(source, Path):
                with _opened(source, read=True) as old:
                    old.backup(new, pages=_PAGES)
            # a copy is one file: nothing of it may wait in another one
            new.execute("PRAGMA journal_mode = DELETE")
            documents, events = _checked(new, source)
        if layout != schema.VERSION:
            part.replace(whole)
            left = earlier.written(whole, part, layout, source=source)
            with connect.guard(source), _faults(source), _opened(part) as new:
                documents, events = _checked(new, source)
        _synced(part)
        _make_room(target, keep=keep)
        part.replace(target)
        if keep:
            _to_wal(target)
    except OSError as fault:
        raise UsageError(
            f"cannot be written ({fault.strerror})",
            where=str(target),
            advice="Name a file in a folder you may write to",
        ) from fault
    finally:
        with contextlib.suppress(OSError):
            _sweep(part, whole)
    return Copy(target, documents, events, target.stat().st_size, layout, left)


@contextlib.contextmanager
def _opened(path: Path, *, read: bool = False) -> Iterator[sqlite3.Connection]:
    if read and not os.access(path, os.W_OK):  # a copy on a disc: no file can be made beside it
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, timeout=_BUSY)
    else:
        connection = sqlite3.connect(path, timeout=_BUSY)
    try:
        yield connection
    finally:
        connection.close()


@contextlib.contextmanager
def _faults(place: Place) -> Iterator[None]:
    """The database's own faults in our words."""
    try:
        yield
    except sqlite3.DatabaseError as fault:
        raise sa.exc.DBAPIError("backup", None, fault) from fault


def _checked(connection: sqlite3.Connection, source: Place) -> tuple[int, int]:
    """The numbers of documents and events of a copy that the database finds whole."""
    found = [row[0] for row in connection.execute("PRAGMA integrity_check(3)")]
    if found != ["ok"]:
        raise ArchiveError(
            f"is damaged ({found[0]})", where=str(source), advice="Take an older copy: communique restore COPY"
        )
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    if application != schema.APPLICATION_ID:
        raise ArchiveError("is no archive", where=str(source), advice="Name an archive")
    documents = connection.execute("SELECT count(*) FROM documents").fetchone()[0]
    events = connection.execute("SELECT count(*) FROM events").fetchone()[0]
    return int(documents), int(events)


def _synced(path: Path) -> None:
    """On the disk, not only in memory: a copy that a power cut takes is none."""
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())


def _make_room(target: Path, *, keep: bool) -> None:
    """What stands there, whole, gets another name if it is to be kept; and nothing of it waits beside the name.

    A killed program leaves what it wrote last in a file beside the archive. SQLite would put that into whatever comes
    under the name next.
    """
    if target.exists():
        with contextlib.suppress(sqlite3.DatabaseError), _opened(target) as old:
            busy = old.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
            if busy:
                raise ArchiveError(
                    "is in use", where=str(target), advice="Close the programs that use it and start again"
                )
    _sweep(target, endings=_BESIDE)
    if keep and target.exists():
        target.replace(target.with_name(target.name + ".before"))


def _sweep(*paths: Path, endings: tuple[str, ...] = ("", *_BESIDE)) -> None:
    for path in paths:
        for ending in endings:
            path.with_name(path.name + ending).unlink(missing_ok=True)


def _to_wal(target: Path) -> None:
    with _opened(target) as made:
        made.execute("PRAGMA journal_mode = WAL")
