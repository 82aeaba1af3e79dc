"""`communique show`: one thing of the archive, down to the highlighted sentence in its paragraph."""

from __future__ import annotations

import json
import sys
import textwrap
from typing import TYPE_CHECKING, Annotated

import typer

from communique.cli import listing, shared
from communique.errors import UsageError

if TYPE_CHECKING:
    from communique.archive import Archive
    from communique.model import Document, Item, Judgement, Participant, Record, Span, Story


def show(
    id: Annotated[str, typer.Argument(metavar="ID", help="An id, or its first characters.")],
    archive: shared.ArchiveOption = shared.DEFAULT_ARCHIVE,
    as_json: shared.Json = False,
) -> int:
    """Show one thing by its id: its sentence, who, when.

    An event, figure, quote, assessment, project or forum with its sentence marked in its paragraph and how everything
    was decided; or a document, record, story, or entry of the ledger of promises.
    """
    from communique.model import Document, Judgement, Record, Story

    with shared.open_archive(archive) as store:
        try:
            found, document = store.get(id)
        except UsageError:
            if not _promise(store, id, as_json):
                raise
            return 0
        if isinstance(found, (Record, Story, Judgement)):
            _decision(store, found, as_json)
        elif isinstance(found, Document):
            _document(store, found, as_json)
        elif document is not None:
            _item(store, found, document, as_json)
    return 0


def _promise(store: Archive, id: str, as_json: bool) -> bool:
    """Shows an entry of the ledger of promises, which is made when asked; False where none has such an id."""
    from communique.cli.pledges import lines
    from communique.measure.pledges.rows import row

    found = [entry for entry in store.pledges() if entry.id.startswith(id.lower())]
    if len(found) != 1:
        return False
    if as_json:
        shared.out(json.dumps(row(found[0]), ensure_ascii=False))
        return True
    shared.out(f"promise {found[0].id}")
    for line in lines(found[0]):
        shared.out(line)
    return True


def _promised(store: Archive, document: Document, within: Span | None = None) -> list[str]:
    """The promises that a page tells, or one stretch of it, with what came of each."""
    from communique.cli.pledges import short
    from communique.measure.pledges.told import told_in

    stretch = {document.key: (within,)} if within is not None else None
    return [short(entry) for entry in told_in(store, [document.key], stretch).get(document.key, ())]


def _item(store: Archive, item: Item, document: Document, as_json: bool) -> None:
    from communique.archive.write import date_of, kind_of, own_words, roles
    from communique.export.plover import to_json

    if as_json:
        paragraph = paragraph_of(document, item.sentence)
        row = to_json(item, document) | {"paragraph": paragraph.cut(document.text)}
        shared.out(json.dumps(row, ensure_ascii=False))
        return
    heads = {"event": listing.event_line, "figure": listing.figure_line}
    kind = kind_of(item)
    head = heads[kind](item) if kind in heads else own_words(item)[1]  # type: ignore[operator]
    shared.out(f"{kind} {item.id}")
    shared.out(" ".join(head.split()))
    shared.out()
    shared.out(highlighted(document, item.sentence, own_words(item)[0]))
    shared.out()
    when = date_of(item)
    why = ", ".join(part for part in (when.basis if when.basis != "none" else "", _words(when.text), when.note) if part)
    _field("date", f"{listing.date(when)} ({when.precision}{f': {why}' if why else ''})")
    for role, who in roles(item):
        _field(role, _person(who))
    for name in ("place", "stance", "status", "stage", "context", "hedges"):
        value = getattr(item, name, None)
        if name == "place" and value is not None:
            value = f"{value.name}{f' ({value.code})' if value.code else ''}"
        if value:
            _field(name, ", ".join(value) if isinstance(value, tuple) else str(value))
    _field("decided by", f"{item.rule or 'unknown rule'}, confidence {item.confidence:.2f}")
    for line in _promised(store, document, item.sentence):
        _field("promise", line)
    _page(document)


