"""Plain text: kept to the letter, short texts never lost, what the page says of itself."""

from __future__ import annotations

import datetime as dt

import pytest

from communique.errors import InputError
from communique.ingest import from_text
from communique.model import Span

from .conftest import labelled

BODY = """The two ministers met in Varda on Tuesday and signed a treaty on fishing. It runs for ten years.

The treaty lets the boats of either country land their catch in the ports of the other. The ministers said that
inspectors would count every box.

The opposition in Norland criticised the treaty because it names no court."""


@pytest.mark.parametrize(
    "text",
    [
        "Xi visits Putin",
        "Share of exports to Norland falls",
        "Home Secretary meets Estmark's ambassador",
        "By Tuesday both sides had withdrawn their troops",
        "Advertisement ban agreed by ministers of nine states",
        "Most popular leader in Estmark visits Norland. He brings a treaty.",
        "Norland's president arrived in Varda on Monday. He will meet the prime minister.",
        "Leave a reply",
        "© Danube Post 2023",
    ],
)
def test_a_text_of_one_line_is_wholly_article(text: str) -> None:
    document = from_text(text)
    assert labelled(document) == [("article", text)]
    assert document.title is None


def test_two_headlines_without_any_paragraph_stay_article() -> None:
    text = "Norland recalls its ambassador\nEstmark closes the border"
    assert [reason for reason, _ in labelled(from_text(text))] == ["article", "article"]


def test_a_text_of_nothing_but_furniture_is_given_back_as_article_rather_than_lost() -> None:
    document = from_text("Share this\nAdvertisement")
    assert document.article


def test_the_text_is_kept_to_the_letter_with_its_newlines_and_spaces() -> None:
    text = "  A Title Of Some Length Here\r\n\r\n" + BODY.replace("\n", "\r\n") + "  \r\n"
    assert from_text(text).text == text


def test_a_title_that_is_given_is_found_again_in_the_text_and_not_coded() -> None:
    document = from_text(f"Ministers sign a treaty\n\n{BODY}", title="Ministers sign a treaty")
    assert labelled(document)[0] == ("title", "Ministers sign a treaty")
    assert document.title == "Ministers sign a treaty"


def test_a_title_that_is_the_whole_text_stays_article() -> None:
    document = from_text("Ministers sign a treaty", title="Ministers sign a treaty")
    assert labelled(document) == [("article", "Ministers sign a treaty")]


def test_a_first_paragraph_is_no_title() -> None:
    assert from_text(BODY).title is None


def test_a_cut_off_line_of_a_menu_is_no_title() -> None:
    page = f"Home World Ministers Sign A Treaty On...\n\nMinisters Sign A Treaty On Fishing In Varda\n\n{BODY}"
    document = from_text(page)
    assert document.title == "Ministers Sign A Treaty On Fishing In Varda"
    assert labelled(document)[0][0] == "breadcrumb"


def test_a_date_above_the_article_is_the_pages_and_not_the_articles() -> None:
    document = from_text(f"Sat. May 18th, 2024\n\n{BODY}")
    assert document.page_date.day == dt.date(2024, 5, 18)
    assert document.page_date.basis == "stated"
    assert "viewing" in (document.page_date.note or "")
    assert not document.published.known
    assert [(e.kind, e.earliest) for e in document.date_evidence] == [("header", dt.date(2024, 5, 18))]


def test_a_date_under_the_title_is_the_articles() -> None:
    document = from_text(f"Ministers sign a treaty on fishing\nBy Ada Stone\nMarch 1, 2023\n\n{BODY}")
    assert document.published.day == dt.date(2023, 3, 1)
    assert document.published.basis == "stated"
    assert document.byline == "Ada Stone"


def test_a_dateline_with_a_full_date_is_evidence_but_no_publication_day() -> None:
    document = from_text(BODY.replace("The two", "VARDA, June 5, 2019 (Wire) - The two", 1))
    assert [(e.kind, e.earliest) for e in document.date_evidence] == [("dateline", dt.date(2019, 6, 5))]
    assert not document.published.known


def test_what_the_caller_says_outranks_what_the_page_says() -> None:
    document = from_text(
        f"Ministers sign a treaty on fishing\nBy Ada Stone\nMarch 1, 2023\n\n{BODY}",
        date="2023-02-28",
        url="https://post.example/2023/03/02/treaty",
        source="Harbour Post",
    )
    assert document.published.day == dt.date(2023, 2, 28)
    assert [e.kind for e in document.date_evidence] == ["input", "url", "byline"]
    assert document.source == "Harbour Post"


def test_a_date_that_cannot_be_read_is_said_so() -> None:
    document = from_text(BODY, date="last spring")
    assert not document.published.known
    assert any("last spring" in warning for warning in document.warnings)


def test_the_outlet_is_the_site_of_the_url() -> None:
    assert from_text(BODY, url="https://www.post.example/a").source == "post.example"


def test_the_outlet_is_the_site_in_the_byline_or_the_copyright_line() -> None:
    assert from_text(f"{BODY}\n\nAda Stonehttp://harbourpost.com\n").source == "harbourpost.com"
    assert (
        from_text(f"{BODY}\n\n© Ada Stone and Harbourpost.Com, 2020. All rights reserved.").source == "harbourpost.com"
    )


def test_text_that_was_read_in_the_wrong_encoding_is_kept_and_noted() -> None:
    text = "The ministerâ€™s visit to Varda was short."
    document = from_text(text)
    assert document.text == text
    assert any("encoding" in warning for warning in document.warnings)


def test_an_article_in_another_language_is_noted() -> None:
    document = from_text("Der Minister traf am Dienstag in Wien ein und sprach mit dem Kanzler über den Vertrag.")
    assert document.language == "de"
    assert any("not English" in warning for warning in document.warnings)


@pytest.mark.parametrize("text", ["", "  \n\t "])
def test_an_empty_text_is_an_error_that_says_what_to_do(text: str) -> None:
    with pytest.raises(InputError, match="no text") as fault:
        from_text(text, id="a.txt")
    assert fault.value.where == "a.txt"
    assert fault.value.advice


def test_a_text_that_is_far_too_long_is_an_error() -> None:
    with pytest.raises(InputError, match="more than"):
        from_text("word " * 2_500_000)


def test_a_line_that_is_far_too_long_is_set_aside_and_the_rest_is_kept() -> None:
    document = from_text("x" * 1_200_000 + "\n\n" + BODY)
    assert document.furniture[0].span == Span(0, 1_200_000)
    assert document.article
    assert any("characters" in warning for warning in document.warnings)
