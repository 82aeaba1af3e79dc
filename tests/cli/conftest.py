"""Commands without the real coder: what a page holds is known beforehand, so these tests are quick."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from tests.builders import TEXT, rail_accord

from communique.cli import run
from communique.model import Coded, Document
from communique.settings import Settings


class KnownCoder:
    """Codes the rail accord as its builder does, and finds nothing in any other page."""

    def __init__(self, settings: Settings | None = None) -> None:
        self.settings = settings or Settings()

    def code(self, document: Document) -> Coded:
        """One document."""
        if document.text != TEXT:
            return Coded(document)
        known = rail_accord(document.id)
        return replace(known, document=replace(document, title=known.document.title, source="Harbour Post"))

    def code_many(self, documents: Iterable[Document]) -> Iterator[Coded]:
        """Many, in their order."""
        return map(self.code, documents)


@dataclass
class Result:
    """What a command did."""

    code: int
    out: str
    err: str

    @property
    def rows(self) -> list[dict]:
        """Standard output as JSON Lines."""
        return [json.loads(line) for line in self.out.splitlines()]


@pytest.fixture
def communique(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Result]:
    """Runs a command in an empty folder that holds one page, rail.txt."""
    monkeypatch.setattr("communique.pipeline.Coder", KnownCoder)
    monkeypatch.delenv("COMMUNIQUE_DEBUG", raising=False)
    monkeypatch.chdir(tmp_path)
    Path("rail.txt").write_text(TEXT, encoding="utf8")

    def command(*arguments: str, stdin: str | bytes | None = None) -> Result:
        if stdin is not None:
            content = stdin.encode("utf8") if isinstance(stdin, str) else stdin
            Path("stdin").write_bytes(content)
            monkeypatch.setattr("sys.stdin", open("stdin", encoding="utf8"))  # noqa: PTH123, SIM115 - closed by pytest
        capsys.readouterr()
        code = run(arguments)
        shown = capsys.readouterr()
        return Result(code, shown.out, shown.err)

    return command


@pytest.fixture
def archive(communique: Callable[..., Result]) -> str:
    """An archive made by `communique read`."""
    assert communique("read", "rail.txt", "--archive", "news.db").code == 0
    return "news.db"


os.environ.setdefault("COLUMNS", "100")
