"""Search with facets: the articles that hold the words, and how they fall on years, outlets and states."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from communique.archive import Archive, schema, search
from communique.model import Span

PART = 250  # documents asked for at once
COUNTED = 1_000  # matches, the best first, over which facets are counted
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
    # number and key stand before the text in a document's row; the rest is asked of the index on heads
    matching = (
        "FROM words JOIN documents n ON n.number = words.rowid JOIN documents d ON d.key = n.key "
        f"WHERE words MATCH :expression {narrowed}"
    )
    with archive.reading() as connection:
        total = int(connection.execute(sa.text(f"SELECT count(*) {matching}"), given).scalar_one())
        ranked = sa.text(
            "SELECT d.number, d.key, d.source, d.earliest, d.latest, bm25(words, 4.0, 1.0) AS score "
            f"{matching} ORDER BY score, d.number LIMIT :most"
        )
        rows = connection.execute(ranked, given | {"most": max(COUNTED, offset + limit)}).all()
        facets = _facets(connection, rows[:COUNTED])
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
            f"AND EXISTS (SELECT 1 FROM participants p WHERE p.document = d.key AND +p.kind = 'event' "
            f"AND p.code = :state{number})"
        )
    if where.since:
        given["since"] = where.since.isoformat()
        parts.append("AND d.earliest IS NOT NULL AND d.latest >= :since")
    if where.until:
        given["until"] = where.until.isoformat()
        parts.append("AND d.latest IS NOT NULL AND coalesce(d.earliest, d.latest) <= :until")
    return " ".join(parts)


# + keeps the database from going through all events by their kind: the documents are few
_CODES = sa.text(
    "SELECT DISTINCT document, code FROM participants WHERE document IN :keys AND +kind = 'event' AND length(code) = 3"
).bindparams(sa.bindparam("keys", expanding=True))


def _facets(connection: sa.Connection, rows: Sequence[Any]) -> dict[str, list[tuple[str, int]]]:
    years = Counter(row.latest[:4] if row.earliest and row.latest else "unknown" for row in rows)
    sources = Counter(row.source or "outlet not named" for row in rows)
    states: Counter[str] = Counter()
    keys = [row.key for row in rows]
    for start in range(0, len(keys), PART):
        states.update(code for _, code in connection.execute(_CODES, {"keys": keys[start : start + PART]}))
    return {
        "year": sorted(years.items(), reverse=True)[:FACET],
        "source": _top(sources),
        "state": _top(states),
    }


def _top(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda each: (-each[1], each[0]))[:FACET]


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
