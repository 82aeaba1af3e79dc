"""Which date dates an event: attached by syntax, never invented."""

from __future__ import annotations

import datetime as dt

import pytest

from communique import tree
from communique.annotate.syntax import parsed
from communique.model import Sentence, Span, When
from communique.resolve import dates

DAY = dt.date(2023, 3, 22)  # a Wednesday
WRITTEN = When(DAY, DAY, "day", "stated")


def date_of(text: str, trigger: str, reference: When = WRITTEN) -> When:
    """The date of the event that the first such word triggers."""
    doc = next(parsed([text]))
    sentence = Sentence("d", 0, Span(0, len(text)), text, tree.Span(doc, 0, len(doc)))
    index = next(token.i for token in doc if token.text == trigger)
    return dates.of_event(sentence, index, dates.in_sentence(sentence, reference), reference)


@pytest.mark.parametrize(
    ("text", "trigger", "expected"),
    [
        ("The summit, which took place on Tuesday, ended without a text.", "summit", "2023-03-21"),
        ("The March 5 meeting of the two leaders opened the visit.", "meeting", "2023-03-05"),
        ("Ties have cooled since Russia's invasion of Ukraine in February 2022.", "invasion", "2022-02"),
        ("The minister said on Tuesday that troops shelled the village on Sunday.", "shelled", "2023-03-19"),
        ("The two countries signed a treaty on Friday.", "signed", "2023-03-17"),
        ("On Tuesday, the army shelled the town, killing three civilians.", "killing", "2023-03-21"),
        ("The presidents held talks in Moscow on Tuesday and signed a statement.", "talks", "2023-03-21"),
        ("The presidents held talks in Moscow on Tuesday and signed a statement.", "signed", "2023-03-21"),
        ("Spain withdrew from the 2015 accord in 2018.", "withdrew", "2018"),
        ("Russia will suspend deliveries to Finland on Saturday.", "suspend", "2023-03-25"),
        ("Iran condemned Thursday's attack on its embassy.", "attack", "2023-03-16"),
        ("A meeting between the ministers took place in Geneva on March 1.", "meeting", "2023-03-01"),
        ("The rebels have fought the government since 2016.", "fought", "2016"),
        ("During a visit to Beijing last week, the chancellor urged restraint.", "urged", "2023-W11"),
        ("Italy and Libya, which cut ties in 2016, agreed this month to talk.", "cut", "2016"),
        ("Italy and Libya, which cut ties in 2016, agreed this month to talk.", "agreed", "2023-03"),
        ("Yesterday's blast in Odesa injured six people.", "injured", "2023-03-21"),
        ("The March 5 meeting of the two leaders marked the start of a visit.", "marked", "2023-03-05"),
        ("The army seized power in an October 2021 coup.", "seized", "2021-10"),
        ("A doctor is still imprisoned in Chad 80 days later.", "imprisoned", "2023-01-01"),
    ],
)
def test_the_date_that_hangs_on_the_event_is_its_date(text: str, trigger: str, expected: str) -> None:
    found = dates.iso(date_of(text, trigger))
    assert found is not None
    assert found.startswith(expected)


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("The minister said on Monday that troops had attacked the village.", "attacked"),
        ("Spain withdrew from the 2015 accord.", "withdrew"),
        ("Iran condemned Thursday's attack on its embassy.", "condemned"),
        ("They agreed to double trade by 2030.", "agreed"),
        ("The truce signed last month in Doha has collapsed.", "collapsed"),
        ("Poland accused Belarus on Sunday of violating the border.", "violating"),
        ("The court issued a warrant last Friday over the deportation of children.", "deportation"),
        ("Ties have cooled since Russia's invasion of Ukraine in February 2022.", "cooled"),
    ],
)
def test_another_date_in_the_sentence_is_not_the_events(text: str, trigger: str) -> None:
    when = date_of(text, trigger)
    assert (when.earliest, when.latest, when.precision, when.basis) == (None, DAY, "unknown", "page date")


def test_an_undated_event_is_not_after_the_latest_day_of_its_document() -> None:
    reference = When(dt.date(2017, 7, 10), dt.date(2021, 6, 25), "interval", "bounded by office-holders")
    when = date_of("The two leaders discussed trade.", "discussed", reference)
    assert (when.earliest, when.latest, when.precision) == (None, dt.date(2021, 6, 25), "unknown")


def test_an_undated_event_in_an_undated_document_has_no_date_at_all() -> None:
    assert date_of("The two leaders discussed trade.", "discussed", When()) == When()


def test_an_undated_event_to_come_is_not_before_its_report() -> None:
    when = date_of("The two leaders will discuss trade.", "discuss")
    assert (when.earliest, when.latest) == (DAY, None)


def test_what_is_going_on_is_not_after_its_report() -> None:
    when = date_of("The two states are deepening their ties.", "deepening")
    assert (when.earliest, when.latest) == (None, DAY)


def test_a_deadline_bounds_what_is_still_to_be_done() -> None:
    when = date_of("The rebels must withdraw by March 30.", "withdraw")
    assert (when.earliest, when.latest) == (DAY, dt.date(2023, 3, 30))


def test_on_tuesday_in_an_article_of_an_interval_stays_an_interval() -> None:
    reference = When(dt.date(2023, 3, 1), dt.date(2023, 3, 20), "interval", "page date")
    when = date_of("The ministers met on Tuesday.", "met", reference)
    assert when.candidates == (dt.date(2023, 2, 28), dt.date(2023, 3, 7), dt.date(2023, 3, 14))


def test_an_event_after_a_date_has_that_date_as_its_beginning() -> None:
    when = date_of("The border reopened after March 10.", "reopened")
    assert (when.earliest, when.latest) == (dt.date(2023, 3, 10), DAY)


def test_a_trigger_outside_the_sentence_is_undated() -> None:
    text = "They met."
    doc = next(parsed([text]))
    sentence = Sentence("d", 0, Span(0, len(text)), text, tree.Span(doc, 0, len(doc)))
    assert dates.of_event(sentence, 99, [], WRITTEN).latest == DAY
