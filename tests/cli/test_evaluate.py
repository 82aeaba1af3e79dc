"""`communique evaluate`: figures, what was taken for what, and what was missed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from communique.cli.app import app
from communique.errors import InputError

GOLD = [
    {"id": "1", "text": "Peru condemned Chile.", "event": "ACCUSE", "actor": [{"code": "PER"}],
     "recipient": [{"code": "CHL"}]},
    {"id": "2", "text": "Norway condemned Malawi.", "event": "SUPPORT", "actor": [{"code": "NOR"}],
     "recipient": [{"code": "MWI"}]},
]  # fmt: skip
OWN = {
    "id": "own-1", "text": "Kenya expelled two Malian diplomats.",
    "events": [{"event": "SANCTION", "mode": "expel", "stance": "actual", "actor": [[0, 5]], "recipient": [[19, 35]],
                "trigger": [6, 14]}],
}  # fmt: skip


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    path = tmp_path / "gold.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in [*GOLD, OWN]), encoding="utf8")
    return path


def test_figures_are_given_for_each_field_and_event(gold: Path) -> None:
    found = CliRunner().invoke(app, ["evaluate", str(gold), "--no-encoder", "--json", "--misses", "5"])
    assert found.exit_code == 0, found.output
    figures = json.loads(found.stdout)
    assert figures["sentences"] == 3
    assert figures["event"]["precision"] == pytest.approx(2 / 3, abs=1e-3)
    assert figures["types"]["ACCUSE"]["recall"] == 1.0
    assert figures["confusion"] == [["SUPPORT", "ACCUSE", 1]]
    assert [miss["gold"]["id"] for miss in figures["misses"]] == ["2"]


def test_what_was_taken_for_what_and_what_was_missed_can_be_read(gold: Path) -> None:
    found = CliRunner().invoke(app, ["evaluate", str(gold), "--no-encoder", "--types", "--confusion", "--misses", "1"])
    assert "SUPPORT    ACCUSE" in found.stdout
    assert "2: Norway condemned Malawi." in found.stdout
    assert "gold   SUPPORT: NOR to MWI" in found.stdout


def test_a_line_that_is_no_gold_sentence_is_named(tmp_path: Path) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text('{"id": "1"}\n', encoding="utf8")
    found = CliRunner().invoke(app, ["evaluate", str(path)])
    assert isinstance(found.exception, InputError)
    assert "bad.jsonl:1" in str(found.exception)
