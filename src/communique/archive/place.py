"""Where an archive stands: a file, or a database of a PostgreSQL server that is named by its url."""

from __future__ import annotations

import getpass
import os
import stat
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from communique.errors import UsageError

SCHEMES = ("postgresql", "postgres")
PORT = 5432
SSL_MODES = ("disable", "prefer", "require", "verify-ca", "verify-full")
_ASKABLE = ("host", "port", "user", "dbname", "sslmode", "sslrootcert")
_SHAPE = "Write postgresql://USER@HOST/DATABASE"


@dataclass(frozen=True, slots=True)
class Server:
    """A database of a PostgreSQL server; its text is the url, and never the password.

    host is a name, an address, or the folder of a socket (it begins with "/"); sslmode is one of SSL_MODES, with the
    meaning that PostgreSQL gives them, and sslrootcert a file of certificates.
    """

    host: str
    port: int
    user: str
    database: str
    password: str | None = field(default=None, repr=False)
    sslmode: str = "prefer"
    sslrootcert: str | None = None

    def __str__(self) -> str:
        socket = self.host.startswith("/")
        host = "" if socket else f"[{self.host}]" if ":" in self.host else self.host
        port = f":{self.port}" if self.port != PORT and not socket else ""
        asked = {"host": self.host} if socket else {}
        asked |= {"port": str(self.port)} if socket and self.port != PORT else {}
        asked |= {"sslmode": self.sslmode} if self.sslmode != "prefer" else {}
        asked |= {"sslrootcert": self.sslrootcert} if self.sslrootcert else {}
        query = "&".join(f"{name}={quote(value, safe='/')}" for name, value in asked.items())
        whole = f"postgresql://{quote(self.user, safe='')}@{host}{port}/{quote(self.database, safe='')}"
        return f"{whole}?{query}" if query else whole

    @property
    def name(self) -> str:
        """What it is called where little is to be said."""
        return self.database


Place = Path | Server


def secrets_of(place: Place) -> dict[str, str]:
    """What a process of ours that works on it needs in its environment: its command line is for all to see."""
    return {"PGPASSWORD": place.password} if isinstance(place, Server) and place.password is not None else {}


def place_of(given: str | Path | Server) -> Place:
    """The place that a user names. Raises UsageError for an url that is none, or of another kind of database."""
    if isinstance(given, Server):
        return given
    text = str(given)
    scheme, mark, _ = text.partition("://")
    if isinstance(given, str) and mark and scheme.partition("+")[0] in SCHEMES:
        return _server(text)
    return Path(given)


def _server(text: str) -> Server:
    shown = text.partition("://")[0] + "://…"  # the rest may hold a password
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as fault:
        raise UsageError("the url of the archive cannot be read", where=shown, advice=_SHAPE) from fault
    asked = dict(parse_qsl(parts.query, keep_blank_values=True))
    unknown = sorted(asked.keys() - set(_ASKABLE))
    if unknown:
        allowed = ", ".join(_ASKABLE)
        raise UsageError(
            f"the url of the archive asks for {', '.join(unknown)}", where=shown, advice=f"It may say {allowed}"
        )
    given = asked.get("port") or (str(port) if port else os.environ.get("PGPORT", ""))
    if given and not given.isdigit():
        raise UsageError("the port in the url of the archive is no number", where=shown, advice=_SHAPE)
    number = int(given or PORT)
    user = asked.get("user") or unquote(parts.username or "") or os.environ.get("PGUSER") or getpass.getuser()
    database = asked.get("dbname") or unquote(parts.path.lstrip("/")) or os.environ.get("PGDATABASE") or user
    if "/" in database:
        raise UsageError("the url of the archive names no database", where=shown, advice=_SHAPE)
    host = asked.get("host") or unquote(parts.hostname or "") or os.environ.get("PGHOST") or _socket(number)
    mode = asked.get("sslmode", "prefer")
    if mode not in SSL_MODES:
        raise UsageError(f"there is no sslmode {mode}", where=shown, advice=f"Take one of {', '.join(SSL_MODES)}")
    password = unquote(parts.password) if parts.password is not None else os.environ.get("PGPASSWORD")
    if password is None:
        password = _kept(host, number, database, user)
    return Server(host, number, user, database, password, mode, asked.get("sslrootcert"))


def _socket(port: int) -> str:
    """The folder of the server's socket on this machine, or this machine's name."""
    usual = ("/var/run/postgresql", tempfile.gettempdir())  # Debian's place, and PostgreSQL's own
    found = (folder for folder in usual if Path(folder, f".s.PGSQL.{port}").exists())
    return next(found, "localhost")


def _kept(host: str, port: int, database: str, user: str) -> str | None:
    """The password of the user's own file of them (one host:port:database:user:password a line, * for any)."""
    path = Path(os.environ.get("PGPASSFILE") or Path.home() / ".pgpass")
    try:
        if os.name == "posix" and path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            return None  # others can read it: PostgreSQL's own programs do not use it then
        lines = path.read_text(encoding="utf8").splitlines()
    except (OSError, ValueError):
        return None
    wanted = ["localhost" if host.startswith("/") else host, str(port), database, user]
    for line in lines:
        parts = [part.replace("\x00", ":").replace("\x01", "\\") for part in _cut(line)]
        if len(parts) == 5 and all(have in ("*", want) for have, want in zip(parts, wanted, strict=False)):
            return parts[4]
    return None


def _cut(line: str) -> list[str]:
    """The fields of a line; colons and backslashes in them are written with a backslash before."""
    return line.replace("\\\\", "\x01").replace("\\:", "\x00").split(":", 4)
