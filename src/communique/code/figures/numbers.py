"""Numbers in text: digits in every usual grouping, words, scales, vague numbers. Knows no units."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from communique.code.figures.words import alternation, table

# 1,234.5 and 12,34,567; 1 234 with a narrow or unbreakable blank; 15 000; 1234.5; 3,2 only before a scale
_DIGITS = (
    r"\d{1,3}(?:,\d{2,3})+(?:\.\d+)?|\d{1,3}(?:[\u00a0\u202f\u2009]\d{3})+|\d{1,3}(?:\s\d{3})?\s000(?!\d)|\d+(?:\.\d+)?"
)


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a text: [start, end), and from what to what it is; high None says that it has no upper end.

    scaled: a word or letters of scale belong to it (million, bn). letter: its scale is one letter, which may be a
    unit as well. digits: it is written in digits. base: the value without its scale, for "5 to 7 billion".
    """

    start: int
    end: int
    low: float
    high: float | None
    scaled: bool = False
    letter: bool = False
    digits: bool = False
    base: float = 0.0
    exact: bool = True
    bare_end: int = 0

    @property
    def scale(self) -> float:
        """What the scale multiplies by."""
        return self.low / self.base if self.base and self.scaled else 1.0


@functools.cache
def _patterns() -> dict[str, re.Pattern[str]]:
    words = table()
    units = alternation(words["numbers"])
    scales = alternation(words["scales"])
    short = alternation(words["short_scales"])
    tens = "|".join(word for word, value in words["numbers"].items() if value >= 20)
    ones = "|".join(word for word, value in words["numbers"].items() if value < 10)
    simple = rf"(?:(?:{tens})(?:[\s-](?:{ones}))?|(?:{units}))"
    return {
        "start": re.compile(
            rf"(?i)(?<!\w)(?:(?P<vague>(?:{'|'.join(words['tens'])})\s(?:thousands|millions|billions|trillions))"
            rf"|(?P<some>several|a\sfew|many|a\scouple\sof|a\shandful\sof)\s(?=(?:{scales})(?!\w))"
            rf"|(?P<fraction>half\san?|an?\squarter\sof\san?|three[\s-]quarters\sof\san?)\s(?=(?:{scales})(?!\w))"
            rf"|(?P<plural>hundreds|thousands|millions|billions|trillions|dozens)(?!\w)"
            rf"|(?P<one>an?)\s(?=(?:{scales})(?!\w))"
            rf"|(?P<words>{simple})(?!\w))|(?P<digits>{_DIGITS})".replace("tens of", r"tens\sof")
        ),
        "half": re.compile(r"(?i)\sand\sa\s(?P<part>half|quarter)(?!\w)|(?P<sign>[½¼¾])"),
        "scale": re.compile(rf"(?i)[\s-]?(?P<scale>{scales})(?!\w)"),
        "short": re.compile(rf"(?i)(?P<blank>\s?)(?P<scale>{short})(?![A-Za-z0-9’'])"),
        "tail": re.compile(rf"(?i)(?:\sand)?\s(?P<words>{simple})(?!\w)"),
    }


def simple(words: str) -> float:
    """The value of number words below a hundred: "twenty-five" is 25."""
    return float(sum(table()["numbers"][word] for word in re.split(r"[\s-]+", words.lower().strip()) if word))


def digits(words: str) -> float:
    """The value of a number in digits, whatever groups it."""
    return float(re.sub(r"[,\s\u00a0\u202f\u2009]", "", words))


def number_at(text: str, match: re.Match[str]) -> Number:
    """The number that begins at a match of the start pattern, with its scales."""
    start, end = match.span()
    kind = match.lastgroup or ""
    words = match.group().lower()
    if kind == "vague":
        head, tail = re.split(r"\sof\s", words)
        low, high = table()["tens"][f"{head} of"]
        scale = table()["scales"][tail]
        return Number(start, end, low * scale, high * scale, True, exact=False)
    if kind == "plural":
        return Number(start, end, float(table()["scales"][words]), None, True, exact=False)
    if kind == "some":
        low, high = table()["vague"][" ".join(words.split())]
        scale, end, _ = _scales(text, end - 1, False)
        return Number(start, end, low * scale, high * scale, True, exact=low == high, base=low)
    if kind == "fraction":
        base = 0.5 if words.startswith("half") else 0.25 if "three" not in words else 0.75
        scale, end, _ = _scales(text, end - 1, False)
        return Number(start, end, base * scale, base * scale, True, base=base)
    if kind == "one":
        return _plain(text, start, end - 1, 1.0, False)
    base = digits(words) if kind == "digits" else simple(words)
    return _plain(text, start, end, base, kind == "digits")


def _plain(text: str, start: int, end: int, base: float, in_digits: bool) -> Number:
    half = _patterns()["half"].match(text, end)
    if half is not None:
        base += {"half": 0.5, "quarter": 0.25, "½": 0.5, "¼": 0.25, "¾": 0.75}[(half["part"] or half["sign"]).lower()]
        end = half.end()
    bare = end
    scale, end, letter = _scales(text, end, in_digits)
    value = base * scale
    if not in_digits and scale > 1:
        value, end = _tail(text, value, end, scale)
    if scale > 1:
        late = _patterns()["half"].match(text, end)  # "two million and a half" is rare, "a million and a half" is not
        if late is not None and late["part"] and scale >= 1e6:
            value, end = value + 0.5 * scale * (1 if late["part"] == "half" else 0.5), late.end()
    return Number(start, end, value, value, scale > 1, letter, in_digits, base, bare_end=bare)


def _scales(text: str, end: int, in_digits: bool) -> tuple[float, int, bool]:
    """The product of the scales that follow, where they end, and whether they are one letter."""
    scale, letter = 1.0, False
    for _ in range(3):
        match = _patterns()["scale"].match(text, end)
        if match is None:
            break
        scale, end = scale * table()["scales"][" ".join(match["scale"].lower().split())], match.end()
    if scale == 1.0 and in_digits:
        match = _patterns()["short"].match(text, end)
        if match is not None:
            name = match["scale"].lower()
            single = name in table()["single_letter_scales"]
            if not (single and match["blank"]):
                scale, end, letter = float(table()["short_scales"][name]), match.end(), single
    return scale, end, letter


def _tail(text: str, value: float, end: int, scale: float) -> tuple[float, int]:
    """What follows a scale in words: "two hundred and fifty thousand", "one thousand two hundred and five"."""
    while scale >= 100:
        match = _patterns()["tail"].match(text, end)
        if match is None:
            break
        part = simple(match["words"])
        above, after, _ = _scales(text, match.end(), False)
        if part >= scale:
            break
        if above > scale:
            value, end, scale = (value + part) * above, after, above
        elif part * above < scale:
            value, end, scale = value + part * above, after, above
        else:
            break
    return value, end


def numbers(text: str) -> list[Number]:
    """Every number of a text, in order, none inside another."""
    found: list[Number] = []
    place = 0
    start = _patterns()["start"]
    while (match := start.search(text, place)) is not None:
        number = number_at(text, match)
        found.append(number)
        place = max(number.end, match.end())
    return found
