"""Deeds in plain words, in articles, where the encoder doubts what it seldom read: each beside what must come of it."""

from __future__ import annotations

import pytest
from tests.pages import page

from communique.model import Coded

Told = tuple[str, tuple[str | None, ...], tuple[str | None, ...], str]


def told(text: str, day: str = "2019-03-06") -> list[Told]:
    return _told(page("Post", day, text))


def _told(coded: Coded) -> list[Told]:
    return [
        (e.event, tuple(sorted(str(p.actor.code) for p in e.actor)), tuple(p.actor.code for p in e.recipient), e.stance)
        for e in coded.events
    ]


@pytest.mark.parametrize(
    ("text", "event", "actor", "recipient"),
    [
        ("A pair of Belarusian helicopters crossed into Lithuanian airspace on Monday.", "MOBILIZE", "BLR", "LTU"),
        ("Two Libyan bombers penetrated Maltese airspace on Monday.", "MOBILIZE", "LBY", "MLT"),
        ("A Venezuelan frigate entered Guyanese waters on Monday.", "MOBILIZE", "VEN", "GUY"),
        ("Chilean jets intercepted an Argentine aircraft on Monday.", "MOBILIZE", "CHL", "ARG"),
        ("A Thai warship chased away two Cambodian gunboats on Monday.", "MOBILIZE", "THA", "KHM"),
        ("Mali called in the Algerian ambassador on Monday.", "ACCUSE", "MLI", "DZA"),
        ("Nepal denied on Monday that its police had beaten Indian traders.", "REJECT", "NPL", "IND"),
        ("Haiti denied having expelled Dominican diplomats.", "REJECT", "HTI", "DOM"),
    ],
)
def test_a_deed_in_plain_words_is_found_in_an_article(text: str, event: str, actor: str, recipient: str) -> None:
    assert (event, (actor,), (recipient,), "actual") in told(text)


@pytest.mark.parametrize(
    "text",
    [
        "Two Lao jets flew over the Mekong on Monday, and a Thai aircraft met them and escorted them out.",
        "Two Lao jets crossed the river on Monday, and a Thai aircraft intercepted them.",
        "Two Lao jets came near on Monday, and a Thai aircraft identified them and followed them.",
    ],
)
def test_aircraft_and_ships_are_followed_also_under_a_pronoun(text: str) -> None:
    assert any(event == "MOBILIZE" and "THA" in who and whom == ("LAO",) for event, who, whom, _ in told(text))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("The meeting of Ghana and Togo has been pushed back to 18 May, officials said.", "2019-05-18"),
        ("Talks between Ghana and Togo that were due on Monday were put off to 18 May.", "2019-05-18"),
        ("The next round of border talks between Ghana and Togo was postponed until 18 May.", "2019-05-18"),
    ],
)
def test_talks_put_off_to_a_day_were_not_held(text: str, day: str) -> None:
    events = page("Post", "2019-05-06", text).events
    assert not [event for event in events if event.event == "CONSULT"]
    (moved,) = [event for event in events if event.event == "AGREE"]
    assert {who.actor.code for who in (*moved.actor, *moved.recipient)} == {"GHA", "TGO"}
    assert str(moved.date.latest) == day


@pytest.mark.parametrize(
    "text",
    [
        "The bridge between Zambia and Botswana opened on Monday.",
        "The railway from Zambia to Botswana went into operation on Monday.",
        "Zambian President Edgar Lungu and Botswanan President Mokgweetsi Masisi broke ground for a dam on Monday.",
        "Zambia and Botswana launched the construction of a railway on Monday.",
    ],
)
def test_what_joins_two_states_is_built_and_opened_by_both(text: str) -> None:
    assert ("COOPERATE", ("BWA", "ZMB"), (), "actual") in told(text)


@pytest.mark.parametrize(
    "text",
    [
        "Peruvian security chief Raul Paredes-Quispe and his Bolivian counterpart Juan Mamani-Rojas met on Monday.",
        "Peruvian spy chief Raul Paredes-Quispe met his Bolivian counterpart on Monday.",
        "Peru's defence chief Raul Paredes-Quispe and his Bolivian counterpart Juan Mamani-Rojas held talks on Monday.",
    ],
)
def test_chiefs_and_counterparts_are_no_private_people(text: str) -> None:
    assert ("CONSULT", ("BOL", "PER"), (), "actual") in told(text)


def test_what_a_denial_mentions_in_passing_was_done() -> None:
    text = "Ghana denied on Monday that it had fined two Togolese trawlers which Ghanaian police seized on Friday."
    events = told(text)
    assert ("REJECT", ("GHA",), ("TGO",), "actual") in events
    assert any(event == "COERCE" and who == ("GHA",) for event, who, _, _ in events)


def test_an_ambassador_without_a_state_is_of_the_other_one() -> None:
    text = "Mali and Algeria quarrel over a drone. Algeria had shot it down near Mali's border. {}"
    for last in (
        "Bamako called in Ambassador Rachid Ould-Kaci on Monday.",
        "Ambassador Rachid Ould-Kaci was summoned to the foreign ministry in Bamako on Monday.",
        "Ambassador Rachid Ould-Kaci was called to the ministry in Bamako in the afternoon.",
    ):
        events = told(text.format(last))
        assert ("ACCUSE", ("MLI",), ("DZA",), "actual") in events, (last, events)
