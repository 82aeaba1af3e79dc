"""A coded document becomes rows: nothing here decides anything."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa

from communique.archive import codec, database, schema, schema_merge
from communique.model import (
    Assessment,
    Attribution,
    Coded,
    Document,
    Event,
    Figure,
    Forum,
    Item,
    Participant,
    Project,
    Quote,
    Span,
    When,
)

Row = dict[str, Any]
UNKNOWN = When()


def kind_of(item: Item) -> str:
    """The kind's name, as in the output's `kind`."""
    return type(item).__name__.lower()


def roles(item: Item) -> list[tuple[str, Participant]]:
    """Everybody that an item names, with the role in which it does."""
    match item:
        case Event():
            named = [("actor", who) for who in item.actor] + [("recipient", who) for who in item.recipient]
            return named + _sources(item.attributed_to)
        case Figure():
            return [("between", who) for who in item.between] + _sources(item.attributed_to)
        case Quote():
            one = [("speaker", who) for who in (item.speakers or (item.speaker,))]
            one += [("through", item.through), ("addressee", item.addressee)]
            return [(role, who) for role, who in one if who] + [("about", who) for who in item.about]
        case Assessment():
            return ([("by", item.by)] if item.by else []) + [("about", who) for who in item.about]
        case Project():
            return [("between", who) for who in item.between]
        case Forum():
            return [("member", who) for who in item.members]


def _sources(attribution: Attribution | None) -> list[tuple[str, Participant]]:
    if attribution is None:
        return []
    return [("speaker", attribution.speaker)] + ([("through", attribution.through)] if attribution.through else [])


def own_words(item: Item) -> tuple[Span, str]:
    """The item's own span, narrower than its sentence, and the words it gives for it."""
    match item:
        case Event():
            return item.trigger, item.event_text
        case Quote():
            return item.span, item.quote
        case Project() | Forum():
            return item.span, item.name
        case _:
            return item.span, item.text


def date_of(item: Item) -> When:
    """The item's date as far as it has one: an event's, a figure's period, an assessment's horizon, a project's."""
    match item:
        case Event() | Project():
            return item.date
        case Figure():
            return item.period
        case Assessment():
            return item.horizon
        case _:
            return UNKNOWN


def document_row(document: Document, *, coder: str, now: dt.datetime, revises: str | None) -> Row:
    """The row of the documents table."""
    return {
        "key": document.key,
        "id": document.id,
        "text": document.text,
        "title": document.title,
        "byline": document.byline,
        "source": document.source,
        "url": document.url,
        "language": document.language,
        "published": codec.dump(document.published),
        "page_date": codec.dump(document.page_date),
        "date_evidence": codec.dump(document.date_evidence),
        "encoding": document.encoding,
        "media_type": document.media_type,
        "warnings": codec.dump(document.warnings),
        "earliest": _day(document.published.earliest),
        "latest": _day(document.published.latest),
        "revises": revises,
        "superseded": False,
        "coder": coder,
        "first_read": now.isoformat(timespec="seconds"),
    }


def insert_parts(connection: sa.Connection, coded: Coded) -> None:
    """Everything of a coded document but the document's own row."""
    key = coded.document.key
    _insert(connection, schema.spans, _span_rows(coded.document, key))
    _insert(
        connection,
        schema.sentences,
        [
            {"document": key, "sequence": sequence, "start": span.start, "end": span.end}
            for sequence, span in enumerate(coded.sentences)
        ],
    )
    _insert(
        connection,
        schema.mentions,
        [
            {
                "document": key,
                "sequence": sequence,
                "position": position,
                "start": mention.span.start,
                "end": mention.span.end,
                "text": mention.text,
                "via": mention.via,
                "codes": " ".join(mention.codes),
                "body": codec.dump(mention),
            }
            for position, (sequence, mention) in enumerate(coded.mentions)
        ],
    )
    for kind, items in by_kind(coded).items():
        _insert_items(connection, key, kind, items)


