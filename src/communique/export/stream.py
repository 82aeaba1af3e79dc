"""An archive's items one by one, for exports: only their numbers are held, and a few thousand rows at a time."""

from __future__ import annotations

import functools
from array import array
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from communique.archive import query, rebuild, schema

if TYPE_CHECKING:
    from communique.archive import Archive
    from communique.model import Document, Item

AT_ONCE = 100  # items read together, with their documents; the numbers of a million items take 8 MB


def stream(archive: Archive, kind: str, **filters: Any) -> Iterator[tuple[Item, Document]]:
    """What `archive.items(kind, **filters).pairs()` gives, in the same order, without holding it all.

    Raises UsageError for a filter that there is not.
    """
    table = schema.ITEMS[kind]
    chosen = query.select(kind, query.filters_of(filters)).with_only_columns(table.c.number)
    with archive.reading() as connection:
        numbers = array("q", connection.execute(chosen.execution_options(yield_per=10_000)).scalars())
    pages: dict[str, Document] = {}
    for start in range(0, len(numbers), AT_ONCE):
        part = numbers[start : start + AT_ONCE].tolist()
        with archive.reading() as connection:
            rows = connection.execute(_asked(kind), {"numbers": part})
            held = {number: (key, body) for number, key, body in rows}
            wanted = {key for key, _ in held.values()}
            pages = {key: page for key, page in pages.items() if key in wanted}
            pages |= rebuild.documents(connection, sorted(wanted - pages.keys()))
        for number in part:
            if number in held and held[number][0] in pages:  # else it was taken away meanwhile
                key, body = held[number]
                yield rebuild.item(kind, body), pages[key]


@functools.cache
def _asked(kind: str) -> sa.Select[Any]:
    """The items of these numbers; made once, as making a statement costs more than running it."""
    table = schema.ITEMS[kind]
    chosen = sa.select(table.c.number, table.c.document, table.c.body)
    return chosen.where(table.c.number.in_(sa.bindparam("numbers", expanding=True)))
