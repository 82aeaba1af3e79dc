"""A paragraph with its sentences, actors and quotation marks, and the attributions that are being read out of it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from communique.code.quotes.marks import Marked, marked
from communique.model import Mention, Sentence, Span
from communique.tree import Doc, Token


@dataclass(slots=True)
class Paragraph:
    """One paragraph; all indices are those of tokens in its syntax document."""

    doc: Doc
    offset: int
    sentences: list[Sentence]
    mentions: dict[int, Mention]
    regions: list[Marked] = field(default_factory=list)
    # for each token the number of the outer quote that it stands in, or -1
    inside: list[int] = field(default_factory=list)
    sequence: dict[int, Sentence] = field(default_factory=dict)

    def __post_init__(self) -> None:
        found = marked(self.doc.text)
        self.regions = [region for region in found if region.depth == 0]
        self.inside = [-1] * len(self.doc)
        starts = [token.idx for token in self.doc] if self.regions else []
        for number, region in enumerate(self.regions):
            for i in range(bisect_left(starts, region.start), bisect_left(starts, region.end)):
                self.inside[i] = number
        for sentence in self.sentences:
            self.sequence.update(dict.fromkeys(range(sentence.syntax.start, sentence.syntax.end), sentence))

    def span(self, start: int, end: int) -> Span:
        """Characters of the paragraph as characters of the document."""
        return Span(self.offset + start, self.offset + end)

    def words(self, region: Marked) -> Span:
        """The words of a quote without its marks, as characters of the document."""
        return self.span(*region.inner(self.doc.text))

    def first(self, number: int) -> int | None:
        """The first token of a quote."""
        return next((i for i, value in enumerate(self.inside) if value == number), None)

    def last(self, number: int) -> int | None:
        """The last token of a quote."""
        return next((i for i in range(len(self.inside) - 1, -1, -1) if self.inside[i] == number), None)

    def sentence(self, token: Token) -> Sentence:
        """The sentence of a token."""
        return self.sequence.get(token.i) or self.sentences[0]

    def place(self, token: Token) -> Span:
        """Where a token stands in the document."""
        return self.span(token.idx, token.idx + len(token))


def paragraphs(sentences: Sequence[Sentence], mentions: Sequence[tuple[Mention, ...]]) -> Iterator[Paragraph]:
    """The paragraphs of an article: sentences that were parsed together, in order."""
    group: list[Sentence] = []
    actors: dict[int, Mention] = {}
    for sentence, found in zip(sentences, mentions, strict=True):
        if group and group[0].syntax.doc is not sentence.syntax.doc:
            yield Paragraph(group[0].syntax.doc, group[0].offset, group, actors)
            group, actors = [], {}
        group.append(sentence)
        actors.update({mention.head: mention for mention in found})
    if group:
        yield Paragraph(group[0].syntax.doc, group[0].offset, group, actors)


@dataclass(slots=True)
class Draft:
    """An attribution in the making. pieces are characters of the document, in order."""

    page: Paragraph
    cue: Token
    kind: str
    pieces: list[Span]
    speaker: Token | None = None
    addressee: Token | None = None
    through: Token | None = None
    objects: list[Token] = field(default_factory=list)
    exact: bool = False
    rule: str = ""
    # the speaker where no token of this paragraph names it
    same_as: Draft | None = None
    cue_words: str = ""

    @property
    def start(self) -> int:
        """Where its words begin."""
        return min(piece.start for piece in self.pieces)

    @property
    def end(self) -> int:
        """Where its words end."""
        return max(piece.end for piece in self.pieces)

    def covers(self, place: int) -> bool:
        """Whether a character is one of its words."""
        return any(piece.start <= place < piece.end for piece in self.pieces)


def runs(page: Paragraph, tokens: Iterable[Token]) -> list[Span]:
    """Tokens as stretches of the document, punctuation and blanks at their ends trimmed."""
    found: list[Span] = []
    group: list[Token] = []
    for token in [*sorted(tokens, key=lambda t: t.i), None]:
        if token is not None and (not group or token.i <= group[-1].i + 1):
            group.append(token)
            continue
        while group and (_trims(group[0], True)):
            group.pop(0)
        while group and _trims(group[-1], False):
            group.pop()
        if group:
            found.append(page.span(group[0].idx, group[-1].idx + len(group[-1])))
        group = [token] if token is not None else []
    return found


def _trims(token: Token, start: bool) -> bool:
    if token.is_space:
        return True
    if token.text in "“”\"‘’'":
        return False
    return token.is_punct and not (token.text in "([" if start else token.text in ")]?!%")
