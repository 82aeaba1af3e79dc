"""Filters become SQL: which items, between whom, since when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, cast

import sqlalchemy as sa

from communique.archive import schema
from communique.errors import UsageError

# who counts as taking part; a spokesman through whom we have a quote does not
TAKING_PART = {
    "event": ("actor", "recipient"),
    "figure": ("between",),
    "quote": ("speaker", "addressee", "about"),
    "assessment": ("by", "about"),
    "project": ("between",),
    "forum": ("member",),
}


@dataclass(frozen=True, slots=True)
class Filters:
    """What a listing is narrowed to; a filter that is None does not narrow.

    between: codes of states and bodies, or names where a code stands for many ("NATO"). One: it takes part. Several:
    at least two of them face each other; in an event that means one acts on the other, or both act together. actor,
    recipient: one on that side of an event.
    since, until: inclusive days; an item is kept if its date may lie inside, and one without any date is kept only if
    undated says so. document: the id or key of one document. revised: also what older texts of a page say.
    """

    between: tuple[str, ...] = ()
    actor: str | None = None
    recipient: str | None = None
    event: tuple[str, ...] = ()
    mode: tuple[str, ...] = ()
    stance: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    since: dt.date | None = None
    until: dt.date | None = None
    undated: bool = False
    document: str | None = None
    revised: bool = False
    limit: int | None = None
    offset: int = 0


def filters_of(given: dict[str, Any]) -> Filters:
    """Filters from keywords: one word where several may stand, days as dates or ISO text.

    Raises UsageError for a filter that there is not, or a day that is none.
    """
    unknown = set(given) - set(Filters.__dataclass_fields__)
    if unknown:
        allowed = ", ".join(sorted(Filters.__dataclass_fields__))
        raise UsageError(f"there is no filter {', '.join(sorted(unknown))}", advice=f"Filters are {allowed}")
    for name in ("between", "event", "mode", "stance", "status"):
        value = given.get(name)
        given[name] = (value,) if isinstance(value, str) else tuple(value or ())
    for name in ("since", "until"):
        if isinstance(given.get(name), str):
            try:
                given[name] = dt.date.fromisoformat(given[name])
            except ValueError as fault:
                raise UsageError("is no day", where=given[name], advice="Write days as 2019-06-05") from fault
    return Filters(**given)


def select(kind: str, filters: Filters) -> sa.Select[Any]:
    """Rows (document key, body) of one kind, by date, then document, then place in it; undated ones last."""
    table = schema.ITEMS[kind]
    chosen = sa.select(table.c.document, table.c.body).join(
        schema.documents, schema.documents.c.key == table.c.document
    )
    chosen = chosen.where(*_conditions(kind, table, filters))
    known = sa.func.coalesce(table.c.earliest, table.c.latest)
    order = (known.is_(None), known, schema.documents.c.id, table.c.document, table.c.position)
    chosen = chosen.order_by(*order)
    if filters.limit is None and not filters.offset:
        return chosen
    # sorted by numbers alone: a page would else carry the bodies of all that stands before it
    numbers = chosen.with_only_columns(table.c.number).limit(filters.limit)
    page = numbers.offset(filters.offset).subquery()
    whole = sa.select(table.c.document, table.c.body).join(page, page.c.number == table.c.number)
    return whole.join(schema.documents, schema.documents.c.key == table.c.document).order_by(*order)


def count(kind: str, filters: Filters) -> sa.Select[Any]:
    """How many rows `select` would give without limit and offset."""
    table = schema.ITEMS[kind]
    joined = table.join(schema.documents, schema.documents.c.key == table.c.document)
    return sa.select(sa.func.count()).select_from(joined).where(*_conditions(kind, table, filters))


def conditions(kind: str, filters: Filters) -> list[sa.ColumnElement[bool]]:
    """The conditions of `select` for other questions over the kind's table joined with documents."""
    return _conditions(kind, schema.ITEMS[kind], filters)


