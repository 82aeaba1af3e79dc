"""Rows become nouns again: the document with its spans, and everything that was read out of it."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence
from typing import Any, cast

import sqlalchemy as sa

from communique.archive import codec, schema
from communique.errors import ArchiveError
from communique.model import (
    Assessment,
    Coded,
    DateEvidence,
    Document,
    Event,
    Figure,
    Forum,
    Furniture,
    Item,
    Mention,
    Project,
    Quote,
    Repeat,
    Span,
    When,
)

CLASSES: dict[str, type[Any]] = {
    "event": Event,
    "figure": Figure,
    "quote": Quote,
    "assessment": Assessment,
    "project": Project,
    "forum": Forum,
}
_keys: sa.BindParameter[Any] = sa.bindparam("keys", expanding=True)
_DOCUMENTS = sa.select(schema.documents).where(schema.documents.c.key.in_(_keys))
_SPANS = (
    sa.select(schema.spans)
    .where(schema.spans.c.document.in_(_keys))
    .order_by(schema.spans.c.document, schema.spans.c.position)
)


def document(connection: sa.Connection, row: sa.RowMapping) -> Document:
    """The document of a row of the documents table."""
    parts = connection.execute(of_document(schema.spans, "position"), {"key": row["key"]}).mappings()
    return whole(row, parts)


def documents(connection: sa.Connection, keys: Sequence[str]) -> dict[str, Document]:
    """The documents of these keys, by key: two questions for all of them, so not too many at once."""
    rows = connection.execute(_DOCUMENTS, {"keys": keys}).mappings().all()
    parts: dict[str, list[sa.RowMapping]] = {row["key"]: [] for row in rows}
    for part in connection.execute(_SPANS, {"keys": keys}).mappings().all():
        parts[part["document"]].append(part)
    return {row["key"]: whole(row, parts[row["key"]]) for row in rows}


def whole(row: sa.RowMapping, parts: Iterable[sa.RowMapping]) -> Document:
    """The document of a row of the documents table and of those of its spans, in order."""
    article, furniture, repeats = [], [], []
    for part in parts:
        span = _span(part["start"], part["end"])
        if part["role"] == "article":
            article.append(span)
        elif part["role"] == "furniture":
            furniture.append(Furniture(span, part["reason"]))
        else:
            repeats.append(Repeat(span, _span(part["of_start"], part["of_end"])))
    plain = ("id", "text", "title", "byline", "source", "url", "language", "encoding", "media_type")
    for name in plain:
        if type(row[name]) is not str and (row[name] is not None or name in ("id", "text")):
            raise _damaged(f"the {name} of a document")
    return Document(
        article=tuple(article),
        furniture=tuple(furniture),
        repeats=tuple(repeats),
        published=codec.load(When, row["published"]),
        page_date=codec.load(When, row["page_date"]),
        date_evidence=codec.load(tuple[DateEvidence, ...], row["date_evidence"]),
        warnings=codec.load(tuple[str, ...], row["warnings"]),
        **{name: row[name] for name in plain},
    )


def _span(start: object, end: object) -> Span:
    """The span of two columns, which a changed bit can make anything."""
    if type(start) is int and type(end) is int:
        return Span(start, end)
    raise _damaged("a span")


def _damaged(what: str) -> ArchiveError:
    return ArchiveError(
        f"{what} is damaged", advice="Run `communique verify` on the archive: it names the document and what to do"
    )


@functools.cache
def of_document(table: sa.Table, order: str, *columns: str) -> sa.Select[Any]:
    """The rows of one document, in order; made once, as making a statement costs more than running it."""
    chosen = sa.select(*(table.c[name] for name in columns)) if columns else sa.select(table)
    return chosen.where(table.c.document == sa.bindparam("key")).order_by(table.c[order])


def item(kind: str, body: str) -> Item:
    """The item of a stored body."""
    return cast(Item, codec.load(CLASSES[kind], body))


def told(connection: sa.Connection, row: sa.RowMapping) -> Coded:
    """The document of a row with what a merge compares: events, figures, and what stands around them."""
    items: dict[str, tuple[Any, ...]] = {}
    for kind in ("event", "figure"):
        rows = connection.execute(of_document(schema.ITEMS[kind], "position", "body"), {"key": row["key"]})
        items[f"{kind}s"] = tuple(item(kind, body) for (body,) in rows)
    if items["events"]:  # whom the sentences around an event name says more of it
        items["mentions"] = mentions(connection, row["key"])
    return Coded(document(connection, row), _sentences(connection, row["key"]), **items)


def _sentences(connection: sa.Connection, key: str) -> tuple[Span, ...]:
    rows = connection.execute(of_document(schema.sentences, "sequence", "start", "end"), {"key": key}).all()
    return tuple(_span(start, end) for start, end in rows)


def mentions(connection: sa.Connection, key: str) -> tuple[tuple[int, Mention], ...]:
    """The mentions of a document, each with the number of its sentence."""
    chosen = of_document(schema.mentions, "position", "sequence", "body")
    rows = connection.execute(chosen, {"key": key}).all()
    return tuple((sequence, codec.load(Mention, body)) for sequence, body in rows)


def coded(connection: sa.Connection, row: sa.RowMapping) -> Coded:
    """The document of a row with everything that was read out of it, in the order in which it was coded."""
    key = row["key"]

    def rows(table: sa.Table, order: str, *columns: str) -> Sequence[Any]:
        return connection.execute(of_document(table, order, *columns), {"key": key}).all()

    items: dict[str, tuple[Any, ...]] = {
        f"{kind}s": tuple(item(kind, body) for (body,) in rows(table, "position", "body"))
        for kind, table in schema.ITEMS.items()
    }
    return Coded(
        document=document(connection, row),
        sentences=_sentences(connection, key),
        mentions=mentions(connection, key),
        **items,
    )
