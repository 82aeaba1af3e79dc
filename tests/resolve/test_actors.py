"""Who a phrase stands for, sentence by sentence."""

from __future__ import annotations

import datetime as dt

import pytest

from communique import annotate
from communique.model import Document, Mention, Span, When
from communique.resolve import Context, mentions, resolve_mention
from communique.settings import DEFAULT_MODEL


def named(text: str, day: dt.date | None = None) -> list[Mention]:
    document = Document("test", text, (Span(0, len(text)),), published=When(day, day))
    context = Context.of(document)
    return [m for s in annotate.sentences(document, DEFAULT_MODEL) for m in mentions(s, context)]


def codes(text: str, words: str) -> tuple[str, ...]:
    return next(m.codes for m in named(text) if m.text == words)


@pytest.mark.parametrize(
    ("mention", "code", "sector"),
    [
        ("Kenyan farmers", "KEN", "AGR"),
        ("the Swedish government", "SWE", "GOV"),
        ("Bolivian police", "BOL", "COP"),
        ("Congolese rebels", None, "REB"),
        ("smugglers", None, "CRM"),
        ("the Kremlin", "RUS", "GOV"),
        ("the president of Zambia", "ZMB", "GOV"),
    ],
)
def test_a_phrase_gives_its_state_and_its_sector(mention: str, code: str | None, sector: str) -> None:
    found = resolve_mention(mention)
    assert sector in found.sector
    if code:
        assert found.code == code


def test_an_office_is_whoever_held_it_on_the_day() -> None:
    assert resolve_mention("Vladimir Putin", dt.date(2009, 3, 1)).office == "Prime Minister"
    assert resolve_mention("Vladimir Putin", dt.date(2015, 3, 1)).office == "President"
    assert resolve_mention("the Chinese president", dt.date(2011, 5, 1)).name == "Hu Jintao"


def test_a_former_leader_acts_for_nobody_s_government() -> None:
    found = named("Former French president Nicolas Sarkozy arrived in Doha.", dt.date(2024, 1, 5))[0]
    assert found.actors[0].sector == ("ELI",)
    assert found.actors[0].office is None


def test_a_surname_means_whom_the_article_named_before() -> None:
    found = named("Kaja Kallas met diplomats in Tallinn. Kallas then flew to Riga.")
    again = next(m for m in found if m.text == "Kallas")
    assert again.actors[0].name == "Kaja Kallas"
    assert again.via == "surname"


def test_the_two_countries_are_the_pair_that_acts() -> None:
    text = "Laos and Thailand signed a pact. The two countries will share a dam."
    assert set(codes(text, "The two countries")) == {"LAO", "THA"}


def test_both_sides_of_the_nearer_pair_are_meant() -> None:
    text = "Tension between Peru and Chile grew while Spain watched, with both countries recalling envoys."
    assert set(codes(text, "both countries")) == {"PER", "CHL"}


def test_an_apposition_is_one_actor() -> None:
    found = named("Ann Smith, the Irish finance minister, resigned.")
    assert [m.codes for m in found] == [("IRL",)]


def test_coordinated_nationalities_are_two_actors_of_one_kind() -> None:
    assert set(codes("Greek and Turkish troops clashed.", "Greek and Turkish troops")) == {"GRC", "TUR"}


def test_it_that_is_nobody_stays_nobody() -> None:
    assert all(m.text != "it" for m in named("Spain waited, and it was clear that nothing would happen."))


def test_spans_cut_the_words_of_the_mention() -> None:
    text = "Officials in Nairobi said the Ugandan army had crossed the lake."
    for mention in named(text):
        assert mention.span.cut(text) == mention.text


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Georgia's breakaway Abkhazia is guarded by troops near Tbilisi.", "GEO"),
        ("Voters in Georgia chose a Republican senator after a runoff in Atlanta.", "USA"),
        ("Turkey recalled its ambassador.", "TUR"),
        ("Niger closed its border with Nigeria.", "NER"),
        ("Chad expelled an envoy.", "TCD"),
    ],
)
def test_names_with_several_bearers_are_decided_by_what_stands_around(text: str, code: str) -> None:
    assert code in named(text)[0].codes
