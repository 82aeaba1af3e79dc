"""What a promise is about: the stems of its own words without its parties, dates, and words that say nothing."""

from __future__ import annotations

import re

from communique.measure.pledges import rules
from communique.measure.pledges.nouns import Page, Said
from communique.merge.words import content, stem, tokens

_NAME = re.compile(r"(?<![.!?:“\"]\s)(?<!^)\b[A-Z][\w'’-]{2,}")
_NUMERAL = re.compile(r"^[\d.,]+$")


def topic(said: Said, start: int, end: int) -> tuple[frozenset[str], frozenset[str]]:
    """The stems of a clause, and those of them that are proper names (of places, firms, ships, persons)."""
    clause = said.text[start:end]
    core = frozenset(each for each in content(clause) if _says(each)) - said.page.party
    proper = frozenset(stem(word) for match in _NAME.finditer(clause) for word in tokens(match.group()))
    return core, proper & core


def stems(words: str, page: Page) -> frozenset[str]:
    """The stems of any words of a page that say what it is about."""
    return frozenset(each for each in content(words) if _says(each)) - page.party


def _says(each: str) -> bool:
    return each not in rules.plain() and not _NUMERAL.match(each)
