"""Readers of third parties."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from communique.errors import CommuniqueError, PluginError
from communique.ingest import from_text, read, readers
from communique.model import Document


def good(path: Path, report: readers.Report) -> Iterator[Document]:
    yield from_text(path.read_text(encoding="utf8"), id="from the plug-in")


def broken(path: Path, report: readers.Report) -> Iterator[Document]:
    raise RuntimeError("no luck")


def wrong(path: Path, report: readers.Report) -> list[str]:
    return ["no document"]


@pytest.fixture(autouse=True)
def entries(monkeypatch: pytest.MonkeyPatch) -> None:
    here = __name__
    entries = [EntryPoint(name, f"{here}:{name}", readers.GROUP) for name in ("good", "broken", "wrong")]
    loaded = {"good": good, "broken": broken, "wrong": wrong}
    monkeypatch.setattr(EntryPoint, "load", lambda self: loaded[self.name])
    monkeypatch.setattr(readers, "entry_points", lambda group: entries)
    readers._entries.cache_clear()
    yield
    readers._entries.cache_clear()


def run(path: Path) -> tuple[list[Document], list[CommuniqueError]]:
    path.write_text("Norland met Estmark in Varda.", encoding="utf8")
    faults: list[CommuniqueError] = []
    return list(read([path], report=faults.append)), faults


def test_a_plug_in_reads_the_files_of_its_ending(tmp_path: Path) -> None:
    documents, faults = run(tmp_path / "a.good")
    assert [document.id for document in documents] == ["from the plug-in"]
    assert not faults


@pytest.mark.parametrize("ending", ["broken", "wrong"])
def test_a_broken_plug_in_is_reported_and_named(tmp_path: Path, ending: str) -> None:
    documents, faults = run(tmp_path / f"a.{ending}")
    assert not documents
    assert isinstance(faults[0], PluginError)
    assert ending in faults[0].what
    assert faults[0].advice


def test_other_endings_are_none_of_the_plug_ins_business(tmp_path: Path) -> None:
    documents, _ = run(tmp_path / "a.txt")
    assert documents[0].id == "a.txt"
