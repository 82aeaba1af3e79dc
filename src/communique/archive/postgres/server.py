"""Connections to a PostgreSQL server: opened, prepared, and their faults in plain words."""

from __future__ import annotations

import contextlib
import functools
import logging
import ssl
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from communique.archive import schema, seals
from communique.archive.place import Server
from communique.archive.postgres import layout, sql
from communique.errors import ArchiveError, UsageError

ANSWERS_WITHIN = 10.0  # seconds in which a server must greet
LOCK = schema.APPLICATION_ID  # the lock of the one writer; locks are a database's own
_BUSY = "55P03"  # lock_not_available
log = logging.getLogger("communique")


def engine(server: Server) -> sa.Engine:
    """An engine on the server's database. Nothing is opened yet. Raises UsageError where the driver is missing."""
    try:
        made = sa.create_engine(
            "postgresql+pg8000://",
            creator=lambda: _open(server),
            isolation_level="AUTOCOMMIT",
            pool_pre_ping=True,
        )
    except ImportError as fault:
        raise UsageError(
            "an archive on PostgreSQL needs the package pg8000",
            where=str(server),
            advice="Install it: pip install 'communique[postgres]'",
        ) from fault
    made.dialect.use_insertmanyvalues_wo_returning = True  # many rows in one statement: each has its way to go

    @sa.event.listens_for(made, "before_cursor_execute", retval=True)
    def _translate(
        _connection: object, _cursor: object, statement: str, given: Any, context: Any, _many: bool
    ) -> tuple[str, Any]:
        _encodable(given)
        if context.compiled is not None:
            return statement, given
        context.as_written = statement
        return sql.translated(statement, bool(given)), given

    @sa.event.listens_for(made, "do_executemany")
    def _together(cursor: Any, statement: str, rows: Any, context: Any) -> bool | None:
        if context.compiled is not None:
            return None
        made_of = sql.batches(context.as_written, rows)
        if made_of is None:
            return None
        for whole, values in made_of:
            cursor.execute(whole, values)
        return True

    return made


@functools.cache
def _kind() -> Any:
    """The driver's connection, mended: a socket that breaks is its own fault, and closing a broken one is none."""
    import pg8000.legacy

    class Mended(pg8000.legacy.Connection):  # type: ignore[misc]
        def handle_messages(self, context: Any) -> None:
            try:
                super().handle_messages(context)
            except OSError as fault:
                raise pg8000.InterfaceError("network error") from fault

        def close(self) -> None:
            with contextlib.suppress(Exception):
                super().close()

    return Mended


def _encodable(given: Any) -> None:
    """Raises UnicodeEncodeError for a text with half a character while nothing is sent: in the middle of a message the
    driver would lose step with the server.
    """
    if isinstance(given, str):
        given.encode("utf8")
    elif isinstance(given, (list, tuple)):
        for part in given:
            _encodable(part)


def _open(server: Server) -> Any:
    """A connection of the driver. Raises ArchiveError in plain words where there can be none."""
    socket = server.host.startswith("/")
    where = {"unix_sock": f"{server.host}/.s.PGSQL.{server.port}"} if socket else {"host": server.host}
    try:
        made = _kind()(
            server.user,
            database=server.database,
            port=server.port,
            password=server.password,
            ssl_context=False if socket else _ssl(server),
            timeout=ANSWERS_WITHIN,
            application_name="communique",
            startup_params={"search_path": layout.NAME},
            **where,
        )
    except Exception as fault:  # the driver stumbles in many ways over what is no PostgreSQL
        if fault.args and isinstance(fault.args[0], dict):
            what, advice = _said(fault)
            raise ArchiveError(what, where=str(server), advice=advice) from fault
        if "password" in str(fault) or "NoneType" in str(fault):
            raise ArchiveError(*_PASSWORD[:1], where=str(server), advice=_PASSWORD[1]) from fault
        if "SSL" in str(fault) or isinstance(fault, ssl.SSLError):
            raise ArchiveError(
                "cannot be reached as sslmode asks for", where=str(server), advice=f"Check sslmode ({fault})"
            ) from fault
        raise ArchiveError(
            "no PostgreSQL server answers there", where=str(server), advice="Check host and port, and that it runs"
        ) from fault
    made._usock.settimeout(None)  # from here on an answer may take its time
    return made


def _ssl(server: Server) -> ssl.SSLContext | bool | None:
    """What the driver is to do about encryption: None tries it, False does without."""
    if server.sslmode in ("disable", "prefer"):
        return False if server.sslmode == "disable" else None
    if server.sslrootcert and not Path(server.sslrootcert).is_file():
        raise UsageError("sslrootcert names no file", where=server.sslrootcert, advice="Name a file of certificates")
    context = ssl.create_default_context(cafile=server.sslrootcert)
    context.check_hostname = server.sslmode == "verify-full"
    if server.sslmode == "require" and not server.sslrootcert:
        context.verify_mode = ssl.CERT_NONE
    return context


def is_ours(connection: sa.Connection, server: Server) -> bool:
    """True for an archive, False for a database without one; anything else raises."""
    tables = set(
        connection.execute(
            sa.text(
                "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
                "WHERE n.nspname = :name AND c.relkind = 'r'"
            ),
            {"name": layout.NAME},
        ).scalars()
    )
    if not tables:
        return False
    if schema.meta.name not in tables:
        raise ArchiveError(
            f"the schema {layout.NAME} of this database is another program's",
            where=str(server),
            advice="Choose another database for the archive",
        )
    version = connection.execute(sa.select(schema.meta.c.value).where(schema.meta.c.name == "schema")).scalar()
    if str(version) != str(schema.VERSION):
        raise schema.other_layout(version, server)
    return True


