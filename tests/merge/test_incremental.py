"""What is merged day by day in an archive is what merging everything at once gives, in whatever order it comes."""

from __future__ import annotations

import itertools
import random
from pathlib import Path

import pytest
from tests.merge.test_records import MET, SIGNED, _many
from tests.reports import Said, report

from communique.archive import Archive
from communique.merge import records, refresh
from communique.model import Coded, Record

TEXT = (
    "China and Russia signed a grain accord in Harbin on Saturday after their premiers met in the old town hall there."
)


def day_by_day(coded: list[Coded], size: int) -> tuple[list[Record], list[tuple[str, ...]]]:
    with Archive(":memory:") as archive:
        for number, each in enumerate(coded, 1):
            archive.add(each)
            if number % size == 0:
                refresh(archive)
        refresh(archive)
        return archive.records(), sorted(story.documents for story in archive.stories())


def mixed() -> list[Coded]:
    denied = {"event": "AGREE", "act": "denied", "actor": "CHN", "recipient": "USA", "stance": "denied"}
    agreed = {"event": "AGREE", "act": "agreed", "actor": "CHN", "recipient": "USA", "date": "2025-09-04"}
    planned = {**MET, "act": "meet", "stance": "planned", "date": "2024-09-14"}
    held = {**MET, "act": "met", "date": "2024-09-14"}
    return [
        *_many(),
        report("w.txt", Said(TEXT, (SIGNED,)), source="Meridian Wire", published="2024-09-14"),
        report("x.txt", Said(TEXT, (SIGNED,)), source="Baltic Ledger", published="2024-09-15"),
        report("y.txt", Said("China agreed to buy American soybeans.", (agreed,)), published="2025-09-04"),
        report(
            "z.txt",
            Said("A spokesman denied that China had agreed to buy soybeans.", (denied,)),
            published="2025-09-05",
        ),
        report("p.txt", Said("Li Qiang will meet Mikhail Mishustin in Harbin for talks on grain.", (planned,))),
        report(
            "q.txt",
            Said("Li Qiang met Mikhail Mishustin in Harbin for talks on grain.", (held,)),
            published="2024-09-15",
        ),
    ]


@pytest.mark.parametrize("seed", range(4))
def test_one_by_one_in_any_order_is_all_at_once(seed: int) -> None:
    expected, stories = day_by_day(mixed(), 1000)
    assert expected == records(mixed())
    shuffled = mixed()
    random.Random(seed).shuffle(shuffled)
    assert day_by_day(shuffled, (1, 3, 7, 11)[seed]) == (expected, stories)


def test_the_title_of_a_story_does_not_depend_on_what_was_read_first() -> None:
    said = Said(TEXT, (SIGNED,))
    pages = [
        report("w.txt", said, source="Meridian Wire", published="2024-09-15", title="Grain accord signed"),
        report("x.txt", said, said, source="Baltic Ledger", published="2024-09-14", title="A pact in Harbin"),
    ]
    titles = set()
    for order in (pages, pages[::-1]):
        with Archive(":memory:") as archive:
            for each in order:
                archive.add(each)
            refresh(archive)
            titles.add(tuple(story.title for story in archive.stories()))
    assert len(titles) == 1


def test_a_day_looks_only_at_what_hangs_together_with_it() -> None:
    with Archive(":memory:") as archive:
        for each in mixed():
            archive.add(each)
        refresh(archive)
        other = {"event": "SANCTION", "act": "banned", "actor": "USA", "recipient": "IND", "date": "2026-01-05"}
        archive.add(report("new.txt", Said("The United States banned steel from India.", (other,))))
        merged = refresh(archive)
        assert (merged.documents, merged.tellings) == (1, 1)
        assert refresh(archive).documents == 0


def test_a_changed_page_takes_its_old_words_out_of_the_records() -> None:
    first = report("a.txt", Said("China and Russia signed a grain accord in Harbin.", (SIGNED,)), source="A")
    second = report("b.txt", Said("The grain accord was signed on September 14.", (SIGNED,)), source="B")
    changed = report("b.txt", Said("Nothing was reached in Harbin, it turned out."), source="B")
    with Archive(":memory:") as archive:
        archive.add(first)
        archive.add(second)
        refresh(archive)
        assert [record.status for record in archive.records()] == ["corroborated"]
        archive.add(changed)
        refresh(archive)
        assert [(record.status, record.members) for record in archive.records()] == [("single", (first.events[0].id,))]


def test_when_the_first_of_three_copies_goes_the_others_stay_one_text() -> None:
    copies = [report(f"{name}.txt", Said(TEXT, (SIGNED,)), source=name, published="2024-09-14") for name in "abc"]
    with Archive(":memory:") as archive:
        for each in copies:
            archive.add(each)
        refresh(archive)
        assert [(len(record.members), record.voices) for record in archive.records()] == [(3, 1)]
        archive.add(report("a.txt", Said("The page is gone."), source="a", published="2024-09-14"))
        refresh(archive)
        assert [(len(record.members), record.voices) for record in archive.records()] == [(2, 1)]


def test_an_archive_of_the_first_layout_is_brought_up_and_merged_anew(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    with Archive(path) as archive:
        for each in mixed():
            archive.add(each)
        with archive.writing() as connection:
            connection.exec_driver_sql("UPDATE meta SET value = '1' WHERE name = 'schema'")
    with Archive(path) as archive:
        assert archive.waiting() == len(mixed())
        refresh(archive)
        assert archive.records() == records(mixed())


def test_every_event_is_in_one_record_and_every_story_knows_its_records() -> None:
    with Archive(":memory:") as archive:
        for each in mixed():
            archive.add(each)
        refresh(archive)
        held = list(itertools.chain.from_iterable(record.members for record in archive.records()))
        assert sorted(held) == sorted(event.id for each in mixed() for event in each.events)
        known = {record.id for record in archive.records()}
        for story in archive.stories():
            assert set(story.records) <= known
            assert story.title
