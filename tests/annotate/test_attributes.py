"""What memory says of every word is what spaCy's own ruler and lemmatizer say."""

from __future__ import annotations

import json
from importlib.resources import files

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from communique import tree
from communique.annotate.attributes import Finisher, finisher
from communique.settings import DEFAULT_MODEL

ODD = "There's nothing gonna happen; let's go, y'all. I gotta say it ain't so. C'mon  there is   a way\t to, nothin'!"


@pytest.fixture(scope="module")
def plain() -> Language:
    return spacy.load(DEFAULT_MODEL, exclude=["ner"])


@pytest.fixture(scope="module")
def quick() -> tuple[Language, Finisher]:
    nlp = spacy.load(DEFAULT_MODEL, exclude=["ner"])
    finish = finisher(nlp, {})
    assert finish is not None
    assert not {"attribute_ruler", "lemmatizer"} & set(nlp.pipe_names)
    return nlp, finish


def said(doc: tree.Doc) -> list[tuple[str, str, str, str, str, str, int]]:
    return [(t.text, t.lower_, t.pos_, t.tag_, t.dep_, t.lemma_, t.head.i) for t in doc]


def test_every_word_of_our_training_sentences_gets_the_same_attributes(
    plain: Language, quick: tuple[Language, Finisher]
) -> None:
    lines = (files("communique.knowledge") / "examples" / "new_b.jsonl").read_text(encoding="utf8").splitlines()
    texts = [json.loads(line)["text"] for line in lines[:120]] + [ODD]
    nlp, finish = quick
    for slow, fast in zip(plain.pipe(texts, batch_size=8), nlp.pipe(texts, batch_size=8), strict=True):
        assert said(tree.read(slow)) == said(finish(fast, fast.text))


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.sampled_from([*ODD.split(), "ai", "n't", "gon", "na", "us", "\n", "do", "had", "what"]), max_size=12)
)
def test_any_row_of_words_gets_the_same_attributes(
    plain: Language, quick: tuple[Language, Finisher], words: list[str]
) -> None:
    text = " ".join(words)
    assert said(tree.read(plain(text))) == said(quick[1](quick[0](text), text))


def test_a_form_that_taggers_get_wrong_gets_the_form_that_was_given() -> None:
    nlp = spacy.load(DEFAULT_MODEL, exclude=["ner"])
    finish = finisher(nlp, {"ships": "vessel"})
    assert finish is not None
    text = "Two ships left Lima."
    assert [token.lemma_ for token in finish(nlp(text), text)] == ["two", "vessel", "leave", "Lima", "."]


def test_names_of_a_network_are_kept() -> None:
    nlp = spacy.load(DEFAULT_MODEL)
    finish = finisher(nlp, {})
    assert finish is not None
    parsed = nlp("Antony Blinken arrived in Germany on Friday.")
    doc = finish(parsed, parsed.text)
    assert [(t.ent_type_, t.ent_iob_) for t in doc] == [(t.ent_type_, t.ent_iob_) for t in parsed]
    assert {"PERSON", "DATE"} <= {t.ent_type_ for t in doc}


def test_rules_that_look_at_anything_else_are_left_to_spacy() -> None:
    nlp = spacy.load(DEFAULT_MODEL, exclude=["ner"])
    nlp.get_pipe("attribute_ruler").add([[{"SHAPE": "Xxxx"}]], {"POS": "PROPN"})  # type: ignore[attr-defined]
    assert finisher(nlp, {}) is None
    assert "attribute_ruler" in nlp.pipe_names


def test_a_pipeline_without_a_ruler_stays_as_it_is() -> None:
    nlp = spacy.blank("en")
    assert finisher(nlp, {}) is None
    assert nlp.pipe_names == []
