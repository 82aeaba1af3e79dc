"""A parsed paragraph in plain objects: what every step asks of words, read from spaCy once and looked up ever after.

spaCy makes a new object, and looks a string up in a table, each time a token, its head or its lemma is asked for. The
steps after the parse ask some hundred times about every word. Here a `Doc` is the list of its words and a `Span` the
list of some; attributes have spaCy's names and mean what they mean there.
"""

from __future__ import annotations

import bisect
import functools
import itertools
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

_COLUMNS = ["ORTH", "LEMMA", "POS", "TAG", "DEP", "HEAD", "SENT_START", "SPACY", "ENT_TYPE", "ENT_IOB"]
_IOB = ("", "I", "O", "B")
_HALF = 1 << 63
# form, in small letters, dictionary form, part of speech, tag, relation; whether letters, punctuation, blank
Word = tuple[str, str, str, str, str, str, bool, bool, bool]
_NONE: tuple[Token, ...] = ()


class Token:
    """A word. The head of a root is the word itself; children are those left of it, then those right of it."""

    __slots__ = (
        "_left", "_right", "_straight", "_subtree", "children", "dep_", "doc", "ent_iob_", "ent_type_", "head", "i",
        "idx", "is_alpha", "is_punct", "is_sent_start", "is_space", "lefts", "lemma_", "lower_", "pos_", "rights",
        "sent", "tag_", "text", "whitespace_",
    )  # fmt: skip

    def __init__(self, doc: Doc, i: int, idx: int, word: Word, blank: bool) -> None:
        self.doc, self.i, self.idx = doc, i, idx
        (
            self.text, self.lower_, self.lemma_, self.pos_, self.tag_, self.dep_,
            self.is_alpha, self.is_punct, self.is_space,
        ) = word  # fmt: skip
        self.whitespace_ = " " if blank else ""
        self.ent_iob_ = self.ent_type_ = ""
        self.is_sent_start = False
        self.head = self
        self.lefts = self.rights = self.children = _NONE
        self.sent: Span
        self._subtree: tuple[Token, ...] | None = None
        self._left = self._right = i
        self._straight = True

    def __len__(self) -> int:
        return len(self.text)

    def __bool__(self) -> bool:
        return True

    def __repr__(self) -> str:
        return self.text

    @property
    def is_lower(self) -> bool:
        """Whether its letters are small."""
        return self.text.islower()

    @property
    def is_upper(self) -> bool:
        """Whether its letters are capitals."""
        return self.text.isupper()

    @property
    def is_title(self) -> bool:
        """Whether each word in it starts with a capital and goes on in small letters."""
        return self.text.istitle()

    @property
    def subtree(self) -> tuple[Token, ...]:
        """The word and all below it, as they stand in the text (as a walk through the tree where branches cross)."""
        found = self._subtree
        if found is None:
            doc = self.doc.measured()
            crossing = not self._straight
            found = tuple(_walk(self)) if crossing else tuple(doc[self._left : self._right + 1])
            self._subtree = found
        return found

    @property
    def left_edge(self) -> Token:
        """The first word of its subtree."""
        return self.doc.measured()[self._left]

    @property
    def right_edge(self) -> Token:
        """The last word of its subtree."""
        return self.doc.measured()[self._right]

    @property
    def ancestors(self) -> Iterator[Token]:
        """The words above it, the nearest first."""
        token = self
        while token.head is not token:
            token = token.head
            yield token

    def is_ancestor(self, other: Token) -> bool:
        """Whether it stands above another word."""
        return any(above is self for above in other.ancestors)

    @property
    def conjuncts(self) -> tuple[Token, ...]:
        """All words coordinated with it, itself left out."""
        first = self
        while first.head is not first and first.dep_ == "conj":
            first = first.head
        found = [first]
        for token in found:
            found += [child for child in token.rights if child.dep_ == "conj"]
        return tuple(token for token in found if token is not self)

    def nbor(self, steps: int = 1) -> Token:
        """The word so many places further on. Raises IndexError where the paragraph ends before."""
        place = self.i + steps
        if place < 0:
            raise IndexError(place)
        return self.doc[place]


class Span(list[Token]):
    """Words that follow each other, from the start-th to before the end-th of their paragraph."""

    __slots__ = ("_root", "_text", "doc", "end", "start")

    def __init__(self, doc: Doc, start: int, end: int) -> None:
        super().__init__(doc[start:end])
        self.doc, self.start, self.end = doc, start, end
        self._root: Token | None = None
        self._text: str | None = None

    @property
    def start_char(self) -> int:
        """Where its first word begins in the paragraph."""
        return self[0].idx

    @property
    def end_char(self) -> int:
        """Where its last word ends in the paragraph."""
        return self[-1].idx + len(self[-1].text)

    @property
    def text(self) -> str:
        """The words as they are written, without the blank behind them."""
        if self._text is None:
            self._text = self.doc.text[self.start_char : self.end_char] if self else ""
        return self._text

    @property
    def root(self) -> Token:
        """The highest word; the first of several that are equally high."""
        if self._root is None:
            self._root = next((t for t in self if t.head is t), None) or self._highest()
        return self._root

    def _highest(self) -> Token:
        best, root = len(self.doc), self[0]
        for token in self:
            if self.start <= token.head.i < self.end:
                continue
            loose = (token.is_space or token.is_punct) and not token.children
            steps = len(self.doc) - 1 if loose else sum(1 for _ in token.ancestors)
            if steps < best:
                best, root = steps, token
        return root


