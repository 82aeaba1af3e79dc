"""`communique disagreements`: events that reports tell differently, with who says what."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from communique.cli import shared

if TYPE_CHECKING:
    from communique.archive import Archive
    from communique.model import Record

CONTESTED = ("stance", "figure", "date", "place", "mode")  # who took part differs in wording nearly always


def disagreements(
    states: shared.States = None,
    archive: shared.ArchiveOption = shared.DEFAULT_ARCHIVE,
    limit: shared.Limit = None,
    as_json: shared.Json = False,
) -> int:
    """List what reports tell differently, and who says what.

    Records whose reports contradict each other: one denies it, or gives another amount.
    """
    from communique.cli.states import codes

    with shared.open_archive(archive) as store:
        wanted = {event.id for event in store.events(between=codes(states))} if states else None
        found = [
            record
            for record in store.records()
            if record.status == "disputed" and (wanted is None or wanted.intersection(record.members))
        ][:limit]
        for record in found:
            fields = contested(store, record)
            if as_json:
                row = {"id": record.id, "event": record.event, "events": list(record.members), "values": fields}
                shared.out(json.dumps(row, ensure_ascii=False))
                continue
            shared.out(f"{record.id[:8]}  {record.event}  told {len(record.members)} times")
            for field in fields:
                outlet = field["publication"] or field["document_id"]
                shared.out(f"          {field['field']:7} {field['value']}  ({outlet})")
    if not found and not as_json:
        shared.say("communique: no disagreement there")
    return 0


def contested(store: Archive, record: Record) -> list[dict[str, Any]]:
    """The fields of a record for which there are several values, each value with the document that gives it."""
    rows = []
    for field in CONTESTED:
        values = [(value, key) for name, value, key in record.values if name == field]
        if len({value for value, _ in values}) < 2:
            continue
        for value, key in values:
            document = store.document(key)
            rows.append({"field": field, "value": value, "document_id": document.id, "publication": document.source})
    return rows
