"""The ledger as JSON objects and as flat rows of CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Any

from communique.export.dates import period
from communique.measure.pledges.nouns import Evidence, Page, Pledge, Promise
from communique.model import Figure, Span

COLUMNS = (
    "id", "made", "by", "to", "kind", "verdict", "late", "why", "value", "unit", "amount", "measure", "deadline",
    "project", "inferred", "text", "document_id", "publication", "url", "tellings", "outlets", "reports",
)  # fmt: skip


def row(entry: Pledge) -> dict[str, Any]:
    """An entry of the ledger, every part with its sentence and span."""
    promise = entry.promise
    return {
        "id": entry.id,
        "kind": promise.kind,
        "by": list(promise.by),
        "to": list(promise.to),
        "between": sorted(promise.parties),
        "inferred": promise.inferred,
        "made": period(promise.made),
        "deadline": period(entry.deadline),
        "deadline_text": entry.deadline.text,
        "amount": _amount(entry.amount),
        "project": promise.project,
        "verdict": entry.verdict,
        "late": entry.late,
        "why": entry.why,
        "promise_text": promise.words,
        "told": [_told(each) for each in entry.told],
        "reports": [_report(each) for each in entry.evidence],
    }


def _amount(figure: Figure | None) -> dict[str, Any] | None:
    if figure is None:
        return None
    return {
        "value": figure.value, "unit": figure.unit, "per": figure.per, "measure": figure.measure,
        "status": figure.status, "figure_text": figure.text, "id": figure.id,
    }  # fmt: skip


def _place(page: Page, sentence: Span, span: Span, text: str) -> dict[str, Any]:
    return {
        "text": text,
        "text_info": {"start": sentence.start, "end": sentence.end},
        "span": {"start": span.start, "end": span.end},
        "document_id": page.id,
        "cite_info": {
            "title": page.title, "publication": page.source, "url": page.url, "date": period(page.published),
        },
    }  # fmt: skip


def _told(promise: Promise) -> dict[str, Any]:
    amount = promise.amount.text if promise.amount else None
    return {"amount": amount, **_place(promise.said.page, promise.said.span, promise.span, promise.said.text)}


def _report(each: Evidence) -> dict[str, Any]:
    return {
        "verdict": each.verdict, "late": each.late, "why": each.why,
        **_place(each.said.page, each.said.span, each.span, each.said.text),
    }  # fmt: skip


def outlets(entry: Pledge) -> int:
    """How many outlets tell the promise."""
    return len({(each.said.page.source or each.said.page.id).casefold() for each in entry.told})


def csv_text(entries: Iterable[Pledge]) -> str:
    """One row an entry; several values in one cell are joined by "; "."""
    stream = io.StringIO()
    writer = csv.DictWriter(stream, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for entry in entries:
        full = row(entry)
        amount = full["amount"] or {}
        first = full["told"][0]
        writer.writerow({
            "id": entry.id, "made": full["made"], "by": "; ".join(full["by"]), "to": "; ".join(full["to"]),
            "kind": full["kind"], "verdict": entry.verdict, "late": entry.late, "why": entry.why,
            "value": amount.get("value"), "unit": amount.get("unit"), "amount": amount.get("figure_text"),
            "measure": amount.get("measure"), "deadline": full["deadline"], "project": full["project"],
            "inferred": full["inferred"], "text": " ".join(first["text"].split()),
            "document_id": first["document_id"], "publication": first["cite_info"]["publication"],
            "url": first["cite_info"]["url"], "tellings": len(entry.told), "outlets": outlets(entry),
            "reports": "; ".join(f"{each['document_id']}: {each['verdict']}" for each in full["reports"]),
        })  # fmt: skip
    return stream.getvalue()
