"""The ledger of promises: who promised what to whom, by when, and what later reports say of it."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Depends, Query

from communique.export.brief import wording
from communique.measure.pledges import VERDICTS, ledger
from communique.measure.pledges.rows import row as as_row
from communique.web.asked import Asked, Paging, asked, paging, words
from communique.web.desk import Desk, desk_of
from communique.web.pages import Page, add
from communique.web.queries import overview

router = APIRouter()
WHOLE = 3_000  # documents of an archive whose whole ledger is made; of a larger one only that of the states named


def pledges(
    desk: Desk = Depends(desk_of),
    wanted: Asked = Depends(asked),
    paged: Paging = Depends(paging),
    verdict: list[str] | None = Query(None, description=f"One of {', '.join(VERDICTS)}."),
) -> Page:
    """Promises with the sentence that makes each, and the later sentences that speak of it."""
    held = desk.kept("held", lambda: overview.held(desk.archive))
    named = tuple(word for word in words(verdict) if word in VERDICTS)
    written = wanted.written | {"verdict": named[0] if named else ""}
    context: dict[str, Any] = {"wanted": written, "verdicts": VERDICTS, "counts": {}, "entries": [], "whole": True}
    if held.documents > WHOLE and not wanted.states:
        data = {**paged.of(0), "pledges": []}
        return Page("pledges.html.j2", "Pledges", data, [], context | {"whole": False, "as_of": None})
    key = f"pledges {wanted.states} {wanted.since} {wanted.until} {wanted.undated}"
    found = desk.kept(
        key,
        lambda: ledger(
            desk.archive,
            wanted.states,
            since=wanted.since,
            until=wanted.until,
            undated=wanted.undated or not (wanted.since or wanted.until),
        ),
    )
    entries = [entry for entry in found if not named or entry.verdict in named]
    shown = entries[paged.offset : paged.offset + paged.size]
    rows = [as_row(entry) for entry in shown]
    keys = {entry.id: entry.promise.said.page.key for entry in shown}
    context |= {
        "counts": found.count(),
        "as_of": found.as_of,
        "entries": [
            {
                "row": row,
                "by": wording.listed([wording.state(code) for code in row["by"]]) or "Somebody",
                "to": wording.listed([wording.in_text(wording.state(code)) for code in row["to"]]),
                "made": wording.date(entry.promise.made),
                "deadline": wording.day(entry.deadline.latest) if entry.deadline.latest else None,
                "key": keys[entry.id],
                "reports": [
                    {"row": report, "key": each.said.page.key, "date": wording.date(each.when)}
                    for report, each in zip(row["reports"], entry.evidence, strict=True)
                ],
            }
            for entry, row in zip(shown, rows, strict=True)
        ],
    }
    table = [
        {name: value for name, value in row.items() if not isinstance(value, (dict, list)) or name in ("by", "to")}
        for row in rows
    ]
    return Page("pledges.html.j2", "Pledges", {**paged.of(len(entries)), "pledges": rows}, table, context)


add(router, "/pledges", pledges, "The ledger of promises", menu="Pledges")
