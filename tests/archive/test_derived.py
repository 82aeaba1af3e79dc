"""What seals of rows do not cover: how tables are defined, the marks of texts, and values of another kind."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from tests.builders import rail_accord

from communique import merge
from communique.archive import Archive, derived
from communique.errors import ArchiveError


def news(path: Path) -> Path:
    with Archive(path) as archive:
        archive.add(rail_accord())
        archive.add(rail_accord("other.txt"))
        merge.refresh(archive)
        assert archive.verify().faults == ()
    return path


def change(path: Path, *statements: str) -> None:
    with sqlite3.connect(path) as raw:
        for statement in statements:
            raw.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE bands SET band = band + 1 WHERE rowid_of = 1",
        "UPDATE bands SET document = 77 WHERE document = 1",
        "DELETE FROM bands WHERE document = 2",
        "INSERT INTO bands VALUES (5, 1)",
    ],
)
def test_a_mark_that_is_not_of_its_text_is_found_and_made_anew(tmp_path: Path, statement: str) -> None:
    path = news(tmp_path / "news.db")
    one = "UPDATE bands SET band = band + 1 WHERE band = (SELECT max(band) FROM bands)"
    change(path, one if "rowid_of" in statement else statement)
    with Archive(path) as archive:
        told = [fault.line() for fault in archive.verify().faults]
        assert len(told) == 1
        assert told[0].startswith("the index of resemblance")
        assert "communique verify --seal" in told[0]
        archive.seal()
        assert archive.verify().faults == ()


def test_marks_of_damaged_sketches_are_found_and_not_made_anew(tmp_path: Path) -> None:
    path = news(tmp_path / "news.db")
    change(path, "UPDATE sketches SET shingles = x'0102'")
    with Archive(path) as archive:
        assert any(fault.document == "the index of resemblance" for fault in archive.verify().faults)
        with pytest.raises(ArchiveError, match="sketches of texts are damaged"):
            archive.seal()


@pytest.mark.parametrize(
    ("old", "new"), [("status TEXT", "status TEXU"), ("subjects TEXT NOT NULL", "subjects TEXT NOT\tNULL")]
)
def test_a_changed_sign_in_how_a_table_is_defined_is_found(tmp_path: Path, old: str, new: str) -> None:
    path = news(tmp_path / "news.db")
    change(
        path, "PRAGMA writable_schema = ON", f"UPDATE sqlite_master SET sql = replace(sql, '{old}', '{new}')"
    )  # fmt: skip
    with Archive(path) as archive:
        assert [fault.where for fault in archive.verify().faults] == ["its tables"]


def test_indexes_that_the_desk_adds_are_no_fault(tmp_path: Path) -> None:
    path = news(tmp_path / "news.db")
    change(path, "CREATE INDEX stories_by_day ON stories(latest)", "ANALYZE documents")
    with Archive(path) as archive:
        assert archive.verify().faults == ()


def test_what_stands_beside_the_version_is_known(tmp_path: Path) -> None:
    path = news(tmp_path / "news.db")
    change(path, "UPDATE meta SET name = 'layouu' WHERE name = 'layout'")
    with Archive(path) as archive:
        assert [fault.where for fault in archive.verify().faults] == ["its tables"]


def test_an_archive_whose_layout_nobody_noted_is_taken_as_it_is(tmp_path: Path) -> None:
    path = news(tmp_path / "news.db")
    change(path, "DELETE FROM meta WHERE name = 'layout'")
    with Archive(path) as archive, archive.reading() as connection:
        assert derived.layout_holds(connection)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE spans SET start = NULL",
        "UPDATE spans SET start = x'61', \"end\" = 'a'",
        "UPDATE documents SET title = x'6162'",
        "UPDATE documents SET text = CAST(text AS BLOB)",
        "UPDATE sentences SET start = 'two'",
        "UPDATE digests SET kind = 'tablf' WHERE kind = 'table'",
        "UPDATE digests SET owner = x'00' WHERE owner = (SELECT key FROM documents LIMIT 1)",
        "UPDATE mentions SET text = 5",
        "UPDATE events SET start = 'x'",
    ],
)
def test_one_kind_of_value_where_another_was_is_a_fault_and_no_crash(tmp_path: Path, statement: str) -> None:
    path = news(tmp_path / "news.db")
    ignoring = "PRAGMA writable_schema = ON", "UPDATE sqlite_master SET sql = replace(sql, 'start INTEGER NOT NULL', '"
    if "NULL" in statement:
        change(path, ignoring[0], ignoring[1] + "start INTEGER         ') WHERE name = 'spans'")
    change(path, statement)
    with Archive(path) as archive:
        faults = archive.verify().faults
        assert faults
        try:
            for document in archive.documents():
                archive.coded(document.key)
        except ArchiveError as fault:
            assert "verify" in fault.advice


def test_a_question_about_a_damaged_noun_is_answered_in_plain_words(tmp_path: Path) -> None:
    path = news(tmp_path / "news.db")
    change(path, "UPDATE events SET body = replace(body, ',', 'l')")
    with Archive(path) as archive:
        for question in (archive.events, archive.pledges):
            with pytest.raises(ArchiveError) as told:
                question()
            assert told.value.advice


def test_a_sign_that_is_none_in_a_definition_is_told_in_plain_words(tmp_path: Path) -> None:
    path = news(tmp_path / "news.db")
    change(path, "PRAGMA journal_mode = DELETE")
    image = path.read_bytes()
    at = image.index(b"judgements (\n\tnumber INTEGER")
    path.write_bytes(image[: at + 15] + b"\xe5" + image[at + 16 :])
    with pytest.raises(ArchiveError) as told, Archive(path, create=False) as archive:
        archive.judgements()
        assert archive.verify().faults == ()
    assert "restore COPY" in told.value.line()
