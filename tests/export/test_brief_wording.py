"""Plain words for dates, people, events and excerpts."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.reports import Said, day, report, somebody

from communique.export.brief.wording import clause, date, excerpt, in_text, people, rules, speaker, state, what, who
from communique.knowledge import load
from communique.model import Actor, Event, Participant, Span, When


@pytest.mark.parametrize(
    ("given_date", "words"),
    [
        ("2019-06-05", "5 June 2019"),
        ("2019-06", "June 2019"),
        ("2024-02", "February 2024"),
        ("2019", "2019"),
        ("2017-07-10/2021-06-25", "between 10 July 2017 and 25 June 2021"),
        ("2019-06-03/2019-06-05", "between 3 and 5 June 2019"),
        ("2019-06-28/2019-07-02", "between 28 June and 2 July 2019"),
        ("2014-01-01/2016-12-31", "between 2014 and 2016"),
        ("../2020-07-07", "date unknown, not after 7 July 2020"),
        ("2025-01-20/..", "date unknown, not before 20 January 2025"),
        (None, "date unknown"),
        ("2026-01-01/2024-09-15", "date unclear"),
    ],
)
def test_dates_are_written_as_people_write_them(given_date: str | None, words: str) -> None:
    assert date(day(given_date)) == words


def test_a_week_is_a_week() -> None:
    week = When(dt.date(2024, 6, 3), dt.date(2024, 6, 9), "week", "relative", "this week")
    assert date(week) == "week of 3 June 2024"


@given(st.dates(), st.dates())
def test_a_date_in_words_never_says_more_than_is_known(one: dt.date, other: dt.date) -> None:
    first, last = sorted((one, other))
    words = date(When(first, last, "interval", "stated"))
    years = {int(year) for year in re.findall(r"\b\d{1,4}\b", words) if int(year) > 31 or len(year) == 4}
    assert years <= {first.year, last.year} or first.year <= 31
    assert (first == last) == (re.fullmatch(r"\d{1,2} [A-Z][a-z]+ \d+", words) is not None)


def test_states_have_names_and_the_names_stand_well_in_a_sentence() -> None:
    assert state("CHN") == "China"
    assert state("UNO") == "the United Nations"
    assert state("XQZ") == "XQZ"
    assert in_text("United States") == "the United States"
    assert in_text("France") == "France"


def test_people_are_named_with_office_and_state() -> None:
    li = Participant(Actor("CHN", ("GOV",), "Li Qiang", None, "Prime Minister", "person"), "Li", "surname")
    assert who(li) == "Prime Minister Li Qiang (China)"
    assert people((li, somebody("USA"))) == "Prime Minister Li Qiang (China) and the United States"


def test_a_name_that_already_says_its_state_does_not_say_it_twice() -> None:
    customs = Participant(Actor("CHN", ("GOV",), "Chinese customs", None, None, "body"), "Chinese customs", "body")
    assert who(customs) == "Chinese customs"


def test_a_capital_that_stands_for_its_state_goes_by_the_name_of_the_state() -> None:
    assert who(Participant(Actor("RUS", (), "Moscow", None, None, "state"), "Moscow", "capital")) == "Russia"


def test_a_speaker_without_a_name_is_said_to_have_none() -> None:
    assert speaker(somebody("analysts")) == "somebody not named (“analysts”)"


def _event(**told: object) -> Event:
    text = "China met Russia."
    keywords = {"event": "CONSULT", "act": "met", "actor": "CHN", "recipient": "RUS", **told}
    return report("a.txt", Said(text, (keywords,))).events[0]


def test_events_are_said_in_plain_words() -> None:
    assert what(_event()) == "China held talks with Russia"
    assert what(_event(mode="phone")) == "China spoke by telephone with Russia"
    assert what(_event(actor="CHN, RUS", recipient="")) == "China and Russia held talks"
    assert what(_event(stance="denied")) == "Denied: China held talks with Russia"
    assert what(_event(actor="USA")) == "The United States held talks with Russia"
    assert clause(_event(actor="USA")) == "the United States held talks with Russia"


def test_people_of_a_state_are_not_spoken_of_as_the_state() -> None:
    fishermen = Participant(Actor("IND", (), "20 fishermen", None, None, "people"), "20 fishermen", "description")
    released = replace(_event(event="RETREAT", mode="release"), recipient=(fishermen,))
    assert what(released) == "China released 20 fishermen (India)"
    assert what(_event(event="RETREAT", mode="release")) == "China released people or goods to Russia"


def test_who_is_of_no_state_goes_unnamed_beside_one() -> None:
    assert people((somebody("villages"), somebody("PAK"))) == "Pakistan"
    assert people((somebody("villages"),)) == "villages"


def test_a_name_cut_into_words_is_put_together_again() -> None:
    army = Participant(Actor("PAK", ("MIL",), "Pakistan 's military", None, None, "office"), "army", "body")
    assert who(army) == "Pakistan's military"


def test_nobody_acts_on_themselves() -> None:
    assert what(_event(actor="CHN, RUS", recipient="RUS")) == "China and Russia held talks"


def test_every_event_and_mode_of_the_ontology_has_its_words() -> None:
    ontology = load.data("ontology.yaml")["events"]
    spoken = rules()["events"]
    assert set(spoken) == set(ontology)
    for name, entry in spoken.items():
        assert len(entry["noun"]) == 2, name
        assert set(entry.get("modes", {})) <= set(ontology[name]["modes"]), name
        for forms in (entry, *entry.get("modes", {}).values()):
            assert "{a}" in forms["one_sided"] and "{b}" in forms["one_sided"] and "{b}" not in forms["together"], name
    parts = [event for part in rules()["parts"].values() for event in part]
    assert sorted(parts) == sorted(ontology)


@given(
    st.text(alphabet="abc ,.", min_size=1, max_size=400), st.integers(0, 400), st.integers(1, 30), st.integers(20, 200)
)
def test_an_excerpt_holds_the_marked_words_and_only_words_of_the_sentence(
    sentence: str, start: int, size: int, limit: int
) -> None:
    start = min(start, len(sentence) - 1)
    marked = Span(start, min(start + size, len(sentence)))
    short = excerpt(sentence, marked, limit)
    words = " ".join(sentence[marked.start : marked.end].split()).strip(",;:– ")
    assert words in short
    assert short.removeprefix("… ").removesuffix(" …") in " ".join(sentence.split())
