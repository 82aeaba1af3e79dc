"""Search with facets: the articles that hold the words, and how they fall on years, outlets and states."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from communique.archive import Archive, schema, search
from communique.archive.place import Server
from communique.archive.postgres import Postgres
from communique.model import Span
from communique.web.register import Register

COUNTED = 1_000  # matches, the best first, over which facets are counted
RANKED = 10_000  # matches, the last read first, among which the best are sought
FACET = 12  # values of a facet that are shown
_OPEN, _CLOSE = search.OPEN, search.CLOSE


@dataclass(frozen=True, slots=True)
class Where:
    """What a search is narrowed to beside its words."""

    sources: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    since: dt.date | None = None
    until: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """hits of one page; total of all; facets by name: (value, count); counted: over how many matches; ranked: among
    how many, the last read first, the best were sought."""

    hits: list[search.Hit]
    total: int
    facets: dict[str, list[tuple[str, int]]]
    counted: int
    ranked: int


def find(archive: Archive, register: Register, words: str, where: Where, *, limit: int, offset: int) -> Answer:
    """One page of the articles that hold the words. Raises UsageError where no word remains to look for."""
    if isinstance(archive.path, Server):
        return _on_server(archive, register, words, where, limit=limit, offset=offset)
    given: dict[str, Any] = {"expression": search.expression(words), "ranked": RANKED}
    narrowed = _narrowed(where, given)
    # of the words' index alone wherever that is enough; else beside it only what the register holds of a document
    plain = "FROM a.words WHERE words MATCH :expression"
    matching = (
        "FROM a.words CROSS JOIN docs d ON d.number = words.rowid WHERE words MATCH :expression "
        f"AND NOT d.superseded {narrowed}"
    )
    with register.reading() as held:
        older = held.execute("SELECT EXISTS (SELECT 1 FROM docs WHERE superseded)").fetchone()[0]
        counting = matching if narrowed or older else plain
        total = int(held.execute(f"SELECT count(*) {counting}", given).fetchone()[0])
        given["from"] = 0
        if total > RANKED:
            last = f"SELECT words.rowid {counting} ORDER BY words.rowid DESC LIMIT 1 OFFSET :ranked"
            given["from"] = held.execute(last, given).fetchone()[0]
        rows = held.execute(
            "SELECT d.number, d.key, d.source, d.earliest, d.latest, bm25(words, 4.0, 1.0) AS score "
            f"{matching} AND words.rowid > :from ORDER BY score, d.number LIMIT :most",
            given | {"most": max(COUNTED, offset + limit)},
        ).fetchall()
        facets = _facets(held, rows[:COUNTED])
    with archive.reading() as connection:
        hits = [_hit(archive, connection, row, given["expression"]) for row in rows[offset : offset + limit]]
    return Answer(hits, total, facets, min(total, COUNTED), min(total, RANKED))


def _on_server(archive: Archive, register: Register, words: str, where: Where, *, limit: int, offset: int) -> Answer:
    """The same of an archive on a server: its own index says which articles hold the words."""
    given: dict[str, Any] = {}
    narrowed = _narrowed(where, given)
    with register.reading() as held:
        among = None
        if narrowed:
            fitting = f"SELECT d.number FROM docs d WHERE NOT d.superseded {narrowed}"
            among = [number for (number,) in held.execute(fitting, given)]
        with archive.reading() as connection:
            index = Postgres()
            total = index.counted(connection, words, among=among)
            found = index.ranked(connection, words, most=max(COUNTED, offset + limit), revised=False, among=among)
        heads = "SELECT number, key, source, earliest, latest, ? FROM docs WHERE number = ?"
        known = [held.execute(heads, (score, number)).fetchone() for number, score in found]
        rows = [row for row in known if row is not None]
        facets = _facets(held, rows[:COUNTED])
    with archive.reading() as connection:
        hits = [_hit(archive, connection, row, search.expression(words)) for row in rows[offset : offset + limit]]
    return Answer(hits, total, facets, min(total, COUNTED), total)


def _narrowed(where: Where, given: dict[str, Any]) -> str:
    parts = []
    for number, source in enumerate(where.sources):
        given[f"source{number}"] = "" if source == "outlet not named" else source
    if where.sources:
        parts.append(f"AND coalesce(d.source, '') IN ({', '.join(f':source{n}' for n in range(len(where.sources)))})")
    for number, code in enumerate(where.states):
        given[f"state{number}"] = code
        parts.append(f"AND EXISTS (SELECT 1 FROM told t WHERE t.document = d.number AND t.code = :state{number})")
    if where.since:
        given["since"] = where.since.isoformat()
        parts.append("AND d.earliest IS NOT NULL AND d.latest >= :since")
    if where.until:
        given["until"] = where.until.isoformat()
        parts.append("AND d.latest IS NOT NULL AND coalesce(d.earliest, d.latest) <= :until")
    return " ".join(parts)


def _facets(held: sqlite3.Connection, rows: Sequence[tuple[Any, ...]]) -> dict[str, list[tuple[str, int]]]:
    years = Counter(latest[:4] if earliest and latest else "unknown" for _, _, _, earliest, latest, _ in rows)
    sources = Counter(row[2] or "outlet not named" for row in rows)
    states: Counter[str] = Counter()
    for row in rows:
        states.update(code for (code,) in held.execute("SELECT code FROM told WHERE document = ?", (row[0],)))
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


def _hit(archive: Archive, connection: sa.Connection, row: tuple[Any, ...], expression: str) -> search.Hit:
    number, key, _, _, _, score = row
    document = archive.document(key)
    if len(document.text) < search.LONG and isinstance(archive.path, Server):
        marked = search.marked_whole(document.title or "", search.article_text(document), expression)
    elif len(document.text) < search.LONG:
        given = {"open": _OPEN, "close": _CLOSE, "expression": expression, "number": number}
        marked = connection.execute(_marked, given).scalar() or ""
    else:
        marked = search.marked(search.article_text(document), expression)
    held = schema.sentences.c
    rows = connection.execute(
        sa.select(held.sequence, held.start, held.end).where(held.document == key).order_by(held.sequence)
    )
    sentences = [(sequence, Span(start, end)) for sequence, start, end in rows]
    return search.hit(document, sentences, marked, score)
