"""`communique quotes`: exact words and reported speech, and whose they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from communique.cli import listing, shared

if TYPE_CHECKING:
    from communique.model import Quote


def quotes(
    states: shared.States = None,
    archive: shared.ArchiveOption = shared.DEFAULT_ARCHIVE,
    mode: Annotated[
        list[str] | None, typer.Option("--mode", metavar="NAME", help="direct, partial or indirect.")
    ] = None,
    since: shared.Since = None,
    until: shared.Until = None,
    undated: shared.Undated = False,
    document: shared.DocumentOption = None,
    limit: shared.Limit = None,
    offset: shared.Offset = 0,
    as_json: shared.Json = False,
) -> int:
    """List quotes and reported speech, and who speaks."""
    return listing.show(
        "quote",
        archive,
        states,
        _head,
        as_json=as_json,
        since=since,
        until=until,
        undated=undated,
        document=document,
        limit=limit,
        offset=offset,
        mode=shared.words_of(mode),
    )


def _head(quote: Quote) -> str:
    who = [quote.speaker.actor.name or quote.speaker.text] if quote.speaker else ["unknown"]
    codes = [each.actor.code for each in quote.speakers or ((quote.speaker,) if quote.speaker else ())]
    if any(codes):
        who.append(f"({', '.join(dict.fromkeys(code for code in codes if code))})")
    if quote.through:
        who.append(f"through {quote.through.actor.name or quote.through.text}")
    if quote.addressee:
        who.append(f"to {quote.addressee.actor.name or quote.addressee.text}")
    return f"{' '.join(who)}  ({quote.mode})  “{' '.join(quote.quote.split())}”"
