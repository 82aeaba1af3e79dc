"""`communique read`: pages into an archive; what is in it already is not coded again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from communique.cli import shared
from communique.errors import InputError, UsageError
from communique.settings import DEFAULT_MODEL, Settings

if TYPE_CHECKING:
    from communique.model import Document


def read(
    inputs: shared.Inputs = None,
    archive: shared.ArchiveOption = shared.DEFAULT_ARCHIVE,
    again: Annotated[bool, typer.Option("--again", help="Code also what is in the archive already.")] = False,
    no_merge: Annotated[
        bool, typer.Option("--no-merge", help="Leave the records as they are: for the first of many runs.")
    ] = False,
    processes: shared.Processes = 1,
    batch_size: shared.BatchSize = 16,
    model: shared.Model = DEFAULT_MODEL,
    no_encoder: shared.NoEncoder = False,
    weights: shared.Weights = "small",
    coder: shared.CoderOption = "communique",
) -> int:
    """Read pages into an archive, made if there is none.

    Reading the same page twice changes nothing. After an interruption the same command goes on where it stopped:
    each document is kept whole or not at all. At the end, events told by several reports become one record.
    """
    from communique.imports.keep import holds_data_sets
    from communique.plugins import coder as coder_of

    sources = shared.inputs_of(inputs)
    settings = Settings(model, processes, batch_size, not no_encoder, weights=weights)
    faults = shared.Faults()
    known = 0
    added: dict[str, int] = {}
    documents = 0
    total = shared.counted(sources)
    with shared.open_archive(archive, create=True) as store, shared.progress("reading", total) as move:

        def fresh() -> Iterator[Document]:
            nonlocal known
            for document in shared.documents_of(sources, faults):
                if not again and store.known(document):
                    known += 1
                    move()
                else:
                    yield document

        if holds_data_sets(store):
            raise UsageError(
                "this archive holds a data set", where=archive, advice="Name another for pages: --archive FILE"
            )
        older = store.superseded()
        run = store.begin_read(sources)
        for coded in coder_of(coder, settings).code_many(fresh()):
            try:
                if again:
                    store.replace(coded)
                elif not store.add(coded):
                    known += 1
                    continue
            except InputError as fault:  # a text that cannot be kept costs itself alone
                faults(fault)
                continue
            documents += 1
            for item in coded.items():
                kind = type(item).__name__.lower()
                added[kind] = added.get(kind, 0) + 1
            move()
        # an interrupted run may have kept documents that no merge has seen
        if not no_merge and store.waiting():
            from communique import merge

            with shared.progress("merging", None):
                merge.refresh(store)
        store.finish_read(run)
        changed = store.superseded() - older
    found = ", ".join(f"{count} {kind}{'s' if count != 1 else ''}" for kind, count in added.items())
    shared.say(
        f"{archive}: {documents} documents read{f' ({found})' if found else ''}, {known} known already, "
        f"{faults.count} faults"
    )
    if changed:
        shared.say(
            f"{archive}: {changed} of them took the place of another text with the same id. "
            "If they are other pages, give each an id or a url of its own in JSON Lines"
        )
    return faults.code(documents + known)
