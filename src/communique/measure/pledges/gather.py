"""Out of an archive: the articles about the asked states, sentence by sentence, with what was read out of each."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from communique.archive import codec, rebuild, schema
from communique.measure.pledges.nouns import Named, Page, Said
from communique.merge.words import content, stem, tokens
from communique.model import Event, Figure, Project, Span, When

if TYPE_CHECKING:
    from communique.archive import Archive

GENERIC = frozenset({"IGO", "NGO", "MNC", "ISM", "IMG"})  # codes that stand for many bodies: those go by their names
PLACES = frozenset({"city", "seat", "capital"})  # their words say where, which tells one promise from another
IN = re.compile(r"(?i)\b(?:in|at|from|near|to|outside|around|of)\s(?:the\s)?$")
WITHIN = re.compile(r"(?i)\b(?:in|near|inside|outside|across|throughout)\s(?:the\s)?$")
CHUNK = 400  # values in one IN of a query
_NUMBER = re.compile(r"(?<![\w.,-])\d[\d.,]*\d(?![\w])")
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*"
_DATED = re.compile(rf"\b\d{{1,2}}\.? {_MONTH}|{_MONTH}\.? \d{{1,2}}\b|\b(?:19|20)\d\d\b", re.IGNORECASE)


def pages(archive: Archive, between: Sequence[str] = ()) -> list[Page]:
    """The articles in which the terms take part (one: it; several: at least two of them), the earliest first.

    Terms are codes of states and bodies, or names of bodies whose code stands for many. Older texts of a page are left
    out.
    """
    found = pages_of(archive, articles(archive, between))
    if between:
        wanted = frozenset(between)
        found = [page for page in found if len(wanted & page.weight.keys()) >= min(2, len(wanted))]
    return sorted(found, key=_order)


def pages_of(archive: Archive, keys: Sequence[str]) -> list[Page]:
    """The articles of these documents' keys."""
    found: list[Page] = []
    with archive.reading() as connection:
        for part in _parts(keys):
            found.extend(_read(connection, part))
    return found


def _order(page: Page) -> tuple[str, str, str]:
    day = page.published.earliest or page.published.latest
    return (day.isoformat() if day else "9999", page.id, page.key)


def articles(archive: Archive, between: Sequence[str] = ()) -> list[str]:
    """The keys of the articles that `pages` has to read: with terms those in which one takes part in something, and at
    least two (of one: it) are named."""
    documents = schema.documents.c
    chosen = sa.select(documents.key).where(documents.superseded.is_(False))
    with archive.reading() as connection:
        if not between:
            return list(connection.execute(chosen.order_by(documents.number)).scalars())
        keys = _taking_part(connection, between)
        if len(set(between)) > 1:
            keys &= _naming(connection, sorted(keys), between)
        held: list[sa.Row[Any]] = []
        for part in _parts(sorted(keys)):
            held += connection.execute(chosen.add_columns(documents.number).where(documents.key.in_(part))).all()
    return [row.key for row in sorted(held, key=lambda row: row.number)]


def _taking_part(connection: sa.Connection, between: Sequence[str]) -> set[str]:
    """Documents with an item in which one of the terms has a part; by kind, as the indexes are."""
    people = schema.participants.c
    found: set[str] = set()
    for column in (people.code, people.name):
        chosen = sa.select(people.document).distinct().where(people.kind.in_(list(schema.ITEMS)), column.in_(between))
        found.update(connection.execute(chosen).scalars())
    return found


def _naming(connection: sa.Connection, keys: Sequence[str], between: Sequence[str]) -> set[str]:
    """Those of the documents that name at least two of the terms; some of these only as a place."""
    mentions = schema.mentions.c
    named: dict[str, set[str]] = {}
    for term in dict.fromkeys(between):
        written = codec.dump(term)  # as a mention's body has it: to parse every one of them costs more than to search
        for part in _parts(keys):
            chosen = (
                sa.select(mentions.document)
                .distinct()
                .where(mentions.document.in_(part), sa.func.instr(mentions.body, written) > 0)
            )
            for key in connection.execute(chosen).scalars():
                named.setdefault(key, set()).add(term)
    return {key for key, terms in named.items() if len(terms) > 1}


