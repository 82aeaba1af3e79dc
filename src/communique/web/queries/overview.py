"""The whole archive at a glance: how much is in it, what came last, which pairs it tells most of and which moved."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from communique.archive import Archive, schema, schema_merge
from communique.web.register import Register

WINDOWS = (30, 90, 365, 1_825)  # days; the shortest in which enough is told is taken
ENOUGH = 20  # reports of acts that make a window worth comparing
LEAST = 3  # acts a side that a pair needs before we say that it moved

_STATE = sa.text(
    "SELECT (SELECT max(number) FROM documents), (SELECT max(number) FROM events), (SELECT count(*) FROM judgements), "
    "(SELECT count(*) FROM judgements WHERE undone IS NULL), (SELECT max(number) FROM records), "
    "(SELECT count(*) FROM reads WHERE finished IS NULL)"
)
# each act once (by its record) for each pair that it joins, with the day of its first report; then by pair
_GENERIC = "('IGO', 'NGO', 'MNC', 'ISM', 'IMG')"
_PAIRS = f"""
SELECT first, second, count(*), sum(quad <= 2),
  sum(day > :middle), sum(CASE WHEN day > :middle THEN score END),
  sum(day > :start AND day <= :middle), sum(CASE WHEN day > :start AND day <= :middle THEN score END)
FROM (
  SELECT t.first AS first, t.second AS second, min(i.scale) AS score, min(i.quad) AS quad, min(i.reported) AS day
  FROM ties t CROSS JOIN items i ON i.kind = 0 AND i.number = t.number
  WHERE t.first < t.second AND i.stance = 'actual' AND length(t.first) = 3 AND length(t.second) = 3
    AND t.first NOT IN {_GENERIC} AND t.second NOT IN {_GENERIC}
  GROUP BY t.first, t.second, coalesce(i.record, i.number))
