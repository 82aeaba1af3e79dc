"""The ruler with a memory says of every word what spaCy's own says."""

from __future__ import annotations

import json
from importlib.resources import files

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from communique.annotate.attributes import Remembering, install
from communique.settings import DEFAULT_MODEL

ODD = "There's nothing gonna happen; let's go, y'all. I gotta say it ain't so. C'mon  there is   a way\t to, nothin'!"


@pytest.fixture(scope="module")
def both() -> tuple[Language, Language]:
    plain, quick = (spacy.load(DEFAULT_MODEL, exclude=["ner"]) for _ in range(2))
    install(quick)
    return plain, quick


def said(nlp: Language, texts: list[str]) -> list[list[tuple[str, str, str, str, str, int]]]:
    return [
        [(t.text, t.pos_, t.dep_, t.lemma_, str(t.morph), t.head.i) for t in doc]
        for doc in nlp.pipe(texts, batch_size=8)
    ]


def test_every_word_of_our_training_sentences_gets_the_same_attributes(both: tuple[Language, Language]) -> None:
    lines = (files("communique.knowledge") / "examples" / "new_b.jsonl").read_text(encoding="utf8").splitlines()
    texts = [json.loads(line)["text"] for line in lines[:120]] + [ODD]
    assert said(both[0], texts) == said(both[1], texts)


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.sampled_from([*ODD.split(), "ai", "n't", "gon", "na", "us", "\n", "do", "had", "what"]), max_size=12)
)
def test_any_row_of_words_gets_the_same_attributes(both: tuple[Language, Language], words: list[str]) -> None:
    assert said(both[0], [" ".join(words)]) == said(both[1], [" ".join(words)])


def test_rules_that_look_at_anything_else_are_left_to_spacy() -> None:
    nlp = spacy.blank("en")
    ruler = nlp.add_pipe("attribute_ruler")
    ruler.add([[{"SHAPE": "Xxxx"}]], {"POS": "PROPN"})
    assert not Remembering.suits(ruler)
    install(nlp)
    assert nlp("Norland waits")[1].pos_ == ""


def test_a_pipeline_without_a_ruler_stays_as_it_is() -> None:
    nlp = spacy.blank("en")
    install(nlp)
    assert nlp.pipe_names == []
