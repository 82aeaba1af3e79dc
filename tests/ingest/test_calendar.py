"""Full dates in date lines, metadata and addresses."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.ingest import calendar

JULY_7 = dt.date(2020, 7, 7)


@pytest.mark.parametrize(
    "line",
    [
        "Tuesday, July 7, 2020",
        "Tue. July 7th, 2020",
        "7 July 2020",
        "Updated 7th of July, 2020 10:15 GMT",
        "Jul 7, 2020, 5:15pm",
        "07-Jul-2020",
        "2020-07-07",
        "2020/07/07 08:00",
        "7/7/2020",
        "07.07.2020",
        "Jane DoeJul 7, 2020".replace("DoeJul", "Doe Jul"),
    ],
)
def test_a_full_date_in_a_line_is_found(line: str) -> None:
    found = calendar.in_line(line)
    assert found is not None
    assert found[0] == JULY_7


@pytest.mark.parametrize(
    "line", ["July 2020", "7 July", "3/4/2020", "February 30, 2020", "20200707", "version 2020.7", ""]
)
def test_half_a_date_or_an_ambiguous_one_is_none(line: str) -> None:
    assert calendar.in_line(line) is None


def test_a_day_above_twelve_tells_day_from_month() -> None:
    assert (calendar.in_line("13/3/2020") or [None])[0] == dt.date(2020, 3, 13)
    assert (calendar.in_line("3/13/2020") or [None])[0] == dt.date(2020, 3, 13)


@pytest.mark.parametrize(
    "value",
    [
        "2020-07-07T23:59:00+02:00",
        "20200707",
        "Tue, 07 Jul 2020 10:00:00 GMT",
        "July 7, 2020",
        "1594116000",
        "1594116000000",
    ],
)
def test_machine_dates_are_read(value: str) -> None:
    assert calendar.stamp(value) == JULY_7


@pytest.mark.parametrize("value", ["", "yesterday", "0000-00-00", "1970-01-01", "99999999999999", "2020-13-45"])
def test_what_is_no_date_is_none(value: str) -> None:
    assert calendar.stamp(value) is None


@pytest.mark.parametrize(
    "url",
    [
        "https://a.example/2020/07/07/treaty",
        "https://a.example/2020/jul/07/treaty",
        "https://a.example/news/2020-7-7-treaty.html",
        "https://a.example/treaty-20200707",
    ],
)
def test_a_date_in_an_address_is_found(url: str) -> None:
    found = calendar.in_url(url)
    assert found is not None
    assert found[0] == JULY_7


def test_a_number_in_an_address_is_no_date() -> None:
    assert calendar.in_url("https://a.example/id/1234567890/story-2020") is None


@given(
    st.dates(dt.date(1980, 1, 1), dt.date(2099, 12, 31)),
    st.sampled_from(["%B %d, %Y", "%d %b %Y", "%Y-%m-%d", "%A, %d %B %Y"]),
)
def test_any_day_written_in_the_usual_ways_is_found_again(day: dt.date, form: str) -> None:
    found = calendar.in_line(f"Posted {day.strftime(form)} by Ada")
    assert found is not None
    assert found[0] == day
    assert calendar.stamp(day.isoformat()) == day


@given(st.text(max_size=120))
def test_no_text_crashes_the_calendar(text: str) -> None:
    calendar.in_line(text)
    calendar.stamp(text)
    calendar.in_url(text)
