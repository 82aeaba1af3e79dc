"""Dates as short as what is known."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from tests import strategies

from communique.export.dates import date_pair, period
from communique.export.tables import known_prefix
from communique.model import When

D = dt.date


@pytest.mark.parametrize(
    ("when", "pair", "whole", "prefix"),
    [
        (When(D(2019, 6, 5), D(2019, 6, 5), "day"), ("2019-06-05", None), "2019-06-05", "2019-06-05"),
        (When(D(2022, 2, 1), D(2022, 2, 28), "month"), ("2022-02", None), "2022-02", "2022-02"),
        (When(D(2024, 2, 1), D(2024, 2, 29), "month"), ("2024-02", None), "2024-02", "2024-02"),
        (When(D(2022, 1, 1), D(2022, 12, 31), "year"), ("2022", None), "2022", "2022"),
        (
            When(D(2022, 1, 1), D(2022, 3, 31), "interval"),
            ("2022-01-01", "2022-03-31"),
            "2022-01-01/2022-03-31",
            "2022",
        ),
        (When(D(2022, 5, 30), D(2022, 6, 5), "week"), ("2022-05-30", "2022-06-05"), "2022-05-30/2022-06-05", "2022"),
        (When(D(2021, 5, 30), D(2022, 6, 5), "interval"), ("2021-05-30", "2022-06-05"), "2021-05-30/2022-06-05", ""),
        (When(None, D(2024, 5, 18)), (None, "2024-05-18"), "../2024-05-18", ""),
        (When(D(2013, 3, 14), None), ("2013-03-14", None), "2013-03-14/..", ""),
        (When(), (None, None), None, ""),
    ],
)
def test_a_date_is_written_as_exactly_as_it_is_known(
    when: When, pair: tuple[str | None, str | None], whole: str | None, prefix: str
) -> None:
    assert date_pair(when) == pair
    assert period(when) == whole
    assert known_prefix(when) == prefix


@given(strategies.whens)
def test_no_date_is_made_more_exact_than_its_bounds(when: When) -> None:
    start, end = date_pair(when)
    if when.earliest is None and when.latest is None:
        assert (start, end) == (None, None)
    for written, bound in ((start, when.earliest), (end, when.latest)):
        if written and len(written) == 10 and bound is not None:
            assert written == bound.isoformat()
    prefix = known_prefix(when)
    for bound in (when.earliest, when.latest):
        assert not prefix or bound is None or bound.isoformat().startswith(prefix)
