"""Every page with its twins, on a small archive."""

from __future__ import annotations

import csv
import io
import itertools
import re
import sqlite3
from html.parser import HTMLParser
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from communique.archive import Archive
from communique.web import Options, create_app

BASE = "http://127.0.0.1:8377"
FIXED = (
    "/", "/pairs", "/articles", "/records", "/records?state=Peru&state=Chile&from=2021-03&to=2021", "/list/events",
    "/list/figures", "/list/quotes", "/stories", "/search", "/search?q=accord", "/search?q=nothing-holds-this",
    "/pair/PER/CHL", "/pair/PER/CHL?by=day&weights=goldstein&direction=first", "/pair/FJI/TON", "/brief/PER/CHL",
    "/actor/PER", "/network", "/network?days=reported", "/pledges", "/pledges?state=Peru&verdict=silent",
    "/disagreements", "/review", "/judgements", "/map",
)  # fmt: skip


def twin(address: str, ending: str) -> str:
    """The same page for programs."""
    path, mark, query = address.partition("?")
    return f"{'/index' if path == '/' else path}.{ending}{mark}{query}"


def of_archive(path: Path) -> list[str]:
    """One page of each kind that has an id in its address."""
    with Archive(path) as archive:
        event, quote, figure = archive.events()[0], archive.quotes()[0], archive.figures()[0]
        found = [f"/item/event/{event.id}", f"/item/quote/{quote.id}", f"/item/figure/{figure.id}"]
        found += [f"/record/{record.id}" for record in archive.records()[:2]]
        found += [f"/story/{story.id}" for story in archive.stories()[:1]]
        found += [f"/article/{document.key}" for document in archive.documents()]
    return found


@pytest.mark.parametrize("address", FIXED)
def test_a_page_and_both_its_twins_answer(client: TestClient, address: str) -> None:
    page = client.get(address)
    assert page.status_code == 200, page.text[-500:]
    assert "<h1>" in page.text or "<h1 " in page.text
    assert client.get(twin(address, "json")).json() is not None
    table = client.get(twin(address, "csv"))
    assert table.status_code == 200
    assert table.headers["content-type"].startswith("text/csv")


def test_pages_with_ids_and_their_twins_answer(client: TestClient, made: Path) -> None:
    for address in of_archive(made):
        for each in (address, twin(address, "json"), twin(address, "csv")):
            assert client.get(each).status_code == 200, each


class Links(HTMLParser):
    """Addresses that a page points to, and what it loads."""

    def __init__(self) -> None:
        super().__init__()
        self.to: set[str] = set()
        self.loads: set[str] = set()
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = dict(attrs)
        if tag == "a" and held.get("href"):
            self.to.add(str(held["href"]))
        self.loads |= {str(held[name]) for name in ("src", "data") if held.get(name)}
        if tag == "link" and held.get("href"):
            self.loads.add(str(held["href"]))
        if held.get("id"):
            self.ids.append(str(held["id"]))
        assert not [name for name in held if name.startswith("on")], f"{tag} has a handler"
        assert "style" not in held, f"{tag} has a style that the policy forbids"


def parsed(text: str) -> Links:
    links = Links()
    links.feed(text)
    return links


def test_no_link_inside_the_desk_leads_nowhere(client: TestClient, made: Path) -> None:
    waiting, seen = ["/", *of_archive(made)], set()
    while waiting and len(seen) < 400:
        address = waiting.pop()
        if address in seen:
            continue
        seen.add(address)
        answer = client.get(address)
        assert answer.status_code == 200, f"{address}: {answer.status_code}"
        if not answer.headers["content-type"].startswith("text/html"):
            continue
        links = parsed(answer.text)
        assert len(links.ids) == len(set(links.ids)), f"an id stands twice on {address}"
        for link in links.to:
            if link.startswith("/") and not link.startswith("//"):
                waiting.append(link.partition("#")[0])
    assert len(seen) > 80


def test_nothing_is_loaded_from_elsewhere(client: TestClient, made: Path) -> None:
    for address in (*FIXED, *of_archive(made)):
        assert all(each.startswith("/static/") for each in parsed(client.get(address).text).loads), address


def test_hostile_text_is_shown_as_text(client: TestClient, made: Path) -> None:
    with Archive(made) as archive:
        document = archive.document("hostile.txt")
        event = archive.events(between=("ECU",))[0]
    for address in (f"/article/{document.key}", f"/item/event/{event.id}", "/records?state=ECU", "/brief/ECU/PER"):
        page = client.get(address).text
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "<svg onload" not in page
        assert "\u202e" not in page
        assert "\u200b" not in page
    text = client.get(f"/article/{document.key}").text
    assert "&lt;img src=x onerror=alert(2)&gt;" in text
    assert "{{7*7}}" in text


