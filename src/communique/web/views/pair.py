"""A pair of states: its series, the acts behind every point, figures, quotes, and where sources disagree."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query

from communique.archive.query import Filters
from communique.export.brief import wording
from communique.measure import read
from communique.measure.acts import DIRECTIONS, Act
from communique.measure.periods import BY
from communique.measure.placing import PLACES, placed
from communique.measure.rules import WEIGHTS, rules
from communique.measure.series import chosen, series
from communique.model import PairPoint, PairSeries
from communique.web import present
from communique.web.asked import Paging, bound, paging, pair_of
from communique.web.desk import Desk, desk_of
from communique.web.draw import series as drawing
from communique.web.pages import Page, add
from communique.web.queries import records as recorded
from communique.web.render import query
from communique.web.words import signed2

router = APIRouter()
FEWEST_POINTS = 2  # periods with a score that make a picture
MOST_POINTS = 60  # more than so many are too thin to point at: then the next longer period is taken
BESIDE = 4  # figures and quotes that stand on the page


def pair(
    first: str,
    second: str,
    desk: Desk = Depends(desk_of),
    paged: Paging = Depends(paging),
    by: Annotated[str, Query(description="day, week, month, quarter or year; by itself one that fits.")] = "",
    weights: Annotated[str, Query(description="plover, goldstein or quad.")] = "plover",
    direction: Annotated[str, Query(description="both, first (on second), second (on first) or mutual.")] = "both",
    since: Annotated[str | None, Query(alias="from", description="From then on: 2019, 2019-06, 2019-06-05.")] = None,
    until: Annotated[str | None, Query(alias="to", description="Up to and including then.")] = None,
    days: Annotated[str, Query(description="own or reported: undated acts by the day of the report.")] = "",
    point: Annotated[str | None, Query(description="A period of the series: only its acts.", max_length=12)] = None,
) -> Page:
    """The series of a pair with the ids of the records behind each point, and the acts themselves."""
    states = pair_of(first, second)
    start, end = bound(since, "from"), bound(until, "to", last=True)
    acts = desk.kept(f"acts {sorted(states)}", lambda: tuple(read.acts(desk.archive, states)))
    shown = of(placed(desk.archive, acts, days), states, by, weights, direction, start, end)
    if not days and acts and sum(each.net is not None for each in shown.points) < FEWEST_POINTS:
        # most reports name no day: a picture by report, which says that it is one, tells more than an empty one
        other = of(placed(desk.archive, acts, "reported"), states, by, weights, direction, start, end)
        if sum(each.net is not None for each in other.points) > sum(each.net is not None for each in shown.points):
            shown, days = other, "reported"
    written = {
        "by": by, "weights": weights, "direction": direction, "from": since or "", "to": until or "", "days": days,
    }  # fmt: skip
    picked = next((each for each in shown.points if each.period == point), None)
    filters = Filters(between=states, since=start, until=end)
    if picked is not None:
        total = len(picked.records)
        told = recorded.by_ids(desk.archive, list(picked.records[paged.offset : paged.offset + paged.size]))
    else:
        total = desk.count_records(filters)
        told = desk.page_records(filters, limit=paged.size, offset=paged.offset)
    rows, _ = present.table([(each.event, each.document) for each in told])
    data = {
        "pair": list(states),
        "names": [wording.state(code) for code in states],
        "series": as_json(shown),
        **paged.of(total),
        "records": [
            {"record": each.id, "status": each.status, "event": row} for each, row in zip(told, rows, strict=True)
        ],
    }
    here = f"/pair/{states[0]}/{states[1]}"
    context: dict[str, Any] = {
        "pair": states,
        "series": shown,
        "word": rules().word(shown.total.net) if shown.total and shown.total.net is not None else None,
        "drawn": drawing.svg(shown, lambda each: f"{here}{query(written, point=each.period)}#acts", point),
        "told": [(each, present.row(each.event, each.document)) for each in told],
        "picked": picked,
        "described": drawing.described,
        "signed2": signed2,
        "wanted": written,
        "choices": {"by": BY, "weights": WEIGHTS, "direction": DIRECTIONS, "days": PLACES},
        "names": [wording.state(code) for code in states],
        "waiting": read.unmerged(desk.archive, states) if not acts else 0,
        **beside(desk, filters),
    }
    return Page("pair.html.j2", f"{data['names'][0]} and {data['names'][1]}", data, data["series"]["points"], context)


def of(
    acts: Sequence[Act],
    states: tuple[str, str],
    by: str,
    weights: str,
    direction: str,
    since: dt.date | None,
    until: dt.date | None,
) -> PairSeries:
    """The series by the asked period, or by the shortest that gives points wide enough to be pointed at."""
    if by:
        return series(acts, *states, chosen(by, weights, direction=direction, since=since, until=until))
    made = [
        series(acts, *states, chosen(name, weights, direction=direction, since=since, until=until))
        for name in ("month", "quarter", "year")
    ]
    scored = [sum(each.net is not None for each in one.points) for one in made]
    fitting = [
        one
        for one, number in zip(made, scored, strict=True)
        if len(one.points) <= MOST_POINTS and 2 * number >= max(scored)
    ]
    return next(iter(fitting), made[-1])


def as_json(shown: PairSeries) -> dict[str, Any]:
    """The series for programs: the fields of the model."""
    held = asdict(shown)
    held["points"] = [point_json(each) for each in shown.points]
    held["total"] = point_json(shown.total) if shown.total else None
    return held


def point_json(point: PairPoint) -> dict[str, Any]:
    """A point with days as ISO text."""
    held = asdict(point)
    return held | {"start": point.start.isoformat(), "end": point.end.isoformat(), "records": list(point.records)}


def beside(desk: Desk, filters: Filters) -> dict[str, Any]:
    """The newest figures and quotes of the pair, and how many there are."""
    found: dict[str, Any] = {}
    for kind in ("figure", "quote", "project"):
        between = Filters(between=filters.between)
        total = desk.count_items(kind, between)
        listing = desk.page_items(kind, replace(between, limit=BESIDE))
        found[f"{kind}s"] = (total, [present.row(item, document) for item, document in listing])
    disputed = desk.count_records(filters, "disputed")
    return found | {"disputed": disputed}


add(router, "/pair/{first}/{second}", pair, "The series of a pair, and its acts")
