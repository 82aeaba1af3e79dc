"""An archive written in the layout of an earlier version, for the program that still needs it: the way back.

All that the earlier layout has a place for stands in its place. The rest is named, and kept aside in a table that the
earlier program does not ask for; a later one puts it back (archive.migrations). What the merge makes is left to that
program: every document waits for it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from communique.archive import connect, database, layouts, schema, schema_merge, seals
from communique.archive.place import Place
from communique.errors import ArchiveError

_MADE = frozenset(table.name for table in schema_merge.TABLES) - {schema_merge.originals.name}
_LEFT_OUT = _MADE | {table.name for table in (schema.meta, schema.digests, schema.records, schema.record_members)}
_LEFT_OUT |= {schema.stories.name}
_FOLLOWS_JUDGEMENTS = 2  # the first layout whose merge does
_KEEPS_ORIGINALS = layouts.TABLES[schema_merge.originals.name]


def written(whole: Path, target: Path, layout: int, *, source: Place) -> tuple[str, ...]:
    """Writes the copy at `whole` of an archive into the empty file `target`, in an earlier layout.

    What that has no place for, one line each. source is what faults are told of. Raises ArchiveError where the archive
    is not as its seals say, or the file cannot be written.
    """
    copy = connect.connect(whole, create=False)
    try:
        with connect.guard(source), copy.connect() as reading:
            broken = seals.broken(reading)
    finally:
        copy.dispose()
    if broken:
        raise ArchiveError(
            f"is not as it was written ({len(broken)} digests differ)",
            where=str(source),
            advice="See `communique verify`; `communique verify --seal` takes what stands there as right",
        )
    engine = sa.create_engine(sa.URL.create("sqlite", database=str(target.absolute())), isolation_level="AUTOCOMMIT")
    try:
        with connect.guard(source), engine.connect() as connection:
            connection.exec_driver_sql("ATTACH DATABASE ? AS today", (str(whole.absolute()),))
            connection.exec_driver_sql("BEGIN")
            left = _filled(connection, layout)
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("DETACH DATABASE today")
            connection.exec_driver_sql("PRAGMA journal_mode = WAL")  # as that program made its own
    finally:
        engine.dispose()
    return left


def _filled(connection: sa.Connection, layout: int) -> tuple[str, ...]:
    tables = layouts.metadata(layout)
    tables.create_all(connection, checkfirst=False)
    connection.exec_driver_sql(schema.ARTICLES)
    connection.exec_driver_sql(schema.WORDS)
    connection.exec_driver_sql(f"PRAGMA application_id = {schema.APPLICATION_ID}")
    layouts.aside.create(connection)
    for table in tables.sorted_tables:
        if table.name not in _LEFT_OUT:
            _copy(connection, table)
    left = [*_stripped(connection, layout), *_judgements(connection, layout), *_data_sets(connection, tables, layout)]
    database.of(connection).reindex(connection)
    if schema.digests.name in tables.tables:
        seals.seal_all(connection)
        connection.execute(sa.delete(schema.meta))  # that layout does not note how its tables are defined
        bands = {"owner": schema_merge.bands.name, "kind": seals.TABLE, "digest": f"{0:032x}"}
        connection.execute(sa.insert(schema.digests), [bands])  # which it sealed, and which are empty
    connection.execute(sa.insert(schema.meta), [{"name": "schema", "value": str(layout)}])
    return tuple(left)


def _copy(connection: sa.Connection, table: sa.Table, where: str = "") -> None:
    names = ", ".join(f'"{name}"' for name in layouts.columns(table))
    connection.exec_driver_sql(
        f"INSERT INTO main.{table.name} ({names}) SELECT {names} FROM today.{table.name} {where}"
    )


def _stripped(connection: sa.Connection, layout: int) -> Iterator[str]:
    """Takes fields that the layout does not know out of the stored nouns, and keeps the whole ones aside."""
    for kind, fields in layouts.fields_beyond(layout).items():
        table = schema.ITEMS[kind]
        found = _strip(connection, table, table.name, fields, "")
        if layout >= _KEEPS_ORIGINALS:
            name = schema_merge.originals.name
            _strip(connection, schema_merge.originals, f"{name} {kind}", fields, f"kind = '{kind}' AND ")
        for field in fields:
            if found[field]:
                yield f"{layouts.LOST[kind, field]}: {found[field]:,} {table.name}"


def _strip(
    connection: sa.Connection, table: sa.Table, part: str, fields: tuple[str, ...], narrowed: str
) -> dict[str, int]:
    found = dict.fromkeys(fields, 0)
    named = " OR ".join(f"instr(body, '\"{field}\":')" for field in fields)
    rows = connection.exec_driver_sql(f"SELECT number, body FROM main.{table.name} WHERE {narrowed}({named})").all()
    for number, whole in rows:
        held: dict[str, Any] = json.loads(whole)
        gone = [field for field in fields if field in held]
        if not gone:  # the words stand in a text
            continue
        for field in gone:
            found[field] += 1
            del held[field]
        here = json.dumps(held, ensure_ascii=False, separators=(",", ":"))
        _keep_aside(connection, part, number, here, whole)
        connection.exec_driver_sql(f"UPDATE main.{table.name} SET body = ? WHERE {narrowed}number = ?", (here, number))
    return found


def _keep_aside(connection: sa.Connection, part: str, number: int, here: str, whole: str) -> None:
    row = {"part": part, "number": number, "here": here, "whole": whole}
    connection.execute(sa.insert(layouts.aside), [row])


def _judgements(connection: sa.Connection, layout: int) -> Iterator[str]:
    """What people decided: the first layout has a place for their verdicts alone."""
    if layout < layouts.COLUMNS[schema.judgements.name, "body"]:
        rows = connection.exec_driver_sql("SELECT number, id, body FROM today.judgements WHERE body IS NOT NULL").all()
        for number, identifier, body in rows:
            _keep_aside(connection, schema.judgements.name, number, identifier, body)
        if rows:
            yield f"where what was judged stands, and what is right instead: {len(rows):,} judgements"
    if layout < _KEEPS_ORIGINALS:
        rows = connection.exec_driver_sql("SELECT kind, number, body FROM today.originals").all()
        for kind, number, body in rows:
            table = schema.ITEMS.get(kind, schema.mentions).name
            here = connection.exec_driver_sql(f"SELECT body FROM main.{table} WHERE number = ?", (number,)).scalar()
            _keep_aside(connection, f"{layouts.CORRECTED} {kind}", number, str(here), body)
        if rows:
            yield f"how things read before a person corrected them: {len(rows):,} items and mentions"
    judged = connection.exec_driver_sql("SELECT count(*) FROM main.judgements WHERE undone IS NULL").scalar()
    if judged and layout < _FOLLOWS_JUDGEMENTS:
        yield f"a merge that follows what people decided: {judged:,} judgements"


def _data_sets(connection: sa.Connection, tables: sa.MetaData, layout: int) -> Iterator[str]:
    """Documents wait for the merge; rows of data sets, which are never merged, keep their records."""
    from communique.imports.keep import of_data_sets

    columns = schema.documents.c
    rows = sa.select(columns.key).where(of_data_sets())
    if schema_merge.pending.name in tables.tables:
        pages = sa.select(columns.key).where(columns.key.not_in(rows))
        connection.execute(sa.insert(schema_merge.pending).from_select(["document"], pages))
    if connection.execute(rows.limit(1)).first() is None:
        return
    mine = sa.select(schema.events.c.id).where(schema.events.c.document.in_(rows))
    alone = str(mine.compile(connection, compile_kwargs={"literal_binds": True}))
    members = f"SELECT record FROM today.record_members WHERE event IN ({alone})"
    _copy(connection, tables.tables[schema.records.name], f"WHERE id IN ({members})")
    _copy(connection, tables.tables[schema.record_members.name], f"WHERE event IN ({alone})")
    if layout < _FOLLOWS_JUDGEMENTS:
        yield "rows that are not to be merged: its next `read` takes those of data sets for articles"
