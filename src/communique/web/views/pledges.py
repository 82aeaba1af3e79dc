"""The ledger of promises: who promised what to whom, by when, and what later reports say of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from fastapi import APIRouter, Depends, Query

from communique.archive import Archive, schema
from communique.export.brief import wording
from communique.measure.pledges import VERDICTS, Ledger, Pledge, gather, ledger
from communique.measure.pledges.ledger import entries_of
from communique.measure.pledges.rows import row as as_row
from communique.web import answers
from communique.web.asked import Asked, Paging, asked, bound, paging, words
from communique.web.desk import Desk, desk_of
from communique.web.pages import Page, add

router = APIRouter()
MOST = 1_000  # articles of which a ledger is made: it has to read every one of them whole. Of more, the newest
PART = 500  # values in one question
NOTHING: dict[str, Any] = {
    "entries": [], "counts": {}, "as_of": None, "articles": 0, "read": 0, "back_to": None, "whole": True,
}  # fmt: skip


def pledges(
    desk: Desk = Depends(desk_of),
    wanted: Asked = Depends(asked),
    paged: Paging = Depends(paging),
    verdict: list[str] | None = Query(None, description=f"One of {', '.join(VERDICTS)}."),
    as_of: str | None = Query(None, description="Only reports up to and including then: 2019, 2019-06, 2019-06-05."),
) -> Page:
    """Promises with the sentence that makes each, and the later sentences that speak of it.

    Of a large archive out of the newest articles alone: `back_to` is the day of the oldest of them, and as_of with the
    day before it gives the ledger as it stood then, out of the articles before.
    """
    named = tuple(word for word in words(verdict) if word in VERDICTS)
    stood = bound(as_of, "as_of", last=True)
    made = of_states(desk, wanted.states, wanted.since, wanted.until, undated=wanted.undated, as_of=stood)
    found = made or NOTHING
    entries = [entry for entry in found["entries"] if not named or entry["row"]["verdict"] in named]
    shown = entries[paged.offset : paged.offset + paged.size]
    rows = [entry["row"] for entry in shown]
    context: dict[str, Any] = {
        "wanted": wanted.written | {"verdict": named[0] if named else ""},
        "verdicts": VERDICTS,
        "entries": shown,
        "counting": made is None,
        "earlier": _before(found["back_to"]) if not found["whole"] else None,
        "stood": stood.isoformat() if stood else None,
        **{name: found[name] for name in ("counts", "as_of", "articles", "read", "back_to", "whole")},
    }
    table = [
        {name: value for name, value in row.items() if not isinstance(value, (dict, list)) or name in ("by", "to")}
        for row in rows
    ]
    data = {
        "ready": made is not None,
        **{name: found[name] for name in ("whole", "articles", "read", "back_to", "as_of")},
        **paged.of(len(entries)),
        "pledges": rows,
    }
    return Page("pledges.html.j2", "Pledges", data, table, context, refresh=3 if made is None else None)


def of_states(
    desk: Desk,
    states: Sequence[str],
    since: dt.date | None,
    until: dt.date | None,
    *,
    undated: bool,
    as_of: dt.date | None = None,
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
        as_of=as_of.isoformat() if as_of else None,
    )
    return made


def work(
    archive: Archive, *, states: Sequence[str], since: str | None, until: str | None, undated: bool, as_of: str | None
) -> dict[str, Any]:
    """The ledger as plain values; out of the newest articles, and whole false, where too many tell of the states."""
    keys = gather.articles(archive, states)
    start, end, stood = (dt.date.fromisoformat(given) if given else None for given in (since, until, as_of))
    back_to: str | None = None
    if len(keys) <= MOST:
        read = len(keys)
        found = ledger(archive, states, since=start, until=end, undated=undated, as_of=stood)
    else:
        dated = _newest(archive, keys, since, as_of)
        chosen, number = dated[:MOST], len(dated)
        read, back_to = len(chosen), chosen[-1][0] or None if number > MOST else None
        found = _ledger(archive, [key for _, key in chosen], states, (start, end), undated, stood)
        keys = keys[:number]  # as many as would have to be read
    return {
        "entries": [shown(entry) for entry in found],
        "counts": dict(found.count()),
        "as_of": found.as_of.isoformat() if found.as_of else None,
        "articles": len(keys),
        "read": read,
        "back_to": back_to,
        "whole": read == len(keys),
    }


def _newest(archive: Archive, keys: Sequence[str], since: str | None, as_of: str | None) -> list[tuple[str, str]]:
    """(day, key) of the articles that may have come out in a time, the newest first, those without a day last."""
    documents = schema.documents.c
    known: dict[str, tuple[str, str]] = {}
    with archive.reading() as connection:
        for at in range(0, len(keys), PART):
            chosen = sa.select(documents.key, documents.earliest, documents.latest)
            rows = connection.execute(chosen.where(documents.key.in_(keys[at : at + PART])))
            known |= {key: (earliest or "", latest or "") for key, earliest, latest in rows}
    inside = [
        (earliest or latest, key)
        for key, (earliest, latest) in known.items()
        if (not since or not latest or latest >= since) and (not as_of or not earliest or earliest <= as_of)
    ]
    return sorted(inside, reverse=True)


def _ledger(
    archive: Archive,
    keys: Sequence[str],
    states: Sequence[str],
    time: tuple[dt.date | None, dt.date | None],
    undated: bool,
    as_of: dt.date | None,
) -> Ledger:
    """As measure.pledges.ledger, out of these articles alone."""
    wanted, enough = frozenset(states), min(2, len(set(states)))
    pages = [page for page in gather.pages_of(archive, keys) if len(wanted & page.weight.keys()) >= enough]
    pages.sort(key=lambda page: (str(page.published.earliest or page.published.latest or "9999"), page.id, page.key))
    last = as_of or max((page.published.latest for page in pages if page.published.latest), default=None)
    kept = [
        entry
        for entry in entries_of(pages, last)
        if len(wanted & entry.promise.parties) >= enough and _inside(entry, *time, undated=undated)
    ]
    return Ledger(kept, last)


def _inside(entry: Pledge, since: dt.date | None, until: dt.date | None, *, undated: bool) -> bool:
    """Whether the promise may have been made in a time."""
    made = entry.promise.made
    if made.earliest is None and made.latest is None:
        return undated or not (since or until)
    return not ((since and made.latest and made.latest < since) or (until and made.earliest and made.earliest > until))


def _before(day: str | None) -> str | None:
    """The day before."""
    return (dt.date.fromisoformat(day) - dt.timedelta(days=1)).isoformat() if day else None


def shown(entry: Pledge, keys: Sequence[str] = ()) -> dict[str, Any]:
    """An entry as plain values with what a page says of it; as one of the documents asked for tells it, if any does."""
    row = as_row(entry)
    place = next((at for at, each in enumerate(entry.told) if each.said.page.key in keys), 0)
    return {
        "row": row,
        "by": wording.listed([wording.state(code) for code in row["by"]]) or "Somebody",
        "to": wording.listed([wording.in_text(wording.state(code)) for code in row["to"]]),
        "made": wording.date(entry.promise.made),
        "deadline": wording.day(entry.deadline.latest) if entry.deadline.latest else None,
        "key": entry.told[place].said.page.key,
        "telling": row["told"][place],
        "reports": [
            {"row": report, "key": each.said.page.key, "date": wording.date(each.when)}
            for report, each in zip(row["reports"], entry.evidence, strict=True)
        ],
    }


add(router, "/pledges", pledges, "The ledger of promises", answers.PLEDGES, menu="Pledges")
