"""The output contract."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from tests import strategies
from tests.builders import rail_accord

from communique.export.plover import document_json, to_json
from communique.model import Coded, When

EVENT_KEYS = [
    "id", "document_id", "kind", "event", "mode", "context", "quad_code", "event_scale", "cameo", "actor", "recipient",
    "unordered", "date", "enddate", "date_precision", "date_basis", "date_text", "place", "stance", "attributed_to",
    "event_text", "text", "text_info", "cite_info", "confidence", "coder", "rule",
]  # fmt: skip
FIGURE_KEYS = [
    "value", "low", "high", "unit", "currency", "per", "measure", "between", "status", "direction", "period",
    "deadline",
]  # fmt: skip
COMMON = ["id", "document_id", "kind", "text", "text_info", "cite_info"]


def rows() -> list[dict]:
    """All items of the rail accord as JSON."""
    coded = rail_accord()
    return [to_json(item, coded.document) for item in coded.items()]


def test_an_event_has_the_keys_of_the_contract_in_their_order() -> None:
    event = rows()[0]
    assert [key for key in event if key in EVENT_KEYS] == EVENT_KEYS
    assert event["actor"][0] == {
        "code": "CHN",
        "sector": ["GOV"],
        "entity_text": "Chinese Foreign Minister Wang Yi",
        "name": "Wang Yi",
        "identifier": "Q1282083",
        "office": "Foreign Minister",
        "via": "name",
    }
    assert event["place_code"] == "MNG"
    assert event["cite_info"]["publication"] == "Harbour Post"
    assert event["coder"] == "communique 0.1.0"


def test_each_kind_has_its_own_keys_and_the_common_ones() -> None:
    by_kind = {row["kind"]: row for row in rows()}
    assert list(by_kind) == ["event", "figure", "quote", "assessment", "project", "forum"]
    for row in by_kind.values():
        assert set(COMMON) <= set(row)
    assert [key for key in by_kind["figure"] if key in FIGURE_KEYS] == FIGURE_KEYS
    assert {"quote", "speaker", "through", "addressee", "mode"} <= set(by_kind["quote"])
    assert {"by", "about", "hedges"} <= set(by_kind["assessment"])
    assert {"name", "between", "stage"} <= set(by_kind["project"])
    assert {"name", "code", "role"} <= set(by_kind["forum"])


def test_text_is_what_stands_between_start_and_end() -> None:
    document = rail_accord().document
    for row in rows():
        assert row["text"] == document.text[row["text_info"]["start"] : row["text_info"]["end"]]
        assert document.text[row["span"]["start"] : row["span"]["end"]] in row["text"]


def test_a_figure_is_in_whole_units_and_says_what_kind_it_is() -> None:
    rise, volume = [row for row in rows() if row["kind"] == "figure"]
    assert (rise["value"], rise["unit"], rise["status"], rise["direction"]) == (24.5, "percent", "change", "up")
    assert (volume["value"], volume["unit"], volume["linked"]) == (8e9, "USD", [rise["id"]])
    assert rise["period"] == "2018"
    assert rise["deadline"] is None
    assert rise["attributed_to"]["name"] == "Mongolia"


def test_doubt_is_shown_where_there_is_some() -> None:
    recipient = rows()[2]["recipient"][0]
    assert recipient["alternatives"] == ["TWN"]
    assert recipient["confidence"] == 0.8
    assert rows()[2]["stance"] == "denied"
    assert (rows()[2]["date"], rows()[2]["date_precision"], rows()[2]["date_basis"]) == (None, "unknown", "none")


def test_candidates_of_a_date_are_listed() -> None:
    import datetime as dt

    coded = rail_accord()
    days = (dt.date(2019, 6, 4), dt.date(2019, 6, 11))
    event = replace(coded.events[0], date=When(days[0], days[1], "interval", "relative", "Tuesday", candidates=days))
    row = to_json(event, coded.document)
    assert row["date_candidates"] == ["2019-06-04", "2019-06-11"]
    assert (row["date"], row["enddate"]) == ("2019-06-04", "2019-06-11")


def test_a_document_says_what_is_article_and_what_is_furniture_and_why() -> None:
    row = document_json(rail_accord().document)
    assert list(row)[:11] == [
        "id", "title", "byline", "source", "url", "language", "published", "page_date", "article", "furniture",
        "repeats",
    ]  # fmt: skip
    assert row["published"] == {
        "earliest": "2019-06-05",
        "latest": "2019-06-05",
        "precision": "day",
        "basis": "stated",
        "note": None,
    }
    assert row["page_date"] is None
    assert [part["reason"] for part in row["furniture"]] == ["menu", "title", "byline", "copyright"]
    assert row["repeats"][0]["of"] == row["article"][1]


@settings(max_examples=40, deadline=None)
@given(strategies.codeds)
def test_whatever_was_read_can_be_written_as_json(coded: Coded) -> None:
    for item in coded.items():
        json.dumps(to_json(item, coded.document), ensure_ascii=False)
    json.dumps(document_json(coded.document))


@pytest.mark.parametrize("kind", ["event", "figure", "quote", "assessment", "project", "forum"])
def test_the_contract_is_the_one_that_the_documents_describe(kind: str) -> None:
    from pathlib import Path

    described = (Path(__file__).parents[2] / "docs" / "output.md").read_text(encoding="utf8")
    for row in rows():
        if row["kind"] == kind:
            for key in row:
                assert f"`{key}`" in described, f"docs/output.md does not describe {key} of {kind}"
