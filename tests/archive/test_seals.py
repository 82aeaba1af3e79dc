"""Digests of what is stored: kept by every writer, missed by nothing that changes past them."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.builders import rail_accord
from tests.homes import Cluster, Home, on_server

from communique import merge
from communique.archive import Archive, connect, derived, schema, seals
from communique.errors import ArchiveError


def broken(archive: Archive) -> list[seals.Owner]:
    with archive.reading() as connection:
        return seals.broken(connection)


def news(at: Path | str) -> Path:
    with Archive(at) as archive:
        archive.add(rail_accord())
        archive.add(rail_accord("other.txt"))
        merge.refresh(archive)
        merge.judge(archive, "wrong", [archive.events()[0].id], reason="not so", by="ada")
    return Path(at)


def test_every_way_of_writing_keeps_the_seals(home: Home) -> None:
    with Archive(home.at) as archive:
        assert broken(archive) == []
        archive.add(rail_accord())
        archive.add(rail_accord("other.txt"))
        archive.add(rail_accord(change=lambda text: text + "\nMore later.\n"))  # a revision: the older is superseded
        assert broken(archive) == []
        merge.refresh(archive)
        assert broken(archive) == []
        made = merge.judge(archive, "wrong", [archive.events()[0].id], reason="not so", by="ada")
        assert broken(archive) == []
        merge.undo(archive, made.id)
        coded = archive.coded("other.txt")
        archive.replace(replace(coded, events=coded.events[:1]))
        merge.refresh(archive)
        archive.keep_records(archive.records(), archive.stories())
        archive.finish_read(archive.begin_read(["pages"]))
        assert broken(archive) == []
        assert archive.verify().faults == ()


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("UPDATE documents SET title = 'Another head' WHERE number = 1", "rail.txt"),
        ("UPDATE documents SET first_read = '2001-01-01T00:00:00+00:00' WHERE number = 1", "rail.txt"),
        ("UPDATE events SET confidence = confidence / 2 WHERE document = (SELECT key FROM documents LIMIT 1)", ".txt"),
        ("UPDATE quotes SET rule = 'other' WHERE number = 1", "rail.txt"),
        ("UPDATE participants SET office = 'minister' WHERE number = 1", "rail.txt"),
        ("UPDATE mentions SET codes = 'ZZZ' WHERE number = 1", "rail.txt"),
        ("DELETE FROM mentions WHERE number = 1", "rail.txt"),
        ("UPDATE judgements SET reason = 'so'", "the table judgements"),
        ("UPDATE records SET status = 'disputed'", "the table records"),
        (
            "DELETE FROM record_members WHERE record = (SELECT min(record) FROM record_members)",
            "the table record_members",
        ),
        ("DELETE FROM digests WHERE kind = 'document'", "rail.txt"),
        ("UPDATE digests SET digest = 'zz'", "rail.txt"),
    ],
)
def test_what_is_changed_past_the_archive_is_found_and_says_what_to_do(home: Home, statement: str, told: str) -> None:
    news(home.at)
    home.change(statement)
    with Archive(home.at) as archive:
        faults = [fault.line() for fault in archive.verify().faults if fault.where == "its digest"]
        assert any(told in fault for fault in faults), faults
        assert all("communique restore COPY" in fault for fault in faults)
        archive.seal()
        assert broken(archive) == []


def test_damage_stays_found_when_something_else_of_the_document_is_written(home: Home) -> None:
    news(home.at)
    home.change("UPDATE quotes SET confidence = 0.123 WHERE number = 1")
    with Archive(home.at) as archive:
        archive.add(rail_accord(change=lambda text: text + "\nMore later.\n"))
        assert len(broken(archive)) == 1


def test_a_page_that_is_read_again_is_whole_again(home: Home) -> None:
    news(home.at)
    home.change("UPDATE quotes SET confidence = 0.123", "UPDATE documents SET title = 'Another head'")
    with Archive(home.at) as archive:
        assert len(broken(archive)) == 2
        archive.replace(rail_accord())
        archive.replace(rail_accord("other.txt"))
        assert broken(archive) == []


def test_what_is_not_kept_leaves_no_trace_in_the_seals(home: Home) -> None:
    with Archive(home.at) as archive:
        with pytest.raises(KeyboardInterrupt), archive.writing() as connection:
            connection.exec_driver_sql("INSERT INTO pending VALUES ('lost')")
            raise KeyboardInterrupt
        archive.add(rail_accord())
        assert broken(archive) == []


def older(path: Path) -> Path:
    """An archive as the version before left it."""
    news(path)
    with sqlite3.connect(path) as raw:
        raw.execute("DROP TABLE digests")
        raw.execute("UPDATE meta SET value = '4' WHERE name = 'schema'")
    return path


def test_an_archive_of_an_older_version_is_sealed_when_it_is_opened_and_waits_to_be_merged(tmp_path: Path) -> None:
    with Archive(older(tmp_path / "news.db")) as archive:
        assert archive.waiting() == 2
        with archive.reading() as connection:
            held = {row.name: row.value for row in connection.execute(schema.meta.select())}
            assert held == {"schema": str(schema.VERSION), "layout": derived.layout(connection)}
            assert len(seals.kept(connection) or ()) == 2 + len(seals.TABLES)
        assert archive.verify().faults == ()


def test_one_that_cannot_be_written_is_read_without_seals(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = older(tmp_path / "news.db")
    monkeypatch.setattr(connect.os, "access", lambda *_arguments: False)
    with Archive(path, create=False) as archive:
        assert archive.verify().faults == ()
        with pytest.raises(ArchiveError, match="cannot be written"):
            archive.seal()


def test_text_that_is_no_text_any_more_is_told(tmp_path: Path) -> None:
    path = news(tmp_path / "news.db")
    with sqlite3.connect(path) as raw:
        raw.execute("UPDATE documents SET title = CAST(x'ff41' AS TEXT) WHERE number = 1")
    with Archive(path) as archive:
        where = {fault.where for fault in archive.verify().faults}
    assert {"its digest", "its rows"} <= where


values = st.none() | st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False) | st.text() | st.binary()


@given(st.lists(values, min_size=1, max_size=5), st.lists(values, min_size=1, max_size=5))
def test_rows_that_differ_have_digests_that_differ(one: list[object], other: list[object]) -> None:
    same = repr(one) == repr(other)
    assert (seals.of_row("events", tuple(one)) == seals.of_row("events", tuple(other))) is same
    assert seals.of_row("events", tuple(one)) != seals.of_row("quotes", tuple(one))


def test_an_index_of_words_that_is_not_that_of_the_texts_is_found_and_made_anew(home: Home) -> None:
    news(home.at)
    if home.kind == "file":
        home.change("INSERT INTO words(words, rowid, title, body) VALUES ('delete', 1, 'Another', 'text')")
    else:
        home.change("UPDATE words SET vector = ts_delete(vector, 'trade') WHERE number = 1")
    with Archive(home.at) as archive:
        assert any("verify --seal" in fault.line() for fault in archive.verify().faults)
        archive.seal()
        assert archive.verify().faults == ()


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE quotes ALTER COLUMN rule DROP NOT NULL",
        "DROP TRIGGER seal_insert ON events",
        "ALTER TABLE events DISABLE TRIGGER seal_update",
        "ALTER TABLE records ADD COLUMN more text",
        "CREATE OR REPLACE FUNCTION note_rows() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
    ],
)
def test_a_changed_definition_on_a_server_is_found(cluster: Cluster, statement: str) -> None:
    home = on_server(cluster)
    Archive(home.at).close()
    home.change(statement)
    with Archive(home.at) as archive:
        assert [fault.where for fault in archive.verify().faults] == ["its tables"]
    home.release()