def highlighted(document: Document, sentence: Span, words: Span) -> str:
    """The paragraph, its sentence between » and «, the words themselves between [ and ]; bold on a terminal."""
    from communique.model import Span

    paragraph = paragraph_of(document, sentence)
    colours = sys.stdout.isatty()
    on, off = ("\x1b[1m", "\x1b[22m") if colours else ("[", "]")
    opening, closing = ("\x1b[7m", "\x1b[27m") if colours else ("»", "«")
    text = document.text
    before = Span(paragraph.start, sentence.start).cut(text)
    after = Span(sentence.end, paragraph.end).cut(text)
    inner = Span(max(words.start, sentence.start), min(words.end, sentence.end))
    middle = listing.marked(text, sentence, [inner] if inner.start < inner.end else [], on, off)
    if colours:
        return f"{before}{opening}{middle}{closing}{after}"
    whole = " ".join(f"{before}{opening}{middle}{closing}{after}".split())
    return textwrap.fill(whole, shared.width())


def paragraph_of(document: Document, sentence: Span) -> Span:
    """The paragraph of the article that holds the sentence; the sentence itself where none does."""
    return next((span for span in document.article if span.covers(sentence)), sentence)


def _person(who: Participant) -> str:
    actor = who.actor
    known = [part for part in (actor.code, " ".join(actor.sector), actor.office, actor.identifier) if part]
    name = actor.name or who.text
    said = f" from “{' '.join(who.text.split())}”" if who.text != name else ""
    others = f"; could also be {', '.join(who.alternatives)}" if who.alternatives else ""
    sure = f", confidence {who.confidence:.2f}" if who.confidence < 1 else ""
    return f"{name} ({', '.join(known) or 'no code'}){said}, by {who.via}{sure}{others}"


def _page(document: Document) -> None:
    published = document.published
    basis = f" ({published.basis}{f': {published.note}' if published.note else ''})"
    shared.out()
    _field("document", document.id)
    for name in ("title", "byline", "source", "url"):
        if getattr(document, name):
            _field(name, getattr(document, name))
    _field("published", listing.date(published) + (basis if published.basis != "none" or published.note else ""))


def _document(store: Archive, document: Document, as_json: bool) -> None:
    if as_json:
        from communique.export.plover import document_json

        shared.out(json.dumps(document_json(document), ensure_ascii=False))
        return
    _page(document)
    coded = store.coded(document.key)
    shared.out()
    for event in coded.events:
        shared.out(f"{event.id[:8]}  {listing.event_line(event)}")
    for line in _promised(store, document):
        _field("promise", line)
    for name, line in _travelled(store, document):
        _field(name, line)
    shared.out()
    for span in document.article:
        shared.out(textwrap.fill(" ".join(span.cut(document.text).split()), shared.width()))
        shared.out()
    older = [each for each in store.revisions(document.id) if each.key != document.key]
    if older:
        shared.out(f"{len(older)} other texts of it are kept: {', '.join(each.key for each in older)}")


def _travelled(store: Archive, document: Document) -> list[tuple[str, str]]:
    """Who prints the same text, and which paragraphs of it stand in other articles."""
    from communique.merge.passages import travels

    found = travels(store, document.key)
    lines = [("same text", listing.elsewhere(found.earliest, found.copies))] if found.copies else []
    for passage in found.passages:
        words = " ".join(passage.span.cut(document.text).split())
        lines.append(
            ("passage", f"“{textwrap.shorten(words, 70)}” {listing.elsewhere(passage.elsewhere, passage.documents)}")
        )
    return lines


def _decision(store: Archive, found: Record | Story | Judgement, as_json: bool) -> None:
    from communique.archive import codec
    from communique.model import Record

    if as_json:
        shared.out(codec.dump(found))
        return
    shared.out(f"{type(found).__name__.lower()} {found.id}")
    for line in codec.dump(found).strip("{}").split(',"'):
        shared.out("  " + line.replace('"', ""))
    if isinstance(found, Record):
        for member in found.members:
            item, document = store.get(member)
            if document is not None:
                shared.out(f"{member[:8]}  {document.source or document.id}: {getattr(item, 'event_text', '')}")


def _words(text: str | None) -> str:
    return f"“{text}”" if text else ""


def _field(name: str, value: str) -> None:
    shared.out(textwrap.fill(value, shared.width(), initial_indent=f"{name:12}", subsequent_indent=" " * 12))
