"""The map: where states met, and who."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Depends, Query

from communique.archive import Archive, codec
from communique.cli.states import codes
from communique.export.brief import wording
from communique.measure import read
from communique.measure.acts import Act
from communique.measure.encounters import Encounters, encounters
from communique.web import answers, present
from communique.web.asked import bound, words
from communique.web.desk import Desk, desk_of
from communique.web.draw import map as drawing
from communique.web.pages import Page, add
from communique.web.queries import records as recorded
from communique.web.render import query

router = APIRouter()
SHOWN = 50  # meetings of a place on the page


def encountered(
    desk: Desk = Depends(desk_of),
    state: Annotated[list[str] | None, Query(description="Only meetings in which one of these took part.")] = None,
    since: Annotated[str | None, Query(alias="from", description="Only what surely was from then on.")] = None,
    until: Annotated[str | None, Query(alias="to", description="Only what surely was up to then.")] = None,
    place: Annotated[str | None, Query(max_length=200, description="A place: its meetings.")] = None,
) -> Page:
    """Meetings and visits by place, with degrees (WGS 84) where they are known, and the records of each."""
    named, start, end = codes(words(state)), bound(since, "from"), bound(until, "to", last=True)

    made = desk.worked(
        "map",
        named=named,
        since=start.isoformat() if start else None,
        until=end.isoformat() if end else None,
    )
    found = codec.load(tuple[Encounters, ...], made) if made else ()
    written = {"state": words(state), "from": since or "", "to": until or ""}
    rows = [
        {
            "place": each.place,
            "state": each.code,
            "latitude": each.latitude,
            "longitude": each.longitude,
            "exact": each.exact,
            "meetings": len(each.records),
            "pairs": [" ".join(pair) for pair in each.pairs],
        }
        for each in found
    ]
    picked = next((each for each in found if place and each.place.casefold() == place.casefold()), None)
    told = recorded.by_ids(desk.archive, list(picked.records[:SHOWN])) if picked else []
    full = [row | {"records": list(each.records)} for row, each in zip(rows, found, strict=True)]
    context = {
        "found": found,
        "drawn": drawing.svg(found, lambda each: f"/map{query(written, place=each.place)}#meetings") if found else "",
        "picked": picked,
        "counting": made is None,
        "told": [(each, present.row(each.event, each.document)) for each in told],
        "wanted": written,
        "names": [
            "; ".join(f"{wording.state(one)} and {wording.in_text(wording.state(two))}" for one, two in each.pairs[:3])
            for each in found
        ],
    }
    data = {"ready": made is not None, "total": len(found), "places": full}
    return Page("map.html.j2", "Map", data, rows, context, refresh=3 if made is None else None)


def work(archive: Archive, *, named: Sequence[str], since: str | None, until: str | None) -> str:
    """The places as one line of JSON."""
    acts = [act for act in read.acts(archive) if not named or any(_takes_part(act, code) for code in named)]
    start, end = (dt.date.fromisoformat(given) if given else None for given in (since, until))
    return codec.dump(encounters(archive, acts, since=start, until=end))


def _takes_part(act: Act, code: str) -> bool:
    return any(code in report.actors or code in report.recipients for report in act.reports)


add(router, "/map", encountered, "Where states met", answers.MAP, menu="Map")
