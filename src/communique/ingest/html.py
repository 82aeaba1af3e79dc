"""Web pages become Documents: their whole visible text in lines, the main text found again in it, and the metadata."""

from __future__ import annotations

import logging
import re
from dataclasses import replace

import htmldate
import lxml.html
import trafilatura
from lxml import etree

from communique.errors import InputError
from communique.ingest import align, calendar, finish
from communique.ingest.cleaner import Unit, clean
from communique.ingest.encoding import decode
from communique.ingest.labels import ARTICLE, TITLE, Label
from communique.ingest.linearise import HEADINGS, Linear, linearise
from communique.ingest.metadata import Metadata, read_metadata
from communique.ingest.repeats import normalised
from communique.model import DateEvidence, Document, Span

MAX_PAGE = 10_000_000  # characters of one page that are read
MAX_DEPTH = 400  # extractors recurse: deeper trees are left to the cleaner
MIN_MAIN = 60  # characters of main text below which the extractor has found nothing

for _name in ("trafilatura", "htmldate"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)  # they log what we report ourselves

_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w-]{2,40})""", re.I)


def from_html(
    html: str | bytes,
    *,
    id: str = "page",
    title: str | None = None,
    url: str | None = None,
    source: str | None = None,
    date: str | None = None,
    encoding: str | None = None,
    warnings: tuple[str, ...] = (),
) -> Document:
    """A Document of a web page. What the caller knows (title, url, source, date) outranks what the page says.

    Raises InputError where the page is empty, too long, or holds no text.
    """
    text, encoding, notes = _text(html, encoding)
    if len(text) > MAX_PAGE:
        raise InputError(
            f"a page of {len(text):,} characters is more than the {MAX_PAGE:,} that are read", where=id, advice="Split it"
        )
    root = _parse(text, id)
    linear = linearise(root)
    if not linear.lines:
        raise InputError("the page holds no text", where=id, advice="Save the page after its scripts have run")
    meta = read_metadata(root, url)
    deep = _depth(root) > MAX_DEPTH
    known = replace(meta, title=title or meta.title)
    main = None if deep else _main(text)
    if deep:
        notes += (f"tags nested more than {MAX_DEPTH} deep: the main text was found by the text cleaner",)
    labels, warned, byline, headers, bylines = _labels(linear, known, main)
    dates = _dates(text, root, known, deep, date)
    return finish.document(
        id=id,
        text=linear.text,
        spans=[Span(line.start, line.end) for line in linear.lines],
        labels=labels,
        title=known.title,
        byline=meta.byline or byline,
        source=source or meta.source,
        url=url or meta.url,
        stated_language=meta.language,
        dates=dates,
        header_dates=headers,
        byline_dates=bylines,
        encoding=encoding,
        media_type="text/html",
        warnings=(*warnings, *notes, *warned),
    )


def metadata_of(html: str, url: str | None = None) -> tuple[Metadata, list[DateEvidence]]:
    """The metadata and date evidence of a page whose text comes from elsewhere."""
    root = _parse(html[:MAX_PAGE], "html")
    meta = read_metadata(root, url)
    return meta, _dates(html[:MAX_PAGE], root, meta, _depth(root) > MAX_DEPTH, None)


def _text(html: str | bytes, encoding: str | None) -> tuple[str, str | None, tuple[str, ...]]:
    if isinstance(html, str):
        return html, encoding, ()
    declared = _CHARSET.search(html[:4_000])
    read = decode(html, declared=declared.group(1).decode("ascii") if declared else None)
    return read.text, read.encoding, read.warnings


def _parse(text: str, where: str) -> lxml.html.HtmlElement:
    """The tree of a page; whatever is in it, there is one."""
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    clean = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", " ", text).encode("utf-8", "replace")
    try:
        root = lxml.html.document_fromstring(clean, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError) as fault:
        raise InputError("the page is empty", where=where, advice="Check the file") from fault
    return root


def _depth(root: lxml.html.HtmlElement) -> int:
    depth = deepest = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest


def _main(text: str) -> str | None:
    """The main text as trafilatura keeps it, in precision mode and, where that finds nothing, in recall mode."""
    for mode in ({"favor_precision": True}, {"favor_recall": True}):
        try:
            found = trafilatura.extract(text, include_comments=False, include_tables=False, **mode)
        except Exception:  # noqa: BLE001 (whatever breaks in it on a broken page, the cleaner takes over)
            found = None
        if found and len(found) >= MIN_MAIN:
            return str(found)
    return None


def _dates(
    text: str, root: lxml.html.HtmlElement, meta: Metadata, deep: bool, given: str | None
) -> list[DateEvidence]:
    """All evidence for the day of publication, the most trustworthy first."""
    found = list(meta.dates)
    if not deep:
        try:
            guess = htmldate.find_date(text, original_date=True, extensive_search=True, url=meta.url)
        except Exception:  # noqa: BLE001
            guess = None
        day = calendar.stamp(guess) if guess else None
        if day:
            found.append(DateEvidence("metadata", day, day, f"htmldate: {guess}"))
    if given:
        day = calendar.stamp(given)
        if day:
            found.insert(0, DateEvidence("input", day, day, given))
    return found


def _labels(
    linear: Linear, meta: Metadata, main: str | None
) -> tuple[list[Label], tuple[str, ...], str | None, tuple[Span, ...], tuple[Span, ...]]:
    """A label for each line, with warnings, byline and the dates in header and byline."""
    texts = [linear.text[line.start : line.end] for line in linear.lines]
    cleaned = clean(linear.text, title=meta.title, spans=[Span(line.start, line.end) for line in linear.lines])
    if main is None:
        return list(cleaned.labels), cleaned.warnings, cleaned.byline, cleaned.header_dates, cleaned.byline_dates
    marks = align.kept(texts, main)
    titles = {normalised(title) for title in meta.titles} | {normalised(meta.title or "")}
    labels: list[Label] = []
    for line, text, keep, label in zip(linear.lines, texts, marks, cleaned.labels, strict=True):
        if normalised(text) in titles and (line.tag in HEADINGS or keep):
            labels.append(Label(TITLE, "the page's title"))
        elif keep:
            labels.append(_kept(text, line.end - line.start, label))
        elif not label.article and label.rule == "pattern":
            labels.append(label)
        else:
            labels.append(Label(line.place or "outside the main text", "not in the main text"))
    _mend(linear, labels)
    if not any(label.article for label in labels):
        return list(cleaned.labels), cleaned.warnings, cleaned.byline, cleaned.header_dates, cleaned.byline_dates
    return labels, (), cleaned.byline, cleaned.header_dates, cleaned.byline_dates


def _kept(text: str, size: int, label: Label) -> Label:
    """A line of the main text is article unless a pattern knows it for furniture."""
    if label.rule == "pattern":
        return label
    return Label(ARTICLE)


def _mend(linear: Linear, labels: list[Label]) -> None:
    """Take back paragraphs that the extractor lost between two it kept, in the same element."""
    kept = [number for number, label in enumerate(labels) if label.article]
    for before, after in zip(kept, kept[1:], strict=False):
        if not 1 < after - before <= 4:
            continue
        for number in range(before + 1, after):
            line = linear.lines[number]
            same = line.block == linear.lines[before].block == linear.lines[after].block
            unit = Unit(linear.text, Span(line.start, line.end), False)
            if same and labels[number].rule == "not in the main text" and unit.prose and line.linked < 0.5:
                labels[number] = Label(ARTICLE, "between two paragraphs of the main text")
