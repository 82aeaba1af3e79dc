"""Dropping files: taken in, read by a process of their own, with progress on a page."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import UploadFile

from communique.errors import UsageError
from communique.web import answers
from communique.web.desk import Desk, desk_of
from communique.web.errors import Refusal
from communique.web.pages import Page, add
from communique.web.security import check_form

router = APIRouter()


@router.post("/reading", include_in_schema=False)
async def take(request: Request, desk: Desk = Depends(desk_of)) -> Response:
    """Takes dropped files and begins to read them."""
    if desk.options.readonly:
        raise Refusal(403, "this desk only shows", "Start it without --readonly to read files into the archive")
    async with request.form(max_files=desk.options.files, max_fields=20) as form:
        given = form.get("form")
        check_form(request, given if isinstance(given, str) else None)
        files = [
            (each.filename, each.file)
            for each in form.getlist("files")
            if isinstance(each, UploadFile) and each.filename and each.size
        ]
        if not files:
            raise Refusal(400, "there is no file to read", "Choose files: saved pages, texts or JSON Lines")
        run = desk.reads.start(files, desk.decided)
    return RedirectResponse(f"/reading/{run.id}", 303)


def reading(id: str, desk: Desk = Depends(desk_of)) -> Page:
    """How far a run of reading is."""
    run = desk.reads.get(id)
    if run is None:
        raise UsageError(
            "no document has been read under this id", where=id, advice="What was read stands on the start"
        )
    rows = [{"article": key, "title": title} for key, title in run.titles.items()]
    return Page("reading.html.j2", "Reading", run.json(), rows, {"run": run}, refresh=None if run.over else 2)


add(router, "/reading/{id}", reading, "A run of reading", answers.READING)
