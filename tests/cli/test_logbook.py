"""`--log-json`: what an operator's machines read."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

SECRET = "Zanzibarland"


def lines(told: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in told.splitlines()]


def test_every_line_is_json_from_start_to_end(communique: Callable[..., Any]) -> None:
    done = communique("read", "rail.txt", "--archive", "news.db", "--log-json")
    held = lines(done.err)
    assert [held[0]["event"], held[-1]["event"]] == ["start", "end"]
    assert held[-1] | {"exit_code": 0, "command": "read"} == held[-1]
    assert held[-1]["seconds"] >= 0
    assert held[-1]["memory_mb"] > 0
    assert any("1 documents read" in line.get("message", "") for line in held)
    assert all(set(line) >= {"time", "level", "event"} for line in held)


def test_a_fault_of_an_input_is_a_warning_with_its_parts(communique: Callable[..., Any]) -> None:
    Path("empty.txt").write_bytes(b"")
    done = communique("--log-json", "read", "rail.txt", "empty.txt", "--archive", "news.db")
    fault = next(line for line in lines(done.err) if line["event"] == "fault")
    assert fault | {"level": "warning", "kind": "InputError", "where": "empty.txt", "what": "is empty"} == fault
    assert fault["advice"]
    assert done.code == 3
    assert lines(done.err)[-1]["exit_code"] == 3


def test_what_ends_a_command_is_an_error(communique: Callable[..., Any]) -> None:
    done = communique("events", "--archive", "none.db", "--log-json")
    fault = next(line for line in lines(done.err) if line["event"] == "fault")
    assert fault["level"] == "error"
    assert fault["kind"] == "ArchiveError"


@pytest.mark.parametrize("asked", [False, True])
def test_no_words_of_an_article_stand_in_the_log_unless_asked(
    communique: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, asked: bool
) -> None:
    """Not those of messages, of what the package logs, nor of a fault of the program."""

    def broken(*_: Any, **__: Any) -> None:
        logging.getLogger("communique").warning("the words “%s” were read", SECRET)
        logging.getLogger("trafilatura").error("%s could not be parsed", SECRET)
        raise RuntimeError(f"cannot code {SECRET}")

    monkeypatch.setattr("communique.ingest.files.from_text", broken)
    done = communique("read", "rail.txt", "--archive", "news.db", "--log-json", *(["--log-text"] if asked else []))
    held = lines(done.err)
    assert (SECRET in done.err) is asked
    unexpected = next(line for line in held if line["event"] == "unexpected")
    assert unexpected["kind"] == "RuntimeError"
    assert unexpected["place"].startswith("test_logbook.py:")
    assert held[-1]["exit_code"] == 1


def test_without_the_option_nothing_changes(communique: Callable[..., Any]) -> None:
    assert "1 documents read" in communique("read", "rail.txt", "--archive", "news.db").err
    handlers = logging.getLogger("communique").handlers
    communique("read", "rail.txt", "--archive", "news.db", "--log-json")
    assert logging.getLogger("communique").handlers == handlers


def test_a_cell_of_an_imported_row_stands_in_the_log_only_when_asked(communique: Callable[..., Any]) -> None:
    cells = ["1", "20200115", *[""] * 56]
    cells[0] = f"{SECRET} “said” the paper’s {SECRET} " + "word " * 60  # longer than what is shown of it
    Path("g.tsv").write_text("\t".join(cells) + "\n", encoding="utf8")
    for asked in (False, True):
        told = communique(
            "import", "g.tsv", "-f", "gdelt", "-a", "g.db", "--log-json", *(["--log-text"] if asked else [])
        )
        assert "GLOBALEVENTID is no number" in told.err
        assert (SECRET in told.err) is asked
