"""The words of quantities as patterns: what knowledge/figures.yaml lists, compiled once."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from communique.knowledge.load import data


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit's name, what one of it is in that name (1 bcm is 1e9 cubic metres), what it measures, and its rate."""

    name: str
    factor: float
    kind: str
    per: str | None = None


@dataclass(frozen=True, slots=True)
class Counted:
    """A noun that is counted: the unit it gives and the group that it belongs to."""

    unit: str
    group: str


def table() -> dict[str, Any]:
    """The whole file, as plain values."""
    found: dict[str, Any] = data("figures.yaml")
    return found


def alternation(words: Iterable[str]) -> str:
    """Words as one alternation, the longest first; blanks match any white space."""
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", r"\s") for word in ordered)


@functools.cache
def pattern(name: str) -> re.Pattern[str]:
    """The patterns of the scanner, by name. Each is an alternation of plain words, so matching takes linear time."""
    words = table()
    if name == "sign before":
        close = words["close_signs"]
        open_ = [sign for sign in words["currency_signs"] if sign not in close]
        return re.compile(
            rf"(?:(?<![A-Za-z])|(?<=\()|(?<=\s))(?:(?P<open>{alternation(open_)})\s?|(?P<close>{alternation(close)}))$"
        )
    if name == "sign after":
        signs = [s for s in words["currency_signs"] if (len(s) == 3 and s.isupper()) or s in "€£₽₹$"]
        return re.compile(rf"[\s-]?(?P<sign>{alternation(signs)})(?![\w$])(?!\s?\d)")
    if name == "money":
        adjectives, names = alternation(words["currency_adjectives"]), alternation(words["currency_names"])
        return re.compile(
            rf"(?i)[\s-]{{0,2}}(?:(?P<adjective>{adjectives})\s)?(?P<name>{names})(?P<plural>s|es)?(?![\w-])"
        )
    if name == "percent":
        return re.compile(rf"(?i)[\s-]?(?P<name>{alternation(words['percent'])})(?!\w)")
    if name == "unit":
        close = set(words["close_units"])
        open_ = [unit for unit in words["units"] if unit not in close]
        return re.compile(
            rf"(?i)[\s-]{{1,2}}(?P<open>{alternation(open_)})(?:e?s)?(?!\w)|[\s-]?(?P<short>{alternation(close)})(?![\w’'])"
        )
    if name == "per":
        rates = [rate for group in words["per"].values() for rate in group]
        return re.compile(rf"(?i)[\s,-]{{0,2}}(?P<per>{alternation(rates)})(?!\w)")
    if name.startswith("after "):
        return re.compile(rf"(?i)[\s-]{{0,2}}(?:{alternation(words['after_' + name[6:]])})(?!\w)")
    if name.startswith("bound "):
        return re.compile(
            rf"(?i)(?<!\w)(?P<bound>{alternation(words['bounds'][name[6:]])})\s?(?:an?\s|the\s|estimated\s)?$"
        )
    if name == "record":
        return re.compile(rf"(?i)(?<!\w)(?:{alternation(words['record'])})(?!\w)")
    if name == "extreme":
        return re.compile(
            rf"(?i)(?<!\w)(?P<word>{alternation(words['extremes'])})(?:\s(?:level|levels|point|rate|value|volume|figure))?\s"
            r"(?P<span>since|in\s(?=[\w\s-]{1,24}(?:years|decades|months|year))|for\s(?=[\w\s-]{1,24}(?:years|decades|months))|"
            r"ever|on\srecord|in\shistory)"
        )
    if name == "record not":
        return re.compile(rf"(?i)(?<!\w)(?:{alternation(words['record_not'])})(?!\w)")
    if name == "conversion":
        return re.compile(rf"(?i)^[\s,]*[(\[—–-]?\s?(?:{alternation(words['conversion'])})?\s?$")
    raise KeyError(name)


@functools.cache
def units() -> dict[str, Unit]:
    """Units by spelling."""
    return {
        spelling: Unit(row[0], float(row[1]), row[2], row[3] if len(row) > 3 else None)
        for spelling, row in table()["units"].items()
    }


@functools.cache
def rates() -> dict[str, str]:
    """What a figure is per, by the words that say it."""
    return {words.lower(): name for name, group in table()["per"].items() for words in group}


@functools.cache
def counted() -> dict[str, Counted]:
    """Counted nouns by lemma; the first group that names a noun has it."""
    found: dict[str, Counted] = {}
    for group, row in table()["counted"].items():
        for noun in row["nouns"]:
            found.setdefault(noun, Counted(row.get("unit") or plural(noun), group))
    return found


@functools.cache
def measures() -> dict[str, str]:
    """What is measured, by lemma or by words of a compound."""
    return {noun: name for name, nouns in table()["measures"].items() for noun in nouns}


@functools.cache
def lexemes(*path: str) -> frozenset[str]:
    """A list of the file as a set, by the keys that lead to it."""
    found: Any = table()
    for key in path:
        found = found[key]
    return frozenset(found)


def plural(noun: str) -> str:
    """The plural of a counted noun, for the name of its unit."""
    if noun.endswith(("craft", "personnel", "ship")) and not noun.endswith("ship"):
        return noun
    if noun in ("sheep", "dead", "police", "staff"):
        return noun
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "x", "ch", "sh")) else "s")


def way(lemma: str) -> str | None:
    """Whether a verb or noun of change goes up or down; None for other words."""
    for direction in ("up", "down"):
        if lemma in lexemes("change", direction, "verbs") or lemma in lexemes("change", direction, "nouns"):
            return direction
    return None
