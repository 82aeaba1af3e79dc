"""Copies as an archive keeps them: however many come at once, and on however many cores, the same lineages."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor

import pytest
import sqlalchemy as sa

from communique.archive import Archive
from communique.archive.schema_merge import bands, sketches
from communique.merge import kept_copies, near_copies
from communique.merge.kept_texts import Texts
from communique.model import Document, Span

COUNTRIES = "Ghana Togo Benin Niger Mali Chad Gabon Congo Kenya Uganda Rwanda Burundi".split()
VERBS = "signed welcomed postponed denied opened closed approved rejected renewed extended".split()
NOUNS = "treaty bridge border railway loan port visa pipeline fishery airport dam school".split()


def sentence(chance: random.Random) -> str:
    one, other = chance.sample(COUNTRIES, 2)
    return f"{one} {chance.choice(VERBS)} the {chance.choice(NOUNS)} with {other} in {chance.randrange(1900, 2020)}"


def documents(count: int) -> list[Document]:
    """Every third is an earlier one with a sentence less, or with one more before it."""
    chance = random.Random(11)
    told: list[list[str]] = []
    for number in range(count):
        if number % 3 == 2:
            text = list(chance.choice(told))
            text = text[1:] if chance.random() < 0.5 else [sentence(chance), *text]
        else:
            text = [sentence(chance) for _ in range(12)]
        told.append(text)
    return [
        Document(id=f"{number:04}", text=(held := ". ".join(text)), article=(Span(0, len(held)),))
        for number, text in enumerate(told)
    ]


def lineages(made: list[Document], sizes: list[int], beside: Executor | None = None) -> dict[str, str]:
    """For each document that of its text, where so many come at once."""
    names = {number: document.id for number, document in enumerate(made, 1)}
    waiting: Iterator[tuple[int, Document]] = iter(enumerate(made, 1))
    with Archive(":memory:") as archive, archive.writing() as connection:
        for size in sizes:
            Texts(connection, beside=beside).change([], list(itertools.islice(waiting, size)))
        rows = connection.execute(sa.select(sketches.c.document, sketches.c.text)).all()
    return {names[document]: names[text] for document, text in rows}


@pytest.fixture(autouse=True)
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_copies, "PART", 16)


def test_however_many_come_at_once_the_lineages_are_those_of_all_in_memory() -> None:
    made = documents(120)
    names = {document.key: document.id for document in made}
    expected = {document.id: document.id for document in made}
    for group in near_copies(made):
        expected |= dict.fromkeys((names[key] for key in group), names[group[0]])
    assert len(set(expected.values())) < 100
    for sizes in ([120], [1] * 120, [7] * 18, [50, 1, 69]):
        assert lineages(made, sizes) == expected


def test_sketches_made_beside_change_nothing() -> None:
    made = documents(90)
    with ThreadPoolExecutor(1) as beside:
        assert lineages(made, [90], beside) == lineages(made, [90])


def test_a_document_that_is_taken_out_takes_its_marks_with_it_and_leaves_its_copies_together() -> None:
    made = documents(60)
    come = list(enumerate(made, 1))
    with Archive(":memory:") as archive, archive.writing() as connection:
        texts = Texts(connection)
        texts.change([], come)
        for number in range(1, 31):
            texts.change([number], [])
        left = connection.execute(sa.select(sketches.c.document, sketches.c.text)).all()
        marks = set(connection.execute(sa.select(bands.c.document)).scalars())
    names = {document.key: number for number, document in come}
    expected = {number: number for number in range(31, 61)}
    for group in near_copies(made[30:]):
        expected |= dict.fromkeys((names[key] for key in group), names[group[0]])
    assert dict(tuple(row) for row in left) == expected
    assert marks == set(range(31, 61))
