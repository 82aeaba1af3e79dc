"""The words of knowledge/pledges.yaml as patterns, and what undoes them."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from communique.errors import KnowledgeError
from communique.knowledge import load
from communique.merge.words import stem

WHERE = "knowledge/pledges.yaml"
REACH = 34  # characters before a word in which something may undo it


@functools.cache
def table() -> dict[str, Any]:
    """The whole file."""
    held: dict[str, Any] = load.data("pledges.yaml")
    return held


def rule(name: str) -> float:
    """A threshold. Raises KnowledgeError where it is missing or no number."""
    try:
        return float(table()["rules"][name])
    except (KeyError, TypeError, ValueError) as fault:
        raise KnowledgeError(f"rule {name} is missing or no number", where=WHERE, advice="Mend the file") from fault


def pattern(words: Iterable[object]) -> re.Pattern[str]:
    """One pattern for whole words, the longest first."""
    listed = sorted({str(word).lower() for word in words}, key=lambda word: (-len(word), word))
    return re.compile("|".join(_whole(word) for word in listed), re.IGNORECASE)


def _whole(word: str) -> str:
    parts = re.escape(word).replace(r"\ ", r"\s+").replace("'", "['’]")
    # n't and 'll hang on the word before
    return (r"(?<![\w-])" if "'" not in word[:2] else "") + parts + r"(?![\w])"


@functools.cache
def words(name: str) -> re.Pattern[str]:
    """The pattern of one list of the file."""
    try:
        return pattern(table()[name])
    except (KeyError, TypeError) as fault:
        raise KnowledgeError(f"the list {name} is missing", where=WHERE, advice="Mend the file") from fault


@dataclass(frozen=True, slots=True)
class Deed:
    """One family of deeds: its base forms, its past forms and its nouns."""

    name: str
    do: re.Pattern[str]
    done: re.Pattern[str]
    nouns: re.Pattern[str]


@functools.cache
def deeds() -> dict[str, Deed]:
    """The families by name."""
    return {
        str(name): Deed(str(name), pattern(row["do"]), pattern(row["done"]), pattern(row["nouns"]))
        for name, row in table()["deeds"].items()
    }


@functools.cache
def any_deed() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """All base forms, past forms and nouns of all families."""
    rows = table()["deeds"].values()
    return tuple(pattern(word for row in rows for word in row[part]) for part in ("do", "done", "nouns"))  # type: ignore[return-value]


@functools.cache
def neighbours() -> dict[str, frozenset[str]]:
    """Families that a deed of a family may be told by: itself, and those beside it."""
    return {str(name): frozenset({str(name), *row.get("beside", ())}) for name, row in table()["deeds"].items()}


@functools.cache
def binding() -> tuple[tuple[re.Pattern[str], str, frozenset[str], bool], ...]:
    """How somebody binds himself, the surest first.

    The words, the kind of promise, the deeds where no verb follows, and whether it must have an amount.
    """
    return tuple(
        (pattern(row["words"]), str(row["kind"]), frozenset(row.get("deeds", ())), "needs" in row)
        for row in table()["binding"].values()
    )


@functools.cache
def plain() -> frozenset[str]:
    """Stems that say nothing of what a promise is about: the plain words and those of binding and telling."""
    listed = [str(word) for word in table()["plain_words"]]
    for name in ("partial", "begun", "undone", "late", "overtaken", "cancelled", "fulfilled", "looking_back"):
        listed += [part for word in table()[name] for part in str(word).split()]
    for row in (*table()["binding"].values(),):
        listed += [part for word in row["words"] for part in str(word).split()]
    for row in table()["deeds"].values():
        listed += [part for key in ("do", "done") for word in row[key] for part in str(word).split()]
    return frozenset(stem(word) for word in listed)


def _undoing() -> re.Pattern[str]:
    return words("undoing")


@functools.cache
def _firsts(name: str) -> frozenset[str]:
    if name == "binding":
        listed = [word for row in table()["binding"].values() for word in row["words"]]
    else:
        listed = table()[name]
    return frozenset(str(word).lower().split()[0] for word in listed)


@functools.lru_cache(maxsize=4096)
def _heard(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z']+", text.lower()))


def may_hold(name: str, text: str) -> bool:
    """Whether a text has the first word of anything in a list: cheaper than the pattern, which then decides."""
    return not _firsts(name).isdisjoint(_heard(text))


def standing(name: str, text: str) -> Iterator[re.Match[str]]:
    """The words of a list that stand in a text and that nothing right before them undoes."""
    for match in words(name).finditer(text):
        if not undone(text, match.start()):
            yield match


def undone(text: str, start: int) -> bool:
    """Whether a word of undoing ("not", "to be", "about to") stands right before, in the same clause."""
    before = re.split(r"[,;:–—]|\b(?:and|but|while)\b", text[max(0, start - REACH) : start])[-1]
    return _undoing().search(before) is not None
