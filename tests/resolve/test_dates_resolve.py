"""From words to days: what each way of saying a date means, seen from a day, an interval or from nowhere."""

from __future__ import annotations

import datetime as dt

import pytest

from communique.model import When
from communique.resolve import dates

DAY = dt.date


def known(text: str) -> When:
    """A document dated to the day."""
    day = DAY.fromisoformat(text)
    return When(day, day, "day", "stated")


def resolved(text: str, reference: When, tense: dates.Tense | None = None, previous: When | None = None) -> When:
    """The first date of a text."""
    return dates.resolve(dates.find(text)[0], reference, tense, previous)


def value(text: str, written: str, tense: dates.Tense | None = None) -> str | None:
    return dates.iso(resolved(text, known(written), tense))


def test_a_weekday_in_the_past_tense_is_the_last_one() -> None:
    assert value("on Tuesday", "2024-04-10", "past") == "2024-04-09"
    assert value("on Tuesday", "2024-04-10") == "2024-04-09"


def test_the_weekday_of_publication_is_that_day() -> None:
    assert value("on Wednesday", "2024-04-10", "past") == "2024-04-10"
    assert value("on Wednesday", "2024-04-10", "future") == "2024-04-10"


def test_a_weekday_in_the_future_is_the_next_one() -> None:
    assert value("on Tuesday", "2024-04-10", "future") == "2024-04-16"


@pytest.mark.parametrize(
    ("text", "written", "expected"),
    [
        ("last Friday", "2023-03-08", "2023-03-03"),
        ("next Monday", "2023-03-08", "2023-03-13"),
        ("this Friday", "2023-03-08", "2023-03-10"),
        ("Tuesday of this week", "2023-03-10", "2023-03-07"),
        ("Monday last week", "2023-03-08", "2023-02-27"),
        ("a week on Friday", "2023-03-08", "2023-03-17"),
        ("two days ago", "2023-03-08", "2023-03-06"),
        ("a fortnight ago", "2023-03-22", "2023-03-08"),
        ("three weeks ago", "2023-03-22", "2023-03-01"),
        ("two months ago", "2023-03-22", "2023-01"),
        ("five years ago", "2023-03-22", "2018"),
        ("a decade ago", "2023-03-22", "2013"),
        ("half a century ago", "2023-03-22", "1973"),
        ("18 months ago", "2023-03-22", "2021-09"),
        ("a year and a half ago", "2023-03-22", "2021-09"),
        ("last week", "2023-03-22", "2023-W11"),
        ("earlier this week", "2022-06-01", "2022-W22"),
        ("the week before last", "2023-03-22", "2023-W10"),
        ("last month", "2023-03-22", "2023-02"),
        ("last month", "2023-03-31", "2023-02"),
        ("late last month", "2023-03-22", "2023-02"),
        ("last year", "2019-06-08", "2018"),
        ("later this year", "2019-06-08", "2019"),
        ("the end of next year", "2019-06-08", "2020"),
        ("this decade", "2019-06-08", "201"),
        ("over the weekend", "2023-03-22", "2023-03-18/2023-03-19"),
        ("over the weekend", "2023-03-19", "2023-03-18/2023-03-19"),
        ("next weekend", "2023-03-22", "2023-03-25/2023-03-26"),
        ("overnight", "2023-03-22", "2023-03-21/2023-03-22"),
        ("the past two weeks", "2023-03-22", "2023-03-08/2023-03-22"),
        ("within 90 days", "2021-06-13", "2021-06-13/2021-09-11"),
        ("over the next five years", "2021-06-10", "2021-06-10/2026-06-10"),
        ("the first quarter of 2022", "2022-06-01", "2022-Q1"),
        ("1Q22", "2022-06-01", "2022-Q1"),
        ("last quarter", "2022-06-01", "2022-Q1"),
        ("H1 2023", "2024-06-01", "2023-01/2023-06"),
        ("the second half of last year", "2024-06-01", "2023-07/2023-12"),
        ("the first nine months of 2020", "2021-02-01", "2020-01/2020-09"),
        ("fiscal 2022", "2022-06-01", "2022"),
        ("the 1990s", "2022-06-01", "199"),
        ("the early '70s", "2022-06-01", "1970/1973"),
        ("the 19th century", "2022-06-01", "18"),
        ("in the spring of 2022", "2022-06-01", "2022-03/2022-05"),
        ("in winter 2021/2022", "2022-06-01", "2021-12/2022-02"),
        ("last summer", "2021-06-23", "2020-06/2020-08"),
        ("next spring", "2021-09-23", "2022-03/2022-05"),
        ("the year to March", "2021-05-20", "2020-04/2021-03"),
        ("the three months to June", "2021-08-01", "2021-04/2021-06"),
        ("the six months ended June 30, 2023", "2023-08-01", "2023-01-01/2023-06-30"),
        ("the week of September 20, 2021", "2021-07-28", "2021-W38"),
        ("the weekend of 4-5 June 2022", "2022-06-08", "2022-06-04/2022-06-05"),
        ("the first week of May", "2021-05-20", "2021-05-01/2021-05-07"),
        ("the last Friday in March 2020", "2021-05-20", "2020-03-27"),
        ("between July and September 2020", "2021-05-20", "2020-07/2020-09"),
        ("December to February", "2023-03-08", "2022-12/2023-02"),
        ("from 4 to 6 June", "2021-06-08", "2021-06-04/2021-06-06"),
        ("June 26th to the 28th", "2021-07-21", "2021-06-26/2021-06-28"),
        ("2014-19", "2021-07-21", "2014/2019"),
        ("June last year", "2021-07-12", "2020-06"),
        ("last year on June 22", "2021-07-12", "2020-06-22"),
        ("on the 11th", "2021-06-20", "2021-06-11"),
        ("the 15th of last month", "2021-06-20", "2021-05-15"),
        ("two days before Christmas", "2022-01-24", "2021-12-23"),
        ("9/11", "2022-01-24", "2001-09-11"),
        ("on Good Friday 1998", "2021-07-21", "1998-04-10"),
        ("on Yom Kippur 1973", "2021-07-21", "1973-10-06"),
        ("on Orthodox Easter 2022", "2023-07-21", "2022-04-24"),
        ("during the Lunar New Year in 2023", "2023-07-21", "2023-01-22"),
    ],
)
def test_the_usual_ways_of_saying_a_date(text: str, written: str, expected: str) -> None:
    assert value(text, written) == expected


