"""`communique code`: events, figures, quotes and more out of pages, without an archive."""

from __future__ import annotations

from pathlib import Path

from communique.cli import shared
from communique.settings import DEFAULT_MODEL, Settings

BY_ENDING = {
    ".csv": "csv", ".parquet": "parquet", ".graphml": "graphml", ".gexf": "gexf", ".ftm": "ftm", ".jsonld": "jsonld",
    ".bib": "bibtex", ".zip": "datapackage",
}  # fmt: skip
BINARY = ("parquet", "datapackage")


def code(
    inputs: shared.Inputs = None,
    output: shared.Output = None,
    kinds: shared.KindsOption = None,
    form: shared.Format = None,
    processes: shared.Processes = 1,
    batch_size: shared.BatchSize = 16,
    model: shared.Model = DEFAULT_MODEL,
    no_encoder: shared.NoEncoder = False,
    weights: shared.Weights = "small",
    coder: shared.CoderOption = "communique",
) -> int:
    """Code pages: one event, figure, quote ... a line.

    The same input gives the same bytes, whatever the batch size and the number of processes.
    """
    from communique.export.base import exporter

    named = form or BY_ENDING.get(Path(output or "").suffix.lower(), "jsonl")
    wanted = shared.kinds_of(kinds)
    maker = exporter(named)
    sources = shared.inputs_of(inputs)
    settings = Settings(model, processes, batch_size, not no_encoder, wanted, weights)
    faults = shared.Faults()
    done = 0
    total = shared.counted(sources)
    with shared.output(output, binary=named in BINARY) as stream, shared.progress("coding", total) as move:
        writer = maker(stream, wanted)
        try:
            from communique.plugins import coder as coder_of

            for coded in coder_of(coder, settings).code_many(shared.documents_of(sources, faults)):
                writer.write(coded)
                stream.flush()
                done += 1
                move()
        finally:
            writer.close()
    return faults.code(done)