def test_an_article_shows_every_character_once(client: TestClient, made: Path) -> None:
    with Archive(made) as archive:
        document = archive.document("coast-mirror.txt")
    page = client.get(f"/article/{document.key}").text
    body = re.search(r'<div class="article".*?</div>', page, re.S)
    assert body
    words = re.sub(r"<summary>.*?</summary>|<span class=\"reason\">.*?</span>|<[^>]+>", " ", body[0])
    assert [word for word in re.findall(r"\w+", words) if word not in ("article",)] == re.findall(r"\w+", document.text)
    assert client.get(f"/article/{document.key}.txt").text == document.text


def test_evidence_marks_the_sentence_its_words_and_who_is_meant(client: TestClient, made: Path) -> None:
    with Archive(made) as archive:
        event = next(each for each in archive.events() if each.event == "THREATEN")
    page = client.get(f"/item/event/{event.id}").text
    hit = re.search(r'<mark class="hit".*?</mark>', page, re.S)
    assert hit
    assert re.sub("<[^>]+>", "", hit[0]) == "Chile threatened Peru with sanctions on March 19, 2021."
    assert '<span class="words" title="the words that say it">threatened</span>' in hit[0]
    assert hit[0].count('class="who"') == 2
    assert 'class="when"' in hit[0]
    assert "named outright" in page


def test_a_point_of_the_series_opens_exactly_its_records(client: TestClient) -> None:
    whole = client.get("/pair/PER/CHL.json?by=month").json()
    march = next(point for point in whole["series"]["points"] if point["period"] == "2021-03")
    assert march["conflict"] > 0
    opened = client.get("/pair/PER/CHL.json?by=month&point=2021-03").json()
    assert [each["record"] for each in opened["records"]] == march["records"]
    page = client.get("/pair/PER/CHL?by=month").text
    assert "point=2021-03#acts" in page
    assert 'class="band"' in page


def test_search_counts_by_year_outlet_and_state_and_opens_the_marked_words(client: TestClient, made: Path) -> None:
    found = client.get("/search.json?q=fishing").json()
    assert found["total"] == 1
    assert ["CHL", 1] in found["facets"]["state"]
    assert found["facets"]["year"] == [["2021", 1]]
    hit = found["hits"][0]
    page = client.get(f"/article/{hit['key']}?find={hit['find'][0]}").text
    with Archive(made) as archive:
        text = archive.document(hit["key"]).text
    start, end = map(int, hit["find"][0].split("-"))
    assert text[start:end] == "fishing"
    assert re.search(r'class="[^"]*found[^"]*" [^>]*>fishing<', page)
    assert client.get("/search.json?q=fishing&state=Ecuador").json()["total"] == 0
    assert client.get("/search.json?q=Peru&to=2021-03-10").json()["total"] == 1


def test_lists_are_paged_and_say_how_many_there_are(client: TestClient) -> None:
    first = client.get("/records.json?size=3").json()
    last = client.get(f"/records.json?size=3&page={first['pages']}").json()
    assert len(first["records"]) == 3
    assert first["total"] == 3 * (first["pages"] - 1) + len(last["records"])
    page = client.get("/records?size=3").text
    assert 'rel="next"' in page


def test_exports_hold_every_event_in_the_formats_of_the_field(client: TestClient, made: Path) -> None:
    with Archive(made) as archive:
        number = len(archive.events())
    rows = list(csv.DictReader(io.StringIO(client.get("/export/events.csv").text)))
    assert len(rows) == number
    assert len(client.get("/export/events.jsonl?state=Ecuador").text.splitlines()) == 1
    assert client.get("/export/events.parquet").content.startswith(b"PAR1")
    assert client.get("/export/events.gdelt").status_code == 200
    assert client.get("/export/events.exe").status_code == 404


def test_a_brief_is_to_be_had_as_html_and_markdown(client: TestClient) -> None:
    whole = client.get("/brief/PER/CHL/file.html")
    assert whole.headers["content-disposition"].startswith("attachment")
    assert "<html" in whole.text
    assert client.get("/brief/PER/CHL/file.md").text.startswith("#")


def test_cells_that_a_spreadsheet_would_run_are_made_harmless() -> None:
    from communique.web.render import as_csv

    assert as_csv([{"a": "=1+1", "b": -3, "c": True, "d": ["x", "y"]}]) == "a,b,c,d\r\n'=1+1,-3,true,x; y\r\n"


