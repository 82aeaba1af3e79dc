"""`communique import`: event data sets of others into an archive, to stand beside one's own."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Annotated

import typer

from communique.cli import shared
from communique.errors import InputError, UsageError

if TYPE_CHECKING:
    from communique.model import Event, Record


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
    from communique.archive import schema_merge

    if not inputs or not form:
        raise UsageError("say what to import and what it is", advice="communique import FILE --format polecat")
    faults = shared.Faults()
    left: Counter[str] = Counter()
    added = known = 0
    with shared.open_archive(archive, create=True) as store:
        if any(not document.id.startswith(tuple(imports.FORMATS)) for document in store.documents()):
            raise UsageError(
                "this archive holds pages", where=archive, advice="Name another for the data set: --archive FILE"
            )
    with shared.open_archive(archive, create=True) as store, shared.progress("importing", None) as move:
        run = store.begin_read(inputs)
        for path in inputs:
            try:
                for coded in imports.read(path, form, faults, lambda why: left.update([why])):
                    fresh = store.add(coded)
                    added, known = added + fresh, known + (not fresh)
                    move()
            except InputError as fault:
                faults(fault)
        # a row is an event already: merging rows as if they were told by articles would melt days into one
        store.keep_records([_alone(event) for event in store.events()], [])
        with store.writing() as connection:
            connection.execute(schema_merge.pending.delete())
        store.finish_read(run)
    passed = "".join(f", {count:,} left out ({why})" for why, count in sorted(left.items()))
    shared.say(f"{archive}: {added:,} events imported, {known:,} known already{passed}, {faults.count:,} faults")
    return faults.code(added + known + sum(left.values()))


def _alone(event: Event) -> Record:
    from communique.model import Record, content_id

    return Record(content_id("record", event.id), event.event, (event.id,))
