"""Titles in a row with a name, as one mention of one person."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique import annotate
from communique.model import Document, Span, When
from communique.resolve import Context, mentions
from communique.resolve.titles import chains
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
    ],
)
def test_titles_and_the_name_after_them_are_one_chain(text: str, whole: str, name: str) -> None:
    (chain,) = chains(text)
    assert text[chain.start : chain.end] == whole
    assert text[chain.name : chain.end] == name


def test_an_office_with_its_own_article_is_somebody_else_than_the_named_one_after_and() -> None:
    text = "The President and Prime Minister Rao met."
    assert [text[c.start : c.end] for c in chains(text)] == ["Prime Minister Rao"]


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
