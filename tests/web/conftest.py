"""A small archive of articles written for the tests, and a desk on it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from communique import ingest, merge
from communique.archive import Archive
from communique.pipeline import Coder
from communique.settings import Settings
from communique.web import Options, create_app

BASE = "http://127.0.0.1:8377"
ARTICLES = {
    "lena-courier.txt": """Peru and Chile sign a lithium accord
Lena Courier
5 March 2021

LIMA, March 5, 2021 - Peru and Chile signed an accord on lithium worth 400 million dollars on Friday in Lima.
Peruvian officials met Chilean officials on March 4, 2021 to finish the text.
"Chile keeps its word," the Peruvian foreign minister said.
""",
    "coast-mirror.txt": """Chile criticises Peru over fishing boats
Coast Mirror
19 March 2021

SANTIAGO, March 19, 2021 - Chile condemned Peru on March 18, 2021 over fishing boats in its waters.
Chile accused Peru on March 17, 2021 of breaking the accord of last year.
Chile threatened Peru with sanctions on March 19, 2021.
Peru rejected the demand of Chile on March 19, 2021.
""",
    "harbour-post.txt": """Peru and Chile calm the waters
Harbour Post
2 April 2021

LIMA, April 2, 2021 - Peru thanked Chile on April 1, 2021 for the release of two boats.
Chile released Peruvian fishermen on April 1, 2021.
Peru and Chile agreed on April 2, 2021 to hold joint patrols. Chile visited Peru on April 2, 2021.
""",
    "hostile.txt": """A page that means harm <script>alert(1)</script>
Trap Gazette
1 May 2021

QUITO - Ecuador criticised Peru on May 1, 2021 <img src=x onerror=alert(2)> \u202eover dams\u202c \u200bquietly.
<style>body{display:none}</style> ${7*7} {{7*7}} "><svg onload=alert(3)>
""",
}


def archive_of(folder: Path, texts: dict[str, str]) -> Path:
    """An archive with some articles by the names of their files, read and merged."""
    pages = folder / "pages"
    pages.mkdir()
    for name, text in texts.items():
        (pages / name).write_text(text, encoding="utf8")
    path = folder / "made.db"
    with Archive(path) as archive:
        documents = ingest.read([pages], report=lambda fault: pytest.fail(str(fault)))
        for coded in Coder(Settings(encoder=False)).code_many(documents):
            archive.add(coded)
        merge.refresh(archive)
    return path


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive with the articles, read and merged once."""
    return archive_of(tmp_path_factory.mktemp("desk"), ARTICLES)


@pytest.fixture
def copy(made: Path, tmp_path: Path) -> Path:
    """An archive of one's own to write into."""
    return Path(shutil.copy(made, tmp_path / "copy.db"))


@pytest.fixture(scope="session")
def client(made: Path) -> Iterator[TestClient]:
    """A visitor of a desk that nobody writes to."""
    with TestClient(create_app(Options(made, readonly=True)), base_url=BASE) as visitor:
        yield visitor


@pytest.fixture
def writer(copy: Path) -> Iterator[TestClient]:
    """A visitor of a desk that may be written to."""
    with TestClient(create_app(Options(copy, encoder=False)), base_url=BASE) as visitor:
        yield visitor


def form_of(page: str) -> str:
    """The token that the page's forms carry."""
    found = re.search(r'name="form" value="([0-9a-f]{64})"', page)
    assert found, "the page has no form"
    return found[1]
