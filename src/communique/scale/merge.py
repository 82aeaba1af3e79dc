"""Merges a folder of shards on Daft: copies, then what hangs together, then records and stories, as Parquet files.

The outcome is that of `communique read` on one machine. Every stage writes files that are not written again; what goes
over more than a pair of documents (who copies whom over several steps, which tellings hang together) is a list of pairs
that the program itself turns into groups, between two stages.
"""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from communique.errors import CommuniqueError, InputError
from communique.ingest.jsonl import Report
from communique.model import content_id
from communique.scale import daftly
from communique.scale.components import components
from communique.scale.folder import Folder
from communique.scale.joins import Joins
from communique.scale.prepare import done, how, prepare
from communique.scale.settle import Settler, records_path, stories_path
from communique.scale.shelf import Shelf

STATE, LISTED = "_merge.json", "_records.json"
TELLINGS = 2_000  # of one task of records
DOCUMENTS = 4_000  # of one task of stories
TASKS = 100  # for each worker that are looked up together


@dataclass(frozen=True, slots=True)
class Merged:
    """What a folder of records holds now, how many shards this run prepared and left out, and its seconds."""

    documents: int
    tellings: int
    records: int
    stories: int
    prepared: int
    broken: int
    seconds: float


def merge(
    shards: Folder,
    out: Path,
    report: Report,
    *,
    runner: str = "native",
    processes: int = 2,
    tell: Callable[[str], None] = lambda line: None,
) -> Merged:
    """Writes records-N.parquet and stories-N.parquet into a folder, and _records.json when all of them are there.

    Raises UsageError as `daftly.started` does, CommuniqueError where something stays undone. A shard that cannot be
    read is reported and left out.
    """
    start = time.monotonic()
    daft = daftly.started(runner)
    daftly.folder_for(out / "prepared")
    if runner == "ray":  # a task for each small file, and shuffles between all of them, would cost more than the work
        daft.set_execution_config(enable_scan_task_split_and_merge=True)
    run = _Run(daft, shards, out, runner, processes, tell)
    prepared, broken = run.prepare(report)
    run.begin()
    run.stages()
    found = run.finish()
    return Merged(*found, prepared, broken, round(time.monotonic() - start, 1))