def test_errors_are_pages_that_say_what_to_do(client: TestClient) -> None:
    for address, status in (
        ("/no-such-page", 404), ("/record/0000000000000000", 404), ("/article/none", 404),
        ("/records?state=Atlantis", 400), ("/records?from=yesterday", 400), ("/records?page=0", 422),
        ("/pair/PER/PER", 400), ("/pair/PER/CHL?by=aeon", 400),
        ("/static/../app.py", 404), ("/static/%2e%2e%2fapp.py", 404), ("/reading/none", 404), ("/list/secrets", 404),
    ):  # fmt: skip
        answer = client.get(address)
        assert answer.status_code == status, address
        assert "<h1>" in answer.text
        assert "Traceback" not in answer.text
    told = client.get("/records.json?state=Atlantis").json()
    assert set(told) == {"error", "advice", "status"}


def test_an_unforeseen_fault_shows_no_trace(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from communique.web.views import start

    monkeypatch.setattr(start, "documents", lambda rows: 1 / 0)
    with TestClient(create_app(Options(made, readonly=True)), base_url=BASE) as visitor:
        answer = visitor.get("/")
    assert answer.status_code == 500
    assert "ZeroDivisionError" not in answer.text
    assert "unexpected" in answer.text


def test_an_empty_archive_says_what_to_do(tmp_path: Path) -> None:
    with TestClient(create_app(Options(tmp_path / "new.db")), base_url=BASE) as visitor:
        assert "Nothing has been read yet" in visitor.get("/").text
        for address in FIXED:
            if not address.startswith("/actor"):
                answer = visitor.get(address)
                assert answer.status_code == 200, address
                assert visitor.get(twin(address, "json")).status_code == 200, address


def test_the_api_is_described_and_every_described_path_answers(client: TestClient, made: Path) -> None:
    described = client.get("/openapi.json").json()
    assert described["openapi"].startswith("3.")
    with Archive(made) as archive:
        event, record, key = archive.events()[0].id, archive.records()[0].id, archive.keys()[0]
        story = archive.stories()[0].id if archive.stories() else None
    values = {
        "first": "PER",
        "second": "CHL",
        "kind": "event",
        "key": key,
        "name": "PER",
        "form": "csv",
        "ending": "md",
    }
    for path, methods in described["paths"].items():
        assert set(methods) == {"get"}, f"{path} writes"
        assert methods["get"]["summary"]
        if path.startswith(("/reading", "/story")) and not story:
            continue
        ids = {"/item": event, "/record": record, "/story": story}
        filled = path
        for name, value in values.items():
            filled = filled.replace(f"{{{name}}}", value)
        filled = filled.replace("{id}", str(next((v for k, v in ids.items() if path.startswith(k)), "none")))
        if path.startswith(("/list", "/export")):
            filled = filled.replace("/event.", "/events.")
        expected = 404 if path.startswith("/reading") else 200
        assert client.get(filled).status_code == expected, filled
    assert "openapi.json" in client.get("/api").text


def test_words_under_the_axis_do_not_run_into_each_other(client: TestClient) -> None:
    for by in ("day", "month", "quarter"):
        page = client.get(f"/pair/PER/CHL?by={by}").text
        at = [float(x) for x in re.findall(r'<text x="([\d.]+)" y="\d+" text-anchor="middle">', page)]
        assert at, by
        assert all(second - first >= 55 for first, second in itertools.pairwise(at)), by


def test_months_keep_their_capital_where_a_date_begins_a_line(client: TestClient, made: Path) -> None:
    with Archive(made) as archive:
        pages = [client.get(f"/item/event/{event.id}").text for event in archive.events()]
    assert any("March 2021</strong>" in page for page in pages)
    assert not any(re.search(r"<strong>[^<]*\b(january|march|april|may) 20", page) for page in pages)


def test_a_story_of_many_acts_is_shown_page_by_page(client: TestClient, made: Path) -> None:
    with Archive(made) as archive:
        story = max(archive.stories(), key=lambda each: len(each.records))
    whole = client.get(f"/story/{story.id}.json").json()
    assert whole["total"] == len(whole["records"]) == len(story.records) > 1
    parts = [client.get(f"/story/{story.id}.json?size=1&page={page + 1}").json() for page in range(whole["total"])]
    assert [row for part in parts for row in part["records"]] == whole["records"]
    page = client.get(f"/story/{story.id}?size=1").text
    assert f"Page 1 of {whole['total']}" in page
    assert page.count('<li class="line status-') == 1


def test_the_id_of_a_quantitys_record_leads_to_the_quantity(client: TestClient, made: Path) -> None:
    with sqlite3.connect(made) as held:
        record, figure = held.execute(
            "SELECT r.id, m.event FROM records r JOIN record_members m ON m.record = r.id WHERE r.kind = 'figure'"
        ).fetchone()
    answer = client.get(f"/record/{record}")
    assert answer.status_code == 404
    assert f"/item/figure/{figure}" in answer.text
    assert client.get(f"/item/figure/{figure}").status_code == 200
