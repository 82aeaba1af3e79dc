"""Dates in sentences: tense by syntax, offsets in the document, what counts from what."""

from __future__ import annotations

import datetime as dt

import pytest

from communique import tree
from communique.annotate.syntax import parsed
from communique.model import Sentence, Span, When
from communique.resolve import dates

DAY = dt.date(2023, 3, 22)  # a Wednesday
WRITTEN = When(DAY, DAY, "day", "stated")


def read(text: str, reference: When = WRITTEN, offset: int = 0) -> list[dates.Dated]:
    """The dates of one sentence that stands at an offset of its document."""
    doc = next(parsed([text]))
    sentence = Sentence("d", 0, Span(offset, offset + len(text)), text, tree.Span(doc, 0, len(doc)), offset)
    return dates.in_sentence(sentence, reference)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The ministers met on Friday in Geneva.", "2023-03-17"),
        ("The ministers will meet on Friday in Geneva.", "2023-03-24"),
        ("The ministers are to meet on Friday.", "2023-03-24"),
        ("The two plan to sign the accord on Friday.", "2023-03-24"),
        ("The talks are scheduled for Friday.", "2023-03-24"),
        ("The president is visiting Paris on Monday.", "2023-03-27"),
        ("Parliament meets on Friday to vote.", "2023-03-24"),
        ("The truce, agreed on Friday, is holding.", "2023-03-17"),
        ("The vote due on Friday has been put off.", "2023-03-24"),
        ("Friday's vote was delayed.", "2023-03-17"),
        ("Friday's vote will be close.", "2023-03-24"),
        ("The minister gave the rebels until Sunday to withdraw.", "2023-03-26"),
        ("He may have left on Sunday.", "2023-03-19"),
        ("Elections are to be held on May 14.", "2023-05-14"),
        ("In December, the Senate voted on it.", "2022-12"),
        ("In three weeks the court will rule.", "2023-04-12"),
    ],
)
def test_the_verb_says_on_which_side_the_day_lies(text: str, expected: str) -> None:
    assert [dates.iso(found.when) for found in read(text)] == [expected]


def test_each_date_has_the_tense_of_its_own_verb() -> None:
    found = read("The ministry said on Monday that the envoy would travel to Rome on Friday.")
    assert [(d.tense, dates.iso(d.when)) for d in found] == [("past", "2023-03-20"), ("future", "2023-03-24")]


def test_spans_and_heads_are_those_of_the_document() -> None:
    text = "They signed the treaty on 12 March 2021 in Rome."
    found = read(text, offset=1000)[0]
    assert (found.span, found.when.span) == (Span(1026, 1039), Span(1026, 1039))
    assert next(parsed([text]))[found.head].text in ("12", "March", "2021")
    assert found.when.text == "12 March 2021"


def test_a_distance_counts_from_the_date_before_it_in_the_sentence() -> None:
    found = read("He arrived on March 10 and three days earlier he had been in Paris.")
    assert [d.when.day for d in found] == [dt.date(2023, 3, 10), dt.date(2023, 3, 7)]


def test_the_last_date_is_handed_on_to_the_next_sentence() -> None:
    march, pending = read("He arrived on March 10."), read("Over the past two weeks it rained.")
    handed = dates.last_named(march)
    assert handed is not None
    assert handed.day == dt.date(2023, 3, 10)
    assert dates.last_named(pending, handed) == handed


def test_from_a_day_joined_to_a_noun_is_not_since() -> None:
    assert read("The memo from March 10 was published.")[0].role is None
    assert read("The border has been closed since March 10.")[0].role == "since"


def test_a_year_inside_a_noun_phrase_is_marked_as_a_modifier() -> None:
    assert read("They left the 2015 deal.")[0].modifier
    assert not read("They left the deal in 2015.")[0].modifier


def test_an_empty_sentence_has_no_dates() -> None:
    assert read("") == []
