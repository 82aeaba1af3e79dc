"""A paragraph that travels is shown beside each article that holds it, and copies of the whole are told apart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from communique import merge
from communique.archive import Archive
from communique.cli.app import app
from communique.ingest import from_text
from communique.merge import passages
from communique.model import Coded, Document, Span

BACKGROUND = (
    "The two countries have argued over the fishing grounds north of the Lena islands since 1974, when a court in "
    "Valmar drew a line between their waters that neither of them has ever put on its own official charts."
)
FIRST = (
    "Fishermen from the island of Lena set out again on Monday after a ban of six weeks, and the harbour master saw "
    "ninety boats before noon, more than on any other day of a spring that had been unusually cold and windy."
)
SECOND = (
    "A court in the capital heard for the first time on Thursday how the ministry came by its figures for the herring "
    "catch, which two institutes of the neighbouring country had called impossible at a hearing in the autumn."
)


def page(name: str, *paragraphs: str, day: str) -> Document:
    text, spans, at = "\n".join(paragraphs), [], 0
    for paragraph in paragraphs:
        spans.append(Span(at, at + len(paragraph)))
        at += len(paragraph) + 1
    return replace(from_text(text, id=name, date=day), article=tuple(spans), source=name.title())


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("passages") / "news.db"
    with Archive(made) as archive:
        for document in (
            page("courier", FIRST, BACKGROUND, day="2021-03-05"),
            page("mirror", FIRST, BACKGROUND, day="2021-03-06"),
            page("post", SECOND, BACKGROUND, SECOND[::-1], day="2021-03-07"),
        ):
            archive.add(Coded(document))
        merge.refresh(archive)
    return made


@pytest.fixture
def archive(path: Path) -> Iterator[Archive]:
    with Archive(path) as held:
        yield held


def key(archive: Archive, name: str) -> str:
    return next(document.key for document in archive.documents() if document.id == name)


def test_a_paragraph_that_stands_in_other_texts_names_them_the_earliest_first(archive: Archive) -> None:
    found = passages.travels(archive, key(archive, "post"))
    assert (found.copies, len(found.passages)) == (0, 1)
    only = found.passages[0]
    assert only.span.cut(archive.document(key(archive, "post")).text) == BACKGROUND
    assert (only.documents, [each.id for each in only.elsewhere]) == (2, ["courier", "mirror"])


def test_a_copy_of_the_whole_is_a_copy_and_no_passage(archive: Archive) -> None:
    found = passages.travels(archive, key(archive, "mirror"))
    assert (found.copies, [each.id for each in found.earliest]) == (1, ["courier"])
    assert [[each.id for each in passage.elsewhere] for passage in found.passages] == [["post"]]


def test_documents_that_are_looked_at_together_share_a_passage_once_for_each_text(archive: Archive) -> None:
    found = passages.shared(archive, [key(archive, name) for name in ("post", "mirror", "courier")])
    assert [(each.documents, [other.id for other in each.elsewhere]) for each in found] == [(2, ["courier", "post"])]
    assert passages.shared(archive, [key(archive, "courier"), key(archive, "mirror")]) == []


def test_show_says_where_else_a_text_and_its_paragraphs_stand(path: Path) -> None:
    shown = " ".join(CliRunner().invoke(app, ["show", "mirror", "--archive", str(path)]).output.split())
    assert "same text also in Courier" in shown
    assert "passage “The two countries have argued over the fishing" in shown
    assert "also in Post" in shown
