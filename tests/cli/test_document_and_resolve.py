"""`communique document` and `communique resolve`."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from tests.builders import TEXT

Run = Callable[..., object]


def test_a_page_is_shown_line_by_line_with_label_and_reason(communique: Run) -> None:
    result = communique("document", "rail.txt")
    assert result.code == 0
    lines = {line.split()[0]: line for line in result.out.splitlines() if line.strip() and line.split()[0].isdigit()}
    assert "article" in lines["7"]
    assert "furniture byline" in lines["5"]
    assert "repeat" in lines["13"]
    assert "of line 8" in lines["13"]


def test_a_page_is_written_as_json(communique: Run) -> None:
    (row,) = communique("document", "rail.txt", "--json").rows
    assert row["id"] == "rail.txt"
    for part in (*row["article"], *row["furniture"], *row["repeats"]):
        assert TEXT[part["start"] : part["end"]].strip()
    assert set(row["published"]) == {"earliest", "latest", "precision", "basis", "note"}


def test_a_page_that_is_missing_is_told(communique: Run) -> None:
    result = communique("document", "nowhere.txt")
    assert result.code == 4
    assert result.err.startswith("communique: nowhere.txt: ")


@dataclass
class Found:
    """What resolving gives."""

    code: str | None
    sector: tuple[str, ...] = ()
    name: str | None = None
    identifier: str | None = None
    office: str | None = None
    via: str | None = None
    alternatives: tuple[str, ...] = ()


@pytest.fixture
def resolver(monkeypatch: pytest.MonkeyPatch) -> list[tuple]:
    """A resolver that knows one person and notes what it is asked."""
    asked: list[tuple] = []

    def resolve_mention(mention: str, date: object, context: object) -> Found:
        asked.append((mention, str(date), context))
        if mention == "Xi":
            return Found("CHN", ("GOV",), "Xi Jinping", "Q15031", "President", "surname", ())
        return Found(None)

    monkeypatch.setattr("communique.resolve.resolve_mention", resolve_mention)
    return asked


def test_a_mention_is_resolved_on_a_date(communique: Run, resolver: list[tuple]) -> None:
    (row,) = communique("resolve", "Xi", "--date", "2019-06-05", "--context", "Xi met Putin.", "--json").rows
    assert row == {
        "mention": "Xi", "code": "CHN", "sector": ["GOV"], "name": "Xi Jinping", "identifier": "Q15031",
        "office": "President", "via": "surname", "alternatives": [],
    }  # fmt: skip
    assert resolver == [("Xi", "2019-06-05", "Xi met Putin.")]
    assert "Xi Jinping" in communique("resolve", "Xi").out


def test_each_line_gives_one_line_back_in_order(communique: Run, resolver: list[tuple]) -> None:
    asked = [{"mention": "Xi", "date": "2019-06-05"}, {"mention": "nobody"}, {"mention": "Xi", "date": None}]
    result = communique("resolve", "-", "--json", stdin="\n".join(map(json.dumps, asked)))
    assert result.code == 0
    assert [row["code"] for row in result.rows] == ["CHN", None, "CHN"]
    assert list(result.rows[1]) == list(result.rows[0])


def test_a_bad_line_gives_a_line_without_a_code_and_one_line_of_error(communique: Run, resolver: list[tuple]) -> None:
    lines = ['{"mention": "Xi"}', "not json", "[1]", '{"date": "2019"}', '{"mention": "Xi", "date": "soon"}']
    result = communique("resolve", "-", "--json", stdin="\n".join(lines))
    assert result.code == 3
    assert [row["code"] for row in result.rows] == ["CHN", None, None, None, None]
    errors = result.err.splitlines()
    assert len(errors) == 4
    assert errors[0].startswith("communique: standard input, line 2: is not JSON")
    assert "'soon' is no day" in errors[3]
