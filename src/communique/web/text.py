"""A page as received, ready to be shown: its article sentence by sentence, and what was left out."""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from communique.model import Document, Span
from communique.web.words import reason

LONGEST_PART = 20_000  # characters of one paragraph that are shown; more is to be had as plain text
LONGEST_PAGE = 300_000  # characters of one page that are shown
CONTEXT = 2_000  # characters kept on either side of what is marked in a paragraph that is cut
SOUGHT = ("found", "words")  # marks that a cut paragraph is to show before all others


@dataclass(frozen=True, slots=True)
class Mark:
    """Something to be marked: a sentence, words, an actor. `name` is its class, `title` what it says when asked."""

    span: Span
    name: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of characters that is marked in one way."""

    text: str
    names: tuple[str, ...] = ()
    title: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence (or what stands between two) with its pieces; number is its place among the document's sentences."""

    number: int | None
    hit: bool
    pieces: tuple[Piece, ...]


@dataclass(slots=True)
class Block:
    """A paragraph of the article, or a run of parts that were left out, each with the reason."""

    kind: str
    start: int
    sentences: tuple[Sentence, ...] = ()
    parts: list[tuple[str, str, int | None]] = field(default_factory=list)  # reason, text, where a repeat stood first
    cut: int = 0

    @property
    def reasons(self) -> str:
        """The reasons of what was left out, each once."""
        return ", ".join(dict.fromkeys(part[0] for part in self.parts))


def blocks(document: Document, sentences: Sequence[Span], marks: Iterable[Mark]) -> tuple[list[Block], int]:
    """The blocks of a page in reading order, and how many characters at its end are not shown."""
    text = document.text
    marked = sorted(marks, key=lambda mark: (mark.span.start, -mark.span.end))
    parts: list[tuple[Span, str, str, int | None]] = [(span, "article", "", None) for span in document.article]
    parts += [(each.span, "left out", reason(each.reason), None) for each in document.furniture]
    parts += [(each.span, "left out", "stands on the page a second time", each.of.start) for each in document.repeats]
    parts.sort(key=lambda part: part[0])
    found: list[Block] = []
    told = 0
    for number, (span, kind, why, first) in enumerate(parts):
        if told > LONGEST_PAGE and not any(mark.span.start >= span.start for mark in marked):
            return found, sum(part[0].end - part[0].start for part in parts[number:])
        if kind == "article":
            block = _paragraph(text, span, sentences, marked)
            told += span.end - span.start - block.cut
            found.append(block)
            continue
        words = span.cut(text)
        if len(words) > LONGEST_PART:
            words = f"{words[:LONGEST_PART]} …"
        told += len(words)
        if not found or found[-1].kind != "left out":
            found.append(Block("left out", span.start))
        found[-1].parts.append((why, words.strip(), first))
    return found, 0


def _paragraph(text: str, span: Span, sentences: Sequence[Span], marks: Sequence[Mark]) -> Block:
    inside = [mark for mark in marks if mark.span.overlaps(span)]
    shown = span
    if span.end - span.start > LONGEST_PART:
        sought = next((held for name in SOUGHT if (held := [mark for mark in inside if mark.name == name])), inside)
        first = min((mark.span.start for mark in sought), default=span.start)
        start = max(span.start, first - CONTEXT) if inside else span.start
        shown = Span(start, min(span.end, start + LONGEST_PART))
    told = tuple(_sentences(text, shown, sentences, inside))
    return Block("article", span.start, told, cut=(span.end - span.start) - (shown.end - shown.start))


def _sentences(text: str, span: Span, sentences: Sequence[Span], marks: Sequence[Mark]) -> Iterator[Sentence]:
    """The sentences inside a paragraph and what stands between them, so that no character is lost."""
    at = span.start
    first = max(0, bisect.bisect_left(sentences, Span(span.start, span.start)) - 1)
    for number in range(first, len(sentences)):
        sentence = sentences[number]
        if sentence.start >= span.end:
            break
        start, end = max(sentence.start, at), min(sentence.end, span.end)
        if start >= end:
            continue
        if at < start:
            yield _sentence(text, None, Span(at, start), marks)
        yield _sentence(text, number, Span(start, end), marks)
        at = end
    if at < span.end:
        yield _sentence(text, None, Span(at, span.end), marks)


def _sentence(text: str, number: int | None, span: Span, marks: Sequence[Mark]) -> Sentence:
    inside = [mark for mark in marks if mark.span.overlaps(span)]
    hit = any(mark.name == "hit" for mark in inside)
    return Sentence(number, hit, tuple(pieces(text, span, [mark for mark in inside if mark.name != "hit"])))


def pieces(text: str, span: Span, marks: Iterable[Mark]) -> Iterator[Piece]:
    """The span cut wherever a mark begins or ends."""
    held = list(marks)
    edges = {span.start, span.end}
    for mark in held:
        edges |= {min(max(mark.span.start, span.start), span.end), min(max(mark.span.end, span.start), span.end)}
    ordered = sorted(edges)
    for start, end in itertools.pairwise(ordered):
        over = [mark for mark in held if mark.span.start <= start and end <= mark.span.end]
        names = tuple(dict.fromkeys(mark.name for mark in over))
        yield Piece(text[start:end], names, "; ".join(dict.fromkeys(mark.title for mark in over if mark.title)))
