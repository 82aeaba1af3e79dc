"""What a brief is made of before it is printed: every renderer says the same because it says these."""

from __future__ import annotations

from dataclasses import dataclass

from communique.model import Span


@dataclass(frozen=True, slots=True)
class Source:
    """A document that the brief cites, under its number."""

    number: int
    key: str
    id: str
    outlet: str | None
    title: str | None
    byline: str | None
    url: str | None
    date: str
    basis: str
    copy_of: int | None = None

    @property
    def name(self) -> str:
        """The outlet, or words that say it is not named."""
        return self.outlet or "outlet not named"


@dataclass(frozen=True, slots=True)
class Evidence:
    """The sentence that a line rests on: where it stands, its paragraph, and the words that say it."""

    source: Source
    span: Span
    before: str
    sentence: str
    after: str
    marked: Span

    @property
    def reference(self) -> str:
        """document:start-end, in characters of the stored text."""
        return f"{self.source.id}:{self.span.start}-{self.span.end}"

    def pieces(self) -> tuple[str, str, str]:
        """The sentence before, in and after the words that say it."""
        start, end = self.marked.start, self.marked.end
        return self.sentence[:start], self.sentence[start:end], self.sentence[end:]


@dataclass(frozen=True, slots=True)
class Line:
    """One statement with its date, the exact words, what to know about it, and its evidence."""

    text: str
    date: str | None = None
    words: str | None = None
    notes: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    record: str | None = None

    @property
    def numbers(self) -> tuple[int, ...]:
        """The numbers of its sources, each once, in order."""
        return tuple(sorted({each.source.number for each in self.evidence}))


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the brief. intro says how to read it, empty what stands there when there are no lines."""

    name: str
    title: str
    intro: str
    lines: tuple[Line, ...]
    empty: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One period of the chart: scores of its counted records, words and deeds apart, and how many there are."""

    period: str
    start: str
    words_for: float
    deeds_for: float
    words_against: float
    deeds_against: float
    records: int


@dataclass(frozen=True, slots=True)
class Series:
    """The chart's numbers. undated is what counts but has no date that fits into one period."""

    by: str
    bars: tuple[Bar, ...]
    undated: Bar | None
    left_out: int


@dataclass(frozen=True, slots=True)
class Brief:
    """Everything a brief says about a pair of states."""

    first: str
    second: str
    names: tuple[str, str]
    asked: str | None
    summary: tuple[Line, ...]
    sections: tuple[Section, ...]
    sources: tuple[Source, ...]
    series: Series
    alt: str = ""

    @property
    def title(self) -> str:
        """The pair by name."""
        return f"{self.names[0]} and {self.names[1]}"
