"""The desk's register says what the archive says, and following what is written gives what making it anew gives."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from communique import merge
from communique.archive import Archive, Filters, query
from communique.errors import ArchiveError
from communique.ingest import from_text
from communique.pipeline import Coder
from communique.settings import Settings
from communique.web.queries import listed
from communique.web.queries import records as recorded
from communique.web.register import Register
from communique.web.register.layout import KINDS

DAY = dt.date(2021, 3, 18)
ASKED = (
    Filters(between=("PER",)),
    Filters(between=("PER", "CHL")),
    Filters(between=("CHL", "PER")),
    Filters(between=("PER", "CHL", "ECU")),
    Filters(between=("FJI",)),
    Filters(between=("PER",), event=("THREATEN", "ACCUSE")),
    Filters(between=("PER",), stance=("planned",)),
    Filters(stance=("actual",)),
    Filters(between=("CHL",), since=DAY),
    Filters(between=("CHL",), until=DAY, undated=True),
    Filters(between=("PER", "CHL"), since=DAY, until=DAY),
)


def register_of(path: Path) -> Register:
    made = Register(path, documents=4)
    assert made.refresh()
    assert made.ready
    return made


def dumped(register: Register) -> dict[str, list[Any]]:
    with register.reading() as held:
        return {
            name: sorted(held.execute(f"SELECT * FROM {name}").fetchall(), key=repr)
            for name in ("docs", "told", "members", "items", "facts", "ties")
        }


@pytest.mark.parametrize("filters", ASKED)
def test_records_are_those_that_the_archive_lists(made: Path, filters: Filters) -> None:
    register = register_of(made)
    with Archive(made) as archive:
        many = recorded.count(archive, filters)
        assert recorded.count(archive, filters, register=register) == many
        for newest in (True, False):
            mine, theirs = (
                recorded.page(archive, filters, newest=newest, limit=100, offset=0, register=held)
                for held in (register, None)
            )
            assert {each.id for each in mine} == {each.id for each in theirs}
            assert len(mine) == many
            pages = [
                recorded.page(archive, filters, newest=newest, limit=2, offset=at, register=register)
                for at in range(0, many, 2)
            ]
            assert [each.id for page in pages for each in page] == [each.id for each in mine]
            days = [each.event.date.latest or each.document.published.latest for each in mine]
            known = [day for day in days if day]
            assert known == sorted(known, reverse=newest)
    register.close()


@pytest.mark.parametrize("status", ["single", "corroborated", "disputed"])
def test_records_of_a_status_are_those_that_the_archive_lists(made: Path, status: str) -> None:
    register = register_of(made)
    with Archive(made) as archive:
        for filters in (Filters(), *ASKED[:4]):
            mine, theirs = (
                recorded.page(archive, filters, status=status, limit=100, offset=0, register=held)
                for held in (register, None)
            )
            assert {each.id for each in mine} == {each.id for each in theirs}
            assert recorded.count(archive, filters, status, register) == len(mine)
    register.close()


@pytest.mark.parametrize("kind", list(KINDS))
def test_items_are_those_that_the_archive_lists(made: Path, kind: str) -> None:
    register = register_of(made)
    with Archive(made) as archive:
        for filters in (Filters(), *ASKED[:5], Filters(between=("PER",), since=DAY)):
            with archive.reading() as connection:
                many = connection.execute(query.count(kind, filters)).scalar_one()
            assert listed.count_items(register, kind, filters) == many, filters
            whole = listed.items(register, kind, filters)
            assert len(whole) == len(set(whole)) == many
            parts = [
                listed.items(register, kind, Filters(**{**_given(filters), "limit": 2, "offset": at}))
                for at in range(0, many, 2)
            ]
            assert [number for part in parts for number in part] == whole
    register.close()


def _given(filters: Filters) -> dict[str, Any]:
    return {name: getattr(filters, name) for name in Filters.__dataclass_fields__}


def test_names_and_what_needs_more_is_left_to_the_archive() -> None:
    assert listed.answers(Filters(between=("PER",)))
    assert not listed.answers(Filters(between=("NATO",)))
    assert not listed.answers(Filters(actor="PER"))
    assert not listed.answers(Filters(document="x"))


def test_following_what_is_written_gives_what_making_it_anew_gives(copy: Path) -> None:
    following = register_of(copy)
    before = dumped(following)
    assert not following.refresh()
    coder = Coder(Settings(encoder=False))
    news = "LIMA, 3 May 2021 - Peru condemned Bolivia on 2 May 2021. Peru and Chile signed a treaty on 3 May 2021."
    changed = "LIMA, 3 May 2021 - Peru thanked Bolivia on 2 May 2021."
    with Archive(copy) as archive:
        steps = [
            lambda: archive.add(coder.code(from_text(news, id="later.txt"))),
            lambda: merge.refresh(archive),
            lambda: archive.add(coder.code(from_text(changed, id="later.txt"))),  # a revision of it
            lambda: merge.refresh(archive),
            lambda: archive.replace(archive.coded("coast-mirror.txt")),
            lambda: merge.judge(archive, "wrong", [archive.events(between=("PER", "CHL"))[0].id], reason="no", by="me"),
            lambda: merge.undo(archive, archive.judgements()[0].id),
        ]
        for step in steps:
            step()
            following.refresh()
            fresh = register_of(copy)
            assert dumped(following) == dumped(fresh)
            fresh.close()
    assert dumped(following) != before
    following.close()


def test_a_broken_register_is_made_anew(made: Path) -> None:
    register = register_of(made)
    whole = dumped(register)
    path = register.path
    held = path.parent
    register.close()
    held.mkdir(exist_ok=True)
    again = Register(made, documents=4)
    again.path.write_bytes(b"no database at all" * 400)
    again.refresh()
    assert dumped(again) == whole
    again.close()


def test_the_registers_of_large_archives_are_kept(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from communique.knowledge import cache

    monkeypatch.setattr(cache, "folder", lambda: tmp_path)
    first = Register(made, documents=10_000)
    first.refresh()
    first.close()
    assert list(tmp_path.glob("desk-*.db"))
    second = Register(made, documents=10_000)
    assert not second.refresh()
    assert second.ready
    second.close()


def test_a_register_that_is_damaged_while_it_is_asked_is_made_anew(made: Path) -> None:
    register = register_of(made)
    whole = dumped(register)
    content = register.path.read_bytes()
    fresh = Register(made, documents=4)
    fresh.refresh()
    fresh.path.write_bytes(content[:4096] + b"\xff" * (len(content) - 4096))
    with pytest.raises(ArchiveError):
        dumped(fresh)
    assert not fresh.ready
    fresh.refresh()
    assert dumped(fresh) == whole
    register.close()
    fresh.close()
