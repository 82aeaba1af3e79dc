"""`communique projects`: named undertakings between states, and the stage of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from communique.cli import listing, shared

if TYPE_CHECKING:
    from communique.model import Project


def projects(
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
    """List projects with the stages they are given."""
    return listing.show(
        "project",
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


def _head(project: Project) -> str:
    between = f"  {listing.people(project.between)}" if project.between else ""
    return f"{listing.date(project.date):10}  {project.name}  {project.stage or 'stage unknown'}{between}"
