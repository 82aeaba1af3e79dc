"""Backup and restore from the command line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any


def test_a_copy_is_made_and_restored(communique: Callable[..., Any], archive: str) -> None:
    made = communique("backup", "copy.db", "--archive", archive)
    assert (made.code, made.err) == (0, "")
    assert made.out.startswith("copy.db: 1 documents, ")
    events = communique("events", "--json", "--archive", archive).out
    again = communique("restore", "copy.db", "--archive", "other.db")
    assert again.code == 0
    assert communique("events", "--json", "--archive", "other.db").out == events
    assert communique("verify", "--archive", "other.db").code == 0


def test_what_stands_there_is_kept(communique: Callable[..., Any], archive: str) -> None:
    communique("backup", "copy.db", "--archive", archive)
    refused = communique("restore", "copy.db", "--archive", archive)
    assert refused.code == 2
    assert "add --replace" in refused.err
    assert communique("restore", "copy.db", "--archive", archive, "--replace").code == 0
    assert Path(f"{archive}.before").exists()


def test_a_missing_archive_is_told(communique: Callable[..., Any]) -> None:
    missing = communique("backup", "copy.db", "--archive", "none.db")
    assert missing.code == 1
    assert "there is no archive here" in missing.err
