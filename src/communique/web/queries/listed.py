"""Lists out of the register: which acts and items of which states, by day, without looking at all of them."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from communique.archive.query import Filters
from communique.web.register import Register
from communique.web.register.layout import KINDS

EVENT = KINDS["event"]
ENOUGH = 20_000  # items of a state after which we do not count on to see which of two is the rarer
FEW = ("disputed", "corroborated", "superseded")  # statuses that few records have: asked for first


@dataclass(frozen=True, slots=True)
class Listed:
    """An act of a list: its record, None where the merge has not seen it, and the number of the event that tells it."""

    record: str | None
    number: int


@dataclass(frozen=True, slots=True)
class _Question:
    """A question's FROM and WHERE with what is filled in; day and number are what it is sorted by."""

    source: str
    given: tuple[Any, ...]
    day: str
    number: str


def answers(filters: Filters) -> bool:
    """Whether the register can answer: states by their codes; names are left to the archive."""
    plain = not (filters.actor or filters.recipient or filters.mode or filters.document or filters.revised)
    return plain and all(len(code) == 3 and code.isascii() and code.isupper() for code in filters.between)


def acts(
    register: Register, filters: Filters, status: str | None, *, newest: bool, limit: int, offset: int
) -> list[Listed]:
    """One page of the acts that fit, each once, by day, those without a day at the end."""
    with register.reading() as held:
        asked = _question(held, "event", filters, status)
        order = "DESC" if newest else "ASC"
        found: dict[object, Listed] = {}
        for known in (f"{asked.day} > ''", f"{asked.day} = ''"):
            rows = held.execute(
                f"SELECT i.record, i.number {asked.source} AND {known} ORDER BY {asked.day} {order}, "
                f"{asked.number} {order}",
                asked.given,
            )
            for record, number in rows:
                found.setdefault(record or number, Listed(record, number))
                if len(found) >= offset + limit:
                    rows.close()
                    break
        page = list(found.values())[offset : offset + limit]
        return page if filters.event or filters.stance else [_first(held, each) for each in page]


def _first(held: sqlite3.Connection, each: Listed) -> Listed:
    """Told by its first report."""
    if each.record is None:
        return each
    row = held.execute("SELECT min(number) FROM items WHERE record = ? AND kind = 0", (each.record,)).fetchone()
    return Listed(each.record, row[0] or each.number)


def count_acts(register: Register, filters: Filters, status: str | None) -> int:
    """How many acts fit."""
    with register.reading() as held:
        asked = _question(held, "event", filters, status)
        sql = f"SELECT count(*) FROM (SELECT DISTINCT coalesce(i.record, i.number) {asked.source})"
        return int(held.execute(sql, asked.given).fetchone()[0])


def items(register: Register, kind: str, filters: Filters) -> list[int]:
    """The numbers of one page of the items that fit, by day, those without a day at the end."""
    limit = -1 if filters.limit is None else filters.limit
    with register.reading() as held:
        asked = _question(held, kind, filters, None)
        found: list[int] = []
        left, skipped = limit, filters.offset
        for known in (f"{asked.day} > ''", f"{asked.day} = ''"):
            if not left:
                break
            sql = f"SELECT DISTINCT i.number {asked.source} AND {known} ORDER BY {asked.day}, {asked.number} "
            rows = held.execute(f"{sql} LIMIT ? OFFSET ?", (*asked.given, left, skipped)).fetchall()
            found += [row[0] for row in rows]
            if left > 0:
                left -= len(rows)
            if rows:
                skipped = 0
            elif skipped:  # all that is dated lies before the page
                dated = held.execute(f"SELECT count(DISTINCT i.number) {asked.source} AND {known}", asked.given)
                skipped = max(0, skipped - int(dated.fetchone()[0]))
        return found


def count_items(register: Register, kind: str, filters: Filters) -> int:
    """How many items fit."""
    with register.reading() as held:
        asked = _question(held, kind, filters, None)
        return int(held.execute(f"SELECT count(DISTINCT i.number) {asked.source}", asked.given).fetchone()[0])


def kinds(register: Register) -> dict[str, int]:
    """How many items of each kind are in force."""
    with register.reading() as held:
        found = dict(held.execute("SELECT kind, count(*) FROM items GROUP BY kind").fetchall())
    return {name: found.get(number, 0) for name, number in KINDS.items()}


