"""A pair of states: its series, the acts behind every point, figures, quotes, and where sources disagree."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
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
from communique.model import Document, Item, PairPoint, PairSeries, Story
from communique.web import answers, present
from communique.web.asked import Paging, bound, paging, pair_of
from communique.web.desk import Desk, desk_of
from communique.web.draw import series as drawing
from communique.web.pages import Page, add
from communique.web.queries import records as recorded
from communique.web.queries import stories as telling
from communique.web.render import query
from communique.web.views import pledges as pledged
from communique.web.views.disagreements import differences
from communique.web.views.story import row as telling_row
from communique.web.words import signed2

router = APIRouter()
FEWEST_POINTS = 2  # periods with a score that make a picture
MOST_POINTS = 60  # more than so many are too thin to point at: then the next longer period is taken
BESIDE = 4  # figures, quotes and pledges that stand on the page
DISPUTED = 3  # disagreements that do


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
    group: Annotated[str, Query(description="story, or none: the acts one after the other.")] = "story",
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
        "group": group if group == "none" else "",
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
    stories = telling.of_records(desk.archive, [each.id for each in told])
    side, promised, disputed = beside(desk, filters), promises(desk, states, start, end), disputes(desk, filters)
    data = {
        "pair": list(states),
        "names": [wording.state(code) for code in states],
        "series": as_json(shown),
        **paged.of(total),
        "records": [
            {
                "record": each.id,
                "status": each.status,
                "story": stories[each.id].id if each.id in stories else None,
                "event": row,
            }
            for each, row in zip(told, rows, strict=True)
        ],
        **{name: {"total": number, "items": present.table(held)[0]} for name, (number, held) in side.items()},
        "pledges": [entry["row"] for entry in promised["entries"]] if promised is not None else None,
        "disagreements": {
            "total": disputed[0],
            "items": [{"record": each.id, "differences": found} for each, found in disputed[1]],
        },
    }
    here = f"/pair/{states[0]}/{states[1]}"
    context: dict[str, Any] = {
        "pair": states,
        "series": shown,
        "word": rules().word(shown.total.net) if shown.total and shown.total.net is not None else None,
        "drawn": drawing.svg(shown, lambda each: f"{here}{query(written, point=each.period)}#acts", point),
        "groups": grouped(told, stories if group != "none" else {}),
        "by_story": group != "none",
        "has_stories": bool(stories),
        "picked": picked,
        "described": drawing.described,
        "signed2": signed2,
        "wanted": written,
        "choices": {"by": BY, "weights": WEIGHTS, "direction": DIRECTIONS, "days": PLACES},
        "names": [wording.state(code) for code in states],
        "waiting": read.unmerged(desk.archive, states) if not acts else 0,
        "beside": {
            name: (number, [present.row(item, document) for item, document in held])
            for name, (number, held) in side.items()
        },
        "promised": promised,
        "beside_most": BESIDE,
        "disputed": (
            disputed[0],
            [(each, present.row(each.event, each.document), found) for each, found in disputed[1]],
        ),
    }
    title = f"{data['names'][0]} and {data['names'][1]}"
    refresh = 3 if promised is None else None
    return Page("pair.html.j2", title, data, data["series"]["points"], context, refresh=refresh)


def grouped(told: Sequence[recorded.Told], stories: Mapping[str, Story]) -> list[dict[str, Any]]:
    """The acts of a page by the occasion that they belong to, in the order in which the first of each comes."""
    held: dict[str, dict[str, Any]] = {}
    for each in told:
        story = stories.get(each.id)
        key = story.id if story else ""
        if not story and held and next(reversed(held)).startswith("alone"):
            key = next(reversed(held))  # those that are part of nothing stand together
        elif not story:
            key = f"alone {each.id}"
        entry = held.setdefault(key, {"story": telling_row(story) if story else None, "told": [], "first": 0})
        entry["told"].append((each, present.row(each.event, each.document)))
    first = 1
    for entry in held.values():
        entry["first"] = first
        first += len(entry["told"])
    return list(held.values())


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


def beside(desk: Desk, filters: Filters) -> dict[str, tuple[int, list[tuple[Item, Document]]]]:
    """Some figures, quotes and projects of the pair, and how many there are."""
    found = {}
    for kind in ("figure", "quote", "project"):
        between = Filters(between=filters.between, since=filters.since, until=filters.until, undated=True)
        total = desk.count_items(kind, between)
        # the last of them are the newest
        last = replace(between, limit=BESIDE, offset=max(0, total - BESIDE))
        found[f"{kind}s"] = (total, desk.page_items(kind, last)[::-1])
    return found


def promises(
    desk: Desk, states: tuple[str, str], since: dt.date | None, until: dt.date | None
) -> dict[str, Any] | None:
    """The ledger of the pair; None while it is made."""
    return pledged.of_states(desk, states, since, until, undated=False, beside=True)


def disputes(desk: Desk, filters: Filters) -> tuple[int, list[tuple[recorded.Told, list[dict[str, Any]]]]]:
    """How many acts of the pair are disputed, and the newest of them with what differs."""
    total = desk.count_records(filters, "disputed")
    told = desk.page_records(filters, "disputed", limit=DISPUTED) if total else []
    found = []
    for each in told:
        record = recorded.record(desk.archive, each.id)
        found.append((each, differences(desk, record) if record else []))
    return total, found


add(router, "/pair/{first}/{second}", pair, "The series of a pair, and its acts", answers.PAIR)
