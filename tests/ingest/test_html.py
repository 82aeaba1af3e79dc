"""Web pages: the whole visible text, the main text found in it, and what the page says of itself."""

from __future__ import annotations

import datetime as dt
import time

import pytest

from communique.errors import InputError
from communique.ingest import from_html

from .conftest import labelled

PARAGRAPHS = [
    "Norland and Estmark signed a treaty on fishing in Varda on Tuesday, ending a quarrel that had lasted two years.",
    "The treaty lets the boats of either country land their catch in the ports of the other, for the next ten years.",
    "Inspectors from both countries will count every box. The ministers said that their books would be public.",
    "The opposition in Norland criticised the treaty because it names no court, and asked for a vote in parliament.",
]
PAGE = f"""<!DOCTYPE html>
<html lang="en-GB"><head>
<title>Norland and Estmark sign treaty on fishing | Harbour Post</title>
<meta charset="utf-8">
<meta property="og:title" content="Norland and Estmark sign treaty on fishing">
<meta property="og:site_name" content="Harbour Post">
<meta property="article:published_time" content="2023-03-01T08:00:00Z">
<link rel="canonical" href="https://post.example/2023/03/01/treaty">
<script type="application/ld+json">{{"@context": "https://schema.org", "@graph": [{{"@type": "NewsArticle",
"headline": "Norland and Estmark sign treaty on fishing", "datePublished": "2023-03-01T08:00:00Z",
"author": [{{"@type": "Person", "name": "Ada Stone"}}, {{"@type": "Person", "name": "Ben Reed"}}]}}]}}</script>
<style>p {{ color: red }}</style></head>
<body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/w">World</a></li></ul></nav>
<main><article>
<h1>Norland and Estmark sign treaty on fishing</h1>
<p class="byline">By Ada Stone and Ben Reed</p>
<p>{PARAGRAPHS[0]}</p>
<figure><img src="a.jpg" alt="a picture nobody sees"><figcaption>The ministers in Varda.</figcaption></figure>
<p>{PARAGRAPHS[1].replace("either country", "<b>either</b> <a href='/c'>country</a>")}</p>
<script>var hidden = "never text";</script>
<p>{PARAGRAPHS[2]}</p>
<p>{PARAGRAPHS[3]}</p>
</article></main>
<aside class="related"><h3>Related</h3><ul><li><a href="/x">Storm closes the port of Varda</a></li></ul></aside>
<form class="newsletter"><p>Get our newsletter</p></form>
<footer>© 2023 Harbour Post</footer>
</body></html>"""


def test_the_article_is_the_main_text_and_the_rest_is_furniture_with_a_reason() -> None:
    found = labelled(from_html(PAGE))
    assert [line for reason, line in found if reason == "article"] == PARAGRAPHS
    assert {line: reason for reason, line in found if reason != "article"} == {
        "Home": "navigation",
        "World": "navigation",
        "Norland and Estmark sign treaty on fishing": "title",
        "By Ada Stone and Ben Reed": "byline",
        "The ministers in Varda.": "photo caption",
        "Related": "teaser list",
        "Storm closes the port of Varda": "teaser of another article",
        "Get our newsletter": "sign-up",
        "© 2023 Harbour Post": "copyright notice",
    }


def test_nothing_hidden_is_text() -> None:
    text = from_html(PAGE).text
    assert "never text" not in text
    assert "nobody sees" not in text
    assert "color" not in text


def test_inline_elements_do_not_break_a_line() -> None:
    assert PARAGRAPHS[1] in from_html(PAGE).text.split("\n")


def test_the_metadata_of_the_page_come_into_the_document() -> None:
    document = from_html(PAGE)
    assert document.title == "Norland and Estmark sign treaty on fishing"
    assert document.byline == "Ada Stone, Ben Reed"
    assert document.source == "Harbour Post"
    assert document.url == "https://post.example/2023/03/01/treaty"
    assert document.language == "en"
    assert document.media_type == "text/html"


