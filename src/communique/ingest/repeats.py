"""Passages that stand twice: a paragraph again, or a run of sentences again, is article once and a repeat after that.

Linear in the length of the text: every sentence is hashed once, and a run that was recognised is stepped over.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from communique.model import Repeat, Span

MIN_CHARACTERS = 40  # a paragraph shorter than this may well be said twice
MAX_BACK = 5  # short sentences before a run that were said earlier elsewhere and still belong to it
MIN_SENTENCES = 3  # so many sentences in a row do not recur by chance

_END = re.compile(r"[.!?][\"'”’»)\]]*\s+(?=[\"'“‘«(\[]*[A-Z0-9À-ÖØ-Þ])")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class _Sentence:
    span: Span
    key: str
    paragraph: int


def normalised(text: str) -> str:
    """The words alone, lower-cased: what two copies of a passage share whatever their quotes and spaces."""
    return " ".join(_WORD.findall(text.lower()))


def _sentences(text: str, paragraphs: Sequence[Span]) -> list[_Sentence]:
    found: list[_Sentence] = []
    for number, span in enumerate(paragraphs):
        start = span.start
        cuts = [match.end() for match in _END.finditer(text, span.start, span.end)]
        for cut in (*cuts, span.end):
            piece = text[start:cut]
            trimmed = len(piece.rstrip())
            if trimmed:
                found.append(_Sentence(Span(start, start + trimmed), normalised(piece), number))
            start = cut
    return found


def _runs(sentences: Sequence[_Sentence]) -> list[tuple[int, int, int]]:
    """(first place, second place, sentences) of every run that is said again."""
    first: dict[str, int] = {}
    runs: list[tuple[int, int, int]] = []
    here = 0
    while here < len(sentences):
        before = first.setdefault(sentences[here].key, here)
        if before == here or not sentences[here].key:
            here += 1
            continue
        length = 1
        while (
            here + length < len(sentences)
            and before + length < here
            and sentences[here + length].key == sentences[before + length].key
        ):
            length += 1
        back = 0
        while (
            back < MAX_BACK
            and before - back > 0
            and before + length < here - back
            and sentences[here - back - 1].key == sentences[before - back - 1].key
        ):
            back += 1  # a short sentence that was said before both hides the beginning of the run
        runs.append((before - back, here - back, length + back))
        here += length
    return runs


def find_repeats(text: str, paragraphs: Sequence[Span]) -> tuple[list[Span], list[Repeat]]:
    """The paragraphs without what stood before, and the repeats with the place where each stood first.

    A paragraph of MIN_CHARACTERS or more that stands again is a repeat as a whole; a run of MIN_SENTENCES or more
    that stands again is a repeat wherever it stands, each paragraph's share of it on its own; a short paragraph is
    a repeat only within such a run.
    """
    sentences = _sentences(text, paragraphs)
    counts: dict[int, int] = {}
    for sentence in sentences:
        counts[sentence.paragraph] = counts.get(sentence.paragraph, 0) + 1
    repeated: dict[int, int] = {}
    for before, here, length in _runs(sentences):
        long_run = length >= MIN_SENTENCES
        place = here
        while place < here + length:
            number = sentences[place].paragraph
            end = place
            while end < here + length and sentences[end].paragraph == number:
                end += 1
            whole = end - place == counts[number]
            size = sentences[end - 1].span.end - sentences[place].span.start
            if long_run or (whole and size >= MIN_CHARACTERS):
                for again in range(place, end):
                    repeated[again] = before + (again - here)
            place = end
    return _split(sentences, repeated, len(paragraphs))


def _split(
    sentences: Sequence[_Sentence], repeated: dict[int, int], paragraphs: int
) -> tuple[list[Span], list[Repeat]]:
    """Cut each paragraph into what is new and what is said again."""
    new: list[Span] = []
    repeats: list[Repeat] = []
    place = 0
    for number in range(paragraphs):
        while place < len(sentences) and sentences[place].paragraph == number:
            begin = place
            again = begin in repeated
            place += 1
            while (
                place < len(sentences)
                and sentences[place].paragraph == number
                and (place in repeated) == again
                and (not again or repeated[place] == repeated[place - 1] + 1)
            ):
                place += 1
            span = Span(sentences[begin].span.start, sentences[place - 1].span.end)
            if again:
                origin = Span(sentences[repeated[begin]].span.start, sentences[repeated[place - 1]].span.end)
                repeats.append(Repeat(span, origin))
            else:
                new.append(span)
    return new, repeats
