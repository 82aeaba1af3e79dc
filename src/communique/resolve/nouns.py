"""Common nouns and titles that stand for actors: their sector and office."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Any

from communique.knowledge import load
from communique.resolve.names import fold

# heads that say little themselves: "rebel leader" is of the rebels, "police spokesman" of the police
_WEAK = frozenset("GOV ELI CVL UNK PTY".split())
_STRONG = frozenset("REB OPP MIL COP JUD LEG SPY PTY PRM UAF REF REL MED EDU BUS AGR LAB CRM JRN SOC".split())


@dataclass(frozen=True, slots=True)
class Title:
    """A title of office: "Foreign Minister" makes the name after it an actor of the government."""

    office: str
    sector: tuple[str, ...]


@functools.cache
def sector_nouns() -> dict[str, str]:
    """Lower-case singular noun (one or several words) to PLOVER sector."""
    found: dict[str, str] = {}
    table: Any = load.data("sectors.yaml")
    nouns = table.get("nouns", table)
    for sector, words in nouns.items():
        if isinstance(words, list) and str(sector).isupper():
            for word in words:
                found.setdefault(fold(str(word)), str(sector))
    return found


@functools.cache
def titles() -> dict[str, Title]:
    """Folded title to office and sector."""
    found: dict[str, Title] = {}
    table: Any = load.data("sectors.yaml").get("titles") or {}
    rows = table.items() if isinstance(table, dict) else ((name, row) for row in table for name in row["names"])
    for name, row in rows:
        sector = row.get("sector") or "GOV"
        sectors = tuple([sector] if isinstance(sector, str) else sector)
        found[fold(str(name)).rstrip(".")] = Title(str(row.get("office") or name), sectors)
    return found


@functools.cache
def reference() -> Any:
    """The words of knowledge/reference.yaml, lists as frozen sets."""
    return {
        key: frozenset(str(v) for v in value) if isinstance(value, list) else value
        for key, value in load.data("reference.yaml").items()
    }


def sector_of(words: list[str]) -> str | None:
    """The sector of a noun phrase from its folded lemmas, head last; the longest known ending decides.

    A strong noun before a weak head wins: "opposition leader", "rebel spokesman", "army chief".
    """
    nouns = sector_nouns()
    found = None
    for start in range(len(words)):
        found = nouns.get(" ".join(words[start:]))
        if found:
            if len(words) - start > 1 or found not in _WEAK:
                return found
            break
    if found or (words and words[-1] in reference()["generic"]):
        for end in range(len(words) - 1, 0, -1):
            for start in range(end):
                before = nouns.get(" ".join(words[start:end]))
                if before in _STRONG and words[start:end] != ["deputy"]:  # a deputy secretary sits in no parliament
                    return before
    return found


def is_actor_noun(lemma: str) -> bool:
    """Whether a noun can stand for somebody who acts."""
    return lemma in sector_nouns() or lemma in reference()["generic"]
