"""A page may hold anything; a terminal obeys none of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.builders import TEXT
from tests.cli.conftest import KnownCoder

from communique.cli.plain import harmless
from communique.model import Coded, Document

ORDERS = "\x1b]0;taken over\x07\x1b[2J\x1b]52;c;cm0=\x07\x9b31m\x7f\r"
CONTROL = {chr(number) for number in (*range(32), *range(0x7F, 0xA0))} - set("\n\t")


@given(st.text(st.characters(max_codepoint=0x2FF)))
def test_what_is_shown_holds_no_order_but_bold(text: str) -> None:
    shown = harmless(text).replace("\r\n", "\n")
    for own in ("\x1b[1m", "\x1b[22m", "\x1b[7m", "\x1b[27m"):
        shown = shown.replace(own, "")
    assert not CONTROL & set(shown)


@given(st.dictionaries(st.text(max_size=5), st.text(st.characters(max_codepoint=0x2FF)), min_size=1))
def test_json_keeps_its_value(row: dict[str, str]) -> None:
    shown = harmless(json.dumps(row, ensure_ascii=False))
    assert not CONTROL & set(shown)
    assert json.loads(shown) == row


@pytest.mark.parametrize(
    "text", ["", "Ελλάδα, naïve, 日本\tan accord\nof two lines", "\x1b[1mbold\x1b[22m", "a,b\r\n1,2\r\n"]
)
def test_plain_text_stays_as_it_is(text: str) -> None:
    assert harmless(text) == text


class _Believing(KnownCoder):
    """Keeps the title and outlet that a page gives itself."""

    def code(self, document: Document) -> Coded:
        return replace(super().code(document), document=document)


def test_no_command_hands_the_orders_of_a_page_to_the_terminal(
    communique: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("communique.pipeline.Coder", _Believing)
    row = {"id": f"a{ORDERS}", "title": f"Rails {ORDERS}", "source": f"Lake {ORDERS}Wire", "text": TEXT}
    other = {"id": "b", "title": "Talks", "text": f"China {ORDERS}and Russia met in Chita."}
    lines = [json.dumps(each) for each in (row, other, {"id": ORDERS})]
    Path("pages.jsonl").write_text("\n".join(lines) + "\n", encoding="utf8")
    Path("empty\x1b[2J.txt").touch()
    told = [communique("read", "pages.jsonl", "empty\x1b[2J.txt", "--archive", "news.db")]
    events = communique("events", "--json", "--archive", "news.db")
    told += [events, communique("document", "pages.jsonl")]
    told += [
        communique(*arguments, "--archive", "news.db")
        for arguments in (
            ("events",), ("stories",), ("search", "China"), ("search", "China", "--json"),
            ("show", events.rows[0]["id"]), ("brief", "China", "Mongolia"),
            ("pair", "China", "Mongolia", "--records"),
        )
    ]  # fmt: skip
    assert "is empty" in told[0].err
    for each in told[1:]:
        assert each.code in (0, 3), each
        assert "taken" in each.out, each
    for each in told:
        assert not CONTROL & set(each.out + each.err), each
