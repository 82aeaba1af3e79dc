"""Movable feasts and calendar arithmetic, against days that are known."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.resolve.dates import calendar as cal
from communique.resolve.dates.holidays import holiday_days


@pytest.mark.parametrize(
    ("name", "year", "day"),
    [
        ("Easter Sunday", 2024, "2024-03-31"),
        ("Easter Sunday", 2021, "2021-04-04"),
        ("Good Friday", 1998, "1998-04-10"),
        ("Orthodox Easter", 2021, "2021-05-02"),
        ("Orthodox Easter", 2024, "2024-05-05"),
        ("Yom Kippur", 1973, "1973-10-06"),
        ("Yom Kippur", 2023, "2023-09-25"),
        ("Passover", 2024, "2024-04-23"),
        ("Hanukkah", 2021, "2021-11-29"),
        ("Hanukkah", 2023, "2023-12-08"),
        ("Thanksgiving", 2021, "2021-11-25"),
        ("Memorial Day", 2021, "2021-05-31"),
        ("Lunar New Year", 2022, "2022-02-01"),
        ("Christmas", 2022, "2022-12-25"),
    ],
)
def test_holidays_fall_on_their_days(name: str, year: int, day: str) -> None:
    found = holiday_days(name, year)
    assert found is not None
    assert found.first == dt.date.fromisoformat(day)


@pytest.mark.parametrize(
    ("name", "year", "day"),
    [("Ramadan", 2021, "2021-04-13"), ("Ramadan", 2023, "2023-03-23"), ("Eid al-Fitr", 2024, "2024-04-10"),
     ("Eid al-Adha", 2019, "2019-08-11"), ("Ashura", 2022, "2022-08-08")],
)  # fmt: skip
def test_islamic_days_are_given_with_a_day_to_spare(name: str, year: int, day: str) -> None:
    found = holiday_days(name, year)
    assert found is not None
    assert abs((found.first - dt.date.fromisoformat(day)).days) <= 1


def test_a_holiday_without_a_rule_for_the_year_is_not_guessed() -> None:
    assert holiday_days("Lunar New Year", 1900) is None
    assert holiday_days("Christmas", 1500) is None


@settings(deadline=None)
@given(st.integers(1583, 4000))
def test_easter_is_a_sunday_in_spring(year: int) -> None:
    for day in (cal.easter(year), cal.orthodox_easter(year)):
        assert day.weekday() == 6
        assert dt.date(year, 3, 22) <= day <= dt.date(year, 6, 15)


@settings(deadline=None)
@given(st.dates(dt.date(3, 1, 1), dt.date(9980, 1, 1)), st.integers(-1000, 1000))
def test_months_on_and_back_again_keep_the_month(day: dt.date, months: int) -> None:
    moved = cal.shift_months(day.replace(day=1), months)
    if cal.FIRST_YEAR < moved.year < cal.LAST_YEAR:
        assert cal.shift_months(moved, -months) == day.replace(day=1)


@settings(deadline=None)
@given(st.dates(dt.date(3, 1, 1), dt.date(9980, 1, 1)))
def test_a_week_is_seven_days_from_monday_and_holds_its_day(day: dt.date) -> None:
    found = cal.week(day)
    assert found.first.weekday() == 0
    assert found.first <= day <= found.last == found.first + dt.timedelta(days=6)
