"""The pages of an article and of an act say what is promised there, and what came of it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from communique import merge
from communique.archive import Archive
from communique.export.reading import code
from communique.settings import Settings
from communique.web import Options, create_app
from communique.web.views import promised

BASE = "http://127.0.0.1:8377"
ARTICLES = {
    "promise": ("2021-03-05", "Peru pledged on Friday to pay Chile 400 million dollars by June 2021."),
    "deed": ("2021-05-20", "Peru paid Chile the 400 million dollars that it had pledged in March."),
    "other": ("2021-05-21", "Chile condemned Peru on Thursday over fishing boats in its waters."),
}  # fmt: skip


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("promised") / "made.db"
    with Archive(path) as archive:
        for name, (day, text) in ARTICLES.items():
            archive.add(code(text, date=day, id=name, settings=Settings(encoder=False)).coded)
        merge.refresh(archive)
    return path


@pytest.fixture(scope="module")
def client(path: Path) -> Iterator[TestClient]:
    with TestClient(create_app(Options(path)), base_url=BASE) as client:
        yield client


def asked(client: TestClient, address: str) -> Any:
    """The JSON of a page, as soon as its promises are looked up."""
    for _ in range(100):
        found = client.get(address).json()
        if found["pledges"] is not None:
            return found
        time.sleep(0.1)
    pytest.fail("the promises were never looked up")


def key_of(path: Path, name: str) -> str:
    with Archive(path, create=False) as archive:
        return next(document.key for document in archive.documents() if document.id == name)


def test_an_article_shows_its_promise_with_what_a_later_report_says_of_it(client: TestClient, path: Path) -> None:
    found = asked(client, f"/article/{key_of(path, 'promise')}.json")
    (entry,) = found["pledges"]
    assert (entry["by"], entry["to"], entry["verdict"]) == (["PER"], ["CHL"], "kept")
    page = client.get(f"/article/{key_of(path, 'promise')}").text
    assert "Promised here, and what came of it" in page
    assert "1 later report" in page
    assert "that it had pledged in March" in page


def test_an_article_that_promises_nothing_says_nothing_of_promises(client: TestClient, path: Path) -> None:
    assert asked(client, f"/article/{key_of(path, 'other')}.json")["pledges"] == []
    assert "Promised here" not in client.get(f"/article/{key_of(path, 'other')}").text


def test_an_act_shows_the_promise_of_its_own_sentence(client: TestClient, path: Path) -> None:
    with Archive(path, create=False) as archive:
        key = key_of(path, "promise")
        mine = {event.id for event in archive.coded(key).events}
        records = [record.id for record in archive.records() if mine & set(record.members)]
    assert records
    for id in records:
        assert [entry["verdict"] for entry in asked(client, f"/record/{id}.json")["pledges"]] == ["kept"]
        assert "Promised here, and what came of it" in client.get(f"/record/{id}").text


def test_where_too_many_articles_would_have_to_be_read_the_page_says_so(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(promised, "MOST", 1)
    with TestClient(create_app(Options(path)), base_url=BASE) as client:
        address = f"/article/{key_of(path, 'promise')}"
        assert asked(client, address + ".json")["pledges"] == []
        page = client.get(address).text
    assert "is not followed up" in page
    assert "/pledges?state=CHL&amp;state=PER" in page
