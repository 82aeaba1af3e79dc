"""Text that is too long, hides, steers or means harm is shown as text, and no page grows with it."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.web.conftest import BASE

from communique import merge
from communique.archive import Archive
from communique.model import Actor, Coded, Document, Event, Participant, Span, When
from communique.web import Options, create_app

LONG = 10_000_000
HEAD = "Fiji condemned Tonga over the reef. "
NASTY = (
    "<script>alert(1)</script> </p></main><img src=x onerror=alert(2)> &lt;b&gt; {{7*7}} {% raw %} ${7*7} "
    "\u202eetihw\u202c \u2066x\u2069 \u200bzero\u200d\ufeff \u2028 \U000e0041tag "
    "javascript:alert(3) '\"><svg/onload=alert(4)>"
)
WORDS = "condemned"


def coded(key: str, text: str, title: str) -> Coded:
    """A page of one paragraph and one sentence, with one act at its head."""
    whole = Span(0, len(text))
    at = text.index(WORDS)
    event = Event(
        document_id=key, event="ACCUSE", mode=None, context=(), quad_code=3, event_scale=-2.0, cameo="111",
        actor=(_who("FJI", text, "Fiji"),), recipient=(_who("TON", text, "Tonga"),), unordered=False, date=When(),
        place=None, stance="actual", attributed_to=None, event_text=WORDS, trigger=Span(at, at + len(WORDS)),
        sentence=whole, sequence=0, confidence=0.5, rule="test",
    )  # fmt: skip
    document = Document(id=key, text=text, article=(whole,), title=title, source=title)
    return Coded(document=document, sentences=(whole,), events=(event,))


def _who(code: str, text: str, name: str) -> Participant:
    at = text.index(name)
    return Participant(
        actor=Actor(code=code, name=name, kind="state"), text=name, via="name", span=Span(at, at + len(name))
    )


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[TestClient, dict[str, str]]]:
    path: Path = tmp_path_factory.mktemp("hostile") / "hostile.db"
    pages = {
        "long": coded("long", HEAD + "reef and lagoon " * (LONG // 16) + "the end", "Long"),
        "nasty": coded("nasty", HEAD + NASTY, f"Nasty {NASTY}"),
    }
    with Archive(path) as archive:
        archive.add(pages["nasty"])
        merge.refresh(archive)
        archive.add(pages["long"])  # its act is in no record: to compare ten megabytes takes its time
        ids = {f"{name} event": each.events[0].id for name, each in pages.items()}
        ids |= {name: each.document.key for name, each in pages.items()}
        ids["nasty record"] = archive.records(event_id=ids["nasty event"])[0].id
    with TestClient(create_app(Options(path, readonly=True)), base_url=BASE) as visitor:
        yield visitor, ids


def test_a_paragraph_of_ten_megabytes_is_cut_on_the_page_and_whole_as_text(
    hostile: tuple[TestClient, dict[str, str]],
) -> None:
    client, ids = hostile
    for address in (
        f"/article/{ids['long']}", f"/article/{ids['long']}?find=5000000-5000010", f"/item/event/{ids['long event']}",
        "/records?state=FJI", "/list/events", "/search?q=lagoon", "/review", "/",
        "/pair/FJI/TON", "/brief/FJI/TON",
    ):  # fmt: skip
        begun = time.process_time()
        page = client.get(address)
        assert page.status_code == 200, address
        assert len(page.content) < 200_000, address
        assert time.process_time() - begun < 20, address
    page = client.get(f"/article/{ids['long']}").text
    assert "more characters of this paragraph" in page
    middle = client.get(f"/article/{ids['long']}?find=5000000-5000010").text
    assert re.search(r'class="[^"]*found', middle)
    whole = client.get(f"/article/{ids['long']}.txt").text
    assert len(whole) > LONG
    assert whole.endswith("the end")


def test_markup_script_and_hidden_signs_are_shown_as_text(hostile: tuple[TestClient, dict[str, str]]) -> None:
    client, ids = hostile
    for address in (
        f"/article/{ids['nasty']}", f"/item/event/{ids['nasty event']}", f"/record/{ids['nasty record']}",
        "/records?state=FJI", "/list/events", "/articles", "/", "/search?q=reef", "/brief/FJI/TON", "/pair/FJI/TON",
        "/review",
    ):  # fmt: skip
        page = client.get(address).text
        assert "<script>alert" not in page, address
        assert "<img src=x" not in page, address
        assert "<svg/onload" not in page, address
        assert not re.search("[\u200b\u200d\u2028\u202a-\u202e\u2066-\u2069\ufeff\U000e0041]", page), address
        assert page.count("</main>") == 1, address
    page = client.get(f"/article/{ids['nasty']}").text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "{{7*7}}" in page
    assert "&amp;lt;b&amp;gt;" in page
    assert NASTY in client.get(f"/article/{ids['nasty']}.txt").text
