"""SQLite as an archive's database: full text by FTS5, seals by triggers that call into Python."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa

from communique.archive import schema, search
from communique.archive.database import Conflict, Database, Note, Row

FUNCTION = "communique_seal"
_ROWS = 1_000  # fetched at a time
_INTO = {"fail": "INSERT INTO", "ignore": "INSERT OR IGNORE INTO", "replace": "INSERT OR REPLACE INTO"}
_OURS = (*(table.name for table in schema.metadata.sorted_tables), "articles", "words")


class Sqlite(Database):
    """One SQLite file."""

    def insert(self, connection: sa.Connection, table: sa.Table, rows: Sequence[Row], conflict: Conflict) -> None:
        if rows:
            names, given = (
                ", ".join(f'"{column.name}"' for column in table.columns),
                ", ".join("?" * len(table.columns)),
            )
            connection.exec_driver_sql(f"{_INTO[conflict]} {table.name} ({names}) VALUES ({given})", list(rows))

    def rows(self, connection: sa.Connection, table: sa.Table, where: str | None, value: object) -> Iterator[Row]:
        columns = ", ".join(f'"{column.name}"' for column in table.columns)
        narrowed, given = ("", ()) if where is None else (f" WHERE {where} = ?", (value,))
        found = connection.exec_driver_sql(f"SELECT {columns} FROM {table.name}{narrowed}", given)
        while part := found.fetchmany(_ROWS):
            for row in part:
                yield tuple(row)

    def numbered(self, connection: sa.Connection, table: sa.Table) -> None:
        """SQLite gives the number after the largest anyway."""

    def watch(self, connection: sa.Connection, note: Note) -> None:
        from communique.archive.seals import SEALED

        raw: Any = connection.connection.driver_connection
        raw.create_function(FUNCTION, -1, note)
        # a row that is replaced goes first, and must be told of
        connection.exec_driver_sql("PRAGMA recursive_triggers = ON")
        for table in SEALED:
            old, new = (", ".join(f'{when}."{column.name}"' for column in table.columns) for when in ("OLD", "NEW"))
            goes, comes = (
                f"SELECT {FUNCTION}('{table.name}', {sign}, {values});" for sign, values in ((-1, old), (1, new))
            )
            for when, told in (("INSERT", comes), ("DELETE", goes), ("UPDATE", goes + comes)):
                name = f"seal_{table.name}_{when.lower()}"
                connection.exec_driver_sql(
                    f"CREATE TEMP TRIGGER IF NOT EXISTS {name} AFTER {when} ON main.{table.name} BEGIN {told} END"
                )

    def collect(self, connection: sa.Connection, note: Note) -> None:
        """All has been told of when it was written."""

    def definitions(self, connection: sa.Connection) -> list[Row]:
        given = ", ".join("?" * len(_OURS))
        rows = connection.exec_driver_sql(
            "SELECT CAST(type AS BLOB), CAST(name AS BLOB), CAST(tbl_name AS BLOB), CAST(sql AS BLOB) "
            f"FROM sqlite_master WHERE (name IN ({given}) OR name GLOB 'words_*') AND type IN ('table', 'view') "
            "ORDER BY name",
            _OURS,
        )
        return [tuple(row) for row in rows]

    @contextlib.contextmanager
    def moment(self, connection: sa.Connection) -> Iterator[None]:
        connection.exec_driver_sql("BEGIN")
        try:
            yield
        finally:
            with contextlib.suppress(sa.exc.DBAPIError):
                connection.exec_driver_sql("ROLLBACK")

    def damage(self, connection: sa.Connection) -> Iterator[str]:
        for message in connection.exec_driver_sql("PRAGMA integrity_check").scalars():
            if message != "ok":
                yield str(message)

    def index(self, connection: sa.Connection, texts: Sequence[tuple[int, str, str]]) -> None:
        if texts:
            connection.exec_driver_sql("INSERT INTO words(rowid, title, body) VALUES (?, ?, ?)", list(texts))

    def unindex(self, connection: sa.Connection, number: int, title: str, article: str) -> None:
        connection.exec_driver_sql(
            "INSERT INTO words(words, rowid, title, body) VALUES ('delete', ?, ?, ?)", (number, title, article)
        )

    def reindex(self, connection: sa.Connection) -> None:
        connection.exec_driver_sql("INSERT INTO words(words) VALUES ('rebuild')")

    def indexed(self, connection: sa.Connection) -> int:
        return int(connection.exec_driver_sql("SELECT count(*) FROM words_docsize").scalar() or 0)

    def misindexed(self, connection: sa.Connection) -> Iterator[str]:
        """Asked only where the file can be written: the question is an insertion."""
        try:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        except sa.exc.DBAPIError:
            return
        try:
            connection.exec_driver_sql("INSERT INTO words(words, rank) VALUES ('integrity-check', 1)")
        except sa.exc.DBAPIError as fault:
            if "readonly" not in str(fault.orig):  # else a copy that cannot be written
                yield str(fault.orig)
        finally:
            with contextlib.suppress(sa.exc.DBAPIError):
                connection.exec_driver_sql("ROLLBACK")

    def matches(
        self, connection: sa.Connection, words: str, *, limit: int, offset: int, revised: bool
    ) -> list[tuple[str, str, float]]:
        expression = search.expression(words)
        current = "" if revised else "AND NOT documents.superseded"
        found = connection.execute(
            sa.text(
                f"SELECT documents.key, documents.number, CASE WHEN length(documents.text) < {search.LONG} THEN "
                "highlight(words, 1, :open, :close) END AS held, bm25(words, 4.0, 1.0) AS score "
                f"FROM words JOIN documents ON documents.number = words.rowid WHERE words MATCH :expression {current} "
                "ORDER BY score, documents.id, documents.key LIMIT :limit OFFSET :offset"
            ),
            {"open": search.OPEN, "close": search.CLOSE, "expression": expression, "limit": limit, "offset": offset},
        )
        whole = sa.text("SELECT body FROM articles WHERE number = :number")
        return [
            (
                row.key,
                search.marked(connection.execute(whole, {"number": row.number}).scalar() or "", expression),
                row.score,
            )
            if row.held is None
            else (row.key, row.held, row.score)
            for row in found.all()
        ]
