"""`communique verify`: proof that every span of an archive stands where it says."""

from __future__ import annotations

import dataclasses
import json
from typing import Annotated

import typer

from communique.cli import shared

MOST_FAULTS = 50  # lines; an archive that is damaged has thousands


def verify(
    archive: shared.ArchiveOption = shared.DEFAULT_ARCHIVE,
    as_json: shared.Json = False,
    seal: Annotated[
        bool, typer.Option("--seal", help="Take all that stands there now as right: the next run compares with it.")
    ] = False,
) -> int:
    """Cut every span of an archive again, check every row, and compare all with what was written.

    Exit code 1 if a fault is found.
    """
    if seal:
        with shared.open_archive(archive) as store:
            store.seal()
    with shared.open_archive(archive) as store, shared.progress("verifying", len(store.keys(revised=True))) as move:
        verdict = store.verify(lambda _done, _total: move())
    if as_json:
        row = {
            "counts": verdict.counts,
            "spans": verdict.spans,
            "share": round(verdict.share, 6),
            "faults": [dataclasses.asdict(fault) for fault in verdict.faults],
        }
        shared.out(json.dumps(row, ensure_ascii=False))
        return 1 if verdict.faults else 0
    for kind, count in verdict.counts.items():
        shared.out(f"{count:9,} {kind}s")
    if verdict.faults:
        for fault in verdict.faults[:MOST_FAULTS]:
            shared.say(f"communique: {archive}: {fault.line()}")
        if len(verdict.faults) > MOST_FAULTS:
            shared.say(f"communique: {archive}: and {len(verdict.faults) - MOST_FAULTS:,} more")
        shared.out(f"{len(verdict.faults):,} faults among {verdict.spans:,} checks")
        return 1
    shared.out(f"{verdict.spans:9,} checks of spans and rows: 100 % hold")
    return 0
