"""The document's date: what names it, what bounds it, and the reasons."""

from __future__ import annotations

import datetime as dt

import pytest

from communique.annotate.syntax import sentences
from communique.model import DateEvidence, Document, Span, When
from communique.resolve import dates
from communique.resolve.dates import anniversaries
from communique.resolve.published import Cast, choose, sitting
from communique.settings import DEFAULT_MODEL

DAY = dt.date


def page(text: str, *evidence: DateEvidence, header: dt.date | None = None) -> Document:
    """A document that is all article."""
    page_date = When(header, header, "day", "stated") if header else When()
    return Document("d", text, (Span(0, len(text)),), date_evidence=evidence, page_date=page_date)


def evidence(kind: str, day: dt.date) -> DateEvidence:
    return DateEvidence(kind, day, day, str(day))


def named(document: Document, name: str, office: str, code: str, first: str, last: str | None = None) -> Cast:
    """A person of the text with one term."""
    start = document.text.index(name)
    return Cast(name, office, code, DAY.fromisoformat(first), DAY.fromisoformat(last) if last else None,
                Span(start, start + len(name)))  # fmt: skip


def chosen(document: Document, *cast: Cast) -> When:
    """What `choose` makes of the document."""
    found = [d for s in sentences(document, DEFAULT_MODEL) for d in dates.in_sentence(s, document.published)]
    return choose(document, cast, found)


LEADERS = "Chinese President Xi Jinping met Mongolian President Khaltmaagiin Battulga in Beijing."


def test_an_undated_article_is_bounded_by_those_it_names_in_office() -> None:
    document = page(LEADERS)
    when = chosen(
        document,
        named(document, "Xi Jinping", "President", "CHN", "2013-03-14"),
        named(document, "Khaltmaagiin Battulga", "President", "MNG", "2017-07-10", "2021-06-25"),
    )
    assert (when.earliest, when.latest) == (DAY(2017, 7, 10), DAY(2021, 6, 25))
    assert (when.precision, when.basis) == ("interval", "bounded by office-holders")
    assert "Khaltmaagiin Battulga as President (MNG) 2017-07-10..2021-06-25" in (when.note or "")


def test_of_two_terms_the_one_after_a_told_event_is_meant() -> None:
    document = page("US President Donald Trump spoke. Trade has grown since the invasion in February 2022.")
    when = chosen(
        document,
        named(document, "Donald Trump", "President", "USA", "2017-01-20", "2021-01-20"),
        named(document, "Donald Trump", "President", "USA", "2025-01-20"),
    )
    assert (when.earliest, when.latest) == (DAY(2025, 1, 20), None)
    assert "'February 2022' as past" in (when.note or "")


def test_the_header_bounds_from_above_and_is_not_the_date() -> None:
    when = chosen(page("The ministers met.", header=DAY(2020, 7, 7)))
    assert (when.earliest, when.latest, when.basis) == (None, DAY(2020, 7, 7), "page date")
    assert "day of viewing" in (when.note or "")


def test_an_anniversary_gives_the_year_of_the_day_beside_it() -> None:
    document = page(
        "China and Russia signed new deals. The June 5 talks in Moscow opened a visit to mark the 70th anniversary of "
        "the establishment of diplomatic relations between both countries. On June 6, the Chinese ministry said that "
        "Russia and China would trade more.",
        header=DAY(2020, 7, 7),
    )
    when = chosen(document)
    assert (when.earliest, when.latest) == (DAY(2019, 6, 6), DAY(2020, 3, 7) - dt.timedelta(days=1))
    assert "1949-10-02" in (when.note or "")
    dated = [d for s in sentences(document, DEFAULT_MODEL) for d in dates.in_sentence(s, when)]
    assert dated[0].when.day == DAY(2019, 6, 5)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Tomorrow marks the 32nd anniversary of the Tiananmen Square massacre.", "2021-06-03", "2021-06-03"),
        ("Today is the 75th anniversary of NATO.", "2024-04-04", "2024-04-04"),
        ("This year marks the 50th anniversary of relations between China and Japan.", "2022-01-01", "2022-12-31"),
        ("Ghana celebrates the 60th anniversary of its independence.", "2016-01-01", "2018-12-31"),
    ],
)
def test_an_anniversary_dates_the_article(text: str, first: str, last: str) -> None:
    when = chosen(page(text))
    assert (when.earliest, when.latest) == (DAY.fromisoformat(first), DAY.fromisoformat(last))


def test_an_anniversary_of_a_year_that_is_told_beside_it_says_nothing_of_the_article() -> None:
    when = chosen(page("In 2015, Moscow marked the 70th anniversary of the end of World War II."))
    assert (when.earliest, when.latest) == (DAY(2015, 1, 1), None)


def test_a_day_with_its_weekday_leaves_one_year() -> None:
    document = page("The envoys met on Tuesday, June 15.", header=DAY(2022, 1, 10))
    started = named(document, "envoys", "President", "XXX", "2020-01-01")
    when = chosen(document, started)
    assert (when.earliest, when.latest) == (DAY(2021, 6, 15), DAY(2022, 1, 10))


