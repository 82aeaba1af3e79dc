"""The sample articles are what their README says they are."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from communique import samples
from communique.ingest import read
from communique.model import Document


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Document]:
    folder = tmp_path_factory.mktemp("samples")
    samples.copy(folder)
    faults: list[object] = []
    read_in = {document.id: document for document in read([folder], report=faults.append)}
    assert not faults
    return read_in


def test_there_are_more_than_two_dozen_articles_as_text_html_and_json_lines(documents: dict[str, Document]) -> None:
    assert len(documents) >= 30
    endings = [Path(name).suffix for name in samples.articles()]
    assert endings.count(".txt") >= 10
    assert endings.count(".html") >= 10
    assert ".jsonl" in endings


def test_copies_hold_the_same_bytes_whenever_they_are_made(tmp_path: Path) -> None:
    first = [path.read_bytes() for path in samples.copy(tmp_path / "a")]
    second = [path.read_bytes() for path in samples.copy(tmp_path / "b")]
    assert first == second


def test_every_article_is_english_and_holds_a_hundred_and_twenty_words_or_more(documents: dict[str, Document]) -> None:
    for document in documents.values():
        words = sum(len(span.cut(document.text).split()) for span in document.article)
        assert document.language == "en", document.id
        assert words >= 120, document.id


def test_the_page_with_the_day_of_viewing_in_its_header_has_no_day_of_publication(
    documents: dict[str, Document],
) -> None:
    page = documents["steppe-post-pipeline.txt"]
    assert page.page_date.day is not None
    assert not page.published.known


def test_the_body_that_stands_twice_is_read_once(documents: dict[str, Document]) -> None:
    page = documents["tsushima-review-summit.txt"]
    article = " ".join(span.cut(page.text) for span in page.article)
    assert page.repeats
    assert article.count("Japan will pay 900 million yen") == 1


def test_some_pages_have_no_date_and_say_so(documents: dict[str, Document]) -> None:
    for name in ("silk-gazette-undated.txt", "torres-sentinel-undated.txt", "sahel-brief-visas"):
        assert not documents[name].published.known


def test_readme_names_only_files_and_documents_that_exist(documents: dict[str, Document]) -> None:
    readme = (Path(samples.__file__).parent / "README.md").read_text(encoding="utf8")
    named = re.findall(r"`([a-z-]+\.(?:txt|html|jsonl))`", readme)
    assert len(named) >= 12
    assert set(named) <= set(samples.articles())


def test_no_address_in_the_samples_is_one_that_could_exist() -> None:
    folder = Path(samples.__file__).parent / "articles"
    for path in sorted(folder.iterdir()):
        for host in re.findall(r"https?://([^/\"\s<]+)", path.read_text(encoding="utf8")):
            assert host.endswith(".example") or host == "schema.org", (path.name, host)
