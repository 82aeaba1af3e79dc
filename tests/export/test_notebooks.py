"""The notebooks run from first to last cell, and are notebooks."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from notebooks import run


@pytest.mark.slow
def test_the_notebooks_run_in_their_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for library in ("pandas", "polars", "duckdb"):
        pytest.importorskip(library)
    run.lay_out(tmp_path)
    monkeypatch.chdir(tmp_path)
    for path in run.notebooks():
        kept = json.loads(path.read_text(encoding="utf8"))
        for before, now in zip(kept["cells"], run.executed(path)["cells"], strict=True):
            # what a cell gives may change with the coder; that it gives the same kinds of output may not
            assert kinds(now) == kinds(before), f"{path.name}: {''.join(now['source'])}"


def kinds(cell: dict) -> list[list[str]]:
    """What a cell's outputs are."""
    return [sorted(output.get("data", ["stream"])) for output in cell.get("outputs", ())]


def test_notebooks_are_valid_hold_their_outputs_and_name_no_machine() -> None:
    nbformat = pytest.importorskip("nbformat")
    assert len(run.notebooks()) == 3
    for path in run.notebooks():
        book = nbformat.read(path, as_version=4)
        nbformat.validate(book)
        code = [cell for cell in book.cells if cell.cell_type == "code"]
        assert code[0].execution_count == 1
        assert any(cell.outputs for cell in code)


def test_the_invented_dispatches_are_one_sentence_each_with_its_day() -> None:
    lines = (run.FOLDER / "dispatches.jsonl").read_text(encoding="utf8").splitlines()
    rows = [json.loads(line) for line in lines]
    assert len({row["id"] for row in rows}) == len(rows) > 40
    assert all(row["text"].endswith(".") and row["date"][:4] in row["text"] for row in rows)
