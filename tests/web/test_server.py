"""The desk on an archive that a PostgreSQL server has: the same pages, read and written."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.homes import PASSWORD, Cluster, Home, on_server
from tests.web.conftest import BASE, form_of

from communique import merge
from communique.archive import Archive
from communique.archive.backup import restore
from communique.archive.place import place_of
from communique.model import Document
from communique.web import Options, create_app
from communique.web.queries import overview
from communique.web.register import Register

ADDRESSES = (
    "/", "/disagreements", "/judgements", "/list/events", "/list/figures", "/records",
    "/records?state=Peru&order=oldest", "/records?status=disputed", "/pairs", "/pair/PER/CHL?by=month",
    "/pair/PER/CHL?by=month&point=2021-03", "/search?q=fishing", "/search?q=Peru&to=2021-03-10",
    "/search?q=Peru&state=Ecuador", "/search?q=%22joint+patrols%22", "/search?q=-", "/stories", "/stories?state=PER",
    "/stories?state=PER&state=CHL", "/review", "/actor/PER", "/actor/Peru", "/network", "/map", "/pledges?state=PER",
    "/articles", "/brief/PER/CHL", "/export/events.csv", "/export/events.jsonl?state=Ecuador",
)  # fmt: skip


@pytest.fixture(scope="module")
def server(cluster: Cluster, made: Path) -> Iterator[Home]:
    """The desk's archive on a server."""
    home = on_server(cluster)
    restore(made, place_of(home.at))
    yield home
    home.release()


@pytest.fixture(scope="module")
def visitor(server: Home) -> Iterator[TestClient]:
    with TestClient(create_app(Options(place_of(server.at), readonly=True)), base_url=BASE) as opened:
        yield opened


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_is_that_of_the_same_archive_in_a_file(
    client: TestClient, visitor: TestClient, server: Home, address: str
) -> None:
    told = []
    for opened, name in ((client, "made.db"), (visitor, place_of(server.at).name)):
        for _ in range(40):  # what is worked out beside a page is there after a while
            answer = opened.get(address)
            if 'http-equiv="refresh"' not in answer.text:
                break
            time.sleep(0.25)
        told.append((answer.status_code, answer.text.replace(name, "ARCHIVE")))
    assert told[0] == told[1]


def test_every_article_and_item_has_its_page(client: TestClient, visitor: TestClient, made: Path) -> None:
    with Archive(made) as archive:
        events, documents = archive.events(), list(archive.documents())
    for address in (
        *(f"/article/{each.key}.txt" for each in documents),
        *(f"/item/event/{one.id}.json" for one in events),
    ):
        assert client.get(address).text == visitor.get(address).text


def test_decisions_are_kept_on_the_server_and_counts_follow(cluster: Cluster, made: Path) -> None:
    home = on_server(cluster)
    restore(made, place_of(home.at))
    with TestClient(create_app(Options(place_of(home.at), encoder=False)), base_url=BASE) as writer:
        before = writer.get("/records.json").json()["total"]
        with Archive(home.at) as archive:
            event = archive.events(between=("PER", "CHL"))[0]
        page = writer.get(f"/item/event/{event.id}").text
        given = {"form": form_of(page), "verdict": "wrong", "ids": event.id, "reason": "no", "next": "/review"}
        assert writer.post("/judge", data=given).status_code == 200
        with Archive(home.at) as archive:
            assert [each.verdict for each in archive.judgements()] == ["wrong"]
            assert archive.verify().faults == ()
        assert writer.get("/records.json").json()["total"] == before - 1
    home.release()


def test_the_register_follows_what_is_written_to_a_server(cluster: Cluster, made: Path) -> None:
    from tests.web.test_register import dumped

    home = on_server(cluster)
    restore(made, place_of(home.at))
    with Archive(home.at) as archive:
        following = Register(archive, documents=overview.size(archive))
        assert following.refresh()
        assert not following.refresh()
        with Archive(made) as file:
            own = Register(file, documents=4)
            own.refresh()
            assert dumped(own) == dumped(following)
            own.close()
        harbour = archive.coded("harbour-post.txt")
        steps = (
            lambda: archive.replace(replace(harbour, events=harbour.events[:1])),
            lambda: archive.add(replace(harbour, document=_again(harbour.document), events=(), figures=())),
            lambda: merge.judge(archive, "wrong", [archive.events()[0].id], reason="no", by="ada"),
        )
        for step in steps:
            step()
            merge.refresh(archive)
            following.refresh()
            fresh = Register(archive, documents=4)
            fresh.refresh()
            assert dumped(following) == dumped(fresh)
            fresh.close()
        following.archive.write_bytes(b"no mirror any more")
        following.refresh()
        assert following.ready
        following.close()
    home.release()


def _again(document: Document) -> Document:
    return replace(document, text=f"{document.text}\nCorrected.")


def test_a_dropped_page_is_read_by_a_process_that_is_given_no_password_to_show(cluster: Cluster, made: Path) -> None:
    from communique.web.reading import Reads

    name = cluster.fresh()
    place = place_of(cluster.tcp(name, PASSWORD))
    assert PASSWORD not in str(place)
    reads = Reads(Options(place, encoder=False))
    over = []
    with (made.parent / "pages" / "lena-courier.txt").open("rb") as page:
        run = reads.start([("lena-courier.txt", page)], lambda: over.append(True))
    for _ in range(2_400):
        if over:
            break
        time.sleep(0.25)
    reads.close()
    assert (run.state, run.done) == ("done", 1), run.faults
    with Archive(cluster.tcp(name, PASSWORD), create=False) as archive:
        assert [each.id for each in archive.documents()] == ["lena-courier.txt"]
