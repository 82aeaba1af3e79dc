"""Which evidence gives the day of publication."""

from __future__ import annotations

import datetime as dt

from communique.ingest.finish import published
from communique.model import DateEvidence


def evidence(*kinds: str) -> list[DateEvidence]:
    return [DateEvidence(kind, dt.date(2023, 3, day), dt.date(2023, 3, day), kind) for day, kind in enumerate(kinds, 1)]


def test_the_callers_word_outranks_metadata_and_these_the_byline() -> None:
    assert published(evidence("byline", "metadata", "json-ld", "input")).day == dt.date(2023, 3, 4)
    assert published(evidence("byline", "metadata")).day == dt.date(2023, 3, 2)
    assert published(evidence("byline")).basis == "stated"
    assert published(evidence("metadata")).basis == "page date"


def test_a_header_a_url_or_a_dateline_alone_does_not_date_the_article() -> None:
    assert not published(evidence("header", "url", "dateline")).known


def test_evidence_that_differs_is_named() -> None:
    assert "byline 2023-03-02" in (published(evidence("metadata", "byline")).note or "")
