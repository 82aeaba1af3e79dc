"""What a document is about, as weighted names and words: by that it is told which reports are of one story."""

from __future__ import annotations

import csv
import functools
import itertools
import json
import math
import re
from collections import Counter
from dataclasses import dataclass

from communique.knowledge import load
from communique.merge.words import rules, stem

_WORD = re.compile(r"[^\W_]+(?:[.,]\d+)*")
_YEAR = re.compile(r"(?:19|20)\d\d")
_ADDRESS = re.compile(r"https?\s*:|www\s*\.")
RARE = 0.003  # share of documents in which a word stands of which nothing is known
LONGEST = 8_000  # characters of a text that say what it is about
SHORTEST = 3  # letters of a word that counts
TITLE_CASE = 0.6  # share of capitals from which a line says nothing about which words are names


@dataclass(frozen=True, slots=True)
class Topic:
    """Weights of all words and of names and numbers by their stems, the years that are named, and the chief terms."""

    words: dict[str, float]
    names: dict[str, float]
    years: frozenset[str]
    chief: tuple[str, ...]

    def pairs(self) -> list[str]:
        """Pairs of chief terms: two documents that share none are of two stories."""
        return [f"{one} {other}" for one, other in itertools.combinations(sorted(self.chief), 2)]

    def pack(self) -> str:
        """As one line of JSON, from which `unpack` makes the same again."""
        words = {word: [weight, self.names.get(word, 0)] for word, weight in sorted(self.words.items())}
        return json.dumps([words, sorted(self.years), self.chief], ensure_ascii=False, separators=(",", ":"))


def unpack(line: str) -> Topic:
    """The topic of a packed line."""
    words, years, chief = json.loads(line)
    return Topic(
        {word: weights[0] for word, weights in words.items()},
        {word: weights[1] for word, weights in words.items() if weights[1]},
        frozenset(years),
        tuple(chief),
    )


@functools.cache
def _shares() -> dict[str, float]:
    """In which share of documents a stem stands (knowledge/merge_common.csv); rarer ones are not in the table."""
    rows = csv.DictReader(load.text("merge_common.csv").splitlines())
    return {row["stem"]: float(row["share"]) for row in rows}


@functools.cache
def _calendar() -> frozenset[str]:
    return frozenset(rules()["calendar_words"])


def weight(word: str) -> float:
    """From 0 for a word that stands everywhere to 1 for one that stands nearly nowhere; takes a stem."""
    return math.log(1 / max(RARE, _shares().get(word, RARE))) / math.log(1 / RARE)


@functools.lru_cache(maxsize=262_144)
def _term(word: str) -> tuple[str, str | None, float]:
    """A word in small letters, its stem, and its weight; no stem for a word that says nothing."""
    folded = word.casefold()
    if (len(word) < SHORTEST and not word[0].isdigit()) or folded in _calendar():
        return folded, None, 0.0
    name = stem(folded)
    return folded, name, round(weight(name), 2)


def topic(text: str) -> Topic:
    """What a text is about. Addresses and words of the calendar say nothing; a year does."""
    lines = [line for line in text[:LONGEST].split("\n") if not _ADDRESS.search(line)]
    capital: Counter[str] = Counter()
    small: Counter[str] = Counter()
    for line in lines:
        for word in _WORD.findall(line):
            (capital if word[0].isupper() else small)[word.casefold()] += 1
    words: dict[str, float] = {}
    names: dict[str, float] = {}
    years: set[str] = set()
    count: Counter[str] = Counter()
    for line in lines:
        found = _WORD.findall(line)
        title = sum(word[0].isupper() for word in found) > TITLE_CASE * len(found)
        start = True
        for word in found:
            first, start = start, False
            folded, name, value = _term(word)
            if name is None:
                continue
            digit = word[0].isdigit()
            if digit and _YEAR.fullmatch(word):
                years.add(word)
            words[name] = value
            count[name] += 1
            capital_word = word[0].isupper() and not small[folded]
            if digit or (capital_word and (capital[folded] > 1 or not (first or title))):
                names[name] = value
    return Topic(words, names, frozenset(years), _chief(words, names, count))


def _chief(words: dict[str, float], names: dict[str, float], count: Counter[str]) -> tuple[str, ...]:
    def salience(word: str) -> tuple[float, str]:
        return -words[word] * (1 + math.log(count[word])) * (2 if word in names else 1), word

    rare = [word for word, value in words.items() if value >= rules()["weight_of_chief"]]
    return tuple(sorted(rare, key=salience)[: int(rules()["chief_terms"])])


def affinity(one: Topic, other: Topic) -> float:
    """How much two documents are about one thing, from 0 to 1: the cosine of their names and of all their words.

    Names and numbers count for more than the rest, and documents that name no year in common for less.
    """
    share = float(rules()["weight_of_names"])
    found = share * _cosine(one.names, other.names) + (1 - share) * _cosine(one.words, other.words)
    if one.years and other.years and not one.years & other.years:
        found *= float(rules()["other_years"])
    return found


def _cosine(one: dict[str, float], other: dict[str, float]) -> float:
    if len(other) < len(one):
        one, other = other, one
    # fsum, as the order of a plain sum changes its last digits
    shared = math.fsum(one[word] * other[word] for word in one.keys() & other.keys())
    size = math.sqrt(math.fsum(w * w for w in one.values()) * math.fsum(w * w for w in other.values()))
    return shared / size if size else 0.0
