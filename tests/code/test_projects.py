"""Undertakings between states written for these tests, each beside its parties and stage."""

from __future__ import annotations

import pytest

from communique import annotate, resolve
from communique.code.projects import Memory, projects
from communique.model import Document, Project, Span
from communique.resolve import dates
from communique.settings import Settings


def read(text: str) -> list[Project]:
    document = Document("test", text, (Span(0, len(text)),))
    context = resolve.Context.of(document)
    memory = Memory()
    found: list[Project] = []
    for sentence in annotate.sentences(document, Settings().model):
        mentions = resolve.mentions(sentence, context)
        found += projects(sentence, mentions, dates.in_sentence(sentence, document.published), memory)
    return found


@pytest.mark.parametrize(
    ("text", "name", "kind", "stage"),
    [
        ("Kenya and Uganda signed a deal on a new oil pipeline in 2023.", "oil pipeline", "pipeline", "agreed"),
        ("Kenya and Uganda cancelled the railway line in 2023.", "railway line", "railway", "cancelled"),
        ("Kenya and Uganda opened a cement plant and a dry port on Monday.", "dry port", "port", "in service"),
        ("Kenya and Uganda have suspended the railway line.", "railway line", "railway", "suspended"),
        (
            "A gas pipeline between Kenya and Uganda will enter service next year.",
            "gas pipeline between Kenya and Uganda",
            "pipeline",
            "planned",
        ),
        (
            "A hydropower dam on the border of Kenya and Uganda is under construction.",
            "hydropower dam",
            "power plant",
            "under construction",
        ),
    ],
)
def test_an_undertaking_has_its_name_parties_and_stage(text: str, name: str, kind: str, stage: str) -> None:
    found = [project for project in read(text) if name in project.name]
    assert [(p.type, {w.actor.code for w in p.between}, p.stage) for p in found] == [(kind, {"KEN", "UGA"}, stage)]


def test_a_known_undertaking_brings_its_parties_along() -> None:
    (project,) = read("Work on Akkuyu goes on.")
    assert project.name == "Akkuyu nuclear power plant"
    assert {who.actor.code for who in project.between} == {"TUR", "RUS"}


def test_an_undertaking_of_one_state_is_none_between_states() -> None:
    assert not read("Kenya opened a railway line to the coast.")


def test_the_date_of_a_stage_stands_beside_it() -> None:
    (project,) = read("Kenya and Uganda signed a deal on an oil pipeline on 5 March 2023.")
    assert project.date.day is not None and project.date.day.isoformat() == "2023-03-05"


@pytest.mark.parametrize(
    "text",
    [
        "Peru reaches out early on in the pipeline to people of Chile.",
        "The first port of call for Peru was Chile.",
        "Peru thanked Chile for its help with airport security.",
        "Peru condemned Chile for attacks on bridges and buildings.",
    ],
)
def test_a_word_used_otherwise_and_a_bare_thing_are_no_undertakings(text: str) -> None:
    assert not read(text)
