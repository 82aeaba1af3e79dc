"""Scores worked by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from communique import scoring
from communique.errors import InputError

GOLD = [
    {"id": "a", "text": "x", "event": "AID", "actor": [{"code": "NOR"}], "recipient": [{"code": "MWI"}]},
    {"id": "b", "text": "y", "event": "CONSULT", "actor": [{"code": "GHA"}, {"code": "TGO"}], "recipient": [],
     "unordered": True},
]  # fmt: skip


def event(
    document: str, kind: str, actor: str, recipient: str | None = None, stance: str = "actual"
) -> dict[str, object]:
    sides = {"actor": [{"code": actor}], "recipient": [{"code": recipient}] if recipient else []}
    return {"document_id": document, "event": kind, "stance": stance, **sides}


def test_a_perfect_coder_has_all_ones() -> None:
    found = [event("a", "AID", "NOR", "MWI"), event("b", "CONSULT", "GHA", "TGO")]
    report = scoring.score(GOLD, found)
    assert set(report.figures().values()) == {1.0}


def test_a_second_event_costs_precision_only() -> None:
    found = [event("a", "AID", "NOR", "MWI"), event("a", "REJECT", "NOR"), event("b", "CONSULT", "GHA", "TGO")]
    report = scoring.score(GOLD, found)
    assert report.fields["event"].recall == 1.0
    assert report.fields["event"].precision == pytest.approx(2 / 3)
    assert report.hits == 2


def test_denied_events_do_not_count() -> None:
    report = scoring.score(GOLD, [event("a", "AID", "NOR", "MWI", stance="denied")])
    assert report.hits == 0
    assert report.confusion["AID", "nothing"] == 1


def test_the_un_counts_as_a_body_where_the_gold_is_older_than_its_code() -> None:
    gold = [{"id": "a", "text": "x", "event": "AID", "actor": [{"code": "IGO"}], "recipient": [{"code": "MWI"}]}]
    assert scoring.score(gold, [event("a", "AID", "UNO", "MWI")]).hits == 1


def test_a_line_that_is_no_gold_sentence_is_named_by_its_number(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(GOLD[0]) + "\n{}\n", encoding="utf8")
    with pytest.raises(InputError, match=r"gold\.jsonl:2"):
        scoring.read_gold(path)
