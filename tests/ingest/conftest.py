"""Samples of pages written for these tests: each line with the label it must get."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from communique.model import Document

SAMPLES = sorted((Path(__file__).parent / "samples").glob("*.txt"))


@dataclass(frozen=True)
class Sample:
    """A page and what each of its lines is; a line marked + goes on with the paragraph above it."""

    text: str
    expected: tuple[tuple[str, str], ...]


def load_sample(path: Path) -> Sample:
    """Read "label| line" pairs; blank lines stay blank lines."""
    lines: list[str] = []
    expected: list[tuple[str, str]] = []
    for raw in path.read_text(encoding="utf8").splitlines():
        label, mark, line = raw.partition("| ")
        lines.append(line if mark else "")
        if mark and label == "+":
            reason, before = expected.pop()
            expected.append((reason, f"{before}\n{line}"))
        elif mark:
            expected.append((label, line))
    return Sample("\n".join(lines), tuple(expected))


def labelled(document: Document) -> list[tuple[str, str]]:
    """The document's passages in reading order with what they are."""
    parts = [(span, "article") for span in document.article]
    parts += [(piece.span, piece.reason) for piece in document.furniture]
    parts += [(repeat.span, "repeat") for repeat in document.repeats]
    return [(reason, span.cut(document.text)) for span, reason in sorted(parts)]


@pytest.fixture(params=SAMPLES, ids=lambda path: path.stem)
def sample(request: pytest.FixtureRequest) -> Sample:
    """Each sample page in turn."""
    return load_sample(request.param)
