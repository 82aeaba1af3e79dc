"""The register of an archive: made when a desk opens it, and brought up to date when the archive was written to."""

from __future__ import annotations

import contextlib
import hashlib
import logging
import os
import queue
import sqlite3
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from communique.archive import Archive
from communique.errors import ArchiveError
from communique.knowledge import cache
from communique.web.register import layout, mirror

log = logging.getLogger("communique")
PERSISTENT = 2_000  # documents from which on a register is worth keeping between runs
PAGES = -12_000  # kilobytes of pages that a connection holds of each file
CONNECTIONS = 4  # questions that are answered at once
BUILDING = -64_000  # the same for the one that makes the register
WAIT = 30.0  # seconds


class Register:
    """One archive's register. `ready` says whether questions may be asked; `version` counts how often it changed."""

    def __init__(self, archive: Path | Archive, *, documents: int) -> None:
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        place = archive.path if isinstance(archive, Archive) else archive
        self._served: Archive | None = None
        if isinstance(place, Path):
            self.archive = place.absolute()
            self.path = self._place(documents, str(self.archive))
        else:  # what is asked of a file is asked of a file that follows the server
            assert isinstance(archive, Archive)
            self._served = archive
            self.path = self._place(documents, str(place))
            self.archive = self.path.with_name(f"{self.path.name}.mirror")
        self._free: queue.LifoQueue[tuple[int, sqlite3.Connection] | None] = queue.LifoQueue()
        for _ in range(CONNECTIONS):
            self._free.put(None)  # opened when it is needed
        self._turn = threading.Lock()
        self._made = 0  # how often the file was made
        self._spoilt = False
        self.ready = False
        self.version = 0
        self.taken = 0.0  # seconds that the last refresh took

    def _place(self, documents: int, archive: str) -> Path:
        folder = cache.folder() if documents >= PERSISTENT else None
        if folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="communique-", ignore_cleanup_errors=True)
            return Path(self._folder.name) / "register.db"
        name = hashlib.sha256(f"{layout.VERSION}\n{archive}".encode("utf8", "surrogateescape")).hexdigest()
        return folder / f"desk-{name[:32]}.db"

    def close(self) -> None:
        """Lets go of the files."""
        with self._turn:
            self.ready = False
            with contextlib.suppress(queue.Empty):
                while True:
                    held = self._free.get_nowait()
                    if held is not None:
                        held[1].close()
            if self._folder is not None:
                self._folder.cleanup()

    @contextlib.contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A connection for questions, with the archive attached as `a`; waits where too many ask at once.

        Raises ArchiveError where the register or the archive cannot be asked.
        """
        kept, made = self._free.get(timeout=WAIT), self._made
        held = kept[1] if kept is not None else None
        try:
            if kept is not None and kept[0] != made:  # of a file that is gone
                kept[1].close()
                held = None
            if held is None:
                held = self._connect(PAGES)
                held.execute("PRAGMA query_only = ON")
            yield held
        except sqlite3.OperationalError as fault:  # too many at once, or words that the index cannot be asked for
            raise ArchiveError("this cannot be looked up now", advice="Load the page again") from fault
        except sqlite3.DatabaseError as fault:  # the file was damaged: it is only a copy
            self.ready, self._spoilt = False, True
            raise ArchiveError("the desk's register was damaged, and is made anew", advice="Wait a moment") from fault
        finally:
            self._free.put((made, held) if held is not None else None)

    def _connect(self, pages: int) -> sqlite3.Connection:
        made = sqlite3.connect(f"file:{quote(str(self.path))}", uri=True, timeout=WAIT, check_same_thread=False,
                               isolation_level=None)  # fmt: skip
        fixed = "" if os.access(self.archive, os.W_OK) else "&immutable=1"  # a disc, or somebody else's folder
        made.execute("ATTACH DATABASE ? AS a", (f"file:{quote(str(self.archive))}?mode=ro{fixed}",))
        made.execute(f"PRAGMA cache_size = {pages}")
        made.execute(f"PRAGMA a.cache_size = {pages}")
        return made

    def refresh(self) -> bool:
        """Brings the register up to the archive; whether anything changed. What cannot be made costs only time."""
        with self._turn:
            begun = time.monotonic()
            try:
                changed = self._refresh()
            except (sqlite3.Error, ArchiveError) as fault:
                log.info("the desk's register of %s cannot be made now (%s)", self.archive, fault)
                self.ready = False
                return False
            self.ready = True
            self.version += changed
            self.taken = time.monotonic() - begun
            return changed

    def _refresh(self) -> bool:
        if self.path.exists() and (self._spoilt or not self._sound()):
            self._made += 1
            self._spoilt = False
            for ending in ("", "-wal", "-shm"):
                Path(f"{self.path}{ending}").unlink(missing_ok=True)
        if self._served is not None:
            self._mirror(self._served)
        with contextlib.closing(self._connect(BUILDING)) as held:
            held.execute("PRAGMA main.journal_mode = WAL")
            held.execute("PRAGMA main.synchronous = OFF")  # what a crash leaves is made anew
            held.execute("PRAGMA temp_store = FILE")
            held.executescript(layout.LAYOUT)
            with _transaction(held):
                first = held.execute("SELECT 1 FROM docs LIMIT 1").fetchone() is None
                if not first:
                    _indexes(held)
                changed = _documents(held)
                changed |= _members(held)
                _indexes(held)
                held.execute("INSERT OR REPLACE INTO meta VALUES ('version', ?)", (layout.VERSION,))
            if first:
                held.execute("PRAGMA main.wal_checkpoint(TRUNCATE)")
            return changed

    def _mirror(self, served: Archive) -> None:
        try:
            mirror.follow(served, self.archive)
        except sqlite3.DatabaseError:  # damaged, or of another version: it is only a copy
            for ending in ("", "-wal", "-shm"):
                Path(f"{self.archive}{ending}").unlink(missing_ok=True)
            mirror.follow(served, self.archive)

    def _sound(self) -> bool:
        """Whether the file is a whole register of ours."""
        try:
            with contextlib.closing(sqlite3.connect(self.path, timeout=WAIT)) as held:
                row = held.execute("SELECT value FROM meta WHERE name = 'version'").fetchone()
                return row is not None and row[0] == layout.VERSION
        except sqlite3.Error:
            return False


@contextlib.contextmanager
def _transaction(held: sqlite3.Connection) -> Iterator[None]:
    held.execute("BEGIN IMMEDIATE")
    try:
        yield
        held.execute("COMMIT")
    except BaseException:
        with contextlib.suppress(sqlite3.Error):
            held.execute("ROLLBACK")
        raise


def _indexes(held: sqlite3.Connection) -> None:
    for name, columns in layout.INDEXES.items():
        held.execute(f"CREATE INDEX IF NOT EXISTS {name} ON {columns}")


def _documents(held: sqlite3.Connection) -> bool:
    """Takes out what changed or is gone, and puts in what stands in the archive now."""
    sealed = held.execute("SELECT 1 FROM a.sqlite_master WHERE name = 'digests'").fetchone()
    held.execute("DROP TABLE IF EXISTS temp.changed")
    held.execute(layout.CHANGED.format(digests="a.digests" if sealed else layout.NO_DIGESTS))
    gone = held.execute(layout.GONE).fetchall()
    many = held.execute("SELECT count(*) FROM changed").fetchone()[0]
    if not many and not gone:
        return False
    if held.execute("SELECT 1 FROM docs LIMIT 1").fetchone():
        held.execute("CREATE TEMP TABLE IF NOT EXISTS old (number INTEGER PRIMARY KEY)")
        held.execute("DELETE FROM old")
        held.executemany("INSERT OR IGNORE INTO old VALUES (?)", gone)
        held.execute("INSERT OR IGNORE INTO old SELECT k.number FROM changed c JOIN docs k ON k.key = c.key")
        mine = "SELECT number FROM items WHERE document IN (SELECT number FROM old) AND kind = {}"
        for number in layout.KINDS.values():
            held.execute(f"DELETE FROM facts WHERE kind = {number} AND number IN ({mine.format(number)})")
        held.execute(f"DELETE FROM ties WHERE number IN ({mine.format(0)})")
        held.execute("DELETE FROM items WHERE document IN (SELECT number FROM old)")
        held.execute("DELETE FROM told WHERE document IN (SELECT number FROM old)")
        held.execute("DELETE FROM docs WHERE number IN (SELECT number FROM old)")
    held.execute(
        "INSERT OR REPLACE INTO docs (number, key, superseded, digest, source, earliest, latest) "
        "SELECT number, key, superseded, digest, source, earliest, latest FROM changed"
    )
    for kind in layout.KINDS:
        held.execute(layout.items(kind))
    # asked by document and by number from here on
    for name in ("items_by_document", "facts_by_number"):
        held.execute(f"CREATE INDEX IF NOT EXISTS {name} ON {layout.INDEXES[name]}")
    for kind in layout.KINDS:
        held.execute(layout.facts(kind))
    held.execute(layout.TELLING)
    held.execute(layout.FACING)
    return True


def _members(held: sqlite3.Connection) -> bool:
    """Follows the merge: which record each event belongs to."""
    digest = held.execute(
        "SELECT digest FROM a.digests WHERE owner = 'record_members' AND kind = 'table'"
        if held.execute("SELECT 1 FROM a.sqlite_master WHERE name = 'digests'").fetchone()
        else "SELECT NULL"
    ).fetchone()
    known = held.execute("SELECT value FROM meta WHERE name = 'members'").fetchone()
    if digest and known and digest[0] is not None and digest[0] == known[0]:
        return False
    held.execute("DROP TABLE IF EXISTS temp.fresh")
    held.execute("DROP TABLE IF EXISTS temp.lost")
    held.execute(
        "CREATE TEMP TABLE fresh AS SELECT m.record, m.event FROM a.record_members m WHERE NOT EXISTS "
        "(SELECT 1 FROM members k WHERE k.record = m.record AND k.event = m.event)"
    )
    held.execute(
        "CREATE TEMP TABLE lost AS SELECT k.record, k.event FROM members k WHERE NOT EXISTS "
        "(SELECT 1 FROM a.record_members m WHERE m.record = k.record AND m.event = k.event)"
    )
    first = known is None
    changed = bool(held.execute("SELECT EXISTS (SELECT 1 FROM fresh) OR EXISTS (SELECT 1 FROM lost)").fetchone()[0])
    held.execute("DELETE FROM members WHERE (record, event) IN (SELECT record, event FROM lost)")
    held.execute("INSERT INTO members SELECT record, event FROM fresh ORDER BY record, event")
    if not first:  # else they came with the items
        numbers = "SELECT e.number FROM {} f CROSS JOIN a.events e ON e.id = f.event"
        held.execute(f"UPDATE items SET record = NULL WHERE kind = 0 AND number IN ({numbers.format('lost')})")
        rows = held.execute("SELECT f.record, e.number FROM fresh f CROSS JOIN a.events e ON e.id = f.event").fetchall()
        held.executemany("UPDATE items SET record = ? WHERE kind = 0 AND number = ?", rows)
    held.execute("INSERT OR REPLACE INTO meta VALUES ('members', ?)", (digest[0] if digest else None,))
    return changed
