"""What each layout of an archive has no place for yet: tables, columns, indexes, and fields of stored nouns.

Whoever adds a table, a column or a field of a stored noun notes it here under a new layout: an earlier program stops
at what it does not know.
"""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa

from communique.archive import schema, schema_merge

FIRST = 1
_MERGE_REMEMBERS, _SEALS = 2, 5

# the first layout that has it
TABLES: Mapping[str, int] = {table.name: _MERGE_REMEMBERS for table in schema_merge.TABLES} | {
    schema.digests.name: _SEALS
}
COLUMNS: Mapping[tuple[str, str], int] = {
    ("records", "kind"): 2,
    ("records", "place"): 2,
    ("records", "component"): 2,
    ("stories", "earliest"): 2,
    ("stories", "latest"): 2,
    ("judgements", "body"): 2,
    ("tellings", "record"): 3,
    ("sketches", "revises"): 4,
}
INDEXES: Mapping[str, int] = {"ix_records_status": 2}
FIELDS: Mapping[tuple[str, str], int] = {  # of the nouns in `body`; layout 6 got speakers while it was the newest
    ("figure", "base"): 4,
    ("quote", "speakers"): 6,
}
# what is lost where such a field is, in the words of a message
LOST: Mapping[tuple[str, str], str] = {
    ("figure", "base"): "the time that a change is counted from",
    ("quote", "speakers"): "each of those who speak together (the group of them is kept)",
}

# where a copy in an earlier layout keeps what that has no place for: earlier programs do not ask for it. A part is a
# table; CORRECTED and originals are followed by the kind of the item
CORRECTED = "corrected"
aside = sa.Table(
    "aside",
    sa.MetaData(),
    sa.Column("part", sa.Text, primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("here", sa.Text, nullable=False),  # how the row reads in the copy: put back only where it still does
    sa.Column("whole", sa.Text, nullable=False),
)


def metadata(layout: int) -> sa.MetaData:
    """The tables as this layout has them."""
    made = sa.MetaData()
    for table in schema.metadata.sorted_tables:
        if TABLES.get(table.name, FIRST) > layout:
            continue
        copy = table.to_metadata(made)
        for column in copy.columns:
            column.system = COLUMNS.get((table.name, column.name), FIRST) > layout  # such a column is not created
        for index in tuple(copy.indexes):
            gone = INDEXES.get(str(index.name), FIRST) > layout
            if gone or any(column.system for column in index.columns):
                copy.indexes.discard(index)
    return made


def columns(table: sa.Table) -> list[str]:
    """The names of the columns that a table of `metadata` has, in order."""
    return [column.name for column in table.columns if not column.system]


def fields_beyond(layout: int) -> dict[str, tuple[str, ...]]:
    """For each kind of item the fields that this layout does not know."""
    found: dict[str, tuple[str, ...]] = {}
    for (kind, field), since in FIELDS.items():
        if since > layout:
            found[kind] = (*found.get(kind, ()), field)
    return found
