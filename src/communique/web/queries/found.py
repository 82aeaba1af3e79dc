"""Search with facets: the articles that hold the words, and how they fall on years, outlets and states."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from communique.archive import Archive, schema, search
from communique.model import Span

COUNTED = 5_000  # matches, the best first, over which facets are counted
FACET = 12  # values of a facet that are shown
_OPEN, _CLOSE = search._OPEN, search._CLOSE


@dataclass(frozen=True, slots=True)
class Where:
    """What a search is narrowed to beside its words."""

    sources: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    since: dt.date | None = None
    until: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """hits of one page; total of all; facets by name: (value, count); counted: over how many matches."""

    hits: list[search.Hit]
    total: int
    facets: dict[str, list[tuple[str, int]]]
    counted: int


def find(archive: Archive, words: str, where: Where, *, limit: int, offset: int) -> Answer:
    """One page of the articles that hold the words. Raises UsageError where no word remains to look for."""
    given: dict[str, Any] = {"expression": search.expression(words)}
    narrowed = _narrowed(where, given)
    with archive.reading() as connection:
        matching = f"FROM words JOIN documents d ON d.number = words.rowid WHERE words MATCH :expression {narrowed}"
        total = int(connection.execute(sa.text(f"SELECT count(*) {matching}"), given).scalar_one())
        ranked = sa.text(
            f"SELECT d.number, d.key, bm25(words, 4.0, 1.0) AS score {matching} ORDER BY score, d.number LIMIT :most"
        )
        most = max(COUNTED, offset + limit)
        rows = connection.execute(ranked, given | {"most": most}).all()
        facets = _facets(connection, [row.number for row in rows[:COUNTED]])
        hits = [_hit(archive, connection, row, given["expression"]) for row in rows[offset : offset + limit]]
    return Answer(hits, total, facets, min(total, COUNTED))


def _narrowed(where: Where, given: dict[str, Any]) -> str:
    parts = ["AND NOT d.superseded"]
    for number, source in enumerate(where.sources):
        given[f"source{number}"] = "" if source == "outlet not named" else source
    if where.sources:
        parts.append(f"AND coalesce(d.source, '') IN ({', '.join(f':source{n}' for n in range(len(where.sources)))})")
    for number, code in enumerate(where.states):
        given[f"state{number}"] = code
        parts.append(
            f"AND EXISTS (SELECT 1 FROM participants p WHERE p.document = d.key AND p.kind = 'event' "
            f"AND p.code = :state{number})"
        )
    if where.since:
        given["since"] = where.since.isoformat()
        parts.append("AND d.earliest IS NOT NULL AND d.latest >= :since")
    if where.until:
        given["until"] = where.until.isoformat()
        parts.append("AND d.latest IS NOT NULL AND coalesce(d.earliest, d.latest) <= :until")
    return " ".join(parts)


def _facets(connection: sa.Connection, numbers: list[int]) -> dict[str, list[tuple[str, int]]]:
    documents, people = schema.documents.c, schema.participants.c
    chosen = documents.number.in_(sa.bindparam("numbers", expanding=True))
    count = sa.func.count()
    held = {"numbers": numbers}
    year = sa.case((sa.and_(documents.earliest.is_not(None)), sa.func.substr(documents.latest, 1, 4)), else_="unknown")
    years = connection.execute(sa.select(year, count).where(chosen).group_by(year).order_by(year.desc()), held)
    source = sa.func.coalesce(documents.source, "outlet not named")
    sources = connection.execute(
        sa.select(source, count).where(chosen).group_by(source).order_by(count.desc(), source).limit(FACET), held
    )
    told = sa.func.count(people.document.distinct())
    states = connection.execute(
        sa.select(people.code, told)
        .select_from(schema.participants.join(schema.documents, documents.key == people.document))
        .where(chosen, people.kind == "event", sa.func.length(people.code) == 3)
        .group_by(people.code)
        .order_by(told.desc(), people.code)
        .limit(FACET),
        held,
    )
    return {name: [(str(value or "unknown"), int(number)) for value, number in rows] for name, rows in
            (("year", years), ("source", sources), ("state", states))}  # fmt: skip


_marked = sa.text(
    "SELECT highlight(words, 1, :open, :close) FROM words WHERE words MATCH :expression AND rowid = :number"
)


def _hit(archive: Archive, connection: sa.Connection, row: Any, expression: str) -> search.Hit:
    given = {"open": _OPEN, "close": _CLOSE, "expression": expression, "number": row.number}
    marked = connection.execute(_marked, given).scalar() or ""
    held = schema.sentences.c
    rows = connection.execute(
        sa.select(held.sequence, held.start, held.end).where(held.document == row.key).order_by(held.sequence)
    )
    sentences = [(sequence, Span(start, end)) for sequence, start, end in rows]
    return search.hit(archive.document(row.key), sentences, marked, row.score)
