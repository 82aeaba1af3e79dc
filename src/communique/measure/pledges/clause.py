"""The clause of a sentence that binds: where it begins and ends, what undoes it, and which deeds it names."""

from __future__ import annotations

import re
from functools import lru_cache

from communique.measure.pledges import rules

REACH = 110  # characters after a binding word in which the deed must stand
BEFORE = 60  # characters before it in which a word may undo it
_CLAUSE = re.compile(
    r"[;:–—]\s|[”“\"]|,\s(?:but|while|though|although|whereas)\s|\sbut\s|\.\s|\safter\s|\sand\s(?=(?:plans?|will|aims?|intends?|expects?|promised|pledged|agreed|offered)\b)"
)
_TELLING = re.compile(
    r",\s(?:[^,;]{0,90}\s)?(?:said|says|told|reported|announced|showed|stressed|noted|declared|added|according to)\b"
)
_FILLER = re.compile(
    r"(?i)^(?:\s+(?:also|then|soon|now|each|both|together|each other|"
    r"(?!supply|apply|rely|reply|comply)[a-z]+ly)){0,2}\s+"
)
_BE = re.compile(r"(?i)^\s*(?:\w+ly\s+|also\s+|then\s+|soon\s+)?be\s+(?:\w+ly\s+)?")
TO_DO = re.compile(r"(?i)^\s+to\s+\w")


def deeds_after(rest: str, usual: frozenset[str]) -> frozenset[str]:
    """The families of the first verb after a binding word; a thing promised without a verb is to be given."""
    first = min(
        (match.start() for deed in rules.deeds().values() for match in [deed.do.search(rest)] if match), default=None
    )
    if first is not None:
        return frozenset(name for name, deed in rules.deeds().items() if deed.do.match(rest, first))
    found = frozenset(name for name, deed in rules.deeds().items() if deed.nouns.search(rest))
    return found or (usual if len(rest.split()) > 1 and not TO_DO.match(rest) else found)


def deeds_at(text: str, at: int) -> frozenset[str]:
    """The families of the verb that follows a modal, in the active or the passive."""
    rest = text[at : at + REACH]
    filler = _FILLER.match(rest)
    place = filler.end() if filler else 0
    passive = _BE.match(rest)
    return frozenset(
        name
        for name, deed in rules.deeds().items()
        if deed.do.match(rest, place)
        or (passive and (deed.done.match(rest, passive.end()) or deed.do.match(rest, passive.end())))
    )


@lru_cache(maxsize=4096)
def deeds_in(words: str) -> frozenset[str]:
    """The families of all deeds that words name."""
    found = frozenset(d.name for d in rules.deeds().values() if d.do.search(words) or d.nouns.search(words))
    return found or frozenset(deed.name for deed in rules.deeds().values() if deed.done.search(words))


def clause_end(text: str, at: int) -> int:
    """Where the clause that holds a place ends: at a sign, a contrast, or words that only say who tells it."""
    ends = [match.start() for match in (_CLAUSE.search(text, at), _TELLING.search(text, at)) if match]
    return min([*ends, len(text.rstrip(" ."))])


def clause_start(text: str, at: int) -> int:
    """Where the clause that holds a place starts."""
    starts = [match.end() for match in _CLAUSE.finditer(text, 0, at)]
    return starts[-1] if starts else 0


def unbound(text: str, start: int) -> bool:
    """Whether the clause before a word says that nobody binds himself."""
    before = _CLAUSE.split(text[max(0, start - BEFORE) : start])[-1]
    whole = _CLAUSE.split(text[:start])[-1]
    return bool(
        rules.words("unbinding").search(before)
        or rules.words("negation").search(before[-26:])
        or rules.words("asking").search(before[-30:])
        or re.search(r"(?i)\b(?:if|unless|whether)\b", whole)
    )
