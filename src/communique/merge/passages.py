"""What travels: the texts that copy a document, and its paragraphs that stand in other documents too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from communique.archive import schema
from communique.archive.schema_merge import passages, sketches
from communique.model import Span

if TYPE_CHECKING:
    from communique.archive import Archive

MOST = 5  # other documents that are named for a paragraph
FURNITURE = 0.5  # a paragraph in this share of all documents, and in MANY, is furniture of a house and not a passage
MANY = 20


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Another document that holds a text or a paragraph: key, id, outlet and title."""

    key: str
    id: str
    source: str | None
    title: str | None


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph of a document that stands in others: where in this one, in how many others, and the earliest."""

    span: Span
    documents: int
    elsewhere: tuple[Elsewhere, ...]


@dataclass(frozen=True, slots=True)
class Travels:
    """Of one document: how many print its whole text and the earliest of these, and what else of it stands elsewhere.

    Passages leave out the copies, in which every paragraph stands.
    """

    copies: int
    earliest: tuple[Elsewhere, ...]
    passages: tuple[Passage, ...]


def travels(archive: Archive, key: str) -> Travels:
    """What of a document stands in others, as far as it has been merged. Raises UsageError where it is not known."""
    own, documents = passages.alias(), schema.documents.c
    archive.document(key)
    with archive.reading() as connection:
        found = connection.execute(
            sa.select(sketches.c.document, sketches.c.text).where(sketches.c.key == key)
        ).one_or_none()
        if found is None:
            return Travels(0, (), ())
        number, text = found
        same = [sketches.c.text == text, sketches.c.document != number]
        copies = _count(connection, sa.select(sa.func.count()).select_from(sketches).where(*same))
        earliest = _named(connection, sa.select(sketches.c.document).where(*same)) if copies else ()
        whole = _count(connection, sa.select(sa.func.count()).select_from(schema.documents))
        chosen = sa.select(own.c.hash, own.c.start, own.c.end).where(own.c.document == number).order_by(own.c.start)
        told = []
        for hashed, start, end in connection.execute(chosen).all():
            others = (
                sa.select(passages.c.document)
                .join(sketches, sketches.c.document == passages.c.document)
                .join(schema.documents, documents.number == passages.c.document)
                .where(passages.c.hash == hashed, sketches.c.text != text, documents.superseded.is_(False))
            )
            many = _count(connection, sa.select(sa.func.count()).select_from(others.subquery()))
            if many and not (many >= MANY and many >= FURNITURE * whole):
                told.append(Passage(Span(start, end), many, _named(connection, others)))
        return Travels(copies, earliest, tuple(told))


def shared(archive: Archive, keys: Sequence[str]) -> list[Passage]:
    """The paragraphs that several of some documents hold, which are not copies as wholes; the most travelled first.

    A passage's span is that in the first document of its `elsewhere`, which names the documents in order of time.
    """
    if len(keys) < 2:
        return []
    held: dict[int, dict[int, tuple[str, int, int, int]]] = {}
    with archive.reading() as connection:
        for at in range(0, len(keys), 400):
            chosen = (
                sa.select(passages, sketches.c.place, sketches.c.text)
                .join(sketches, sketches.c.document == passages.c.document)
                .where(sketches.c.key.in_(keys[at : at + 400]))
            )
            for row in connection.execute(chosen):
                by_text = held.setdefault(row.hash, {})
                first = (row.place, row.document, row.start, row.end)
                by_text[row.text] = min(first, by_text.get(row.text, first))
        found = []
        for by_text in held.values():
            if len(by_text) > 1:
                told = sorted(by_text.values())
                names = _names(connection, [number for _, number, _, _ in told[:MOST]])
                found.append((told, Passage(Span(told[0][2], told[0][3]), len(told), names)))
    return [passage for _, passage in sorted(found, key=lambda each: (-each[1].documents, each[0]))]


def _count(connection: sa.Connection, chosen: sa.Select[Any]) -> int:
    return int(connection.execute(chosen).scalar_one())


def _named(connection: sa.Connection, chosen: sa.Select[Any]) -> tuple[Elsewhere, ...]:
    """The earliest of the documents whose numbers are asked for."""
    numbers = chosen.order_by(sketches.c.place).limit(MOST)
    return _names(connection, list(connection.execute(numbers).scalars()))


def _names(connection: sa.Connection, numbers: Sequence[int]) -> tuple[Elsewhere, ...]:
    """Documents by their numbers, in the order given."""
    columns = schema.documents.c
    chosen = sa.select(columns.number, columns.key, columns.id, columns.source, columns.title)
    held = {row[0]: Elsewhere(*row[1:]) for row in connection.execute(chosen.where(columns.number.in_(numbers)))}
    return tuple(held[number] for number in numbers if number in held)
