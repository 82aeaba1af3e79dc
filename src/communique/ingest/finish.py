"""The last step of every reader: labelled lines, metadata and dates become one Document."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Sequence

from communique.addresses import host
from communique.ingest import calendar, disguise
from communique.ingest.cleaner.names import url_of
from communique.ingest.cleaner.patterns import expand
from communique.ingest.labels import ARTICLE, BYLINE, Label, parts
from communique.ingest.language import language as language_of
from communique.ingest.outlet import outlet
from communique.model import UNKNOWN, DateEvidence, Document, Span, When

# Which evidence speaks for the day of publication, the strongest first, and on what basis.
TRUST = (("input", "stated"), ("json-ld", "page date"), ("metadata", "page date"), ("byline", "stated"))

_DATELINE = re.compile(
    r"^[A-Z][A-Z .,'’\-/]{2,60}(?:\([^)]{2,40}\))?[,\s]{1,3}(?P<date>[A-Za-z0-9., ]{6,24}?)"
    r"(?:\s*\([^)]{2,40}\))?\s*[-–—]{1,2}\s"
)


@functools.cache
def _site_name() -> re.Pattern[str]:
    return re.compile(expand(r"\b((?:[a-z0-9][a-z0-9-]{0,60}\.){1,4}<site_ending>)\b"), re.I)


def document(
    *,
    id: str,
    text: str,
    spans: Sequence[Span],
    labels: Iterable[Label],
    title: str | None,
    byline: str | None,
    source: str | None,
    url: str | None,
    stated_language: str | None,
    dates: Sequence[DateEvidence],
    header_dates: Sequence[Span],
    byline_dates: Sequence[Span],
    encoding: str | None,
    media_type: str,
    warnings: Sequence[str],
) -> Document:
    """Assemble a Document. Labels and spans go together one by one; nothing that is not blank may be left out."""
    labels = list(labels)
    made = parts(text, spans, labels)
    evidence = [*dates, *_visible(text, header_dates, "header"), *_visible(text, byline_dates, "byline")]
    if made.article:
        evidence += _dateline(text, made.article[0])
    code = _language(text, made.article, stated_language)
    notes = list(dict.fromkeys((*warnings, *disguise.warnings_of(text))))
    if code not in (None, "en"):
        notes.append(f"the article's language is {code!r}, not English: little will be read out of it")
    return Document(
        id=id,
        text=text,
        article=made.article,
        furniture=made.furniture,
        repeats=made.repeats,
        title=title,
        byline=byline,
        source=source or _site(text, spans, labels, url, title),
        url=url,
        language=code,
        published=published(evidence),
        page_date=_page_date(evidence),
        date_evidence=tuple(evidence),
        encoding=encoding,
        media_type=media_type,
        warnings=tuple(notes),
    )


def published(evidence: Sequence[DateEvidence]) -> When:
    """The day of publication as the best evidence states it; UNKNOWN where only the page's header or the url speaks."""
    for kind, basis in TRUST:
        found = next((e for e in evidence if e.kind == kind), None)
        if found is not None:
            note = f"from {kind}: {found.text}"
            differing = [e for e in evidence if e.earliest != found.earliest and e.kind != "header"]
            others = sorted({f"{e.kind} {e.earliest}" for e in differing})
            if others:
                note += f"; others say {', '.join(others)}"
            return When(
                found.earliest,
                found.latest,
                "day",
                "stated" if basis == "stated" else "page date",
                found.text,
                found.span,
                note,
            )
    return UNKNOWN


def _visible(text: str, spans: Sequence[Span], kind: str) -> list[DateEvidence]:
    """The full dates of visible date lines."""
    found: list[DateEvidence] = []
    for span in spans:
        line = span.cut(text)
        date = calendar.in_line(line)
        if date:
            day, start, end = date
            found.append(DateEvidence(kind, day, day, line[start:end], Span(span.start + start, span.start + end)))
    return found


def _dateline(text: str, first: Span) -> list[DateEvidence]:
    """The dateline of the first paragraph, where it names a full date."""
    match = _DATELINE.match(first.cut(text)[:160])
    date = calendar.in_line(match.group("date")) if match else None
    if match is None or date is None:
        return []
    day, begin, end = date
    place = first.start + match.start("date")
    words = match.group("date")[begin:end]
    return [DateEvidence("dateline", day, day, words, Span(place + begin, place + end))]


def _page_date(evidence: Sequence[DateEvidence]) -> When:
    """What the page's own date line says."""
    found = next((e for e in evidence if e.kind == "header"), None)
    if found is None:
        return UNKNOWN
    return When(
        found.earliest,
        found.latest,
        "day",
        "stated",
        found.text,
        found.span,
        "the page's own date line; it may be the day of viewing, so the article is not younger",
    )


def _language(text: str, article: Sequence[Span], stated: str | None) -> str | None:
    sample, size = [], 0
    for span in article:
        sample.append(span.cut(text)[:2_000])
        size += len(sample[-1])
        if size > 4_000:
            break
    return language_of(" ".join(sample)) or stated


def _site(text: str, spans: Sequence[Span], labels: Sequence[Label], url: str | None, title: str | None) -> str | None:
    """The outlet, where no metadata name it: the site of url, byline's address or copyright line; else by name."""
    addresses = [url] if url else []
    pairs = [(span, label) for span, label in zip(spans, labels, strict=True) if label.reason != ARTICLE]
    lines = [(label.reason, span.cut(text)[:600]) for span, label in pairs]
    addresses += [found for reason, line in lines if reason == BYLINE for found in (url_of(line),) if found]
    for address in addresses:
        found = host(address)
        if found:
            return found
    for reason, line in lines:
        match = _site_name().search(line) if reason == "copyright notice" else None
        if match:
            return match.group(1).lower().removeprefix("www.")
    first = next((span for span, label in zip(spans, labels, strict=True) if label.reason == ARTICLE), None)
    before = [span.cut(text)[:600] for span, _ in pairs if first is not None and span.start < first.start]
    head = [words.strip() for line in before[:6] for words in line.splitlines()]
    article = first.cut(text) if first is not None else None
    copyrights = [line for reason, line in lines if reason == "copyright notice"]
    return outlet(title, head, copyrights, article)
