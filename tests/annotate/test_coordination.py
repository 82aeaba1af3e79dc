"""Two officials joined by "and", whom parsers take for one."""

from __future__ import annotations

import pytest

from communique import annotate
from communique.model import Document, Span
from communique.settings import DEFAULT_MODEL


def _tree(text: str) -> dict[str, tuple[str, str]]:
    (sentence,) = annotate.sentences(Document("x", text, (Span(0, len(text)),)), DEFAULT_MODEL)
    return {token.text: (token.dep_, token.head.text) for token in sentence.syntax}


@pytest.mark.parametrize(
    ("text", "first", "relation", "name"),
    [
        ("The Secretary and Defense Secretary Holm will travel to Japan.", "The", "Secretary", "Holm"),
        ("The Secretary and National Security Advisor Holm met with Sato.", "The", "Secretary", "Holm"),
        ("The President and Foreign Minister Holm discussed Ireland.", "The", "President", "Holm"),
    ],
)
def test_the_second_of_two_officials_hangs_on_the_first(text: str, first: str, relation: str, name: str) -> None:
    tree = _tree(text)
    assert tree[name] == ("conj", relation)
    assert tree[first][0] == "det"


def test_a_president_who_is_a_ceo_too_is_left_as_parsed() -> None:
    assert _tree("The President and CEO Holm discussed Ireland.")["Holm"][0] != "conj"


def test_a_sentence_without_two_officials_is_left_as_parsed() -> None:
    tree = _tree("The Secretary met Holm and Sato.")
    assert tree["Secretary"] == ("nsubj", "met")
