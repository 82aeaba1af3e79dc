"""An archive over shards is the archive of the same pages; what breaks costs its shard."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.builders import rail_accord
from tests.merge.test_incremental import mixed
from tests.scale.folders import rows_of, shards_of

from communique import merge
from communique.archive import Archive
from communique.cli.app import run
from communique.errors import CommuniqueError
from communique.model import Coded, Document
from communique.scale import kept
from communique.scale.folder import folder
from communique.scale.opened import open_shards


def pages() -> list[Coded]:
    """Reports, one of them twice, one with two later texts, one whose name two addresses have."""
    first, *others = mixed()
    changed = rail_accord("a.txt")
    later = replace(changed, document=replace(changed.document, text=f"{changed.document.text} Corrected."))
    two = [Coded(Document("page.html", f"Text {n}.", url=f"https://news.example/{n}")) for n in range(2)]
    return [first, changed, *others, first, *two, later, Coded(Document("page.html", "Text 3.", url=None))]


def read_one_by_one(coded: list[Coded]) -> Archive:
    archive = Archive(":memory:")
    for each in coded:
        archive.add(each)
    merge.refresh(archive)
    return archive


@pytest.mark.parametrize("size", [1, 7, 500])
def test_an_archive_over_shards_holds_what_reading_the_pages_gives(tmp_path: Path, size: int) -> None:
    shards = folder(shards_of(pages(), tmp_path / "shards", size))
    moved: list[int] = []
    with Archive(tmp_path / "a.db") as archive, read_one_by_one(pages()) as expected:
        found = open_shards(shards, archive, print, moved.append)
        merge.refresh(archive)
        assert (found.documents, found.broken) == (len(pages()) - 1, 0)
        assert sum(moved) == len(pages())
        assert rows_of(archive) == rows_of(expected)
        assert not archive.verify().faults
        again = open_shards(shards, archive, print)
        assert (again.documents, again.known) == (0, len(pages()))
        assert rows_of(archive) == rows_of(expected)


def test_what_was_interrupted_goes_on_where_it_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shards = folder(shards_of(pages(), tmp_path / "shards", 5))
    plain, count = kept.read, 0

    def stopped(path: Path, wanted: frozenset[str] | None = None) -> Iterator[Coded]:
        nonlocal count
        for each in plain(path, wanted):
            count += 1
            if count == 13:
                raise KeyboardInterrupt
            yield each

    with Archive(tmp_path / "a.db") as archive, read_one_by_one(pages()) as expected:
        with monkeypatch.context() as there, pytest.raises(KeyboardInterrupt):
            there.setattr(kept, "read", stopped)
            open_shards(shards, archive, print)
        assert len(archive.keys()) == 10
        open_shards(shards, archive, print)
        merge.refresh(archive)
        assert rows_of(archive) == rows_of(expected)


def test_a_broken_shard_costs_itself_and_is_taken_when_it_is_whole(tmp_path: Path) -> None:
    shards = folder(shards_of(mixed(), tmp_path / "shards", 8))
    broken = shards.shards[1].path
    shutil.copy(broken, tmp_path / "whole")
    broken.write_bytes(broken.read_bytes()[:-9])
    faults: list[CommuniqueError] = []
    with Archive(tmp_path / "a.db") as archive:
        found = open_shards(shards, archive, faults.append)
        assert (found.documents, found.broken, len(faults)) == (len(mixed()) - 8, 1, 1)
        assert str(broken) in faults[0].line()
        shutil.copy(tmp_path / "whole", broken)
        assert open_shards(shards, archive, faults.append).documents == 8
        merge.refresh(archive)
        with read_one_by_one(mixed()) as expected:
            assert archive.records() == expected.records()


def test_the_command_makes_an_archive_that_other_commands_use(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    path, file = shards_of([rail_accord("a.txt"), *mixed()], tmp_path / "shards", 10), str(tmp_path / "a.db")
    assert run(["scale", "open", str(path), "--archive", file]) == 0
    assert b"31 documents of 4 shards, 0 known already" in capsysbinary.readouterr().err
    assert run(["scale", "open", str(path), "--archive", file]) == 0
    assert b"0 documents of 4 shards, 31 known already" in capsysbinary.readouterr().err
    assert run(["search", "rail", "-a", file]) == 0
    assert b"rail accord" in capsysbinary.readouterr().out
    assert run(["verify", "-a", file]) == 0
    (path / "documents-0000000000000001.parquet").unlink()
    assert run(["scale", "open", str(path), "--archive", str(tmp_path / "b.db")]) == 3
    told = capsysbinary.readouterr().err
    assert b"is missing" in told
    assert b"1 shards could not be read" in told


def test_wrong_use_is_told(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    for given, said in (
        (["scale", "fly", "x"], b"code, open, merge"),
        (["scale", "code", "x"], b"--out DIR"),
        (["scale", "merge", "x"], b"--out DIR"),
        (["scale", "open", "x", "y"], b"one folder of shards at a time"),
        (["scale", "open", str(tmp_path)], b"no folder of shards"),
    ):
        assert run(given) == 2
        assert said in capsysbinary.readouterr().err
