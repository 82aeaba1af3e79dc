"""Bodies that states meet in, written for these tests, each beside what it is there."""

from __future__ import annotations

import pytest

from communique import annotate, resolve
from communique.code.forums import forums
from communique.model import Document, Forum, Span
from communique.settings import Settings


def read(text: str) -> list[Forum]:
    document = Document("test", text, (Span(0, len(text)),))
    context = resolve.Context.of(document)
    return [
        forum
        for sentence in annotate.sentences(document, Settings().model)
        for forum in forums(sentence, resolve.mentions(sentence, context))
    ]


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("Peru and Chile met at the United Nations.", "United Nations", "venue"),
        ("Peru and Chile spoke at the African Union summit.", "African Union", "venue"),
        ("Peru and Chile discussed the future of the African Union.", "African Union", "topic"),
        ("The African Union condemned the coup in Mali.", "African Union", "participant"),
    ],
)
def test_a_body_is_a_venue_a_topic_or_acts(text: str, name: str, role: str) -> None:
    assert [(forum.name, forum.role) for forum in read(text)] == [(name, role)]


def test_the_states_that_meet_there_are_its_members_here() -> None:
    (forum,) = read("Peru and Chile met at the United Nations.")
    assert {who.actor.code for who in forum.members} == {"PER", "CHL"}


def test_a_forum_that_no_list_holds_has_a_name_and_no_code() -> None:
    found = {forum.name: forum.code for forum in read("Peru and Chile met at the Pacific Harvest Forum.")}
    assert found == {"Pacific Harvest Forum": None}


def test_a_body_that_is_only_pointed_back_to_is_no_forum_here() -> None:
    text = "Peru spoke about COVAX. It is known well there."
    assert [forum.span.cut(text) for forum in read(text)] == ["COVAX"]


def test_a_parliament_of_a_state_is_no_forum() -> None:
    assert not read("Peru sent a letter to the U.S. Congress.")
