"""The language of an article."""

from __future__ import annotations

import functools
from typing import Protocol

MIN_CHARACTERS = 20  # fewer say nothing about the language
SAMPLE = 4_000
CREOLES = {"pcm", "jam", "bi", "tpi", "srn", "sco", "ang"}  # what short English headlines are taken for


class _Identifier(Protocol):
    def rank(self, text: str) -> list[tuple[str, float]]: ...


@functools.cache
def _identifier() -> _Identifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # loading takes a while: only when first asked

    made: _Identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    return made


def language(text: str) -> str | None:
    """ISO 639-1 code of the language of a text; None for fewer than MIN_CHARACTERS letters."""
    sample = text[:SAMPLE]
    if sum(character.isalpha() for character in sample) < MIN_CHARACTERS:
        return None
    return next((str(code) for code, _ in _identifier().rank(sample) if code not in CREOLES), None)