def test_every_date_of_the_page_is_kept_and_the_best_is_chosen() -> None:
    document = from_html(PAGE.replace('2023-03-01T08:00:00Z"', '2023-03-02T08:00:00Z"', 1), date="2023-02-28")
    assert document.published.day == dt.date(2023, 2, 28)
    assert document.published.basis == "stated"
    kinds = [evidence.kind for evidence in document.date_evidence]
    assert kinds[:4] == ["input", "json-ld", "metadata", "url"]
    assert "others say" in (document.published.note or "")


def test_without_a_stated_date_metadata_give_it_as_a_page_date() -> None:
    document = from_html(PAGE)
    assert document.published.day == dt.date(2023, 3, 1)
    assert document.published.basis == "page date"


def test_a_page_without_any_date_has_none() -> None:
    document = from_html("<html><body>" + "".join(f"<p>{p}</p>" for p in PARAGRAPHS))
    assert not document.published.known


def test_what_the_caller_knows_outranks_the_page() -> None:
    document = from_html(PAGE, title="Treaty", url="https://mirror.example/t", source="Mirror")
    assert (document.title, document.url, document.source) == ("Treaty", "https://mirror.example/t", "Mirror")


def test_bytes_are_read_in_the_encoding_that_the_page_declares() -> None:
    page = '<html><head><meta charset="windows-1251"></head><body><p>Министр подписал договор о рыбной ловле.</p>'
    document = from_html(page.encode("cp1251"))
    assert "Министр подписал" in document.text
    assert document.encoding == "cp1251"
    assert any("not English" in warning for warning in document.warnings)


def test_a_page_of_one_sentence_is_article() -> None:
    document = from_html("<p>Norland met Estmark in Varda</p>")
    assert labelled(document) == [("article", "Norland met Estmark in Varda")]


def test_a_page_without_paragraphs_falls_back_on_the_cleaner() -> None:
    document = from_html("<div>" + "<br>".join(PARAGRAPHS) + "</div>")
    assert [line for reason, line in labelled(document) if reason == "article"] == PARAGRAPHS


@pytest.mark.parametrize(
    "page", ["", "   ", "<html></html>", "<script>x</script>", b"\x00\x01", "<!-- only a comment -->"]
)
def test_a_page_without_text_is_an_error(page: str | bytes) -> None:
    with pytest.raises(InputError):
        from_html(page, id="p.html")


@pytest.mark.parametrize("tag", ["div", "b", "table><tr><td"])
def test_ten_thousand_nested_tags_neither_crash_nor_hang_nor_lose_the_text(tag: str) -> None:
    begin = time.perf_counter()
    document = from_html(f"<html><body>{f'<{tag}>' * 10_000}<p>{PARAGRAPHS[0]}</p>")
    assert PARAGRAPHS[0] in document.text
    assert document.article
    assert time.perf_counter() - begin < 20


def test_a_page_that_is_too_long_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("communique.ingest.html.MAX_PAGE", 1_000)
    with pytest.raises(InputError, match="more than"):
        from_html(PAGE)


def test_a_long_page_is_left_to_the_cleaner(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("communique.ingest.html.MAX_EXTRACTED", 1_000)
    document = from_html(PAGE)
    assert PARAGRAPHS[2] in [line for reason, line in labelled(document) if reason == "article"]
    assert any("too long" in warning for warning in document.warnings)


def test_an_extractor_that_breaks_leaves_the_page_to_the_cleaner(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object, **options: object) -> None:
        raise RecursionError

    monkeypatch.setattr("trafilatura.extract", fail)
    monkeypatch.setattr("htmldate.find_date", fail)
    assert PARAGRAPHS[0] in [line for reason, line in labelled(from_html(PAGE)) if reason == "article"]


def test_the_entries_of_a_list_inside_the_article_are_article() -> None:
    entries = ["Norland opens two ports;", "Estmark sends inspectors;", "Both publish their books."]
    listed = "<ul>" + "".join(f"<li>{entry}</li>" for entry in entries) + "</ul>"
    document = from_html(PAGE.replace(f"<p>{PARAGRAPHS[3]}", f"{listed}<p>{PARAGRAPHS[3]}"))
    assert set(entries) <= {line for reason, line in labelled(document) if reason == "article"}
