"""The ledger of promises: who promised what to whom, by when, and what later reports say of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from fastapi import APIRouter, Depends, Query

from communique.archive import Archive
from communique.export.brief import wording
from communique.measure.pledges import VERDICTS, gather, ledger
from communique.measure.pledges.rows import row as as_row
from communique.web import answers
from communique.web.asked import Asked, Paging, asked, paging, words
from communique.web.desk import Desk, desk_of
from communique.web.pages import Page, add

router = APIRouter()
MOST = 3_000  # articles of which a ledger is made: it has to read every one of them whole


def pledges(
    desk: Desk = Depends(desk_of),
    wanted: Asked = Depends(asked),
    paged: Paging = Depends(paging),
    verdict: list[str] | None = Query(None, description=f"One of {', '.join(VERDICTS)}."),
) -> Page:
    """Promises with the sentence that makes each, and the later sentences that speak of it."""
    named = tuple(word for word in words(verdict) if word in VERDICTS)
    made = of_states(desk, wanted.states, wanted.since, wanted.until, undated=wanted.undated)
    found = made or {"entries": [], "counts": {}, "as_of": None, "articles": 0, "whole": True}
    entries = [entry for entry in found["entries"] if not named or entry["row"]["verdict"] in named]
    shown = entries[paged.offset : paged.offset + paged.size]
    rows = [entry["row"] for entry in shown]
    context: dict[str, Any] = {
        "wanted": wanted.written | {"verdict": named[0] if named else ""},
        "verdicts": VERDICTS,
        "entries": shown,
        "counting": made is None,
        **{name: found[name] for name in ("counts", "as_of", "articles", "whole")},
    }
    table = [
        {name: value for name, value in row.items() if not isinstance(value, (dict, list)) or name in ("by", "to")}
        for row in rows
    ]
    data = {"ready": made is not None, "whole": found["whole"], **paged.of(len(entries)), "pledges": rows}
    return Page("pledges.html.j2", "Pledges", data, table, context, refresh=3 if made is None else None)


def of_states(
    desk: Desk,
    states: Sequence[str],
    since: dt.date | None,
    until: dt.date | None,
    *,
    undated: bool,
    beside: bool = False,
) -> dict[str, Any] | None:
    """The ledger of some states, or of all; None while it is made. beside: no page waits for it."""
    made: dict[str, Any] | None = desk.worked(
        "pledges",
        beside=beside,
        states=list(states),
        since=since.isoformat() if since else None,
        until=until.isoformat() if until else None,
        undated=undated or not (since or until),
    )
    return made


def work(
    archive: Archive, *, states: Sequence[str], since: str | None, until: str | None, undated: bool
) -> dict[str, Any]:
    """The ledger as plain values; no entries and whole false where too many articles tell of the states."""
    articles = len(gather.articles(archive, states))
    if articles > MOST:
        return {"entries": [], "counts": {}, "as_of": None, "articles": articles, "whole": False}
    start, end = (dt.date.fromisoformat(given) if given else None for given in (since, until))
    found = ledger(archive, states, since=start, until=end, undated=undated)
    entries = []
    for entry in found:
        row = as_row(entry)
        entries.append(
            {
                "row": row,
                "by": wording.listed([wording.state(code) for code in row["by"]]) or "Somebody",
                "to": wording.listed([wording.in_text(wording.state(code)) for code in row["to"]]),
                "made": wording.date(entry.promise.made),
                "deadline": wording.day(entry.deadline.latest) if entry.deadline.latest else None,
                "key": entry.promise.said.page.key,
                "reports": [
                    {"row": report, "key": each.said.page.key, "date": wording.date(each.when)}
                    for report, each in zip(row["reports"], entry.evidence, strict=True)
                ],
            }
        )
    as_of = found.as_of.isoformat() if found.as_of else None
    return {"entries": entries, "counts": dict(found.count()), "as_of": as_of, "articles": articles, "whole": True}


add(router, "/pledges", pledges, "The ledger of promises", answers.PLEDGES, menu="Pledges")
