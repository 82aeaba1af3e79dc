"""PostgreSQL as an archive's database: full text as tsvector, seals by triggers that note what a writer writes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa

from communique.archive import rebuild, schema, search
from communique.archive.database import Conflict, Database, Note, Row
from communique.archive.postgres import layout, words

RANKED = 1_000  # texts that are ranked together: the best by the server's own rank first
_ROWS = 500  # fetched at a time
_TEXTS = 50  # taken up at a time
_HELD = "(w.vector @@ CAST(:strict AS tsquery) OR (NOT w.whole AND (w.vector IS NULL OR w.vector @@ CAST(:loose AS tsquery))))"  # noqa: E501


class Postgres(Database):
    """A schema of a PostgreSQL database."""

    def insert(self, connection: sa.Connection, table: sa.Table, rows: Sequence[Row], conflict: Conflict) -> None:
        if rows:
            how = "" if conflict == "fail" else f"OR {conflict.upper()} "
            given = ", ".join("?" * len(table.columns))
            connection.exec_driver_sql(f"INSERT {how}INTO {table.name} VALUES ({given})", list(rows))

    def rows(self, connection: sa.Connection, table: sa.Table, where: str | None, value: object) -> Iterator[Row]:
        chosen = sa.select(table) if where is None else sa.select(table).where(table.c[where] == value)
        switches = [number for number, column in enumerate(table.columns) if isinstance(column.type, sa.Boolean)]
        # a part at a time: the driver would else hold the whole table
        for row in connection.execute(chosen.execution_options(yield_per=_ROWS)):
            values = list(row)
            for number in switches:
                values[number] = None if values[number] is None else int(values[number])
            yield tuple(values)

    def numbered(self, connection: sa.Connection, table: sa.Table) -> None:
        connection.exec_driver_sql(
            f"SELECT setval(pg_get_serial_sequence('{layout.NAME}.{table.name}', 'number'), "
            f"(SELECT coalesce(max(number), 0) + 1 FROM {table.name}), false)"
        )

    def watch(self, connection: sa.Connection, note: Note) -> None:
        connection.exec_driver_sql(
            f"CREATE TEMP TABLE IF NOT EXISTS {layout.NOTED} (name text, sign int, body text) ON COMMIT DELETE ROWS"
        )
        connection.exec_driver_sql(f"SET {layout.WATCHED} = 'on'")

    def collect(self, connection: sa.Connection, note: Note) -> None:
        held = sa.text(f"SELECT name, sign, body FROM pg_temp.{layout.NOTED}")
        for name, sign, body in connection.execute(held.execution_options(yield_per=_ROWS)):
            note(name, sign, *_values(schema.metadata.tables[name], json.loads(body)))

    def definitions(self, connection: sa.Connection) -> list[Row]:
        return sorted(tuple(row) for row in connection.exec_driver_sql(layout.DEFINITIONS))

    def damage(self, connection: sa.Connection) -> Iterator[str]:
        """Its pages are the server's own to check (data checksums, amcheck)."""
        return iter(())

    # ---- the index of words

    def index(self, connection: sa.Connection, texts: Sequence[tuple[int, str, str]]) -> None:
        for start in range(0, len(texts), _TEXTS):
            made = words.terms(texts[start : start + _TEXTS])
            rows = [(number, words.vector(places)) for number, places in made.items()]
            connection.execute(
                sa.text("INSERT INTO words VALUES (:number, :length, :whole, CAST(:vector AS tsvector))"),
                [
                    {"number": number, "length": held.length, "whole": held.whole, "vector": held.literal}
                    for number, held in rows
                ],
            )

    def unindex(self, connection: sa.Connection, number: int, title: str, article: str) -> None:
        connection.exec_driver_sql("DELETE FROM words WHERE number = ?", (number,))

    def reindex(self, connection: sa.Connection) -> None:
        connection.exec_driver_sql("DELETE FROM words")
        for part in self._texts(connection):
            self.index(connection, part)

    def indexed(self, connection: sa.Connection) -> int:
        return int(connection.exec_driver_sql("SELECT count(*) FROM words").scalar() or 0)

    def misindexed(self, connection: sa.Connection) -> Iterator[str]:
        same = sa.text(
            "SELECT vector IS NOT DISTINCT FROM CAST(:vector AS tsvector) AND length = :length AND whole = :whole "
            "FROM words WHERE number = :number"
        )
        wrong = 0
        for part in self._texts(connection):
            for number, places in words.terms(part).items():
                held = words.vector(places)
                given = {"number": number, "length": held.length, "whole": held.whole, "vector": held.literal}
                wrong += not connection.execute(same, given).scalar()
        if wrong:
            yield f"{wrong} of them differ"

    def _texts(self, connection: sa.Connection) -> Iterator[list[tuple[int, str, str]]]:
        """All texts, some at a time, as they stand in the index."""
        documents, last = schema.documents, 0
        while True:
            chosen = sa.select(documents).where(documents.c.number > last).order_by(documents.c.number).limit(_TEXTS)
            rows = connection.execute(chosen).mappings().all()
            if not rows:
                return
            held = [(row["number"], rebuild.document(connection, row)) for row in rows]
            yield [(number, each.title or "", search.article_text(each)) for number, each in held]
            last = rows[-1]["number"]

    def matches(
        self, connection: sa.Connection, words: str, *, limit: int, offset: int, revised: bool
    ) -> list[tuple[str, str, float]]:
        ranked = self.ranked(connection, words, most=offset + limit, revised=revised)
        expression = search.expression(words)
        found = []
        for number, score in ranked[offset : offset + limit]:
            row = connection.execute(sa.select(schema.documents).where(schema.documents.c.number == number))
            document = rebuild.document(connection, row.mappings().one())
            text = search.article_text(document)
            long = len(document.text) >= search.LONG
            marked = (
                search.marked(text, expression) if long else search.marked_whole(document.title or "", text, expression)
            )
            found.append((document.key, marked, score))
        return found

    def ranked(
        self, connection: sa.Connection, asked: str, *, most: int, revised: bool, among: Sequence[int] | None = None
    ) -> list[tuple[int, float]]:
        """Numbers of documents with their scores, best first: `most` of them at least, where there are so many.

        among: only documents with these numbers. Up to RANKED texts are ranked by BM25; where there are more, the
        server's own rank says which are looked at first, RANKED at a time.
        """
        question = words.asked(search.question(asked))
        if question is None:
            return []
        given: dict[str, Any] = {"strict": question.query(), "loose": question.loosely()}
        narrowed = "" if revised else " AND NOT d.superseded"
        if among is not None:
            narrowed, given["among"] = f"{narrowed} AND w.number = ANY(:among)", list(among)
        matching = f"FROM words w JOIN documents d ON d.number = w.number WHERE {_HELD}{narrowed}"
        many = -(-max(most, 1) // RANKED) * RANKED
        rows = connection.execute(
            sa.text(
                "SELECT w.number, w.length, w.whole, d.id, d.key, "
                "ts_rank('{0.25, 0.25, 0.25, 1}', coalesce(w.vector, ''), CAST(:strict AS tsquery), 1) AS near "
                f"{matching} ORDER BY near DESC, d.id, d.key LIMIT :many"
            ),
            given | {"many": many},
        ).all()
        if not rows:
            return []
        texts, mean = connection.exec_driver_sql("SELECT count(*), avg(length)::float8 FROM words").one()
        holding = [self._holding(connection, phrase) for phrase in question.phrases]
        ranked: list[tuple[int, float]] = []
        for start in range(0, len(rows), RANKED):
            part = rows[start : start + RANKED]
            places = self._places(connection, question, part)
            kept = [row for row in part if row.whole or question.fits(places[row.number])]
            held = {row.number: (places[row.number], row.length) for row in kept}
            scores = words.scored(question, held, texts=texts, mean=mean, holding=holding)
            kept.sort(key=lambda row: (scores[row.number], row.id, row.key))
            ranked += [(row.number, scores[row.number]) for row in kept]
        return ranked

    def counted(self, connection: sa.Connection, asked: str, *, among: Sequence[int] | None = None) -> int:
        """How many documents that stand for their pages hold what is asked for, as far as the index knows."""
        question = words.asked(search.question(asked))
        if question is None:
            return 0
        given: dict[str, Any] = {"strict": question.query(), "loose": question.loosely()}
        narrowed = ""
        if among is not None:
            narrowed, given["among"] = " AND w.number = ANY(:among)", list(among)
        matching = f"FROM words w JOIN documents d ON d.number = w.number WHERE {_HELD} AND NOT d.superseded{narrowed}"
        return int(connection.execute(sa.text(f"SELECT count(*) {matching}"), given).scalar_one())

    @staticmethod
    def _holding(connection: sa.Connection, phrase: words.Phrase) -> int:
        """How many texts hold a phrase."""
        given = {"strict": phrase.query(), "loose": phrase.loosely()}
        return int(connection.execute(sa.text(f"SELECT count(*) FROM words w WHERE {_HELD}"), given).scalar_one())

    def _places(self, connection: sa.Connection, question: words.Asked, rows: Sequence[Any]) -> dict[int, words.Places]:
        """Where the terms that are looked for stand in each text."""
        exact, begun = question.lexemes()
        whole = [row.number for row in rows if row.whole]
        given: dict[str, Any] = {"numbers": whole, "exact": exact} | {f"b{n}": term for n, term in enumerate(begun)}
        begins = "".join(f" OR starts_with(u.lexeme, :b{n})" for n in range(len(begun)))
        held: dict[int, list[Any]] = {number: [] for number in whole}
        if whole:
            for number, *place in connection.execute(
                sa.text(
                    "SELECT w.number, u.lexeme, u.positions, u.weights FROM words w, unnest(w.vector) u "
                    f"WHERE w.number = ANY(:numbers) AND (u.lexeme = ANY(:exact){begins})"
                ),
                given,
            ):
                held[number].append(place)
        found = {number: words.places_of([(a, b, c) for a, b, c in listed]) for number, listed in held.items()}
        documents = schema.documents
        for row in rows:
            if not row.whole:  # what the vector cannot say, its text does
                one = connection.execute(sa.select(documents).where(documents.c.number == row.number)).mappings().one()
                document = rebuild.document(connection, one)
                text = (row.number, document.title or "", search.article_text(document))
                found |= words.terms([text])
        return found


def _values(table: sa.Table, body: dict[str, Any]) -> Iterator[Any]:
    """A row that was noted as JSON, as the other database holds it: one digest goes for both."""
    for column in table.columns:
        value = body[column.name]
        if value is None:
            yield None
        elif isinstance(column.type, sa.Boolean):
            yield int(value)
        elif isinstance(column.type, sa.Float):
            yield float(value)
        elif isinstance(column.type, sa.LargeBinary):
            yield bytes.fromhex(value.removeprefix("\\x"))
        else:
            yield value
