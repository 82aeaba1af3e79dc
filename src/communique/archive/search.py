"""Words to the sentences that hold them, through the archive's full-text index."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from communique.errors import UsageError
from communique.model import Document, Span

# the index marks what it found with these two; they are private-use characters that no page should hold
_OPEN, _CLOSE = "\ue000", "\ue001"
_TERM = re.compile(r'(?P<not>-?)(?:"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+))')


@dataclass(frozen=True, slots=True)
class Hit:
    """A document that holds the words: its best sentence and where the words stand, as spans of the document's text.

    score is the index's own rank (BM25; smaller is better).
    """

    document: Document
    sequence: int | None
    sentence: Span
    words: tuple[Span, ...]
    score: float

    @property
    def text(self) -> str:
        """The sentence."""
        return self.sentence.cut(self.document.text)

    def marked(self, before: str = "[", after: str = "]") -> str:
        """The sentence with its words marked."""
        parts, at = [], self.sentence.start
        for span in self.words:
            parts += [self.document.text[at : span.start], before, span.cut(self.document.text), after]
            at = span.end
        return "".join([*parts, self.document.text[at : self.sentence.end]])


def expression(words: str) -> str:
    """A user's words in the index's own language: all words, "exact phrases", -without, begin*, one OR other.

    Raises UsageError where no word remains to look for.
    """
    wanted: list[str] = []
    unwanted: list[str] = []
    alternative = False
    for term in _TERM.finditer(words):
        plain = term["phrase"] if term["phrase"] is not None else term["word"]
        if term["word"] in ("OR", "AND"):
            alternative = term["word"] == "OR" and bool(wanted)
            continue
        star = "*" if term["word"] and plain.endswith("*") else ""
        kept = plain.rstrip("*") if star else plain
        if not re.search(r"\w", kept):
            continue
        quoted = '"' + kept.replace('"', "") + '"' + star
        if term["not"]:
            unwanted.append(quoted)
        elif alternative:
            wanted[-1] = f"({wanted[-1]} OR {quoted})"
        else:
            wanted.append(quoted)
        alternative = False
    if not wanted:
        raise UsageError("there is no word to look for", where=words or None, advice="Name at least one word")
    return " AND ".join(wanted) + "".join(f" NOT {each}" for each in unwanted)


def matches(
    connection: sa.Connection, words: str, *, limit: int, offset: int, revised: bool
) -> list[tuple[str, str, float]]:
    """Document keys, best first, with the article's text marked by the index and the score."""
    current = "" if revised else "AND NOT documents.superseded"
    found = connection.execute(
        sa.text(
            "SELECT documents.key, highlight(words, 1, :open, :close), bm25(words, 4.0, 1.0) AS score "
            f"FROM words JOIN documents ON documents.number = words.rowid WHERE words MATCH :expression {current} "
            "ORDER BY score, documents.id, documents.key LIMIT :limit OFFSET :offset"
        ),
        {"open": _OPEN, "close": _CLOSE, "expression": expression(words), "limit": limit, "offset": offset},
    )
    return [(key, marked, score) for key, marked, score in found]


def hit(document: Document, sentences: Sequence[tuple[int, Span]], marked: str, score: float) -> Hit:
    """The sentence that holds most of what was looked for (the first of equals), or the head of the article."""
    found = _positions(document, marked)
    best: tuple[int, Span] | None = None
    most = 0
    for sequence, span in sentences:
        different = {word.cut(document.text).casefold() for word in found if span.covers(word)}
        if len(different) > most:
            best, most = (sequence, span), len(different)
    if best is None:  # only the title has it
        first = document.article[0] if document.article else Span(0, min(len(document.text), 200))
        best = next(iter(sentences), (None, first))  # type: ignore[assignment]
    sequence, sentence = best  # type: ignore[misc]
    return Hit(document, sequence, sentence, tuple(word for word in found if sentence.covers(word)), score)


def _positions(document: Document, marked: str) -> list[Span]:
    """Where the marked words stand in the document: the index saw the article's paragraphs joined by newlines."""
    plain = marked.replace(_OPEN, "").replace(_CLOSE, "")
    if plain != article_text(document):
        return []  # the page itself holds our marks; rather nothing than a wrong place
    starts, at = [], 0
    for span in document.article:
        starts.append((at, at + span.end - span.start, span.start))
        at += span.end - span.start + 1
    found: list[Span] = []
    part = at = opened = 0
    for piece in re.split(f"([{_OPEN}{_CLOSE}])", marked):
        if piece == _OPEN:
            opened = at
        elif piece == _CLOSE:
            while part < len(starts) - 1 and opened >= starts[part][1]:
                part += 1
            begin, end, offset = starts[part]
            if begin <= opened and at <= end:
                found.append(Span(opened - begin + offset, at - begin + offset))
        else:
            at += len(piece)
    return found


def article_text(document: Document) -> str:
    """The article's paragraphs as the index holds them."""
    return "\n".join(span.cut(document.text) for span in document.article)
