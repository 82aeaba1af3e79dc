"""Archives written in the layouts of earlier versions, and brought up again: what goes down comes back."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
import logging
import sqlite3
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.archive.test_layouts import unpacked
from tests.builders import BATTULGA, CHINA, JUNE_5, rail_accord
from tests.homes import Cluster, on_server
from tests.imports.test_imports import table as data_set
from tests.imports.test_keep import POLECAT, kept, polecat

from communique import merge, model
from communique.archive import Archive, layouts, rebuild, schema, schema_merge, seals
from communique.archive.backup import backup
from communique.archive.place import place_of
from communique.cli import run
from communique.errors import ArchiveError, UsageError
from communique.model import Coded

OLDER = [int(layout) for layout in schema_merge.OLDER]
_REMADE = {table.name for table in schema_merge.TABLES} | {"records", "record_members", "stories"}
_REMADE -= {schema_merge.originals.name}


def spoken_together(name: str) -> Coded:
    """A page with what the earlier layouts have no place for: two speakers, and the time that a change starts from."""
    coded = rail_accord(name)
    quote = coded.quotes[0]
    assert quote.speaker is not None
    second = replace(quote.speaker, actor=BATTULGA)
    joint = replace(quote, speaker=replace(quote.speaker, actor=CHINA), speakers=(quote.speaker, second))
    rise = replace(coded.figures[0], base=JUNE_5)
    return replace(coded, quotes=(joint, *coded.quotes[1:]), figures=(rise, *coded.figures[1:]))


def rich(path: Path) -> Path:
    """An archive with revisions, every kind of judgement, one of them taken back, and all that corrections change."""
    with Archive(path) as archive:
        for name in ("rail.txt", "other.txt"):
            archive.add(spoken_together(name))
        archive.add(rail_accord("rail.txt", lambda text: text + "\nMore later.\n"))
        archive.finish_read(archive.begin_read(["pages"]))
        merge.refresh(archive)
        meeting, *_ = (event.id for event in archive.events(event="CONSULT"))
        trade, denied = (archive.events(event=kind)[0].id for kind in ("COOPERATE", "ACCUSE"))
        merge.judge(archive, "right", [meeting], by="ada", reason="seen")
        taken = merge.judge(archive, "different", [trade, meeting], by="ben", reason="x")
        merge.undo(archive, taken.id)
        merge.judge(archive, "wrong", [denied], by="ada", reason="no")
        merge.judge(archive, "wrong", [trade], by="ada", reason="x", date=dt.date(2018, 5, 1))
        merge.judge(archive, "wrong", [trade], by="ada", reason="x", actor="KAZ", instead_of="MNG")
    return path


def sources(path: Path) -> dict[seals.Owner, int]:
    """The digests of all that is not made by the merge."""
    with Archive(path, create=False) as archive, archive.reading() as connection:
        return {owner: held for owner, held in seals.sums(connection).items() if owner[1] not in _REMADE}


def told(path: Path) -> tuple[Any, ...]:
    """What people see of an archive: listings, records, stories, judgements, and an export of all."""
    with Archive(path, create=False) as archive:
        merge.refresh(archive)
        assert archive.verify().faults == ()
        return (
            archive.events(revised=True).rows(),
            archive.quotes(revised=True).rows(),
            archive.figures(revised=True).rows(),
            archive.records(),
            archive.records(kind="figure"),
            archive.stories(),
            archive.judgements(undone=True),
            [(hit.document.key, hit.score) for hit in archive.search("china")],
        )


def exported(path: Path, capfd: pytest.CaptureFixture[str]) -> str:
    capfd.readouterr()
    assert run(["export", "--archive", str(path)]) == 0
    return capfd.readouterr().out


def definitions(path: Path) -> dict[str, str]:
    """Tables, views and indexes as they are defined."""
    with contextlib.closing(sqlite3.connect(path)) as raw:
        found = raw.execute("SELECT name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'")
        return {name: sql for name, sql in found if name != layouts.aside.name}


def rows(path: Path, table: str) -> list[tuple[object, ...]]:
    with contextlib.closing(sqlite3.connect(path)) as raw:
        return sorted(raw.execute(f"SELECT * FROM {table}"), key=repr)


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of today's layout; not to be changed."""
    return rich(tmp_path_factory.mktemp("full") / "news.db")


