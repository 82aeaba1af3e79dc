"""The start: what is in the archive, what came in last, which pairs moved, and where to drop files."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from communique.archive import codec
from communique.export.brief import wording
from communique.model import When
from communique.web import answers
from communique.web.asked import Paging, paging, pair_of
from communique.web.desk import Desk, desk_of
from communique.web.pages import Page, add
from communique.web.queries import overview
from communique.web.render import templates

router = APIRouter()
LAST, TOLD, MOVED = 8, 12, 8


def start(desk: Desk = Depends(desk_of)) -> Page:
    """How much the archive holds, the documents read last, the pairs of states told of most, and those that moved."""
    held = desk.held()
    pairs = desk.pairs()
    if pairs is None:
        pairs, counting = overview.Pairs((), None, None), True
    else:
        counting = False
    last = documents(overview.last_in(desk.archive, limit=LAST))
    runs = desk.reads.all()[:3]
    data = {
        "archive": asdict(held),
        "window": {"days": pairs.days, "last": pairs.last},
        "moved": [pair_json(pair) for pair in pairs.moved[:MOVED]],
        "pairs": [pair_json(pair) for pair in pairs.pairs[:TOLD]],
        "last": last,
        "reads": [run.json() for run in runs],
    }
    refresh = 3 if counting or any(not run.over for run in runs) else None
    context = {
        "held": held,
        "pairs": pairs,
        "last": last,
        "runs": runs,
        "counting": counting,
        "most": {"told": TOLD, "moved": MOVED},
    }
    return Page("start.html.j2", "Start", data, data["pairs"], context, refresh=refresh)  # type: ignore[arg-type]


def pairs(desk: Desk = Depends(desk_of), paged: Paging = Depends(paging)) -> Page:
    """Every pair of states of which the archive tells an act, most told first."""
    ready = desk.pairs()
    found = ready or overview.Pairs((), None, None)
    shown = found.pairs[paged.offset : paged.offset + paged.size]
    rows = [pair_json(pair) for pair in shown]
    data = {**paged.of(len(found.pairs)), "window": {"days": found.days, "last": found.last}, "pairs": rows}
    return Page(
        "pairs.html.j2",
        "Pairs",
        data,
        rows,
        {"pairs": found, "shown": shown, "counting": ready is None},
        refresh=3 if ready is None else None,
    )


def articles(desk: Desk = Depends(desk_of), paged: Paging = Depends(paging)) -> Page:
    """Every document of the archive, the last read first."""
    held = desk.held()
    rows = documents(overview.last_in(desk.archive, limit=paged.size, offset=paged.offset))
    data = {**paged.of(held.documents), "documents": rows}
    return Page("articles.html.j2", "Articles", data, rows, {"last": rows})


def documents(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows of documents with their date in words."""
    made = []
    for row in rows:
        when = codec.load(When, row.pop("published"))
        made.append({**row, "date": wording.date(when), "title": row["title"] or row["id"]})
    return made


def pair_json(pair: overview.Pair) -> dict[str, Any]:
    """A pair for programs."""
    row = asdict(pair)
    row["moved"] = pair.moved
    return {name: round(value, 4) if isinstance(value, float) else value for name, value in row.items()}


@router.get("/go", include_in_schema=False)
def go(first: str = "", second: str = "") -> Response:
    """The form that asks for a pair."""
    one, other = pair_of(first.strip(), second.strip())
    return RedirectResponse(f"/pair/{one}/{other}", 303)


@router.get("/api", include_in_schema=False)
def api(request: Request) -> Response:
    """The description of the JSON API for people, made from the same OpenAPI document that programs get."""
    from communique.web.pages import NAVIGATION

    described = request.app.openapi()
    page = templates().get_template("api.html.j2")
    return HTMLResponse(page.render(described=described, title="For programs", navigation=NAVIGATION, path="/api"))


add(router, "/", start, "The archive at a glance", answers.START, menu="Start")
add(router, "/pairs", pairs, "Pairs of states", answers.PAIRS, menu="Pairs")
add(router, "/articles", articles, "Documents, the last read first", answers.ARTICLES)
