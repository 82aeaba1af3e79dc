"""Archives that move from a file to a server and back, and copies of archives on servers."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.archive.test_both import filled
from tests.builders import rail_accord
from tests.homes import Cluster, Home, in_file, on_server

from communique import merge
from communique.archive import Archive, transfer
from communique.archive.backup import backup, restore
from communique.archive.place import place_of
from communique.errors import ArchiveError, UsageError


@pytest.fixture
def server(cluster: Cluster) -> Home:
    """A place on a server."""
    return on_server(cluster)


def told(archive: Archive) -> tuple[object, ...]:
    """What people see of an archive."""
    return (
        archive.events(revised=True),
        archive.records(),
        archive.stories(),
        archive.judgements(undone=True),
        [(hit.document.key, hit.score) for hit in archive.search("china", limit=50)],
        [*archive.documents(revised=True)],
    )


def test_an_archive_goes_to_a_server_and_comes_back_as_it_was(server: Home, tmp_path: Path) -> None:
    first, back = tmp_path / "news.db", tmp_path / "back.db"
    with Archive(first) as archive:
        before = told(filled(archive))
    made = restore(first, place_of(server.at))
    assert (made.documents, str(made.path)) == (9, server.at)
    with Archive(server.at, create=False) as archive:
        assert told(archive) == before
        assert archive.verify().faults == ()
        archive.add(rail_accord("later.txt"))  # numbers go on after those that came
        merge.refresh(archive)
        assert archive.verify().faults == ()
        before = told(archive)
    copy = backup(place_of(server.at), back)
    assert copy.size == back.stat().st_size
    with Archive(back, create=False) as archive:
        assert told(archive) == before
        assert archive.verify().faults == ()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["back.db", "news.db"]


def test_what_stands_on_a_server_is_not_overwritten_unless_told_and_kept_then(server: Home, tmp_path: Path) -> None:
    file = in_file(tmp_path)
    for at, name in ((file.at, "rail.txt"), (server.at, "other.txt")):
        with Archive(at) as archive:
            archive.add(rail_accord(name))
    with pytest.raises(UsageError, match="add --replace"):
        restore(file.path, place_of(server.at))
    with pytest.raises(UsageError, match="itself"):
        backup(place_of(server.at), place_of(server.at), replace=True)
    restore(file.path, place_of(server.at), replace=True)
    with Archive(server.at) as archive:
        assert [each.id for each in archive.documents()] == ["rail.txt"]
    assert [list(row) for row in server.ask("SELECT id FROM communique_before.documents")] == [["other.txt"]]


def test_an_archive_that_is_not_as_it_was_written_is_not_copied(server: Home, tmp_path: Path) -> None:
    with Archive(server.at) as archive:
        archive.add(rail_accord())
    server.change("UPDATE documents SET title = 'Another head'")
    with pytest.raises(ArchiveError, match="communique verify"):
        backup(place_of(server.at), tmp_path / "copy.db")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("stood", [False, True])
def test_a_copy_that_fails_leaves_what_was_there(
    server: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stood: bool
) -> None:
    file = in_file(tmp_path)
    with Archive(file.at) as archive:
        archive.add(rail_accord())
    if stood:
        with Archive(server.at) as archive:
            archive.add(rail_accord("other.txt"))

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(transfer, "_compare", stop)
    with pytest.raises(KeyboardInterrupt):
        restore(file.path, place_of(server.at), replace=True)
    if stood:
        with Archive(server.at, create=False) as archive:
            assert [each.id for each in archive.documents()] == ["other.txt"]
    else:
        with pytest.raises(ArchiveError, match="there is no archive here"):
            Archive(server.at, create=False)


def test_a_text_that_a_server_cannot_keep_is_told(server: Home, tmp_path: Path) -> None:
    file = in_file(tmp_path)
    with Archive(file.at) as archive:
        archive.add(rail_accord(change=lambda text: text + "\x00"))
    with pytest.raises(Exception, match=r"U\+0000"):
        restore(file.path, place_of(server.at))
