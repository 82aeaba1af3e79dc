"""Days into days, weeks, months, quarters and years."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.measure import periods

DAYS = st.dates(dt.date(1, 1, 1), dt.date(9999, 12, 31))


@pytest.mark.parametrize(
    ("by", "label", "end"),
    [
        ("day", "2021-01-02", "2021-01-02"),
        ("week", "2020-W53", "2021-01-03"),
        ("month", "2021-01", "2021-01-31"),
        ("quarter", "2021-Q1", "2021-03-31"),
        ("year", "2021", "2021-12-31"),
    ],
)
def test_the_second_of_january_2021_lies_in_these_periods(by: periods.By, label: str, end: str) -> None:
    first = periods.start(dt.date(2021, 1, 2), by)
    assert periods.label(first, by) == label
    assert periods.end(first, by).isoformat() == end


@given(DAYS, st.sampled_from(periods.BY))
def test_every_day_lies_in_its_own_period(day: dt.date, by: periods.By) -> None:
    first = periods.start(day, by)
    assert first <= day <= periods.end(first, by)
    assert periods.start(first, by) == first
    assert periods.only(day, day, by) == first


@given(st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1)), st.integers(0, 900), st.sampled_from(periods.BY))
def test_a_row_of_periods_has_no_gap(day: dt.date, days: int, by: periods.By) -> None:
    last = day + dt.timedelta(days)
    row = periods.row(day, last, by)
    assert row[0] <= day and periods.end(row[-1], by) >= last
    for one, other in itertools.pairwise(row):
        assert periods.end(one, by) + dt.timedelta(1) == other


def test_a_date_that_runs_over_a_boundary_is_in_no_single_month() -> None:
    assert periods.only(dt.date(2021, 1, 31), dt.date(2021, 2, 1), "month") is None
    assert periods.only(dt.date(2021, 1, 31), None, "month") is None
