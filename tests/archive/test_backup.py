"""Copies of an archive in use, restoring, and what is damaged."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import threading
from pathlib import Path

import pytest
from tests.builders import rail_accord

from communique.archive import Archive
from communique.archive.backup import backup, restore
from communique.errors import ArchiveError, CommuniqueError, UsageError


def filled(path: Path, number: int = 3) -> Path:
    with Archive(path) as archive:
        for n in range(number):
            archive.add(rail_accord(f"page-{n}"))
    return path


def rows(path: Path) -> list[tuple[object, ...]]:
    with Archive(path, create=False) as archive:
        return sorted((event["id"], event["document"]) if "document" in event else (event["id"],)
                      for event in archive.events().rows())  # fmt: skip


def test_a_copy_holds_what_the_archive_holds(tmp_path: Path) -> None:
    path = filled(tmp_path / "news.db")
    made = backup(path, tmp_path / "copy.db")
    assert (made.documents, made.size) == (3, (tmp_path / "copy.db").stat().st_size)
    assert rows(tmp_path / "copy.db") == rows(path)
    assert not (tmp_path / ".copy.db.part").exists()


def test_a_copy_is_made_while_somebody_writes(tmp_path: Path) -> None:
    path = filled(tmp_path / "news.db")
    stop = threading.Event()

    def write() -> None:
        with Archive(path) as archive:
            number = 100
            while not stop.is_set():
                archive.add(rail_accord(f"page-{number}"))
                number += 1

    writer = threading.Thread(target=write)
    writer.start()
    try:
        copies = [backup(path, tmp_path / f"copy-{n}.db") for n in range(3)]
    finally:
        stop.set()
        writer.join()
    for copy in copies:
        with Archive(copy.path, create=False) as archive:
            assert len(archive.keys()) == copy.documents >= 3
            assert not archive.verify().faults


def test_what_stands_there_is_not_overwritten_unless_told(tmp_path: Path) -> None:
    path = filled(tmp_path / "news.db")
    backup(path, tmp_path / "copy.db")
    with pytest.raises(UsageError, match="--replace"):
        backup(path, tmp_path / "copy.db")
    with pytest.raises(UsageError, match="--replace"):
        restore(tmp_path / "copy.db", path)
    backup(path, tmp_path / "copy.db", replace=True)
    with pytest.raises(UsageError, match="itself"):
        backup(path, path, replace=True)


def test_a_restored_archive_is_the_copy_and_the_old_one_is_kept(tmp_path: Path) -> None:
    path = filled(tmp_path / "news.db")
    backup(path, tmp_path / "copy.db")
    before = rows(path)
    with Archive(path) as archive:
        archive.add(rail_accord("later"))
    restore(tmp_path / "copy.db", path, replace=True)
    assert rows(path) == before
    assert len(rows(tmp_path / "news.db.before")) > len(before)
    with Archive(path) as archive:
        assert not archive.verify().faults


def test_a_damaged_copy_is_refused_and_nothing_is_touched(tmp_path: Path) -> None:
    path = filled(tmp_path / "news.db", 8)
    backup(path, tmp_path / "copy.db")
    content = bytearray((tmp_path / "copy.db").read_bytes())
    dice = random.Random(7)
    for _ in range(4_000):
        content[dice.randrange(4_096, len(content))] ^= 1 << dice.randrange(8)
    (tmp_path / "copy.db").write_bytes(content)
    before = rows(path)
    with pytest.raises(ArchiveError):
        restore(tmp_path / "copy.db", path, replace=True)
    assert rows(path) == before
    assert not (tmp_path / "news.db.before").exists()


@pytest.mark.parametrize("stood", [True, False])
def test_what_a_killed_program_left_beside_a_name_is_not_put_into_the_copy_under_it(
    tmp_path: Path, stood: bool
) -> None:
    path, target = filled(tmp_path / "news.db", 1), tmp_path / "copy.db"
    child = os.fork()
    if not child:  # writes, and is killed before its pages are in the file
        archive = Archive(target)
        for n in range(5):
            archive.add(rail_accord(f"old-{n}"))
        os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(child, 0)
    assert target.with_name("copy.db-wal").stat().st_size > 0
    if not stood:
        target.unlink()
    backup(path, target, replace=stood)
    assert rows(target) == rows(path)
    with Archive(target) as archive:
        assert [document.id for document in archive.documents()] == ["page-0"]
        assert not archive.verify().faults


def test_a_file_that_is_no_archive_is_refused(tmp_path: Path) -> None:
    (tmp_path / "text.db").write_text("The ministers met. " * 400)
    with pytest.raises(CommuniqueError, match="is not an archive"):
        restore(tmp_path / "text.db", tmp_path / "news.db")
    with sqlite3.connect(tmp_path / "other.db") as other:
        other.execute("CREATE TABLE stamps (name TEXT)")
    with pytest.raises(CommuniqueError, match="another program"):
        restore(tmp_path / "other.db", tmp_path / "news.db")
    assert not (tmp_path / "news.db").exists()


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be written"):
        backup(filled(tmp_path / "news.db"), tmp_path / "none" / "copy.db")