def _parts(keys: Sequence[str]) -> Iterator[list[str]]:
    for start in range(0, len(keys), CHUNK):
        yield list(keys[start : start + CHUNK])


def _read(connection: sa.Connection, keys: list[str]) -> list[Page]:
    documents = schema.documents
    held: dict[str, tuple[Page, str, dict[int, Said]]] = {}
    columns = [documents.c[name] for name in ("key", "id", "title", "source", "url", "published", "text")]
    for row in connection.execute(sa.select(*columns).where(documents.c.key.in_(keys))):
        page = Page(row.key, row.id, row.title, row.source, row.url, codec.load(When, row.published))
        held[row.key] = (page, row.text, {})
    for row in _rows(connection, schema.sentences, keys, "sequence", "start", "end"):
        page, text, said = held[row.document]
        words = text[row.start : row.end]
        said[row.sequence] = Said(
            page, row.sequence, Span(row.start, row.end), words, stems=content(words), numbers=numbers(words)
        )
    names: dict[tuple[str, int], list[Named]] = {}
    for row in _rows(connection, schema.mentions, keys, "sequence", "start", "end", "text", "via", "body"):
        terms = _terms(row.body)
        sentence = held[row.document][2].get(row.sequence)
        if terms and sentence is not None and any(sign.isalpha() for sign in row.text):
            start = row.start - sentence.span.start
            before = sentence.text[:start]
            place = row.via == "city" or (row.via in PLACES and IN.search(before) is not None)
            place = place or WITHIN.search(before) is not None
            if not place and row.text[:1].isupper():
                held[row.document][0].party |= {stem(word) for word in tokens(row.text)}
            names.setdefault((row.document, row.sequence), []).append(
                Named(start, row.end - sentence.span.start, terms, place)
            )
    for (key, sequence), mentioned in names.items():
        held[key][2][sequence].names = tuple(sorted(mentioned, key=lambda named: named.start))
    for kind in ("event", "figure", "project"):
        for row in _rows(connection, schema.ITEMS[kind], keys, "sequence", "body"):
            if row.sequence in held[row.document][2]:
                _put(held[row.document][2][row.sequence], rebuild.item(kind, row.body))
    return [_finished(page, said) for page, _, said in held.values()]


def _rows(connection: sa.Connection, table: sa.Table, keys: list[str], *columns: str) -> Iterator[Any]:
    chosen = sa.select(table.c.document, *(table.c[name] for name in columns)).where(table.c.document.in_(keys))
    order = table.c.position if "position" in table.c else table.c.sequence
    yield from connection.execute(chosen.order_by(table.c.document, order))


def _put(said: Said, item: Any) -> None:
    if isinstance(item, Event):
        said.events.append(item)
    elif isinstance(item, Figure):
        said.figures.append(item)
    elif isinstance(item, Project):
        said.projects.append(item)


def _finished(page: Page, said: dict[int, Said]) -> Page:
    page.said = [said[sequence] for sequence in sorted(said)]
    count = Counter(code for each in page.said for named in each.names if not named.place for code in named.codes)
    page.weight = dict(sorted(count.items()))
    page.stems = content(page.title or "").union(*(each.stems for each in page.said))
    return page


def _terms(body: str) -> tuple[str, ...]:
    """The codes of a mention's actors, or names where a code stands for many."""
    found = []
    for actor in json.loads(body).get("actors", ()):
        code, name = actor.get("code"), actor.get("name")
        if code in GENERIC:
            code = name
        if code:
            found.append(str(code))
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=65_536)
def numbers(text: str) -> frozenset[str]:
    """The numbers of a sentence that count something: no days and no years."""
    dates = [match.span() for match in _DATED.finditer(text)]
    return frozenset(
        match.group().replace(",", "")
        for match in _NUMBER.finditer(text)
        if not any(start <= match.start() < end for start, end in dates)
    )
