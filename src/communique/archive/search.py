"""Words to the sentences that hold them, through the archive's full-text index."""

from __future__ import annotations

import contextlib
import re
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from communique.errors import UsageError
from communique.model import Document, Span

# the index marks what it found with these two; they are private-use characters that no page should hold
_OPEN, _CLOSE = "\ue000", "\ue001"
# SQLite's highlight() copies what it has at every word that it marks: a page of ten megabytes would take it hours
LONG = 500_000  # characters from which on we mark in parts
PART = 20_000  # characters of one
MARKED = 5  # parts that are marked, the first that hold any of the words: nobody reads on
_AT_ONCE = 25  # parts that are looked through together
_TOKENS = "porter unicode61 remove_diacritics 2"  # as the archive's index has them (schema.WORDS)
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
    """Document keys, best first, with the article's text, what was looked for marked, and the score."""
    current = "" if revised else "AND NOT documents.superseded"
    found = connection.execute(
        sa.text(
            f"SELECT documents.key, documents.number, CASE WHEN length(documents.text) < {LONG} THEN "
            "highlight(words, 1, :open, :close) END AS held, bm25(words, 4.0, 1.0) AS score "
            f"FROM words JOIN documents ON documents.number = words.rowid WHERE words MATCH :expression {current} "
            "ORDER BY score, documents.id, documents.key LIMIT :limit OFFSET :offset"
        ),
        {"open": _OPEN, "close": _CLOSE, "expression": expression(words), "limit": limit, "offset": offset},
    )
    whole = sa.text("SELECT body FROM articles WHERE number = :number")
    return [
        (
            row.key,
            marked(connection.execute(whole, {"number": row.number}).scalar() or "", expression(words)),
            row.score,
        )
        if row.held is None
        else (row.key, row.held, row.score)
        for row in found.all()
    ]


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


def marked(article: str, expression: str) -> str:
    """The text of a long article as highlight() gives it, with the words marked in the first parts that hold any."""
    terms = [term for unwanted, term in re.findall(r'(NOT )?("[^"]*"\*?)', expression) if not unwanted]
    parts = list(_cut(article))
    many = 0
    with contextlib.closing(sqlite3.connect(":memory:")) as held:
        held.execute(f"CREATE VIRTUAL TABLE part USING fts5(body, tokenize='{_TOKENS}')")
        for first in range(0, len(parts), _AT_ONCE):
            held.execute("DELETE FROM part")
            rows = enumerate(parts[first : first + _AT_ONCE], first + 1)
            held.executemany("INSERT INTO part (rowid, body) VALUES (?, ?)", rows)
            found = held.execute(
                "SELECT rowid, highlight(part, 0, ?, ?) FROM part WHERE part MATCH ? ORDER BY rowid LIMIT ?",
                (_OPEN, _CLOSE, " OR ".join(terms), MARKED - many),
            ).fetchall()
            for number, text in found:
                parts[number - 1] = text
            many += len(found)
            if many >= MARKED:
                break
    return "".join(parts)


def _cut(text: str) -> Iterator[str]:
    """Parts of a text that end between words; a word longer than a part is cut."""
    start = 0
    while start < len(text):
        end = start + PART
        if end < len(text):
            end = max(text.rfind(" ", start, end), text.rfind("\n", start, end)) + 1 or end
        yield text[start:end]
        start = end


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