def test_direct_evidence_is_chosen_by_rank_and_all_of_it_is_kept_in_the_note() -> None:
    document = page(
        "The ministers met.", evidence("url", DAY(2021, 5, 20)), evidence("metadata", DAY(2021, 5, 21)),
        evidence("byline", DAY(2021, 5, 20)), header=DAY(2022, 1, 1),
    )  # fmt: skip
    when = chosen(document)
    assert (when.day, when.basis) == (DAY(2021, 5, 20), "stated")
    assert when.note == "chosen: byline (2021-05-20); agreeing: url; differing: metadata says 2021-05-21"


def test_what_speaks_against_direct_evidence_is_said() -> None:
    document = page("The treaty was signed on 12 March 2021.", evidence("metadata", DAY(2019, 5, 20)))
    when = chosen(document)
    assert when.day == DAY(2019, 5, 20)
    assert "against it: not before 2021-03-12" in (when.note or "")


def test_an_office_holder_beside_a_past_year_is_not_todays() -> None:
    document = page("In 1986, US President Ronald Reagan met Mikhail Gorbachev in Iceland.")
    when = chosen(document, named(document, "Ronald Reagan", "President", "USA", "1981-01-20", "1989-01-20"))
    assert (when.earliest, when.latest) == (DAY(1986, 1, 1), None)


def test_an_office_holder_who_fits_with_nobody_else_is_left_out() -> None:
    document = page("President A met President B and President C.")
    when = chosen(
        document,
        named(document, "President A", "President", "AAA", "2010-01-01", "2012-01-01"),
        named(document, "President B", "President", "BBB", "2011-01-01", "2013-01-01"),
        named(document, "President C", "President", "CCC", "1990-01-01", "1991-01-01"),
    )
    assert (when.earliest, when.latest) == (DAY(2011, 1, 1), DAY(2012, 1, 1))
    assert "not used" in (when.note or "")


def test_two_who_never_held_office_together_bound_nothing() -> None:
    document = page("President A met President B.")
    when = chosen(
        document,
        named(document, "President A", "President", "AAA", "2010-01-01", "2012-01-01"),
        named(document, "President B", "President", "BBB", "2013-01-01", "2014-01-01"),
    )
    assert not when.known
    assert "do not fit together" in (when.note or "")


def test_where_nothing_speaks_the_date_is_unknown() -> None:
    assert chosen(page("The ministers met.")) == When()


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("Mongolian President Khaltmaagiin Battulga spoke", "Khaltmaagiin Battulga", True),
        ("former Mongolian President Khaltmaagiin Battulga spoke", "Khaltmaagiin Battulga", False),
        ("the late Zambian President Michael Sata spoke", "Michael Sata", False),
        ("then-President Donald Trump said", "Donald Trump", False),
        ("then President Donald Trump said", "Donald Trump", False),
        ("ex-President Hosni Mubarak was", "Hosni Mubarak", False),
        ("the ousted Egyptian President Mohamed Morsi was", "Mohamed Morsi", False),
        ("Outgoing President Joe Biden met", "Joe Biden", True),
        ("a former aide to President Joe Biden said", "Joe Biden", True),
        ("former minister Li met with President Xi Jinping", "Xi Jinping", True),
        ("Former President Donald Trump", "Former President Donald Trump", False),
        ("former Arkansas Gov. Asa Hutchinson said", "Asa Hutchinson", False),
        ("Israeli Alternate Prime Minister Lapid", "Israeli Alternate Prime Minister Lapid", False),
        ("the death of President Ebrahim Raisi", "Ebrahim Raisi", False),
        ("(Straight-talking former Governor Asa Hutchinson", "Straight-talking former Governor Asa Hutchinson", False),
        ("what a President Connolly might do", "President Connolly", False),
        ("It was late. President Xi Jinping spoke", "Xi Jinping", True),
    ],
)
def test_a_sitting_office_holder_is_not_former_then_or_late(text: str, name: str, expected: bool) -> None:
    start = text.index(name)
    assert sitting(text, Span(start, start + len(name))) is expected


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("the 70th anniversary of relations between China and Russia", 2019),
        ("the 60th anniversary of Sino-French diplomatic ties", 2024),
        ("the 75th anniversary of the founding of the People's Republic of China", 2024),
        ("the 30th anniversary of the Rwandan genocide", 2024),
        ("the 70th anniversary of the 1951 Refugee Convention", 2021),
        ("the centenary of the Chinese Communist Party", 2021),
        ("60 years of diplomatic relations between Kuwait and the United States", 2021),
        ("the 40th anniversary of Zimbabwe's independence", 2020),
    ],
)
def test_known_foundings_give_the_year_of_an_anniversary(text: str, year: int) -> None:
    found = anniversaries.evidence(dates.find(text)[0], text)
    assert [item.year for item in found][:1] == [year]


def test_an_anniversary_of_something_unknown_is_no_evidence() -> None:
    text = "the 40th anniversary of the village school"
    assert anniversaries.evidence(dates.find(text)[0], text) == []


def test_bounds_never_cross() -> None:
    document = page("The treaty was signed on 12 March 2021. It was renewed in 2030.", header=DAY(2020, 1, 1))
    when = chosen(document)
    assert when.earliest is None or when.latest is None or when.earliest <= when.latest


def test_a_rule_that_applies_from_a_later_year_does_not_make_an_article_younger() -> None:
    text = "Chile and Peru agreed on supplies from 2031. The tax was raised from 2030. Exports rose in 2019."
    assert chosen(page(text)).earliest == DAY(2019, 1, 1)
