"""`communique network`: who is close to whom and who against whom, and who moved."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from communique.cli import shared
from communique.errors import UsageError

if TYPE_CHECKING:
    import datetime as dt

    from communique.archive import Archive
    from communique.measure.acts import Act
    from communique.measure.network import Network


def network(
    states: shared.States = None,
    archive: shared.ArchiveOption = shared.DEFAULT_ARCHIVE,
    weights: Annotated[str, typer.Option("--weights", metavar="NAME", help="plover, goldstein or quad.")] = "plover",
    bodies: Annotated[bool, typer.Option("--bodies", help="Also the UN, the EU and their like.")] = False,
    since: shared.Since = None,
    until: shared.Until = None,
    against: Annotated[
        str | None,
        typer.Option("--against", metavar="FROM/TO", help="Who moved between this time and --since to --until."),
    ] = None,
    chart: Annotated[str | None, typer.Option("--chart", metavar="FILE", help="Draw it: .html, .svg or .png.")] = None,
    heat: Annotated[
        str | None, typer.Option("--heat", metavar="FILE", help="Draw pairs by month: .html, .svg or .png.")
    ] = None,
    meetings: Annotated[
        str | None, typer.Option("--map", metavar="FILE", help="Draw where they met: .html, .svg or .png.")
    ] = None,
    graph: Annotated[str | None, typer.Option("--graph", metavar="FILE", help="Write it: .graphml or .gexf.")] = None,
    as_json: shared.Json = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="CSV of the ties instead of text.")] = False,
    output: shared.Output = None,
) -> int:
    """Show the network of states: ties, groups, balance, and who moved.

    A tie is drawn only where the interval of its net leaves zero out. STATE: only among these.
    """
    from communique.cli.states import codes
    from communique.measure import read
    from communique.measure.network import of_acts

    among = codes(states) if states else ()
    start, end = shared.day(since, "--since"), shared.day(until, "--until", last=True)
    with shared.open_archive(archive) as store:
        acts = read.acts(store)
        if meetings:
            _draw_map(store, acts, among, start, end, meetings)
    found = of_acts(acts, among=among, since=start, until=end, weights=weights, bodies=bodies)
    if chart:
        from communique.export.pictures import network as drawing
        from communique.export.pictures import save

        save(drawing.picture(found), chart)
    if heat:
        from communique.export.pictures import heat as heating
        from communique.export.pictures import save

        save(heating.picture(acts, among=among, since=start, until=end, weights=weights), heat)
    if graph:
        _write_graph(found, graph)
    shifts = _moved(acts, against, start, end, weights, among, bodies) if against else None
    _write(found, shifts, as_json, as_csv, output)
    return 0


def _draw_map(
    store: Archive, acts: list[Act], among: tuple[str, ...], start: dt.date | None, end: dt.date | None, path: str
) -> None:
    from communique.export.pictures import map as mapping
    from communique.export.pictures import save
    from communique.measure.encounters import encounters
    from communique.measure.network import pairs_of

    chosen = frozenset(among)
    meant = [act for act in acts if not chosen or any(chosen.issuperset(pair) for pair in pairs_of(act))]
    save(mapping.picture(encounters(store, meant, since=start, until=end)), path)


def _moved(
    acts: list[Act],
    against: str,
    start: dt.date | None,
    end: dt.date | None,
    weights: str,
    among: tuple[str, ...],
    bodies: bool,
) -> list[Any]:
    from communique.measure.moved import moved

    first, slash, last = against.partition("/")
    if not slash or start is None or end is None:
        raise UsageError(
            "two times are needed to see who moved",
            where=f"--against {against}",
            advice="As in: --against 2020-01/2020-12 --since 2021-01 --until 2021-12",
        )
    before = (shared.day(first, "--against"), shared.day(last, "--against", last=True))
    if before[0] is None or before[1] is None:
        raise UsageError("the earlier time has two ends", where="--against", advice="As in: 2020-01/2020-12")
    return moved(acts, (before[0], before[1]), (start, end), weights=weights, among=among, bodies=bodies)


def _write_graph(found: Network, path: str) -> None:
    import networkx

    writers = {".graphml": networkx.write_graphml, ".gexf": networkx.write_gexf}
    writer = writers.get(Path(path).suffix.lower())
    if writer is None:
        raise UsageError("a graph is GraphML or GEXF", where=path, advice="Name a file that ends in .graphml or .gexf")
    try:
        writer(found.to_networkx(), path)
    except OSError as fault:
        raise UsageError(
            f"cannot be written ({fault.strerror})", where=path, advice="Name a file in a folder you may write to"
        ) from fault


def _write(found: Network, shifts: list[Any] | None, as_json: bool, as_csv: bool, path: str | None) -> None:
    from communique.measure import webwords

    rows = [webwords.tie_row(tie) for tie in (*found.ties, *found.unclear)]
    if as_json:
        rows += [{"kind": "state"} | {n: getattr(node, n) for n in node.__dataclass_fields__} for node in found.nodes]
        rows += [webwords.shift_row(each) for each in shifts or ()]
        rows.append(webwords.summary(found))
        text = "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows)
    elif as_csv:
        stream = io.StringIO()
        writer = csv.DictWriter(stream, webwords.TIE_COLUMNS, lineterminator="\n", extrasaction="ignore")
        writer.writeheader()
        writer.writerows({**row, "records": "; ".join(row["records"])} for row in rows)
        text = stream.getvalue()
    else:
        blocks = ["\n".join(webwords.lines(found))]
        if shifts is not None:
            blocks.append("\n".join(webwords.moved_lines(shifts)))
        text = "\n\n".join(blocks) + "\n"
    with shared.output(path) as stream_out:
        stream_out.write(text.encode("utf8", "replace"))
