"""Whom pronouns, pairs, descriptions and "we" mean, each beside the text that decides it."""

from __future__ import annotations

import datetime as dt

import pytest

from communique import ingest, pipeline
from communique.model import Mention
from communique.settings import Settings


@pytest.fixture(scope="module")
def coder() -> pipeline.Coder:
    return pipeline.Coder(Settings(kinds=(), encoder=False))


def _codes(coder: pipeline.Coder, text: str, words: str, url: str | None = None, nth: int = 0) -> set[str]:
    found = _mention(coder, text, words, url, nth)
    return set(found.codes) if found else set()


def _mention(coder: pipeline.Coder, text: str, words: str, url: str | None = None, nth: int = 0) -> Mention | None:
    document = ingest.from_text(text, id="x", url=url, date=dt.date(2021, 6, 15).isoformat())
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    end = start + len(words)
    found = [m for _, m in coder.code(document).mentions if m.span.start < end and start < m.span.end]
    return min(found, key=lambda m: abs(m.span.end - end), default=None)


@pytest.mark.parametrize(
    ("text", "words", "codes"),
    [
        (
            "Ghana and Togo reopened a crossing in May. The two countries had closed it in 2020.",
            "two countries",
            "GHA TGO",
        ),
        ("Kenya's talks with Uganda ended on Monday. Both sides spoke of progress.", "Both sides", "KEN UGA"),
        (
            "The Swedish minister flew to Oslo. Sweden, Norway and Denmark share a border plan. "
            "The three countries will sign it in May.",
            "three countries",
            "SWE NOR DNK",
        ),
        (
            "China's trade with Japan fell. India and Nepal, however, opened a new bridge. "
            "The two neighbours also agreed on power lines.",
            "two neighbours",
            "IND NPL",
        ),
        ("Peru and Chile met in Lima. Their leaders will meet again, and they agreed on a date.", "they", "PER CHL"),
        ("Serbia says that it will not join the sanctions.", "it ", "SRB"),
        ("Fiji asked New Zealand for help. It said that a cyclone had destroyed two ports.", "It ", "FJI"),
        ("Vietnam called on Cambodia to say whether it had moved the markers.", "it had", "KHM"),
    ],
)
def test_pairs_and_pronouns_mean_who_was_named(coder: pipeline.Coder, text: str, words: str, codes: str) -> None:
    assert _codes(coder, text, words) == set(codes.split())


@pytest.mark.parametrize(
    "text",
    [
        "Kenya reopened the road. It remains to be seen whether traders return.",
        "The summit between Kenya and Uganda lasted a day. It ended without a statement.",
        "Kenya celebrated the anniversary. It was a day of parades.",
    ],
)
def test_an_it_that_means_a_thing_is_nobody(coder: pipeline.Coder, text: str) -> None:
    assert _codes(coder, text, "It ") == set()


def test_the_minister_is_the_one_who_was_named_with_that_title(coder: pipeline.Coder) -> None:
    text = (
        "Norwegian Foreign Minister Ine Eriksen Soreide met Polish Prime Minister Mateusz Morawiecki in Oslo. "
        "The Prime Minister thanked the Foreign Minister for the invitation."
    )
    assert _codes(coder, text, "The Prime Minister") == {"POL"}
    assert _codes(coder, text, "the Foreign Minister") == {"NOR"}


def test_the_country_is_not_the_one_that_acts_on_it(coder: pipeline.Coder) -> None:
    text = "Zambia is short of maize. Brazil will send grain to the country in July."
    assert _codes(coder, text, "the country") == {"ZMB"}


def test_she_is_the_woman_of_two(coder: pipeline.Coder) -> None:
    text = "German Chancellor Angela Merkel called Russian President Vladimir Putin. She asked for restraint."
    assert _codes(coder, text, "She") == {"DEU"}


def test_an_owner_gives_what_it_owns_its_state(coder: pipeline.Coder) -> None:
    text = "Eritrea denied the report. Its army had not crossed the river, a spokesman said."
    assert _codes(coder, text, "Its army") == {"ERI"}


def test_we_in_a_quote_is_who_says_it(coder: pipeline.Coder) -> None:
    text = "“We will not accept threats,” Turkish Foreign Minister Mevlut Cavusoglu said in Athens."
    assert _codes(coder, text, "We") == {"TUR"}


def test_we_on_the_page_of_a_ministry_is_its_state_and_in_a_newspaper_nobody(coder: pipeline.Coder) -> None:
    text = "The flood took many lives in the north of Ghana. We offer our condolences to all families."
    assert _codes(coder, text, "We", url="https://www.mofa.go.kr/a/1") == {"KOR"}
    assert _codes(coder, text, "We", url="https://www.example.com/a/1") == set()


def test_we_after_a_label_is_who_the_label_names(coder: pipeline.Coder) -> None:
    text = (
        "PRIME MINISTER RAMA: Thank you for coming to Tirana. We have waited long for this.\n"
        "QUESTION: Why do we still wait?"
    )
    assert _codes(coder, text, "We have") == {"ALB"}
    assert _codes(coder, text, "we still") == set()


def test_what_refers_back_is_less_sure_than_a_name(coder: pipeline.Coder) -> None:
    text = "Ghana and Togo reopened a crossing in May. The two countries had closed it in 2020."
    back, name = _mention(coder, text, "two countries"), _mention(coder, text, "Ghana")
    assert back is not None and name is not None
    assert back.confidence < name.confidence