class Doc(list[Token]):
    """A paragraph's words in order."""

    __slots__ = ("_measured", "_starts", "answers", "sents", "text")

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text
        self.sents: tuple[Span, ...] = ()
        # what was asked of its words (`communique.syntax.remembered`), by question and place
        self.answers: dict[object, dict[int, Any]] = {}
        self._measured = False
        self._starts: list[int] = []

    def char_span(self, start: int, end: int) -> Span | None:
        """The words that hold at least one of the characters from start to before end, as spaCy's "expand" has them."""
        first, last = self._at(start), self._at(end - 1)
        if first is None or last is None:
            return None
        if start == self[first].idx + len(self[first].text):  # the blank behind a word is none of it
            first += 1
        return Span(self, first, last + 1)

    def _at(self, place: int) -> int | None:
        if not self._starts:
            self._starts = [token.idx for token in self]
        found = bisect.bisect_right(self._starts, place) - 1
        if found < 0 or place >= self[found].idx + len(self[found].text) + len(self[found].whitespace_):
            return None
        return found

    def name(self, spans: Iterable[tuple[int, int, str]]) -> None:
        """Makes entities of these words (from, to before, label) and of no others."""
        for token in self:
            token.ent_iob_, token.ent_type_ = "O", ""
        for start, end, label in spans:
            for place in range(start, end):
                token = self[place]
                token.ent_iob_, token.ent_type_ = ("B" if place == start else "I"), label

    def label(self, strings: Any, kinds: list[int], places: list[int]) -> None:
        """Makes entities of spaCy's two columns on them."""
        for token, kind, place in zip(self, kinds, places, strict=True):
            token.ent_type_, token.ent_iob_ = strings[kind] if kind else "", _IOB[place]

    def measured(self) -> Doc:
        """Itself, once every word knows how far its subtree reaches."""
        if not self._measured:
            self._measured = True
            order = [token for token in self if token.head is token]
            for token in order:
                order += token.children
            sizes = [1] * len(self)
            for token in reversed(order):  # from the lowest up
                token._straight = token._straight and token._right - token._left + 1 == sizes[token.i]
                head = token.head
                if head is token:
                    continue
                sizes[head.i] += sizes[token.i]
                head._straight = head._straight and token._straight
                head._left, head._right = min(head._left, token._left), max(head._right, token._right)
        return self


def _walk(token: Token) -> Iterator[Token]:
    """A subtree from left to right, each word between its left and its right children."""
    waiting: list[tuple[Token, bool]] = [(token, False)]
    while waiting:
        word, seen = waiting.pop()
        if seen:
            yield word
            continue
        waiting += [(child, False) for child in reversed(word.rights)]
        waiting.append((word, True))
        waiting += [(child, False) for child in reversed(word.lefts)]


def word(text: str, lemma: str, pos: str, tag: str, dep: str) -> Word:
    """What a word is wherever it stands: its form, dictionary form, part of speech, tag and relation."""
    lower, alpha, punct, space = _form(text)
    return text, lower, lemma, pos, tag, dep, alpha, punct, space


@functools.lru_cache(maxsize=1 << 16)
def _form(text: str) -> tuple[str, bool, bool, bool]:
    punctuation = all(unicodedata.category(letter).startswith("P") for letter in text)
    return text.lower(), text.isalpha(), punctuation, text.isspace()


def read(parsed: Any, line: str | None = None) -> Doc:
    """A document that any spaCy pipeline with a parser made, its words as in the line, which has the same length."""
    strings = parsed.vocab.strings
    rows = parsed.to_array(_COLUMNS)
    orths, lemmas, parts, tags, deps, heads, starts, blanks, kinds, places = rows.T.tolist()
    words = [
        word(*(strings[key] if key else "" for key in keys))
        for keys in zip(orths, lemmas, parts, tags, deps, strict=True)
    ]
    doc = build(words, heads, starts, blanks, parsed.text if line is None else line)
    doc.label(strings, kinds, places)
    return doc


def build(words: Sequence[Word], heads: list[int], starts: list[int], blanks: list[int], line: str) -> Doc:
    """A document from its words, the distances to their heads (negative ones in two's complement, as spaCy has them),

    1 where a sentence starts, 1 where a blank follows. Words are written as in the line, whatever their own form is.
    """
    doc = Doc(line)
    place = 0
    for i, (each, start, blank) in enumerate(zip(words, starts, blanks, strict=True)):
        text = each[0]
        end = place + len(text)
        written = line[place:end]
        token = Token(doc, i, place, each, bool(blank))
        if written != text:
            token.text = written
            token.lower_, token.is_alpha, token.is_punct, token.is_space = _form(written)
        if start == 1:
            token.is_sent_start = True
        place = end + blank
        doc.append(token)
    lefts: dict[int, list[Token]] = {}
    rights: dict[int, list[Token]] = {}
    for i, distance in enumerate(heads):
        if distance:
            token = doc[i]
            above = i + (distance if distance < _HALF else distance - 2 * _HALF)
            token.head = doc[above]
            (lefts if i < above else rights).setdefault(above, []).append(token)
    for above, found in lefts.items():
        doc[above].lefts = doc[above].children = tuple(found)
    for above, found in rights.items():
        token = doc[above]
        token.rights = tuple(found)
        token.children = token.lefts + token.rights
    cuts = [0, *(i for i, start in enumerate(starts) if start == 1 and i), len(doc)]
    doc.sents = tuple(Span(doc, first, end) for first, end in itertools.pairwise(cuts) if first < end)
    for sent in doc.sents:
        for token in sent:
            token.sent = sent
    return doc