def lay_out(connection: sa.Connection, server: Server) -> None:
    """Makes an empty archive. Stands inside a transaction."""
    encoding = connection.exec_driver_sql("SHOW server_encoding").scalar()
    if encoding != "UTF8":
        raise ArchiveError(
            f"the database keeps text as {encoding}",
            where=str(server),
            advice=f"Make one that keeps all texts: createdb -E UTF8 -T template0 {server.database}",
        )
    layout.lay_out(connection)
    connection.execute(sa.insert(schema.meta), [{"name": "schema", "value": str(schema.VERSION)}])
    seals.seal_all(connection)


def set_aside(connection: sa.Connection) -> None:
    """Gives the archive another name, in the place of what had it before. Stands inside a transaction."""
    connection.exec_driver_sql(f"DROP SCHEMA IF EXISTS {layout.BEFORE} CASCADE")
    connection.exec_driver_sql(f"ALTER SCHEMA {layout.NAME} RENAME TO {layout.BEFORE}")


def take_back(connection: sa.Connection, *, set_aside: bool) -> None:
    """Takes away an archive that was not made to its end, and puts back what was set aside for it."""
    connection.exec_driver_sql(f"DROP SCHEMA IF EXISTS {layout.NAME} CASCADE")
    if set_aside:
        connection.exec_driver_sql(f"ALTER SCHEMA {layout.BEFORE} RENAME TO {layout.NAME}")


def size(connection: sa.Connection) -> int:
    """The bytes that the archive's tables and indexes take."""
    asked = (
        "SELECT sum(pg_total_relation_size(oid)) FROM pg_class "
        f"WHERE relkind = 'r' AND relnamespace = '{layout.NAME}'::regnamespace"
    )
    return int(connection.exec_driver_sql(asked).scalar() or 0)


def try_to_begin(connection: sa.Connection, seconds: float) -> bool:
    """Begins the transaction of the one writer; False where another one is at it for so long."""
    connection.exec_driver_sql("BEGIN")
    try:
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = {max(1, int(seconds * 1000))}")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK})")
    except sa.exc.DBAPIError as fault:
        with contextlib.suppress(sa.exc.DBAPIError):
            connection.exec_driver_sql("ROLLBACK")
        if state_of(fault) == _BUSY:
            return False
        raise
    return True


@contextlib.contextmanager
def snapshot(connection: sa.Connection) -> Iterator[None]:
    """All questions inside are answered as of one moment."""
    connection.exec_driver_sql("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
    try:
        yield
    finally:
        with contextlib.suppress(sa.exc.DBAPIError, sa.exc.InvalidRequestError):
            connection.exec_driver_sql("ROLLBACK")


def state_of(fault: sa.exc.DBAPIError) -> str:
    """The code that PostgreSQL gives a fault (SQLSTATE); empty where the fault is not the server's."""
    said = fault.orig.args[0] if fault.orig is not None and fault.orig.args else None
    return str(said.get("C", "")) if isinstance(said, dict) else ""


_PASSWORD = (
    "the server asks for another password",
    "Give the right one as PGPASSWORD, or in the file .pgpass of your home",
)
_ENDED = ("the server ended the connection", "Start again when it runs: what is read is kept")
_RIGHTS = ("this user may not do that", "Ask who runs the server for rights on the schema communique")
# by code or class of codes (PostgreSQL's Appendix A): what is wrong, and what to do
_CODES = {
    "28P01": _PASSWORD,
    "28000": ("the server does not let this user in", "Check the user's name, and the server's pg_hba.conf"),
    "3D000": ("the server has no database of this name", "Make it: createdb -E UTF8 NAME"),
    "42501": _RIGHTS,
    "25006": ("cannot be written (the server takes no changes)", "Take its main server, or restore a copy elsewhere"),
    "53100": ("the server's disk is full", "Make room and start again: what is read is kept"),
    "53300": ("the server has no connection left", "Close other programs, or start again later"),
    "57P01": _ENDED,
    "57P02": _ENDED,
    "57P03": ("the server is starting or stopping", "Start again in a moment"),
    "08": _ENDED,
    "42P01": ("a table of it is gone", "Go back to a copy: communique restore COPY"),
    "42703": ("a column of it is gone", "Go back to a copy: communique restore COPY"),
    "XX": ("is damaged, or the server is", "Take your last copy of it (communique restore COPY)"),
}


def _said(fault: Exception) -> tuple[str, str]:
    said = fault.args[0] if fault.args else None
    if not isinstance(said, dict):
        text = str(fault)
        if "network error" in text or "connection is closed" in text:
            return _ENDED
        return f"the database says: {text}", "Run `communique verify` on it"
    code = str(said.get("C", ""))
    known = _CODES.get(code) or _CODES.get(code[:2])
    return known or (f"the database says: {said.get('M', code)}", "Run `communique verify` on it")


def plain(fault: sa.exc.DBAPIError) -> tuple[str, str]:
    """What is wrong and what to do. The words of the server stand in it only where we have none; no statement does."""
    return _said(fault.orig) if isinstance(fault.orig, Exception) else ("the database failed", "Start again")


def holds_null(fault: sa.exc.DBAPIError) -> bool:
    """Whether a text was refused for the character U+0000, which PostgreSQL cannot hold."""
    return state_of(fault) == "22021"
