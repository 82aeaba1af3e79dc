"""The language of an article."""

from __future__ import annotations

import pytest

from communique.ingest.language import language


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The ministers signed a treaty on fishing in Varda on Tuesday.", "en"),
        ("Ministers Sign Treaty on Fishing Rights", "en"),
        ("Les ministres ont signé un traité sur la pêche mardi à Paris.", "fr"),
        ("Министры подписали договор о рыбной ловле во вторник.", "ru"),
        ("Too short", None),
        ("1234567890 1234567890 1234567890", None),
        ("", None),
    ],
)
def test_the_language_is_told_where_there_is_enough_text(text: str, code: str | None) -> None:
    assert language(text) == code
