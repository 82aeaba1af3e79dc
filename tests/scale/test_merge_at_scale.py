"""Merged over shards, records and stories are those of one archive; what is interrupted goes on."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from tests.merge.test_incremental import TEXT, mixed
from tests.merge.test_records import SIGNED
from tests.reports import Said, report
from tests.scale.folders import merged_rows, records_of, shards_of

import communique
from communique import merge as one_machine
from communique.archive import Archive
from communique.errors import CommuniqueError, UsageError
from communique.model import Coded, Document
from communique.scale import joins, merge
from communique.scale.folder import folder
from communique.scale.settle import Settler

pytest.importorskip("daft")
TWO = ("2 billion dollars", 2e9, "USD", "signed")


def told() -> list[Coded]:
    """Reports of one occasion and of others, copies of a text, a page twice, a page with a later text, undated ones."""
    copies = [report(f"c{n}.txt", Said(f"{TEXT} {'It rained. ' * n}", (SIGNED,)), source=f"S{n}") for n in range(3)]
    same = [report(f"s{n}.txt", Said(TEXT, (SIGNED,)), source=f"T{n}", published="2024-09-16") for n in range(3)]
    early = report("page.txt", Said("China and Russia signed a grain accord.", (SIGNED,)), published="2024-09-14")
    late = report("page.txt", Said("Nothing was signed in Harbin, it turned out."), published="2024-09-15")
    amounts = [
        report(f"f{n}.txt", Said(f"China will pay Russia {told[0]} for the rail tunnel.", figures=(told,)),
               published=f"2024-09-{14 + n}", source=f"F{n}")
        for n, told in enumerate([TWO, ("3 billion dollars", 3e9, "USD", "signed"), TWO])
    ]  # fmt: skip
    coded = [*mixed(), *copies, early, *same, late, *amounts]
    return [*coded, coded[0]]


def on_one_machine(coded: Sequence[Coded]) -> tuple[list[tuple[Any, ...]], list[str]]:
    with Archive(":memory:") as archive:
        for each in coded:
            archive.add(each)
        one_machine.refresh(archive)
        return records_of(archive)


def at_scale(path: Path, out: Path, **choices: Any) -> merge.Merged:
    return merge.merge(folder(path), out, print, **{"processes": 1, **choices})


@pytest.mark.parametrize("seed", [1, 2])
def test_records_and_stories_are_those_of_one_archive_whatever_the_shards(tmp_path: Path, seed: int) -> None:
    coded = told()
    random.Random(seed).shuffle(coded)
    found = at_scale(shards_of(coded, tmp_path / "shards", (5, 400)[seed - 1]), tmp_path / "out")
    records, stories = merged_rows(tmp_path / "out")
    assert (records, stories) == on_one_machine(coded)
    assert (found.records, found.stories) == (len(records), len(stories))
    assert found.documents == len(coded) - 2  # one stands twice, one has a later text


def test_passes_of_any_size_give_the_same_and_a_second_run_finds_all_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = shards_of(told(), tmp_path / "shards", 9)
    at_scale(path, tmp_path / "whole")
    with monkeypatch.context() as there:
        there.setattr(joins, "ROWS", 100)
        there.setattr(joins, "PAIRS", 300)
        there.setattr(merge, "TELLINGS", 7)
        there.setattr(merge, "DOCUMENTS", 6)
        at_scale(path, tmp_path / "parts")
        passes = [
            len(list((tmp_path / "parts" / "stages").glob(f"{name}-*"))) for name in ("copies", "near", "ties-dated")
        ]
        assert min(passes) > 1, passes
        assert len(list((tmp_path / "parts").glob("records-*"))) > 3
        before = {each: each.stat().st_mtime_ns for each in (tmp_path / "parts").rglob("*-*")}
        at_scale(path, tmp_path / "parts")
        assert before == {each: each.stat().st_mtime_ns for each in (tmp_path / "parts").rglob("*-*")}
    assert merged_rows(tmp_path / "parts") == merged_rows(tmp_path / "whole") == on_one_machine(told())


def test_a_run_that_dies_between_and_within_stages_goes_on_to_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A worker that is lost ends a run of Daft with an error: it is tried again; a killed program is started again."""
    path = shards_of(told(), tmp_path / "shards", 9)
    died: list[str] = []

    def dying(name: str, plain: Callable[..., Any]) -> Callable[..., Any]:
        def once(*given: Any, **choices: Any) -> Any:
            if name not in died:
                died.append(name)
                raise RuntimeError("worker killed")
            return plain(*given, **choices)

        return once

    def killed(*given: Any) -> int:
        raise KeyboardInterrupt

    for name in ("inside", "roots", "near"):
        monkeypatch.setattr(joins.Joins, name, dying(name, getattr(joins.Joins, name)))
    lines: list[str] = []
    with monkeypatch.context() as there, pytest.raises(BaseException, match=r"Interrupt|could not|"):
        there.setattr(Settler, "stories", killed)
        at_scale(path, tmp_path / "out", tell=lines.append)
    assert sorted(died) == ["inside", "near", "roots"]
    assert sum("trying again" in line for line in lines) >= 3
    assert not (tmp_path / "out" / "_records.json").exists()
    at_scale(path, tmp_path / "out")
    assert merged_rows(tmp_path / "out") == on_one_machine(told())


