"""Ids to what they stand for: anything goes by the first characters of its id."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from communique.archive import schema
from communique.errors import UsageError

SHORTEST_PREFIX = 4  # characters of an id that a user must give


def candidates(connection: sa.Connection, prefix: str) -> list[tuple[str, str, str]]:
    """(kind, id, document key) of everything whose id begins so; of one id in several revisions the newest.

    Raises UsageError where the prefix is missing or too short.
    """
    if not prefix.strip():
        raise UsageError("an id is missing", advice="Ids stand in every listing: communique events")
    documents = schema.documents.c
    whole = connection.execute(
        sa.select(documents.key).where(documents.id == prefix, documents.superseded.is_(False))
    ).scalar()
    if whole:
        return [("document", prefix, whole)]
    if len(prefix) < SHORTEST_PREFIX:
        raise UsageError("the id is too short", where=prefix, advice=f"Give {SHORTEST_PREFIX} characters of it or more")
    found: dict[tuple[str, str], str] = {}
    for key in connection.execute(sa.select(documents.key).where(_begins(documents.key, prefix))).scalars():
        found["document", key] = key
    for kind, table in schema.ITEMS.items():
        chosen = sa.select(table.c.id, table.c.document).join(schema.documents, documents.key == table.c.document)
        newest_last = chosen.where(_begins(table.c.id, prefix)).order_by(documents.superseded.desc(), documents.number)
        for identifier, key in connection.execute(newest_last):
            found[kind, identifier] = key
    for kind, table in (
        ("record", schema.records),
        ("story", schema.stories),
        ("judgement", schema.judgements),
    ):
        for identifier in connection.execute(sa.select(table.c.id).where(_begins(table.c.id, prefix))).scalars():
            found[kind, identifier] = ""
    return [(kind, identifier, key) for (kind, identifier), key in found.items()]


def _begins(column: sa.ColumnElement[Any], prefix: str) -> sa.ColumnElement[bool]:
    """A range, which the index answers; ids are lower-case hex, so nothing of them sorts after U+FFFF."""
    lowered = prefix.lower()
    return sa.and_(column >= lowered, column < lowered + "\uffff")
