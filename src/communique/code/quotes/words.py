"""The words of speech and thought, as `knowledge/quotes.yaml` lists them, and which of them a verb is here."""

from __future__ import annotations

import functools
from collections import defaultdict
from typing import Any

from communique.errors import KnowledgeError
from communique.knowledge import load
from communique.tree import Token

KINDS = frozenset({"say", "think", "will", "ask", "judge", "act"})
_FILE = "quotes.yaml"


def _table() -> dict[str, Any]:
    table = load.data(_FILE)
    if not isinstance(table, dict) or set(table.get("verbs", ())) != KINDS:
        raise KnowledgeError(
            f"its verbs must be in the classes {', '.join(sorted(KINDS))}",
            where=f"knowledge/{_FILE}",
            advice="Mend the file",
        )
    return table


@functools.cache
def verbs() -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """First word of a cue to (the words after it, its kind), the longest first.

    Raises KnowledgeError where the file has an unknown class.
    """
    found: dict[str, set[tuple[tuple[str, ...], str]]] = defaultdict(set)
    for kind, entries in _table()["verbs"].items():
        for entry in entries:
            first, *rest = str(entry).split()
            found[first].add((tuple(rest), kind))
    return {word: tuple(sorted(rows, key=lambda row: (-len(row[0]), row))) for word, rows in found.items()}


@functools.cache
def listed(name: str) -> frozenset[str]:
    """One of the plain lists of the file: nouns, quoting, occasions, texts, shown."""
    return frozenset(str(word) for word in _table()[name])


@functools.cache
def sectors() -> dict[str, str]:
    """Noun lemma of a nameless speaker to the sector that it speaks from."""
    return {str(word): sector for sector, words in _table()["sectors"].items() for word in words}


def cues(verb: Token) -> dict[str, tuple[str, ...]]:
    """The kinds of cue that a verb is here, each with the words after the verb ("for" of "called for").

    Longer entries of the same kind go first; an entry counts where its words stand among the verb's dependants.
    """
    lemma = verb.lemma_.lower()
    found: dict[str, tuple[str, ...]] = {}
    around: set[str] | None = None
    for rest, kind in verbs().get(lemma, ()):
        if rest and around is None:
            around = _around(verb)
        if kind not in found and (not rest or (around is not None and around.issuperset(rest))):
            found[kind] = rest
    return found


def _around(verb: Token) -> set[str]:
    """The particles, prepositions, predicates and objects of a verb."""
    found = set()
    for child in verb.children:
        if child.dep_ in ("prt", "prep", "advmod", "acomp", "attr", "dobj", "oprd", "mark") or child.pos_ == "ADP":
            found.add(child.lower_)
            if child.dep_ in ("acomp", "attr", "advmod", "dobj"):
                found.update(c.lower_ for c in child.children if c.dep_ == "prep")
    return found
