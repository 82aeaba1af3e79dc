"""`communique judge`: what a person decides about events and records, kept apart from the data and undone at will."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, cast

import typer

from communique.cli import shared
from communique.errors import UsageError

if TYPE_CHECKING:
    from communique.merge.judge import Verdict
    from communique.model import Judgement

VERDICTS = ("same", "different", "wrong", "right")


def judge(
    verdict: Annotated[
        str | None, typer.Argument(metavar="VERDICT", help="same, different, wrong or right.", show_default=False)
    ] = None,
    ids: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="ID", help="Events or records, by the first characters of their ids.", show_default=False
        ),
    ] = None,
    archive: shared.ArchiveOption = shared.DEFAULT_ARCHIVE,
    reason: Annotated[str | None, typer.Option("--reason", metavar="WORDS", help="Why; kept with it.")] = None,
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Who judges.", show_default=False)] = "",
    actor: Annotated[
        str | None,
        typer.Option("--actor", metavar="STATE", help="With wrong: who it is, wherever these words were taken so."),
    ] = None,
    instead_of: Annotated[
        str | None,
        typer.Option("--instead-of", metavar="STATE", help="Whom it was taken for, or the words of the text."),
    ] = None,
    date: Annotated[str | None, typer.Option("--date", metavar="DAY", help="With wrong: the day of the event.")] = None,
    undo: Annotated[str | None, typer.Option("--undo", metavar="ID", help="Take a judgement back.")] = None,
    show: Annotated[bool, typer.Option("--list", help="List the judgements, those taken back too.")] = False,
    as_json: shared.Json = False,
) -> int:
    """Decide what the machine decided wrong: the same event, different ones, wrong, right.

    Judgements are kept apart from the data, replayed on every merge, also after pages are coded again, and taken back
    with --undo. One wrong actor that is corrected is corrected wherever the same words were taken for the same.
    """
    from communique import merge

    with shared.open_archive(archive) as store:
        if undo is not None:
            told = merge.undo(store, undo)
            shared.say(f"{told.id[:8]}  taken back: {told.verdict} {' '.join(told.subjects)}")
            return 0
        if show or verdict is None:
            if not show:
                raise UsageError("there is no verdict", advice=f"Say {', '.join(VERDICTS)}, or --list, or --undo ID")
            in_force = {each.id for each in store.judgements()}
            for each in store.judgements(undone=True):
                shared.out(_json(each, each.id in in_force) if as_json else _line(each, each.id in in_force))
            return 0
        if verdict not in VERDICTS:
            raise UsageError("is no verdict", where=verdict, advice=f"Verdicts are {', '.join(VERDICTS)}")
        if reason is None:
            raise UsageError("a judgement needs a reason", advice="--reason WORDS")
        told = merge.judge(
            store,
            cast("Verdict", verdict),
            ids or [],
            reason=reason,
            by=by,
            actor=_code(actor),
            instead_of=_code(instead_of, strict=False),
            date=shared.day(date, "--date"),
        )
        shared.out(_json(told, True) if as_json else _line(told, True))
    return 0


def _code(given: str | None, *, strict: bool = True) -> str | None:
    """The code of a state or body; with strict False what nobody knows stands as it is."""
    if given is None:
        return None
    from communique.cli.states import codes

    try:
        return codes([given])[0]
    except UsageError:
        if strict:
            raise
        return given


def _line(told: Judgement, in_force: bool) -> str:
    right = f", right is {told.actor or told.date}" if told.corrects else ""
    whose = f" for “{told.actor_text}” taken for {told.actor_was}" if told.actor else ""
    back = "" if in_force else "  (taken back)"
    who = f" ({told.by})" if told.by else ""
    subjects = " ".join(subject[:8] for subject in told.subjects)
    return f"{told.id[:8]}  {told.at:%Y-%m-%d}  {told.verdict} {subjects}{right}{whose}: {told.reason}{who}{back}"


def _json(told: Judgement, in_force: bool) -> str:
    names = ("id", "verdict", "subjects", "reason", "by", "actor", "actor_text", "actor_was", "date")
    row = {name: getattr(told, name) for name in names} | {"at": told.at.isoformat(), "in_force": in_force}
    return json.dumps(row, ensure_ascii=False)
