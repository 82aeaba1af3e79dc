"""What an archive holds on one actor: how it is named, in which offices, and with whom it has to do."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from communique.archive import Archive, schema
from communique.measure.read import GENERIC
from communique.web.register import Register
from communique.web.register.layout import KINDS

SHOWN = 15


@dataclass(frozen=True, slots=True)
class About:
    """name: code or name. codes: states it acts for, with how often; offices, people likewise; partners by events."""

    name: str
    code: str | None
    identifier: str | None
    events: int
    quotes: int
    codes: list[tuple[str, int]]
    offices: list[tuple[str, int]]
    people: list[tuple[str, int]]
    partners: list[tuple[str, int]]


def unknown(name: str) -> About:
    """Of a state of which nothing was counted yet."""
    return About(name, name, None, 0, 0, [], [], [], [])


def of_state(archive: Archive, register: Register, code: str) -> About | None:
    """Everything on a state or body by its code; counts come out of the register. None where nobody has the code.

    Partners are those that it faces: one acts on the other, or both do something together.
    """
    with register.reading() as held:
        number = "SELECT count(*) FROM facts WHERE kind = ? AND code = ?"
        found = {kind: held.execute(number, (at, code)).fetchone()[0] for kind, at in KINDS.items()}
        generic = ", ".join("?" * len(GENERIC))
        partners = held.execute(
            f"SELECT second, count(*) FROM ties WHERE first = ? AND length(second) = 3 AND second NOT IN ({generic}) "
            f"GROUP BY second ORDER BY count(*) DESC, second LIMIT {SHOWN}",
            (code, *sorted(GENERIC)),
        ).fetchall()
    if not any(found.values()):
        return None
    people = schema.participants.c
    times = sa.func.count()
    chosen = (
        sa.select(people.name, times)
        .where(people.kind.in_(("event", "quote")), people.code == code)
        .where(people.name.is_not(None), people.office.is_not(None))
        .group_by(people.name)
        .order_by(times.desc(), people.name)
        .limit(SHOWN)
    )
    with archive.reading() as connection:
        officials = [(str(name), int(count)) for name, count in connection.execute(chosen)]
    return About(code, code, None, found["event"], found["quote"], [], [], officials, partners)


def about(archive: Archive, name: str) -> About | None:
    """Everything on the actor; None where nobody is called so. A code of three capitals is looked up as a code."""
    people = schema.participants.c
    by_code = len(name) == 3 and name.isupper()
    mine = people.code == name if by_code else people.name == name
    with archive.reading() as connection:

        def top(column: sa.ColumnElement[str], *where: sa.ColumnElement[bool]) -> list[tuple[str, int]]:
            number = sa.func.count()
            chosen = (
                sa.select(column, number)
                .where(people.kind.in_(("event", "quote")), mine, column.is_not(None), *where)
                .group_by(column)
                .order_by(number.desc(), column)
                .limit(SHOWN)
            )
            return [(str(value), int(count)) for value, count in connection.execute(chosen)]

        kinds = {
            str(kind): int(number)
            for kind, number in connection.execute(
                sa.select(people.kind, sa.func.count(people.item.distinct()))
                .where(people.kind.in_(("event", "quote", "figure", "project", "forum", "assessment")), mine)
                .group_by(people.kind)
            )
        }
        if not kinds:
            return None
        codes = [] if by_code else top(people.code)
        identifier = None
        if not by_code:
            identifier = connection.execute(
                sa.select(people.identifier)
                .where(people.kind == "event", mine, people.identifier.is_not(None))
                .limit(1)
            ).scalar()
        other = schema.participants.alias("other").c
        number = sa.func.count(other.item.distinct())
        theirs = other.code != name if by_code else other.name != name
        partners = connection.execute(
            sa.select(other.code, number)
            .where(
                people.kind == "event",
                mine,
                people.role.in_(("actor", "recipient")),
                other.kind == "event",
                other.item == people.item,
                other.role.in_(("actor", "recipient")),
                theirs,
                sa.func.length(other.code) == 3,
                other.code.not_in(sorted(GENERIC)),
            )
            .group_by(other.code)
            .order_by(number.desc(), other.code)
            .limit(SHOWN)
        )
        return About(
            name,
            name if by_code else (codes[0][0] if codes else None),
            identifier,
            kinds.get("event", 0),
            kinds.get("quote", 0),
            codes,
            [] if by_code else top(people.office),
            top(people.name, people.office.is_not(None)) if by_code else [],
            [(str(code), int(count)) for code, count in partners if by_code or code != (codes[0][0] if codes else "")],
        )
