"""JSON Lines: the fields, and lines that are not what they should be."""

from __future__ import annotations

import datetime as dt
import io
import json
from pathlib import Path
from typing import Any

import pytest

from communique import ingest
from communique.errors import CommuniqueError
from communique.ingest.jsonl import read_json, read_lines
from communique.model import Document

STORY = "Norland and Estmark signed a treaty on fishing in Varda on Tuesday. It runs for ten years."


def run(*lines: Any) -> tuple[list[Document], list[CommuniqueError]]:
    faults: list[CommuniqueError] = []
    raw = b"\n".join(line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines)
    return list(read_lines(io.BytesIO(raw), "news.jsonl", faults.append)), faults


def test_every_field_of_a_line_comes_into_the_document() -> None:
    line = {
        "id": "n1",
        "text": STORY,
        "title": "Treaty signed",
        "url": "https://post.example/a",
        "source": "Harbour Post",
        "date": "2023-03-01T09:30:00Z",
        "byline": "Ada Stone",
    }
    (document,), _ = run(line)
    assert (document.id, document.title, document.url) == ("n1", "Treaty signed", "https://post.example/a")
    assert (document.source, document.byline) == ("Harbour Post", "Ada Stone")
    assert document.published.day == dt.date(2023, 3, 1)
    assert document.published.basis == "stated"
    assert document.text == STORY


def test_a_line_without_an_id_is_called_by_its_number() -> None:
    documents, _ = run({"text": STORY}, b"", {"text": STORY})
    assert [document.id for document in documents] == ["news.jsonl:1", "news.jsonl:3"]


def test_a_number_as_id_becomes_text() -> None:
    (document,), _ = run({"id": 7, "text": STORY})
    assert document.id == "7"


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (b"not json", "not JSON"),
        (b'{"text": "cut', "not JSON"),
        (b"[1, 2]", "not an object"),
        (b'{"id": "a"}', "neither text nor html"),
        (b'{"text": "  "}', "neither text nor html"),
        (b'{"text": 5.5, "html": null}', None),
        (b'{"a":' * 60_000, "JSON"),
        (b'{"html": "<html></html>"}', "no text"),
    ],
)
def test_a_line_that_cannot_be_read_is_one_error_with_its_number(line: bytes, says: str | None) -> None:
    documents, faults = run({"id": "a", "text": STORY}, line, {"id": "b", "text": STORY})
    assert {"a", "b"} <= {document.id for document in documents}
    if says is None:
        assert not faults
        return
    assert len(faults) == 1
    assert says in faults[0].what
    assert faults[0].where == "news.jsonl:2"


def test_a_line_with_html_alone_is_read_as_a_page() -> None:
    (document,), _ = run({"id": "p", "html": f"<h1>Treaty signed</h1><p>{STORY}</p>"})
    assert document.media_type == "text/html"


def test_text_beside_html_gives_the_spans_and_html_the_metadata() -> None:
    html = (
        '<html><head><meta property="og:site_name" content="Harbour Post">'
        '<meta property="article:published_time" content="2023-03-01"></head><h1>Treaty signed in Varda</h1>'
    )
    (document,), _ = run({"id": "p", "text": STORY, "html": html})
    assert document.text == STORY
    assert document.source == "Harbour Post"
    assert document.title == "Treaty signed in Varda"
    assert document.published.day == dt.date(2023, 3, 1)


def test_a_half_character_is_replaced_and_noted() -> None:
    (document,), _ = run(b'{"text": "Norland met \\ud800 Estmark."}')
    assert document.text == "Norland met \ufffd Estmark."
    assert document.warnings


@pytest.mark.parametrize("name", ["id", "title", "byline", "url", "source", "date", "html"])
def test_a_half_character_in_any_field_can_be_kept(name: str) -> None:
    row = {"id": "1", "text": "Norland met Estmark.", "url": "https://news.example/1", name: "a\ud800b"}
    [document], faults = run(row)
    assert faults == []
    for told in (document.id, document.title, document.byline, document.url, document.source, *document.warnings):
        (told or "").encode("utf8")


@pytest.mark.parametrize("name", ["id", "title", "url", "language", "date_published"])
def test_a_half_character_in_any_field_of_a_feed_can_be_kept(tmp_path: Path, name: str) -> None:
    item = {"id": "1", "content_text": "Norland met Estmark.", name: "a\ud800b"}
    feed = {"version": "https://jsonfeed.org/version/1.1", "items": [item]}
    (tmp_path / "a.json").write_text(json.dumps(feed), "utf8")
    [document] = ingest.read([tmp_path / "a.json"], report=pytest.fail)
    for told in (document.id, document.title, document.byline, document.url, document.source, *document.warnings):
        (told or "").encode("utf8")


def test_a_line_too_long_is_thrown_away_and_the_rest_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("communique.ingest.jsonl.MAX_LINE", 200)
    documents, faults = run({"text": "word " * 100}, {"id": "b", "text": "Norland met Estmark."})
    assert [document.id for document in documents] == ["b"]
    assert faults[0].where == "news.jsonl:1"


@pytest.mark.parametrize(
    "raw",
    [
        json.dumps([{"id": "a", "text": STORY}, {"id": "b", "text": STORY}]),
        json.dumps([{"id": "a", "text": STORY}, {"id": "b", "text": STORY}], indent=2),
        '{"id": "a", "text": "x y."}\n{"id": "b", "text": "x z."}',
    ],
)
def test_a_json_file_may_hold_a_list_or_lines(raw: str) -> None:
    faults: list[CommuniqueError] = []
    assert [document.id for document in read_json(raw.encode(), "news.json", faults.append)] == ["a", "b"]
    assert not faults


def test_a_json_file_may_hold_one_object() -> None:
    (document,) = read_json(json.dumps({"text": STORY}).encode(), "one.json", print)
    assert document.id == "one.json"


def test_an_entry_of_a_list_that_cannot_be_read_costs_itself_alone() -> None:
    faults: list[CommuniqueError] = []
    raw = json.dumps([{"id": "a", "text": STORY}, 5]).encode()
    assert len(list(read_json(raw, "news.json", faults.append))) == 1
    assert faults[0].where == "news.json:2"
