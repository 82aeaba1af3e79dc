"""Feeds (RSS, RDF, Atom, JSON Feed) become Documents: one of each entry, its HTML cleaned as a page's is."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import replace

import lxml.html
from lxml import etree

from communique.errors import CommuniqueError, InputError
from communique.ingest import calendar, feed_json, feed_xml, finish
from communique.ingest.cleaner import clean
from communique.ingest.cleaner.names import author
from communique.ingest.encoding import whole_characters
from communique.ingest.feed_xml import HEAD, Entry, Feed
from communique.ingest.html import MAX_PAGE
from communique.ingest.jsonl import Report
from communique.ingest.labels import ARTICLE, Label
from communique.ingest.linearise import flattened, linearise
from communique.ingest.text import from_text
from communique.model import DateEvidence, Document, Span

LINKS = 0.8  # the share of a line's characters from which on it is a list of links, not a sentence
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<!--")
_CHARACTER = re.compile(r"&(?:[a-zA-Z]{2,10}|#\d{1,7}|#x[0-9a-fA-F]{1,6});")
_ADVICE = "Fetch the feed again, or leave the entry away"


def recognised(data: bytes) -> bool:
    """Whether a file is a feed, by what it holds: the root of RSS, RSS 1.0 or Atom, or a JSON Feed's version."""
    return feed_xml.recognised(data[:HEAD]) or feed_json.recognised(data)


def read_feed(data: bytes, name: str, report: Report) -> Iterator[Document]:
    """The documents of a feed in the order of its entries; an entry that cannot be read is reported and costs itself.

    name: the file's name; an entry is told as "name#number", which is also its id where it has neither guid nor link.
    Raises InputError where the file is no feed that can be read, or holds no entry.
    """
    feed = (feed_xml if feed_xml.recognised(data[:HEAD]) else feed_json).parse(data)
    seen: set[str] = set()
    empty = True
    for number, entry in enumerate(feed.entries, 1):
        empty = False
        where = f"{name}#{number}"
        if isinstance(entry, CommuniqueError):
            report(InputError(entry.what, where=where, advice=entry.advice))
            continue
        id = entry.guid or entry.link or where
        # a guid that stands twice in one feed names nothing
        id = where if id in seen else id
        seen.add(id)
        try:
            yield _document(entry, feed, id)
        except CommuniqueError as fault:
            report(InputError(fault.what, where=where, advice=fault.advice or _ADVICE))
    if empty:
        raise InputError("is a feed without entries", where=name, advice="Fetch it again, or leave it away")


def _document(entry: Entry, feed: Feed, id: str) -> Document:
    """One entry as a Document. Raises InputError where it holds no text but its title."""
    title = _plain(entry.title)
    people = dict.fromkeys(name for name in map(author, entry.authors) if name)
    dates, warnings = _dates(entry)
    body = whole_characters(entry.body)
    if not body.strip():
        what = "the entry holds a title, but no text" if title else "the entry holds no text"
        raise InputError(what, where=id, advice="Save the page that it links to and read that")
    if len(body) > MAX_PAGE:
        raise InputError(f"an entry of {len(body):,} characters is more than the {MAX_PAGE:,} that are read", where=id)
    if entry.html and not _TAG.search(body) and _CHARACTER.search(body):
        body = html.unescape(body)
    if entry.html and _TAG.search(body):
        return _of_html(body, entry, feed, id, title, ", ".join(people) or None, dates, warnings)
    made = from_text(
        body,
        id=id,
        title=title,
        byline=", ".join(people) or None,
        url=entry.link,
        source=_plain(entry.source) or _plain(feed.title),
        dates=dates,
        language=_language(entry.language or feed.language),
        encoding=feed.encoding,
        media_type=feed.media_type,
        warnings=(*feed.warnings, *warnings),
    )
    return replace(made, title=title) if title else made


def _of_html(
    body: str,
    entry: Entry,
    feed: Feed,
    id: str,
    title: str | None,
    byline: str | None,
    dates: tuple[DateEvidence, ...],
    warnings: tuple[str, ...],
) -> Document:
    """A Document of an entry's HTML. It is a piece of a page: there is no frame around it that an extractor could
    tell from the main text, so the cleaner and the elements' own places say what is furniture."""
    linear = linearise(_parse(body))
    if not linear.lines:
        linear = flattened(body)
    if not linear.lines:
        raise InputError("the entry holds no text, only pictures or scripts", where=id)
    spans = [Span(line.start, line.end) for line in linear.lines]
    cleaned = clean(linear.text, title=title, spans=spans)
    labels: list[Label] = []
    for line, unit, seen in zip(linear.lines, cleaned.units, cleaned.labels, strict=True):
        if seen.article and line.place:
            labels.append(Label(line.place, "its place in the entry"))
        elif seen.article and line.linked >= LINKS and not unit.prose:
            labels.append(Label("links", "nothing but links"))
        else:
            labels.append(seen)
    if not any(label.article for label in labels):
        labels = [*cleaned.labels]
    if not any(label.article for label in labels):
        labels = [Label(ARTICLE, "nothing else stands in the entry") for _ in labels]
    return finish.document(
        id=id,
        text=linear.text,
        spans=spans,
        labels=labels,
        title=title or cleaned.title,
        byline=byline or cleaned.byline,
        source=_plain(entry.source) or _plain(feed.title),
        url=entry.link,
        stated_language=_language(entry.language or feed.language),
        dates=_with_url(dates, entry.link),
        header_dates=cleaned.header_dates,
        byline_dates=cleaned.byline_dates,
        encoding=feed.encoding,
        media_type=feed.media_type,
        warnings=(*feed.warnings, *warnings, *cleaned.warnings),
    )


def _parse(body: str) -> lxml.html.HtmlElement:
    """The tree of an entry's HTML; broken tags are closed."""
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    clean_body = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", " ", body)
    try:
        page = f"<html><body>{clean_body}</body></html>".encode("utf-8", "replace")
        return lxml.html.document_fromstring(page, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError) as fault:
        raise InputError("the entry's HTML cannot be read") from fault


def _plain(words: str | None) -> str | None:
    """A title as text: without tags, characters written out, on one line."""
    if not words:
        return None
    if _TAG.search(words):
        words = _TAG.sub("", words)
    if _CHARACTER.search(words):
        words = html.unescape(words)
    return " ".join(whole_characters(words).split()) or None


def _dates(entry: Entry) -> tuple[tuple[DateEvidence, ...], tuple[str, ...]]:
    """The day an entry states: that of its publication as given with the text, else that of its last change.

    The day is the publisher's own, as written: 23:30 -0800 is not the next day.
    """
    for kind, stated in (("input", entry.published), ("metadata", entry.updated)):
        if stated is None:
            continue
        day = calendar.stamp(stated.words) or stated.day
        if day is not None:
            return (DateEvidence(kind, day, day, stated.words),), ()
    unread = entry.published or entry.updated
    if unread is None:
        return (), ()
    return (), (f"the date {unread.words[:40]!r} is not one that can be read",)


def _with_url(dates: tuple[DateEvidence, ...], url: str | None) -> tuple[DateEvidence, ...]:
    found = calendar.in_url(url) if url else None
    return (*dates, DateEvidence("url", found[0], found[0], found[1])) if found else dates


def _language(stated: str | None) -> str | None:
    """ISO 639-1 of a tag such as "en-GB"."""
    match = re.match(r"[A-Za-z]{2}(?![A-Za-z])", stated or "")
    return match.group().lower() if match else None