GROUP BY first, second
"""
_REPORTED = """
SELECT reported, count(*) FROM items WHERE kind = 0 AND stance = 'actual' AND reported IS NOT NULL GROUP BY reported
"""


@dataclass(frozen=True, slots=True)
class Held:
    """How much an archive holds. first, last: the days of the oldest and newest article whose day is known."""

    documents: int
    older: int
    outlets: int
    kinds: dict[str, int]
    records: int
    stories: int
    first: str | None
    last: str | None
    undated: int


@dataclass(frozen=True, slots=True)
class Pair:
    """A pair of states: its acts, and the mean PLOVER score of those reported in the window and in the one before."""

    first: str
    second: str
    acts: int
    cooperation: int
    conflict: int
    now: float | None = None
    before: float | None = None
    acts_now: int = 0
    acts_before: int = 0

    @property
    def moved(self) -> float | None:
        """The difference of the means; None where either side is too thin."""
        return None if self.now is None or self.before is None else self.now - self.before


@dataclass(frozen=True, slots=True)
class Pairs:
    """All pairs by number of acts, and the window that was compared: its days and the last day."""

    pairs: tuple[Pair, ...]
    days: int | None
    last: str | None

    @property
    def moved(self) -> tuple[Pair, ...]:
        """Those that can be said to have moved, the furthest first."""
        known = [pair for pair in self.pairs if pair.moved is not None and abs(pair.moved) >= 0.5]
        return tuple(sorted(known, key=lambda pair: (-abs(pair.moved or 0), pair.first, pair.second)))


def state(archive: Archive) -> tuple[Any, ...]:
    """Something that differs whenever the archive was written to."""
    with archive.reading() as connection:
        return tuple(connection.execute(_STATE).one())


def size(archive: Archive) -> int:
    """About how many documents an archive holds, without counting them."""
    with archive.reading() as connection:
        return int(connection.execute(sa.select(sa.func.max(schema.documents.c.number))).scalar() or 0)


def unmerged(archive: Archive) -> bool:
    """Whether documents wait to be merged."""
    with archive.reading() as connection:
        return connection.execute(sa.select(schema_merge.pending.c.document).limit(1)).first() is not None


def held(archive: Archive) -> Held:
    """How much is in the archive."""
    documents = schema.documents.c
    with archive.reading() as connection:
        row = connection.execute(
            sa.select(
                sa.func.count(),
                sa.func.sum(sa.case((documents.superseded, 1), else_=0)),
                sa.func.count(documents.source.distinct()),
                sa.func.min(sa.case((documents.latest.is_not(None), documents.earliest))),
                sa.func.max(sa.case((documents.earliest.is_not(None), documents.latest))),
                sa.func.sum(sa.case((sa.or_(documents.earliest.is_(None), documents.latest.is_(None)), 1), else_=0)),
            )
        ).one()
        older = int(row[1] or 0)
        kinds = {kind: _count(connection, table, current=older > 0) for kind, table in schema.ITEMS.items()}
        records, stories = _count(connection, schema.records), _count(connection, schema.stories)
    return Held(row[0] - older, older, row[2], kinds, records, stories, row[3], row[4], int(row[5] or 0))


def _count(connection: sa.Connection, table: sa.Table, *, current: bool = False) -> int:
    chosen = sa.select(sa.func.count()).select_from(table)
    if current:
        documents = schema.documents
        chosen = chosen.join(documents, documents.c.key == table.c.document).where(documents.c.superseded.is_(False))
    return int(connection.execute(chosen).scalar_one())


def last_in(archive: Archive, *, limit: int, offset: int = 0) -> list[dict[str, Any]]:
    """The documents that came in last, newest first, with how many items were read out of each."""
    documents, events = schema.documents.c, schema.events
    count = sa.select(sa.func.count()).where(events.c.document == documents.key).scalar_subquery()
    chosen = (
        sa.select(
            documents.key,
            documents.id,
            documents.title,
            documents.source,
            documents.published,
            documents.first_read,
            count.label("events"),
        )
        .where(documents.superseded.is_(False))
        .order_by(documents.number.desc())
        .limit(limit)
        .offset(offset)
    )
    with archive.reading() as connection:
        return [dict(row) for row in connection.execute(chosen).mappings()]


def pairs(register: Register) -> Pairs:
    """All pairs of states of which acts are told. Reports say what is new: most acts have no day of their own."""
    with register.reading() as held:
        days = dict(held.execute(_REPORTED).fetchall())
        last = max(days, default=None)
        width = _window(days, last)
        start, middle = _bounds(last, width)
        rows = held.execute(_PAIRS, {"start": start, "middle": middle}).fetchall()
    made = [_pair(row) for row in rows]
    made.sort(key=lambda pair: (-pair.acts, pair.first, pair.second))
    return Pairs(tuple(made), width, last)


def _window(days: Mapping[str, int], last: str | None) -> int | None:
    """The shortest window in which, and before which, enough is told; days with how many reports of acts."""
    if last is None:
        return None
    end = dt.date.fromisoformat(last)
    for width in WINDOWS:
        start = (end - dt.timedelta(days=width)).isoformat()
        before = (end - dt.timedelta(days=2 * width)).isoformat()
        now = sum(count for day, count in days.items() if day > start)
        then = sum(count for day, count in days.items() if before < day <= start)
        if now >= ENOUGH and then >= ENOUGH:
            return width
    return None


def _bounds(last: str | None, width: int | None) -> tuple[str | None, str | None]:
    """Where the window before begins, and where the window itself does; None where nothing is compared."""
    if last is None or width is None:
        return None, None
    end = dt.date.fromisoformat(last)
    return (end - dt.timedelta(days=2 * width)).isoformat(), (end - dt.timedelta(days=width)).isoformat()


def _pair(row: tuple[Any, ...]) -> Pair:
    first, second, acts, cooperation, now, sum_now, before, sum_before = row
    now, before = now or 0, before or 0
    return Pair(
        first,
        second,
        acts,
        cooperation,
        acts - cooperation,
        sum_now / now if now >= LEAST else None,
        sum_before / before if before >= LEAST else None,
        now,
        before,
    )
