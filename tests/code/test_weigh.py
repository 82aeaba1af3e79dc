"""How rules and encoder are weighed, with an encoder whose word is known."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from communique import annotate, resolve
from communique.code.encoder import NONE, Answer, Question
from communique.code.ontology import events
from communique.code.rules import RuleCoder
from communique.code.weigh import Weigher, Weights
from communique.model import Document, Mention, Sentence, Span
from communique.settings import DEFAULT_MODEL


class Oracle:
    """An encoder that says the same of everything: one event, else another."""

    def __init__(self, event: str, sure: float, other: str = NONE) -> None:
        shares = dict.fromkeys((*events(), NONE), 0.0)
        shares[event] = sure
        shares[other] += 1 - sure
        self.answer = Answer(shares, "actual", {"-": 1.0})
        self.asked: list[Question] = []

    def ask(self, text: str, questions: Sequence[Question]) -> list[Answer]:
        """The one answer, as often as it is asked for."""
        self.asked += questions
        return [self.answer] * len(questions)


def read_sentence(text: str) -> tuple[Sentence, tuple[Mention, ...]]:
    """The one sentence of a text and who is named in it."""
    document = Document("one", text, (Span(0, len(text)),))
    (sentence,) = annotate.sentences(document, DEFAULT_MODEL)
    return sentence, tuple(resolve.mentions(sentence, resolve.Context.of(document)))


def _weighed(text: str, event: str, sure: float, other: str = NONE) -> list[tuple[str, str]]:
    sentence, mentions = read_sentence(text)
    coder = RuleCoder(sentence, mentions)
    drafts = coder.code()
    oracle = Oracle(event, sure, other)
    kept = Weigher(oracle, sentence, mentions, coder.clauses).weigh(drafts)  # type: ignore[arg-type]
    return [(draft.event, draft.rule) for draft in kept]


def test_what_both_say_stands() -> None:
    assert [event for event, _ in _weighed("Norway condemned Chile.", "ACCUSE", 0.9)] == ["ACCUSE"]


@pytest.mark.parametrize(("sure", "expected"), [(0.8, "ACCUSE"), (0.99, "SUPPORT")])
def test_only_a_nearly_sure_encoder_renames_what_a_verb_tells(sure: float, expected: str) -> None:
    ((event, rule),) = _weighed("Norway condemned Chile.", "SUPPORT", sure, "ACCUSE")
    assert event == expected
    assert rule.startswith("encoder over") == (expected == "SUPPORT")


@pytest.mark.parametrize(("sure", "count"), [(0.6, 1), (0.99, 0)])
def test_what_a_verb_tells_is_dropped_where_the_encoder_sees_next_to_nothing(sure: float, count: int) -> None:
    assert len(_weighed("Norway condemned Chile.", NONE, sure, "ACCUSE")) == count


def test_what_describes_somebody_in_passing_needs_the_encoder_s_word() -> None:
    text = "Norway condemned the rebels who had attacked Chile."
    assert {event for event, _ in _weighed(text, NONE, 0.6, "ACCUSE")} == {"ACCUSE"}
    assert "ASSAULT" in {event for event, _ in _weighed(text, "ASSAULT", 0.9)}


def test_a_pair_that_no_rule_speaks_of_is_an_event_where_the_encoder_is_sure() -> None:
    text = "Norway and Chile are far apart."
    assert _weighed(text, "AID", 0.3) == []
    assert {event for event, _ in _weighed(text, "AID", 0.95)} == {"AID"}


def test_weights_are_probabilities() -> None:
    assert all(0 <= getattr(Weights(), name) <= 1 for name in Weights.__slots__ if name not in ("most", "words"))
