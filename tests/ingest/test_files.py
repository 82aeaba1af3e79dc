"""Files, folders and standard input: each thing that cannot be read costs itself alone."""

from __future__ import annotations

import gzip
import io
import json
import os
from pathlib import Path

import pytest

from communique.errors import CommuniqueError, InputError
from communique.ingest import count, read
from communique.ingest.files import sniff
from communique.model import Document

STORY = "Norland and Estmark signed a treaty on fishing in Varda on Tuesday. It runs for ten years."
PAGE = (
    f"<!DOCTYPE html><html><head><title>Treaty</title></head><body><p>{STORY}</p><p>{STORY[:40]} too.</p></body></html>"
)


def run(*inputs: str | Path, stdin: bytes | None = None) -> tuple[list[Document], list[CommuniqueError]]:
    faults: list[CommuniqueError] = []
    stream = io.BytesIO(stdin) if stdin is not None else None
    return list(read(inputs, report=faults.append, stdin=stream)), faults


@pytest.mark.parametrize("ending", [".txt", ".md", ""])
def test_a_text_file_is_one_document_with_the_files_name(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"treaty{ending}"
    path.write_bytes(STORY.encode() + b"\r\n")
    (document,), faults = run(path)
    assert not faults
    assert (document.id, document.text, document.media_type) == (path.name, STORY + "\r\n", "text/plain")


@pytest.mark.parametrize("ending", [".html", ".htm", ".xhtml", ".dat", ""])
def test_a_page_is_known_by_its_ending_or_by_what_it_holds(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"page{ending}"
    path.write_text(PAGE, encoding="utf8")
    (document,), _ = run(path)
    assert document.media_type == "text/html"
    assert STORY in document.text


@pytest.mark.parametrize("ending", [".jsonl", ".ndjson", ".lines"])
def test_json_lines_are_known_by_their_ending_or_by_what_they_hold(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"news{ending}"
    path.write_text(json.dumps({"id": "a", "text": STORY}) + "\n" + json.dumps({"text": STORY}), encoding="utf8")
    documents, _ = run(path)
    assert [document.id for document in documents] == ["a", f"news{ending}:2"]


@pytest.mark.parametrize(
    ("name", "data"), [("a.txt.gz", STORY), ("a.html.gz", PAGE), ("a.jsonl.gz", '{"text": "Norland met Estmark."}')]
)
def test_each_kind_may_be_packed_with_gzip(tmp_path: Path, name: str, data: str) -> None:
    path = tmp_path / name
    path.write_bytes(gzip.compress(data.encode()))
    documents, faults = run(path)
    assert len(documents) == 1
    assert not faults


def test_a_folder_is_read_in_order_of_names_with_what_is_below_and_without_hidden_files(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "sub/c.txt", ".hidden.txt", ".git/d.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(STORY, encoding="utf8")
    documents, _ = run(tmp_path)
    assert [document.id for document in documents] == ["a.txt", "b.txt", "c.txt"]


def test_two_files_of_one_name_are_called_by_their_paths_in_the_folder(tmp_path: Path) -> None:
    for name in ("north/a.txt", "south/a.txt", "south/b.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(STORY, encoding="utf8")
    documents, _ = run(tmp_path)
    assert [document.id for document in documents] == ["north/a.txt", "south/a.txt", "b.txt"]


def test_standard_input_is_one_text_unless_it_is_json_lines_or_a_page() -> None:
    (text,), _ = run("-", stdin=STORY.encode())
    assert (text.id, text.text) == ("stdin", STORY)
    documents, _ = run("-", stdin=b'\n {"id": "x", "text": "Norland met Estmark."}\n{"text": "Estmark met Norland."}')
    assert [document.id for document in documents] == ["x", "stdin:3"]
    (page,), _ = run("-", stdin=PAGE.encode())
    assert page.media_type == "text/html"


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n\t\n", "empty"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n" + bytes(200), "binary"),
        ("noise.txt", bytes(range(256)) * 8, "binary"),
        ("empty.html", b"<html><body></body></html>", "no text"),
        ("broken.txt.gz", b"this is not gzip", "gzip"),
        ("cut.txt.gz", gzip.compress(STORY.encode() * 50)[:-9], "gzip"),
        ("list.json", b"[1, 2", "not JSON"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_error_and_the_others_are_read(
    tmp_path: Path, name: str, data: bytes, says: str
) -> None:
    (tmp_path / name).write_bytes(data)
    (tmp_path / "zz_good.txt").write_text(STORY, encoding="utf8")
    documents, faults = run(tmp_path)
    assert [document.id for document in documents] == ["zz_good.txt"]
    assert len(faults) == 1
    assert isinstance(faults[0], InputError)
    assert says in faults[0].what
    assert name in (faults[0].where or "")
    assert faults[0].advice


def test_a_missing_file_is_an_error_that_names_it(tmp_path: Path) -> None:
    documents, faults = run(tmp_path / "nothing.txt")
    assert not documents
    assert "nothing.txt" in str(faults[0])


def test_a_folder_without_rights_costs_itself_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "closed").mkdir()
    (tmp_path / "open").mkdir()
    (tmp_path / "open" / "a.txt").write_text(STORY, encoding="utf8")
    scandir = os.scandir

    def guarded(path: Path) -> object:
        if Path(path).name == "closed":
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr("communique.ingest.files.os.scandir", guarded)
    documents, faults = run(tmp_path)
    assert [document.id for document in documents] == ["a.txt"]
    assert len(faults) == 1
    assert "Permission denied" in faults[0].what


def test_a_file_that_is_too_large_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("communique.ingest.files.MAX_FILE", 50)
    path = tmp_path / "large.txt"
    path.write_text(STORY, encoding="utf8")
    documents, faults = run(path)
    assert not documents
    assert "more than 50 bytes" in faults[0].what


@pytest.mark.slow
def test_a_line_of_fifty_megabytes_is_one_error_and_the_next_line_is_read(tmp_path: Path) -> None:
    path = tmp_path / "big.jsonl"
    path.write_bytes(b'{"text": "' + b"word " * 10_000_000 + b'"}\n{"id": "next", "text": "Norland met Estmark."}\n')
    documents, faults = run(path)
    assert [document.id for document in documents] == ["next"]
    assert faults[0].where == "big.jsonl:1"


def test_documents_come_as_they_are_read(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    path.write_text('{"id": "a", "text": "Norland met Estmark."}\nnot json\n', encoding="utf8")
    faults: list[CommuniqueError] = []
    stream = read([path], report=faults.append)
    assert next(stream).id == "a"
    assert not faults


def test_count_tells_files_and_lines(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STORY, encoding="utf8")
    (tmp_path / "b.jsonl").write_bytes(b'{"text": "x"}\n\n  \r\n{"text": "y"}')
    assert count([tmp_path]) == 3
    assert count([tmp_path / "a.txt"]) == 1


def test_count_is_unknown_for_standard_input_and_packed_lines(tmp_path: Path) -> None:
    (tmp_path / "b.jsonl.gz").write_bytes(gzip.compress(b"{}\n"))
    assert count(["-"]) is None
    assert count([tmp_path]) is None


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b'\xef\xbb\xbf {"text": 1}', "jsonl"),
        (b'[ {"text": 1}]', "json"),
        (b"[1] The ministers", "text"),
        (b"<html lang=en>", "html"),
        (b"<?xml version='1.0'?><html>", "html"),
        (b"Some <p>words</p> and a <div>", "html"),
        (b"a < b and b > c", "text"),
        (b"", "text"),
    ],
)
def test_the_beginning_of_a_file_tells_its_kind(head: bytes, kind: str) -> None:
    assert sniff(head) == kind
