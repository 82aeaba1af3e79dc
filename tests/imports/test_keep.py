"""Data sets in archives: kept in batches, each row a record of its own, and never mixed with pages."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.builders import rail_accord
from tests.imports.test_imports import exported, row, table

from communique import imports
from communique.archive import Archive
from communique.cli import run
from communique.export.polecat import COLUMNS as POLECAT
from communique.imports import keep
from communique.merge import refresh
from communique.model import Coded
from communique.web.queries.overview import unmerged


def polecat(number: int, date: str = "2021-02-03", kind: str = "CONSULT") -> str:
    """A row of POLECAT of its own id."""
    return row(
        POLECAT, Event_ID=f"P{number}", Event_Date=date, Event_Type=kind, Intensity="2.5", Actor_Name="China",
        Actor_Country="CHN", Recipient_Name="Russia", Recipient_Country="RUS", Quad_Code="VERBAL COOPERATION",
    )  # fmt: skip


def kept(archive: Archive, path: Path) -> list[bool]:
    """Whether each row of a file was new."""
    found = list(keep.keep(archive, imports.read(path, "polecat", pytest.fail)))
    keep.record_alone(archive)
    return found


def test_rows_in_batches_are_what_rows_one_by_one_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = table(tmp_path / "a.tsv", POLECAT, *(polecat(number) for number in range(7)))
    monkeypatch.setattr(keep, "AT_ONCE", 3)
    with Archive(tmp_path / "many.db") as many, Archive(tmp_path / "single.db") as single:
        assert kept(many, path) == [True] * 7
        for coded in imports.read(path, "polecat", pytest.fail):
            single.add(coded)
        keys = many.keys()
        assert keys == single.keys()
        assert [many.coded(key) for key in keys] == [single.coded(key) for key in keys]
        assert many.search("china")[0].document.id == single.search("china")[0].document.id
        verdict = many.verify()
        assert not verdict.faults


def test_each_row_is_one_record_by_date_and_a_second_import_changes_nothing(tmp_path: Path) -> None:
    path = table(tmp_path / "a.tsv", POLECAT, polecat(1, "2021-03-01"), polecat(2, "2021-02-01"), polecat(3, "2021-02"))
    with Archive(tmp_path / "a.db") as archive:
        assert kept(archive, path) == [True] * 3
        before = archive.records()
        assert [len(record.members) for record in before] == [1, 1, 1]
        assert kept(archive, path) == [False] * 3
        assert archive.records() == before


def test_an_interrupted_import_leaves_whole_rows_with_their_records(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keep, "AT_ONCE", 3)
    rows = [polecat(number, f"2021-02-0{number + 1}") for number in range(7)]
    path = table(tmp_path / "a.tsv", POLECAT, *rows)

    def stopped() -> Iterator[Coded]:
        yield from itertools.islice(imports.read(path, "polecat", pytest.fail), 5)
        raise KeyboardInterrupt

    with Archive(tmp_path / "a.db") as archive, Archive(tmp_path / "calm.db") as calm:
        with pytest.raises(KeyboardInterrupt):
            list(keep.keep(archive, stopped()))
        assert [record.members for record in archive.records()] == [(event.id,) for event in archive.events()]
        assert len(archive.records()) == 3
        assert not unmerged(archive)
        refresh(archive)
        assert len(archive.records()) == 3
        assert archive.verify().faults == ()
        kept(archive, path)
        kept(calm, path)
        assert archive.records() == calm.records()


def test_a_row_that_changed_waits_for_no_merge(tmp_path: Path) -> None:
    with Archive(tmp_path / "a.db") as archive:
        for kind in ("CONSULT", "AID"):
            path = table(tmp_path / "a.tsv", POLECAT, polecat(1, kind=kind))
            list(keep.keep(archive, imports.read(path, "polecat", pytest.fail)))
            assert not unmerged(archive)
            assert [record.event for record in archive.records()] == [kind]
        assert archive.verify().faults == ()


def test_a_row_that_changed_takes_the_place_of_the_older_one(tmp_path: Path) -> None:
    with Archive(tmp_path / "a.db") as archive:
        kept(archive, table(tmp_path / "a.tsv", POLECAT, polecat(1), polecat(2)))
        assert kept(archive, table(tmp_path / "b.tsv", POLECAT, polecat(1), polecat(2, kind="ACCUSE"))) == [False, True]
        assert sorted(record.event for record in archive.records()) == ["ACCUSE", "CONSULT"]
        assert sorted(event.event for event in archive.events()) == ["ACCUSE", "CONSULT"]


def test_the_same_row_twice_in_a_file_is_one(tmp_path: Path) -> None:
    with Archive(tmp_path / "a.db") as archive:
        assert kept(archive, table(tmp_path / "a.tsv", POLECAT, polecat(1), polecat(1))) == [True, False]
        assert len(archive.records()) == 1


def test_pages_and_data_sets_stand_in_archives_of_their_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows, data, pages = tmp_path / "rows.tsv", str(tmp_path / "data.db"), str(tmp_path / "pages.db")
    exported("polecat", rail_accord(), rows)
    (tmp_path / "page.txt").write_text("China and Mongolia met.", "utf8")
    assert run(["import", str(rows), "--format", "polecat", "--archive", data]) == 0
    assert run(["read", str(tmp_path / "page.txt"), "--archive", data]) == 2
    assert "this archive holds a data set" in capsys.readouterr().err
    with Archive(pages) as archive:
        archive.add(rail_accord())
        refresh(archive)
    assert run(["import", str(rows), "--format", "polecat", "--archive", pages]) == 2
    assert "this archive holds pages" in capsys.readouterr().err
    with Archive(data, create=False) as archive:
        assert keep.holds_data_sets(archive) and not keep.holds_pages(archive)
        pair = archive.pair("CHN", "MNG", by="year")
        assert sum(len(point.records) for point in pair) > 0
    with Archive(pages, create=False) as archive:
        assert keep.holds_pages(archive) and not keep.holds_data_sets(archive)
