"""Pages of records: the acts that fit a question, each once, with one telling and who else tells it."""

from __future__ import annotations

import typing
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from communique.archive import Archive, codec, query, rebuild, schema
from communique.model import Document, Event, Record
from communique.web.queries import listed
from communique.web.register import Register

PART = 400  # ids asked for at once


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


def count(archive: Archive, filters: query.Filters, status: str | None = None, register: Register | None = None) -> int:
    """How many records fit; asked of the register where there is one that can answer."""
    if filters == query.Filters() and not status:
        with archive.reading() as connection:
            chosen = sa.select(sa.func.count()).where(_records.c.kind == "event")
            number = int(connection.execute(chosen).scalar_one())
        if number:
            return number
    if register is not None and listed.answers(filters):
        return listed.count_acts(register, filters, status)
    with archive.reading() as connection:
        inner = _grouped(filters, status).order_by(None).subquery()
        return int(connection.execute(sa.select(sa.func.count()).select_from(inner)).scalar_one())


def page(
    archive: Archive,
    filters: query.Filters,
    *,
    status: str | None = None,
    newest: bool = True,
    limit: int,
    offset: int,
    register: Register | None = None,
) -> list[Told]:
    """One page of the records that fit, by date; asked of the register where there is one that can answer."""
    if filters == query.Filters() and not status:
        return _all(archive, newest=newest, limit=limit, offset=offset)
    if register is not None and listed.answers(filters):
        found = listed.acts(register, filters, status, newest=newest, limit=limit, offset=offset)
        return _told(archive, [(each.record, each.number) for each in found])
    inner = _grouped(filters, status).subquery()
    day = inner.c.day
    ordered = sa.select(inner).order_by(day.is_(None), day.desc() if newest else day, inner.c.number)
    with archive.reading() as connection:
        chosen = connection.execute(ordered.limit(limit).offset(offset)).all()
    return _told(archive, [(row.record, row.number) for row in chosen])


def _all(archive: Archive, *, newest: bool, limit: int, offset: int) -> list[Told]:
    """A page of all records, in the order that the merge gave them."""
    columns = (_records.c.place, _records.c.id)
    ordered = [column.desc() if newest else column for column in columns]
    chosen = sa.select(_records.c.id).where(_records.c.kind == "event").order_by(*ordered).limit(limit).offset(offset)
    with archive.reading() as connection:
        ids = list(connection.execute(chosen).scalars())
    return by_ids(archive, ids)


def by_ids(archive: Archive, ids: Sequence[str]) -> list[Told]:
    """The records of these ids, in this order; ids of events that are in no record stand for themselves."""
    first: dict[str, int] = {}
    with archive.reading() as connection:
        for at in range(0, len(ids), PART):
            part = list(ids[at : at + PART])
            first |= dict(connection.execute(_first_of, {"ids": part}).all())
            if alone := [each for each in part if each not in first]:
                first |= dict(connection.execute(_itself, {"ids": alone}).all())
    return _told(archive, [(each, first[each]) for each in ids if each in first])


_members, _records, _events = schema.record_members, schema.records, schema.events
_ids: sa.BindParameter[Any] = sa.bindparam("ids", expanding=True)
_first_of = (
    sa.select(_members.c.record, sa.func.min(_events.c.number))
    .join(_members, _members.c.event == _events.c.id)
    .where(_members.c.record.in_(_ids))
    .group_by(_members.c.record)
)
_itself = sa.select(_events.c.id, sa.func.min(_events.c.number)).where(_events.c.id.in_(_ids)).group_by(_events.c.id)
_bodies = sa.select(_events.c.number, _events.c.id, _events.c.document, _events.c.body).where(
    _events.c.number.in_(_ids)
)
_statuses = sa.select(_records.c.id, _records.c.status).where(_records.c.id.in_(_ids))
_tellings = (
    sa.select(_members.c.record, schema.documents.c.source)
    .select_from(
        _members.join(_events, _events.c.id == _members.c.event).join(
            schema.documents, schema.documents.c.key == _events.c.document
        )
    )
    .where(_members.c.record.in_(_ids), schema.documents.c.superseded.is_(False))
)


def _grouped(filters: query.Filters, status: str | None) -> sa.Select[Any]:
    """record, the number of the telling whose date is known best, day, tellings."""
    events, members = schema.events, schema.record_members
    record = sa.func.coalesce(members.c.record, events.c.id).label("record")
    joined = events.join(schema.documents, schema.documents.c.key == events.c.document).outerjoin(
        members, members.c.event == events.c.id
    )
    # a day that lies after its own report is a plan, or was read wrongly: it must not push the news down
    reported = schema.documents.c.latest
    own, told = sa.func.coalesce(events.c.latest, reported), sa.func.coalesce(reported, events.c.latest)
    day = sa.func.max(sa.case((own < told, own), else_=told)).label("day")
    chosen: Any = sa.select(
        record, sa.func.min(events.c.number).label("number"), day, sa.func.count().label("tellings")
    )
    chosen = chosen.select_from(joined).where(*query.conditions("event", filters)).group_by(record.element)
    if status:
        chosen = chosen.where(members.c.record.in_(sa.select(_records.c.id).where(_records.c.status == status)))
    return typing.cast("sa.Select[Any]", chosen)


def _told(archive: Archive, chosen: Sequence[tuple[str | None, int]]) -> list[Told]:
    """Records (None for an event that is in none) with the numbers of the events that are to tell them."""
    bodies: dict[int, Any] = {}
    statuses: dict[str, str] = {}
    outlets: dict[str, list[str]] = {}
    numbers = [number for _, number in chosen]
    with archive.reading() as connection:
        for at in range(0, len(numbers), PART):
            bodies |= {row.number: row for row in connection.execute(_bodies, {"ids": numbers[at : at + PART]})}
        ids = [record or bodies[number].id for record, number in chosen if record or number in bodies]
        for at in range(0, len(ids), PART):
            statuses |= dict(connection.execute(_statuses, {"ids": ids[at : at + PART]}).all())
            for record, source in connection.execute(_tellings, {"ids": ids[at : at + PART]}):
                outlets.setdefault(record, []).append(source or "outlet not named")
    found = []
    for record, number in chosen:
        row = bodies.get(number)
        if row is None:  # coded anew since the list was made
            continue
        identifier = record or row.id
        event = rebuild.item("event", row.body)
        assert isinstance(event, Event)
        told = outlets.get(identifier, [])
        found.append(
            Told(
                identifier,
                statuses.get(identifier, "single"),
                event,
                archive.document(row.document),
                max(1, len(told)),
                tuple(sorted(set(told))),
                identifier in statuses,
            )
        )
    return found


def record(archive: Archive, identifier: str) -> Record | None:
    """The record of that id."""
    with archive.reading() as connection:
        body = connection.execute(sa.select(_records.c.body).where(_records.c.id == identifier)).scalar()
    return codec.load(Record, body) if body else None


def is_figure(archive: Archive, identifier: str) -> bool:
    """Whether a record is of a quantity, not of an act."""
    with archive.reading() as connection:
        return connection.execute(sa.select(_records.c.kind).where(_records.c.id == identifier)).scalar() == "figure"


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
