"""Judgements steer the merge, outlive coding anew, are taken back, and correct everywhere."""

from __future__ import annotations

import datetime as dt
import importlib
from collections.abc import Iterator

import pytest
from tests.merge.test_records import SIGNED
from tests.reports import Said, report

from communique.archive import Archive
from communique.errors import UsageError
from communique.merge import judge, refresh, undo
from communique.model import Coded

ACCUSED = {"event": "ACCUSE", "act": "accused", "actor": "CHN", "recipient": "USA", "date": "2025-08-28"}


def coded() -> list[Coded]:
    blamed = {**ACCUSED, "act": "blamed"}
    return [
        report("a.txt", Said("China accused the United States of bullying over cranes.", (ACCUSED,)), source="A"),
        report(
            "b.txt", Said("China blamed the United States for the collapse of fishing talks.", (blamed,)), source="B"
        ),
        report("c.txt", Said("China and Russia signed a grain accord in Harbin.", (SIGNED,)), source="C"),
        report("d.txt", Said("China and Russia signed the grain accord on September 14.", (SIGNED,)), source="D"),
    ]


@pytest.fixture
def archive() -> Iterator[Archive]:
    with Archive(":memory:") as held:
        for each in coded():
            held.add(each)
        refresh(held)
        yield held


def sizes(archive: Archive) -> list[int]:
    return sorted(len(record.members) for record in archive.records())


def test_same_joins_and_undo_parts_again(archive: Archive) -> None:
    assert sizes(archive) == [1, 1, 2]
    one, other = (event.id for event in archive.events(event="ACCUSE"))
    told = judge(archive, "same", [one, other[:8]], reason="one press conference", by="Ada")
    assert sizes(archive) == [2, 2]
    undo(archive, told.id[:6])
    assert sizes(archive) == [1, 1, 2]
    assert archive.judgements() == []
    assert [each.reason for each in archive.judgements(undone=True)] == ["one press conference"]


def test_different_parts_and_stays_so_when_more_reports_come(archive: Archive) -> None:
    one, other = (event.id for event in archive.events(event="SUPPORT"))
    judge(archive, "different", [one, other], reason="two accords")
    assert sizes(archive) == [1, 1, 1, 1]
    archive.add(
        report("e.txt", Said("The grain accord was signed by China and Russia in Harbin.", (SIGNED,)), source="E")
    )
    refresh(archive)
    home = {member: record.id for record in archive.records() for member in record.members}
    assert home[one] != home[other]


def test_a_judgement_outlives_coding_anew(archive: Archive) -> None:
    one, other = (event.id for event in archive.events(event="ACCUSE"))
    judge(archive, "same", [one, other], reason="one press conference")
    for each in coded():
        archive.replace(each)
    refresh(archive)
    assert sizes(archive) == [2, 2]


def test_wrong_takes_an_event_out_and_right_brings_it_back(archive: Archive) -> None:
    one = archive.events(event="ACCUSE")[0].id
    judge(archive, "wrong", [one], reason="a headline about another dispute")
    assert one not in {member for record in archive.records() for member in record.members}
    judge(archive, "right", [one], reason="it was right after all")
    assert one in {member for record in archive.records() for member in record.members}


def test_one_wrong_actor_that_is_corrected_is_corrected_everywhere_and_comes_back(archive: Archive) -> None:
    one = archive.events(event="ACCUSE")[0].id
    told = judge(archive, "wrong", [one], reason="Taipei spoke", actor="TWN", instead_of="CHN")
    actors = {who.actor.code for event in archive.events(event="ACCUSE") for who in event.actor}
    assert actors == {"TWN"}
    assert len(archive.events(between=("TWN", "USA"))) == 2
    assert archive.verify().faults == () or not archive.verify().faults
    archive.add(report("f.txt", Said("China accused the United States of spying.", (ACCUSED,)), source="F"))
    refresh(archive)
    assert len(archive.events(between=("TWN", "USA"))) == 3
    undo(archive, told.id)
    assert not archive.events(between=("TWN", "USA"))
    assert len(archive.events(between=("CHN", "USA"))) == 3


def test_a_corrected_date_moves_one_event(archive: Archive) -> None:
    one, other = (event.id for event in archive.events(event="SUPPORT"))
    judge(archive, "wrong", [other], reason="the second accord", date=dt.date(2024, 11, 2))
    assert {event.date.day for event in archive.events(event="SUPPORT")} == {dt.date(2024, 9, 14), dt.date(2024, 11, 2)}
    home = {member: record.id for record in archive.records() for member in record.members}
    assert home[one] != home[other]


def test_what_cannot_be_meant_is_said(archive: Archive) -> None:
    one = archive.events(event="ACCUSE")[0].id
    with pytest.raises(UsageError, match="needs 2 ids"):
        judge(archive, "same", [one], reason="x")
    with pytest.raises(UsageError, match="needs a reason"):
        judge(archive, "wrong", [one], reason=" ")
    with pytest.raises(UsageError, match="not clear who"):
        judge(archive, "wrong", [one], reason="x", actor="TWN")
    with pytest.raises(UsageError, match="corrects nothing"):
        judge(archive, "right", [one], reason="x", actor="TWN")
    with pytest.raises(UsageError, match="no judgement in force"):
        undo(archive, "abcd")


@pytest.mark.parametrize("taken_back", [False, True])
def test_a_decision_that_is_interrupted_before_it_is_merged_is_merged_next_time(
    archive: Archive, monkeypatch: pytest.MonkeyPatch, taken_back: bool
) -> None:
    """Kept and forgotten is worse than not kept: the decision and the note of what it touches are one transaction."""
    one, other = (event.id for event in archive.events(event="ACCUSE"))
    told = judge(archive, "same", [one, other], reason="one press conference") if taken_back else None

    def killed(_: Archive) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(importlib.import_module("communique.merge.judge"), "refresh", killed)
        with pytest.raises(KeyboardInterrupt):
            if told:
                undo(archive, told.id)
            else:
                judge(archive, "same", [one, other], reason="one press conference")
    assert archive.waiting() == 2
    refresh(archive)
    assert sizes(archive) == ([1, 1, 2] if taken_back else [2, 2])


def test_a_decision_whose_consequences_cannot_be_noted_is_not_kept(archive: Archive) -> None:
    one, other = (event.id for event in archive.events(event="ACCUSE"))
    told = judge(archive, "same", [one, other], reason="one press conference")
    undo(archive, told.id)

    def broken(_: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        archive.judge(told, broken)
    assert archive.judgements() == []
