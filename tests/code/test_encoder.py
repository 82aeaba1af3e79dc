"""The shipped encoder: what it says does not depend on what else is asked, and it knows direction."""

from __future__ import annotations

import importlib.util
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.code.encoder import NONE, Encoder, _gelu, available, encoder, weights
from communique.errors import KnowledgeError, UsageError
from communique.model import Span

pytestmark = pytest.mark.skipif(not available(), reason="the encoder's weights are not in this checkout")
TEXT = "The Danish navy shelled a Ruritanian patrol boat on Friday."
DANES, SHELLED, BOAT = Span(4, 15), Span(16, 23), Span(26, 49)


def test_the_probabilities_of_an_answer_add_up_to_one() -> None:
    (answer,) = encoder().ask(TEXT, [(DANES, BOAT, None)])
    assert sum(answer.events.values()) == pytest.approx(1.0, abs=1e-4)


def test_an_answer_is_the_same_whatever_else_is_asked() -> None:
    alone = encoder().ask(TEXT, [(DANES, BOAT, None)])[0]
    among = encoder().ask(TEXT, [(None, BOAT, None), (BOAT, DANES, SHELLED), (DANES, BOAT, None)])[2]
    assert alone.best[0] == among.best[0]
    assert alone.events["ASSAULT"] == pytest.approx(among.events["ASSAULT"], abs=1e-5)


def test_who_attacks_whom_is_not_turned_round() -> None:
    forth, back = encoder().ask(TEXT, [(DANES, BOAT, None), (BOAT, DANES, None)])
    assert forth.best[0] == "ASSAULT"
    assert back.events["ASSAULT"] < forth.events["ASSAULT"]
    assert back.events[NONE] > forth.events[NONE]


def test_no_questions_cost_nothing() -> None:
    assert encoder().ask(TEXT, []) == []


def test_two_acts_of_one_pair_are_told_apart_by_their_words() -> None:
    text = "Norway praised Chile's rescuers but rejected its claim to the seabed."
    norway, chile, praised, rejected = Span(0, 6), Span(15, 20), Span(7, 14), Span(36, 44)
    praise, refusal = encoder().ask(text, [(norway, chile, praised), (norway, chile, rejected)])
    assert praise.best[0] == "SUPPORT"
    assert refusal.best[0] == "REJECT"


def test_an_encoder_in_another_folder_can_be_named() -> None:
    copy = Encoder(str(weights()))
    assert copy.ask(TEXT, [(DANES, BOAT, None)])[0].best == encoder().ask(TEXT, [(DANES, BOAT, None)])[0].best


def test_the_larger_half_of_an_answer_is_worked_out_when_it_is_looked_at() -> None:
    (answer,) = encoder().ask(TEXT, [(DANES, BOAT, SHELLED)])
    assert sum(answer.modes.values()) == pytest.approx(1.0, abs=1e-4)
    assert len(answer.modes) == len(encoder().card["modes"])
    assert answer.mode("ASSAULT") is None or f"ASSAULT/{answer.mode('ASSAULT')}" in answer.modes


@settings(deadline=None, max_examples=60)
@given(st.lists(st.floats(-12, 12, width=32), min_size=1, max_size=40))
def test_the_short_gelu_is_the_one_by_the_error_function(values: list[float]) -> None:
    given_, exact = np.array(values, np.float32), [0.5 * x * (1 + math.erf(x / math.sqrt(2))) for x in values]
    assert _gelu(given_) == pytest.approx(exact, abs=4e-6)
    assert given_.tolist() == values


def test_a_larger_encoder_that_is_not_installed_is_no_riddle() -> None:
    if importlib.util.find_spec("communique_accurate"):
        pytest.skip("communique-accurate is installed here")
    with pytest.raises(UsageError, match="not installed"):
        weights("accurate")


def test_a_folder_without_weights_is_named(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="cannot be read"):
        Encoder(str(tmp_path))
