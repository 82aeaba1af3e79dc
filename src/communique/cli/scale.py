"""`communique scale code`: many pages on many cores or machines, into a folder of Parquet files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from communique.cli import shared
from communique.errors import UsageError
from communique.settings import DEFAULT_MODEL, Settings


def scale(
    work: Annotated[str, typer.Argument(metavar="WORK", help="What to do: code.")],
    inputs: Annotated[
        list[str],
        typer.Argument(metavar="INPUT", help="Parquet, JSON Lines or WARC files, folders of them.", show_default=False),
    ],
    out: Annotated[str, typer.Option("--out", metavar="DIR", help="The folder of results.", show_default=False)],
    runner: Annotated[
        str, typer.Option("--runner", metavar="NAME", help="native: the cores of this machine; ray: a cluster.")
    ] = "native",
    size: Annotated[int, typer.Option("--shard-size", metavar="N", min=1, help="Documents of a shard, about.")] = 500,
    kinds: shared.KindsOption = None,
    processes: shared.Processes = 2,
    model: shared.Model = DEFAULT_MODEL,
    no_encoder: shared.NoEncoder = False,
) -> int:
    """Code very many pages: each shard of the input becomes one Parquet file of items.

    Needs the extra `scale`. Starting the same command again goes on where it stopped; a lost worker costs its shard,
    which is coded again. The items are those that `communique code` gives, whatever the number of workers.
    """
    if work != "code":
        raise UsageError("there is no such work at scale", where=work, advice="Write: communique scale code INPUT ...")
    from communique.scale import run

    settings = Settings(model, processes, 16, not no_encoder, shared.kinds_of(kinds))
    faults = shared.Faults()
    total = run.code(inputs, Path(out), settings, faults, runner=runner, size=size, tell=_tell)
    rate = total.documents / total.seconds if total.seconds and total.coded == total.shards else 0
    shared.out(
        f"{out}: {total.documents:,} documents, {total.items:,} items in {total.shards:,} files"
        + (f" ({rate:.1f} documents a second)" if rate else f"; {total.coded:,} of them coded now")
    )
    return faults.code(total.documents)


def _tell(line: str) -> None:
    shared.say(f"communique: {line}")
