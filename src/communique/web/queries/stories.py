"""Pages of stories."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from communique.archive import Archive, codec, schema
from communique.archive import schema_merge as tables
from communique.archive.query import Filters, conditions
from communique.model import Story
from communique.web.queries import listed
from communique.web.register import Register


@dataclass(frozen=True, slots=True)
class Where:
    """What stories are narrowed to: those with an act between the states, told in the time."""

    states: tuple[str, ...] = ()
    since: dt.date | None = None
    until: dt.date | None = None


def count(archive: Archive, where: Where, register: Register | None = None) -> int:
    """How many stories fit."""
    if register is not None and where.states and listed.answers(Filters(between=where.states)):
        with register.reading() as held:
            sql, given = _of_states(where)
            return int(held.execute(f"SELECT count(*) FROM ({sql})", given).fetchone()[0])
    with archive.reading() as connection:
        return int(connection.execute(sa.select(sa.func.count()).select_from(_chosen(where).subquery())).scalar_one())


def page(archive: Archive, where: Where, *, limit: int, offset: int, register: Register | None = None) -> list[Story]:
    """One page of the stories that fit, the last first, the undated ones at the end."""
    if register is not None and where.states and listed.answers(Filters(between=where.states)):
        sql, given = _of_states(where)
        order = "ORDER BY s.latest IS NULL, s.latest DESC, s.id LIMIT ? OFFSET ?"
        with register.reading() as asked:
            ids = [row[0] for row in asked.execute(f"{sql} {order}", (*given, limit, offset))]
        with archive.reading() as connection:
            chosen = sa.select(schema.stories.c.id, schema.stories.c.body).where(schema.stories.c.id.in_(ids))
            bodies = {row.id: row.body for row in connection.execute(chosen)}
        return [codec.load(Story, bodies[each]) for each in ids if each in bodies]
    held = schema.stories.c
    ordered = _chosen(where).order_by(held.latest.is_(None), held.latest.desc(), held.id).limit(limit).offset(offset)
    with archive.reading() as connection:
        return [codec.load(Story, body) for body in connection.execute(ordered).scalars()]


def one(archive: Archive, identifier: str) -> Story | None:
    """The story of that id."""
    with archive.reading() as connection:
        body = connection.execute(sa.select(schema.stories.c.body).where(schema.stories.c.id == identifier)).scalar()
    return codec.load(Story, body) if body else None


def of_record(archive: Archive, identifier: str) -> Story | None:
    """The story that a record belongs to."""
    parts = tables.story_records.c
    chosen = sa.select(schema.stories.c.body).join(tables.story_records, parts.story == schema.stories.c.id)
    with archive.reading() as connection:
        body = connection.execute(chosen.where(parts.record == identifier)).scalar()
    return codec.load(Story, body) if body else None


def of_records(archive: Archive, identifiers: Sequence[str]) -> dict[str, Story]:
    """The stories that records belong to, by the record."""
    held, parts = schema.stories.c, tables.story_records.c
    chosen = sa.select(parts.record, held.id).join(schema.stories, held.id == parts.story)
    with archive.reading() as connection:
        told = connection.execute(chosen.where(parts.record.in_(identifiers))).all()
        rows = connection.execute(sa.select(held.id, held.body).where(held.id.in_({row.id for row in told}))).all()
    stories = {row.id: codec.load(Story, row.body) for row in rows}
    return {row.record: stories[row.id] for row in told if row.id in stories}


def _of_states(where: Where) -> tuple[str, tuple[str, ...]]:
    """The ids of stories with an act of the state, or between the states, out of the register."""
    marks = f"({', '.join('?' * len(where.states))})"
    given: tuple[str, ...] = where.states
    if len(where.states) == 1:
        acts = "FROM facts f WHERE f.kind = 0 AND f.code = ?"
    else:
        acts = f"FROM ties f WHERE f.first IN {marks} AND f.second IN {marks} AND f.first < f.second"
        given *= 2
    items = (
        "CROSS JOIN items i ON i.kind = 0 AND i.number = f.number CROSS JOIN a.story_records p ON p.record = i.record"
    )
    mine = f"SELECT DISTINCT p.story {acts.replace(' f WHERE', f' f {items} WHERE')}"
    sql = f"SELECT s.id FROM ({mine}) m CROSS JOIN a.stories s ON s.id = m.story WHERE 1"
    if where.since:
        sql, given = f"{sql} AND s.latest >= ?", (*given, where.since.isoformat())
    if where.until:
        sql, given = f"{sql} AND s.earliest <= ?", (*given, where.until.isoformat())
    return sql, given


def _chosen(where: Where) -> sa.Select[Any]:
    held = schema.stories.c
    chosen = sa.select(held.body)
    if where.since:
        chosen = chosen.where(held.latest >= where.since.isoformat())
    if where.until:
        chosen = chosen.where(held.earliest <= where.until.isoformat())
    if where.states:
        parts, members, events = tables.story_records, schema.record_members, schema.events
        mine = (
            sa.select(parts.c.story)
            .select_from(
                events.join(members, members.c.event == events.c.id)
                .join(parts, parts.c.record == members.c.record)
                .join(schema.documents, schema.documents.c.key == events.c.document)
            )
            .where(*conditions("event", Filters(between=where.states)))
        )
        chosen = chosen.where(held.id.in_(mine))
    return chosen
