"""`communique forums`: bodies in which states meet or stand together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from communique.cli import listing, shared

if TYPE_CHECKING:
    from communique.model import Forum


def forums(
    states: shared.States = None,
    archive: shared.ArchiveOption = shared.DEFAULT_ARCHIVE,
    since: shared.Since = None,
    until: shared.Until = None,
    undated: shared.Undated = False,
    document: shared.DocumentOption = None,
    limit: shared.Limit = None,
    offset: shared.Offset = 0,
    as_json: shared.Json = False,
) -> int:
    """List bodies in which states meet or stand together."""
    return listing.show(
        "forum",
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
    )


def _head(forum: Forum) -> str:
    members = f"  {listing.people(forum.members)}" if forum.members else ""
    return f"{forum.name}  ({forum.role}){members}"
