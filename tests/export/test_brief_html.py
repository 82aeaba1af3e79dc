"""The page of a brief: one file that needs nothing, is honest about markup, and can be read by everybody."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import lxml.html
import pytest
from tests.reports import Said, report

from communique.archive import Archive
from communique.export.brief import render

SIGNED = {"event": "SUPPORT", "act": "signed", "actor": "CHN, RUS", "date": "2024-09-14"}


@pytest.fixture
def page(tmp_path: Path) -> Iterator[str]:
    with Archive(tmp_path / "a.db") as held:
        held.add(
            report(
                "<img src=x>.txt",
                Said("Before it, talks went on.", ()),
                Said('China & Russia signed an <script>alert("x")</script> accord.', (SIGNED,)),
                source="Wire </details>",
                title="<b>Signed</b>",
            )
        )
        yield render(held, "CHN", "RUS", format="html")


def test_words_of_a_page_never_become_markup(page: str) -> None:
    tree = lxml.html.document_fromstring(page)
    assert not tree.xpath("//script")
    assert not tree.xpath("//img")
    assert not tree.xpath("//main//b")
    assert 'alert("x")' in tree.text_content()


def test_it_loads_nothing_from_anywhere(page: str) -> None:
    tree = lxml.html.document_fromstring(page)
    assert not tree.xpath("//link | //iframe | //object | //*[@src]")
    assert not re.search(r"url\(|@import", page)
    for address in re.findall(r"(?:href|src)=\"([^\"]*)\"", page):
        assert address.startswith("#"), address


def test_each_citation_opens_the_sentence_in_its_paragraph_with_its_words_marked(page: str) -> None:
    tree = lxml.html.document_fromstring(page)
    opened = tree.xpath("//section[@id='timeline']//details")
    assert len(opened) == 1
    assert opened[0].xpath(".//mark/text()") == ["signed"]
    assert "China & Russia signed an" in opened[0].xpath("string(.//*[@class='sentence'])")


def test_every_link_inside_the_page_has_its_target(page: str) -> None:
    tree = lxml.html.document_fromstring(page)
    targets = set(tree.xpath("//@id"))
    links = {link.removeprefix("#") for link in tree.xpath("//a/@href") if link.startswith("#")}
    assert links
    assert links <= targets
    assert len(tree.xpath("//@id")) == len(targets)


def test_it_has_language_title_headings_in_order_and_a_described_chart(page: str) -> None:
    tree = lxml.html.document_fromstring(page)
    assert tree.get("lang") == "en"
    assert tree.findtext(".//title")
    levels = [int(heading.tag[1]) for heading in tree.xpath("//h1 | //h2 | //h3")]
    assert levels[0] == 1
    assert set(levels[1:]) == {2}
    chart = tree.xpath("//*[@role='img']")[0]
    assert "China and Russia" in chart.get("aria-label")
    assert chart.xpath(".//*[local-name()='svg']")
    assert tree.xpath("//main") and tree.xpath("//nav[@aria-label]")


def test_it_has_a_dark_and_a_printed_form(page: str) -> None:
    assert "prefers-color-scheme: dark" in page
    assert "@media print" in page


def test_only_addresses_of_the_web_become_links(tmp_path: Path) -> None:
    from dataclasses import replace

    coded = report("a.txt", Said("China and Russia signed an accord.", (SIGNED,)), title="T")
    for number, (address, linked) in enumerate((("https://wire.example/a", True), ("javascript:alert(1)", False))):
        with Archive(tmp_path / f"{number}.db") as held:
            held.add(replace(coded, document=replace(coded.document, url=address)))
            page = render(held, "CHN", "RUS", format="html")
        assert (f'href="{address}"' in page) is linked
