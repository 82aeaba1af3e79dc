"""Runs the shards of an input on Daft, on this machine or on a Ray cluster, and goes on where it stopped."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from communique.errors import CommuniqueError, UsageError
from communique.ingest.jsonl import Report
from communique.scale import plan, work
from communique.settings import Settings

RUNNERS = ("native", "ray")
TRIES = 3  # a shard whose worker was lost is coded again so often


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
    tell: Callable[[str], None] = lambda line: None,
) -> Total:
    """Codes the inputs into a folder of Parquet files, one for each shard. What is done already is not done again.

    Raises UsageError for an unknown runner or a missing extra, CommuniqueError where shards stay undone.
    """
    start = time.monotonic()
    _folder(out)
    shards = plan.plan(inputs, settings, report, size)
    waiting = [shard for shard in shards if work.done(out, shard.id) is None]
    todo = len(waiting)
    tell(f"{len(shards):,} shards, {len(shards) - todo:,} of them done already")
    fault: Exception | None = None
    for number in range(TRIES):
        if not waiting:
            break
        if number:
            tell(f"{len(waiting):,} shards are left after workers were lost: trying again")
        try:
            _run(waiting, out, settings, runner)
        except CommuniqueError:
            raise
        except Exception as lost:  # a worker died: its shard is not done, all others are
            fault = fault or lost
        waiting = [shard for shard in waiting if work.done(out, shard.id) is None]
    if waiting:
        why = " ".join(str(fault).split())[:200] if fault else "nothing said why"
        raise CommuniqueError(
            f"{len(waiting):,} of {len(shards):,} shards could not be coded ({why})",
            where=str(out),
            advice="Start the same command again: what is done is kept",
        )
    work.sweep(out, [shard.id for shard in shards])
    rows = [row for shard in shards if (row := work.done(out, shard.id)) is not None]
    _say_faults(rows, report)
    _manifest(out, shards, rows, settings)
    documents, items = (sum(int(row[name]) for row in rows) for name in ("documents", "items"))
    faults = sum(len(row["faults"]) for row in rows)
    return Total(len(shards), todo, documents, items, faults, round(time.monotonic() - start, 1))


def _folder(out: Path) -> None:
    try:
        (out / "_done").mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise UsageError(
            f"cannot be written ({fault.strerror})", where=str(out), advice="Name a folder you may write to"
        ) from fault


def _run(shards: Sequence[plan.Shard], out: Path, settings: Settings, runner: str) -> None:
    """One pass over the shards. Daft hands each to the next free worker; a worker loads its models once."""
    daft = _daft(runner)

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
            row = work.code_shard(plan.Shard.from_json(line), self.out, self.coder)
            return str(row["id"])

    _Worker.run = daft.method(return_dtype=daft.DataType.string())(_Worker.run)  # type: ignore[method-assign]
    worker = daft.cls(max_concurrency=settings.processes, use_process=True)(_Worker)
    made = worker(str(out.absolute()), json.dumps(asdict(settings)))
    frame = daft.from_pydict({"shard": [shard.to_json() for shard in shards]}).into_batches(1)
    if runner == "ray":
        frame = frame.into_partitions(min(len(shards), 4 * settings.processes))
    frame.with_column("done", made.run(frame["shard"])).select("done").collect()


def _daft(runner: str) -> Any:
    if runner not in RUNNERS:
        raise UsageError(
            "there is no such runner", where=f"--runner {runner}", advice=f"Runners are {', '.join(RUNNERS)}"
        )
    try:
        import daft
    except ImportError as fault:
        raise UsageError("coding at scale needs the extra `scale`", advice="pip install 'communique[scale]'") from fault
    if runner == "ray":
        try:
            import ray  # noqa: F401
        except ImportError as fault:
            raise UsageError("the runner ray needs Ray", advice="pip install 'communique[ray]'") from fault
    try:
        daft.set_runner_ray() if runner == "ray" else daft.set_runner_native()
    except Exception as fault:  # Daft lets a process choose once
        if "more than once" not in str(fault):
            raise
    return daft


def _say_faults(rows: Sequence[dict[str, Any]], report: Report) -> None:
    from communique.errors import InputError

    for row in rows:
        for line in row["faults"]:
            report(InputError(str(line).rstrip(".")))


def _manifest(out: Path, shards: Sequence[plan.Shard], rows: Sequence[dict[str, Any]], settings: Settings) -> None:
    """_shards.json lists what belongs together, so that files of an earlier plan are not taken for these."""
    by_id = {row["id"]: row for row in rows}
    listed = [
        {
            "file": work.files_of(out, shard.id)[0].name,
            "documents": by_id[shard.id]["documents"],
            "items": by_id[shard.id]["items"],
            "of": [[part.name, part.start, part.end] for part in shard.parts],
        }
        for shard in shards
    ]
    row = {"model": settings.model, "encoder": settings.encoder, "kinds": list(settings.kinds), "shards": listed}
    part = out / "._shards.json.part"
    part.write_text(json.dumps(row, ensure_ascii=False, indent=1) + "\n", encoding="utf8")
    part.replace(out / "_shards.json")
