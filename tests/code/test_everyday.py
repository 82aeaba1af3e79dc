"""Political words in their everyday senses tell no event; the same words beside them still do."""

from __future__ import annotations

import pytest

from communique import ingest, pipeline
from communique.settings import Settings

CODER = pipeline.Coder(Settings(kinds=("event",), encoder=False))


def told(text: str) -> set[str]:
    """The events of a sentence by the rules alone."""
    return {event.event for event in CODER.code(ingest.from_text(text, id="x")).events}


@pytest.mark.parametrize(
    "text",
    [
        "A blizzard slammed into Latvia on Friday.",
        "Beef prices in Argentina hit a record on Monday.",
        "Imports from Peru rose by a tenth last year.",
        "The Ghanaian economy is firing on all cylinders.",
        "Portugal beat Norway 3-1 in the rain.",
        "Uruguay beat Ghana.",
        "Eleven people were killed when a ferry capsized off Bohol.",
        "Her plan for Malta has met with resistance.",
        "France has taken note of the report.",
        "The treaty obliges Denmark to consult the council.",
        "Austria hopes to host the fair in 2031.",
        "The analysts expect the Chilean central bank to cut rates.",
        "A diplomat in Doha, who asked not to be named, was pessimistic.",
        "The envoy was asked whether Turkey would lift the ban.",
        "The minister spoke of the importance of Laos.",
        "An Austrian bakery sells its rolls on Sundays.",
        "Latvia is waging war on litter.",
    ],
)
def test_an_everyday_sense_tells_no_event(text: str) -> None:
    assert told(text) == set()


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("Sudanese soldiers beat two reporters in Khartoum.", "ASSAULT"),
        ("Iran fired on an Iraqi patrol.", "ASSAULT"),
        ("Japan wants Russia to return the islands.", "REQUEST"),
        ("The Polish premier spoke to the Czech president by telephone.", "CONSULT"),
        ("Peru sold 200,000 tonnes of copper to China.", "COOPERATE"),
        ("Chad asked France for food aid.", "REQUEST"),
        ("The president of Gabon sacked his defence minister.", "SANCTION"),
        ("Brazil fined a Chinese carmaker.", "SANCTION"),
    ],
)
def test_the_political_sense_of_the_same_word_is_told(text: str, event: str) -> None:
    assert event in told(text)


def test_a_judged_deed_is_told_beside_its_judgement() -> None:
    assert told("Poland condemned Russia's strike on Odesa.") == {"ACCUSE", "ASSAULT"}


def test_who_is_thanked_for_a_deed_has_done_it() -> None:
    found = CODER.code(ingest.from_text("Canada thanked Qatar for freeing two hostages.", id="x")).events
    (deed,) = [event for event in found if event.event == "RETREAT"]
    assert [who.text for who in deed.actor] == ["Qatar"]
