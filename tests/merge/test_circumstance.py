"""What is read around an event: sentences beside the facts in them, and that facts are kept whole."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.pages import page

from communique.merge.circumstance import around
from communique.merge.fact import Fact, unpack
from communique.model import Coded

MET = "Ghana and Togo held talks in Lome on Tuesday."
SEIZED = "Ghana seized two Togolese boats on Tuesday."
SENT = "Ghana sent 20 lorries of rice to Togo on Tuesday."
SIGNED = "Ghana and Togo signed a contract for a railway on Tuesday."


def facts(coded: Coded) -> set[Fact]:
    return {fact for held in around(coded).values() for fact in held if fact.kind != "spot" or not fact.holds}


def of_kind(kind: str, text: str) -> list[tuple[str, bool]]:
    return sorted((fact.text, fact.holds) for fact in facts(page("Post", "2019-03-06", text)) if fact.kind == kind)


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("Energy Minister Ama Sarpong-Duah attended the talks.", [("Energy Minister Ama Sarpong-Duah attended", True)]),
        (
            "The envoys Ama Sarpong and Koffi Lawson also took part.",
            [("The envoys Ama Sarpong and Koffi Lawson also took part", True)],
        ),
        (
            "The Togolese energy minister did not attend the meeting.",
            [("The Togolese energy minister did not attend", False)],
        ),
        (
            "Togo's energy minister was represented by a deputy at the talks.",
            [("Togo's energy minister was represented by", False)],
        ),
        (
            "They were joined by the chief of the Ghanaian army.",
            [("were joined by the chief of the Ghanaian army", True)],
        ),
        ("Nobody from the ministry was in the room.", [("Nobody from the ministry was in the room", False)]),
        ("Rice is sold at the market.", []),
        ("Fifty people attended a wedding.", []),
    ],
)
def test_who_is_said_to_have_been_there_or_not(sentence: str, said: list[tuple[str, bool]]) -> None:
    assert of_kind("presence", f"{MET} {sentence}") == said


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("They were in Ghanaian waters.", [("in Ghanaian waters", True)]),
        ("They had been outside Ghana's territorial waters.", [("outside Ghana's territorial waters", False)]),
        ("They were fishing in international waters.", [("in international waters", True)]),
        ("Ghana acted within its own waters.", [("within its own waters", True)]),
        ("They lay in port.", []),
    ],
)
def test_whose_waters(sentence: str, said: list[tuple[str, bool]]) -> None:
    assert of_kind("side", f"{SEIZED} {sentence}") == said


@pytest.mark.parametrize(
    ("sentence", "marks"),
    [
        ("The convoy crossed the border at Aflao.", {"aflao"}),
        ("The lorries went through the Aflao crossing.", {"aflao"}),
        ("They entered by way of Aflao.", {"aflao"}),
        ("They used the bridge at Noepe.", set()),
        ("They were through at noon.", set()),
    ],
)
def test_by_which_crossing(sentence: str, marks: set[str]) -> None:
    found = [fact for fact in facts(page("Post", "2019-03-06", f"{SENT} {sentence}")) if fact.kind == "crossing"]
    assert {mark for fact in found for mark in fact.marks} == marks


@pytest.mark.parametrize(
    ("sentence", "value", "moved"),
    [
        ("Trains should run by the end of 2026.", "2026-12", False),
        ("The railway is to be opened in May 2025.", "2025-05", False),
        ("The railway will open in March 2027 instead of May 2025.", "2027-03", True),
        ("Its opening, planned for 2025, is now expected in 2028.", "2028", True),
        ("The railway was opened in 1911.", None, False),
    ],
)
def test_when_something_opens(sentence: str, value: str | None, moved: bool) -> None:
    found = [fact for fact in facts(page("Post", "2019-03-06", f"{SIGNED} {sentence}")) if fact.kind == "opening"]
    assert [(fact.value, fact.moved) for fact in found] == ([] if value is None else [(value, moved)])


def test_what_is_told_long_after_belongs_to_the_last_event_of_its_kind_before() -> None:
    text = f"{SEIZED} A court will sit. {MET} Police closed a road. The Ghanaian energy minister stayed away."
    coded = page("Post", "2019-03-06", text)
    held = around(coded)
    told = {event.event for event in coded.events if any(fact.kind == "presence" for fact in held.get(event.id, ()))}
    assert told == {"CONSULT"}


words = st.text(max_size=12)
sets = st.frozensets(words, max_size=4)


@given(st.builds(Fact, words, words, sets, sets, st.booleans(), words, st.booleans()))
def test_a_fact_is_kept_whole(fact: Fact) -> None:
    assert unpack(json.loads(json.dumps(fact.pack()))) == fact


@given(st.text(alphabet="aA NnTtoh.,;:-'9 MminisertWwaters", max_size=300))
def test_no_text_is_too_odd_to_be_read(text: str) -> None:
    from communique.merge import circumstance
    from communique.merge.attendance import attendance

    def nobody(start: int, end: int) -> frozenset[str]:
        assert start <= end
        return frozenset()

    for fact in (*attendance(text, nobody), *circumstance._sides(text, nobody)):
        assert fact.text and len(fact.text) <= len(text)
    for fact in (*circumstance._crossing(text), *circumstance._spots(text), *circumstance._undone(text)):
        assert fact.marks
