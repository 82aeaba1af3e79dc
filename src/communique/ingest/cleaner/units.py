"""Cuts a text into units, one a paragraph: a line, or the lines of a paragraph in a text that was wrapped by hand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from communique.ingest.cleaner.patterns import Found, find, function_words
from communique.model import Span

ANALYSED = 600  # characters of a unit that are looked at: furniture shows itself at its beginning
FULL = 0.7  # the share of the width from which on a line of wrapped text is full
LONGEST = 1_000_000  # a longer line is data, not a paragraph

_LINE = re.compile(r"[^\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_BREAK = re.compile(r"\r\n|[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_WORD = re.compile(r"[^\W_]+(?:['’.\-&][^\W_]+)*")
_FULL_STOP = re.compile(r"[.!?。][\"'”’»)\]*]*$")
_CUT_OFF = re.compile(r"(?:\.\.\.|…|\[(?:\.\.\.|…|&hellip;)\])[\"'”’)\]]*$")
_STRAIGHT = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "´": "'", "“": '"', "”": '"', "„": '"', "\u00a0": " "})


@dataclass(frozen=True)
class Unit:
    """One paragraph or line with what can be seen of it. text is the source; span its place there.

    blank_before: whether an empty line (or the beginning of the text) stands before it.
    """

    source: str
    span: Span
    blank_before: bool

    @cached_property
    def text(self) -> str:
        """The beginning of the unit, spaces collapsed and quotes made straight."""
        cut = self.source[self.span.start : min(self.span.end, self.span.start + ANALYSED)]
        return " ".join(cut.translate(_STRAIGHT).split())

    @cached_property
    def lower(self) -> str:
        """The same, in small letters."""
        return self.text.lower()

    @property
    def size(self) -> int:
        """How many characters the unit has."""
        return self.span.end - self.span.start

    @cached_property
    def tail(self) -> str:
        """The last characters of the unit."""
        return self.source[max(self.span.start, self.span.end - 40) : self.span.end]

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words of its beginning."""
        return tuple(_WORD.findall(self.text))

    @cached_property
    def ends(self) -> bool:
        """Whether it ends as a sentence ends."""
        return bool(_FULL_STOP.search(self.tail)) and not self.cut_off

    @cached_property
    def cut_off(self) -> bool:
        """Whether it ends in dots, as a teaser does."""
        return bool(_CUT_OFF.search(self.tail))

    @cached_property
    def function_share(self) -> float:
        """The share of function words: about .4 in prose, under .2 in menus and lists of names."""
        return sum(word.lower() in function_words() for word in self.words) / len(self.words) if self.words else 0.0

    @cached_property
    def capital_share(self) -> float:
        """The share of words of four letters or more that begin with a capital: over .6 in a headline in title case."""
        long = [word for word in self.words if len(word) >= 4]
        return sum(word[0].isupper() or word[0].isdigit() for word in long) / len(long) if long else 0.0

    @cached_property
    def prose(self) -> bool:
        """Whether it reads as sentences: long enough, with function words, and ending as a sentence ends."""
        count = len(self.words)
        if self.size > LONGEST:
            return False
        if count >= 25 and self.function_share >= 0.22:
            return True
        if count >= 7 and self.ends and self.function_share >= 0.15:
            return True
        if count >= 12 and self.text.endswith(":") and self.function_share >= 0.2:
            return True  # "The ministers agreed on the following:"
        return count >= 12 and self.ends and self.capital_share < 0.5  # sentences of another language

    @cached_property
    def short(self) -> bool:
        """Whether it is a few words without the end of a sentence."""
        return len(self.words) <= 4 and not self.ends

    @cached_property
    def content(self) -> frozenset[str]:
        """Its words that say something, in small letters."""
        return frozenset(
            word for word in (w.lower() for w in self.words) if len(word) > 2 and word not in function_words()
        )

    @cached_property
    def found(self) -> tuple[Found, ...]:
        """The furniture patterns that fit, strongest first."""
        return find(self.text, self.lower, self.size)


def _lines(text: str) -> list[tuple[Span, bool]]:
    """Every line that is not blank, trimmed, and whether an empty line stands before it."""
    found: list[tuple[Span, bool]] = []
    last = 0
    for match in _LINE.finditer(text):
        piece = match.group()
        start = match.start() + len(piece) - len(piece.lstrip())
        end = match.start() + len(piece.rstrip())
        if start >= end:
            continue
        blank = not found or len(_BREAK.findall(text, last, start)) > 1
        found.append((Span(start, end), blank))
        last = end
    return found


def wrapped(lines: Sequence[tuple[Span, bool]], text: str) -> int:
    """The width at which a text was wrapped by hand, 0 if it was not.

    Wrapped text has lines just under one width, none far over it; most of them end inside a sentence, and many that
    follow them begin with a small letter.
    """
    lengths = sorted(span.end - span.start for span, _ in lines)
    if len(lengths) < 4:
        return 0
    width = lengths[min(len(lengths) - 1, len(lengths) * 95 // 100)]
    if not 40 <= width <= 110 or lengths[-1] > width * 1.25 + 8:
        return 0
    pairs = [(lines[i][0], lines[i + 1][0]) for i in range(len(lines) - 1) if not lines[i + 1][1]]
    full = [(span, after) for span, after in pairs if span.end - span.start >= FULL * width]
    if len(full) < 3 or len(full) < 0.3 * len(lines):
        return 0
    broken = sum(not _FULL_STOP.search(text[max(span.start, span.end - 8) : span.end]) for span, _ in full)
    small = sum(text[after.start].islower() for _, after in full)
    return width if broken >= 0.6 * len(full) and small >= 0.35 * len(full) else 0


def units(text: str) -> list[Unit]:
    """The units of a text in reading order."""
    lines = _lines(text)
    width = wrapped(lines, text)
    if not width:
        return [Unit(text, span, blank) for span, blank in lines]
    joined: list[Unit] = []
    for number, (span, blank) in enumerate(lines):
        before = lines[number - 1][0] if number else None
        goes_on = (
            before is not None
            and not blank
            and before.end - before.start >= FULL * width
            and span.start - before.end <= 12  # a newline and some indentation
        )
        if goes_on and joined:
            joined[-1] = Unit(text, Span(joined[-1].span.start, span.end), joined[-1].blank_before)
        else:
            joined.append(Unit(text, span, blank))
    return joined
