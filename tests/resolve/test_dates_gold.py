"""Scores on the gold phrases and on our own, and the seeds' own dates, with their floors."""

from __future__ import annotations

import datetime as dt
import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType

import pytest

from communique import annotate, resolve
from communique.ingest import read
from communique.model import Document, When
from communique.resolve import dates
from communique.resolve.published import choose
from communique.settings import DEFAULT_MODEL

EVALUATION = Path(__file__).resolve().parents[2] / "evaluation" / "dates.py"
# what the seeds must give at least: earliest and latest, None where the gold sets no bound on that side
EXPECTED = {
    "000": (dt.date(2017, 7, 10), dt.date(2021, 6, 25)),
    "001": (dt.date(2025, 1, 20), None),
    "002": (None, dt.date(2020, 7, 7)),
    "003": (None, dt.date(2024, 5, 18)),
    "004": (dt.date(2013, 3, 14), None),
}


def scores() -> ModuleType:
    """The evaluation script as a module."""
    spec = importlib.util.spec_from_file_location("evaluation_dates", EVALUATION)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_the_gold_phrases_and_our_own_are_above_their_floors(shared: Path) -> None:
    missed: list[str] = []
    found = scores().measure(shared, missed)
    assert found["dates_dev"] >= 35, missed
    assert found["dates_own"] >= 0.95, missed
    assert found["dates_later"] >= 0.95, missed


def test_our_own_phrases_are_at_least_150_and_well_formed() -> None:
    rows = [json.loads(line) for line in EVALUATION.with_name("dates_phrases.jsonl").read_text().splitlines()]
    assert len(rows) >= 150
    assert len({row["text"] for row in rows}) == len(rows)
    assert all(dt.date.fromisoformat(row["document_date"]) for row in rows)


def dated(document: Document) -> When:
    """What the steps from sentences to the document's date make of it."""
    sentences = annotate.sentences(document, DEFAULT_MODEL)
    context = resolve.Context.of(document)
    cast = [named for s in sentences for named in resolve.cast(document, resolve.mentions(s, context))]
    found = [d for s in sentences for d in dates.in_sentence(s, document.published)]
    return choose(document, cast, found)


@pytest.fixture(scope="module")
def seeds(shared: Path) -> dict[str, When]:
    """The dates of the seeds."""
    return {d.id[:3]: dated(d) for d in read([shared / "seeds"], report=lambda fault: None)}


@pytest.mark.parametrize("seed", sorted(EXPECTED))
def test_the_seeds_are_bounded_as_the_gold_says(seeds: dict[str, When], seed: str) -> None:
    when, (earliest, latest) = seeds[seed], EXPECTED[seed]
    if earliest is not None:
        assert when.earliest == earliest
    if latest is not None:
        assert when.latest is not None
        assert when.latest <= latest
    assert when.note


def test_the_summit_of_the_third_seed_is_dated_by_its_anniversary(seeds: dict[str, When]) -> None:
    when = seeds["002"]
    assert when.earliest == dt.date(2019, 6, 6)
    assert when.latest is not None
    assert when.latest <= dt.date(2020, 7, 7)
