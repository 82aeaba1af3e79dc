"""`communique code`."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.builders import TEXT, rail_accord

Run = Callable[..., object]


def test_a_page_gives_one_item_a_line(communique: Run) -> None:
    result = communique("code", "rail.txt")
    assert result.code == 0
    assert result.err == ""
    assert [row["kind"] for row in result.rows] == [
        "event", "event", "event", "figure", "figure", "quote", "assessment", "project", "forum",
    ]  # fmt: skip
    assert {row["document_id"] for row in result.rows} == {"rail.txt"}
    for row in result.rows:
        assert row["text"] == TEXT[row["text_info"]["start"] : row["text_info"]["end"]]


def test_options_may_come_after_the_pages_and_kinds_are_chosen(communique: Run) -> None:
    result = communique("code", "rail.txt", "--kinds", "quotes,figure", "-o", "out.jsonl")
    assert (result.code, result.out) == (0, "")
    rows = [json.loads(line) for line in Path("out.jsonl").read_text(encoding="utf8").splitlines()]
    assert [row["kind"] for row in rows] == ["figure", "figure", "quote"]
    assert not list(Path().glob(".*.part"))


def test_json_lines_come_in_through_standard_input(communique: Run) -> None:
    lines = "\n".join(json.dumps({"id": f"page-{number}", "text": TEXT}) for number in range(3))
    result = communique("code", "-", "--kinds", "event", stdin=lines)
    assert [row["document_id"] for row in result.rows] == [f"page-{n}" for n in range(3) for _ in range(3)]
    piped = communique("code", "--kinds", "event", stdin=lines)
    assert piped.out == result.out


def test_the_ending_of_the_output_says_its_format(communique: Run) -> None:
    assert communique("code", "rail.txt", "-o", "out.csv").code == 0
    rows = list(csv.DictReader(io.StringIO(Path("out.csv").read_text(encoding="utf8"), newline="")))
    assert len(rows) == 9
    assert communique("code", "rail.txt", "-o", "out.parquet").code == 0
    assert Path("out.parquet").read_bytes()[:4] == b"PAR1"
    result = communique("code", "rail.txt", "--format", "gdelt")
    assert [len(line.split("\t")) for line in result.out.splitlines()] == [61, 61]


def test_bad_inputs_cost_themselves_alone(communique: Run) -> None:
    Path("empty.txt").write_text("")
    result = communique("code", "empty.txt", "nowhere.txt", "rail.txt", "--kinds", "quote")
    assert result.code == 3
    assert len(result.rows) == 1
    lines = result.err.splitlines()
    assert len(lines) == 2
    assert all(line.startswith("communique: ") for line in lines)
    assert any("empty.txt: " in line for line in lines)
    assert any("nowhere.txt: " in line for line in lines)


def test_when_nothing_can_be_read_the_exit_code_says_so(communique: Run) -> None:
    result = communique("code", "nowhere.txt")
    assert (result.code, result.out) == (4, "")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("code", "rail.txt", "--kinds", "rumour"), "Kinds are event, figure"),
        (("code", "rail.txt", "--format", "excel"), "Formats are jsonl"),
        (("code", "rail.txt", "--processes", "many"), "communique code --help"),
        (("code", "rail.txt", "--colour"), "No such option"),
        (("code", "rail.txt", "-o", "none/out.jsonl"), "cannot be written"),
        (("code", "rail.txt", "--coder", "nobody"), "Coders are communique"),
        (("codify", "rail.txt"), "No such command"),
    ],
)
def test_wrong_use_is_one_line_and_exit_code_2(communique: Run, arguments: tuple[str, ...], said: str) -> None:
    result = communique(*arguments)
    assert result.code == 2
    assert said in result.err
    assert len(result.err.splitlines()) == 1
    assert result.err.startswith("communique: ")
    assert "Traceback" not in result.err


def test_an_output_that_failed_leaves_the_old_file(communique: Run) -> None:
    Path("out.jsonl").write_text("old\n")
    communique("code", "rail.txt", "--coder", "nobody", "-o", "out.jsonl")
    assert Path("out.jsonl").read_text() == "old\n"


def test_an_interruption_keeps_what_was_coded(communique: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.cli.conftest import KnownCoder

    def stop_after_one(self: KnownCoder, documents: object) -> object:
        yield rail_accord()
        raise KeyboardInterrupt

    monkeypatch.setattr(KnownCoder, "code_many", stop_after_one)
    result = communique("code", "rail.txt", "-o", "out.jsonl")
    assert result.code == 130
    assert "holds what was done" in result.err
    assert len(Path("out.jsonl").read_text(encoding="utf8").splitlines()) == 9


def test_something_unexpected_is_one_line_that_asks_for_a_report(
    communique: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.cli.conftest import KnownCoder

    def break_down(self: KnownCoder, documents: object) -> object:
        raise RuntimeError("the\nwheel came off")

    monkeypatch.setattr(KnownCoder, "code_many", break_down)
    result = communique("code", "rail.txt")
    assert result.code == 1
    assert "RuntimeError: the wheel came off" in result.err
    assert "--debug" in result.err
    assert len(result.err.splitlines()) == 1
    with pytest.raises(RuntimeError):
        communique("code", "rail.txt", "--debug")
