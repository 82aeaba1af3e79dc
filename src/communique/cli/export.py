"""`communique export`: an archive, or a part of it, in the formats of the field."""

from __future__ import annotations

from pathlib import Path

from communique.cli import shared
from communique.cli.code import BINARY, BY_ENDING


def export(
    states: shared.States = None,
    archive: shared.ArchiveOption = shared.DEFAULT_ARCHIVE,
    output: shared.Output = None,
    form: shared.Format = None,
    kinds: shared.KindsOption = None,
    since: shared.Since = None,
    until: shared.Until = None,
    undated: shared.Undated = False,
    document: shared.DocumentOption = None,
) -> int:
    """Write an archive in a format of the field.

    Kind by kind, by date. jsonl, csv, parquet, jsonld and datapackage hold all kinds; graphml and gexf hold events.
    polecat, gdelt, gdelt-mentions, icews and ftm hold events, and only those told as having happened: these formats
    cannot say that an event is planned, possible or denied. csl-json and bibtex hold the pages behind what is asked
    for.
    """
    from communique.cli.states import codes
    from communique.export.base import exporter
    from communique.export.stream import stream

    named = form or BY_ENDING.get(Path(output or "").suffix.lower(), "jsonl")
    maker = exporter(named)
    wanted = shared.kinds_of(kinds)
    written = 0
    with shared.open_archive(archive) as store, shared.output(output, binary=named in BINARY) as target:
        writer = maker(target, wanted)
        for kind in wanted:
            if kind not in writer.kinds:
                continue
            found = stream(
                store,
                kind,
                between=codes(states or ()),
                since=shared.day(since, "--since"),
                until=shared.day(until, "--until", last=True),
                undated=undated,
                document=document,
            )
            written += sum(writer.write_item(item, page) for item, page in found)
        writer.close()
    if output and output != "-":
        shared.say(f"{output}: {written:,} rows")
    return 0
