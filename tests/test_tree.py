"""Words in plain objects say what spaCy's own words say."""

from __future__ import annotations

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from communique import tree
from communique.settings import DEFAULT_MODEL

NLP = spacy.load(DEFAULT_MODEL, exclude=["ner"])
VOCAB = NLP.vocab
SAME = (
    "i", "idx", "text", "lower_", "lemma_", "pos_", "tag_", "dep_", "ent_type_", "ent_iob_", "whitespace_", "is_alpha",
    "is_punct", "is_space", "is_lower", "is_upper", "is_title",
)  # fmt: skip


def compare(parsed: Doc) -> tree.Doc:
    """Every answer of every word, beside spaCy's."""
    doc = tree.read(parsed)
    assert (doc.text, len(doc)) == (parsed.text, len(parsed))
    assert [(sent.start, sent.end, sent.text, sent.root.i) for sent in doc.sents] == [
        (sent.start, sent.end, sent.text, sent.root.i) for sent in parsed.sents
    ]
    for token, other in zip(doc, parsed, strict=True):
        assert [getattr(token, name) for name in SAME] == [getattr(other, name) for name in SAME]
        assert token.is_sent_start == bool(other.is_sent_start)
        for name in ("head", "left_edge", "right_edge"):
            assert getattr(token, name).i == getattr(other, name).i, name
        for name in ("lefts", "rights", "children", "subtree", "ancestors", "conjuncts"):
            assert [t.i for t in getattr(token, name)] == [t.i for t in getattr(other, name)], name
        assert (token.sent.start, token.sent.end) == (other.sent.start, other.sent.end)
        assert [token.is_ancestor(t) for t in doc] == [other.is_ancestor(t) for t in parsed]
    return doc


@pytest.mark.parametrize(
    "text",
    [
        "Kenya's president, Uganda's and Rwanda's ministers met  in Arusha, Tanzania. They signed nothing.",
        "“We will not leave,” the envoy said on 3 March; an aide who had come with him nodded.",
        "A hearing was held on Friday that nobody in Lima had asked for.\tIt ended.",
        "?!",
    ],
)
def test_words_and_trees_are_those_of_the_parse(text: str) -> None:
    compare(NLP(text))


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_tree_is_walked_with_crossing_branches_too(data: st.DataObject) -> None:
    size = data.draw(st.integers(1, 9))
    above = [0] + [data.draw(st.integers(0, n - 1)) for n in range(1, size)]
    place = data.draw(st.permutations(range(size)))
    heads = [0] * size
    for node, head in enumerate(above):
        heads[place[node]] = place[head]
    deps = ["ROOT" if head == at else "prep" for at, head in enumerate(heads)]
    doc = tree.read(Doc(VOCAB, words=["Peru"] * size, heads=heads, deps=deps))

    def below(at: int) -> list[int]:
        children = [n for n in range(size) if heads[n] == at != n]
        left = [n for child in children if child < at for n in below(child)]
        return [*left, at, *(n for child in children if child > at for n in below(child))]

    for at, token in enumerate(doc):
        assert [t.i for t in token.subtree] == below(at)
        assert (token.left_edge.i, token.right_edge.i) == (min(below(at)), max(below(at)))
        assert [t.i for t in token.children] == [n for n in range(size) if heads[n] == at != n]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(["Peru", "and", ",", "sailed"]), min_size=1, max_size=6), st.data())
def test_characters_are_found_as_spacy_finds_them_where_it_expands(words: list[str], data: st.DataObject) -> None:
    parsed = Doc(
        VOCAB, words=words, spaces=[data.draw(st.booleans()) for _ in words], sent_starts=[1] + [-1] * (len(words) - 1)
    )
    doc = tree.read(parsed)
    start = data.draw(st.integers(0, len(doc.text)))
    end = data.draw(st.integers(start + 1, len(doc.text) + 2))
    ours, theirs = doc.char_span(start, end), parsed.char_span(start, end, alignment_mode="expand")
    assert (ours is None) == (theirs is None)
    if ours is not None and theirs is not None:
        assert (ours.start, ours.end) == (theirs.start, max(theirs.start, theirs.end))


def test_a_chain_of_a_thousand_words_is_walked_without_end_of_the_stack() -> None:
    size = 3000
    doc = tree.read(Doc(VOCAB, words=["and"] * size, heads=[max(0, n - 1) for n in range(size)], deps=["conj"] * size))
    assert len(doc[0].subtree) == len(doc[0].conjuncts) + 1 == size


def test_names_replace_those_that_were_there() -> None:
    doc = tree.read(
        Doc(VOCAB, words=["Wang", "Yi", "met", "Peru"], heads=[1, 2, 2, 2], deps=["compound", "nsubj", "ROOT", "dobj"])
    )
    doc.name([(3, 4, "GPE")])
    doc.name([(0, 2, "PERSON")])
    assert [(token.ent_iob_, token.ent_type_) for token in doc] == [
        ("B", "PERSON"),
        ("I", "PERSON"),
        ("O", ""),
        ("O", ""),
    ]


def test_there_is_no_neighbour_before_the_first_word() -> None:
    doc = tree.read(Doc(VOCAB, words=["Peru", "sailed"], heads=[1, 1], deps=["nsubj", "ROOT"]))
    assert doc[0].nbor().text == "sailed"
    with pytest.raises(IndexError):
        doc[0].nbor(-1)
