"""Opening an archive, and writing to it: whole transactions, one writer at a time, faults in plain words."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import sqlalchemy as sa
from sqlalchemy.pool import StaticPool

from communique.archive import migrations, schema, schema_merge, seals
from communique.archive.place import Place, Server, place_of
from communique.errors import ArchiveError, InputError

PATIENCE = 120.0  # seconds that a writer waits for another one before it gives up
FIRST_TRY = 1.0  # seconds before it says that it waits
MEMORY = ":memory:"
_COPY = "Take your last copy of it (communique restore COPY), or read the pages again into a new archive"
_FILE = "communique.file"  # where a connection keeps which file it stands on

log = logging.getLogger("communique")


def connect(place: Place, *, create: bool) -> sa.Engine:
    """An engine on the archive at a place, made there if create says so and nothing is.

    Raises ArchiveError where there is none, where what stands there is no archive of ours, is damaged, is of a newer
    version, or cannot be opened.
    """
    return _on_server(place, create=create) if isinstance(place, Server) else _on_file(place, create=create)


def _on_server(place: Server, *, create: bool) -> sa.Engine:
    from communique.archive.postgres import server

    engine = server.engine(place)
    with guard(place), engine.connect() as connection:
        if not server.is_ours(connection, place):
            if not create:
                raise ArchiveError(
                    "there is no archive here", where=str(place), advice=f"Make one: communique read PAGES -a {place}"
                )
            with transaction(connection, place):
                if not server.is_ours(connection, place):  # else somebody was quicker
                    server.lay_out(connection, place)
    return engine


def _on_file(path: Path, *, create: bool) -> sa.Engine:
    if ":/" in str(path) and not path.exists():  # Path made one slash of two
        raise ArchiveError(
            "an archive is a file, or a database of PostgreSQL",
            where=str(path).partition(":/")[0] + "://…",  # the rest may hold a password
            advice="Give a path, as in news.db, or postgresql://USER@HOST/DATABASE as text",
        )
    made = str(path) == MEMORY or not path.exists()
    if made and not create:
        raise ArchiveError(
            "there is no archive here", where=str(path), advice=f"Make one: communique read PAGES --archive {path}"
        )
    if path.is_dir() or (made and str(path) != MEMORY and not path.absolute().parent.is_dir()):
        raise ArchiveError(
            "an archive cannot stand here", where=str(path), advice="Name a file in a folder that exists"
        )
    engine = _engine(path)
    with guard(path), engine.connect() as connection:
        if not _is_ours(connection, path):
            if not create:
                raise ArchiveError(
                    "the file is empty", where=str(path), advice=f"communique read PAGES --archive {path}"
                )
            _lay_out(connection, path)
    return engine


def _engine(path: Path) -> sa.Engine:
    if str(path) == MEMORY:
        return sa.create_engine("sqlite://", isolation_level="AUTOCOMMIT", poolclass=StaticPool)
    if path.exists() and not os.access(path, os.W_OK):  # a read-only copy, on a disc or in somebody else's folder
        url = f"sqlite:///file:{quote(str(path.absolute()))}?mode=ro&immutable=1&uri=true"
        return sa.create_engine(url, isolation_level="AUTOCOMMIT")
    engine = sa.create_engine(
        sa.URL.create("sqlite", database=str(path.absolute())),
        isolation_level="AUTOCOMMIT",
        connect_args={"timeout": FIRST_TRY},
    )

    opened = False

    @sa.event.listens_for(engine, "do_connect")
    def _there(*_: object) -> None:
        if opened and not path.exists():  # SQLite would make an empty file in its place
            raise _gone(path)

    @sa.event.listens_for(engine, "connect")
    def _prepare(connection: object, record: sa.pool.ConnectionPoolEntry) -> None:
        nonlocal opened
        opened = True
        record.info[_FILE] = _identity(path)
        cursor = connection.cursor()  # type: ignore[attr-defined]
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.execute("PRAGMA synchronous = NORMAL")
        cursor.close()

    @sa.event.listens_for(engine, "checkout")
    def _same(_connection: object, record: sa.pool.ConnectionPoolEntry, _proxy: object) -> None:
        here = _identity(path)
        if here is None:
            raise _gone(path)
        if here != record.info[_FILE]:
            raise sa.exc.DisconnectionError  # another archive was put in its place: the pool opens that one

    return engine


def _identity(path: Path) -> tuple[int, int] | None:
    """Which file stands under a name now; None where there is none."""
    try:
        held = path.stat()
    except OSError:
        return None
    return held.st_dev, held.st_ino


def _gone(path: Path) -> ArchiveError:
    return ArchiveError(
        "was moved, deleted or replaced while it was in use; what was written since is not in it",
        where=str(path),
        advice="Put it back, or restore a copy (communique restore COPY), and start again",
    )


def _is_ours(connection: sa.Connection, path: Path) -> bool:
    """True for an archive, False for a file with nothing in it; anything else raises."""
    tables = set(connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars())
    if not tables:
        return False
    application = connection.exec_driver_sql("PRAGMA application_id").scalar()
    if application != schema.APPLICATION_ID or "meta" not in tables:
        raise ArchiveError(
            "is a database of another program", where=str(path), advice="Choose another file for the archive"
        )
    version = connection.execute(sa.select(schema.meta.c.value).where(schema.meta.c.name == "schema")).scalar()
    if str(version) in schema_merge.READABLE and not os.access(path, os.W_OK):
        return True  # only its merge is of another kind: it can be read as it is
    if str(version) in schema_merge.OLDER:
        _bring_up(connection, path)
    elif str(version) != str(schema.VERSION):
        raise schema.other_layout(version, path)
    return True


def _bring_up(connection: sa.Connection, path: Path) -> None:
    """Gives an archive of an older layout what it lacks: what the merge remembers, and the seals."""
    with transaction(connection, path):
        version = connection.execute(sa.select(schema.meta.c.value).where(schema.meta.c.name == "schema")).scalar()
        if str(version) not in schema_merge.OLDER:  # somebody else was quicker
            return
        log.warning("%s: an archive of an older version; bringing it up to this one, once", path)
        if str(version) not in schema_merge.MERGED_ALIKE:
            migrations.merge_anew(connection)
        lost = migrations.put_back(connection)
        if lost:
            log.warning(
                "%s: %d of its parts were changed by the earlier version; what its layout had no place for is not put "
                "back to them", path, lost,
            )  # fmt: skip
        migrations.renew_figures(connection)
        seals.seal_all(connection)
        current = {"value": str(schema.VERSION)}
        connection.execute(sa.update(schema.meta).where(schema.meta.c.name == "schema").values(**current))


def _lay_out(connection: sa.Connection, path: Path) -> None:
    if str(path) != MEMORY:
        connection.exec_driver_sql("PRAGMA journal_mode = WAL")
    with transaction(connection, path):
        if _is_ours(connection, path):  # somebody else was quicker
            return
        schema.metadata.create_all(connection, checkfirst=False)
        connection.exec_driver_sql(schema.ARTICLES)
        connection.exec_driver_sql(schema.WORDS)
        connection.exec_driver_sql(f"PRAGMA application_id = {schema.APPLICATION_ID}")
        connection.execute(sa.insert(schema.meta), [{"name": "schema", "value": str(schema.VERSION)}])
        seals.seal_all(connection)


@contextlib.contextmanager
def transaction(connection: sa.Connection, place: Place) -> Iterator[sa.Connection]:
    """All that is written inside, or nothing: an interruption leaves the archive as it was.

    Waits for another writer and says so; raises ArchiveError after PATIENCE seconds, and where the file was taken away
    meanwhile: SQLite goes on writing into a file that has no name any more.
    """
    _begin(connection, place)
    try:
        yield connection
        connection.exec_driver_sql("COMMIT")
        if isinstance(place, Path) and connection.info.get(_FILE) not in (None, _identity(place)):
            raise _gone(place)
    except BaseException:
        with contextlib.suppress(sa.exc.DBAPIError, sa.exc.InvalidRequestError):
            connection.exec_driver_sql("ROLLBACK")
        raise


def _begin(connection: sa.Connection, place: Place) -> None:
    deadline = time.monotonic() + PATIENCE
    told = False
    while not _begun(connection, place):
        if time.monotonic() > deadline:
            raise ArchiveError(
                f"another program has been writing for {PATIENCE:.0f} seconds",
                where=str(place),
                advice="Wait until it has finished and start again: what is read is kept",
            )
        if not told:
            log.warning("%s: another program is writing; waiting for it", place)
            told = True


def _begun(connection: sa.Connection, place: Place) -> bool:
    """Begins to write; False where another one is writing."""
    if isinstance(place, Server):
        from communique.archive.postgres import server

        return server.try_to_begin(connection, FIRST_TRY)
    try:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    except sa.exc.OperationalError as fault:
        if "locked" not in str(fault.orig) and "busy" not in str(fault.orig):
            raise
        return False
    return True


@contextlib.contextmanager
def guard(place: Place) -> Iterator[None]:
    """Turns the database's faults into ArchiveErrors that say what to do."""
    try:
        yield
    except UnicodeEncodeError as fault:
        raise InputError(
            "a text holds half characters (lone surrogates) and cannot be kept",
            where=str(place),
            advice="Mend the encoding of the page and read it again",
        ) from fault
    except (UnicodeDecodeError, json.JSONDecodeError) as fault:  # what was stored as text, or as JSON, is none
        raise ArchiveError("is damaged (text in it is none any more)", where=str(place), advice=_COPY) from fault
    except sa.exc.DBAPIError as fault:
        if isinstance(place, Server):
            raise _of_server(fault, place) from fault
        raise ArchiveError(_plain(str(fault.orig)), where=str(place), advice=_advice(str(fault.orig))) from fault


