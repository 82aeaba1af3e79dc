"""The chart of a pair: the right numbers in the right periods, what has no date beside, and a drawing of it."""

from __future__ import annotations

import datetime as dt
from typing import Any
from xml.etree import ElementTree

import pytest
from tests.reports import Said, report

from communique.archive import Archive
from communique.export.brief import make
from communique.export.brief.chart import alt, spec, svg
from communique.export.brief.nouns import Bar, Series

NAMES = ("China", "Russia")


def series(tmp_path: Any, *events: dict[str, Any]) -> Series:
    """The chart's numbers of events that each stand in a report of their own."""
    with Archive(tmp_path / "a.db") as held:
        for number, event in enumerate(events):
            act = ("signed", "struck", "met", "urged", "sold", "seized")[number % 6]
            told = {"actor": "CHN", "recipient": "RUS", "act": act, **event}
            held.add(report(f"{number}.txt", Said(f"China {act} thing number {number * 7919} Russia.", (told,))))
        return make(held, "CHN", "RUS").series


def test_words_and_deeds_for_and_against_are_summed_apart(tmp_path: Any) -> None:
    made = series(
        tmp_path,
        {"event": "SUPPORT", "date": "2024-09-14"},
        {"event": "AID", "date": "2024-09-20"},
        {"event": "ACCUSE", "date": "2024-09"},
        {"event": "SANCTION", "date": "2024-10-01"},
    )
    assert made.by == "month"
    assert [(b.period, b.words_for, b.deeds_for, b.words_against, b.deeds_against, b.records) for b in made.bars] == [
        ("Sep 2024", 5.0, 10.0, -3.0, 0.0, 3),
        ("Oct 2024", 0.0, 0.0, 0.0, -6.0, 1),
    ]
    assert made.undated is None


def test_what_has_no_date_or_one_of_several_periods_stands_beside(tmp_path: Any) -> None:
    days = [{"event": "SUPPORT", "date": f"2024-0{month}-03"} for month in range(1, 6)]
    made = series(tmp_path, *days, {"event": "AID"}, {"event": "AID", "date": "2024-03-20/2024-04-10"})
    assert made.by == "month"
    assert made.undated is not None
    assert made.undated.records == 2
    assert made.undated.deeds_for == 20.0


def test_planned_possible_conditional_and_denied_do_not_count(tmp_path: Any) -> None:
    stances = ("planned", "possible", "conditional", "denied")
    made = series(tmp_path, *({"event": "AID", "date": "2024-09-14", "stance": stance} for stance in stances))
    assert made.bars == ()
    assert made.left_out == 4


def test_empty_periods_between_two_others_are_shown(tmp_path: Any) -> None:
    made = series(tmp_path, {"event": "AID", "date": "2024-01-05"}, {"event": "AID", "date": "2024-04-05"})
    assert [bar.records for bar in made.bars] == [1, 0, 0, 1]


@pytest.mark.parametrize(
    ("last", "by", "periods"), [("2024-12-01", "month", 12), ("2028-12-01", "quarter", 20), ("2040-12-01", "year", 17)]
)
def test_a_longer_time_is_shown_in_longer_periods(tmp_path: Any, last: str, by: str, periods: int) -> None:
    made = series(tmp_path, {"event": "AID", "date": "2024-01-05"}, {"event": "AID", "date": last})
    assert made.by == by
    assert len(made.bars) == periods


def test_dates_that_are_years_make_a_chart_by_year(tmp_path: Any) -> None:
    made = series(tmp_path, *({"event": "AID", "date": str(year)} for year in (2022, 2023, 2024)))
    assert made.by == "year"
    assert [bar.period for bar in made.bars] == ["2022", "2023", "2024"]


@pytest.fixture
def shown() -> Series:
    bar = Bar("Sep 2024", dt.date(2024, 9, 1).isoformat(), 5.0, 9.5, -3.0, -6.0, 4)
    return Series("month", (bar,), Bar("no exact date", "", 2.5, 0.0, 0.0, 0.0, 1), 2)


def test_the_drawing_is_svg_with_title_axis_names_and_legend_and_always_the_same(shown: Series) -> None:
    drawn = svg(NAMES, shown)
    assert drawn == svg(NAMES, shown)
    text = " ".join(ElementTree.fromstring(drawn or "").itertext())
    for words in ("China and Russia", "sum of PLOVER scores", "month", "no exact date", "conflict in deeds"):
        assert words in text
    assert "<script" not in (drawn or "")
    assert "http" not in (drawn or "").replace("http://www.w3.org/", "")


def test_nothing_done_is_no_drawing() -> None:
    empty = Series("month", (), None, 0)
    assert svg(NAMES, empty) is None
    assert "no chart" in alt(NAMES, empty)


def test_the_words_for_the_chart_give_its_numbers(shown: Series) -> None:
    text = alt(NAMES, shown)
    assert "Sep 2024: 4 acts, cooperation 14.5, conflict -9." in text
    assert "No exact date: 1 act" in text


def test_both_panels_share_one_scale(shown: Series) -> None:
    panels = spec(NAMES, shown)["hconcat"]
    domains = [layer["encoding"]["y"]["scale"]["domain"] for panel in panels for layer in panel["layer"][:2]]
    assert len(panels) == 2
    assert all(domain == domains[0] for domain in domains)
