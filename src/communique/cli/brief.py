"""`communique brief`: what an archive says of a pair of states, with the source of every sentence."""

from __future__ import annotations

from typing import Annotated

import typer

from communique.cli import shared
from communique.cli.plain import harmless
from communique.errors import UsageError


def brief(
    first: Annotated[str, typer.Argument(metavar="STATE", help="Code or name: CHN, China.")],
    second: Annotated[str, typer.Argument(metavar="STATE", help="Code or name of the other.")],
    archive: shared.ArchiveOption = shared.DEFAULT_ARCHIVE,
    since: shared.Since = None,
    until: shared.Until = None,
    form: Annotated[
        str, typer.Option("--format", "-f", metavar="NAME", help="terminal, markdown or html.")
    ] = "terminal",
    output: shared.Output = None,
) -> int:
    """Write the sourced brief of a pair of states.

    Events, figures, quotes, projects, where reports disagree, and what is not known.
    """
    from communique.cli.states import codes

    pair = codes([first, second])
    if len(pair) < 2:
        raise UsageError("a brief needs two different states", where=f"{first} {second}", advice="As in: CHN RUS")
    from communique.export.brief import render

    with shared.open_archive(archive) as store:
        start, end = shared.day(since, "--since"), shared.day(until, "--until", last=True)
        text = render(store, pair[0], pair[1], since=start, until=end, format=form)
    with shared.output(output) as stream:
        stream.write(harmless(text.rstrip("\n")).encode("utf8", "replace") + b"\n")
    return 0