def _conditions(kind: str, table: sa.Table, filters: Filters) -> list[sa.ColumnElement[bool]]:
    conditions: list[sa.ColumnElement[bool]] = []
    if not filters.revised:
        conditions.append(schema.documents.c.superseded.is_(False))
    if filters.document is not None:
        documents = schema.documents.c
        conditions.append(sa.or_(documents.key == filters.document, documents.id == filters.document))
    columns: dict[str, Collection[str]] = {
        "event": filters.event,
        "mode": filters.mode,
        "stance": filters.stance,
        "status": filters.status,
    }
    for name, values in columns.items():
        if values and name in table.c:
            conditions.append(table.c[name].in_(values))
    conditions.extend(_dates(table, filters))
    codes = tuple(dict.fromkeys(filters.between))
    if len(codes) == 1:
        conditions.append(table.c.number.in_(_involved(kind, codes, TAKING_PART[kind])))
    elif codes and kind == "event":
        conditions.append(table.c.number.in_(_facing(table, codes)))
    elif codes:
        conditions.append(table.c.number.in_(_together(kind, codes)))
    for role, code in (("actor", filters.actor), ("recipient", filters.recipient)):
        if code and kind == "event":
            conditions.append(table.c.number.in_(_involved(kind, (code,), (role,))))
    return conditions


def _dates(table: sa.Table, filters: Filters) -> list[sa.ColumnElement[bool]]:
    """An item is inside as long as its interval touches the asked one; an open side reaches as far as it may."""
    if filters.since is None and filters.until is None:
        return []
    inside = [sa.or_(table.c.earliest.is_not(None), table.c.latest.is_not(None))]
    if filters.since is not None:
        inside.append(sa.or_(table.c.latest.is_(None), table.c.latest >= filters.since.isoformat()))
    if filters.until is not None:
        inside.append(sa.or_(table.c.earliest.is_(None), table.c.earliest <= filters.until.isoformat()))
    if filters.undated:
        return [sa.or_(sa.and_(*inside), sa.and_(table.c.earliest.is_(None), table.c.latest.is_(None)))]
    return [sa.and_(*inside)]


def _term(people: Any, terms: Sequence[str]) -> sa.ColumnElement[Any]:
    """Which of the terms a participant answers to: its name where that is one of them, else its code."""
    names = [term for term in terms if not _is_code(term)]
    if not names:
        return cast("sa.ColumnElement[Any]", people.c.code)
    return sa.case((people.c.name.in_(names), people.c.name), else_=people.c.code)


def _named(people: Any, terms: Sequence[str]) -> sa.ColumnElement[bool]:
    """Asked by code alone or by name alone wherever that is enough: one index answers each, and none answers both."""
    names = [term for term in terms if not _is_code(term)]
    codes = [term for term in terms if _is_code(term)]
    held = [column.in_(asked) for column, asked in ((people.c.code, codes), (people.c.name, names)) if asked]
    return sa.or_(*held)


def _is_code(term: str) -> bool:
    return len(term) == 3 and term.isascii() and term.isupper()


def _involved(kind: str, terms: Sequence[str], roles: Sequence[str]) -> sa.Select[Any]:
    people = schema.participants
    return sa.select(people.c.item).where(people.c.kind == kind, _named(people, terms), people.c.role.in_(roles))


def _together(kind: str, terms: Sequence[str]) -> sa.Select[Any]:
    counted = _involved(kind, terms, TAKING_PART[kind]).group_by(schema.participants.c.item)
    return counted.having(sa.func.count(_term(schema.participants, terms).distinct()) >= 2)


def _facing(table: sa.Table, terms: Sequence[str]) -> sa.Select[Any]:
    """Events in which one of the terms acts on another, or both stand on one side of something mutual."""
    one, other = schema.participants.alias("one"), schema.participants.alias("other")
    both = (
        sa.select(one.c.item)
        .join(other, sa.and_(other.c.kind == one.c.kind, other.c.item == one.c.item))
        .join(table, table.c.number == one.c.item)
        .where(one.c.kind == "event", _named(one, terms), _named(other, terms))
        .where(_term(one, terms) != _term(other, terms))
    )
    opposite = sa.and_(one.c.role == "actor", other.c.role == "recipient")
    mutual = sa.and_(table.c.unordered, one.c.role == other.c.role, one.c.role.in_(("actor", "recipient")))
    return both.where(sa.or_(opposite, mutual))
