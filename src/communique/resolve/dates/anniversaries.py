"""Anniversaries as evidence for a year: "the 70th anniversary of relations" between China and Russia falls in 2019."""

from __future__ import annotations

import datetime as dt
import functools
import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from communique.knowledge import load
from communique.resolve.dates import calendar as cal
from communique.resolve.dates import words as w
from communique.resolve.dates.expression import Expression

_RELATIONS = re.compile(r"(?i)\b(?:relations|ties|relationship|recognition)\b")
_INDEPENDENCE = re.compile(r"(?i)\b(?:independence|statehood|republic|founding|foundation|establishment)\b")
_YEAR = re.compile(r"\b(?:1[0-9]|20)\d\d\b")
_WORDS = re.compile(r"[^\W_]+")
_LONGEST = 5  # words in a state's name
_MOST_PAIRS = 6
_EARLIEST = 1945  # no article read here is older


@dataclass(frozen=True, slots=True)
class Evidence:
    """The year that an anniversary falls in, the founding days it counts from, and the reason in words."""

    year: int
    founded: tuple[dt.date, ...]
    note: str

    def days(self) -> tuple[dt.date, ...]:
        """The anniversary days themselves."""
        found = (cal.make(self.year, day.month, day.day) for day in self.founded)
        return tuple(day for day in found if day)


@functools.cache
def _relations() -> dict[frozenset[str], tuple[dt.date, ...]]:
    return {frozenset(row[:2]): tuple(row[2:]) for row in w.entries("relations")}


@functools.cache
def _states() -> dict[tuple[str, ...], str]:
    """State codes by the lower-case words of their names, demonyms, adjectives; a name of two states is left out."""
    table: dict[tuple[str, ...], str | None] = {}
    for name in load.names("states", ".yaml"):
        content = load.data(name)
        for row in content.get("states") or ():
            others = (s for key in ("names", "demonyms", "adjectives") for s in row.get(key) or ())
            for surface in (row["name"], *others):
                key_words = tuple(_WORDS.findall(str(surface).lower()))
                if key_words:
                    code = "RUS" if row["code"] == "SUN" else str(row["code"])
                    table[key_words] = code if table.get(key_words, code) == code else None
    table.setdefault(("sino",), "CHN")
    table.setdefault(("russo",), "RUS")
    return {surface: code for surface, code in table.items() if code is not None}


def states_in(text: str) -> list[str]:
    """The codes of the states named in a text, in order, each as often as it is named; capital letters only."""
    found = list(_WORDS.finditer(text))
    folded = [match[0].lower() for match in found]
    table, codes, index = _states(), [], 0
    while index < len(found):
        if found[index][0][:1].isupper():
            for length in range(min(_LONGEST, len(found) - index), 0, -1):
                code = table.get(tuple(folded[index : index + length]))
                if code:
                    codes.append(code)
                    index += length - 1
                    break
        index += 1
    return codes


@functools.cache
def _facts() -> dict[str, dt.date]:
    return {str(name).lower(): row["date"] for row in w.entries("facts") for name in row["names"]}


def _fact(thing: str) -> tuple[str, dt.date] | None:
    """The longest name of a founding or event in the words; abbreviations in capitals only."""
    low = " ".join(thing.split())
    small = low.lower()
    best: tuple[str, dt.date] | None = None
    for name, date in _facts().items():
        # most names stand nowhere in the words, and compiling an expression for each took longer than all else here
        if name not in small or (best is not None and len(name) <= len(best[0])):
            continue
        for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", small):
            words = low[match.start() : match.end()]
            # "the UN Guiding Principles" are not the UN
            longer = re.match(r"\s+(?!Day\b)[A-Z]", low[match.end() :]) is not None
            if not longer and (len(name) > 4 or words.isupper()):
                best = (name, date)
    return best


def _pairs(thing: str, sentence: str, others: Sequence[str]) -> list[tuple[str, str]]:
    """Pairs of states that the relations can be between, likeliest first.

    Two states named in what the anniversary is of are the pair. Else ("relations between both countries") every pair
    of states of the article, those first that it names most, with the one named beside the relations among them.
    """
    named = list(dict.fromkeys(states_in(thing)))
    if len(named) >= 2:
        return list(itertools.combinations(named, 2))
    counts = Counter(others or states_in(sentence))
    ranked = sorted(counts, key=lambda code: (-counts[code], code))
    pairs = list(itertools.combinations(ranked, 2))
    pairs.sort(key=lambda pair: (not set(named) <= set(pair), -min(counts[code] for code in pair)))
    return pairs[:_MOST_PAIRS]


def evidence(expression: Expression, sentence: str, others: Sequence[str] = ()) -> list[Evidence]:
    """The years that an anniversary can speak for, likeliest first; none where we do not know what it counts from.

    sentence is the text it stands in; others are the codes of states named in the article, each as often as it is
    named, for "relations between both countries".
    """
    count, thing = expression.fields.ordinal, expression.fields.thing or ""
    if expression.kind != "anniversary" or not count:
        return []
    stated = _YEAR.search(thing)
    if stated:
        year = int(stated[0]) + count
        return [Evidence(year, (), f"{expression.text} of something of {stated[0]} falls in {year}")]
    subject = thing or sentence
    found: list[Evidence | None] = []
    if _RELATIONS.search(subject):
        for pair in _pairs(thing, sentence, others):
            for founded in _relations().get(frozenset(pair), ()):
                found.append(_of(expression, founded, count, f"relations between {pair[0]} and {pair[1]}"))
    named = _fact(subject) if not found else None
    if named is not None:
        found.append(_of(expression, named[1], count, named[0]))
    elif not found and _INDEPENDENCE.search(subject):
        states = list(dict.fromkeys(states_in(thing) or states_in(sentence)))
        day = w.entries("independence").get(states[0]) if len(states) == 1 else None
        if day:
            found.append(_of(expression, day, count, f"independence or founding of {states[0]}"))
    return [item for item in found if item is not None]


def _of(expression: Expression, founded: dt.date, count: int, what: str) -> Evidence | None:
    year = founded.year + count
    if not _EARLIEST <= year < 9990:
        return None
    return Evidence(year, (founded,), f"{expression.text} of {what} ({founded}) falls in {year}")
