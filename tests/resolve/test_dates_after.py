"""A sentence that only says when: it dates what the sentence before it told."""

from __future__ import annotations

import pytest

from communique.model import Document, Span
from communique.pipeline import Coder
from communique.settings import Settings

CODER = Coder(Settings(encoder=False, kinds=("event",)))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Serbian police arrested two Croatian fishermen. The incident happened on 5 May 2019.", "2019-05-05"),
        ("Serbian police arrested two Croatian fishermen. They gave the time as 10:40 on 5 May 2019.", "2019-05-05"),
        ("Serbian police arrested two Croatian fishermen. The trial will open on 5 May 2019.", "None"),
    ],
)
def test_a_sentence_that_only_says_when_dates_what_the_one_before_it_told(text: str, day: str) -> None:
    coded = CODER.code(Document("test", text, (Span(0, len(text)),)))
    assert [str(event.date.earliest) for event in coded.events if event.event == "COERCE"][:1] == [day]
