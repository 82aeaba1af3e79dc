"""Lists that turn into tables, graphs and notebook pages."""

from __future__ import annotations

import sys

import pytest
from tests.builders import rail_accord

from communique.archive import Archive
from communique.errors import UsageError
from communique.export.listing import Listing
from communique.export.reading import Reading


@pytest.fixture
def events() -> Listing:
    """The events of an archive."""
    with Archive(":memory:") as archive:
        archive.add(rail_accord())
        listing = archive.events()
        list(listing.pairs())  # the archive closes: documents are kept
        return listing


def test_a_listing_is_a_list_that_knows_its_documents(events: Listing) -> None:
    assert len(events) == 3
    assert [event.event for event in events[:2]] == ["COOPERATE", "CONSULT"]
    assert isinstance(events[:2], Listing)
    assert events.document(0) == rail_accord().document
    assert events == list(events)


def test_a_listing_becomes_an_arrow_table(events: Listing) -> None:
    table = events.to_arrow()
    assert table.num_rows == 3
    assert table.column("event").to_pylist() == ["COOPERATE", "CONSULT", "ACCUSE"]


def test_a_listing_becomes_a_graph_with_both_directions_of_what_is_mutual(events: Listing) -> None:
    graph = events.to_networkx()
    assert sorted((a, b, e) for a, b, e in graph.edges(data="event")) == [
        ("CHN", "MNG", "CONSULT"),
        ("CHN", "MNG", "COOPERATE"),
        ("MNG", "CHN", "COOPERATE"),
        ("RUS", "CHN", "ACCUSE"),
    ]


@pytest.mark.parametrize("name", ["pandas", "polars"])
def test_a_missing_extra_is_named(events: Listing, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(UsageError, match=r"communique\[analysis\]"):
        getattr(events, f"to_{name}")()


@pytest.mark.parametrize("name", ["pandas", "polars"])
def test_a_listing_becomes_a_data_frame(events: Listing, name: str) -> None:
    pytest.importorskip(name)
    frame = getattr(events, f"to_{name}")()
    assert list(frame["event"]) == ["COOPERATE", "CONSULT", "ACCUSE"]


def test_a_notebook_shows_the_sentence_with_its_words_marked(events: Listing) -> None:
    html = events._repr_html_()
    assert "<mark>met</mark>" in html
    assert "CHN → MNG" in html
    assert "ACCUSE disapprove (denied)" in html


def test_a_notebook_runs_no_code_of_a_page() -> None:
    from dataclasses import replace

    coded = rail_accord()
    hostile = replace(coded.document, source="<script>alert(1)</script>", url="javascript:alert(1)")
    html = Listing.of(coded.events, hostile)._repr_html_()
    assert "<script>" not in html
    assert "href" not in html


def test_a_reading_gives_all_and_each_kind() -> None:
    coded = rail_accord()
    reading = Reading(coded)
    assert list(reading) == list(coded.items())
    assert reading.events == list(coded.events)
    assert reading.figures == list(coded.figures)
    assert reading.quotes == list(coded.quotes)
    assert reading.assessments == list(coded.assessments)
    assert reading.projects == list(coded.projects)
    assert reading.forums == list(coded.forums)
    assert reading.document_read == coded.document
    assert reading[0].event == "CONSULT"
