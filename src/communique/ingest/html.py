"""Web pages become Documents: their whole visible text in lines, the main text found again in it, and the metadata."""

from __future__ import annotations

import logging
import re
from dataclasses import replace

import lxml.html
from lxml import etree

from communique.errors import InputError
from communique.ingest import align, calendar, finish
from communique.ingest.cleaner import Cleaned, Unit, clean
from communique.ingest.encoding import decode
from communique.ingest.labels import ARTICLE, TITLE, Label
from communique.ingest.linearise import HEADINGS, Linear, PageLine, flattened, linearise
from communique.ingest.metadata import Metadata, read_metadata
from communique.ingest.repeats import normalised
from communique.model import DateEvidence, Document, Span

MAX_PAGE = 10_000_000  # characters of one page that are read
MAX_EXTRACTED = 2_000_000  # characters of a page that extractors read in reasonable time
MAX_DEPTH = 400  # extractors recurse: deeper trees are left to the cleaner
MIN_MAIN = 60  # characters of main text below which the extractor has found nothing
# What the cleaner says of a line is believed against the extractor, where the two agree on AGREED of the main text.
AGREED = 0.8
LISTED = frozenset(("li", "dd", "dt"))
BELIEVED = frozenset(("author blurb", "promotion", "below the article"))

for _name in ("trafilatura", "htmldate"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)  # they log what we report ourselves

_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w-]{2,40})""", re.I)


def from_html(
    html: str | bytes,
    *,
    id: str = "page",
    title: str | None = None,
    byline: str | None = None,
    url: str | None = None,
    source: str | None = None,
    date: str | None = None,
    encoding: str | None = None,
    warnings: tuple[str, ...] = (),
) -> Document:
    """A Document of a web page. What the caller knows (title, byline, url, source, date) outranks what the page says.

    Raises InputError where the page is empty, too long, or holds no text.
    """
    text, encoding, notes = _text(html, encoding)
    if len(text) > MAX_PAGE:
        raise InputError(
            f"a page of {len(text):,} characters is more than the {MAX_PAGE:,} that are read",
            where=id,
            advice="Split it",
        )
    root = _parse(text, id)
    held = list(root.iter())  # lxml makes an element anew whenever nobody holds it; it is walked through four times
    linear = linearise(root)
    if not linear.lines:
        linear = flattened(text)
        notes += ("the page's tags are broken or nested too deep: they were taken for line breaks",)
    if not linear.lines:
        raise InputError("the page holds no text", where=id, advice="Save the page after its scripts have run")
    meta = read_metadata(root, url)
    deep = _depth(root) > MAX_DEPTH or len(text) > MAX_EXTRACTED
    known = replace(meta, title=title or meta.title)
    spans = [Span(line.start, line.end) for line in linear.lines]
    cleaned = clean(linear.text, title=known.title, spans=spans)
    main = None if deep else _main(text)
    if deep:
        notes += ("too long or nested too deep for the extractor: the main text was found by the text cleaner",)
    dates = _dates(text, root, known, deep, date)
    del held
    return finish.document(
        id=id,
        text=linear.text,
        spans=spans,
        labels=_labels(linear, spans, known, main, cleaned),
        title=known.title or cleaned.title,
        byline=byline or meta.byline or cleaned.byline,
        source=source or meta.source,
        url=url or meta.url,
        stated_language=meta.language,
        dates=dates,
        header_dates=cleaned.header_dates,
        byline_dates=cleaned.byline_dates,
        encoding=encoding,
        media_type="text/html",
        warnings=(*warnings, *notes, *cleaned.warnings),
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
    import trafilatura  # text and JSON Lines without pages need not wait for it

    for precise in (True, False):
        try:
            found = trafilatura.extract(
                text, favor_precision=precise, favor_recall=not precise, include_comments=False, include_tables=False
            )
        except Exception:  # whatever breaks in it on a broken page, the cleaner takes over
            found = None
        if found and len(found) >= MIN_MAIN:
            return str(found)
    return None


def _dates(text: str, root: lxml.html.HtmlElement, meta: Metadata, deep: bool, given: str | None) -> list[DateEvidence]:
    """All evidence for the day of publication, the most trustworthy first."""
    found = list(meta.dates)
    if not deep:
        import htmldate

        try:
            guess = htmldate.find_date(text, original_date=True, extensive_search=True, url=meta.url)
        except Exception:  # whatever breaks in it, the page's own words remain
            guess = None
        day = calendar.stamp(guess) if guess else None
        if day:
            found.append(DateEvidence("metadata", day, day, f"htmldate: {guess}"))
    if given:
        day = calendar.stamp(given)
        if day:
            found.insert(0, DateEvidence("input", day, day, given))
    return found


def _labels(linear: Linear, spans: list[Span], meta: Metadata, main: str | None, cleaned: Cleaned) -> list[Label]:
    """A label for each line: what the extractor kept is article; the cleaner or the place says what the rest is.

    Where the two disagree: known furniture is furniture wherever it stands; below the body the cleaner is believed;
    paragraphs that the cleaner takes for article and that stand in the same place as kept ones are taken back.
    """
    texts = [span.cut(linear.text) for span in spans]
    marks = align.kept(texts, main or "")
    if not any(marks):
        return list(cleaned.labels)
    titles = {normalised(title) for title in (meta.title or "", *meta.titles)}
    kept = [
        (span.end - span.start, seen) for span, keep, seen in zip(spans, marks, cleaned.labels, strict=True) if keep
    ]
    agreed = sum(size for size, seen in kept if seen.article)
    believed = BELIEVED if agreed >= AGREED * sum(size for size, _ in kept) else frozenset()
    first, last = marks.index(True), len(marks) - 1 - marks[::-1].index(True)
    places = [line.place for line, keep in zip(linear.lines, marks, strict=True) if keep]
    labels: list[Label] = []
    for number, (line, keep, seen) in enumerate(zip(linear.lines, marks, cleaned.labels, strict=True)):
        if normalised(texts[number]) in titles and (line.tag in HEADINGS or keep or seen.reason == TITLE):
            labels.append(Label(TITLE, "the page's title"))
        elif not seen.article and (seen.rule == "pattern" or (keep and seen.reason in believed)):
            labels.append(seen)
        elif keep:
            labels.append(Label(ARTICLE))
        elif _lost(line, cleaned.units[number], seen, first < number < last) and line.place in places:
            labels.append(Label(ARTICLE, "a paragraph in the place of the main text"))
        else:
            labels.append(Label(line.place or "outside the main text", "not in the main text"))
    return labels if any(label.article for label in labels) else list(cleaned.labels)


def _lost(line: PageLine, unit: Unit, seen: Label, between: bool) -> bool:
    """Whether a line that the extractor left out belongs to the article: a paragraph, or an entry of a list inside."""
    return seen.article and line.linked < 0.5 and (unit.prose or (between and line.tag in LISTED))
