"""Digits that are no quantity: 5G, S-400, telephone numbers, articles, clock times, years, scores, names."""

from __future__ import annotations

import re

from communique.code.figures.numbers import Number

# before the digits: a letter or a hyphen behind one, a dot or comma of a longer number, a mark of numbering
_BEFORE = re.compile(r"(?:[^\W\d_][-–.]?|\d[-–./:,]|[#§+/:_@]|\d\s?[x×]\s?)$")
_NAMED = re.compile(
    r"(?i)(?:\b(?:no|nos|number|article|articles|chapter|section|sections|resolution|resolutions|paragraph|rule|route|highway|"
    r"flight|boeing|airbus|room|page|pages|line|gate|order|channel|radio|class|type|model|mark|apollo|operation|battalion|"
    r"act|phase|part|volume|issue|tel|phone|fax|call|dial|box|version|windows|title|annex|protocol|convention|unit|dubai|"
    r"vision|agenda|file|bill|law|decree|cop|group\sof|formula|figure|table|aged|age|ages)\.?\s?)$"
)
# directly behind the digits: letters of a name or an ordinal, a clock, a decade
_AFTER = re.compile(
    r"(?:st|nd|rd|th)(?!\w)|[’']?s(?!\w)|G(?!\w)|[A-Z]?\d|(?i:\s?[ap]\.?m\.?(?!\w))|:\d|[/]\d|-year-olds?(?!\w)"
    r"|\syears?\sold(?!\w)|\syears?\sof\sage|\s[A-Z][a-z]+\s(?:Street|Avenue|Road|Rd)\b|\.\d+\.|\s?°|\sdegrees"
)
# "P5", "P5+1", "E3+3", "G7+1": groups of states, not five pesos
_POWERS = re.compile(r"(?:P5|E3|G7|G8|P3)(?:\s?\+\s?\d)?(?![\d.,]\d|\s?(?:million|billion|trillion|m|bn)\b)")
_ONE_IN = re.compile(r"(?i)\b(?:one|two|three|four|\d)\s(?:in|out\sof)\s(?:every\s)?$")
_PHONE = re.compile(r"\+?\(?\d{1,4}\)?(?:[\s.-]\(?\d{2,5}\)?){2,}")
_YEAR = re.compile(r"(?:1[5-9]|20|21)\d\d$")
_RANGE_BEFORE = re.compile(r"[\d%]\s?[-–—]$")


def phones(text: str) -> list[tuple[int, int]]:
    """Where telephone numbers stand."""
    return [m.span() for m in _PHONE.finditer(text) if m.group().startswith(("+", "(")) or "-" in m.group()]


def trapped(text: str, number: Number, barred: list[tuple[int, int]]) -> bool:
    """Whether a number is part of a name, a date, a clock time or a telephone number."""
    if _ONE_IN.search(text[max(0, number.start - 24) : number.start]):
        return True  # one in five
    if any(start < number.end and number.start < end for start, end in barred):
        return True
    if not number.digits:
        return bool(re.match(r"-year-olds?(?!\w)|\syears?\sold(?!\w)", text[number.end : number.end + 12]))
    before = text[max(0, number.start - 16) : number.start]
    if _BEFORE.search(before) and not _RANGE_BEFORE.search(before) and not _priced(before):
        return True
    if _NAMED.search(before) or _POWERS.match(text, max(0, number.start - 1)):
        return True
    return _AFTER.match(text, number.end) is not None


def year_like(text: str, number: Number) -> bool:
    """Whether digits may be a year: four of them, no group mark, between 1500 and 2199."""
    return number.digits and _YEAR.fullmatch(text[number.start : number.end]) is not None


def _priced(before: str) -> bool:
    """Whether letters before the digits are a currency's: US$5, Rs5, RM6."""
    from communique.code.figures.words import pattern

    return pattern("sign before").search(before) is not None
