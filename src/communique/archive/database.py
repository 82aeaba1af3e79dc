"""What an archive asks of its database beyond plain SQL: SQLite and PostgreSQL each answer in their own way."""

from __future__ import annotations

import contextlib
import functools
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Literal

import sqlalchemy as sa

Conflict = Literal["fail", "ignore", "replace"]  # what becomes of a row whose key is taken
Row = tuple[Any, ...]
Note = Callable[..., None]  # called as note(table, sign, *values) for every row that comes (1) or goes (-1)


class Database(ABC):
    """One kind of database. Its methods get a connection, and write only inside a transaction of the caller's."""

    @abstractmethod
    def insert(self, connection: sa.Connection, table: sa.Table, rows: Sequence[Row], conflict: Conflict) -> None:
        """Puts in rows that give every column of a table, in the table's order."""

    @abstractmethod
    def rows(self, connection: sa.Connection, table: sa.Table, where: str | None, value: object) -> Iterator[Row]:
        """All rows of a table, or those in which a column has a value, as they are digested: bools are 0 and 1."""

    @abstractmethod
    def numbered(self, connection: sa.Connection, table: sa.Table) -> None:
        """To be called after rows came whose `number` the caller chose: the next one follows."""

    @abstractmethod
    def watch(self, connection: sa.Connection, note: Note) -> None:
        """Has every row that this connection writes told to `note`, at the latest when `collect` is called."""

    @abstractmethod
    def collect(self, connection: sa.Connection, note: Note) -> None:
        """Tells of what was written in this transaction and was not told of yet."""

    @abstractmethod
    def definitions(self, connection: sa.Connection) -> list[Row]:
        """How our tables and views are defined, in an order that does not change."""

    def moment(self, connection: sa.Connection) -> contextlib.AbstractContextManager[None]:
        """All questions inside are answered as of one moment; a server's connections for reading are so anyway."""
        return contextlib.nullcontext()

    @abstractmethod
    def damage(self, connection: sa.Connection) -> Iterator[str]:
        """What the database itself finds wrong with what it holds."""

    # ---- the index of words

    @abstractmethod
    def index(self, connection: sa.Connection, texts: Sequence[tuple[int, str, str]]) -> None:
        """Takes up texts: number of the document, title, article."""

    @abstractmethod
    def unindex(self, connection: sa.Connection, number: int, title: str, article: str) -> None:
        """Takes out a text, given as it was taken up."""

    @abstractmethod
    def reindex(self, connection: sa.Connection) -> None:
        """Makes the whole index anew from the documents."""

    @abstractmethod
    def indexed(self, connection: sa.Connection) -> int:
        """How many texts are in the index."""

    @abstractmethod
    def misindexed(self, connection: sa.Connection) -> Iterator[str]:
        """What in the index is not what the documents say."""

    @abstractmethod
    def matches(
        self, connection: sa.Connection, words: str, *, limit: int, offset: int, revised: bool
    ) -> list[tuple[str, str, float]]:
        """Document keys, best first, with the article's text, what was looked for marked, and the score (BM25)."""


def of(connection: sa.Connection) -> Database:
    """The kind of database that a connection leads to."""
    return _known(connection.dialect.name)


@functools.cache
def _known(name: str) -> Database:
    if name == "sqlite":
        from communique.archive.sqlite import Sqlite

        return Sqlite()
    from communique.archive.postgres import Postgres

    return Postgres()
