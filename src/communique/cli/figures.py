"""`communique figures`: quantities, rates and trends, and what kind each is: a target is not a result."""

from __future__ import annotations

from typing import Annotated

import typer

from communique.cli import listing, shared


def figures(
    states: shared.States = None,
    archive: shared.ArchiveOption = shared.DEFAULT_ARCHIVE,
    status: Annotated[
        list[str] | None,
        typer.Option("--status", metavar="NAME", help="observed, change, target, pledged, signed or estimate."),
    ] = None,
    since: shared.Since = None,
    until: shared.Until = None,
    undated: shared.Undated = False,
    document: shared.DocumentOption = None,
    limit: shared.Limit = None,
    offset: shared.Offset = 0,
    as_json: shared.Json = False,
) -> int:
    """List quantities, rates and trends."""
    return listing.show(
        "figure",
        archive,
        states,
        listing.figure_line,
        as_json=as_json,
        since=since,
        until=until,
        undated=undated,
        document=document,
        limit=limit,
        offset=offset,
        status=shared.words_of(status),
    )
