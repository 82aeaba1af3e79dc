"""Persons, dates and amounts told without a network, beside what they are in real sentences."""

from __future__ import annotations

import itertools

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc

from communique import tree
from communique.annotate import entities
from communique.annotate.syntax import parsed, pipeline
from communique.settings import DEFAULT_MODEL

VOCAB = spacy.blank("en").vocab
entities.words()  # read before the clock of the property test runs


def named(doc: tree.Doc) -> list[tuple[int, int, str]]:
    ends = {token.i for token in doc if token.ent_iob_ != "I"} | {len(doc)}
    begun = [token for token in doc if token.ent_iob_ == "B"]
    return [(token.i, min(end for end in ends if end > token.i), token.ent_type_) for token in begun]


def marked(text: str, known: entities.Known | None = None) -> dict[str, list[str]]:
    doc = next(parsed([text]))
    entities.mark(doc, known or entities.Known())
    found: dict[str, list[str]] = {}
    for start, end, label in named(doc):
        found.setdefault(label, []).append(tree.Span(doc, start, end).text)
    return found


@pytest.mark.parametrize(
    ("text", "persons"),
    [
        ("Foreign Minister Wang Yi met Antony Blinken in Munich.", ["Wang Yi", "Antony Blinken"]),
        ("Mr. Tshisekedi said the talks had failed.", ["Tshisekedi"]),
        ("The economist Ilse Zandvoort, 54, doubts that.", ["Ilse Zandvoort"]),
        ("Prime Minister Hun Sen received Billy King on Friday.", ["Hun Sen", "Billy King"]),
        ("Envoys of the European Commission left for Addis Ababa.", []),
        ("The Barcelona Process and the Ottawa Treaty were praised.", []),
        ("Theresa May resigned in June 2019.", ["Theresa May"]),
    ],
)
def test_a_person_is_told_by_given_name_title_age_or_noun(text: str, persons: list[str]) -> None:
    assert marked(text).get("PERSON", []) == persons


def test_a_surname_alone_is_a_person_once_the_whole_name_was_read() -> None:
    known = entities.Known()
    marked("Magdalena Quirke spoke to reporters.", known)
    assert marked("Reporters later followed Quirke to the airport.", known)["PERSON"] == ["Quirke"]
    assert "PERSON" not in marked("Reporters later followed Quirke to the airport.")


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("The embassy reopened on 3 March 2021.", ["3 March 2021"]),
        ("The embassy reopened on March 3, 2021.", ["March 3, 2021"]),
        ("Exports fell for the past five years.", ["the past five years"]),
        ("The truce was signed two weeks ago.", ["two weeks ago"]),
        ("They may march to the border.", []),
        ("Nearly 2000 soldiers crossed the border.", []),
    ],
)
def test_a_date_is_told_by_month_weekday_year_or_unit(text: str, dates: list[str]) -> None:
    assert marked(text).get("DATE", []) == dates


def test_amounts_have_their_kinds() -> None:
    assert marked("Tokyo lent Manila 300 million dollars.")["MONEY"] == ["300 million dollars"]
    assert marked("Trade rose by 12 percent.")["PERCENT"] == ["12 percent"]
    assert marked("They seized 14 trawlers.")["CARDINAL"] == ["14"]


def test_the_pipeline_that_comes_with_us_runs_no_network_for_names() -> None:
    assert "ner" not in pipeline(DEFAULT_MODEL)[0].pipe_names


@given(st.lists(st.sampled_from(
    ["Mr.", "President", "de", "Anna", "Lopez", "May", "3", "2021", "$", "of", ",", "week", "-", "first", "3rd"]
), max_size=12))  # fmt: skip
def test_any_row_of_words_gets_entities_that_do_not_overlap(words: list[str]) -> None:
    tags = ["PROPN" if word[:1].isupper() else "NUM" if word.isdigit() else "NOUN" for word in words]
    doc = tree.read(Doc(VOCAB, words=words, pos=tags, sent_starts=[n == 0 for n in range(len(words))]))
    spans: list[tuple[int, int, str]] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tree.Doc, "name", lambda self, given: spans.extend(given))
        entities.mark(doc, entities.Known())
    ordered = sorted(spans)
    assert all(0 <= start < end <= len(words) for start, end, _ in ordered)
    assert all(before[1] <= after[0] for before, after in itertools.pairwise(ordered))
