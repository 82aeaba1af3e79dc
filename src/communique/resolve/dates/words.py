"""The vocabulary of dates, from knowledge/dates.yaml, as look-ups and as pieces of regular expressions."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from typing import Any

from communique.knowledge import load

SPACE = r"(?:[ \t\u00a0\u202f]{1,3}|[ \t]?\r?\n[ \t]?)"
DASH = r"(?:[ \u00a0]?[-\u2010-\u2015][ \u00a0]?)"
DAY = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?(?![\w%])(?![.,:]\d)"
UNIT = r"(?:minute|hour|day|night|week|fortnight|month|quarter|year|decade|century|centurie|semester|trimester)s?"


@functools.cache
def _knowledge() -> dict[str, Any]:
    loaded: dict[str, Any] = load.data("dates.yaml")
    return loaded


def words(name: str) -> frozenset[str]:
    """A word list of the file."""
    return frozenset(str(word) for word in _knowledge()[name])


def entries(name: str) -> Any:
    """A section of the file as it stands."""
    return _knowledge()[name]


@functools.cache
def year_pattern() -> str:
    """A year in four digits; a round number before a counted noun (2000 ships, 1500 GMT) is none."""
    counted = alternation([*words("counted"), *words("time_zones")])
    return f"(?:1[0-9]|20|21)(?!(?:00|30|50){SPACE}{counted}\\b)\\d\\d(?![\\w%])(?![.,:]\\d)"


def alternation(choices: Iterable[str]) -> str:
    """A group that matches any of the words, longest first."""
    ordered = sorted(set(choices), key=lambda c: (-len(c), c))
    return "(?:" + "|".join(re.escape(choice).replace(r"\ ", SPACE) for choice in ordered) + ")"


@functools.cache
def month_numbers() -> dict[str, int]:
    """Month by its name or abbreviation, lower case."""
    table: dict[str, int] = {}
    for number, row in entries("months").items():
        for name in (row["name"], *row["short"]):
            table[name.lower()] = int(number)
    return table


@functools.cache
def weekday_numbers() -> dict[str, int]:
    """Weekday (Monday 0) by its name or abbreviation, lower case."""
    table: dict[str, int] = {}
    for number, row in entries("weekdays").items():
        for name in (row["name"], *row["short"]):
            table[name.lower()] = int(number)
    return table


@functools.cache
def full_months() -> tuple[str, ...]:
    """January to December."""
    return tuple(str(row["name"]) for row in entries("months").values())


@functools.cache
def full_weekdays() -> tuple[str, ...]:
    """Monday to Sunday."""
    return tuple(str(row["name"]) for row in entries("weekdays").values())


def month_pattern() -> str:
    """A month's full name (Title or CAPITALS) or its abbreviation."""
    full = full_months()
    short = [name for row in entries("months").values() for name in row["short"]]
    return (
        f"(?:{alternation([*full, *(n.upper() for n in full)])}"
        f"|{alternation([*short, *(n.upper() for n in short)])}(?:\\.|\\b))"
    )


def weekday_pattern() -> str:
    """A weekday's full name."""
    full = full_weekdays()
    return alternation([*full, *(n.upper() for n in full)])


def any_weekday_pattern() -> str:
    """A weekday's full name or abbreviation, as it stands before a full date."""
    short = [name for row in entries("weekdays").values() for name in row["short"]]
    return f"(?:{weekday_pattern()}|{alternation([*short, *(n.upper() for n in short)])}(?:\\.|\\b))"


def month_number(text: str) -> int:
    """The month that the words name."""
    return month_numbers()[text.rstrip(".").lower()]


def weekday_number(text: str) -> int:
    """The weekday that the words name, Monday 0."""
    return weekday_numbers()[text.rstrip(".").lower()]


@functools.cache
def number_pattern() -> str:
    """A count in figures or words, exact or vague."""
    values = {name: value for name, value in entries("numbers").items() if name != "hundred"}
    plain = list(values)
    tens = [name for name, value in values.items() if value >= 20]
    ones = [name for name, value in values.items() if value < 10 and name not in ("a", "an")]
    compound = f"{alternation(tens)}[- ]{alternation(ones)}"
    vague = alternation(entries("vague_numbers"))
    return f"(?:\\d{{1,4}}(?:\\.\\d)?|{vague}|{compound}|(?:a|one){SPACE}hundred|{alternation(plain)})"


def number(text: str) -> tuple[float, float]:
    """Lowest and highest value of a count in figures or words."""
    key = " ".join(text.lower().split())
    vague = entries("vague_numbers").get(key)
    if vague:
        return float(vague[0]), float(vague[1])
    if re.fullmatch(r"\d+(?:\.\d+)?", key):
        return float(key), float(key)
    table = entries("numbers")
    if key.endswith("hundred"):
        return 100.0, 100.0
    value = float(sum(table.get(piece, 0) for piece in re.split(r"[- ]", key)))
    return value, value


@functools.cache
def ordinal_pattern() -> str:
    """An ordinal in figures or words."""
    return f"(?:\\d{{1,4}}(?:st|nd|rd|th)|{alternation(entries('ordinals'))})"


def ordinal(text: str) -> int:
    """The value of an ordinal in figures or words."""
    digits = re.match(r"\d+", text)
    if digits:
        return int(digits[0])
    return int(entries("ordinals")[" ".join(text.lower().split())])


@functools.cache
def holiday_rules() -> dict[str, dict[str, Any]]:
    """The rule of each holiday by its name, lower case."""
    return {str(name).lower(): rule for rule in entries("holidays") for name in rule["names"]}


def holiday_pattern() -> str:
    """Any holiday's name."""
    return alternation(str(name) for rule in entries("holidays") for name in rule["names"])
