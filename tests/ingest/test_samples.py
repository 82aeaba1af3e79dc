"""Whole pages of different habits, every line with the label that a reader would give it."""

from __future__ import annotations

from communique.ingest import from_text

from .conftest import Sample, labelled


def test_every_line_of_a_sample_page_gets_its_label(sample: Sample) -> None:
    assert labelled(from_text(sample.text)) == list(sample.expected)
