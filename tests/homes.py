"""Where the archives of tests live: in a file, or on a PostgreSQL server that the tests start for themselves."""

from __future__ import annotations

import contextlib
import itertools
import os
import shutil
import socket
import sqlite3
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

PASSWORD = "half a loaf: 50%/@"  # of the user `clerk`; its signs have to be written otherwise in an url
_numbers = itertools.count(1)


def programs() -> Path | None:
    """The folder of the server's own programs, if it is installed (Debian does not put it on the path)."""
    found = shutil.which("initdb")
    if found:
        return Path(found).parent
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda each: int(each.parts[-3]))
    return folders[-1].parent if folders else None


def keeper() -> str | None:
    """Who runs the server: it refuses root. None for oneself; raises LookupError where nobody can."""
    if os.name != "posix" or os.getuid() != 0:
        return None
    import pwd

    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name).pw_name
    raise LookupError("root may not run a PostgreSQL server, and there is no user postgres or nobody")


@dataclass
class Cluster:
    """A running server, reached by a socket without a password (as admin) and by TCP with one (as clerk)."""

    folder: Path
    port: int
    free: list[str] = field(default_factory=list)  # databases that a test has done with

    def url(self, database: str, user: str = "admin") -> str:
        """The url of a database, through the socket."""
        return f"postgresql://{user}@/{database}?host={self.folder}&port={self.port}"

    def tcp(self, database: str, password: str | None = None, user: str = "clerk") -> str:
        """The url of a database, through TCP."""
        from urllib.parse import quote

        shown = f":{quote(password, safe='')}" if password is not None else ""
        return f"postgresql://{user}{shown}@127.0.0.1:{self.port}/{database}"

    def connect(self, database: str = "postgres") -> Any:
        """A connection past Communique, which commits each statement."""
        import pg8000

        made = pg8000.connect("admin", database=database, unix_sock=f"{self.folder}/.s.PGSQL.{self.port}")
        made.autocommit = True
        return made

    def run(self, *statements: str, database: str = "postgres") -> list[Any]:
        """Statements past Communique; what the last one gives. Foreign keys and triggers do not stand in the way."""
        with contextlib.closing(self.connect(database)) as raw:
            cursor = raw.cursor()
            cursor.execute("SET session_replication_role = replica; SET search_path = communique, public")
            for statement in statements:
                cursor.execute(statement)
            return list(cursor.fetchall()) if cursor.description else []

    def fresh(self) -> str:
        """The name of an empty database."""
        if self.free:
            return self.free.pop()
        name = f"news{next(_numbers)}"
        self.run(f"CREATE DATABASE {name} OWNER clerk")
        return name

    def release(self, name: str) -> None:
        """Takes a database back, empty; not where somebody still holds it."""
        with contextlib.suppress(Exception):
            self.run("SET lock_timeout = '2s'", "DROP SCHEMA IF EXISTS communique CASCADE", database=name)
            self.run("SET lock_timeout = '2s'", "DROP SCHEMA IF EXISTS communique_before CASCADE", database=name)
            self.free.append(name)


@contextlib.contextmanager
def running() -> Iterator[Cluster]:
    """A server of one's own, gone afterwards. Raises LookupError where there can be none."""
    found = programs()
    if found is None:
        raise LookupError("PostgreSQL's initdb is neither on the path nor in /usr/lib/postgresql")
    user = keeper()
    folder = Path(tempfile.mkdtemp(prefix="communique-pg-"))
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    data = folder / "data"

    def run(*command: str, check: bool = True) -> None:
        made = subprocess.run(
            [str(found / command[0]), *command[1:]], user=user, cwd=folder, capture_output=True, text=True, check=False
        )
        if check and made.returncode:
            raise LookupError(f"{command[0]} failed: {made.stderr.strip()[-300:]}")

    try:
        if user:
            shutil.chown(folder, user)
        run("initdb", "-D", str(data), "-U", "admin", "-A", "trust", "-E", "UTF8", "--locale=C", "-N")
        access = "local all all trust\nhost all all 127.0.0.1/32 scram-sha-256\n"
        (data / "pg_hba.conf").write_text(access, encoding="utf8")
        options = f"-k {folder} -p {port} -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=60"
        run("pg_ctl", "-D", str(data), "-w", "-l", str(folder / "log"), "-o", options, "start")
        cluster = Cluster(folder, port)
        quoted = PASSWORD.replace("'", "''")
        cluster.run(f"CREATE ROLE clerk LOGIN PASSWORD '{quoted}'", "CREATE ROLE guest LOGIN")
        yield cluster
    finally:
        if data.exists():
            run("pg_ctl", "-D", str(data), "-m", "immediate", "-w", "stop", check=False)
        shutil.rmtree(folder, ignore_errors=True)


@dataclass
class Home:
    """A place for one archive: `at` is what an Archive, or --archive, is given."""

    at: str
    kind: str  # file or server
    change: Callable[..., None] = field(repr=False)  # statements past the archive
    ask: Callable[[str], list[Any]] = field(repr=False)  # a question past the archive
    another: Callable[[], Home] = field(repr=False)  # a further place of the same kind
    holding: Callable[[], contextlib.AbstractContextManager[Callable[[], None]]] = field(repr=False)
    release: Callable[[], None] = field(repr=False, default=lambda: None)

    @property
    def path(self) -> Path:
        """The file of one."""
        assert self.kind == "file"
        return Path(self.at)


def in_file(folder: Path, name: str = "news.db") -> Home:
    """An archive in a file."""
    path = folder / name

    def change(*statements: str) -> None:
        with contextlib.closing(sqlite3.connect(path)) as raw, raw:
            for statement in statements:
                raw.execute(statement)

    def ask(statement: str) -> list[Any]:
        with contextlib.closing(sqlite3.connect(path)) as raw:
            return raw.execute(statement).fetchall()

    @contextlib.contextmanager
    def holding() -> Iterator[Callable[[], None]]:
        with contextlib.closing(sqlite3.connect(path, check_same_thread=False, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            yield lambda: other.execute("COMMIT") and None

    return Home(str(path), "file", change, ask, lambda: in_file(folder, f"more{next(_numbers)}.db"), holding)


def on_server(cluster: Cluster) -> Home:
    """An archive in a database of its own."""
    from communique.archive.postgres.server import LOCK

    name = cluster.fresh()

    def change(*statements: str) -> None:
        cluster.run(*statements, database=name)

    def ask(statement: str) -> list[Any]:
        return cluster.run(statement, database=name)

    @contextlib.contextmanager
    def holding() -> Iterator[Callable[[], None]]:
        with contextlib.closing(cluster.connect(name)) as other:
            cursor = other.cursor()
            cursor.execute(f"BEGIN; SELECT pg_advisory_xact_lock({LOCK})")
            yield lambda: cursor.execute("COMMIT") and None

    def release() -> None:
        cluster.release(name)

    return Home(cluster.url(name), "server", change, ask, lambda: on_server(cluster), holding, release)
