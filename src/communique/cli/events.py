"""`communique events`: who did what to whom, when, and whether it happened."""

from __future__ import annotations

from typing import Annotated

import typer

from communique.cli import listing, shared


def events(
    states: shared.States = None,
    archive: shared.ArchiveOption = shared.DEFAULT_ARCHIVE,
    event: Annotated[list[str] | None, typer.Option("--event", metavar="NAME", help="CONSULT, SANCTION, ...")] = None,
    mode: Annotated[list[str] | None, typer.Option("--mode", metavar="NAME", help="visit, phone, ...")] = None,
    stance: Annotated[
        list[str] | None,
        typer.Option("--stance", metavar="NAME", help="actual, planned, possible, conditional, denied or historical."),
    ] = None,
    actor: Annotated[str | None, typer.Option("--actor", metavar="STATE", help="Who acts.")] = None,
    recipient: Annotated[str | None, typer.Option("--recipient", metavar="STATE", help="Who is acted on.")] = None,
    since: shared.Since = None,
    until: shared.Until = None,
    undated: shared.Undated = False,
    document: shared.DocumentOption = None,
    limit: shared.Limit = None,
    offset: shared.Offset = 0,
    as_json: shared.Json = False,
) -> int:
    """List events by date.

    One STATE: it takes part. Several: one of them acts on another, or they act together.
    """
    return listing.show(
        "event",
        archive,
        states,
        listing.event_line,
        as_json=as_json,
        since=since,
        until=until,
        undated=undated,
        document=document,
        limit=limit,
        offset=offset,
        event=tuple(word.upper() for word in shared.words_of(event)),
        mode=shared.words_of(mode),
        stance=shared.words_of(stance),
        actor=_code(actor),
        recipient=_code(recipient),
    )


def _code(state: str | None) -> str | None:
    from communique.cli.states import codes

    return codes([state])[0] if state else None
