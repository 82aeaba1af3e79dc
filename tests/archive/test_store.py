"""Keeping and finding again."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from tests import strategies
from tests.builders import rail_accord
from tests.homes import Cluster, Home, on_server

from communique.archive import Archive, database, schema
from communique.errors import InputError, UsageError
from communique.model import Coded, Judgement, Record, Story


@pytest.fixture
def archive(home: Home) -> Iterator[Archive]:
    """An archive that holds the rail accord."""
    with Archive(home.at) as made:
        made.add(rail_accord())
        yield made


def dump(archive: Archive) -> list[str]:
    """The whole content of an archive, row by row."""
    with archive.reading() as connection:
        return [
            f"{table.name} {values!r}"
            for table in schema.metadata.sorted_tables
            for values in sorted(database.of(connection).rows(connection, table, None, None), key=repr)
        ]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(strategies.codeds)
def test_whatever_is_added_comes_back_equal(coded: Coded) -> None:
    with Archive(":memory:") as archive:
        assert archive.add(coded)
        assert archive.coded(coded.document.key) == coded
        assert archive.document(coded.document.key) == coded.document
        assert [*archive.events()] == sorted_by_listing(archive, coded)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(strategies.codeds)
def test_whatever_is_added_comes_back_equal_from_a_server(server_archive: Archive, coded: Coded) -> None:
    if server_archive.known(coded.document):
        return
    if "\x00" in repr(coded).encode().decode("unicode_escape", "replace"):
        with contextlib.suppress(InputError):  # the one character that PostgreSQL cannot keep
            server_archive.add(coded)
        return
    assert server_archive.add(coded)
    assert server_archive.coded(coded.document.key) == coded


@pytest.fixture(scope="module")
def server_archive(cluster: Cluster) -> Iterator[Archive]:
    """One archive for many examples."""
    with Archive(on_server(cluster).at) as made:
        yield made


def sorted_by_listing(archive: Archive, coded: Coded) -> list:
    """The events in the listing's order: by date, undated last, then as they stand."""
    known = [(event.date.earliest or event.date.latest, index) for index, event in enumerate(coded.events)]
    order = sorted(known, key=lambda each: (each[0] is None, each[0] or dt.date.min, each[1]))
    return [coded.events[index] for _, index in order]


def test_reading_the_same_page_twice_changes_nothing(archive: Archive) -> None:
    before = dump(archive)
    assert not archive.add(rail_accord())
    run = archive.begin_read(["pages"])
    archive.finish_read(run)
    once = dump(archive)
    assert archive.begin_read(["pages"]) == run
    archive.finish_read(run)
    assert dump(archive) == once
    assert len(once) == len(before) + 1  # the run itself (and the digest of the runs is another)


def test_a_page_whose_text_changed_is_a_revision_and_counts_once(archive: Archive) -> None:
    changed = rail_accord(change=lambda text: text.replace("reporters", "journalists"))
    assert archive.add(changed)
    assert archive.document("rail.txt") == changed.document
    assert archive.revisions("rail.txt") == [rail_accord().document, changed.document]
    assert len(archive.events()) == 3
    assert len(archive.events(revised=True)) == 6
    assert [document.key for document in archive.documents()] == [changed.document.key]
    assert archive.verify().faults == ()


def test_two_pages_of_one_name_at_two_addresses_are_two_documents(archive: Archive) -> None:
    from dataclasses import replace

    other = rail_accord(change=lambda text: text.replace("Ada", "Eve"))
    archive.add(replace(other, document=replace(other.document, url="https://other.example/rail")))
    assert len(archive.keys()) == 2


def test_what_a_newer_coder_reads_takes_the_place_of_the_old(archive: Archive) -> None:
    from dataclasses import replace

    fewer = replace(rail_accord(), events=rail_accord().events[:1])
    archive.replace(fewer)
    assert archive.coded("rail.txt") == fewer
    assert len(archive.search("trade")) == 1
    assert archive.verify().faults == ()


def test_between_two_states_means_that_they_face_each_other(archive: Archive) -> None:
    names = [event.event for event in archive.events(between=("CHN", "MNG"))]
    assert names == ["COOPERATE", "CONSULT"]
    assert [event.event for event in archive.events(between=("RUS", "MNG"))] == []
    assert [event.event for event in archive.events(between="RUS")] == ["ACCUSE"]
    assert [event.event for event in archive.events(between=("RUS", "CHN", "MNG"))] == [
        "COOPERATE",
        "CONSULT",
        "ACCUSE",
    ]


