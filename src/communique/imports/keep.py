"""Rows of data sets into an archive, thousands in one transaction, each with a record of its own."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from communique.archive import codec, database, schema, schema_merge, search, write
from communique.archive.decisions import CODER
from communique.imports.base import FORMATS
from communique.imports.row import MEDIA_TYPE
from communique.model import Coded, Record, content_id

if TYPE_CHECKING:
    from communique.archive import Archive

AT_ONCE = 2_000  # rows of a data set in one transaction
_ASKED = 500  # values in one question
_LATE = "9999"  # sorts behind all days


def holds_pages(archive: Archive) -> bool:
    """Whether there is a document that no data set brought."""
    mine = sa.or_(*(schema.documents.c.id.startswith(f"{form}:") for form in FORMATS))
    with archive.reading() as connection:
        return connection.execute(sa.select(schema.documents.c.number).where(~mine).limit(1)).first() is not None


def holds_data_sets(archive: Archive) -> bool:
    """Whether there is a row of a data set. Asked by the index of ids alone, however large the archive is."""
    documents = schema.documents.c
    ranges = (sa.and_(documents.id >= f"{form}:", documents.id < f"{form};") for form in FORMATS)  # ";" follows ":"
    chosen = sa.select(documents.number).where(sa.or_(*ranges), documents.media_type == MEDIA_TYPE)
    with archive.reading() as connection:
        return connection.execute(chosen.limit(1)).first() is not None


def of_data_sets() -> sa.ColumnElement[bool]:
    """Of the documents those that are rows of a data set."""
    documents = schema.documents.c
    named = sa.or_(*(documents.id.startswith(f"{form}:") for form in FORMATS))
    return sa.and_(documents.media_type == MEDIA_TYPE, named)


def keep(archive: Archive, rows: Iterable[Coded]) -> Iterator[bool]:
    """Keeps rows, each with a record of its own; for each, in order, whether it was new.

    A row that changed under its id takes its place. An interruption leaves whole rows with their records, and nothing
    that waits for a merge.
    """
    given = iter(rows)
    while batch := list(itertools.islice(given, AT_ONCE)):
        yield from _keep(archive, batch)


def _keep(archive: Archive, batch: Sequence[Coded]) -> list[bool]:
    ids = [each.document.id for each in batch]
    with archive.reading() as connection:
        known = _among(connection, schema.documents.c.id, ids)
    fresh: dict[str, Coded] = {}
    others: list[Coded] = []
    outcome: dict[int, bool] = {}
    for each in batch:
        if each.document.id in known or each.document.id in fresh:
            others.append(each)
        else:
            fresh[each.document.id] = each
            outcome[id(each)] = True
    _insert(archive, list(fresh.values()))
    for each in others:  # known already, or another text under a known id: one by one, as pages are kept
        outcome[id(each)] = archive.add(each, settle=_alone)
    return [outcome[id(each)] for each in batch]


def _insert(archive: Archive, batch: Sequence[Coded]) -> None:
    """All of a batch or nothing, table by table."""
    if not batch:
        return
    now = dt.datetime.now(dt.UTC)
    with archive.writing() as connection:
        numbers = {table.name: _last(connection, table) for table in (schema.documents, schema.events)}
        rows: dict[str, list[dict[str, Any]]] = {
            name: [] for name in ("documents", "spans", "sentences", "events", "participants")
        }
        words = []
        for each in batch:
            document, key = each.document, each.document.key
            numbers["documents"] += 1
            made = write.document_row(document, coder=CODER, now=now, revises=None)
            rows["documents"].append({"number": numbers["documents"], **made})
            words.append((numbers["documents"], document.title or "", search.article_text(document)))
            rows["spans"] += [
                {"document": key, "role": "article", "position": position, "start": span.start, "end": span.end}
                for position, span in enumerate(document.article)
            ]
            rows["sentences"] += [
                {"document": key, "sequence": sequence, "start": span.start, "end": span.end}
                for sequence, span in enumerate(each.sentences)
            ]
            for position, event in enumerate(each.events):
                numbers["events"] += 1
                rows["events"].append(write.item_row(event, key, position, numbers["events"]))
                rows["participants"] += [
                    write.participant_row(key, "event", numbers["events"], role, who)
                    for role, who in write.roles(event)
                ]
        for name, held in rows.items():
            if held:
                connection.execute(sa.insert(schema.metadata.tables[name]), held)
        held_by = database.of(connection)
        held_by.numbered(connection, schema.documents)
        held_by.index(connection, words)
        _alone(connection, [each.document.key for each in batch])


def _last(connection: sa.Connection, table: sa.Table) -> int:
    return int(connection.execute(sa.select(sa.func.max(table.c.number))).scalar() or 0)


def _among(connection: sa.Connection, column: Any, values: Sequence[str]) -> set[str]:
    found: set[str] = set()
    for start in range(0, len(values), _ASKED):
        found |= set(connection.execute(sa.select(column).where(column.in_(values[start : start + _ASKED]))).scalars())
    return found


def record_alone(archive: Archive) -> int:
    """Makes every event that has no record one of its own, and none for rows that others took the place of.

    A row is an event already: merging rows as if articles told them would melt days into one. `keep` does so for what
    it keeps; this is for archives whose import was interrupted by an earlier Communique. How many records were made.
    """
    with archive.writing() as connection:
        made = _recorded(connection, [])
        connection.execute(sa.delete(schema_merge.pending))
    return made


def recorded_alone(connection: sa.Connection) -> int:
    """Makes every event of a data set that has no record one of its own; how many. Stands inside a transaction."""
    return _recorded(connection, [of_data_sets()])


def _alone(connection: sa.Connection, keys: Iterable[str]) -> None:
    """Makes the events of these documents records of their own, in the transaction that keeps them."""
    asked = list(keys)
    for start in range(0, len(asked), _ASKED):
        _recorded(connection, [schema.documents.c.key.in_(asked[start : start + _ASKED])])


def _recorded(connection: sa.Connection, which: list[sa.ColumnElement[bool]]) -> int:
    """Records for the events of documents that have none; how many were made."""
    events, members, records, documents = schema.events, schema.record_members, schema.records, schema.documents
    gone = sa.select(events.c.id).join_from(events, documents, documents.c.key == events.c.document)
    gone = gone.where(documents.c.superseded.is_(True), *which)
    chosen = (
        sa.select(events.c.id, events.c.event, events.c.earliest, events.c.latest)
        .select_from(
            events.join(documents, documents.c.key == events.c.document).outerjoin(
                members, members.c.event == events.c.id
            )
        )
        .where(documents.c.superseded.is_(False), members.c.record.is_(None), *which)
    )
    old = connection.execute(sa.select(members.c.record).where(members.c.event.in_(gone))).scalars().all()
    for start in range(0, len(old), _ASKED):
        part = old[start : start + _ASKED]
        connection.execute(sa.delete(members).where(members.c.record.in_(part)))
        connection.execute(sa.delete(records).where(records.c.id.in_(part)))
    waiting = connection.execute(chosen).all()
    for start in range(0, len(waiting), AT_ONCE):
        part_rows = waiting[start : start + AT_ONCE]
        held = [_record(*row) for row in part_rows]
        connection.execute(sa.insert(records), held)
        connection.execute(
            sa.insert(members),
            [{"record": each["id"], "event": row[0]} for each, row in zip(held, part_rows, strict=True)],
        )
    return len(waiting)


def _record(event: str, kind: str, earliest: str | None, latest: str | None) -> dict[str, Any]:
    record = Record(content_id("record", event), kind, (event,))
    return {
        "id": record.id,
        "event": kind,
        "status": record.status,
        "place": f"{earliest or _LATE}/{latest or _LATE}/{event}",  # records are listed by date
        "kind": "event",
        "body": codec.dump(record),
    }
