"""The archive: one file, or one database, that keeps documents and everything that was read out of them."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable, Iterator, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Any, TypeVar

import sqlalchemy as sa

from communique.archive import database, derived, find, query, rebuild, schema, schema_merge, seals, search, write
from communique.archive.decisions import CODER, Decisions, parts
from communique.archive.place import Place
from communique.archive.verify import Verdict, verify
from communique.errors import UsageError
from communique.export.listing import Listing
from communique.model import (
    Assessment,
    Coded,
    Document,
    Event,
    Figure,
    Forum,
    Item,
    Judgement,
    Project,
    Quote,
    Record,
    Span,
    Story,
)

if TYPE_CHECKING:
    from communique.measure.network import Network
    from communique.measure.pledges import Ledger
    from communique.measure.table import PairTable

T = TypeVar("T", Event, Figure, Quote, Assessment, Project, Forum)
Settle = Callable[[sa.Connection, Sequence[str]], None]
CACHED_DOCUMENTS = 512
_BY_KEY = sa.select(schema.documents.c.number).where(schema.documents.c.key == sa.bindparam("key"))


class Archive(Decisions):
    """An archive at `path`, a file or the url of a PostgreSQL database (postgresql://USER@HOST/DATABASE, as text); made
    there unless create is False. Use it as a context manager, or call close().

    Filters of the listing methods are those of communique.archive.Filters: between, actor, recipient, event, mode,
    stance, status, since, until, undated, document, revised, limit, offset. All methods raise ArchiveError where the
    file is damaged, locked for too long or cannot be written.
    """

    def __init__(self, path: str | Place, *, create: bool = True) -> None:
        super().__init__(path, create=create)
        self._cached = functools.lru_cache(maxsize=CACHED_DOCUMENTS)(self._load)

    def __enter__(self) -> Archive:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Archive({str(self.path)!r})"

    # ---- keep

    def known(self, document: Document) -> bool:
        """Whether this very text under this id is kept already: then it need not be coded again."""
        return self._has(document.key)

    def _has(self, key: str) -> bool:
        with self._reading() as connection:
            return connection.execute(_BY_KEY, {"key": key}).first() is not None

    def add(self, coded: Coded, settle: Settle = write.await_merge) -> bool:
        """Keeps a coded document, all of it or nothing; False where it was known, which changes nothing.

        settle is called at the end of the same transaction with the keys of the document and of the one that it
        revises: as a rule they are noted for the next merge.

        A document whose text is new under a known id (and no other address) is kept as a revision: it is what listings
        show from now on, and the older text stays and can be asked for (revised=True).
        """
        if self._has(coded.document.key):
            return False
        with self._writing() as connection:
            return self._add(connection, coded, settle, CODER)  # False where another writer was quicker

    def add_many(self, coded: Sequence[Coded], coder: str = CODER) -> int:
        """Keeps coded documents as `add` does one after the other, but in one transaction; how many were new.

        coder is the program that coded them. Raises InputError where one of them cannot be kept: then none is.
        """
        with self._writing() as connection:
            return sum(self._add(connection, each, write.await_merge, coder) for each in coded)

    def known_of(self, keys: Sequence[str]) -> set[str]:
        """Those of some keys whose documents are kept already."""
        found: set[str] = set()
        with self._reading() as connection:
            for some in parts(keys):
                chosen = sa.select(schema.documents.c.key).where(schema.documents.c.key.in_(some))
                found |= set(connection.execute(chosen).scalars())
        return found

    def _add(self, connection: sa.Connection, coded: Coded, settle: Settle, coder: str) -> bool:
        """Keeps a document inside a transaction; False where it is known."""
        key, documents = coded.document.key, schema.documents
        if connection.execute(_BY_KEY, {"key": key}).first():
            return False
        current = sa.and_(documents.c.id == coded.document.id, documents.c.superseded.is_(False))
        if coded.document.url:  # two addresses are two pages, though their files have one name
            current = sa.and_(current, sa.or_(documents.c.url.is_(None), documents.c.url == coded.document.url))
        revises = connection.execute(sa.select(documents.c.key).where(current)).scalar()
        connection.execute(sa.update(documents).where(current).values(superseded=True))
        now = dt.datetime.now(dt.UTC)
        row = write.document_row(coded.document, coder=coder, now=now, revises=revises)
        number = connection.execute(sa.insert(documents), row).inserted_primary_key
        self._index(connection, coded.document, number[0] if number else 0)
        write.insert_parts(connection, coded)
        settle(connection, [key, revises] if revises else [key])
        return True

    def replace(self, coded: Coded) -> None:
        """Keeps what a newer coder read out of a document in place of what was kept; adds it where it is not known."""
        if self.add(coded):
            return
        key, documents = coded.document.key, schema.documents
        with self._writing() as connection:
            seals.anew(connection, key)
            row = connection.execute(sa.select(documents).where(documents.c.key == key)).mappings().one()
            old = rebuild.document(connection, row)
            database.of(connection).unindex(connection, row["number"], old.title or "", search.article_text(old))
            for table in schema.OF_A_DOCUMENT:
                connection.execute(sa.delete(table).where(table.c.document == key))
            fresh = write.document_row(coded.document, coder=CODER, now=dt.datetime.now(dt.UTC), revises=None)
            for kept in ("revises", "superseded", "first_read"):
                fresh.pop(kept)
            connection.execute(sa.update(documents).where(documents.c.key == key).values(**fresh))
            self._index(connection, coded.document, row["number"])
            write.insert_parts(connection, coded)
            connection.execute(sa.delete(schema_merge.originals).where(schema_merge.originals.c.document == key))
            write.await_merge(connection, [key])
        self._cached.cache_clear()

    def forget_cached(self) -> None:
        """Forgets documents that were loaded, after something else than this object wrote."""
        self._cached.cache_clear()

    @staticmethod
    def _index(connection: sa.Connection, document: Document, number: int) -> None:
        text = (number, document.title or "", search.article_text(document))
        database.of(connection).index(connection, [text])

    # ---- documents

    def documents(self, *, revised: bool = False) -> Iterator[Document]:
        """All documents in the order in which they were first read; older texts of a page only if revised says so."""
        for key in self.keys(revised=revised):
            yield self.document(key)

    def keys(self, *, revised: bool = False) -> list[str]:
        """The keys of `documents()`."""
        chosen = sa.select(schema.documents.c.key).order_by(schema.documents.c.number)
        if not revised:
            chosen = chosen.where(schema.documents.c.superseded.is_(False))
        with self._reading() as connection:
            return list(connection.execute(chosen).scalars())

    def superseded(self) -> int:
        """How many older texts of pages are kept beside the current ones."""
        chosen = sa.select(sa.func.count()).where(schema.documents.c.superseded.is_(True))
        with self._reading() as connection:
            return int(connection.execute(chosen).scalar_one())

    def document(self, key: str) -> Document:
        """The document of that key or id (its newest text). Raises UsageError where there is none."""
        return self._cached(key)

    def _load(self, key: str) -> Document:
        with self._reading() as connection:
            return rebuild.document(connection, self._row(connection, key))

    def coded(self, key: str) -> Coded:
        """The document of that key or id with everything that was read out of it, as it was added."""
        with self._reading() as connection:
            return rebuild.coded(connection, self._row(connection, key))

    def revisions(self, document_id: str) -> list[Document]:
        """Every text a page ever had here, oldest first."""
        documents = schema.documents.c
        with self._reading() as connection:
            chosen = sa.select(schema.documents).where(documents.id == document_id).order_by(documents.number)
            return [rebuild.document(connection, row) for row in connection.execute(chosen).mappings()]

    def _row(self, connection: sa.Connection, key: str) -> sa.RowMapping:
        documents = schema.documents.c
        chosen = sa.select(schema.documents).where(sa.or_(documents.key == key, documents.id == key))
        row = connection.execute(chosen.order_by(documents.superseded, documents.number.desc())).mappings().first()
        if row is None:
            raise UsageError("no document has this id", where=key, advice="`communique search WORDS` finds documents")
        return row

    # ---- what was read out of them

    def items(self, kind: str, **filters: Any) -> Listing[Any]:
        """Items of one kind ("event", "figure" ...), by date, then document, then place in it."""
        with self._reading() as connection:
            rows = connection.execute(query.select(kind, query.filters_of(filters))).all()
        return Listing([rebuild.item(kind, body) for _, body in rows], [key for key, _ in rows], self.document)

    def count(self, kind: str, **filters: Any) -> int:
        """How many items a listing with these filters has, whatever its limit."""
        with self._reading() as connection:
            return int(connection.execute(query.count(kind, query.filters_of(filters))).scalar_one())

    def events(self, **filters: Any) -> Listing[Event]:
        """Events; with between=("CHN", "RUS") those in which one acts on the other or both act together."""
        return self.items("event", **filters)

    def figures(self, **filters: Any) -> Listing[Figure]:
        """Quantities, rates and trends."""
        return self.items("figure", **filters)

    def quotes(self, **filters: Any) -> Listing[Quote]:
        """Exact words and reported speech."""
        return self.items("quote", **filters)

    def assessments(self, **filters: Any) -> Listing[Assessment]:
        """What somebody judges or expects."""
        return self.items("assessment", **filters)

    def projects(self, **filters: Any) -> Listing[Project]:
        """Named undertakings, one for each sentence that gives a stage."""
        return self.items("project", **filters)

    def forums(self, **filters: Any) -> Listing[Forum]:
        """Bodies in which states meet."""
        return self.items("forum", **filters)

    def search(self, words: str, *, limit: int = 20, offset: int = 0, revised: bool = False) -> list[search.Hit]:
        """The sentences that hold the words, best first; see search.expression for what may be asked.

        Raises UsageError where no word remains to look for.
        """
        with self._reading() as connection:
            found = search.matches(connection, words, limit=limit, offset=offset, revised=revised)
            rows = sa.select(schema.sentences).order_by(schema.sentences.c.sequence)
            hits = []
            for key, marked, score in found:
                sentences = connection.execute(rows.where(schema.sentences.c.document == key)).mappings()
                spans = [(row["sequence"], Span(row["start"], row["end"])) for row in sentences]
                hits.append(search.hit(self.document(key), spans, marked, score))
        return hits

    def get(self, prefix: str) -> tuple[Item | Document | Record | Story | Judgement, Document | None]:
        """Anything by its id, or by its first characters if nothing else begins so; items come with their document.

        Raises UsageError where nothing or more than one thing fits.
        """
        with self._reading() as connection:
            found = find.candidates(connection, prefix)
        if len(found) > 1:
            exact = [each for each in found if each[1] == prefix]
            if len(exact) != 1:
                some = ", ".join(sorted(each[1] for each in found)[:5])
                raise UsageError(f"{len(found)} ids begin so", where=prefix, advice=f"Give more of it: {some}")
            found = exact
        if not found:
            raise UsageError(
                "nothing has this id", where=prefix, advice="Ids stand in every listing: communique events"
            )
        kind, identifier, key = found[0]
        if kind == "document":
            return self.document(key), None
        if kind in schema.ITEMS:
            with self._reading() as connection:
                table = schema.ITEMS[kind]
                body = connection.execute(
                    sa.select(table.c.body).where(table.c.id == identifier, table.c.document == key)
                ).scalar()
            return rebuild.item(kind, str(body)), self.document(key)
        if kind == "record" and (record := self.record(identifier)):
            return record, None
        lists: dict[str, Callable[[], Sequence[Story | Judgement]]] = {
            "story": self.stories,
            "judgement": self.judgements,
        }
        return next(each for each in lists[kind]() if each.id == identifier), None

    # ---- relations

    def pair(self, first: str, second: str, by: str = "month", weights: str = "plover", **choices: Any) -> PairTable:
        """How a pair of states is doing, by period; see measure.series.pair_series for what may be chosen.

        The outcome turns into tables: to_pandas, to_polars, to_arrow, to_networkx.
        """
        from communique.measure.table import pair_table

        return pair_table(self, first, second, by, weights, **choices)

    def network(self, **choices: Any) -> Network:
        """The network of states: signed ties, groups, balance; see measure.network.network for what may be chosen.

        Its to_networkx gives a graph with all numbers as attributes.
        """
        from communique.measure.network import network

        return network(self, **choices)

    def pledges(self, *between: str, **choices: Any) -> Ledger:
        """What states promised and what became of it; see measure.pledges.ledger for since, until, verdict, as_of.

        With states only promises between them. A ledger is a list of its entries, and its rows() are for tables.
        """
        from communique.measure.pledges import ledger

        return ledger(self, between, **choices)

    # ---- proof

    def verify(self, advance: Callable[[int, int], None] | None = None) -> Verdict:
        """Cuts every span again and checks every row; see archive.verify.Verdict."""
        with self._reading() as connection:
            return verify(connection, advance)

    def seal(self) -> None:
        """Takes all that stands in the archive now as right: what `verify` compares with from now on.

        The index of words is made anew from the texts, the index of resemblance from their sketches.
        """
        with self._writing() as connection:
            database.of(connection).reindex(connection)
            derived.renew_marks(connection)
            seals.seal_all(connection)
