"""The ledger of an archive that tells too much to be read whole: out of the newest articles, back through time."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.web.conftest import BASE, archive_of

from communique.web import Options, create_app
from communique.web.views import pledges

PAGES = {
    "spring.txt": """Peru promises a bridge
Lena Courier
3 March 2019

LIMA, March 3, 2019 - Peru promised Chile on March 3, 2019 to build a bridge over the river at Tacna by 2021.
""",
    "summer.txt": """Chile pledges money
Lena Courier
8 June 2020

SANTIAGO, June 8, 2020 - Chile pledged on June 8, 2020 to give Peru 40 million dollars for the port by 2022.
""",
    "autumn.txt": """Peru completes the bridge
Lena Courier
2 October 2021

LIMA, Oct. 2, 2021 - Peru completed the bridge over the river at Tacna on October 2, 2021, as it had promised Chile.
""",
}


@pytest.fixture
def visitor(tmp_path: Path) -> TestClient:
    """A desk on three articles, a year apart."""
    return TestClient(create_app(Options(archive_of(tmp_path, PAGES), readonly=True)), base_url=BASE)


def test_a_ledger_of_too_many_articles_is_made_of_the_newest_and_goes_on_before_them(
    visitor: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = "/pledges.json?state=Peru&state=Chile"
    with visitor:
        whole = visitor.get(address).json()
    assert whole["whole"] and whole["read"] == whole["articles"] == 3 and whole["back_to"] is None
    monkeypatch.setattr(pledges, "MOST", 2)
    with visitor:
        newest = visitor.get(f"{address}&from=2019").json()
        page = visitor.get("/pledges?state=Peru&state=Chile&from=2019").text
        before = visitor.get(f"{address}&as_of=2020-06-07").json()
    assert (newest["whole"], newest["read"], newest["articles"], newest["back_to"]) == (False, 2, 3, "2020-06-08")
    made = [entry["told"][0]["document_id"] for entry in whole["pledges"]]
    assert "spring.txt" in made
    assert [entry["told"][0]["document_id"] for entry in newest["pledges"]] == [
        name for name in made if name != "spring.txt"
    ]
    assert "as_of=2020-06-07" in page and "Out of the 2 newest of 3 articles" in page
    assert before["as_of"] == "2020-06-07"
    assert [entry["told"][0]["document_id"] for entry in before["pledges"]] == ["spring.txt"]
    assert before["pledges"][0]["verdict"] == "silent"  # what came of it was not known then


def test_as_it_stood_leaves_later_reports_out(visitor: TestClient) -> None:
    with visitor:
        found = visitor.get("/pledges.json?state=Peru&state=Chile&as_of=2020").json()
        page = visitor.get("/pledges?state=Peru&state=Chile&as_of=2020").text
    assert found["as_of"] == "2020-12-31"
    assert all(entry["told"][0]["document_id"] != "autumn.txt" for entry in found["pledges"])
    assert "Later reports are left out" in page
