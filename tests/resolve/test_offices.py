"""The tables of offices: no faults, all members of the United Nations, and people who act for whom on a date."""

from __future__ import annotations

import datetime as dt

import pytest

from communique.resolve import offices_check, resolve_mention
from communique.resolve.people import all_people, holder


@pytest.fixture(scope="module")
def checked() -> tuple[list[str], list[str]]:
    return offices_check.check()


def test_the_tables_have_no_faults(checked: tuple[list[str], list[str]]) -> None:
    assert checked[0] == []


def test_the_table_covers_every_member_of_the_united_nations(checked: tuple[list[str], list[str]]) -> None:
    codes = {term.code for person in all_people() for term in person.terms}
    assert set(offices_check.rules()["members"]) <= codes
    assert len({line[:3] for line in checked[1]}) <= 35  # states with a gap that is only shown


def test_there_are_at_least_six_thousand_terms_of_our_own() -> None:
    rows, _ = offices_check.read()
    assert sum(row.own for row in rows) >= 6000


def _row(person: str, first: str, last: str, office: str = "President", code: str = "FRA") -> offices_check.Row:
    from_, to = dt.date.fromisoformat(first), dt.date.fromisoformat(last)
    return offices_check.Row(person, office, code, from_, to, True, "here:1", from_, to)


def test_two_presidents_at_once_are_a_fault() -> None:
    rows = [_row("A B", "2001-01-01", "2005-01-01"), _row("C D", "2003-01-01", "2008-01-01")]
    assert "two hold the office of President of FRA from 2003-01-01 to 2005-01-01" in next(offices_check.overlaps(rows))


def test_a_handing_over_and_a_term_known_to_the_year_are_no_overlap() -> None:
    rows = [_row("A B", "2001-01-01", "2005-01-20"), _row("C D", "2005-01-01", "2008-01-01")]
    assert list(offices_check.overlaps(rows)) == []


def test_a_gap_is_found_between_terms_and_not_within_a_handing_over() -> None:
    rows = [_row("A B", "2001-01-01", "2005-01-01"), _row("C D", "2006-01-01", "2100-01-01")]
    found = list(offices_check.gaps(rows, "FRA", ["President"], dt.date(2001, 1, 1)))
    assert found == [(dt.date(2005, 1, 1), dt.date(2006, 1, 1))]


@pytest.mark.parametrize(
    ("code", "office", "day", "name"),
    [
        ("USA", "President", "1990-06-01", "George H. W. Bush"),
        ("CHN", "President", "2011-05-05", "Hu Jintao"),
        ("RUS", "Prime Minister", "2009-03-03", "Vladimir Putin"),
        ("RVN", "President", "1960-03-03", "Ngo Dinh Diem"),
        ("JPN", "Prime Minister", "2007-01-05", "Shinzo Abe"),
    ],
)
def test_an_office_has_its_holder_on_a_day(code: str, office: str, day: str, name: str) -> None:
    found = holder(code, office, dt.date.fromisoformat(day))
    assert found is not None
    assert name in found.names


def test_namesakes_of_two_states_are_two_people() -> None:
    assert len([person for person in all_people() if person.name == "Tariq Aziz"]) == 2
    iraqi = resolve_mention("Tariq Aziz", dt.date(1991, 1, 20))
    assert iraqi.code == "IRQ"
    assert resolve_mention("Tariq Aziz", dt.date(2006, 1, 20)).code == "PAK"
