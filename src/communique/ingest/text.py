"""Plain text becomes a Document: the text is kept as it is, and the cleaner says what is article."""

from __future__ import annotations

from collections.abc import Sequence

from communique.errors import InputError
from communique.ingest import calendar, finish
from communique.ingest.cleaner import clean
from communique.ingest.encoding import mojibake
from communique.model import DateEvidence, Document

MAX_TEXT = 10_000_000  # characters of one text that are read


def from_text(
    text: str,
    *,
    id: str = "text",
    title: str | None = None,
    byline: str | None = None,
    url: str | None = None,
    source: str | None = None,
    date: str | None = None,
    dates: Sequence[DateEvidence] = (),
    language: str | None = None,
    encoding: str | None = None,
    media_type: str = "text/plain",
    warnings: tuple[str, ...] = (),
) -> Document:
    """A Document of a text. `text` is kept to the letter; what the caller knows outranks what the text says.

    Raises InputError where the text is empty or longer than MAX_TEXT characters.
    """
    if not text.strip():
        raise InputError("there is no text", where=id, advice="Check the file: it is empty or blank")
    if len(text) > MAX_TEXT:
        raise InputError(
            f"a text of {len(text):,} characters is more than the {MAX_TEXT:,} that are read as one document",
            where=id,
            advice="Split it into one article a file, or one a line of JSON Lines",
        )
    cleaned = clean(text, title=title)
    evidence = list(dates)
    if date:
        day = calendar.stamp(date)
        if day:
            evidence.insert(0, DateEvidence("input", day, day, date))
        else:
            warnings += (f"the date {date[:40]!r} is not one that can be read: write YYYY-MM-DD",)
    if url and not any(e.kind == "url" for e in evidence):
        found = calendar.in_url(url)
        if found:
            evidence.append(DateEvidence("url", found[0], found[0], found[1]))
    wrong = mojibake(text)
    if wrong:
        warnings += (f"{wrong} places look like UTF-8 read in another encoding; the text was kept as it was given",)
    return finish.document(
        id=id,
        text=text,
        spans=cleaned.spans,
        labels=cleaned.labels,
        title=cleaned.title,
        byline=byline or cleaned.byline,
        source=source,
        url=url,
        stated_language=language,
        dates=evidence,
        header_dates=cleaned.header_dates,
        byline_dates=cleaned.byline_dates,
        encoding=encoding,
        media_type=media_type,
        warnings=(*warnings, *cleaned.warnings),
    )
