"""The day of which a page's title says that it is."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.model import Document, When
from communique.occasion import occasion


def held(title: str | None, published: dt.date) -> dt.date | None:
    page = Document("a", "Text.", title=title, published=When(published, published, "day", "stated"))
    return occasion(page).latest


@pytest.mark.parametrize(
    ("title", "day"),
    [
        ("Press Briefing – August 3, 2021", dt.date(2021, 8, 3)),
        ("Daily Briefing, 3 August 2021", dt.date(2021, 8, 3)),
        ("Briefing (Aug. 3, 2021)", dt.date(2021, 8, 3)),
        ("Programme – August 5, 2021", dt.date(2021, 8, 4)),  # of tomorrow: what is to be is no day of the page
        ("On the Accord of July 1, 2021", dt.date(2021, 8, 4)),
        ("August 3, 2021: A Statement", dt.date(2021, 8, 4)),  # what a title opens with may be its matter
        ("Briefing – February 30, 2021", dt.date(2021, 8, 4)),
        (None, dt.date(2021, 8, 4)),
    ],
)
def test_a_title_that_closes_with_the_day_before_names_the_day_of_a_briefing(title: str | None, day: dt.date) -> None:
    assert held(title, dt.date(2021, 8, 4)) == day


@given(st.dates(dt.date(1990, 1, 1), dt.date(2030, 1, 1)), st.text(max_size=40))
def test_the_day_is_never_after_that_of_publication_and_at_most_one_before(published: dt.date, title: str) -> None:
    found = held(title, published)
    assert found is not None
    assert 0 <= (published - found).days <= 1


def test_a_page_without_a_day_has_no_occasion() -> None:
    assert occasion(Document("a", "Text.", title="Briefing – August 3, 2021")).latest is None
