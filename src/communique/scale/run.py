"""Runs the shards of an input on Daft, on this machine or on a Ray cluster, and goes on where it stopped."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from communique import __version__
from communique.errors import InputError
from communique.ingest.jsonl import Report
from communique.scale import daftly, plan, work
from communique.settings import Settings


@dataclass(frozen=True, slots=True)
class Total:
    """What a folder of shards holds now, and what this run did for it (seconds: of this run)."""

    shards: int
    coded: int
    documents: int
    items: int
    faults: int
    seconds: float


def code(
    inputs: Sequence[str | Path],
    out: Path,
    settings: Settings,
    report: Report,
    *,
    runner: str = "native",
    size: int = plan.SIZE,
    texts: bool = True,
    tell: Callable[[str], None] = lambda line: None,
) -> Total:
    """Codes the inputs into a folder of Parquet files, one for each shard. What is done already is not done again.

    texts says whether the documents are kept too, from which an archive and a merge are made.
    Raises UsageError for an unknown runner or a missing extra, CommuniqueError where shards stay undone.
    """
    start = time.monotonic()
    daftly.folder_for(out / "_done")
    shards = plan.plan(inputs, settings, report, size)
    waiting = [shard for shard in shards if work.done(out, shard.id, texts=texts) is None]
    todo = len(waiting)
    tell(f"{len(shards):,} shards, {len(shards) - todo:,} of them done already")

    def left() -> int:
        waiting[:] = [shard for shard in waiting if work.done(out, shard.id, texts=texts) is None]
        return len(waiting)

    daftly.again(lambda: _run(waiting, out, settings, runner, texts), left, "shards", out, tell)
    work.sweep(out, [shard.id for shard in shards])
    rows = [row for shard in shards if (row := work.done(out, shard.id)) is not None]
    _say_faults(rows, report)
    _manifest(out, shards, rows, settings)
    documents, items = (sum(int(row[name]) for row in rows) for name in ("documents", "items"))
    faults = sum(len(row["faults"]) for row in rows)
    return Total(len(shards), todo, documents, items, faults, round(time.monotonic() - start, 1))


def _run(shards: Sequence[plan.Shard], out: Path, settings: Settings, runner: str, texts: bool) -> None:
    """One pass over the shards. Daft hands each to the next free worker; a worker loads its models once."""
    daft = daftly.started(runner)

    class _Worker:
        """A coder in a process of its own."""

        def __init__(self, folder: str, made_of: str) -> None:
            import os

            os.environ.setdefault("OMP_NUM_THREADS", "1")
            from communique.pipeline import Coder

            row = json.loads(made_of)
            self.coder = Coder(Settings(**{**row, "kinds": tuple(row["kinds"]), "processes": 1}))
            self.out = Path(folder)

        def run(self, line: str) -> str:
            row = work.code_shard(plan.Shard.from_json(line), self.out, self.coder, texts=texts)
            return str(row["id"])

    _Worker.run = daft.method(return_dtype=daft.DataType.string())(_Worker.run)  # type: ignore[method-assign]
    worker = daft.cls(max_concurrency=settings.processes, use_process=True)(_Worker)
    made = worker(str(out.absolute()), json.dumps(asdict(settings)))
    frame = daft.from_pydict({"shard": [shard.to_json() for shard in shards]}).into_batches(1)
    if runner == "ray":
        frame = frame.into_partitions(min(len(shards), 4 * settings.processes))
    frame.with_column("done", made.run(frame["shard"])).select("done").collect()


def _say_faults(rows: Sequence[dict[str, Any]], report: Report) -> None:
    for row in rows:
        for line in row["faults"]:
            report(InputError(str(line).rstrip(".")))


def _manifest(out: Path, shards: Sequence[plan.Shard], rows: Sequence[dict[str, Any]], settings: Settings) -> None:
    """_shards.json lists what belongs together, so that files of an earlier plan are not taken for these."""
    by_id = {row["id"]: row for row in rows}
    listed = [
        {
            "file": work.files_of(out, shard.id)[0].name,
            "texts": work.texts_of(out, shard.id).name if "texts" in by_id[shard.id] else None,
            "documents": by_id[shard.id]["documents"],
            "items": by_id[shard.id]["items"],
            "of": [[part.name, part.start, part.end] for part in shard.parts],
        }
        for shard in shards
    ]
    how = {"version": __version__, "model": settings.model, "encoder": settings.encoder, "kinds": list(settings.kinds)}
    row = {**how, "shards": listed}
    part = out / "._shards.json.part"
    part.write_text(json.dumps(row, ensure_ascii=False, indent=1) + "\n", encoding="utf8")
    part.replace(out / "_shards.json")
