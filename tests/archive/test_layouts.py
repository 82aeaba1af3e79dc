"""Archives that earlier versions made, from the pages of torture/pages.py: layouts/N.db.gz was written by the last
Communique of layout N (`read --no-encoder`, from layout 3 on also `judge right` of the first event and `judge wrong` of
the last)."""

from __future__ import annotations

import contextlib
import gzip
import sqlite3
from pathlib import Path

import pytest

from communique import merge
from communique.archive import Archive, schema, schema_merge
from communique.errors import ArchiveError

FOLDER = Path(__file__).parent / "layouts"
_KEPT = ("documents", "spans", "sentences", "mentions", "quotes", "assessments", "projects", "forums")


def unpacked(layout: str, folder: Path) -> Path:
    """The archive of a layout, to be changed."""
    path = folder / "old.db"
    path.write_bytes(gzip.decompress((FOLDER / f"{layout}.db.gz").read_bytes()))
    return path


def rows(path: Path, tables: tuple[str, ...]) -> dict[str, list[tuple[object, ...]]]:
    """What the tables hold."""
    with contextlib.closing(sqlite3.connect(path)) as raw:
        return {table: sorted(raw.execute(f"SELECT * FROM {table}"), key=repr) for table in tables}


def test_there_is_an_archive_of_every_earlier_layout() -> None:
    assert tuple(sorted(path.name.partition(".")[0] for path in FOLDER.iterdir())) == schema_merge.OLDER
    assert int(schema_merge.OLDER[-1]) == schema.VERSION - 1


@pytest.mark.parametrize("layout", schema_merge.OLDER)
def test_an_archive_of_an_earlier_layout_is_brought_up_with_all_that_it_holds(layout: str, tmp_path: Path) -> None:
    path = unpacked(layout, tmp_path)
    before = rows(path, _KEPT)
    with contextlib.closing(sqlite3.connect(path)) as raw:
        events = {row[0] for row in raw.execute("SELECT id FROM events")}
        judged = {row[0] for row in raw.execute("SELECT id FROM judgements")}
    assert len(before["documents"]) == 8
    assert len(events) >= 8
    assert len(judged) == (2 if int(layout) > 2 else 0)
    with Archive(path, create=False) as archive:
        assert archive.verify().faults == ()
        merge.refresh(archive)
        assert archive.verify().faults == ()
        assert {judgement.id for judgement in archive.judgements()} == judged
        told = [event for record in archive.records() for event in record.members]
        assert sorted(told) == sorted(set(told))
        assert {event.id for event in archive.events()} <= events
        wrong = {event for judged in archive.judgements() if judged.verdict == "wrong" for event in judged.subjects}
        assert {event.id for event in archive.events()} - set(told) == wrong
        assert archive.search("grain accord")
    assert rows(path, _KEPT) == before
    with Archive(path, create=False) as again:  # nothing is left to be done
        assert again.verify().faults == ()


@pytest.mark.parametrize("layout", schema_merge.OLDER)
def test_what_was_brought_up_is_merged_as_if_it_had_been_read_today(layout: str, tmp_path: Path) -> None:
    path = unpacked(layout, tmp_path)
    with Archive(path, create=False) as old, Archive(tmp_path / "new.db") as new:
        merge.refresh(old)
        keys = old.keys(revised=True)
        for key in keys:
            new.add(old.coded(key))
        for judgement in old.judgements():
            new.judge(judgement)
        merge.refresh(new)
        assert [record.members for record in old.records()] == [record.members for record in new.records()]


@pytest.mark.parametrize("layout", [schema.VERSION + 1, 99, "x"])
def test_an_archive_of_a_later_layout_is_refused_and_not_a_byte_of_it_changes(layout: object, tmp_path: Path) -> None:
    path = unpacked(schema_merge.OLDER[-1], tmp_path)
    with contextlib.closing(sqlite3.connect(path)) as raw, raw:
        raw.execute("UPDATE meta SET value = ? WHERE name = 'schema'", (str(layout),))
    before = path.read_bytes()
    with pytest.raises(ArchiveError, match=f"is an archive of layout {layout}, and this Communique knows layout"):
        Archive(path, create=False)
    assert path.read_bytes() == before
