"""Sentences that the encoder need not read: what they tell is told the same without it."""

from __future__ import annotations

import pytest

from communique import code, ingest
from communique.code import idle, weigh
from communique.pipeline import Coder
from communique.settings import Settings

pytestmark = pytest.mark.skipif(not code.available(), reason="the encoder's weights are not installed")

CODER = Coder(Settings(kinds=("event",)))
# the first lines make an article of it
AROUND = "Norway has a long coast. Many people live there. The weather was fair. Nothing else was new. "


def left_unread(text: str, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The sentences of an article that are idle."""
    found: set[str] = set()

    def asks(*given: object) -> bool:
        answer = idle.is_idle(*given)  # type: ignore[arg-type]
        if answer:
            found.add(given[3].text)  # type: ignore[attr-defined]
        return answer

    monkeypatch.setattr(weigh, "is_idle", asks)
    CODER.code(ingest.from_text(text, id="x", date="2023-03-22"))
    return found


@pytest.mark.parametrize(
    "sentence",
    [
        "Norway hopes that the coming winter will be a mild one.",
        "The Norwegian minister likes the harbour of Bergen and its old houses.",
    ],
)
def test_talk_of_one_state_is_left_unread(sentence: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert sentence in left_unread(AROUND + sentence, monkeypatch)


@pytest.mark.parametrize(
    "sentence",
    [
        "Norway condemned the decision of Peru to close the strait.",  # two states
        "Norwegian police arrested nine men in Bergen on Friday.",  # a word of force
        "Protesters walked along the harbour of Bergen.",  # a crowd
        "Norway calls for a durable solution.",  # asks for something
    ],
)
def test_two_states_force_crowds_and_demands_are_read(sentence: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert sentence not in left_unread(AROUND + sentence, monkeypatch)


def test_a_sentence_by_itself_is_always_read(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not left_unread("Norway hopes that the coming winter will be a mild one.", monkeypatch)
