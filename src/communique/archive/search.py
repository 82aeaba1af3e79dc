"""Words to the sentences that hold them, through the archive's full-text index."""

from __future__ import annotations

import contextlib
import re
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from communique.archive import database
from communique.errors import UsageError
from communique.model import Document, Span

# the index marks what it found with these two; they are private-use characters that no page should hold
OPEN, CLOSE = "\ue000", "\ue001"
# SQLite's highlight() copies what it has at every word that it marks: a page of ten megabytes would take it hours
LONG = 500_000  # characters from which on we mark in parts
PART = 20_000  # characters of one
MARKED = 5  # parts that are marked, the first that hold any of the words: nobody reads on
_AT_ONCE = 25  # parts that are looked through together
TOKENS = "porter unicode61 remove_diacritics 2"  # as the archive's index has them (schema.WORDS)
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


@dataclass(frozen=True, slots=True)
class Term:
    """A word or an exact phrase; prefix: its last word may go on."""

    text: str
    prefix: bool = False

    def quoted(self) -> str:
        """In the language of SQLite's index."""
        return '"' + self.text.replace('"', "") + '"' + ("*" if self.prefix else "")


@dataclass(frozen=True, slots=True)
class Question:
    """What is looked for: of each group in `wanted` at least one term, and none of `unwanted`."""

    wanted: tuple[tuple[Term, ...], ...]
    unwanted: tuple[Term, ...]


def question(words: str) -> Question:
    """A user's words understood: all words, "exact phrases", -without, begin*, one OR other.

    Raises UsageError where no word remains to look for.
    """
    wanted: list[tuple[Term, ...]] = []
    unwanted: list[Term] = []
    alternative = False
    for found in _TERM.finditer(words):
        plain = found["phrase"] if found["phrase"] is not None else found["word"]
        if found["word"] in ("OR", "AND"):
            alternative = found["word"] == "OR" and bool(wanted)
            continue
        prefix = bool(found["word"]) and plain.endswith("*")
        kept = plain.rstrip("*") if prefix else plain
        if not re.search(r"\w", kept):
            continue
        term = Term(kept, prefix)
        if found["not"]:
            unwanted.append(term)
        elif alternative:
            wanted[-1] = (*wanted[-1], term)
        else:
            wanted.append((term,))
        alternative = False
    if not wanted:
        raise UsageError("there is no word to look for", where=words or None, advice="Name at least one word")
    return Question(tuple(wanted), tuple(unwanted))


def expression(words: str) -> str:
    """A user's words in the language of SQLite's index.

    Raises UsageError where no word remains to look for.
    """
    asked = question(words)
    groups = []
    for group in asked.wanted:
        one = group[0].quoted()
        for other in group[1:]:
            one = f"({one} OR {other.quoted()})"
        groups.append(one)
    return " AND ".join(groups) + "".join(f" NOT {each.quoted()}" for each in asked.unwanted)


def matches(
    connection: sa.Connection, words: str, *, limit: int, offset: int, revised: bool
) -> list[tuple[str, str, float]]:
    """Document keys, best first, with the article's text, what was looked for marked, and the score."""
    return database.of(connection).matches(connection, words, limit=limit, offset=offset, revised=revised)


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


def marked_whole(title: str, article: str, expression: str) -> str:
    """The text of an article with what was looked for marked, as the index itself would; see `marked` for long ones."""
    with contextlib.closing(sqlite3.connect(":memory:")) as held:
        held.execute(f"CREATE VIRTUAL TABLE part USING fts5(title, body, tokenize='{TOKENS}')")
        held.execute("INSERT INTO part VALUES (?, ?)", (title, article))
        row = held.execute(
            "SELECT highlight(part, 1, ?, ?) FROM part WHERE part MATCH ?", (OPEN, CLOSE, expression)
        ).fetchone()
    return str(row[0]) if row else article


def marked(article: str, expression: str) -> str:
    """The text of a long article as highlight() gives it, with the words marked in the first parts that hold any."""
    terms = [term for unwanted, term in re.findall(r'(NOT )?("[^"]*"\*?)', expression) if not unwanted]
    parts = list(_cut(article))
    many = 0
    with contextlib.closing(sqlite3.connect(":memory:")) as held:
        held.execute(f"CREATE VIRTUAL TABLE part USING fts5(body, tokenize='{TOKENS}')")
        for first in range(0, len(parts), _AT_ONCE):
            held.execute("DELETE FROM part")
            rows = enumerate(parts[first : first + _AT_ONCE], first + 1)
            held.executemany("INSERT INTO part (rowid, body) VALUES (?, ?)", rows)
            found = held.execute(
                "SELECT rowid, highlight(part, 0, ?, ?) FROM part WHERE part MATCH ? ORDER BY rowid LIMIT ?",
                (OPEN, CLOSE, " OR ".join(terms), MARKED - many),
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
    plain = marked.replace(OPEN, "").replace(CLOSE, "")
    if plain != article_text(document):
        return []  # the page itself holds our marks; rather nothing than a wrong place
    starts, at = [], 0
    for span in document.article:
        starts.append((at, at + span.end - span.start, span.start))
        at += span.end - span.start + 1
    found: list[Span] = []
    part = at = opened = 0
    for piece in re.split(f"([{OPEN}{CLOSE}])", marked):
        if piece == OPEN:
            opened = at
        elif piece == CLOSE:
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
