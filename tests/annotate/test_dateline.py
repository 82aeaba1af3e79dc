"""Datelines are cut off before parsing; what only looks like one is left alone."""

from __future__ import annotations

import pytest

from communique import annotate
from communique.annotate.dateline import dateline
from communique.model import Document, Span
from communique.settings import DEFAULT_MODEL


@pytest.mark.parametrize(
    "line",
    [
        "TIRANA -- |Albania and Norway signed a treaty.",
        "HARBIN, China, Sept 14, 2024 - |China and Russia signed a treaty.",
        "LA PAZ, Bolivia (AP) — |Bolivia closed its border.",
        "Nairobi, 5 May (Xinhua) -- |Kenya sent troops.",
        "Reuters KAMPALA (Reuters) -- |Uganda said no.",
        "ISLAMABAD: |The government of Pakistan agreed.",
        "(CNN) |Italian police arrested the captain.",
        "PORT-AU-PRINCE, Haiti, Jan. 3 – |“We will stay,” he said.",
        "MR DALE: |We deplore the raid.",
        "MS. OKORO (in French): |No.",
        "QUESTION: |Has Oman agreed?",
        "16.20: |Macron has spoken to Meloni.",
        "09:15 GMT - |Iran fired two missiles.",
        "11:45 a.m. LOCAL |The Secretary meets President Boakai.",
        "Update: |Turkey recalled its ambassador.",
        "07.05: Breaking: |The truce has ended.",
    ],
)
def test_a_dateline_ends_where_its_sentence_begins(line: str) -> None:
    head, rest = line.split("|")
    assert dateline(head + rest) == len(head)


@pytest.mark.parametrize(
    "line",
    [
        "Washington - the capital - was quiet.",
        "NATO-led troops left.",
        "China and Russia signed a treaty.",
        "The UN - and others - agreed.",
        "Sanctions (EU) hurt trade.",
        "President Biden (left) met him.",
        "EU: Russia must leave.",
        "At 16:20 the guns fell silent.",
        "Live fire was heard in Goma.",
    ],
)
def test_what_only_looks_like_a_dateline_is_none(line: str) -> None:
    assert dateline(line) == 0


def test_the_sentence_after_a_dateline_is_parsed_alone_and_cut_right() -> None:
    text = "HARBIN, China, Sept 14, 2024 - China and Russia signed a treaty."
    first, second = annotate.sentences(Document("x", text, (Span(0, len(text)),)), DEFAULT_MODEL)
    assert first.text == "HARBIN, China, Sept 14, 2024 -"
    assert second.text == text[second.span.start : second.span.end] == "China and Russia signed a treaty."
    assert second.paragraph == first.paragraph
