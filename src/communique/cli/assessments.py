"""`communique assessments`: what somebody judges or expects, which is never counted as an event."""

from __future__ import annotations

from typing import TYPE_CHECKING

from communique.cli import listing, shared

if TYPE_CHECKING:
    from communique.model import Assessment


def assessments(
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
    """List what somebody judges or expects."""
    return listing.show(
        "assessment",
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


def _head(assessment: Assessment) -> str:
    by = (assessment.by.actor.name or assessment.by.text) if assessment.by else "unknown"
    about = f"  about {listing.people(assessment.about)}" if assessment.about else ""
    return f"{by}  ({', '.join(assessment.hedges)}){about}"
