"""`communique document`: how a page was understood: its article, its furniture and why, its date."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

from communique.cli import shared
from communique.settings import DEFAULT_MODEL, Settings

if TYPE_CHECKING:
    from communique.model import Document, Span, When


def document(
    inputs: Annotated[
        list[str] | None, typer.Argument(metavar="FILE", help="Pages, or - for standard input.", show_default=False)
    ] = None,
    as_json: shared.Json = False,
    model: shared.Model = DEFAULT_MODEL,
) -> int:
    """Show how a page was understood.

    Each line with its label (article, furniture, repeat) and the reason for it, and the date with its bounds.
    """
    from communique.export.plover import document_json
    from communique.pipeline import Coder

    coder = Coder(Settings(model=model, kinds=()))
    faults = shared.Faults()
    done = 0
    for page in shared.documents_of(shared.inputs_of(inputs), faults):
        dated = coder.code(page).document
        if as_json:
            shared.out(json.dumps(document_json(dated), ensure_ascii=False))
        else:
            if done:
                shared.out()
            _print(dated)
        done += 1
    return faults.code(done)


def _print(page: Document) -> None:
    head = {
        "document": page.id,
        "title": page.title,
        "byline": page.byline,
        "source": page.source,
        "url": page.url,
        "language": page.language,
        "published": _date(page.published),
        "page date": _date(page.page_date) if page.page_date.known else None,
    }
    for name, value in head.items():
        shared.out(f"{name:10} {value if value else 'unknown' if name != 'page date' else 'none'}")
    for warning in page.warnings:
        shared.out(f"{'warning':10} {warning}")
    shared.out()
    room = shared.width() - 40
    start = 0
    for number, line in enumerate(page.text.splitlines(keepends=True), 1):
        stripped = line.strip()
        if stripped:
            label, reason = label_of(page, start + line.index(stripped[0]), start + len(line.rstrip()))
            shown = stripped if len(stripped) <= room else stripped[: room - 1] + "…"
            shared.out(f"{number:5}  {label:9} {reason[:20]:20}  {shown}")
        start += len(line)


def label_of(page: Document, start: int, end: int) -> tuple[str, str]:
    """What a line is, by where most of it lies, and why."""
    shares: dict[tuple[str, str], int] = {}

    def count(span: Span, label: str, reason: str) -> None:
        common = min(span.end, end) - max(span.start, start)
        if common > 0:
            shares[label, reason] = shares.get((label, reason), 0) + common

    for span in page.article:
        count(span, "article", "")
    for part in page.furniture:
        count(part.span, "furniture", part.reason)
    for repeat in page.repeats:
        count(repeat.span, "repeat", f"of line {page.text.count(chr(10), 0, repeat.of.start) + 1}")
    return max(shares, key=lambda label: shares[label]) if shares else ("unlabelled", "")


def _date(when: When) -> str:
    from communique.export.dates import period

    known = period(when)
    note = f": {when.note}" if when.note else ""
    return f"{known} ({when.basis}{note})" if known else f"unknown{note}"
