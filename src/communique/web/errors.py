"""What the desk says when something is not to be had: a page for people, one JSON object for programs. No traces."""

from __future__ import annotations

import logging
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from communique.errors import ArchiveError, CommuniqueError, UsageError

log = logging.getLogger("communique")
PLAIN = {
    404: ("there is no such page", "Go to the start, or search"),
    405: ("this is not done here", "Go back to the page before"),
    413: ("that was too much at once", "Send fewer files"),
}


class Refusal(Exception):  # noqa: N818 - it is no fault
    """The desk will not do it: the status of HTTP, why, and what helps."""

    def __init__(self, status: int, what: str, advice: str) -> None:
        self.status, self.what, self.advice = status, what, advice
        super().__init__(what)


def wants_json(request: Request) -> bool:
    """Whether a program asks."""
    return request.url.path.endswith(".json") or "application/json" in request.headers.get("accept", "")


def refused(request: Request, refusal: Refusal) -> Response:
    """The answer for a refusal."""
    status, what, advice = refusal.status, refusal.what, refusal.advice
    headers = {"www-authenticate": "Bearer"} if status == 401 else {"retry-after": "5"} if status == 429 else None
    if wants_json(request):
        return JSONResponse({"error": what, "advice": advice, "status": status}, status, headers)
    from communique.web.render import templates

    page = templates().get_template("error.html.j2")
    return HTMLResponse(page.render(status=status, what=what, advice=advice, title=what), status, headers)


def of_program(request: Request, fault: Exception) -> Response:
    """The answer for one of our own errors: what, where and what to do."""
    assert isinstance(fault, CommuniqueError)
    status = 404 if isinstance(fault, UsageError) and _missing(fault) else 400 if isinstance(fault, UsageError) else 503
    if isinstance(fault, ArchiveError):
        log.warning("%s", fault.line())
        return refused(request, Refusal(status, fault.what, fault.advice or "Try again in a minute"))
    where = f"{fault.where}: " if fault.where else ""
    return refused(request, Refusal(status, f"{where}{fault.what}", fault.advice or "Go back to the page before"))


def of_http(request: Request, fault: Exception) -> Response:
    """The answer for what the web framework refuses."""
    assert isinstance(fault, HTTPException)
    what, advice = PLAIN.get(fault.status_code, (str(fault.detail).lower(), "Go back to the page before"))
    return refused(request, Refusal(fault.status_code, what, advice))


def of_query(request: Request, fault: Exception) -> Response:
    """The answer for an address whose question cannot be understood."""
    errors: list[dict[str, Any]] = list(getattr(fault, "errors", list)())
    named = ", ".join(dict.fromkeys(str(each["loc"][-1]) for each in errors if each.get("loc"))) or "the address"
    return refused(request, Refusal(422, f"{named} cannot be understood", "Choose again in the form of the page"))


def of_refusal(request: Request, fault: Exception) -> Response:
    """The answer for a refusal raised inside a page."""
    assert isinstance(fault, Refusal)
    return refused(request, fault)


def of_anything(request: Request, fault: Exception) -> Response:
    """The answer for what nobody foresaw. The trace goes to the log of the desk and never into a page."""
    log.error("%s %s failed", request.method, request.url.path, exc_info=fault)
    return refused(
        request,
        Refusal(500, "something unexpected failed", "Try again; if it fails again, look at the desk's own output"),
    )


def _missing(fault: UsageError) -> bool:
    return "has this id" in fault.what or "no document" in fault.what or fault.what.startswith("there is no list")
