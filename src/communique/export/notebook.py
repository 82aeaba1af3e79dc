"""Items as HTML for notebooks: each with its sentence, the words that say it highlighted, and where it stands."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Any

from communique.export.plover import to_json
from communique.model import Document, Event, Item, Span


def table_html(pairs: Iterable[tuple[Item, Document]]) -> str:
    """A table of items, one row each."""
    rows = "".join(row_html(item, document) for item, document in pairs)
    head = "<tr><th>date</th><th>what</th><th>who</th><th>sentence</th><th>source</th></tr>"
    return f'<table class="communique"><thead>{head}</thead><tbody>{rows}</tbody></table>'


def row_html(item: Item, document: Document) -> str:
    """One item as a table row."""
    row = to_json(item, document)
    date = row.get("date") or row.get("period") or ""
    if row.get("enddate"):
        date = f"{date}/{row['enddate']}"
    stance = row.get("stance", "actual")
    what = {
        "event": f"{row.get('event')} {row.get('mode') or ''}".strip() + ("" if stance == "actual" else f" ({stance})"),
        "figure": f"{row.get('measure') or 'figure'} ({row.get('status')})",
        "quote": f"quote ({row.get('mode')})",
        "project": f"{row.get('name')} ({row.get('stage') or 'stage unknown'})",
        "forum": f"{row.get('name')} ({row.get('role')})",
    }.get(row["kind"], row["kind"])
    cells = (date, what, _who(row))
    source = escape(document.source or document.id)
    if document.url and document.url.startswith(("http://", "https://")):
        source = f'<a href="{escape(document.url, quote=True)}">{source}</a>'
    shown = "".join(f"<td>{escape(str(cell))}</td>" for cell in cells)
    return f'<tr title="{escape(row["id"])}">{shown}<td>{sentence_html(item, document)}</td><td>{source}</td></tr>'


def sentence_html(item: Item, document: Document) -> str:
    """The sentence with the item's own words in <mark>."""
    text, sentence = document.text, item.sentence
    span = item.trigger if isinstance(item, Event) else item.span
    start, end = max(span.start, sentence.start), min(span.end, sentence.end)
    if start >= end:
        return escape(sentence.cut(text))
    before, after = Span(sentence.start, start), Span(end, sentence.end)
    return f"{escape(before.cut(text))}<mark>{escape(text[start:end])}</mark>{escape(after.cut(text))}"


def _who(row: dict[str, Any]) -> str:
    sides = []
    for role in ("actor", "recipient", "between", "speaker", "by", "about", "members"):
        held = row.get(role)
        people = held if isinstance(held, list) else [held] if held else []
        names = dict.fromkeys(str(who["code"] or who["name"] or who["entity_text"]) for who in people)
        if names:
            sides.append(", ".join(names))
    return " → ".join(sides)
