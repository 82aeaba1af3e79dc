"""`communique scale`: many pages on many cores or machines, an archive over what came of them, and their merge."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from communique.cli import shared
from communique.errors import UsageError
from communique.settings import DEFAULT_MODEL, KINDS, Settings

WORKS = ("code", "open", "merge")


def scale(
    work: Annotated[str, typer.Argument(metavar="WORK", help="What to do: code, open or merge.")],
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="INPUT",
            help="code: Parquet, JSON Lines or WARC files, folders of them. open and merge: a folder of shards.",
            show_default=False,
        ),
    ],
    out: Annotated[
        str | None, typer.Option("--out", metavar="DIR", help="The folder of results, of shards or of records.")
    ] = None,
    archive: shared.ArchiveOption = shared.DEFAULT_ARCHIVE,
    runner: Annotated[
        str, typer.Option("--runner", metavar="NAME", help="native: the cores of this machine; ray: a cluster.")
    ] = "native",
    size: Annotated[int, typer.Option("--shard-size", metavar="N", min=1, help="Documents of a shard, about.")] = 500,
    no_texts: Annotated[
        bool, typer.Option("--no-texts", help="code: keep items alone; open and merge need the documents too.")
    ] = False,
    no_merge: Annotated[bool, typer.Option("--no-merge", help="open: leave the records for another time.")] = False,
    kinds: shared.KindsOption = None,
    processes: shared.Processes = 2,
    model: shared.Model = DEFAULT_MODEL,
    no_encoder: shared.NoEncoder = False,
) -> int:
    """Code very many pages in shards; open an archive over the shards; merge them into records.

    code (communique scale code INPUT --out DIR): each shard of the input becomes a Parquet file of items and one of
    documents. The items are those that `communique code` gives, whatever the number of workers.

    open (communique scale open DIR --archive FILE): an archive as `communique read` makes it of the same input;
    nothing is coded again. Started again, it takes what is new.

    merge (communique scale merge DIR --out DIR2): the records and stories of that archive as Parquet files.

    code and merge need the extra `scale`. Starting the same command again goes on where it stopped; a lost worker costs
    what it was at, which is done again.
    """
    if work not in WORKS:
        raise UsageError("there is no such work at scale", where=work, advice=f"Works are {', '.join(WORKS)}")
    if work != "open" and not out:
        raise UsageError("a folder of results is needed", where=f"scale {work}", advice="Name one: --out DIR")
    if work != "code" and len(inputs) > 1:
        raise UsageError("one folder of shards at a time", where=f"scale {work}", advice=f"Start with {inputs[0]}")
    faults = shared.Faults()
    if work == "open":
        return _open(Path(inputs[0]), archive, faults, no_merge=no_merge)
    if work == "merge":
        return _merge(Path(inputs[0]), Path(out or ""), faults, runner, processes)
    from communique.scale import run

    settings = Settings(model, processes, 16, not no_encoder, shared.kinds_of(kinds))
    total = run.code(
        inputs, Path(out or ""), settings, faults, runner=runner, size=size, texts=not no_texts, tell=_tell
    )
    rate = total.documents / total.seconds if total.seconds and total.coded == total.shards else 0
    shared.out(
        f"{out}: {total.documents:,} documents, {total.items:,} items in {total.shards:,} shards"
        + (f" ({rate:.1f} documents a second)" if rate else f"; {total.coded:,} of them coded now")
    )
    return faults.code(total.documents)


def _open(path: Path, archive: str, faults: shared.Faults, *, no_merge: bool) -> int:
    """An archive over a folder of shards."""
    from communique.imports.keep import holds_data_sets
    from communique.scale.folder import folder
    from communique.scale.opened import open_shards

    shards = folder(path)
    if left_out := [kind for kind in KINDS if kind not in shards.kinds]:
        shared.say(f"{path}: was coded without {', '.join(left_out)}: the archive will have none")
    with shared.open_archive(archive, create=True) as store:
        if holds_data_sets(store):
            raise UsageError(
                "this archive holds a data set", where=archive, advice="Name another for pages: --archive FILE"
            )
        run = store.begin_read([str(path)])
        with shared.counting("opening", shards.documents) as moved:
            found = open_shards(shards, store, faults, moved)
        if not no_merge and (waiting := store.waiting()):
            from communique import merge

            with shared.counting("merging", waiting) as moved:
                merge.refresh(store, moved)
        if not found.broken:
            store.finish_read(run)
    shared.say(
        f"{archive}: {found.documents:,} documents of {len(shards.shards):,} shards, {found.known:,} known already"
        + (f"; {found.broken:,} shards could not be read" if found.broken else "")
    )
    return faults.code(found.documents + found.known)


def _merge(path: Path, out: Path, faults: shared.Faults, runner: str, processes: int) -> int:
    """The records of a folder of shards."""
    from communique.scale.folder import folder
    from communique.scale.merge import merge

    shards = folder(path)
    total = merge(shards, out, faults, runner=runner, processes=processes, tell=_tell)
    whole = total.seconds and total.prepared == len(shards.shards)  # else earlier runs have done a part
    rate = f" ({total.documents / total.seconds:.1f} documents a second)" if whole else ""
    shared.out(
        f"{out}: {total.records:,} records and {total.stories:,} stories of {total.documents:,} documents{rate}"
        + (f"; {total.broken:,} shards could not be read" if total.broken else "")
    )
    return faults.code(total.documents)


def _tell(line: str) -> None:
    shared.say(f"communique: {line}")
