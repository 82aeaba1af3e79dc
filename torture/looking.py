"""What two archives are compared by: all that can be asked of them, as lines."""

from __future__ import annotations

import contextlib
import io
import json
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from communique.archive import Archive

ENDINGS = ("", "-wal", "-shm", "-journal")
# no run can repeat when a page was first read; digests hold that too, and the numbers of words are SQLite's own affair
_PASSING = ("sqlite_", "words_", "reads", "digests")
_COLUMNS = ("number", "at", "first_read", "undone", "body_at")
OF_DOCUMENTS = ("documents", "spans", "sentences", "mentions", "events", "figures", "quotes", "assessments",
                "projects", "forums", "participants")  # fmt: skip


def content(path: Path, tables: tuple[str, ...] | None = None) -> list[str]:
    """All that can be asked of an archive, as sorted lines; with tables, the rows of these alone."""
    lines: list[str] = []
    if tables is None:
        with Archive(path, create=False) as archive:
            lines = [json.dumps(row, sort_keys=True, default=str) for row in archive.events().rows()]
    with contextlib.closing(sqlite3.connect(path)) as raw:
        named = [row[0] for row in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in named:
            if table.startswith(_PASSING) or (tables is not None and table not in tables):
                continue
            columns = [row[1] for row in raw.execute(f"PRAGMA table_info({table})") if row[1] not in _COLUMNS]
            if table == "judgements":
                columns.remove("body")  # it says when it was judged
                columns.append("undone IS NULL")
            if columns:
                chosen = ", ".join(column if " " in column else f'"{column}"' for column in columns)
                lines += [f"{table} {row}" for row in raw.execute(f"SELECT {chosen} FROM {table}")]
    return sorted(lines)


def keys(path: Path) -> list[str]:
    """The keys of the documents that an archive holds."""
    with contextlib.closing(sqlite3.connect(path)) as raw:
        return sorted(row[0] for row in raw.execute("SELECT key FROM documents"))


def parts(path: Path) -> dict[str, list[str]]:
    """The rows of each document but those that later documents or merges change, under its key."""
    found: dict[str, list[str]] = {key: [] for key in keys(path)}
    for line in content(path, OF_DOCUMENTS[1:]):
        found.setdefault(next((key for key in found if f"'{key}'" in line), "orphan"), []).append(line)
    return found


def remove(path: Path) -> None:
    """Takes an archive away with all that stands beside it."""
    for ending in ENDINGS:
        Path(f"{path}{ending}").unlink(missing_ok=True)


def copy(source: Path, target: Path) -> None:
    """A closed archive under another name."""
    remove(target)
    shutil.copyfile(source, target)


def settle(path: Path) -> None:
    """Puts what waits beside an archive into its file, so that a copy of the file is the whole."""
    with contextlib.closing(sqlite3.connect(path)) as raw:
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """Without what libraries print of broken files."""
    with contextlib.redirect_stderr(io.StringIO()):
        yield
