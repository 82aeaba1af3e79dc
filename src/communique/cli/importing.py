"""`communique import`: event data sets of others into an archive, to stand beside one's own."""

from __future__ import annotations

from collections import Counter
from typing import Annotated

import typer

from communique.cli import shared
from communique.errors import InputError, UsageError


def import_(
    inputs: shared.Inputs = None,
    archive: shared.ArchiveOption = shared.DEFAULT_ARCHIVE,
    form: Annotated[
        str | None, typer.Option("--format", "-f", metavar="NAME", help="polecat, gdelt or icews.", show_default=False)
    ] = None,
) -> int:
    """Read event data of POLECAT, GDELT or ICEWS into an archive, made if there is none.

    Each row becomes an event whose evidence is the row itself, as these data sets come without text, and a
    record of its own: nothing is merged. The archive holds data sets only, to be asked and measured beside yours.
    Files may be .gz or .zip. Bad rows are named with their line and left out.
    """
    from communique import imports
    from communique.imports import keep

    if not inputs or not form:
        raise UsageError("say what to import and what it is", advice="communique import FILE --format polecat")
    faults = shared.Faults()
    left: Counter[str] = Counter()
    added = known = 0
    with shared.open_archive(archive, create=True) as store, shared.progress("importing", None) as move:
        if keep.holds_pages(store):
            raise UsageError(
                "this archive holds pages", where=archive, advice="Name another for the data set: --archive FILE"
            )
        run = store.begin_read(inputs)
        for path in inputs:
            try:
                for fresh in keep.keep(store, imports.read(path, form, faults, lambda why: left.update([why]))):
                    added, known = added + fresh, known + (not fresh)
                    move()
            except InputError as fault:
                faults(fault)
        keep.record_alone(store)
        store.finish_read(run)
    passed = "".join(f", {count:,} left out ({why})" for why, count in sorted(left.items()))
    shared.say(f"{archive}: {added:,} events imported, {known:,} known already{passed}, {faults.count:,} faults")
    return faults.code(added + known + sum(left.values()))
