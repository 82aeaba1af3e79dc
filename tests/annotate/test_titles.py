"""Titles In Capitals are parsed from a copy in small letters; words and offsets stay as they are written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique import annotate
from communique.annotate.titles import is_title, lowered
from communique.model import Document, Span
from communique.settings import DEFAULT_MODEL


@pytest.mark.parametrize(
    ("title", "read"),
    [
        ("Norway Expels Two Russian Diplomats", "Norway expels Two Russian diplomats"),
        ("The United States Lifts Sanctions on Palau", "The United States lifts sanctions on Palau"),
        ("Foreign Minister Sato Visits Bhutan", "Foreign Minister Sato visits Bhutan"),
    ],
)
def test_verbs_and_common_words_of_a_title_become_small_and_names_stay(title: str, read: str) -> None:
    assert is_title(title)
    assert lowered(title) == read


@pytest.mark.parametrize(
    "line",
    [
        "Norway expelled two diplomats on Monday.",
        "NORWAY EXPELS ENVOY AND CLOSES BORDER",
        "Ministry of Foreign Affairs of Bhutan",
        "Oslo",
    ],
)
def test_a_sentence_a_shout_and_a_name_are_no_titles(line: str) -> None:
    assert not is_title(line)


def test_a_title_has_its_verb_and_keeps_its_words() -> None:
    text = "Norway Expels Two Russian Diplomats"
    (only,) = annotate.sentences(Document("x", text, (Span(0, len(text)),)), DEFAULT_MODEL)
    assert only.text == text == only.syntax.text
    assert [(t.text, t.lemma_, t.pos_) for t in only.syntax][1] == ("Expels", "expel", "VERB")
    assert only.syntax.root.text == "Expels"


@given(st.text(max_size=80))
def test_a_title_is_read_as_long_as_it_is_written(line: str) -> None:
    assert len(lowered(line)) == len(line)
