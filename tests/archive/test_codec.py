"""Nouns to JSON and back."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from tests import strategies
from tests.builders import rail_accord

from communique.archive import codec
from communique.errors import ArchiveError
from communique.model import Coded, Event, Figure, Judgement, Record, When


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a busy machine is no fault
@given(strategies.codeds)
def test_every_noun_comes_back_as_it_was(coded: Coded) -> None:
    back = codec.load(Coded, codec.dump(coded))
    assert back == coded
    assert [item.id for item in back.items()] == [item.id for item in coded.items()]


def test_fields_at_their_default_are_not_written() -> None:
    assert codec.dump(When()) == "{}"
    assert codec.dump(When(None, dt.date(2019, 6, 5))) == '{"latest":"2019-06-05"}'


def test_the_same_noun_gives_the_same_bytes() -> None:
    assert codec.dump(rail_accord()) == codec.dump(rail_accord())


def test_a_whole_number_in_a_field_of_fractions_comes_back_equal() -> None:
    event = rail_accord().events[0]
    whole = codec.load(Event, codec.dump(event).replace('"event_scale":4.0', '"event_scale":4'))
    assert whole == event
    assert isinstance(whole.event_scale, float)


def test_a_figure_of_a_whole_number_has_the_same_id_when_it_comes_back() -> None:
    """In "the budget will double" the multiple stands as 2 in a table of words, and came back as 2.0."""
    figure = replace(rail_accord().figures[0], value=2, low=2, high=2, unit="times")
    back = codec.load(Figure, codec.dump(figure))
    assert back.id == figure.id
    assert codec.dump(back) == codec.dump(figure)


def test_records_and_judgements_can_be_kept_too() -> None:
    record = Record("r1", "CONSULT", ("a", "b"), (("date", "2019-06-05", "a"),), "corroborated")
    assert codec.load(Record, codec.dump(record)) == record
    judged = Judgement("j1", "same", ("a", "b"), "one visit", "Ada", dt.datetime(2026, 1, 2, 3, 4, tzinfo=dt.UTC))
    assert codec.load(Judgement, codec.dump(judged)) == judged


@pytest.mark.parametrize("line", ["", "[]", '{"earliest": "June"}', '{"colour": "red"}', '{"span": [1]}'])
def test_a_body_that_is_no_such_noun_is_an_error_that_says_what_to_do(line: str) -> None:
    with pytest.raises(ArchiveError, match="communique verify"):
        codec.load(When, line)
