"""Puts the desk together: its pages, its files, its guard, and what it says when something fails."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from importlib.resources import files
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from communique import __version__
from communique.errors import CommuniqueError
from communique.web import errors
from communique.web.answers import COMPONENTS
from communique.web.desk import Desk
from communique.web.options import Options
from communique.web.security import Guard
from communique.web.views import routers

DESCRIPTION = """Every page of the desk as JSON (`.json`) and as a table (`.csv`) at the same address. Items have the
fields of docs/output.md. Nothing here writes: what a person decides is sent by the forms of the pages."""
STATIC = {"desk.css": "text/css", "desk.js": "text/javascript", "icon.svg": "image/svg+xml"}


def create_app(options: Options) -> FastAPI:
    """The desk over one archive, as an ASGI application. Raises ArchiveError where the archive cannot be opened."""
    desk = Desk(options)

    @contextlib.asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        desk.warm()
        yield
        desk.close()

    app = FastAPI(
        title="Communique", version=__version__, description=DESCRIPTION, lifespan=lifespan, docs_url=None,
        redoc_url=None, openapi_url=None, redirect_slashes=False,
    )  # fmt: skip
    app.state.desk = desk
    for fault, answer in (
        (errors.Refusal, errors.of_refusal),
        (CommuniqueError, errors.of_program),
        (HTTPException, errors.of_http),
        (RequestValidationError, errors.of_query),
    ):
        app.add_exception_handler(fault, answer)
    # before the pages: their addresses hold names that could stand for these
    app.add_api_route("/openapi.json", _openapi, methods=["GET"], include_in_schema=False)
    app.add_api_route("/static/{name}", _static, methods=["GET"], include_in_schema=False)
    for router in routers():
        app.include_router(router)
    app.add_middleware(Guard, options=options)
    return app


def described(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI document, with the schemas of all answers."""
    made = app.openapi()
    schemas = made.setdefault("components", {}).setdefault("schemas", {})
    for name in ("HTTPValidationError", "ValidationError"):  # our own answers have another form
        schemas.pop(name, None)
    schemas |= COMPONENTS
    return made


def _openapi(request: Request) -> Response:
    return JSONResponse(described(request.app))


def _static(name: str) -> Response:
    kind = STATIC.get(name)
    if kind is None:
        raise HTTPException(404)
    content = (files("communique.web") / "static" / name).read_bytes()
    # the address carries the version, so that a browser may keep it
    return Response(content, media_type=kind, headers={"cache-control": "private, max-age=86400"})


def served(options: Options) -> Any:
    """The desk ready to run: a uvicorn server, not started. Raises ArchiveError where the archive cannot be opened."""
    import uvicorn

    config = uvicorn.Config(
        create_app(options), host=options.host, port=options.port, log_level="warning", access_log=False,
        server_header=False, date_header=True, limit_concurrency=256, timeout_keep_alive=10,
    )  # fmt: skip
    return uvicorn.Server(config)
