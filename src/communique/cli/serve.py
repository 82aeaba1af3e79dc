"""`communique serve`: the desk, the archive in a browser."""

from __future__ import annotations

import secrets
import socket
from typing import Annotated

import typer

from communique.cli import shared
from communique.errors import UsageError


def serve(
    archive: Annotated[
        str,
        typer.Argument(
            metavar="ARCHIVE",
            help="The archive, a file or a url; made if there is none.",
            callback=shared.archive_named,
        ),
    ] = (shared.DEFAULT_ARCHIVE),
    host: Annotated[str, typer.Option("--host", metavar="ADDRESS", help="Where to listen.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", metavar="N", min=0, max=65535, help="At which port.")] = 8377,
    token: Annotated[
        str | None,
        typer.Option("--token", metavar="WORD", help="What visitors must show.", show_default="none on this machine"),
    ] = None,
    name: Annotated[
        list[str] | None, typer.Option("--name", metavar="NAME", help="A further name the desk is called by.")
    ] = None,
    readonly: Annotated[bool, typer.Option("--readonly", help="Take no files and no decisions.")] = False,
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Who decides, kept with each judgement.")] = "desk",
    no_encoder: shared.NoEncoder = False,
) -> int:
    """Open the archive in a browser.

    Pages for pairs, records with their evidence, search and review; files can be dropped in and are read. Only this
    machine can open them. With --host for others to reach it, a token is asked for; one is made where none is given.
    """
    from communique.archive.place import place_of
    from communique.web.app import served
    from communique.web.options import Options, is_loopback

    if token is not None and len(token) < 12:
        raise UsageError(
            "the token is too short", where="--token", advice="Take at least 12 characters, or leave it out"
        )
    if token is None and not is_loopback(host):
        token = secrets.token_urlsafe(18)
    options = Options(
        place_of(archive), host, port, token, tuple(name or ()), readonly=readonly, by=by, encoder=not no_encoder
    )
    shown = f"[{host}]" if ":" in host else host
    listening = _free(host, port)
    try:
        number = listening.getsockname()[1]
        shared.say(f"{archive}: open http://{shown}:{number}/{f'?token={token}' if token else ''}   (Ctrl+C ends it)")
        served(options).run(sockets=[listening])
    finally:
        listening.close()
    return 0


def _free(host: str, port: int) -> socket.socket:
    """A socket that listens. Raises UsageError where that cannot be."""
    kind = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(kind, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host.strip("[]"), port))
    except OSError as fault:
        listening.close()
        raise UsageError(
            f"cannot listen there ({fault.strerror})", where=f"{host}:{port}", advice="Take another port: --port 8400"
        ) from fault
    return listening
