"""Near-copies: the same text under several mastheads is one voice."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique import samples
from communique.ingest import from_text, read
from communique.merge import near_copies, voices
from communique.merge.copies import resemble, shingles
from communique.model import Document, Span

WIRE = (
    "Kenya has postponed the reopening of its border with Somalia after gunmen attacked a police post on Monday night. "
    "The crossing would not open on the first of June as the two governments had agreed, a minister told his "
    "counterpart by telephone. Traders are losing ninety million shillings a month, the chamber of commerce estimates."
)
OTHER = (
    "Greece and Turkey agreed to begin joint coastguard patrols off two islands in April, their ministers said after "
    "talks in Ankara. Fast-track visas will be extended to ten islands, and some hundred thousand visitors used them "
    "last year. The two sides failed to agree on airspace, which each of them sees in its own way."
)


def document(id: str, text: str) -> Document:
    return replace(from_text(text, id=id), article=(Span(0, len(text)),))


@pytest.fixture(scope="module")
def sampled(tmp_path_factory: pytest.TempPathFactory) -> list[Document]:
    folder = tmp_path_factory.mktemp("samples")
    samples.copy(folder)
    return list(read([folder], report=print))


def test_a_wire_report_and_its_two_copies_are_one_group_and_nothing_else_is(sampled: list[Document]) -> None:
    names = {each.key: each.id for each in sampled}
    groups = [[names[key] for key in group] for group in near_copies(sampled)]
    assert groups == [["meridian-wire-harbin-grain.html", "baltic-ledger-harbin.html", "lantern-courier-harbin.txt"]]


def test_a_text_with_a_few_words_changed_is_a_copy() -> None:
    edited = WIRE.replace("postponed", "put off").replace("a month", "each month").replace("90", "ninety")
    assert len(near_copies([document("a", WIRE), document("b", edited)])) == 1


def test_a_text_cut_short_is_a_copy_of_the_whole() -> None:
    short = WIRE.rsplit(". ", 1)[0] + "."
    assert len(near_copies([document("a", WIRE + " " + OTHER), document("b", short)])) == 1


def test_two_stories_are_no_copies() -> None:
    assert near_copies([document("a", WIRE), document("b", OTHER)]) == []


def test_short_texts_are_copies_only_of_their_equals() -> None:
    one, other = "Talks went on in Geneva.", "Talks went on in Vienna."
    assert near_copies([document("a", one), document("b", other)]) == []
    assert len(near_copies([document("a", one), document("b", one)])) == 1


def test_furniture_does_not_make_two_pages_of_one_site_copies() -> None:
    menu = "Home News Sport Weather Travel Culture Opinion Letters Archive Contact Imprint Privacy\n" * 20
    pages = [
        replace(from_text(menu + story, id=name), article=(Span(len(menu), len(menu) + len(story)),))
        for name, story in (("a", WIRE), ("b", OTHER))
    ]
    assert near_copies(pages) == []


def test_each_document_has_the_voice_of_the_earliest_text_it_copies(sampled: list[Document]) -> None:
    names = {each.key: each.id for each in sampled}
    voice = {names[key]: names[first] for key, first in voices(sampled).items()}
    assert voice["lantern-courier-harbin.txt"] == "meridian-wire-harbin-grain.html"
    assert voice["amur-record-harbin.txt"] == "amur-record-harbin.txt"


def test_order_of_documents_changes_nothing(sampled: list[Document]) -> None:
    shuffled = list(sampled)
    random.Random(7).shuffle(shuffled)
    assert near_copies(shuffled) == near_copies(sampled)
    assert voices(shuffled) == voices(sampled)


def test_no_documents_have_no_copies(tmp_path: Path) -> None:
    assert near_copies([]) == []
    assert voices([]) == {}


@settings(max_examples=50, deadline=None)
@given(st.lists(st.sampled_from(["alpha", "beta", "gamma", "delta", "1.5"]), max_size=60), st.integers(0, 60))
def test_resemblance_is_symmetric_and_every_text_resembles_itself(words: list[str], cut: int) -> None:
    one, other = shingles(" ".join(words)), shingles(" ".join(words[:cut]))
    assert resemble(one, other) == resemble(other, one)
    assert resemble(one, one) == bool(words)


def test_an_agencys_report_that_a_paper_cut_and_added_to_is_a_copy_by_its_lead() -> None:
    lead = WIRE.split(". ")[0] + "."
    rest = WIRE.split(". ")[1] + "."
    own = "Two lorries stood at the gate when our reporter came. Nobody would say how long the drivers had waited."
    one = paragraphs("a", "NAIROBI, May 28 (Wire) - " + lead, rest, OTHER.split(". ")[0] + ".")
    other = paragraphs("b", lead, rest, own, "The police post lies two miles from the town and has no fence.")
    assert len(near_copies([one, other])) == 1


def test_a_shared_paragraph_further_down_makes_no_copy() -> None:
    shared = WIRE.split(". ")[0] + "."
    one = paragraphs("a", OTHER, shared)
    other = paragraphs(
        "b", "The harvest of maize was good in all four counties this year, the ministry of farming said.", shared
    )
    assert near_copies([one, other]) == []


def paragraphs(id: str, *parts: str) -> Document:
    text, spans = "", []
    for part in parts:
        spans.append(Span(len(text), len(text) + len(part)))
        text += part + "\n"
    return replace(from_text(text, id=id), article=tuple(spans))
