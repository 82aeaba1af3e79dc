"""What an article, or the sentences of an act, promise, and what came of it: for the pages of both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from communique.archive import Archive
from communique.export.brief import wording
from communique.measure.pledges.told import look_up, promising
from communique.model import Span
from communique.web.desk import Desk
from communique.web.views.pledges import shown

MOST = 1_000  # articles that are read for one page: it stands beside something else
NONE: dict[str, Any] = {"entries": [], "left_out": []}


def promised(
    desk: Desk, keys: Sequence[str], within: Mapping[str, Sequence[Span]] | None = None
) -> dict[str, Any] | None:
    """The promises of documents, or of some stretches of them, with verdicts; None while these are looked up.

    Nothing is looked up where nothing is promised.
    """
    key = f"promising {sorted(keys)} {within}"
    if not desk.kept(key, lambda: promising(desk.archive, keys, within)):
        return NONE
    stretches = {key: [[span.start, span.end] for span in spans] for key, spans in (within or {}).items()}
    made: dict[str, Any] | None = desk.worked(
        "promised", beside=True, keys=list(keys), within=stretches if within is not None else None
    )
    return made


def work(
    archive: Archive, *, keys: Sequence[str], within: Mapping[str, Sequence[Sequence[int]]] | None
) -> dict[str, Any]:
    """The entries as plain values, each once, and the parties whose promises would take too long to look up."""
    stretches = None
    if within is not None:
        stretches = {key: [Span(start, end) for start, end in spans] for key, spans in within.items()}
    told = look_up(archive, keys, stretches, MOST)
    entries = {entry.id: entry for key in keys for entry in told.entries.get(key, ())}
    return {
        "entries": [shown(entry, keys) for entry in entries.values()],
        "left_out": [
            {
                "states": sorted(parties),
                "names": wording.listed([wording.in_text(wording.state(code)) for code in sorted(parties)]),
                "articles": articles,
            }
            for parties, articles in told.left_out
        ],
    }
