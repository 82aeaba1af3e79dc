"""Titles in a row with a name, as one mention of one person."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique import annotate
from communique.model import Document, Span, When
from communique.resolve import Context, mentions
from communique.resolve.chains import chains
from communique.settings import DEFAULT_MODEL


@pytest.mark.parametrize(
    ("text", "whole", "name"),
    [
        (
            "He called Deputy Prime Minister and Minister of Foreign Affairs Murat Ospanov.",
            "Deputy Prime Minister and Minister of Foreign Affairs Murat Ospanov",
            "Murat Ospanov",
        ),
        ("Talks with Prime Minister Rao went well.", "Prime Minister Rao", "Rao"),
        (
            "Minister of Environment, Water, and Agriculture Faisal al-Harbi spoke.",
            "Minister of Environment, Water, and Agriculture Faisal al-Harbi",
            "Faisal al-Harbi",
        ),
        ("FM Lindqvist left.", "FM Lindqvist", "Lindqvist"),
        (
            "UNDER SECRETARY FOR POLITICAL AFFAIRS VICTORIA P. HOLM",
            "UNDER SECRETARY FOR POLITICAL AFFAIRS VICTORIA P. HOLM",
            "VICTORIA P. HOLM",
        ),
        ("Secretary General Okafor's envoy flew in.", "Secretary General Okafor", "Okafor"),
        (
            "She called Senior Adviser to the President Dr. Salma Khoury.",
            "Senior Adviser to the President Dr. Salma Khoury",
            "Salma Khoury",
        ),
        (
            "Cabinet Secretary for Trade Ambassador Wanjiru Mwangi was there.",
            "Cabinet Secretary for Trade Ambassador Wanjiru Mwangi",
            "Wanjiru Mwangi",
        ),
        (
            "Politburo Member and Director of the Office of the Border Affairs Commission Liu Heng left.",
            "Politburo Member and Director of the Office of the Border Affairs Commission Liu Heng",
            "Liu Heng",
        ),
        (
            "Special Representative of the Secretary-General for Mali Ingrid Solheim spoke.",
            "Special Representative of the Secretary-General for Mali Ingrid Solheim",
            "Ingrid Solheim",
        ),
        (
            "Minister of State for Europe and Foreign Affairs Luc Perrin left.",
            "Minister of State for Europe and Foreign Affairs Luc Perrin",
            "Luc Perrin",
        ),
        (
            "Minister of Foreign Affairs of Kenya Amina Otieno arrived.",
            "Minister of Foreign Affairs of Kenya Amina Otieno",
            "Amina Otieno",
        ),
        (
            "Minister for Foreign Affairs, Trade and Immigration H.E. Mr. Tom Sefo signed.",
            "Minister for Foreign Affairs, Trade and Immigration H.E. Mr. Tom Sefo",
            "Tom Sefo",
        ),
        ("The Advisor to the President Bill Haugen met them.", "Advisor to the President Bill Haugen", "Bill Haugen"),
        (
            "Under Secretary for Political Affairs Ms. Ann Li.",
            "Under Secretary for Political Affairs Ms. Ann Li",
            "Ann Li",
        ),
    ],
)
def test_titles_and_the_name_after_them_are_one_chain(text: str, whole: str, name: str) -> None:
    (chain,) = chains(text)
    assert text[chain.start : chain.end] == whole
    assert text[chain.name : chain.end] == name


def test_an_office_with_its_own_article_is_somebody_else_than_the_named_one_after_and() -> None:
    text = "The President and Prime Minister Rao met."
    assert [text[c.start : c.end] for c in chains(text)] == ["Prime Minister Rao"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Foreign Minister Sato Ken and Director Liu Heng met.", ["Sato Ken", "Liu Heng"]),
        ("The Secretary and Security Advisor Holm flew in.", ["Holm"]),
        ("The President and CEO Ann Roe spoke.", ["Ann Roe"]),
        ("The President of Ghana Monday met the Secretary to the President.", []),
        ("The Ambassador to Chad, Maria Pell, and the Envoy for Mali left.", []),
    ],
)
def test_two_people_are_two_and_days_are_none(text: str, names: list[str]) -> None:
    assert [text[c.name : c.end] for c in chains(text)] == names


def test_a_title_without_a_name_is_no_chain() -> None:
    assert chains("The foreign minister of Ghana and the Prime Minister agreed.") == []


@given(st.text(max_size=80))
def test_chains_lie_inside_the_text_in_order_and_do_not_overlap(text: str) -> None:
    end = 0
    for chain in chains(text):
        assert end <= chain.start < chain.name < chain.end <= len(text)
        end = chain.end


def _named(text: str) -> dict[str, tuple[str, ...]]:
    day = dt.date(2021, 8, 2)
    document = Document("test", text, (Span(0, len(text)),), published=When(day, day))
    context = Context.of(document)
    return {m.text: m.codes for s in annotate.sentences(document, DEFAULT_MODEL) for m in mentions(s, context)}


@pytest.mark.parametrize(
    ("text", "words", "code"),
    [
        (
            "Iran hosted Peruvian Deputy Prime Minister and Minister of Foreign Affairs Ana Quiroga Bellido. "
            "He thanked Minister Quiroga Bellido.",
            "Minister Quiroga Bellido",
            "PER",
        ),
        ("Iran hosted Japanese National Security Advisor Taro Hoshi. National Security Advisor Hoshi left.",
         "National Security Advisor Hoshi", "JPN"),
        ("Kenya received Norwegian Foreign Minister Liv Aasen. FM Aasen praised Kenya.", "FM Aasen", "NOR"),
        ("Sudan's president met Chilean Foreign Minister Rosa Ibarra. The president and foreign minister dined.",
         "foreign minister", "CHL"),
        ("Ghana sent Crown Prince Mohammed bin Salman a letter and one to Kenya. Prime Minister Modi was told.",
         "Prime Minister Modi", "IND"),
    ],
)  # fmt: skip
def test_an_official_named_before_is_known_by_title_and_surname(text: str, words: str, code: str) -> None:
    assert _named(text)[words] == (code,)


def test_ministers_in_a_list_are_of_the_state_of_the_first() -> None:
    text = (
        "They received Saudi Crown Prince Mohammed bin Salman, Energy Minister Faisal al-Harbi, "
        "and Minister of Water and Agriculture Omar al-Qadi."
    )
    found = _named(text)
    assert found["Minister of Water and Agriculture Omar al-Qadi"] == ("SAU",)


def test_a_deputy_is_known_by_the_office_of_the_day_and_borrows_no_state() -> None:
    assert _named("Deputy Secretary Sherman met Japanese officials.")["Deputy Secretary Sherman"] == ("USA",)


def test_two_titled_people_that_a_parser_took_for_one_are_two() -> None:
    found = _named(
        "Kenya sent Cabinet Secretary Raychelle Omamo. Secretary Blinken and Cabinet Secretary Omamo reaffirmed it."
    )
    assert (found["Secretary Blinken"], found["Cabinet Secretary Omamo"]) == (("USA",), ("KEN",))


STATE = "https://www.state.gov/a-readout/"


def _people(text: str, url: str | None = None) -> dict[str, list[tuple[str | None, str | None]]]:
    day = dt.date(2021, 7, 28)
    document = Document("test", text, (Span(0, len(text)),), url=url, published=When(day, day))
    context = Context.of(document)
    return {
        m.text: [(actor.code, actor.name) for actor in m.actors]
        for s in annotate.sentences(document, DEFAULT_MODEL)
        for m in mentions(s, context)
    }


@pytest.mark.parametrize(
    ("text", "later", "who"),
    [
        (
            "Fiji hosted United Arab Emirates Diplomatic Advisor to the President Dr. Anwar Gargash. Dr. Gargash left.",
            "Dr. Gargash",
            ("ARE", "Anwar Gargash"),
        ),
        (
            "Canada called Chinese Communist Party Politburo Member and Director of the Office of the Foreign Affairs "
            "Commission Yang Jiechi. Director Yang thanked Canada.",
            "Director Yang",
            ("CHN", "Yang Jiechi"),
        ),
        (
            "Fiji met Minister of Foreign Affairs of Kenya Amina Otieno. Otieno thanked Fiji.",
            "Otieno",
            ("KEN", "Amina Otieno"),
        ),
        (
            "He met Special Representative of the Secretary-General for Haiti Ingrid Solheim. Solheim left.",
            "Solheim",
            ("UNO", "Ingrid Solheim"),
        ),
        (
            "Peru met Under Secretary of State for Political Affairs Ms. Ann Lindqvist. Peru thanked Ms. Lindqvist.",
            "Ms. Lindqvist",
            ("USA", "Ann Lindqvist"),
        ),
    ],
)
def test_who_has_a_long_title_keeps_name_and_state_later_on(text: str, later: str, who: tuple[str, str]) -> None:
    assert _people(text, STATE)[later] == [who]


def test_an_envoy_of_the_house_is_not_of_the_place_that_he_deals_with() -> None:
    found = _people("Special Envoy for Iran Rolf Hagen met Oman's foreign minister.", STATE)
    assert found["Special Envoy for Iran Rolf Hagen"] == [("USA", "Rolf Hagen")]


def test_the_secretary_and_a_named_adviser_are_two() -> None:
    found = _people("The Secretary and National Security Advisor Sullivan met Japanese officials.", STATE)
    assert found["Secretary"] == [("USA", "Antony Blinken")]
    assert found["National Security Advisor Sullivan"] == [("USA", "Jake Sullivan")]


def test_a_rank_of_a_guest_named_before_is_not_one_of_the_house() -> None:
    found = _people("Blinken called UN Special Coordinator Tor Wennesland. The Special Coordinator agreed.", STATE)
    assert found["Special Coordinator"] == [("UNO", "Tor Wennesland")]


def test_a_brother_with_the_same_first_and_last_name_is_somebody_else() -> None:
    found = _people("Kuwaiti Foreign Minister Sheikh Ahmad Nasser Al-Mohammad Al-Sabah came.")
    (people,) = (who for text, who in found.items() if "Minister" in text)
    assert people[0][0] == "KWT" and "Fahad" not in (people[0][1] or "")
