"""Pages of records: the acts that fit a question, each once, with one telling and who else tells it."""

from __future__ import annotations

import typing
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from communique.archive import Archive, codec, query, rebuild, schema
from communique.model import Document, Event, Record


@dataclass(frozen=True, slots=True)
class Told:
    """A record on a page: the telling shown, its document, how many tellings there are, and in which outlets."""

    id: str
    status: str
    event: Event
    document: Document
    tellings: int
    outlets: tuple[str, ...]
    merged: bool


def count(archive: Archive, filters: query.Filters, status: str | None = None) -> int:
    """How many records fit."""
    if filters == query.Filters() and not status:
        with archive.reading() as connection:
            chosen = sa.select(sa.func.count()).where(_records.c.kind == "event")
            number = int(connection.execute(chosen).scalar_one())
        if number:
            return number
    with archive.reading() as connection:
        inner = _grouped(filters, status).order_by(None).subquery()
        return int(connection.execute(sa.select(sa.func.count()).select_from(inner)).scalar_one())


def page(
    archive: Archive, filters: query.Filters, *, status: str | None = None, newest: bool = True, limit: int, offset: int
) -> list[Told]:
    """One page of the records that fit, by date."""
    if filters == query.Filters() and not status:
        return _all(archive, newest=newest, limit=limit, offset=offset)
    grouped = _grouped(filters, status)
    day: sa.ColumnElement[str] = sa.literal_column("day")
    ordered = grouped.order_by(day.is_(None), day.desc() if newest else day, sa.literal_column("number"))
    with archive.reading() as connection:
        chosen = connection.execute(ordered.limit(limit).offset(offset)).all()
    return [_told(archive, row) for row in chosen]


def _all(archive: Archive, *, newest: bool, limit: int, offset: int) -> list[Told]:
    """A page of all records, in the order that the merge gave them."""
    columns = (_records.c.place, _records.c.id)
    ordered = [column.desc() if newest else column for column in columns]
    chosen = sa.select(_records.c.id).where(_records.c.kind == "event").order_by(*ordered).limit(limit).offset(offset)
    with archive.reading() as connection:
        ids = list(connection.execute(chosen).scalars())
    return by_ids(archive, ids)


def by_ids(archive: Archive, ids: list[str]) -> list[Told]:
    """The records of these ids, in this order; ids of events that are in no record stand for themselves."""
    found: list[Told] = []
    for identifier in ids:
        with archive.reading() as connection:
            number = connection.execute(_first_of, {"record": identifier}).scalar()
            number = number or connection.execute(_itself, {"record": identifier}).scalar()
        if number is not None:
            found.append(_told_by(archive, identifier, number))
    return found


_members, _records, _events = schema.record_members, schema.records, schema.events
_first_of = (
    sa.select(sa.func.min(_events.c.number))
    .join(_members, _members.c.event == _events.c.id)
    .where(_members.c.record == sa.bindparam("record"))
)
_itself = sa.select(sa.func.min(_events.c.number)).where(_events.c.id == sa.bindparam("record"))


def _grouped(filters: query.Filters, status: str | None) -> sa.Select[Any]:
    """record, the number of the telling whose date is known best, day, tellings."""
    events, members = schema.events, schema.record_members
    record = sa.func.coalesce(members.c.record, events.c.id).label("record")
    joined = events.join(schema.documents, schema.documents.c.key == events.c.document).outerjoin(
        members, members.c.event == events.c.id
    )
    # a day that lies after its own report is a plan, or was read wrongly: it must not push the news down
    reported = schema.documents.c.latest
    day = sa.func.max(
        sa.func.min(sa.func.coalesce(events.c.latest, reported), sa.func.coalesce(reported, events.c.latest))
    ).label("day")
    chosen: Any = sa.select(
        record, sa.func.min(events.c.number).label("number"), day, sa.func.count().label("tellings")
    )
    chosen = chosen.select_from(joined).where(*query.conditions("event", filters)).group_by(record.element)
    if status:
        chosen = chosen.where(members.c.record.in_(sa.select(_records.c.id).where(_records.c.status == status)))
    return typing.cast("sa.Select[Any]", chosen)


def _told(archive: Archive, row: Any) -> Told:
    return _told_by(archive, row.record, row.number)


def _told_by(archive: Archive, identifier: str, number: int) -> Told:
    events, members = schema.events, schema.record_members
    with archive.reading() as connection:
        key, body = connection.execute(
            sa.select(events.c.document, events.c.body).where(events.c.number == number)
        ).one()
        held = connection.execute(sa.select(_records.c.status).where(_records.c.id == identifier)).scalar()
        told = connection.execute(
            sa.select(schema.documents.c.source, schema.documents.c.key)
            .select_from(
                members.join(events, events.c.id == members.c.event).join(
                    schema.documents, schema.documents.c.key == events.c.document
                )
            )
            .where(members.c.record == identifier, schema.documents.c.superseded.is_(False))
        ).all()
    event = rebuild.item("event", body)
    assert isinstance(event, Event)
    outlets = tuple(sorted({source or "outlet not named" for source, _ in told}))
    return Told(
        identifier, held or "single", event, archive.document(key), max(1, len(told)), outlets, held is not None
    )


def record(archive: Archive, identifier: str) -> Record | None:
    """The record of that id."""
    with archive.reading() as connection:
        body = connection.execute(sa.select(_records.c.body).where(_records.c.id == identifier)).scalar()
    return codec.load(Record, body) if body else None


def of_event(archive: Archive, event_id: str) -> str | None:
    """The id of the record that holds an event."""
    with archive.reading() as connection:
        chosen = sa.select(_members.c.record).where(_members.c.event == event_id)
        return connection.execute(chosen).scalar()


def tellings(archive: Archive, found: Record) -> list[tuple[Event, Document]]:
    """The events of a record, each with its document, in the order of the record."""
    events, documents = schema.events, schema.documents
    chosen = (
        sa.select(events.c.id, events.c.document, events.c.body)
        .join(documents, documents.c.key == events.c.document)
        .where(events.c.id.in_(found.members), documents.c.superseded.is_(False))
        .order_by(documents.c.number)
    )
    with archive.reading() as connection:
        rows = connection.execute(chosen).all()
    order = {member: number for number, member in enumerate(found.members)}
    rows = sorted(rows, key=lambda row: order[row.id])
    told: list[tuple[Event, Document]] = []
    for row in rows:
        event = rebuild.item("event", row.body)
        assert isinstance(event, Event)
        told.append((event, archive.document(row.document)))
    return told
