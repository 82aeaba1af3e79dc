"""`communique pair`: how a pair of states is doing, period by period."""

from __future__ import annotations

import json
import textwrap
from typing import TYPE_CHECKING, Annotated

import typer

from communique.cli import shared
from communique.cli.plain import harmless
from communique.errors import UsageError

if TYPE_CHECKING:
    import datetime as dt

    from communique.archive import Archive
    from communique.measure.acts import Act
    from communique.model import PairSeries


def pair(
    first: Annotated[str, typer.Argument(metavar="STATE", help="Code or name: CHN, China.")],
    second: Annotated[str, typer.Argument(metavar="STATE", help="Code or name of the other.")],
    archive: shared.ArchiveOption = shared.DEFAULT_ARCHIVE,
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="day, week, month, quarter or year.")] = "month",
    weights: Annotated[str, typer.Option("--weights", metavar="NAME", help="plover, goldstein or quad.")] = "plover",
    direction: Annotated[
        bool, typer.Option("--direction", help="Apart: who acts on whom, and what they do together.")
    ] = False,
    days: Annotated[
        str, typer.Option("--days", metavar="NAME", help="own, or reported: no day of its own, its report's.")
    ] = "own",
    records: Annotated[
        bool, typer.Option("--records", help="The records behind each point, with their words.")
    ] = False,
    since: shared.Since = None,
    until: shared.Until = None,
    chart: Annotated[str | None, typer.Option("--chart", metavar="FILE", help="Draw it: .html, .svg or .png.")] = None,
    timeline: Annotated[
        str | None, typer.Option("--timeline", metavar="FILE", help="Draw every act: .html, .svg or .png.")
    ] = None,
    as_json: shared.Json = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="CSV instead of text.")] = False,
    output: shared.Output = None,
) -> int:
    """Show how a pair of states is doing: cooperation, conflict and net by period.

    Only what was done and is dated counts, each event once however many report it; periods with fewer than three
    records have no score. Most acts in the news carry no day of their own ("met with"): they stand beside, unless
    --days reported puts them on the day of their first report, which is then said.
    """
    from communique.cli.states import codes
    from communique.measure import read
    from communique.measure.acts import DIRECTIONS
    from communique.measure.placing import PLACES, placed
    from communique.measure.series import chosen, series

    states = codes([first, second])
    if len(states) < 2:
        raise UsageError("a pair needs two different states", where=f"{first} {second}", advice="As in: CHN RUS")
    if as_json and as_csv:
        raise UsageError("one form at a time", where="--json --csv", advice="Choose one of them")
    if days not in PLACES:
        raise UsageError("is no way to date acts", where=f"--days {days}", advice=f"One of: {', '.join(PLACES)}")
    ways = DIRECTIONS[1:] if direction else DIRECTIONS[:1]
    start, end = shared.day(since, "--since"), shared.day(until, "--until", last=True)
    choices = [chosen(by, weights, direction=way, since=start, until=end) for way in ways]
    with shared.open_archive(archive) as store:
        acts = list(placed(store, read.acts(store, states), days))
        found = [series(acts, states[0], states[1], each) for each in choices]
        if not any(each.points or each.vague or each.undated for each in found):
            _say_why(store, states)
        if chart:
            _draw(found, chart)
        if timeline:
            _draw_acts(found[0], acts, start, end, timeline)
        _write(store, found, acts, as_json, as_csv, records, output)
    return 0


def _say_why(store: Archive, states: tuple[str, ...]) -> None:
    from communique.measure import read

    waiting = read.unmerged(store, states)
    if waiting:
        shared.say(
            f"communique: {waiting} events of this pair are not merged yet: run communique read without --no-merge"
        )
    else:
        shared.say("communique: nothing on record that these two did")


def _draw_acts(series: PairSeries, acts: list[Act], start: dt.date | None, end: dt.date | None, path: str) -> None:
    from communique.export.pictures import save, timeline

    inside = [
        act
        for act in acts
        if act.earliest and act.latest and (not start or act.earliest >= start) and (not end or act.latest <= end)
    ]
    save(timeline.picture(inside, series.first, series.second, weights=series.weights), path)


def _draw(found: list[PairSeries], path: str) -> None:
    from communique.export.pictures import save
    from communique.export.pictures.series import picture

    save(picture(found), path)


def _told(series: PairSeries, acts: list[Act]) -> list[str]:
    from communique.measure import summary

    found = list(summary.lines(series, acts))
    folded = [textwrap.fill(line, shared.width(), subsequent_indent="  ") for line in found]
    return ["", *folded] if folded else []


def _write(
    store: Archive,
    found: list[PairSeries],
    acts: list[Act],
    as_json: bool,
    as_csv: bool,
    records: bool,
    path: str | None,
) -> None:
    from communique.measure import evidence, summary, table, words

    if as_json:
        told = [row for each in found for row in summary.rows(each, acts)]
        text = "".join(f"{line}\n" for line in table.json_lines(found))
        text += "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in told)
    elif as_csv:
        text = table.csv_text(found)
    else:
        blocks = ["\n".join([*words.lines(each), *_told(each, acts)]) for each in found]
        if records:
            blocks += ["\n".join(evidence.lines(store, each, acts, shared.width())) for each in found]
        text = harmless("\n\n".join(block for block in blocks if block)) + "\n"
    with shared.output(path) as stream:
        stream.write(text.encode("utf8", "replace"))
