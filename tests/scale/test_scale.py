"""Shards: the same documents as in one run, each once; what is done stays done."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from tests.builders import TEXT, rail_accord
from tests.ingest.test_warc import BODY, record

import communique
from communique import ingest
from communique.errors import CommuniqueError, UsageError
from communique.export.parquet import Parquet
from communique.model import Coded, Document
from communique.scale import plan, run, work
from communique.settings import Settings


class KnownCoder:
    """Codes the rail accord and finds nothing in any other page."""

    settings = Settings()

    def code(self, document: Document) -> Coded:
        """One document."""
        return rail_accord(document.id) if document.text == TEXT else Coded(document)

    def code_many(self, documents: Iterable[Document]) -> Iterator[Coded]:
        """Many, in their order."""
        return map(self.code, documents)


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """A folder with 23 documents in every form, one broken line and one empty one."""
    folder = tmp_path / "pages"
    folder.mkdir()
    lines = [
        json.dumps({"text": TEXT if n % 3 == 0 else f"Norland met Estmark, it said, {n} times."}) for n in range(9)
    ]
    (folder / "a.jsonl").write_text("\n".join([*lines[:4], "", "{broken", *lines[4:]]) + "\n", encoding="utf8")
    rows = [{"id": f"row-{n}", "text": TEXT} for n in range(6)]
    pq.write_table(pa.Table.from_pylist(rows), folder / "b.parquet", row_group_size=2)
    (folder / "c.warc").write_bytes(b"".join(record(BODY.encode(), number=n) for n in range(1, 6)))
    for n in range(3):
        (folder / f"d{n}.txt").write_text(TEXT, encoding="utf8")
    return folder


def names(documents: Iterable[Document]) -> list[tuple[str, str]]:
    return sorted((document.id, document.text) for document in documents)


@pytest.mark.parametrize("size", [1, 2, 3, 5, 500])
def test_shards_hold_the_documents_of_one_run_under_the_same_names(pages: Path, size: int) -> None:
    faults: list[CommuniqueError] = []
    whole = names(ingest.read([pages], report=faults.append))
    again: list[CommuniqueError] = []
    shards = plan.plan([pages], Settings(), again.append, size)
    parts = [document for shard in shards for document in work.documents(shard, again.append)]
    assert names(parts) == whole
    assert len(parts) == 23
    assert [fault.line() for fault in again] == [fault.line() for fault in faults]
    assert len({shard.id for shard in shards}) == len(shards)


def test_a_shard_goes_to_another_process_and_comes_back(pages: Path) -> None:
    for shard in plan.plan([pages], Settings(), print, 2):
        assert plan.Shard.from_json(shard.to_json()) == shard


def test_the_same_input_gives_the_same_shards_and_a_changed_one_others(pages: Path) -> None:
    first = [shard.id for shard in plan.plan([pages], Settings(), print, 4)]
    assert first == [shard.id for shard in plan.plan([pages], Settings(processes=7), print, 4)]
    assert not set(first) & {shard.id for shard in plan.plan([pages], Settings(encoder=False), print, 4)}
    with (pages / "a.jsonl").open("a", encoding="utf8") as stream:
        stream.write(json.dumps({"text": TEXT}) + "\n")
    assert first[-1] == plan.plan([pages], Settings(), print, 4)[-1].id
    assert first[0] != plan.plan([pages], Settings(), print, 4)[0].id


@hypothesis_settings(max_examples=40, deadline=None)
@given(
    lines=st.lists(st.text(alphabet="ab é\u2028", max_size=6), max_size=12),
    size=st.integers(1, 5),
    last=st.booleans(),
    length=st.sampled_from([1, 2, 3, 7, 1 << 20]),
)
def test_cuts_between_lines_are_where_lines_begin(
    tmp_path_factory: pytest.TempPathFactory, lines: list[str], size: int, last: bool, length: int
) -> None:
    path = tmp_path_factory.mktemp("cut") / "x.jsonl"
    content = "\n".join(lines).encode() + (b"\n" if last else b"")
    path.write_bytes(content)
    begins = [0, *(n + 1 for n, byte in enumerate(content) if byte == 10 and n + 1 < len(content))] if content else []
    assert list(plan._lines(path, size, length)) == [
        (number, place) for number, place in enumerate(begins) if number % size == 0
    ]


def test_a_shard_done_twice_leaves_the_same_bytes(pages: Path, tmp_path: Path) -> None:
    shard = plan.plan([pages / "b.parquet"], Settings(), print)[0]
    written = []
    for name in ("one", "two"):
        (tmp_path / name / "_done").mkdir(parents=True)
        row = work.code_shard(shard, tmp_path / name, KnownCoder())  # type: ignore[arg-type]
        assert work.code_shard(shard, tmp_path / name, KnownCoder()) == row  # type: ignore[arg-type]
        written.append(work.files_of(tmp_path / name, shard.id)[0].read_bytes())
    assert written[0] == written[1]
    assert row["documents"] == 6


def test_a_shard_without_its_summary_or_with_a_torn_file_is_not_done(pages: Path, tmp_path: Path) -> None:
    shard = plan.plan([pages / "b.parquet"], Settings(), print)[0]
    (tmp_path / "_done").mkdir()
    work.code_shard(shard, tmp_path, KnownCoder())  # type: ignore[arg-type]
    items, summary = work.files_of(tmp_path, shard.id)
    items.write_bytes(items.read_bytes()[:-10])
    assert work.done(tmp_path, shard.id) is None
    work.code_shard(shard, tmp_path, KnownCoder())  # type: ignore[arg-type]
    summary.write_text("{")
    assert work.done(tmp_path, shard.id) is None


def test_what_a_killed_worker_left_is_swept_and_disturbs_nobody_who_still_writes(
    pages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shard, other = plan.plan([pages / "b.parquet"], Settings(), print, 2)[:2]
    (tmp_path / "_done").mkdir()
    left = [tmp_path / f".part-{one.id}.parquet.77.part" for one in (shard, other)]
    left.append(tmp_path / "_done" / f".{shard.id}.json.77.part")
    for path in left:
        path.write_bytes(b"PAR1")

    class SlowCoder(KnownCoder):
        """While it codes its last document, a quicker one is done with the shard and sweeps."""

        count = 0

        def code(self, document: Document) -> Coded:
            self.count += 1
            if self.count == 2:
                with monkeypatch.context() as there:
                    there.setattr(work.os, "getpid", lambda: 78)  # in a process of its own
                    work.code_shard(shard, tmp_path, KnownCoder())  # type: ignore[arg-type]
                assert work.sweep(tmp_path, [shard.id, other.id]) == 4  # two of them the slow one's own
            return super().code(document)

    row = work.code_shard(shard, tmp_path, SlowCoder())  # type: ignore[arg-type]
    assert row == work.done(tmp_path, shard.id)
    assert [path.exists() for path in left] == [False, True, False]


def test_a_run_goes_on_after_lost_workers_and_gives_the_items_of_one_run(
    pages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries: list[int] = []

    def dying(shards: list[plan.Shard], out: Path, settings: Settings, runner: str, texts: bool) -> None:
        tries.append(len(shards))
        for shard in shards[: len(shards) // 2 + 1]:
            work.code_shard(shard, out, KnownCoder())  # type: ignore[arg-type]
        if len(shards) > 1:
            raise RuntimeError("worker killed")

    monkeypatch.setattr(run, "_run", dying)
    faults: list[CommuniqueError] = []
    total = run.code([pages], tmp_path / "out", Settings(), faults.append, size=5)
    assert tries[0] > tries[1] > 0
    assert (total.documents, total.faults, len(faults)) == (23, 1, 1)
    with (tmp_path / "one.parquet").open("wb") as stream:
        writer = Parquet(stream)
        for document in ingest.read([pages], report=print):
            writer.write(KnownCoder().code(document))
        writer.close()
    whole: list[dict[str, Any]] = pq.read_table(tmp_path / "one.parquet").to_pylist()
    assert work.sorted_rows(tmp_path / "out") == sorted(
        json.dumps(row, ensure_ascii=False, sort_keys=True) for row in whole
    )
    assert run.code([pages], tmp_path / "out", Settings(), print, size=5).coded == 0


def test_shards_that_stay_undone_are_told(pages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "_run", lambda *given: (_ for _ in ()).throw(RuntimeError("no memory")))
    with pytest.raises(CommuniqueError, match="no memory"):
        run.code([pages], tmp_path / "out", Settings(), print)


def test_an_unknown_runner_is_told(pages: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="native, ray"):
        run.code([pages], tmp_path / "out", Settings(), print, runner="slurm")


@pytest.mark.slow
def test_daft_codes_the_shards(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("daft")
    # workers find the package where this process found it
    monkeypatch.setenv("PYTHONPATH", str(Path(communique.__file__).parents[1]))
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf8")
    total = run.code([tmp_path / "a.txt"], tmp_path / "out", Settings(encoder=False), print)
    assert (total.documents, total.shards) == (1, 1)
    assert total.items == len(work.sorted_rows(tmp_path / "out")) > 0
