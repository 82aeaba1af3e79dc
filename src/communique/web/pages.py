"""A page and its twins: every view gives one Page, which is shown as HTML, or handed out as .json or .csv."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, Response

from communique.web.answers import Schema, named
from communique.web.desk import Desk, desk_of
from communique.web.render import as_csv, query, templates

# what else may be answered: with .json as an object, else as a page for people
WHY = {
    400: "A question that cannot be answered as it stands: no such state, no such day.",
    404: "Nothing stands there.",
    422: "A value of the address has not the form that it must have.",
    429: "Too many requests: wait.",
    503: "The archive cannot be read just now.",
}
FAULTS: dict[int | str, dict[str, Any]] = {
    status: {"description": why, "content": {"application/json": {"schema": named("Error")}}}
    for status, why in WHY.items()
}
PLAIN: dict[int | str, dict[str, Any]] = {
    status: {"description": why, "content": {"text/html": {"schema": {"type": "string"}}}}
    for status, why in WHY.items()
}
NAVIGATION: list[tuple[str, str]] = []  # (path, label); a view that stands in the menu names itself here
ORDER = "Start Pairs Records Stories Search Network Map Pledges Disagreements Review".split()


@dataclass(slots=True)
class Page:
    """What a view found: `data` is the JSON twin, `rows` the CSV twin, `context` what only the template needs."""

    template: str
    title: str
    data: dict[str, Any]
    rows: list[dict[str, Any]] = field(default_factory=list)
    context: dict[str, Any] = field(default_factory=dict)
    status: int = 200
    refresh: int | None = None


def add(
    router: APIRouter,
    path: str,
    view: Callable[..., Page],
    summary: str,
    answer: Schema,
    *,
    menu: str | None = None,
    csv: bool = True,
) -> None:
    """Puts a view at path, path.json and path.csv (at /index.json and /index.csv for the start).

    answer is the schema of its JSON.
    """
    stem = "/index" if path == "/" else path

    # the dependency's own parameters become those of the address, in the description of the API too
    def as_json(page: Page = Depends(view)) -> Response:
        body = json.dumps(page.data, ensure_ascii=False, default=str)
        return Response(body, page.status, media_type="application/json")

    def as_table(page: Page = Depends(view)) -> Response:
        name = stem.strip("/").replace("/", "-").replace("{", "").replace("}", "")
        headers = {"content-disposition": f'attachment; filename="{name}.csv"'}
        return Response(as_csv(page.rows), page.status, headers, media_type="text/csv; charset=utf-8")

    def as_page(request: Request, page: Page = Depends(view), desk: Desk = Depends(desk_of)) -> Response:
        return HTMLResponse(render(request, page, desk, csv=csv), page.status)

    about = view.__doc__ or summary
    for ending, handler, content in (
        (".json", as_json, {"application/json": {"schema": answer}}),
        (".csv", as_table, {"text/csv": {"schema": {"type": "string"}}}),
    ):
        if ending == ".json" or csv:
            router.add_api_route(
                f"{stem}{ending}",
                handler,
                methods=["GET"],
                tags=["pages" if ending == ".json" else "tables"],
                summary=summary if ending == ".json" else f"{summary}, as a table",
                description=about,
                response_class=Response,
                responses={
                    200: {"description": summary, "content": content},
                    **(FAULTS if "json" in ending else PLAIN),
                },
            )
    router.add_api_route(path, as_page, methods=["GET"], include_in_schema=False, response_class=HTMLResponse)
    if menu:
        NAVIGATION.append((path, menu))
        NAVIGATION.sort(key=lambda entry: ORDER.index(entry[1]))


def render(request: Request, page: Page, desk: Desk, *, csv: bool = True) -> str:
    """The page as HTML."""
    asked = request.query_params.multi_items()
    here = quote(request.scope["path"], safe="/")  # a name in it may hold anything
    stem = "/index" if here == "/" else here
    return (
        templates()
        .get_template(page.template)
        .render(
            **page.context,
            data=page.data,
            title=page.title,
            refresh=page.refresh,
            path=here,
            asked=asked,
            form=getattr(request.state, "form", ""),
            navigation=NAVIGATION,
            archive=desk.options.archive.name,
            readonly=desk.options.readonly,
            twins={"JSON": f"{stem}.json{query(asked)}", **({"CSV": f"{stem}.csv{query(asked)}"} if csv else {})},
        )
    )
