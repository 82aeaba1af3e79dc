"""An archive's items one by one, for exports: only their numbers are held, and a few thousand rows at a time."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from communique.archive import query, rebuild, schema

if TYPE_CHECKING:
    from communique.archive import Archive
    from communique.model import Document, Item

AT_ONCE = 500  # bodies read together; the numbers of a million items take 8 MB


def stream(archive: Archive, kind: str, **filters: Any) -> Iterator[tuple[Item, Document]]:
    """What `archive.items(kind, **filters).pairs()` gives, in the same order, without holding it all.

    Raises UsageError for a filter that there is not.
    """
    table = schema.ITEMS[kind]
    chosen = query.select(kind, query.filters_of(filters)).with_only_columns(table.c.number)
    with archive.reading() as connection:
        numbers = array("q", connection.execute(chosen.execution_options(yield_per=10_000)).scalars())
    for start in range(0, len(numbers), AT_ONCE):
        part = numbers[start : start + AT_ONCE].tolist()
        asked = sa.select(table.c.number, table.c.document, table.c.body).where(table.c.number.in_(part))
        with archive.reading() as connection:
            held = {number: (key, body) for number, key, body in connection.execute(asked)}
        for number in part:
            if number in held:  # else it was taken away meanwhile
                key, body = held[number]
                yield rebuild.item(kind, body), archive.document(key)
