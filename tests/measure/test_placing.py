"""Acts without a day of their own, put on the day of their first report where a reader asks for it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from tests.reports import Said, report

from communique.archive import Archive
from communique.cli import run
from communique.measure import read
from communique.measure.placing import placed
from communique.merge import refresh

MET = "Norway's foreign minister met her Malian counterpart and spoke about grain."
ACT = {"event": "CONSULT", "act": "met", "actor": "NOR", "recipient": "MLI"}


@pytest.fixture
def archive(tmp_path: Path) -> str:
    path = tmp_path / "a.db"
    with Archive(path) as store:
        store.add(report("page", Said(MET, (ACT,)), source="Outlet", published="2021-04-01"))
        refresh(store)
    return str(path)


def test_an_act_without_a_day_stays_without_one_unless_it_is_asked_for(archive: str) -> None:
    with Archive(archive) as store:
        (act,) = read.acts(store, ("NOR", "MLI"))
        assert not act.exact
        assert list(placed(store, [act], "own")) == [act]
        (reported,) = placed(store, [act], "reported")
    assert (reported.earliest, reported.latest) == (dt.date(2021, 4, 1), dt.date(2021, 4, 1))


def test_pair_says_no_to_a_way_of_dating_that_it_does_not_know(archive: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["pair", "NOR", "MLI", "--archive", archive, "--days", "guess"]) != 0
    assert "own, reported" in capfd.readouterr().err


def test_pair_puts_acts_on_the_day_of_their_report_when_asked(archive: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["pair", "NOR", "MLI", "--archive", archive, "--days", "reported", "--by", "month"]) == 0
    assert "2021-04" in capfd.readouterr().out
