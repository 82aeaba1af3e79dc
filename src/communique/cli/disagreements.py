"""`communique disagreements`: what reports tell differently, side by side with both sentences."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any

import typer

from communique.cli import shared
from communique.errors import UsageError

if TYPE_CHECKING:
    from communique.archive import Archive
    from communique.model import Claim, Disagreement, Record

FIELDS = ("value", "date", "place", "participants", "stance")
SHOWN = 3  # reports that are shown for one value


def disagreements(
    states: shared.States = None,
    archive: shared.ArchiveOption = shared.DEFAULT_ARCHIVE,
    fields: Annotated[
        list[str] | None,
        typer.Option("--field", metavar="NAME", help="Only these: value, date, place, participants, stance."),
    ] = None,
    every: Annotated[
        bool, typer.Option("--all", help="Also what differs and is no contradiction: other periods, corrections.")
    ] = False,
    limit: shared.Limit = None,
    as_json: shared.Json = False,
) -> int:
    """List what reports tell differently: amounts, dates, places, participants, and whether it happened at all.

    Each with both sentences and who says so. What a later report of the same voice corrects is no contradiction, nor
    are figures of different times or a target beside a result: --all shows these too, and says what they are.
    """
    from communique.cli.states import codes

    wanted_fields = set(shared.words_of(fields)) or set(FIELDS)
    if unknown := wanted_fields - set(FIELDS):
        raise UsageError(f"there is no field {', '.join(sorted(unknown))}", advice=f"Fields are {', '.join(FIELDS)}")
    shown = 0
    with shared.merged_archive(archive) as store:
        wanted = _of_states(store, codes(states)) if states else None
        for record in [*store.records(), *store.records(kind="figure")]:
            if wanted is not None and not wanted.intersection(record.members):
                continue
            for found in record.disagreements:
                if found.field not in wanted_fields or not (every or found.verdict == "contradiction"):
                    continue
                if limit is not None and shown >= limit:
                    return 0
                shown += 1
                _show(store, record, found, as_json)
    if not shown and not as_json:
        shared.say("communique: no disagreement there")
    return 0


def _of_states(store: Archive, between: tuple[str, ...]) -> set[str]:
    """Ids of the events and figures between states."""
    found = {event.id for event in store.events(between=between)}
    return found | {figure.id for figure in store.figures(between=between)}


def _show(store: Archive, record: Record, found: Disagreement, as_json: bool) -> None:
    sides = [_side(store, claim) for claim in (found.first, found.second)]
    if as_json:
        row = {"record": record.id, "event": record.event, "field": found.field, "verdict": found.verdict}
        shared.out(json.dumps(row | {"first": sides[0], "second": sides[1]}, ensure_ascii=False))
        return
    shared.out(f"{record.id[:8]}  {record.event}  {found.field}: {found.verdict}")
    for side in sides:
        shared.out(f"          {side['value']}")
        for told in side["said_by"][:SHOWN]:
            outlet = told["publication"] or told["document_id"]
            shared.out(f"              “{told['text']}” ({outlet}{', ' + told['date'] if told['date'] else ''})")
        if len(side["said_by"]) > SHOWN:
            shared.out(f"              and {len(side['said_by']) - SHOWN} more")


def _side(store: Archive, claim: Claim) -> dict[str, Any]:
    """A value with everybody who gives it."""
    from communique.export.dates import period

    told = []
    for identifier, key in claim.said_by:
        document = store.document(key)
        item, _ = store.get(identifier)
        sentence = getattr(item, "sentence", None)
        told.append(
            {
                "id": identifier,
                "document_id": document.id,
                "publication": document.source,
                "date": period(document.published),
                "text": " ".join(sentence.cut(document.text).split()) if sentence else "",
            }
        )
    return {"value": claim.value, "said_by": told}