@pytest.mark.parametrize("layout", [*OLDER, schema.VERSION])
def test_what_goes_down_and_up_again_is_the_same(
    layout: int, full: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    down = tmp_path / "down.db"
    made = backup(full, down, layout=layout)
    assert (made.layout, made.documents, made.size) == (layout, 3, down.stat().st_size)
    assert [path.name for path in tmp_path.iterdir()] == ["down.db"]
    assert rows(down, "meta")[-1] == ("schema", str(layout))
    assert told(down) == told(full)
    assert sources(down) == sources(full)
    assert exported(down, capfd) == exported(full, capfd)
    assert definitions(down).keys() == definitions(full).keys()


@pytest.mark.parametrize("layout", OLDER)
def test_what_goes_down_is_what_the_earlier_version_wrote(layout: int, tmp_path: Path) -> None:
    old = unpacked(str(layout), tmp_path)
    before, defined = {name: rows(old, name) for name in _kept_by(layout)}, definitions(old)
    with Archive(old, create=False) as archive:
        merge.refresh(archive)
    assert backup(old, tmp_path / "down.db", layout=layout).left == ()
    assert definitions(tmp_path / "down.db") == defined  # to the letter
    down = {name: rows(tmp_path / "down.db", name) for name in before}
    if layout < 5:  # which wrote "the budget will double" as 2, and not as 2.0
        assert [row[0] for row in down.pop("figures")] == [row[0] for row in before.pop("figures")]
    if "digests" in before:
        kept = {(owner, kind): digest for owner, kind, digest in before.pop("digests") if owner not in _REMADE}
        assert kept == {(one, kind): held for one, kind, held in down.pop("digests") if one not in _REMADE}
    assert down == before
    if layout > 1:
        assert rows(tmp_path / "down.db", "pending") == sorted((row[1],) for row in before["documents"])


def _kept_by(layout: int) -> list[str]:
    """The tables of a layout that are no outcome of a merge."""
    return [name for name in layouts.metadata(layout).tables if name not in _REMADE]


def test_what_an_earlier_layout_has_no_place_for_is_named(full: Path, tmp_path: Path) -> None:
    left = {layout: backup(full, tmp_path / f"{layout}.db", layout=layout).left for layout in (*OLDER, 6)}
    speakers = "each of those who speak together (the group of them is kept): 2 quotes"
    base = "the time that a change is counted from: 2 figures"
    assert [left[6], left[5], left[4]] == [(), (speakers,), (speakers,)]
    assert left[3] == left[2] == (base, speakers)
    assert left[1][:2] == (base, speakers)
    assert [line.partition(":")[0] for line in left[1][2:]] == [
        "where what was judged stands, and what is right instead",
        "how things read before a person corrected them",
        "a merge that follows what people decided",
    ]


def test_the_command_says_what_it_wrote_and_what_is_kept_aside(
    full: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    target = str(tmp_path / "old.db")
    assert run(["backup", "--archive", str(full), target, "--layout", "4"]) == 0
    said = capfd.readouterr()
    assert said.out.endswith("bytes, whole, in layout 4\n")
    assert "layout 4 has no place for each of those who speak together" in said.err
    assert "kept aside in the copy" in said.err and "left to the merge" in said.err
    assert run(["backup", "--archive", str(full), target, "--layout", "6", "--replace"]) == 0
    said = capfd.readouterr()
    assert said.out.endswith("bytes, whole\n") and not said.err
    assert run(["backup", "--archive", str(full), target, "--layout", "7", "--replace"]) == 2
    assert "there is no such layout. Name one from 1 to 6" in capfd.readouterr().err


@pytest.mark.parametrize("layout", OLDER)
def test_a_correction_can_still_be_taken_back_after_the_way_down_and_up(
    layout: int, full: Path, tmp_path: Path
) -> None:
    with Archive(backup(full, tmp_path / "down.db", layout=layout).path, create=False) as archive:  # type: ignore[arg-type]
        merge.refresh(archive)
        for judgement in archive.judgements():
            if judgement.corrects:
                merge.undo(archive, judgement.id)
        assert archive.verify().faults == ()
        with archive.reading() as connection:
            assert rebuild.sa.inspect(connection).has_table(layouts.aside.name) is False
        came = archive.coded("other.txt")
    assert came == spoken_together("other.txt")


@pytest.mark.parametrize("layout", OLDER)
def test_what_the_earlier_version_changed_is_not_overwritten(
    layout: int, full: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    down = tmp_path / "down.db"
    backup(full, down, layout=layout)
    with contextlib.closing(sqlite3.connect(down)) as raw, raw:
        number, body = raw.execute("SELECT number, body FROM quotes ORDER BY number").fetchone()
        assert '"speakers":' not in body
        changed = body[:-1] + ',"confidence":0.25}'
        raw.execute("UPDATE quotes SET body = ? WHERE number = ?", (changed, number))
    with caplog.at_level(logging.WARNING), Archive(down, create=False) as archive:
        with archive.reading() as connection:
            assert connection.exec_driver_sql("SELECT body FROM quotes ORDER BY number").scalar() == changed
        assert len([quote for quote in archive.quotes(revised=True) if quote.speakers]) == 1
    gone = 2 if layout == 1 else 1  # there with how the quote read before it was corrected
    assert f"{gone} of its parts were changed by the earlier version" in caplog.text


@pytest.mark.parametrize("layout", OLDER)
def test_rows_of_data_sets_keep_their_records_and_wait_for_no_merge(layout: int, tmp_path: Path) -> None:
    path = data_set(tmp_path / "a.tsv", POLECAT, *(polecat(number) for number in range(5)))
    with Archive(tmp_path / "sets.db") as archive:
        kept(archive, path)
        before = archive.records()
    made = backup(tmp_path / "sets.db", tmp_path / "down.db", layout=layout)
    assert ("rows that are not to be merged" in " ".join(made.left)) == (layout == 1)
    assert len(rows(tmp_path / "down.db", "records")) == len(rows(tmp_path / "down.db", "record_members")) == 5
    assert layout == 1 or rows(tmp_path / "down.db", "pending") == []
    with Archive(tmp_path / "down.db", create=False) as archive:
        assert archive.waiting() == 0
        merge.refresh(archive)
        assert archive.records() == before
        assert archive.verify().faults == ()


def test_an_archive_that_is_not_as_it_was_written_is_not_written_down(tmp_path: Path) -> None:
    path = rich(tmp_path / "news.db")
    with contextlib.closing(sqlite3.connect(path)) as raw, raw:
        raw.execute("UPDATE documents SET title = 'Another head'")
    with pytest.raises(ArchiveError, match="digests differ") as told_of:
        backup(path, tmp_path / "down.db", layout=3)
    assert told_of.value.where == str(path)
    assert [each.name for each in tmp_path.iterdir()] == ["news.db"]


def test_an_archive_on_a_server_goes_down_into_a_file(cluster: Cluster, full: Path, tmp_path: Path) -> None:
    server = on_server(cluster)
    backup(full, place_of(server.at))
    with pytest.raises(UsageError, match="on a server"):
        backup(full, place_of(server.at), layout=5, replace=True)
    backup(place_of(server.at), tmp_path / "down.db", layout=2)
    assert sources(tmp_path / "down.db") == sources(full)
    server.release()


# the fields of everything that is stored as JSON, as layout 6 has them
_STORED = {
    "Event": (
        "document_id event mode context quad_code event_scale cameo actor recipient unordered date place "
        "stance attributed_to event_text trigger sentence sequence confidence rule"
    ),
    "Figure": (
        "document_id span text value low high unit currency per measure between status direction period "
        "deadline sentence sequence attributed_to confidence rule linked base"
    ),
    "Quote": (
        "document_id span quote mode speaker through addressee cue sentence sequence about confidence rule speakers"
    ),
    "Assessment": "document_id span text by about hedges horizon sentence sequence confidence rule",
    "Project": "document_id span name type between stage date sentence sequence confidence rule",
    "Forum": "document_id span name code role sentence sequence members confidence rule",
    "Mention": "span text actors via alternatives confidence head",
    "Judgement": "id verdict subjects reason by at anchors actor actor_text actor_was date",
    "Participant": "actor text via span alternatives confidence",
    "Actor": "code sector name identifier office kind",
    "When": "earliest latest precision basis text span note candidates",
    "Place": "name span code latitude longitude geonames",
    "Attribution": "speaker cue span through",
    "DateEvidence": "kind earliest latest text span",
    "Anchor": "document event start end sentence",
}


def test_a_new_field_of_a_stored_noun_comes_with_a_new_layout() -> None:
    found = {name: " ".join(field.name for field in dataclasses.fields(getattr(model, name))) for name in _STORED}
    assert found == _STORED, "an earlier Communique cannot read it: note it in archive/layouts.py under a new layout"
