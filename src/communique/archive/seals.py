"""Seals: a digest of everything that is stored of each document, and of each table beside them, kept while writing.

A row's digest is BLAKE2b (RFC 7693) of its table's name and its values as ASCII literals; the digest of a document is
the sum of those of all its rows, modulo 2**128. A sum needs no row but those that are written, so a day's merge costs
a day, and what was changed on the disk since stays found when something else of the document is written. It is proof
against accidents of disks and copies, and against edits past Communique; not against who means to forge a digest.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from communique.archive import database, derived, schema, schema_merge

DOCUMENT, TABLE = "document", "table"
_BITS = 128
_WHOLE = (1 << _BITS) - 1
_AT_ONCE = 400
_KEPT = "communique.seals"  # where a connection keeps its ledger

# parts of documents with the column that names the document; all else is sealed table by table
OWNERS: dict[str, str] = {schema.documents.name: "key"} | {table.name: "document" for table in schema.OF_A_DOCUMENT}
TABLES: tuple[sa.Table, ...] = (
    schema.judgements, schema.reads, schema.records, schema.record_members, schema.stories,
    # bands are an index of what the sketches hold, and half of all rows: `verify` makes them again (archive.derived)
    *(table for table in schema_merge.TABLES if table is not schema_merge.bands),
)  # fmt: skip
SEALED: tuple[sa.Table, ...] = (schema.documents, *schema.OF_A_DOCUMENT, *TABLES)
_PLACES = {
    table.name: [column.name for column in table.columns].index(OWNERS[table.name])
    for table in SEALED
    if table.name in OWNERS
}
Owner = tuple[str, str]  # (DOCUMENT, key) or (TABLE, name)


def of_row(table: str, values: tuple[Any, ...]) -> int:
    """The digest of one row, as a number of 128 bits."""
    line = ascii((table, values)).encode("ascii")
    return int.from_bytes(hashlib.blake2b(line, digest_size=_BITS // 8).digest())


def owner_of(table: str, values: tuple[Any, ...]) -> Owner:
    """What a row is a part of."""
    place = _PLACES.get(table)
    return (TABLE, table) if place is None else (DOCUMENT, str(values[place]))


class Ledger:
    """What one connection writes in a transaction, until it is added to the seals."""

    def __init__(self) -> None:
        self.changed: defaultdict[Owner, int] = defaultdict(int)
        self.anew: set[str] = set()  # documents of which every part is written again

    def clear(self) -> None:
        """Forgets what was not kept."""
        self.changed.clear()
        self.anew.clear()

    def note(self, table: str, sign: int, *values: Any) -> None:
        """Called by the database for every row that comes (1) or goes (-1)."""
        self.changed[owner_of(table, values)] += sign * of_row(table, values)


def watch(connection: sa.Connection) -> Ledger:
    """Has the database tell this connection's ledger of every row that it writes; to be called before a transaction."""
    held: Ledger | None = connection.info.get(_KEPT)
    if held is not None:
        return held
    ledger = Ledger()
    database.of(connection).watch(connection, ledger.note)
    connection.info[_KEPT] = ledger
    return ledger


@contextlib.contextmanager
def sealing(connection: sa.Connection) -> Iterator[None]:
    """What is written inside is in the seals when it ends. Stands inside a transaction, after `watch`."""
    ledger = watch(connection)
    ledger.clear()
    try:
        yield
        database.of(connection).collect(connection, ledger.note)
        _add(connection, ledger)
    finally:
        ledger.clear()


def anew(connection: sa.Connection, key: str) -> None:
    """Every part of this document is written again: its seal is made of what then stands there, whatever it was."""
    watch(connection).anew.add(key)


def seal_all(connection: sa.Connection) -> None:
    """Makes all seals anew of what stands there now. Stands inside a transaction."""
    schema.digests.create(connection, checkfirst=True)
    connection.execute(sa.delete(schema.digests))
    _keep(connection, {(TABLE, table.name): 0 for table in TABLES} | sums(connection))
    derived.keep_layout(connection)


def sums(connection: sa.Connection, key: str | None = None) -> dict[Owner, int]:
    """The digests of what is stored now; with a key those of this document's rows alone."""
    for reading in (contextlib.nullcontext(), _any_text(connection)):
        with contextlib.suppress(UnicodeDecodeError, sa.exc.OperationalError), reading:
            return _sums(connection, key)
    return _sums(connection, key)  # no fault of characters: whoever asked has to hear of it


def _sums(connection: sa.Connection, key: str | None) -> dict[Owner, int]:
    found: defaultdict[Owner, int] = defaultdict(int)
    for table in SEALED if key is None else (schema.documents, *schema.OF_A_DOCUMENT):
        name, place = table.name, _PLACES.get(table.name)
        where = None if key is None else OWNERS[name]
        for values in database.of(connection).rows(connection, table, where, key):
            found[(TABLE, name) if place is None else (DOCUMENT, str(values[place]))] += of_row(name, values)
    return {owner: held & _WHOLE for owner, held in found.items()}


@contextlib.contextmanager
def _any_text(connection: sa.Connection) -> Iterator[None]:
    """Text that is no text any more is to be digested, not to be stumbled over."""
    if connection.dialect.name != "sqlite":  # whose text is always text
        yield
        return
    raw: Any = connection.connection.driver_connection
    before, raw.text_factory = raw.text_factory, lambda held: held.decode("utf8", "surrogateescape")
    try:
        yield
    finally:
        raw.text_factory = before


def kept(connection: sa.Connection) -> dict[Owner, int] | None:
    """The seals as they were written; None where an archive of an older layout has none.

    Layout 5 sealed a table that is sealed no more.
    """
    if not sa.inspect(connection).has_table(schema.digests.name):
        return None
    rows = connection.execute(sa.select(schema.digests)).all()
    gone = (TABLE, schema_merge.bands.name)
    return {(row.kind, row.owner): _number(row.digest) for row in rows if (row.kind, row.owner) != gone}


def broken(connection: sa.Connection) -> list[Owner]:
    """What is not as it was written, is not sealed, or is gone; sorted. Nothing where there are no seals."""
    written = kept(connection)
    if written is None:
        return []
    stored = {(TABLE, table.name): 0 for table in TABLES} | sums(connection)
    wrong = (owner for owner in written.keys() | stored.keys() if written.get(owner) != stored.get(owner))
    return sorted(wrong, key=str)  # a damaged row may name nothing


def _add(connection: sa.Connection, ledger: Ledger) -> None:
    changed = {owner: held for owner, held in ledger.changed.items() if held & _WHOLE}
    for key in sorted(ledger.anew):
        changed.pop((DOCUMENT, key), None)
        _keep(connection, sums(connection, key))
    owners = sorted(changed)
    digests = schema.digests.c
    before: dict[Owner, int] = {}
    for start in range(0, len(owners), _AT_ONCE):
        names = [owner for _, owner in owners[start : start + _AT_ONCE]]
        rows = connection.execute(sa.select(schema.digests).where(digests.owner.in_(names)))
        before |= {(row.kind, row.owner): _number(row.digest) for row in rows}
    _keep(connection, {owner: (before.get(owner, 0) + changed[owner]) & _WHOLE for owner in owners})


def _keep(connection: sa.Connection, digests: dict[Owner, int]) -> None:
    rows = [(owner, kind, f"{held:032x}") for (kind, owner), held in sorted(digests.items())]
    database.of(connection).insert(connection, schema.digests, rows, "replace")


def _number(digest: str) -> int:
    """What was written; -1, which no digest is, where it was changed itself."""
    try:
        return int(digest, 16)
    except (ValueError, TypeError):
        return -1
