"""`communique evaluate`: how well sentences that people coded are coded here."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from communique.cli import shared
from communique.settings import DEFAULT_MODEL, Settings

if TYPE_CHECKING:
    from communique.scoring import Count, Report


Types = Annotated[bool, typer.Option("--types", help="The figures of each event as well.")]
Confusion = Annotated[bool, typer.Option("--confusion", help="What was coded where the gold event was missed.")]
Misses = Annotated[int, typer.Option("--misses", metavar="N", help="The first N sentences without a full hit.", min=0)]


def evaluate(
    gold: Annotated[str, typer.Argument(metavar="GOLD", help="JSON Lines: id, text, event, actor, recipient.")],
    model: shared.Model = DEFAULT_MODEL,
    no_encoder: shared.NoEncoder = False,
    weights: shared.Weights = "small",
    limit: shared.Limit = None,
    types: Types = False,
    confusion: Confusion = False,
    misses: Misses = 0,
    as_json: shared.Json = False,
) -> int:
    """Code the sentences of a gold set and compare.

    A line holds {"id", "text", "event", "actor": [{"code"}], "recipient": [{"code"}], "unordered"}, or actor_text and
    recipient_text instead of codes, or an example of the project's own: {"id", "text", "events": [...]} with spans.
    Of an example the first event is looked for.
    """
    from communique import ingest
    from communique.export.plover import to_json
    from communique.pipeline import Coder
    from communique.scoring import read_gold, score

    rows = read_gold(Path(gold))[:limit]
    coder = Coder(Settings(model=model, encoder=not no_encoder, kinds=("event",), weights=weights))
    events: list[dict[str, Any]] = []
    with shared.progress("coding", len(rows)) as move:
        for row in rows:
            coded = coder.code(ingest.from_text(row["text"], id=row["id"]))
            events += [to_json(event, coded.document) for event in coded.events]
            move()
    report = score(rows, events)
    if as_json:
        shared.out(json.dumps(report.as_json(misses)))
        return 0
    for line in _lines(report, types, confusion, misses):
        shared.out(line)
    return 0


def _lines(report: Report, types: bool, confusion: bool, misses: int) -> Iterator[str]:
    """The report as text."""
    yield f"sentences      {report.sentences}"
    for name, count in report.fields.items():
        yield f"{name:14} {_count(count)}"
    share = max(1, report.sentences)
    yield f"{'hit':14} {report.hits / share:.3f}"
    yield f"{'pair':14} {report.pairs / share:.3f}"
    if types:
        yield from ("", "event by event")
        yield from (f"{name:14} {_count(count)}" for name, count in sorted(report.types.items()))
    if confusion:
        yield from ("", "the gold event, and what was coded in its place")
        for (wanted, found), number in sorted(report.confusion.items(), key=lambda pair: (-pair[1], pair[0])):
            yield f"{number:5}  {wanted:10} {found}"
    for row, coded in report.misses[:misses]:
        yield from ("", f"{row['id']}: {row['text']}", f"  gold   {_told(row)}")
        yield from (f"  coded  {_told(event)}" for event in coded or [{"event": "nothing"}])


def _count(count: Count) -> str:
    return f"precision {count.precision:.3f}  recall {count.recall:.3f}  f1 {count.f1:.3f}"


def _told(row: Mapping[str, Any]) -> str:
    sides = []
    for side in ("actor", "recipient"):
        people = row.get(side) or ()
        named = [str(who.get("code") or who.get("entity_text") or who.get("text")) for who in people]
        sides.append(", ".join(named) or str(row.get(f"{side}_text") or "nobody"))
    return f"{row['event']}: {sides[0]} to {sides[1]}"
