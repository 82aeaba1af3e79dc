"""What a page's head says, in its many forms."""

from __future__ import annotations

import json
from typing import Any

import lxml.html
import pytest

from communique.ingest.metadata import Metadata, read_metadata


def meta(head: str, body: str = "<p>x</p>", lang: str = "") -> Metadata:
    return read_metadata(lxml.html.document_fromstring(f"<html{lang}><head>{head}</head><body>{body}</body></html>"))


def ld(*things: Any) -> str:
    return "".join(f'<script type="application/ld+json">{json.dumps(thing)}</script>' for thing in things)


@pytest.mark.parametrize(
    ("author", "expected"),
    [
        ("Ada Stone", "Ada Stone"),
        ("By Ada Stone", "Ada Stone"),
        ({"@type": "Person", "name": "Ada Stone"}, "Ada Stone"),
        ([{"name": "Ada Stone"}, {"name": "Ben Reed"}], "Ada Stone, Ben Reed"),
        ([{"name": ["Ada Stone", "Ben Reed"]}], "Ada Stone, Ben Reed"),
        ({"name": "https://post.example/ada"}, None),
        (None, None),
    ],
)
def test_authors_come_in_many_forms(author: Any, expected: str | None) -> None:
    assert meta(ld({"@type": "NewsArticle", "author": author})).byline == expected


def test_an_author_in_a_meta_tag_is_no_address() -> None:
    tags = '<meta property="article:author" content="https://face.example/ada"><meta name="author" content="Ada Stone">'
    assert meta(tags).byline == "Ada Stone"


def test_the_heading_that_the_metadata_agree_with_is_the_title() -> None:
    head = '<meta property="og:title" content="Norland signs treaty | Harbour Post">'
    assert meta(head, "<h1>Harbour Post</h1><h1>Norland signs the treaty</h1>").title == "Norland signs the treaty"


def test_without_a_heading_the_name_of_the_page_loses_its_site() -> None:
    assert meta("<title>Norland signs the treaty - Harbour Post</title>").title == "Norland signs the treaty"


def test_the_outlet_is_the_site_name_or_the_publisher() -> None:
    assert meta('<meta property="og:site_name" content="Harbour Post">').source == "Harbour Post"
    assert meta(ld({"@type": "NewsArticle", "publisher": {"name": "Harbour Post"}})).source == "Harbour Post"
    assert meta("").source is None


@pytest.mark.parametrize(
    ("lang", "expected"), [(' lang="en-US"', "en"), (' lang="DE"', "de"), ("", None), (' lang="x"', None)]
)
def test_the_language_is_what_the_page_declares(lang: str, expected: str | None) -> None:
    assert meta("", lang=lang).language == expected


def test_an_address_must_be_whole() -> None:
    assert meta('<link rel="canonical" href="/treaty">').url is None
    assert meta('<link rel="canonical" href="https://post.example/treaty">').url == "https://post.example/treaty"


def test_dates_are_kept_by_kind_in_order_of_trust() -> None:
    found = meta(
        ld({"@type": ["NewsArticle"], "datePublished": "2023-03-01"}) + '<meta name="date" content="2023-03-02">'
        '<link rel="canonical" href="https://post.example/2023/03/03/a">',
        '<time class="published" datetime="2023-03-04">today</time><time datetime="2023-03-05">not this</time>',
    ).dates
    assert [(e.kind, e.earliest.day) for e in found] == [("json-ld", 1), ("metadata", 2), ("metadata", 4), ("url", 3)]


@pytest.mark.parametrize(
    "script",
    ["{", "[]", "5", '"text"', "null", "{" * 5_000, '{"@type": {"a": 1}}', '{"@type": "NewsArticle", "author": 5}'],
)
def test_broken_json_ld_is_passed_over(script: str) -> None:
    assert meta(f'<script type="application/ld+json">{script}</script>').byline is None
