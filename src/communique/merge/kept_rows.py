"""Rows of the merge's tables, asked for and written many at a time."""

from __future__ import annotations

import contextlib
import hashlib
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import sqlalchemy as sa

from communique.archive import schema_merge as tables

AT_ONCE = 400  # values in one list of a statement


class Rows:
    """The merge's tables inside one transaction."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    @property
    def _driver(self) -> Any:
        """SQLite's own connection, which has less to do for a row than the layers above it; None elsewhere."""
        if self._connection.dialect.name != "sqlite":
            return None
        return self._connection.connection.driver_connection

    def _run(self, statement: str, rows: Sequence[tuple[Any, ...]]) -> None:
        """One statement for every row."""
        driver = self._driver
        if rows and driver is None:
            self._connection.exec_driver_sql(statement, list(rows))
        elif rows:
            with _faults(statement):
                driver.executemany(statement, rows)

    def _asked(self, question: str, values: Iterable[int]) -> list[tuple[Any, ...]]:
        """The answers to a question with one list of numbers in it, `json_each(?)`, asked in the order of the numbers.

        Its text is always the same, whatever the length of the list: it is prepared once.
        """
        given = (f"[{','.join(map(str, sorted(set(values))))}]",)
        driver = self._driver
        if driver is None:
            return [tuple(row) for row in self._connection.exec_driver_sql(question, given)]
        with _faults(question):
            found: list[tuple[Any, ...]] = driver.execute(question, given).fetchall()
        return found

    def _rows(
        self, chosen: sa.Select[Any], column: str, values: Iterable[int], table: sa.Table = tables.sketches
    ) -> list[Any]:
        """All rows in which the column has one of the values."""
        listed = sorted(set(values))
        found: list[Any] = []
        for at in range(0, len(listed), AT_ONCE):
            found += self._connection.execute(chosen.where(table.c[column].in_(listed[at : at + AT_ONCE]))).all()
        return found

    def _delete(self, table: sa.Table, column: str, values: Iterable[int]) -> None:
        listed = sorted(set(values))
        for at in range(0, len(listed), AT_ONCE):
            self._connection.execute(sa.delete(table).where(table.c[column].in_(listed[at : at + AT_ONCE])))


@contextlib.contextmanager
def _faults(statement: str) -> Iterator[None]:
    """The driver's faults as those that archive.connect tells in plain words."""
    try:
        yield
    except sqlite3.Error as fault:
        raise sa.exc.DatabaseError(statement, None, fault) from fault


def number_of(words: str) -> int:
    """A number of 63 bits that stands for some words."""
    return int.from_bytes(hashlib.blake2b(words.encode("utf8", "replace"), digest_size=8).digest(), "big") >> 1
