"""The five seeds and the corpora, where they are at hand: the figures that reading must reach."""

from __future__ import annotations

from pathlib import Path

import pytest
from evaluation import furniture


def test_every_expectation_of_the_seeds_is_met(shared: Path) -> None:
    figures = furniture.seeds(shared)
    assert figures.pop("seed faults") == 0
    assert all(value == 1.0 for value in figures.values()), figures


@pytest.mark.slow
def test_the_main_text_and_the_day_of_web_pages_are_right(shared: Path) -> None:
    figures = furniture.html(furniture.pages(shared))
    assert figures["html token f1"] >= 0.965
    assert figures["html publication days"] >= 90


@pytest.mark.slow
def test_every_release_is_read_and_nearly_all_of_its_text_is_article(shared: Path) -> None:
    figures = furniture.releases(shared)
    assert figures["releases failed"] == 0
    assert figures["releases article share"] >= 0.985