def test_a_day_without_a_year_is_the_nearest_in_the_direction_of_the_tense() -> None:
    assert value("June 5", "2019-06-08", "past") == "2019-06-05"
    assert value("November 5", "2024-03-01", "future") == "2024-11-05"
    assert value("November 5", "2024-03-01", "past") == "2023-11-05"
    assert value("December", "2023-01-15", "past") == "2022-12"


def test_without_a_tense_a_day_is_past_within_nine_months_and_else_to_come() -> None:
    assert value("November 5", "2024-03-01") == "2023-11-05"
    assert value("April 5", "2024-03-01") == "2024-04-05"


def test_the_weekday_helps_to_find_the_year() -> None:
    assert value("Tuesday, June 15", "2022-01-10") == "2021-06-15"
    assert value("Wednesday, June 15", "2022-01-10") == "2022-06-15"


def test_by_is_a_deadline_to_come_and_a_deadline_lies_nearest() -> None:
    assert value("by September", "2021-07-02") == "2021-09"
    assert value("a July 1 deadline", "2020-07-07") == "2020-07-01"


def test_a_date_of_two_readings_keeps_both() -> None:
    when = resolved("on 12/03/2021", known("2021-12-20"))
    assert when.candidates == (DAY(2021, 3, 12), DAY(2021, 12, 3))
    assert (when.earliest, when.latest, when.precision) == (DAY(2021, 3, 12), DAY(2021, 12, 3), "interval")


def test_a_date_of_two_readings_is_the_one_that_had_come() -> None:
    assert value("on 12/03/2021", "2021-05-20") == "2021-03-12"
    assert value("on 25/04/2021", "2021-05-20") == "2021-04-25"


