"""Files that are no archive, writers that wait, and interruptions."""

from __future__ import annotations

import logging
import sqlite3
import threading
from pathlib import Path

import pytest
from tests.builders import rail_accord
from tests.homes import Cluster, Home, on_server

from communique.archive import Archive, connect
from communique.errors import ArchiveError, InputError


def test_a_missing_archive_is_made_or_told(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    with pytest.raises(ArchiveError, match="communique read PAGES --archive"):
        Archive(path, create=False)
    assert not path.exists()
    Archive(path).close()
    assert Archive(path, create=False).keys() == []


def test_a_folder_that_does_not_exist_is_told(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="in a folder that exists"):
        Archive(tmp_path / "none" / "news.db")
    with pytest.raises(ArchiveError, match="cannot stand here"):
        Archive(tmp_path)


def test_a_file_that_is_no_database_is_told_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    path.write_text("The ministers met on Tuesday.\n" * 100)
    with pytest.raises(ArchiveError, match="is not an archive"):
        Archive(path)
    assert path.read_text().startswith("The ministers")


def test_a_database_of_another_program_is_told_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE stamps (name TEXT)")
    with pytest.raises(ArchiveError, match="another program"):
        Archive(path)


def test_an_archive_of_another_layout_is_told(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    Archive(path).close()
    with sqlite3.connect(path) as raw:
        raw.execute("UPDATE meta SET value = '99' WHERE name = 'schema'")
    with pytest.raises(ArchiveError, match="layout 99"):
        Archive(path)


def test_a_damaged_archive_is_told(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    with Archive(path) as archive:
        for number in range(30):
            archive.add(rail_accord(f"rail{number}.txt"))
    for side in ("-wal", "-shm"):
        path.with_name(path.name + side).unlink(missing_ok=True)
    content = bytearray(path.read_bytes())
    middle = len(content) // 2
    content[4096:middle] = b"\xff" * (middle - 4096)
    path.write_bytes(content)
    with pytest.raises(ArchiveError, match=r"damaged|verify|no such|malformed"), Archive(path) as archive:
        if archive.verify().faults:
            raise ArchiveError("damaged")


def test_an_address_is_no_file() -> None:
    with pytest.raises(ArchiveError, match="an archive is a file"):
        Archive("mysql://somewhere/news")
    with pytest.raises(ArchiveError, match="as text"):
        Archive(Path("postgresql://ada:secret@somewhere/news"))


def test_half_a_character_costs_its_document_alone(home: Home) -> None:
    with Archive(home.at) as archive:
        with pytest.raises(InputError, match="half characters"):
            archive.add(rail_accord("bad.txt", change=lambda text: text + "\ud800"))
        assert archive.add(rail_accord())
        assert len(archive.keys()) == 1


@pytest.mark.parametrize("step", ["insert_parts", "document_row"])
def test_an_interruption_leaves_whole_documents(home: Home, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    from communique.archive import write

    archive = Archive(home.at)
    archive.add(rail_accord())
    real = getattr(write, step)

    def stop(*arguments: object, **options: object) -> object:
        real(*arguments, **options)
        raise KeyboardInterrupt

    monkeypatch.setattr(write, step, stop)
    with pytest.raises(KeyboardInterrupt):
        archive.add(rail_accord("other.txt"))
    monkeypatch.undo()
    assert [document.id for document in archive.documents()] == ["rail.txt"]
    assert archive.verify().faults == ()
    assert archive.add(rail_accord("other.txt"))
    archive.close()


def test_a_second_writer_waits_and_says_so(
    home: Home, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(connect, "FIRST_TRY", 0.05)
    with Archive(home.at) as archive, home.holding() as let_go:
        thread = threading.Timer(0.4, let_go)
        with caplog.at_level(logging.WARNING, logger="communique"):
            thread.start()
            assert archive.add(rail_accord())
        thread.join()
    assert "waiting" in caplog.text
    assert caplog.text.count("waiting") == 1


def test_a_writer_gives_up_in_the_end(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connect, "FIRST_TRY", 0.05)
    monkeypatch.setattr(connect, "PATIENCE", 0.2)
    with Archive(home.at) as archive, home.holding() as let_go:
        with pytest.raises(ArchiveError, match="another program has been writing"):
            archive.add(rail_accord())
        let_go()
        assert archive.add(rail_accord())


def test_readers_do_not_wait_for_a_writer(home: Home) -> None:
    with Archive(home.at) as archive:
        archive.add(rail_accord())
        with home.holding():
            assert len(archive.events()) == 3


def test_many_writers_and_readers_at_once_lose_nothing(home: Home) -> None:
    Archive(home.at).close()
    faults: list[BaseException] = []

    def write(writer: int) -> None:
        try:
            with Archive(home.at) as archive:
                for number in range(6):
                    archive.add(rail_accord(f"w{writer}-{number}.txt"))
        except BaseException as fault:
            faults.append(fault)

    def read() -> None:
        try:
            with Archive(home.at) as archive:
                for _ in range(6):
                    assert len(archive.events()) % 3 == 0  # whole documents
                    archive.search("trade")
        except BaseException as fault:
            faults.append(fault)

    threads = [threading.Thread(target=write, args=(n,)) for n in range(3)] + [threading.Thread(target=read)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    with Archive(home.at) as archive:
        assert len(archive.keys()) == 18
        assert archive.verify().faults == ()


def test_two_that_make_one_archive_at_once_make_one(home: Home) -> None:
    faults: list[BaseException] = []

    def make() -> None:
        try:
            Archive(home.at).close()
        except BaseException as fault:
            faults.append(fault)

    threads = [threading.Thread(target=make) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []


def test_a_schema_of_another_program_is_told_and_left_alone(cluster: Cluster) -> None:
    home = on_server(cluster)
    home.change("CREATE SCHEMA communique", "CREATE TABLE communique.stamps (name text)")
    with pytest.raises(ArchiveError, match="another program's"):
        Archive(home.at)
    home.release()


def test_an_archive_of_another_layout_on_a_server_is_told(cluster: Cluster) -> None:
    home = on_server(cluster)
    Archive(home.at).close()
    home.change("UPDATE meta SET value = '99' WHERE name = 'schema'")
    with pytest.raises(ArchiveError, match="layout 99"):
        Archive(home.at)
    home.release()


def test_a_server_that_ends_the_connection_costs_one_question(cluster: Cluster) -> None:
    home = on_server(cluster)
    name = home.at.split("/")[3].partition("?")[0]
    ended = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'communique'"
    with Archive(home.at) as archive:
        archive.add(rail_accord())
        cluster.run(ended, database=name)
        assert len(archive.events()) == 3  # the pool opens another one
        told = pytest.raises(ArchiveError, match="ended the connection")
        with told, archive.writing() as connection:
            cluster.run(ended, database=name)
            connection.exec_driver_sql("DELETE FROM reads")
        assert archive.add(rail_accord("other.txt"))
        assert archive.verify().faults == ()
    home.release()


def test_a_copy_that_cannot_be_written_can_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "news.db"
    with Archive(path) as archive:
        archive.add(rail_accord())
    monkeypatch.setattr(connect.os, "access", lambda *_arguments: False)  # root may write everything
    with Archive(path, create=False) as archive:
        assert len(archive.events()) == 3
        with pytest.raises(ArchiveError, match="cannot be written"):
            archive.add(rail_accord("other.txt"))


def test_a_file_that_is_taken_away_while_it_is_written_is_told(tmp_path: Path) -> None:
    """SQLite goes on writing into a file without a name: all would seem well, and nothing would be kept."""
    path = tmp_path / "news.db"
    with Archive(path) as archive:
        archive.add(rail_accord())
        for ending in ("", "-wal", "-shm"):
            path.with_name(path.name + ending).unlink(missing_ok=True)
        with pytest.raises(ArchiveError, match="moved, deleted or replaced"):
            archive.add(rail_accord("other.txt"))
        assert not path.exists()


def test_a_file_that_goes_in_the_middle_of_a_transaction_is_told(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    gone = pytest.raises(ArchiveError, match="moved, deleted or replaced")
    with Archive(path) as archive, gone, archive.writing() as connection:
        connection.exec_driver_sql("DELETE FROM reads")
        path.rename(tmp_path / "elsewhere.db")


def test_who_holds_an_archive_open_sees_the_one_that_was_put_in_its_place(tmp_path: Path) -> None:
    path, other = tmp_path / "news.db", tmp_path / "other.db"
    with Archive(other) as made:
        made.add(rail_accord())
    with Archive(path) as archive:
        assert archive.keys() == []
        for ending in ("-wal", "-shm"):
            path.with_name(path.name + ending).unlink(missing_ok=True)
        other.replace(path)
        assert len(archive.keys()) == 1
