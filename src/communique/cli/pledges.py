"""`communique pledges`: the ledger of promises, and what later reports say of each."""

from __future__ import annotations

import json
import textwrap
from typing import TYPE_CHECKING, Annotated

import typer

from communique.cli import listing, shared
from communique.errors import UsageError

if TYPE_CHECKING:
    from communique.measure.pledges import Ledger, Pledge
    from communique.measure.pledges.nouns import Said
    from communique.model import When

INDENT = " " * 10


def pledges(
    states: shared.States = None,
    archive: shared.ArchiveOption = shared.DEFAULT_ARCHIVE,
    verdict: Annotated[
        list[str] | None,
        typer.Option(
            "--verdict", metavar="NAME", help="kept, partly, under way, overtaken, cancelled, overdue or silent."
        ),
    ] = None,
    since: shared.Since = None,
    until: shared.Until = None,
    undated: shared.Undated = False,
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", metavar="DAY", help="Ask on this day; later reports are left out.", show_default="all"),
    ] = None,
    limit: shared.Limit = None,
    offset: shared.Offset = 0,
    as_json: shared.Json = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="CSV instead of text.")] = False,
) -> int:
    """List promises and what later reports say of them.

    Pledges, targets, contracts and plans between states: who bound himself to what, by when, and whether that was kept,
    kept in part, is under way, was overtaken by another promise, cancelled, not done in time, or whether reports are
    silent so far.
    """
    from communique.cli.states import codes
    from communique.measure.pledges import Ledger, ledger
    from communique.measure.pledges.rows import csv_text

    if as_json and as_csv:
        raise UsageError("one form at a time", where="--json --csv", advice="Choose one of them")
    with shared.open_archive(archive) as store:
        found = ledger(
            store,
            codes(states) if states else (),
            since=shared.day(since, "--since"),
            until=shared.day(until, "--until", last=True),
            undated=undated,
            verdict=shared.words_of(verdict),
            as_of=shared.day(as_of, "--as-of", last=True),
        )
    shown = Ledger(found[offset:][:limit], found.as_of)
    if as_json:
        for row in shown.rows():
            shared.out(json.dumps(row, ensure_ascii=False))
    elif as_csv:
        shared.out(csv_text(shown).rstrip("\n"))
    elif not found:
        shared.say("communique: no promise there")
    else:
        for entry in shown:
            for line in lines(entry):
                shared.out(line)
        shared.out(summary(found))
    return 0


def lines(entry: Pledge) -> list[str]:
    """An entry as text: who to whom and what, the verdict and why, the promise, and each later report."""
    from communique.measure.pledges.rows import outlets

    promise = entry.promise
    amount = f"  {entry.amount.text}" if entry.amount else ""
    due = f"  by {_due(entry.deadline)}" if entry.deadline.latest else ""
    sides = ", ".join(promise.by) + (f" → {', '.join(promise.to)}" if promise.to else "")
    found = [f"{entry.id[:8]}  {listing.date(promise.made):10}  {sides}  {promise.kind}{amount}{due}"]
    late = "kept late" if entry.late and entry.verdict == "kept" else entry.verdict
    found += _wrapped(f"{late.upper()}: {entry.why}")
    more = outlets(entry) - 1
    also = f"; also {more} other outlet{'s' if more > 1 else ''}" if more else ""
    found += _wrapped(_quoted(promise.said, also))
    for each in entry.evidence:
        found += _wrapped(f"{listing.date(each.when)} {each.verdict}: {_quoted(each.said, '')}")
    return found


def short(entry: Pledge) -> str:
    """An entry in one line, for lists of other things: its id, the parties, what, by when, and the verdict."""
    promise = entry.promise
    sides = ", ".join(promise.by) + (f" → {', '.join(promise.to)}" if promise.to else "")
    amount = f"  {' '.join(entry.amount.text.split())}" if entry.amount else ""
    due = f"  by {_due(entry.deadline)}" if entry.deadline.latest else ""
    late = "kept late" if entry.late and entry.verdict == "kept" else entry.verdict
    return f"{entry.id[:8]}  {sides}  {promise.kind}{amount}{due}  {late.upper()}: {entry.why}"


def _quoted(said: Said, more: str) -> str:
    page = said.page
    return f"“{' '.join(said.text.split())}” ({page.source or page.id}, {listing.date(page.published)}{more})"


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, shared.width(), initial_indent=INDENT, subsequent_indent=INDENT)


def summary(found: Ledger) -> str:
    """How many promises there are with each verdict."""
    parts = [f"{count} {name}" for name, count in found.count().items()]
    late = sum(entry.late and entry.verdict == "kept" for entry in found)
    if late:
        parts[0] += f" ({late} late)"
    day = f"Reports up to {found.as_of}. " if found.as_of else ""
    return f"{day}{len(found)} promise{'s' if len(found) != 1 else ''}: {', '.join(parts)}"


def _due(when: When) -> str:
    """A deadline: a day, a month, a year, or the last day of anything else."""
    short = listing.date(when)
    return short if " " not in short else str(when.latest)
