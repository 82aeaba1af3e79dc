"""Acts out of an archive: what reports say, merged, with stories and outlets."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.reports import Said, report

from communique.archive import Archive
from communique.measure import evidence, read
from communique.measure.encounters import encounters, located
from communique.measure.network import network
from communique.measure.series import pair_series
from communique.merge import refresh
from communique.model import Judgement

MET = "China's foreign minister met his Russian counterpart in Beijing on Monday, 1 March."
GAVE = "Russia gave China twelve rescue helicopters on 9 March after the floods in Henan."
SIGNED = "China and Russia signed a treaty on fisheries in the Amur on 20 March."
WILL = "China will send grain to Russia in May."
BLAMED = "Russia accused China of dumping steel."


def met(where: str | None = "Beijing") -> Said:
    return Said(
        MET,
        ({"event": "CONSULT", "act": "met", "actor": "CHN", "recipient": "RUS", "date": "2021-03-01", "where": where},),
    )


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    signed = Said(
        SIGNED,
        (
            {"event": "SUPPORT", "act": "signed", "actor": "CHN", "recipient": "RUS", "date": "2021-03-20"},
            {"event": "SUPPORT", "act": "signed", "actor": "RUS", "recipient": "CHN", "date": "2021-03-20"},
        ),
    )
    gave = Said(GAVE, ({"event": "AID", "act": "gave", "actor": "RUS", "recipient": "CHN", "date": "2021-03-09"},))
    will = Said(WILL, ({"event": "AGREE", "act": "will", "actor": "CHN", "recipient": "RUS", "date": "2021-05"},))
    blamed = Said(BLAMED, ({"event": "ACCUSE", "act": "accused", "actor": "RUS", "recipient": "CHN"},))
    with Archive(tmp_path / "a.db") as store:
        store.add(report("one", met(), gave, will, source="Amur Post", published="2021-03-10"))
        store.add(report("two", met(), signed, source="Baikal Daily", published="2021-03-21"))
        store.add(report("three", blamed, source="Baikal Daily", published="2021-03-22"))
        refresh(store)
        yield store


def test_what_is_promised_for_after_the_page_does_not_count(archive: Archive) -> None:
    told = pair_series(archive, "CHN", "RUS")
    assert dict(told.left_out) == {"planned": 1}


def test_a_treaty_signed_by_both_is_one_act_of_both(archive: Archive) -> None:
    acts = [act for act in read.acts(archive, ("CHN", "RUS")) if act.kind == "SUPPORT"]
    assert len(acts) == 1 and acts[0].direction("CHN", "RUS") == "mutual"


def test_a_series_out_of_an_archive_is_that_of_its_merged_records(archive: Archive) -> None:
    told = pair_series(archive, "CHN", "RUS")
    (march,) = told.points
    assert march.cooperation == 2.5 + 10.0 + 5.0 and march.conflict == 0.0
    assert march.net == pytest.approx(17.5 / 22.5, abs=1e-9)
    assert len(told.undated) == 1
    assert {record.id for record in archive.records()} >= set(march.records)


def test_the_order_of_the_states_turns_nothing_but_the_direction(archive: Archive) -> None:
    one, other = pair_series(archive, "CHN", "RUS"), pair_series(archive, "RUS", "CHN")
    assert one.points == other.points


def test_what_a_person_judged_to_be_wrong_is_left_out(archive: Archive) -> None:
    (aid,) = [act for act in read.acts(archive, ("CHN", "RUS")) if act.kind == "AID"]
    archive.judge(
        Judgement("j1", "wrong", (aid.reports[0].event,), "a rumour", "me", dt.datetime(2021, 4, 1, tzinfo=dt.UTC))
    )
    assert "AID" not in {act.kind for act in read.acts(archive, ("CHN", "RUS"))}


def test_everybody_or_one_pair_give_the_same_acts_of_the_pair(archive: Archive) -> None:
    def of_pair(acts: list[object]) -> set[str]:
        return {act.record for act in acts if act.direction("CHN", "RUS")}  # type: ignore[attr-defined]

    assert of_pair(list(read.acts(archive))) == of_pair(list(read.acts(archive, ("CHN", "RUS"))))


def test_the_archive_hands_out_tables_and_networks(archive: Archive) -> None:
    table = archive.pair("CHN", "RUS")
    assert table.to_arrow().num_rows == len(table) == 1
    assert network(archive).thin + len(network(archive).ties) + len(network(archive).unclear) == 1


def test_every_record_behind_a_point_shows_its_sentence(archive: Archive) -> None:
    acts = read.acts(archive, ("CHN", "RUS"))
    text = " ".join(" ".join(evidence.lines(archive, pair_series(archive, "CHN", "RUS"), acts, 400)).split())
    for sentence in (MET, GAVE, SIGNED, BLAMED):
        assert sentence in text
    assert WILL not in text


def test_a_meeting_stands_on_the_map_where_it_was(archive: Archive) -> None:
    (where,) = encounters(archive, read.acts(archive))
    assert where.place == "Beijing" and where.pairs == (("CHN", "RUS"),)
    at, exact = located("Beijing", "CHN")
    assert at is not None and exact and round(at[0]) == 40 and round(at[1]) == 116
    capital, exact = located("China", "CHN")
    assert capital == at and not exact
    assert located("Nowhere at all", None) == (None, False)