def test_an_actor_may_be_named_where_its_code_stands_for_many(archive: Archive) -> None:
    assert [event.event for event in archive.events(between=("Wang Yi", "MNG"))] == ["CONSULT"]
    assert [event.event for event in archive.events(actor="RUS", recipient="CHN")] == ["ACCUSE"]


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"since": "2019-01-01"}, ["CONSULT"]),
        ({"until": "2018-06-01"}, ["COOPERATE"]),
        ({"since": "2019-01-01", "undated": True}, ["CONSULT", "ACCUSE"]),
        ({"since": dt.date(2020, 1, 1)}, []),
        ({"event": "CONSULT"}, ["CONSULT"]),
        ({"event": ("CONSULT", "ACCUSE")}, ["CONSULT", "ACCUSE"]),
        ({"stance": "denied"}, ["ACCUSE"]),
        ({"mode": "visit"}, ["CONSULT"]),
        ({"document": "rail.txt", "limit": 2}, ["COOPERATE", "CONSULT"]),
        ({"limit": 1, "offset": 1}, ["CONSULT"]),
        ({"offset": 2}, ["ACCUSE"]),
        ({"document": "another.txt"}, []),
    ],
)
def test_events_are_filtered_and_stand_by_date(archive: Archive, filters: dict, found: list[str]) -> None:
    assert [event.event for event in archive.events(**filters)] == found
    without = {name: value for name, value in filters.items() if name not in ("limit", "offset")}
    assert archive.count("event", **without) >= len(found)


def test_an_unknown_filter_or_day_is_told_to_the_user(archive: Archive) -> None:
    with pytest.raises(UsageError, match="there is no filter colour"):
        archive.events(colour="red")
    with pytest.raises(UsageError, match="2019-06-05"):
        archive.events(since="last week")


def test_the_other_kinds_are_listed_too(archive: Archive) -> None:
    coded = rail_accord()
    assert archive.figures(between=("CHN", "MNG")) == list(coded.figures)
    assert archive.figures(status="observed") == [coded.figures[1]]
    assert archive.quotes(between=("CHN", "MNG")) == list(coded.quotes)
    assert archive.assessments() == list(coded.assessments)
    assert archive.projects(between=("CHN",)) == list(coded.projects)
    assert archive.forums() == list(coded.forums)


def test_anything_is_found_by_the_first_characters_of_its_id(archive: Archive) -> None:
    coded = rail_accord()
    for item in coded.items():
        assert archive.get(item.id[:9]) == (item, coded.document)
    assert archive.get("rail.txt") == (coded.document, None)
    assert archive.get(coded.document.key[:8]) == (coded.document, None)


@pytest.mark.parametrize(("prefix", "why"), [("", "missing"), ("ab", "too short"), ("ffffffff", "nothing has this id")])
def test_an_id_that_fits_nothing_is_explained(archive: Archive, prefix: str, why: str) -> None:
    with pytest.raises(UsageError, match=why):
        archive.get(prefix)


def test_records_and_stories_of_a_merge_replace_the_last(archive: Archive) -> None:
    meeting, trade = archive.events()[1], archive.events()[0]
    first = Record("aaaa1111", "CONSULT", (meeting.id,))
    second = Record("bbbb2222", "COOPERATE", (trade.id,))
    archive.keep_records([first], [])
    archive.keep_records([first, second], [Story("cccc3333", "A visit", ("aaaa1111", "bbbb2222"))])
    assert archive.records() == [first, second]
    assert archive.records(event_id=trade.id) == [second]
    assert archive.get("aaaa")[0] == first
    assert archive.get("cccc3333")[0] == archive.stories()[0]
    assert archive.records(event_id="nothing") == []


def test_a_judgement_outlives_the_data_and_can_be_taken_back(archive: Archive) -> None:
    meeting = archive.events(event="CONSULT")[0]
    judged = Judgement("dddd4444", "wrong", (meeting.id,), "no visit", "Ada", dt.datetime(2026, 1, 2, tzinfo=dt.UTC))
    assert archive.judge(judged)
    assert not archive.judge(judged)
    archive.replace(rail_accord())
    assert archive.judgements() == [judged]
    assert archive.undo("dddd4444")
    assert not archive.undo("dddd4444")
    assert archive.judgements() == []
    assert archive.judgements(undone=True) == [judged]
    assert not archive.judge(judged)  # made once more: it is in force again
    assert archive.judgements() == [judged]


def test_a_run_that_did_not_end_is_known(archive: Archive) -> None:
    run = archive.begin_read(["a", "b"])
    assert archive.unfinished_reads() == [["a", "b"]]
    assert not archive.read_finished(run)
    archive.finish_read(run)
    assert archive.read_finished(run)
    assert archive.unfinished_reads() == []


def test_a_document_that_is_not_there_is_told(archive: Archive) -> None:
    with pytest.raises(UsageError, match="no document has this id"):
        archive.document("nowhere")


def test_promises_are_asked_of_the_archive_itself() -> None:
    from communique.measure.pledges import ledger

    with Archive(":memory:") as archive:
        archive.add(rail_accord())
        assert archive.pledges().rows() == ledger(archive).rows()
        assert archive.pledges("CHN", verdict=["kept"]).rows() == ledger(archive, ["CHN"], verdict=["kept"]).rows()