def test_basis_says_whether_the_words_name_the_date() -> None:
    assert resolved("on 12 March 2021", When()).basis == "stated"
    assert resolved("on March 12", known("2021-05-20")).basis == "stated"
    assert resolved("on Tuesday", known("2021-05-20")).basis == "relative"
    assert resolved("last month", known("2021-05-20")).basis == "relative"


def test_an_interval_stays_one_and_lists_its_candidates() -> None:
    reference = When(DAY(2021, 6, 1), DAY(2021, 6, 20), "interval", "page date")
    when = resolved("on Tuesday", reference, "past")
    assert (when.earliest, when.latest, when.precision) == (DAY(2021, 6, 1), DAY(2021, 6, 15), "interval")
    assert when.candidates == (DAY(2021, 6, 1), DAY(2021, 6, 8), DAY(2021, 6, 15))


def test_a_long_interval_lists_none() -> None:
    reference = When(DAY(2017, 7, 10), DAY(2021, 6, 25), "interval", "bounded by office-holders")
    when = resolved("on Tuesday", reference, "past")
    assert (when.earliest, when.latest, when.candidates) == (DAY(2017, 7, 4), DAY(2021, 6, 22), ())


def test_an_interval_in_which_all_days_agree_gives_the_day() -> None:
    reference = When(DAY(2019, 6, 6), DAY(2020, 3, 6), "interval", "stated")
    assert resolved("The June 5 meeting", reference, "past").day == DAY(2019, 6, 5)


def test_one_bound_of_the_document_bounds_what_is_counted_from_it() -> None:
    when = resolved("on Tuesday", When(latest=DAY(2024, 5, 18)), "past")
    assert (when.earliest, when.latest, when.precision) == (None, DAY(2024, 5, 14), "unknown")


def test_without_any_reference_what_is_relative_stays_unknown() -> None:
    when = resolved("last month", When())
    assert (when.earliest, when.latest, when.precision, when.text) == (None, None, "unknown", "last month")


def test_three_days_earlier_counts_from_the_date_before_it() -> None:
    june = resolved("On June 5, 2019", When())
    assert resolved("three days earlier", known("2019-06-20"), "past", june).day == DAY(2019, 6, 2)
    assert resolved("The same day", known("2019-06-20"), "past", june).day == DAY(2019, 6, 5)
    assert resolved("the next day", known("2019-06-20"), "past", june).day == DAY(2019, 6, 6)
    assert resolved("the following month", known("2019-09-20"), "past", june).earliest == DAY(2019, 7, 1)


def test_two_days_later_after_nothing_says_nothing() -> None:
    assert not resolved("two days later", known("2019-06-20"), "past").known


def test_more_than_ten_years_ago_has_no_beginning() -> None:
    when = resolved("more than 10 years ago", known("2021-08-11"))
    assert (when.earliest, when.latest) == (None, DAY(2011, 12, 31))


def test_in_three_weeks_is_a_date_only_when_it_is_to_come() -> None:
    assert value("in three weeks", "2021-06-02", "future") == "2021-06-23"
    assert value("the first visit in three weeks", "2021-06-02", "past") is None


def test_an_anniversary_is_evidence_and_no_date() -> None:
    when = resolved("the 70th anniversary of relations", known("2019-06-08"))
    assert not when.known
    assert when.note == "70th anniversary: evidence for a year, not a date"


def test_a_range_of_days_under_way_is_this_one() -> None:
    assert value("from July 31 to August 6", "2021-08-01", "future") == "2021-07-31/2021-08-06"


def test_an_early_part_keeps_the_unit_and_narrows_the_days() -> None:
    when = resolved("in early February 1945", When())
    assert (when.precision, when.earliest, dates.iso(when)) == ("month", DAY(1945, 2, 1), "1945-02")
    assert when.latest is not None
    assert when.latest < DAY(1945, 2, 15)


def test_impossible_days_are_unknown() -> None:
    assert not resolved("on February 30, 2021", When()).known


def test_the_notes_say_where_the_year_comes_from() -> None:
    assert resolved("June 5", known("2019-06-08"), "past").note == "the year follows from the document's date"
