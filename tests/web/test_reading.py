"""Dropped files are read by a process of their own, with progress."""

from __future__ import annotations

import io
import time
from pathlib import Path

from starlette.testclient import TestClient
from tests.web.conftest import ARTICLES, BASE, form_of

from communique.web import Options, create_app
from communique.web.reading import Run, _take


def test_files_are_read_known_ones_told_and_faults_shown(tmp_path: Path) -> None:
    with TestClient(create_app(Options(tmp_path / "new.db", encoder=False)), base_url=BASE) as visitor:
        form = form_of(visitor.get("/").text)
        files = [("files", (name, io.BytesIO(text.encode()))) for name, text in ARTICLES.items()]
        files.append(("files", ("../broken.json", io.BytesIO(b"{not json"))))
        page = visitor.post("/reading", data={"form": form}, files=files)
        assert page.status_code == 200
        address = str(page.url.path)
        deadline = time.monotonic() + 120
        while not (run := visitor.get(f"{address}.json").json())["over"] and time.monotonic() < deadline:
            time.sleep(0.3)
        assert run["state"] == "done", run
        assert run["read"] == len(ARTICLES)
        assert len(run["faults"]) == 1
        assert "broken.json" in run["faults"][0]
        assert "/" not in run["faults"][0]
        assert run["items"]["event"] > 5
        assert "To the start" in visitor.get(address).text
        assert visitor.get("/index.json").json()["archive"]["documents"] == len(ARTICLES)
        assert visitor.get("/pair/PER/CHL.json?by=month").json()["series"]["points"]
        again = visitor.post("/reading", data={"form": form}, files=files[:1])
        address = str(again.url.path)
        while not (run := visitor.get(f"{address}.json").json())["over"] and time.monotonic() < deadline:
            time.sleep(0.3)
        assert run["known"] == 1
        assert run["read"] == 0


def test_no_file_is_a_page_that_says_so(writer: TestClient) -> None:
    form = form_of(writer.get("/").text)
    answer = writer.post("/reading", data={"form": form}, files={"files": ("", io.BytesIO(b""))})
    assert answer.status_code == 400
    assert "no file" in answer.text


def test_lines_of_the_reader_move_the_run() -> None:
    run = Run("r", ("a.txt",))
    for line in (
        b'{"total": 2}', b'{"article": "k", "title": "T", "items": {"event": 3}}', b'{"known": "b"}', b"noise",
        b'{"fault": "bad"}', b'{"state": "done"}',
    ):  # fmt: skip
        _take(run, line)
    assert run.json() == {
        "id": "r", "state": "done", "files": ["a.txt"], "total": 2, "read": 1, "known": 1, "items": {"event": 3},
        "faults": ["bad"], "last": "T", "articles": ["k"], "over": True,
    }  # fmt: skip