def _of_server(fault: sa.exc.DBAPIError, place: Server) -> ArchiveError | InputError:
    from communique.archive.postgres import server

    if server.holds_null(fault):
        return InputError(
            "a text holds the character U+0000, which PostgreSQL cannot keep",
            where=str(place),
            advice="Take it out of the page, or keep the archive in a file",
        )
    what, advice = server.plain(fault)
    return ArchiveError(what, where=str(place), advice=advice)


def _plain(message: str) -> str:
    if "not a database" in message:
        return "is not an archive"
    if "malformed" in message:
        return "is damaged (the database says: malformed)"
    if "decode" in message:
        return "is damaged (text in it is none any more)"
    if "readonly" in message or "read-only" in message:
        return "cannot be written"
    if "unable to open" in message:
        return "cannot be opened"
    if "full" in message:
        return "the disk is full"
    return f"the database says: {message}"


def _advice(message: str) -> str:
    if "not a database" in message:
        return "Choose another file, or another name for a new archive"
    if "malformed" in message or "decode" in message:
        return _COPY
    if "readonly" in message or "read-only" in message or "unable to open" in message:
        return "Check the rights of the file and of its folder"
    if "full" in message:
        return "Make room and start again: what is read is kept"
    return f"Run `communique verify` on it; where that ends like this: {_COPY[0].lower()}{_COPY[1:]}"


class Connected:
    """Something that stands on an archive; `path` is its file, or the server that has it."""

    def __init__(self, place: str | Place, *, create: bool) -> None:
        self.path = place_of(place)
        self._engine = connect(self.path, create=create)

    def close(self) -> None:
        """Lets go of the file or the server."""
        self._engine.dispose()

    @contextlib.contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """A connection for questions of one's own over the tables of archive.schema; nothing is to be written on it."""
        with self._reading() as connection:
            yield connection

    @contextlib.contextmanager
    def _reading(self) -> Iterator[sa.Connection]:
        with guard(self.path), self._engine.connect() as connection:
            if isinstance(self.path, Server):
                from communique.archive.postgres import server

                with server.snapshot(connection):
                    yield connection
            else:
                yield connection

    def writing(self) -> contextlib.AbstractContextManager[sa.Connection]:
        """A connection inside a transaction of its own, for those who keep something beside the documents."""
        return self._writing()

    @contextlib.contextmanager
    def _writing(self) -> Iterator[sa.Connection]:
        with guard(self.path), self._engine.connect() as connection:
            seals.watch(connection)
            with transaction(connection, self.path), seals.sealing(connection):
                yield connection
