"""Proof that an archive is whole: every span is cut again from the stored text, every row has its document, and all
that is stored is what was written (archive.seals)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from communique.archive import database, derived, rebuild, schema, seals
from communique.archive.write import by_kind, own_words, roles
from communique.errors import CommuniqueError
from communique.model import Coded, Forum, Item, Project, Span, content_id


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: in which document, where, and what."""

    document: str
    where: str
    what: str

    def line(self) -> str:
        """The fault on one line."""
        return f"{self.document}: {self.where}: {self.what}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """How much was looked at, by kind, and what is wrong with it."""

    counts: dict[str, int]
    spans: int
    faults: tuple[Fault, ...]

    @property
    def share(self) -> float:
        """The share of spans that hold, from 0 to 1."""
        return 1.0 if not self.spans else max(0.0, 1 - len(self.faults) / self.spans)


def verify(connection: sa.Connection, advance: Callable[[int, int], None] | None = None) -> Verdict:
    """Looks at everything once, as it stands at one moment: others may write meanwhile.

    advance is told how many documents of how many are done.
    """
    words = [*_words(connection)]
    with database.of(connection).moment(connection):
        return _verdict(connection, words, advance)


def _verdict(connection: sa.Connection, words: list[Fault], advance: Callable[[int, int], None] | None) -> Verdict:
    counts: Counter[str] = Counter(dict.fromkeys(("document", "sentence", "mention", *schema.ITEMS), 0))
    faults = [*_file(connection), *_layout(connection), *_orphans(connection), *words]
    faults += _seals(connection)
    spans = 0
    total = connection.execute(sa.select(sa.func.count()).select_from(schema.documents)).scalar() or 0
    keys = connection.execute(sa.select(schema.documents.c.key).order_by(schema.documents.c.number)).scalars().all()
    for done, key in enumerate(keys, 1):
        try:
            chosen = sa.select(schema.documents).where(schema.documents.c.key == key)
            row = connection.execute(chosen).mappings().one()
            coded = rebuild.coded(connection, row)
        except CommuniqueError as fault:
            faults.append(Fault(_name(connection, key), "its rows", fault.what))
            continue
        except (sa.exc.DBAPIError, sa.exc.NoResultFound) as fault:  # what the database itself cannot give back
            faults.append(Fault(_name(connection, key), "its rows", f"cannot be read ({_cause(fault)})"))
            continue
        try:
            checked, found = check(coded)
            found += _columns(connection, coded, row)
        except (TypeError, ValueError, LookupError, AttributeError) as fault:  # one kind of value where another was
            faults.append(Fault(_name(connection, key), "its rows", f"do not hold what they should ({fault})"))
            continue
        spans += checked
        faults += found
        counts["document"] += 1
        counts["sentence"] += len(coded.sentences)
        counts["mention"] += len(coded.mentions)
        for kind, items in by_kind(coded).items():
            counts[kind] += len(items)
        if advance:
            advance(done, total)
    return Verdict(dict(counts), spans, tuple(faults))


def check(coded: Coded) -> tuple[int, list[Fault]]:
    """Cuts every span of a coded document again: how many there were, and which do not hold."""
    document = coded.document
    checked = 0
    faults: list[Fault] = []

    def hold(good: bool, where: str, what: str) -> None:
        nonlocal checked
        checked += 1
        if not good:
            faults.append(Fault(document.id, where, what))

    def inside(span: Span, where: str) -> bool:
        good = 0 <= span.start <= span.end <= len(document.text)
        hold(good, where, f"[{span.start}, {span.end}) is not inside the text of {len(document.text)} characters")
        return good

    for span in document.article:
        inside(span, "article")
    for part in document.furniture:
        inside(part.span, f"furniture ({part.reason})")
    for repeat in document.repeats:
        if inside(repeat.span, "repeat") and inside(repeat.of, "repeated passage"):
            hold(not repeat.span.overlaps(repeat.of), "repeat", "overlaps what it repeats")
    for number, span in enumerate(coded.sentences):
        inside(span, f"sentence {number}")
    for sequence, mention in coded.mentions:
        where = f"mention {mention.text!r} in sentence {sequence}"
        if inside(mention.span, where):
            hold(mention.span.cut(document.text) == mention.text, where, "the text there reads otherwise")
    for item in coded.items():
        _check_item(coded, item, inside, hold)
    return checked, faults


def _check_item(
    coded: Coded, item: Item, inside: Callable[[Span, str], bool], hold: Callable[[bool, str, str], None]
) -> None:
    text = coded.document.text
    where = f"{type(item).__name__.lower()} {item.id}"
    hold(item.document_id == coded.document.id, where, f"says it is of document {item.document_id!r}")
    if not inside(item.sentence, where):
        return
    hold(item.sentence.start < item.sentence.end, where, "its sentence is empty")
    if coded.sentences:
        whole = coded.sentences[item.sequence] if 0 <= item.sequence < len(coded.sentences) else None
        hold(whole == item.sentence, where, f"its sentence is not sentence {item.sequence} of the document")
    span, words = own_words(item)
    if inside(span, where):
        cut = text[min(span.start, item.sentence.start) : max(span.end, item.sentence.end)]
        good = span.cut(text) == words or all(word in cut for word in words.split())
        if isinstance(item, Forum | Project):
            # a body or project has its usual name, whatever the text calls it: its words only have to be there
            good = good or bool(span.cut(text).strip())
        hold(good and bool(words.strip()), where, f"its words {words!r} do not stand there")
    for role, who in roles(item):
        if who.span is not None and inside(who.span, f"{where}, {role}"):
            hold(who.span.cut(text) == who.text, f"{where}, {role}", f"{who.text!r} does not stand at its place")


def _file(connection: sa.Connection) -> Iterator[Fault]:
    for message in database.of(connection).damage(connection):
        yield Fault("the file", "its pages", message)


_RENEW = "read its page again (communique read PAGE --again), or go back to a copy (communique restore COPY)"
_INDEX = "communique verify --seal makes them anew"
_GO_BACK = "go back to a copy (communique restore COPY); communique verify --seal takes what stands there as right"


def _layout(connection: sa.Connection) -> Iterator[Fault]:
    """What no seal of a row covers: how the tables are defined, and the marks by which texts that resemble meet."""
    if not derived.layout_holds(connection):
        yield Fault("the file", "its tables", f"they are not defined as they were: {_GO_BACK}")
    if not derived.marks_hold(connection):
        yield Fault("the index of resemblance", "its entries", f"they are not those of the texts: {_INDEX}")


def _seals(connection: sa.Connection) -> Iterator[Fault]:
    """What was changed, by a disk, a copy or another program, since it was written."""
    for kind, owner in seals.broken(connection):
        if kind == seals.DOCUMENT:
            what = f"what is stored of it is not what was written: {_RENEW}"
            yield Fault(_name(connection, owner), "its digest", what)
        else:
            yield Fault(f"the table {owner}", "its digest", f"it does not hold what was written: {_GO_BACK}")


def _name(connection: sa.Connection, key: str) -> str:
    """The id of a document, or its key where that cannot be told."""
    try:
        found = connection.execute(sa.select(schema.documents.c.id).where(schema.documents.c.key == key)).scalar()
    except sa.exc.DBAPIError:
        found = None
    return str(found or key)


def _cause(fault: sa.exc.SQLAlchemyError) -> str:
    return str(fault.orig) if isinstance(fault, sa.exc.DBAPIError) else "the index does not lead to it"


def _words(connection: sa.Connection) -> Iterator[Fault]:
    """The index of words against the texts."""
    for message in database.of(connection).misindexed(connection):
        yield Fault("the index of words", "its entries", f"they are not those of the texts ({message}): {_INDEX}")


def _orphans(connection: sa.Connection) -> Iterator[Fault]:
    for table in schema.OF_A_DOCUMENT:
        missing = sa.select(table.c.number, table.c.document).where(
            table.c.document.not_in(sa.select(schema.documents.c.key))
        )
        for number, key in connection.execute(missing):
            yield Fault(key, f"{table.name} {number}", "its document is not there")
    for kind, table in schema.ITEMS.items():
        people = schema.participants
        lost = sa.select(people.c.number, people.c.document).where(
            people.c.kind == kind, people.c.item.not_in(sa.select(table.c.number))
        )
        for number, key in connection.execute(lost):
            yield Fault(key, f"participants {number}", f"its {kind} is not there")
    indexed = database.of(connection).indexed(connection)
    stored = connection.execute(sa.select(sa.func.count()).select_from(schema.documents)).scalar()
    if indexed != stored:
        yield Fault("the index of words", "its rows", f"{indexed} documents are indexed and {stored} are stored")


def _columns(connection: sa.Connection, coded: Coded, row: sa.RowMapping) -> Iterator[Fault]:
    """What is searched must say what the nouns say."""
    if row["key"] != content_id("document", row["id"], row["text"]):
        yield Fault(row["id"], "its key", "its text or id was changed after it was read")
    for kind, items in by_kind(coded).items():
        table = schema.ITEMS[kind]
        chosen = rebuild.of_document(table, "position", "id", "start", "end", "text")
        stored = connection.execute(chosen, {"key": row["key"]}).all()
        for columns, item in zip(stored, items, strict=True):
            span, words = own_words(item)
            if tuple(columns) != (item.id, span.start, span.end, words):
                yield Fault(row["id"], f"{kind} {item.id}", "its columns and its body differ")
