"""Whose dollars, rupees and kina: by what a document says, where it is from and what it is about."""

from __future__ import annotations

import datetime as dt

import pytest

from communique import annotate, resolve
from communique.code.figures import Memory, figures
from communique.code.figures.currency import home
from communique.model import Document, Figure, Span, When
from communique.resolve import dates
from communique.settings import DEFAULT_MODEL

DAY = When(dt.date(2024, 5, 6), dt.date(2024, 5, 6), "day", "stated")


def document(text: str, url: str | None = None, source: str | None = None) -> Document:
    return Document("d", text, (Span(0, len(text)),), published=DAY, url=url, source=source)


def read(page: Document) -> list[Figure]:
    context, memory, found = resolve.Context.of(page), Memory.of(page), []
    for sentence in annotate.sentences(page, DEFAULT_MODEL):
        mentions = resolve.mentions(sentence, context)
        dated = dates.in_sentence(sentence, page.published)
        found += figures(sentence, mentions, dated, group=context.group, memory=memory)
    return found


def money(page: Document) -> list[tuple[str, str | None]]:
    return [(figure.text, figure.currency) for figure in read(page) if figure.currency]


SPENT = "Australia will spend $40 million on wharves in Vanuatu."


@pytest.mark.parametrize(
    ("url", "source", "code"),
    [
        (None, None, "USD"),
        ("https://news.example.com.au/a", None, "AUD"),
        ("http://www.example.au:8080/a?b=.ca", None, "AUD"),
        (None, "The Hobart Examiner", "AUD"),
        ("https://example.com/au/a", "Lagoon Times", "USD"),
    ],
)
def test_a_bare_dollar_is_that_of_the_outlet(url: str | None, source: str | None, code: str) -> None:
    assert money(document(SPENT, url, source)) == [("$40 million", code)]


def test_the_reason_stands_in_the_rule() -> None:
    figure = read(document(SPENT, "https://news.example.com.au/a"))[0]
    assert figure.rule == "figure.money, $ is AUD: outlet of AUS"
    assert read(document(SPENT))[0].rule == "figure.money"


def test_a_sign_of_one_s_own_beside_it_makes_the_bare_dollar_american() -> None:
    text = "Australia will lend A$60 million ($39 million) to Vanuatu."
    found = money(document(text, "https://news.example.com.au/a"))
    assert found == [("A$60 million", "AUD"), ("$39 million", "USD")]


def test_who_writes_us_dollars_for_the_others_means_its_own_by_the_bare_sign() -> None:
    text = "The bank of Ontario lent $30 million. The United States added US$5 million and 3 million American dollars."
    assert money(document(text, "https://paper.example.ca/a")) == [
        ("$30 million", "CAD"), ("US$5 million", "USD"), ("3 million American dollars", "USD"),
    ]  # fmt: skip


def test_an_agency_s_story_of_the_united_states_keeps_its_dollars() -> None:
    text = "WASHINGTON (AP) - The Pentagon asked for $9 billion. The White House agreed. A plane flew to Canada."
    assert money(document(text, "https://paper.example.ca/a")) == [("$9 billion", "USD")]
    assert home(document("The Pentagon asked for $9 billion.", "https://paper.example.ca/a")).why is not None


def test_what_the_document_says_of_its_figures_comes_first() -> None:
    text = "Fiji will pay $2 million for the bridge. All figures are in New Zealand dollars."
    assert money(document(text)) == [("$2 million", "NZD")]


def test_signs_of_several_states_go_by_the_state_named_or_the_outlet_s() -> None:
    assert money(document("Nepal paid Rs 500 million for the turbines.")) == [("Rs 500 million", "NPR")]
    assert money(document("India paid Rs 500 million for the turbines.")) == [("Rs 500 million", "INR")]
    assert money(document("Papua New Guinea paid K49 million for the turbines.")) == [("K49 million", "PGK")]
    assert money(document("Zambia paid K49 million for the turbines.")) == [("K49 million", "ZMW")]
    assert money(document("The climber stood below K2 million of years ago.")) == []
    assert money(document("It cost Rs 500 million.", "https://paper.example.pk/a")) == [("Rs 500 million", "PKR")]


def test_a_great_number_told_again_counts_the_same() -> None:
    text = "Chad asked for 3,500,000 doses from Oman. Of the 3,500,000, half came by ship."
    assert [(figure.value, figure.unit) for figure in read(document(text))] == [(3.5e6, "doses"), (3.5e6, "doses")]


def test_one_in_five_is_no_figure_and_both_ends_of_a_change_are() -> None:
    assert read(document("One in five Moldovans works in Italy.")) == []
    found = read(document("The tariff of Chad on cement went from 10 to 25 percent."))
    assert [(figure.value, figure.unit) for figure in found] == [(10.0, "percent"), (25.0, "percent")]
