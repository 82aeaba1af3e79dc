"""How rules and encoder are weighed, with an encoder whose word is known."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from communique import annotate, resolve
from communique.code.encoder import NONE, Answer, Question
from communique.code.ontology import events
from communique.code.rules import RuleCoder
from communique.code.weigh import Weigher
from communique.code.weights import DEFAULT, RUNNING, Weights
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


def _weighed(
    text: str, event: str, sure: float, other: str = NONE, weights: Weights = DEFAULT
) -> list[tuple[str, str]]:
    sentence, mentions = read_sentence(text)
    coder = RuleCoder(sentence, mentions)
    drafts = coder.code()
    oracle = Oracle(event, sure, other)
    kept = Weigher(oracle, sentence, mentions, coder.clauses, weights).weigh(drafts)  # type: ignore[arg-type]
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


@pytest.mark.parametrize(
    ("text", "event", "sure", "by_itself", "running"),
    [
        ("Norway condemned Chile.", "ACCUSE", 0.3, True, True),  # two states
        ("Norwegian police detained students.", "COERCE", 0.3, True, False),  # within one state
        ("A gunman killed two people.", "ASSAULT", 0.7, True, True),  # of no state, but by force
        ("The Norwegian government condemned the strikes.", "ACCUSE", 0.6, True, False),  # one side alone
        ("The Norwegian government condemned the strikes.", "ACCUSE", 0.9, True, True),
        ("Norway met on Tuesday.", "CONSULT", 0.95, True, False),  # nobody meets alone
        ("Norway was attacked.", "ASSAULT", 0.4, True, False),  # by nobody
        ("Norway was attacked.", "ASSAULT", 0.95, True, True),
    ],
)
def test_running_text_asks_more_of_an_event_the_fewer_sides_it_has(
    text: str, event: str, sure: float, by_itself: bool, running: bool
) -> None:
    assert bool(_weighed(text, event, sure)) == by_itself
    assert bool(_weighed(text, event, sure, weights=RUNNING)) == running


def test_a_sure_encoder_names_what_two_states_did_where_the_rule_has_next_to_no_chance() -> None:
    found = _weighed("Norway gave support to Chile.", "AID", 0.95, "SUPPORT", RUNNING)
    assert [event for event, _ in found] == ["AID"]


def test_in_an_article_a_crowd_or_police_must_be_told_of_by_a_word_that_tells_such_acts() -> None:
    assert _weighed("Police in Peru entered the house.", "COERCE", 0.7, weights=RUNNING) == []
    assert _weighed("Protesters in Peru converged on the square.", "PROTEST", 0.8, weights=RUNNING) != []


def test_an_announced_meeting_stays_a_promise() -> None:
    ((event, _),) = _weighed("Norway's minister will meet with the minister of Chile.", "CONSULT", 0.99, "AGREE")
    assert event == "AGREE"


def test_an_envoy_for_a_state_does_nothing_to_it() -> None:
    sentence, mentions = read_sentence("The Norwegian envoy for Yemen left home.")
    coder = RuleCoder(sentence, mentions)
    oracle = Oracle("CONSULT", 0.99)
    kept = Weigher(oracle, sentence, mentions, coder.clauses, DEFAULT).weigh(coder.code())  # type: ignore[arg-type]
    assert all(len(draft.actors) + len(draft.recipients) == 1 for draft in kept)


def test_in_an_article_a_threat_is_not_renamed_to_a_friendly_act() -> None:
    assert _weighed("Norway threatened Chile with war.", "SUPPORT", 0.95, "THREATEN", RUNNING) == []


def test_who_was_attacked_did_not_attack() -> None:
    sentence, mentions = read_sentence("Norway was attacked at night.")
    coder = RuleCoder(sentence, mentions)
    oracle = Oracle("ASSAULT", 0.99)
    (draft,) = Weigher(oracle, sentence, mentions, coder.clauses, DEFAULT).weigh([])  # type: ignore[arg-type]
    assert (draft.actors, [m.text for m in draft.recipients]) == ([], ["Norway"])