class _Run:
    """One run over one folder."""

    def __init__(
        self, daft: Any, shards: Folder, out: Path, runner: str, processes: int, tell: Callable[[str], None]
    ) -> None:
        self._daft, self._shards, self._out = daft, shards.shards, out
        self._runner, self._processes, self._tell = runner, processes, tell
        self._how = how()
        self._usable: list[int] = []
        self._begun = time.monotonic()

    def prepare(self, report: Report) -> tuple[int, int]:
        """Prepares every shard, each by whoever takes it; how many were prepared now, and how many cannot be read."""
        made, out, shards = self._how, self._out, self._shards
        faults: dict[int, str] = {}

        def waiting() -> list[int]:
            there = (n for n in range(len(shards)) if n not in faults)
            return [n for n in there if not done(out, n, shards[n].path.name, made)]

        def run() -> None:
            rest = waiting()
            given = [(n, str(shards[n].path.absolute())) for n in rest]
            found = self._on_workers(_Preparer, (str(out.absolute()), made), given)
            fresh = {n: fault for n, fault in found if fault}
            faults.update(fresh)
            for n in sorted(fresh):
                report(InputError(fresh[n].rstrip(".")))

        todo = len(waiting())
        self._tell(f"{len(shards):,} shards, {len(shards) - todo:,} of them prepared already")
        daftly.again(run, lambda: len(waiting()), "shards", out, self._tell)
        self._usable = [n for n in range(len(shards)) if n not in faults]
        if not self._usable:
            raise CommuniqueError("no shard can be read", where=str(out), advice="Code the pages again")
        return todo - len(faults), len(faults)

    def begin(self) -> None:
        """Takes up what an earlier run left, if it was of the same shards; else begins anew."""
        names = [f"{n} {self._shards[n].path.name}" for n in self._usable]
        state = {"of": content_id(self._how, *names)}
        path = self._out / STATE
        try:
            same = json.loads(path.read_bytes()) == state
        except (OSError, ValueError):
            same = False
        if not same:
            shutil.rmtree(self._out / "stages", ignore_errors=True)
            for old in (*self._out.glob("records-*.parquet"), *self._out.glob("stories-*.parquet")):
                old.unlink()
            (self._out / LISTED).unlink(missing_ok=True)
            _write_json(path, state)
        daftly.folder_for(self._out / "stages")

    def stages(self) -> None:
        """Everything from documents to records and stories."""
        joins = Joins(self._daft, self._out, self._usable, self._runner, self._processes)
        self._stage(joins, "dropped", lambda: self._dropped(joins))
        self._stage(joins, "same", joins.same)
        self._passes(joins, "copies", joins.copies)
        self._stage(joins, "roots", lambda: joins.roots(_labels(joins, ("same", "copies"), "at")))
        self._stage(joins, "inside", joins.inside)
        self._passes(joins, "near", joins.near)
        self._passes(joins, "ties", joins.ties)
        self._stage(
            joins,
            "parts",
            lambda: joins.write("parts", _labels(joins, ("ties-dated", "ties-story", "inside"), "t", ("inner",))),
        )
        self._stage(joins, "near-parts", lambda: joins.write("near-parts", _labels(joins, ("near",), "text")))
        self._tasks(joins, "records")
        self._tasks(joins, "stories")

    def finish(self) -> tuple[int, int, int, int]:
        """Lists what belongs together; numbers of documents, tellings, records and stories."""
        import pyarrow.parquet as pq

        joins = Joins(self._daft, self._out, self._usable, self._runner, self._processes)
        files = {kind: sorted(self._out.glob(f"{kind}-*.parquet")) for kind in ("records", "stories")}
        rows = {kind: sum(pq.read_metadata(path).num_rows for path in files[kind]) for kind in files}
        listed = {kind: [path.name for path in paths] for kind, paths in files.items()}
        documents, tellings = joins.documents().count_rows(), joins.without(joins.table("tells")).count_rows()
        whole = {"documents": documents, "tellings": tellings, **{f"number of {kind}": rows[kind] for kind in rows}}
        _write_json(self._out / LISTED, whole | listed)
        return documents, tellings, rows["records"], rows["stories"]

    # ---- stages

    def _stage(self, joins: Joins, name: str, make: Callable[[], None]) -> None:
        if not joins.there(name):
            daftly.again(
                make, lambda: 0 if joins.there(name) else 1, f"parts of the stage {name}", self._out, self._tell
            )
        self._say(name)

    def _passes(self, joins: Joins, name: str, make: Callable[[Callable[[str], None]], None]) -> None:
        """A stage of several passes; a mark says that all of them are there."""
        mark = self._out / "stages" / f"{name}.done"

        def run() -> None:
            make(lambda _: None)
            mark.touch()

        daftly.again(run, lambda: 0 if mark.exists() else 1, f"parts of the stage {name}", self._out, self._tell)
        self._say(name)

    def _say(self, name: str) -> None:
        self._tell(f"{name} done after {time.monotonic() - self._begun:,.0f} seconds")

    def _dropped(self, joins: Joins) -> None:
        """Documents that stand twice, and those whose page has another text by now, as an archive tells them."""
        import pyarrow as pa

        shelf = Shelf(self._out)
        by_id: dict[str, list[tuple[int, str, str | None]]] = {}
        for at in sorted(joins.repeated_ids()["at"].to_pylist()):
            key, name, url = shelf.document(at, ("key", "id", "url"))
            by_id.setdefault(name, []).append((at, key, url))
        twice: list[int] = []
        superseded: list[int] = []
        for rows in by_id.values():
            again, old = revised(rows)
            twice += again
            superseded += old
        joins.write("dropped", pa.table({"at": pa.array(sorted({*twice, *superseded}), pa.int64())}))

    def _tasks(self, joins: Joins, kind: str) -> None:
        """Hands out the tasks of records or of stories, some at a time."""
        path = records_path if kind == "records" else stories_path
        frame = joins.told() if kind == "records" else joins.printed()
        size = TELLINGS if kind == "records" else DOCUMENTS
        count = max(1, -(-frame.count_rows() // size))

        def left() -> list[int]:
            return [task for task in range(count) if not path(self._out, task).exists()]

        def run() -> None:
            rest = left()
            for at in range(0, len(rest), TASKS * self._processes):
                some = rest[at : at + TASKS * self._processes]
                given = joins.tasks(kind, frame, count, some)
                list(self._on_workers(_Settler, (str(self._out.absolute()), kind), given))

        daftly.again(run, lambda: len(left()), f"tasks of {kind}", self._out, self._tell)
        self._say(kind)

    def _on_workers(
        self, kind: type[Any], made_of: Sequence[Any], given: Iterable[tuple[int, str]]
    ) -> Iterable[tuple[int, str]]:
        """(number, what came of it) for each row (number, line), each done by the next free worker."""
        daft = self._daft
        rows = list(given)
        worker = type(kind.__name__, (kind,), {})
        worker.run = daft.method(return_dtype=daft.DataType.string())(kind.run)  # type: ignore[attr-defined]
        made = daftly.workers(daft, worker, self._runner, self._processes)(*made_of)
        columns = {"number": [number for number, _ in rows], "line": [line for _, line in rows]}
        frame = daft.from_pydict(columns).into_batches(1)
        if self._runner == "ray":
            frame = frame.into_partitions(max(1, min(len(rows), 4 * self._processes)))
        found = frame.with_column("said", made.run(frame["number"], frame["line"])).select("number", "said").to_pydict()
        return zip(found["number"], found["said"], strict=True)


class _Preparer:
    """Prepares shards in a process of its own."""

    def __init__(self, out: str, made: str) -> None:
        os.environ.setdefault("OMP_NUM_THREADS", "1")
        self._out, self._made = Path(out), made

    def run(self, number: int, documents: str) -> str:
        """One shard; what is wrong with it, if anything is."""
        try:
            prepare(Path(documents), self._out, number, self._made)
        except InputError as fault:
            return fault.line()
        return ""


class _Settler:
    """Writes records or stories in a process of its own."""

    def __init__(self, out: str, kind: str) -> None:
        os.environ.setdefault("OMP_NUM_THREADS", "1")
        self._settler, self._kind = Settler(out), kind

    def run(self, number: int, line: str) -> str:
        """One task; how much came of it."""
        held = json.loads(line)
        edges = list(zip(*held["edges"], strict=True))
        told = list(zip(*held["rows"], strict=True))
        if self._kind == "records":
            return str(self._settler.records(number, told, edges))
        return str(self._settler.stories(number, told, edges, list(zip(*held["records"], strict=True))))


def revised(rows: Sequence[tuple[int, str, str | None]]) -> tuple[list[int], list[int]]:
    """Of documents of one id in reading order (number, key, url): those that stand twice, and those that are older
    texts of a page, by the rules of `Archive.add`.
    """
    seen: set[str] = set()
    twice, superseded = [], []
    current: list[tuple[int, str | None]] = []
    for at, key, url in rows:
        if key in seen:
            twice.append(at)
            continue
        seen.add(key)
        # two addresses are two pages, though their files have one name
        old = [each for each in current if not url or each[1] is None or each[1] == url]
        superseded += [each[0] for each in old]
        current = [*(each for each in current if each not in old), (at, url)]
    return twice, superseded


def _labels(joins: Joins, stages: Sequence[str], name: str, tables: Sequence[str] = ()) -> Any:
    """(name, label): who stands in pairs of these stages or tables, with the first of all it hangs together with."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.parquet as pq

    empty = np.empty(0, dtype=np.int64)
    ends: tuple[list[Any], list[Any]] = ([empty], [empty])
    files = [path for stage in stages for path in joins.files(stage)]
    for path in (*files, *(path for table in tables for path in joins.prepared(table))):
        rows = pq.read_table(path, columns=["a", "b"])
        ends[0].append(rows["a"].to_numpy())
        ends[1].append(rows["b"].to_numpy())
    members, labels = components(np.concatenate(ends[0]), np.concatenate(ends[1]))
    return pa.table({name: members, "label": labels})


def _write_json(path: Path, held: object) -> None:
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    part.write_text(json.dumps(held, ensure_ascii=False, indent=1) + "\n", encoding="utf8")
    part.replace(path)