def test_new_shards_are_merged_with_the_old_and_a_broken_one_is_left_out(tmp_path: Path) -> None:
    coded = told()
    path = shards_of(coded[:18], tmp_path / "shards", 9)
    at_scale(path, tmp_path / "out")
    assert merged_rows(tmp_path / "out") == on_one_machine(coded[:18])
    marks = {each: each.stat().st_mtime_ns for each in (tmp_path / "out" / "prepared").glob("*-000000[01].*")}
    shards_of(coded, path, 9)
    at_scale(path, tmp_path / "out")
    assert merged_rows(tmp_path / "out") == on_one_machine(coded)
    assert marks == {each: each.stat().st_mtime_ns for each in marks}  # what was prepared is not prepared again
    torn = path / "documents-0000000000000001.parquet"
    torn.write_bytes(torn.read_bytes()[:-20])
    shutil.rmtree(tmp_path / "out")
    faults: list[CommuniqueError] = []
    found = merge.merge(folder(path), tmp_path / "out", faults.append, processes=1)
    assert (found.broken, len(faults)) == (1, 1)
    assert torn.name in faults[0].line()
    assert merged_rows(tmp_path / "out") == on_one_machine([*coded[:9], *coded[18:]])


_ROW = st.tuples(
    st.sampled_from(["one text", "another", "a third"]), st.sampled_from([None, "http://a", "http://b", ""])
)


@hypothesis_settings(max_examples=60, deadline=None)
@given(st.lists(_ROW, min_size=1, max_size=7))
def test_which_texts_of_a_page_are_older_is_what_an_archive_says(rows: list[tuple[str, str | None]]) -> None:
    documents = [Document("page", text, url=url) for text, url in rows]
    twice, superseded = merge.revised([(n, each.key, each.url) for n, each in enumerate(documents)])
    with Archive(":memory:") as archive:
        for each in documents:
            archive.add(Coded(each))
        current = set(archive.keys())
    left = [each.key for n, each in enumerate(documents) if n not in {*twice, *superseded}]
    assert len(left) == len(set(left))
    assert set(left) == current


def test_an_unknown_runner_or_a_folder_with_nothing_to_read_is_told(tmp_path: Path) -> None:
    path = shards_of(told()[:4], tmp_path / "shards", 9)
    with pytest.raises(UsageError, match="native, ray"):
        at_scale(path, tmp_path / "out", runner="slurm")
    for each in path.glob("documents-*"):
        each.write_bytes(b"PAR1")
    with pytest.raises(CommuniqueError, match="no shard can be read"):
        at_scale(path, tmp_path / "out")


@pytest.mark.slow
def test_workers_in_processes_of_their_own_give_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(communique.__file__).parents[1]))
    at_scale(shards_of(told(), tmp_path / "shards", 11), tmp_path / "out", processes=2)
    assert merged_rows(tmp_path / "out") == on_one_machine(told())


@pytest.mark.slow
@pytest.mark.parametrize("name", ["articles", "second_articles"])
def test_the_occasions_are_merged_as_in_one_archive(tmp_path: Path, name: str) -> None:
    from communique.ingest import read
    from communique.pipeline import Coder
    from communique.settings import Settings

    coder = Coder(Settings(encoder=False))
    source = Path(__file__).parents[2] / "evaluation" / "occasions" / f"{name}.jsonl"
    coded = [coder.code(document) for document in read([source], report=print)]
    at_scale(shards_of(coded, tmp_path / "shards", 17), tmp_path / "out")
    records, stories = merged_rows(tmp_path / "out")
    assert (records, stories) == on_one_machine(coded)
    assert max(len(json.loads(row[3])["members"]) for row in records) > 2


def test_what_an_older_text_told_is_in_no_record(tmp_path: Path) -> None:
    first = report("a.txt", Said("China and Russia signed a grain accord in Harbin.", (SIGNED,)), source="A")
    gone = replace(first, document=replace(first.document, text=f"{first.document.text} ", source="B"))
    at_scale(shards_of([gone, first], tmp_path / "shards", 1), tmp_path / "out")
    assert [json.loads(row[3])["members"] for row in merged_rows(tmp_path / "out")[0]] == [[first.events[0].id]]