def _question(held: sqlite3.Connection, kind: str, filters: Filters, status: str | None) -> _Question:
    number, codes = KINDS[kind], tuple(dict.fromkeys(filters.between))
    where, given = _narrowed(kind, filters)
    if kind == "event" and status in FEW:
        taking, more = _taking_part(codes)
        source = (
            "FROM (SELECT id FROM a.records WHERE status = ? AND kind = 'event') r "
            f"CROSS JOIN items i ON i.record = r.id AND i.kind = 0 WHERE 1{taking}{where}"
        )
        return _Question(source, (status, *more, *given), "i.day", "i.number")
    if status:
        where += " AND EXISTS (SELECT 1 FROM a.records r WHERE r.id = i.record AND r.status = ?)"
        given = (*given, status)
    if not codes:
        return _Question(f"FROM items i WHERE i.kind = {number}{where}", given, "i.day", "i.number")
    if len(codes) == 1:
        source = f"FROM facts f {_ITEM} WHERE f.kind = {number} AND f.code = ?{where}"
        return _Question(source, (*codes, *given), "f.day", "f.number")
    if kind == "event" and len(codes) == 2:
        source = f"FROM ties f {_EVENT} WHERE f.first = ? AND f.second = ?{where}"
        return _Question(source, (*codes, *given), "f.day", "f.number")
    if kind == "event":
        marks = _marks(codes)
        source = f"FROM ties f {_EVENT} WHERE f.first IN {marks} AND f.second IN {marks} AND f.first < f.second{where}"
        return _Question(source, (*codes, *codes, *given), "f.day", "f.number")
    if len(codes) == 2:
        rare, other = _rarer(held, number, codes)
        source = (
            "FROM facts f CROSS JOIN facts g ON g.kind = f.kind AND g.code = ? AND g.day = f.day "
            f"AND g.number = f.number {_ITEM} WHERE f.kind = {number} AND f.code = ?{where}"
        )
        return _Question(source, (other, rare, *given), "f.day", "f.number")
    among = f"SELECT number FROM facts WHERE kind = {number} AND code IN {_marks(codes)}"
    source = (
        f"FROM items i WHERE i.kind = {number} AND i.number IN ({among} GROUP BY number HAVING count(*) > 1){where}"
    )
    return _Question(source, (*codes, *given), "i.day", "i.number")


_ITEM = "CROSS JOIN items i ON i.kind = f.kind AND i.number = f.number"
_EVENT = "CROSS JOIN items i ON i.kind = 0 AND i.number = f.number"


def _marks(values: Sequence[object]) -> str:
    return f"({', '.join('?' * len(values))})"


def _taking_part(codes: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """That the codes take part in an event i: one of them at all, several facing each other."""
    if not codes:
        return "", ()
    if len(codes) == 1:
        return " AND EXISTS (SELECT 1 FROM facts f WHERE f.kind = 0 AND f.number = i.number AND f.code = ?)", codes
    marks = _marks(codes)
    facing = f"SELECT 1 FROM ties t WHERE t.number = i.number AND t.first IN {marks} AND t.second IN {marks}"
    return f" AND EXISTS ({facing})", (*codes, *codes)


def _narrowed(kind: str, filters: Filters) -> tuple[str, tuple[Any, ...]]:
    parts: list[str] = []
    given: list[Any] = []
    types = filters.event if kind == "event" else ()
    stances = {"event": filters.stance, "figure": filters.status}.get(kind, ())
    for column, values in (("type", types), ("stance", stances)):
        if values:
            parts.append(f" AND i.{column} IN {_marks(values)}")
            given += values
    if filters.since or filters.until:
        inside = ["(i.earliest IS NOT NULL OR i.latest IS NOT NULL)"]
        if filters.since:
            inside.append("(i.latest IS NULL OR i.latest >= ?)")
            given.append(filters.since.isoformat())
        if filters.until:
            inside.append("(i.earliest IS NULL OR i.earliest <= ?)")
            given.append(filters.until.isoformat())
        dated = f"({' AND '.join(inside)})"
        undated = " OR (i.earliest IS NULL AND i.latest IS NULL)" if filters.undated else ""
        parts.append(f" AND ({dated}{undated})")
    return "".join(parts), tuple(given)


def _rarer(held: sqlite3.Connection, kind: int, codes: tuple[str, ...]) -> tuple[str, str]:
    """The code that takes part in fewer items, and the other."""
    sql = f"SELECT count(*) FROM (SELECT 1 FROM facts WHERE kind = ? AND code = ? LIMIT {ENOUGH})"
    many = {code: held.execute(sql, (kind, code)).fetchone()[0] for code in codes}
    first, second = codes
    return (first, second) if many[first] <= many[second] else (second, first)
