"""Dates found in text: what is one, what only looks like one, and the role it plays."""

from __future__ import annotations

import datetime as dt
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from communique.model import When
from communique.resolve import dates

WRITTEN = When(dt.date(2022, 6, 8), dt.date(2022, 6, 8), "day", "stated")
DAYS = st.dates(dt.date(1900, 1, 1), dt.date(2099, 12, 31))
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
SHORT = ["Jan.", "Feb.", "March", "April", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec."]


def suffixed(day: int) -> str:
    """3 as 3rd."""
    return f"{day}{'th' if 11 <= day <= 13 else {1: 'st', 2: 'nd', 3: 'rd'}.get(day % 10, 'th')}"


def writings(day: dt.date) -> list[str]:
    """A day in the usual ways of writing it."""
    month, short = MONTHS[day.month - 1], SHORT[day.month - 1]
    return [
        f"{month} {day.day}, {day.year}",
        f"{short} {day.day}, {day.year}",
        f"{day.day} {month} {day.year}",
        f"{day.day} {short} {day.year}",
        f"{suffixed(day.day)} {month} {day.year}",
        f"the {suffixed(day.day)} of {month}, {day.year}",
        f"{month} {suffixed(day.day)}, {day.year}",
        f"{day:%A}, {month} {day.day}, {day.year}",
        f"{day:%A} {day.day} {month} {day.year}",
        f"{day:%a}. {month} {day.day}, {day.year}",
        f"{month.upper()} {day.day}, {day.year}",
        day.isoformat(),
        f"{day.year}/{day.month:02d}/{day.day:02d}",
        f"{day.day:02d}-{month[:3]}-{day.year}",
    ]


@settings(deadline=None)
@given(DAYS, st.sampled_from(range(14)))
def test_a_day_in_any_usual_writing_is_found_again(day: dt.date, way: int) -> None:
    text = f"The treaty was signed on {writings(day)[way]} in the old palace."
    found = dates.find(text)
    assert len(found) == 1
    assert dates.resolve(found[0], When()).day == day


@settings(deadline=None)
@given(st.text())
@example("May 32, 9999 to Feb 30")
@example("ſeptember 5 İn Kelvin weeKs")
@example("٣ June ٢٠٢١")
@example("on 00/00/0000 the 0th of May")
def test_in_any_text_spans_are_valid_and_in_order(text: str) -> None:
    end = 0
    for found in dates.find(text):
        assert end <= found.span.start < found.span.end <= len(text)
        assert found.span.cut(text) == found.text
        end = found.span.end


WORDS = st.sampled_from(
    [
        "the",
        "of",
        "in",
        "on",
        "by",
        "to",
        "from",
        "between",
        "and",
        "until",
        "since",
        "last",
        "next",
        "this",
        "June",
        "May",
        "5",
        "12",
        "31",
        "1999",
        "2021",
        "'98",
        "Monday",
        "week",
        "year",
        "years",
        "month",
        "quarter",
        "first",
        "second",
        "half",
        "three",
        "two",
        "a",
        "ago",
        "later",
        "earlier",
        "early",
        "late",
        "mid",
        "end",
        "start",
        "1990s",
        "19th",
        "century",
        "Q1",
        "H2",
        "fiscal",
        "FY2022",
        "Christmas",
        "Easter",
        "Ramadan",
        "spring",
        "fall",
        "anniversary",
        "70th",
        "deadline",
        "days",
        "before",
        "after",
        "-",
        ",",
        ".",
        "12/03/2021",
        "today",
        "yesterday",
        "overnight",
        "weekend",
        "decade",
        "Feb",
        "29",
        "Friday",
        "night",
        "same",
        "previous",
        "following",
        "day",
        "over",
        "past",
        "coming",
    ]
)


@settings(deadline=None)
@given(st.lists(WORDS, max_size=14), st.sampled_from([None, "past", "future"]), st.dates())
@example(["last", "century"], None, dt.date.min)
@example(["next", "century"], "future", dt.date.max)
@example(["three", "weeks", "ago"], None, dt.date.min)
@example(["fiscal", "year"], None, dt.date.max)
def test_any_words_of_dates_resolve_without_a_crash_and_in_order(
    words: list[str], tense: dates.Tense | None, written: dt.date
) -> None:
    text = " ".join(words)
    for reference in (When(), When(written, written, "day", "stated"), When(latest=written), When(earliest=written)):
        previous: When | None = None
        for expression in dates.find(text):
            when = dates.resolve(expression, reference, tense, previous)
            if when.earliest is not None and when.latest is not None:
                assert when.earliest <= when.latest
                previous = when
            assert when.precision == "unknown" or dates.iso(when)


def test_hostile_text_takes_linear_time() -> None:
    for piece in ("May May ", "June 5 to ", "between ", "1 ", "2000-", "the end of ", "twenty-", "\n ", "a "):
        text = piece * (30_000 // len(piece))
        start = time.perf_counter()
        dates.find(text)
        assert time.perf_counter() - start < 10, piece


@pytest.mark.parametrize(
    "text",
    [
        "Chairman March rejected the offer",
        "Mrs May and her ministers may march",
        "a fleet of 1900 trucks",
        "over 2,000 prisoners and 1500 guards",
        "S-400 batteries, S-300s and a G20 summit",
        "shots were heard at 2000 GMT and 1430 local time",
        "resolution 1701 and Boeing 1900",
        "the Good Friday Agreement",
        "the second largest economy",
        "elections are held on Fridays",
        "a one-year-old boy and a five-year plan",
        "the Long March and the March on Rome",
        "it cost $2015 and €1999",
        "the fall of the city, a spring offensive",
        "the Winter Olympics and the Arab Spring",
        "USA Today reported it",
        "Jan Egeland and April Glaspie",
        "Merry Christmas to all Christmas shoppers",
        "a 2-1 vote and a 12-3 margin",
    ],
)
def test_what_only_looks_like_a_date_is_none(text: str) -> None:
    assert [found.text for found in dates.find(text)] == []


@pytest.mark.parametrize(
    ("text", "words", "role"),
    [
        ("double trade by 2024", "2024", "deadline"),
        ("leave no later than June 30", "June 30", "deadline"),
        ("before the July 1 deadline", "July 1", "deadline"),
        ("report within two weeks", "within two weeks", "deadline"),
        ("at war since October 2020", "October 2020", "since"),
        ("from 1954 onwards", "1954", "since"),
        ("closed until Monday", "Monday", "until"),
        ("through Friday of this week", "Friday of this week", "until"),
        ("the 70th anniversary of relations", "70th anniversary", "anniversary"),
        ("met on June 5", "June 5", None),
    ],
)
def test_prepositions_give_the_role(text: str, words: str, role: str | None) -> None:
    found = dates.find(text)[0]
    assert (found.text, found.role) == (words, role)


@pytest.mark.parametrize(
    ("text", "relation"),
    [("after Monday", "after"), ("prior to June 5", "before"), ("ahead of Thursday's vote", "before"),
     ("pre-1967 borders", "before"), ("on Monday", "at")],
)  # fmt: skip
def test_before_and_after_are_kept(text: str, relation: str) -> None:
    assert dates.find(text)[0].relation == relation


def test_a_range_is_one_date_and_a_list_is_several() -> None:
    assert [e.text for e in dates.find("from May 31 to June 6, 2021")] == ["from May 31 to June 6, 2021"]
    assert [e.text for e in dates.find("between 2014 and 2019")] == ["between 2014 and 2019"]
    assert [e.text for e in dates.find("in 2019, 2020 and 2021")] == ["2019", "2020", "2021"]
    assert [e.text for e in dates.find("on Saturday and Sunday")] == ["Saturday", "Sunday"]


def test_what_an_anniversary_is_of_is_kept_and_its_own_dates_are_found() -> None:
    found = dates.find("the 70th anniversary of the 1951 convention, on July 28")
    assert [e.text for e in found] == ["70th anniversary", "1951", "July 28"]
    assert (found[0].fields.ordinal, found[0].fields.thing) == (70, "the 1951 convention, on July 28")


def test_a_number_of_people_after_a_month_leaves_the_month() -> None:
    assert [e.text for e in dates.find("In June 20 people died")] == ["June"]