def await_merge(connection: sa.Connection, keys: Iterable[str]) -> None:
    """Notes documents whose place among the others the next merge must find."""
    database.of(connection).insert(connection, schema_merge.pending, [(key,) for key in keys], "ignore")


def by_kind(coded: Coded) -> dict[str, Sequence[Item]]:
    """The items of a coded document under the names of their kinds."""
    return {
        "event": coded.events,
        "figure": coded.figures,
        "quote": coded.quotes,
        "assessment": coded.assessments,
        "project": coded.projects,
        "forum": coded.forums,
    }


def _span_rows(document: Document, key: str) -> list[Row]:
    empty: Row = {"document": key, "reason": None, "of_start": None, "of_end": None}
    rows: list[Row] = []
    for position, span in enumerate(document.article):
        rows.append({**empty, "role": "article", "position": position, "start": span.start, "end": span.end})
    for position, part in enumerate(document.furniture):
        at = {"start": part.span.start, "end": part.span.end}
        rows.append({**empty, "role": "furniture", "position": position, **at, "reason": part.reason})
    for position, repeat in enumerate(document.repeats):
        at = {"start": repeat.span.start, "end": repeat.span.end}
        of = {"of_start": repeat.of.start, "of_end": repeat.of.end}
        rows.append({**empty, "role": "repeat", "position": position, **at, **of})
    return rows


def _insert_items(connection: sa.Connection, key: str, kind: str, items: Sequence[Item]) -> None:
    if not items:
        return
    table = schema.ITEMS[kind]
    # we hold the write lock, so the numbers can be given here and the whole inserted at once
    first = (connection.execute(_last_number(table)).scalar() or 0) + 1
    rows: list[Row] = []
    people: list[Row] = []
    for position, item in enumerate(items):
        rows.append(item_row(item, key, position, first + position))
        people.extend(participant_row(key, kind, first + position, role, who) for role, who in roles(item))
    _insert(connection, table, rows)
    _insert(connection, schema.participants, people)


def item_row(item: Item, key: str, position: int, number: int) -> Row:
    span, words = own_words(item)
    when = date_of(item)
    row: Row = {
        "number": number,
        "document": key,
        "position": position,
        "id": item.id,
        "sequence": item.sequence,
        "sentence_start": item.sentence.start,
        "sentence_end": item.sentence.end,
        "start": span.start,
        "end": span.end,
        "text": words,
        "earliest": _day(when.earliest),
        "latest": _day(when.latest),
        "confidence": item.confidence,
        "rule": item.rule,
        "body": codec.dump(item),
    }
    match item:
        case Event():
            row |= {name: getattr(item, name) for name in ("event", "mode", "quad_code", "event_scale", "stance")}
            row |= {"unordered": item.unordered, "precision": item.date.precision}
            row |= {"place": item.place.name if item.place else None}
        case Figure():
            row |= {name: getattr(item, name) for name in ("value", "unit", "measure", "status")}
        case Quote():
            row["mode"] = item.mode
        case Project():
            row |= {"name": item.name, "type": item.type, "stage": item.stage}
        case Forum():
            row |= {"name": item.name, "code": item.code, "role": item.role}
        case Assessment():
            pass
    return row


def participant_row(key: str, kind: str, number: int, role: str, who: Participant) -> Row:
    return {
        "document": key,
        "kind": kind,
        "item": number,
        "role": role,
        "code": who.actor.code,
        "name": who.actor.name or who.text,
        "identifier": who.actor.identifier,
        "sector": " ".join(who.actor.sector),
        "office": who.actor.office,
        "via": who.via,
        "start": who.span.start if who.span else None,
        "end": who.span.end if who.span else None,
    }


def _insert(connection: sa.Connection, table: sa.Table, rows: Iterable[Row]) -> None:
    held = list(rows)
    if held:
        connection.execute(_insert_into(table), held)


@functools.cache
def _insert_into(table: sa.Table) -> sa.Insert:
    return sa.insert(table)


@functools.cache
def _last_number(table: sa.Table) -> sa.Select[Any]:
    return sa.select(sa.func.max(table.c.number))


def _day(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
