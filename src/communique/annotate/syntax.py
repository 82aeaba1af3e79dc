"""Sentences with their syntax: paragraphs are cut at line breaks first, then parsed by any spaCy pipeline."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from communique import tree
from communique.annotate import attributes, coordination, entities, titles
from communique.annotate.dateline import dateline
from communique.errors import UsageError
from communique.knowledge import load
from communique.model import Document, Sentence, Span
from communique.settings import DEFAULT_MODEL
from communique.tree import Doc

if TYPE_CHECKING:
    from spacy.language import Language

# a paragraph longer than this is cut at a blank: parsers hold a whole text in memory
_LONGEST_BLOCK = 20_000
# a line of running text that was wrapped by hand: the next line starts small and this one does not end a sentence
_WRAPPED = re.compile(r"(?<=[^\s.!?:;\"”)\]])[ \t]*\r?\n[ \t]*(?=[a-z(])")


@functools.cache
def pipeline(model: str) -> tuple[Language, attributes.Finisher | None]:
    """A spaCy pipeline by name, loaded once a process, and what does the work of its last two steps, if it can.

    Raises UsageError where it is not installed or has no parser.
    """
    import spacy

    try:
        nlp = spacy.load(model, exclude=["ner"] if model == DEFAULT_MODEL else [])
    except OSError as fault:
        raise UsageError(
            f"the language model {model!r} is not installed",
            advice="Install it as a package, or leave --model away for the one that comes with Communique",
        ) from fault
    if not {"parser"} & set(nlp.pipe_names):
        raise UsageError(f"the language model {model!r} has no parser", advice="Choose a pipeline with a parser")
    return nlp, attributes.finisher(nlp, _lemmas())


def parsed(lines: Sequence[str], model: str = DEFAULT_MODEL) -> Iterator[Doc]:
    """Each line with its syntax, in order; titles in capitals are parsed from a copy in small letters."""
    nlp, finish = pipeline(model)
    mended = _lemmas()
    as_read = [titles.lowered(line) if titles.is_title(line) else line for line in lines]
    for line, found in zip(lines, nlp.pipe(as_read, batch_size=64), strict=True):
        coordination.mend(found)
        if finish is not None:
            yield finish(found, line)
            continue
        doc = tree.read(found, line)
        for token in doc:
            if token.lower_ in mended and token.pos_ in ("VERB", "NOUN", "PROPN"):
                token.lemma_ = mended[token.lower_]
        yield doc


@functools.cache
def _lemmas() -> dict[str, str]:
    """Forms whose dictionary form taggers get wrong ("staged" is not "stag"), with the right one."""
    return {str(form): str(lemma) for form, lemma in load.data("lexicon/lemmas.yaml")["forms"].items()}


def blocks(document: Document) -> Iterator[tuple[int, int, str]]:
    """The paragraphs of the article as (start, paragraph number, words); every offset is one in the document's text."""
    number = 0
    for span in document.article:
        text = span.cut(document.text)
        # a wrap becomes a blank of the same length, so that offsets stay
        text = _WRAPPED.sub(lambda match: " " * len(match.group()), text)
        for line in re.finditer(r"[^\r\n\u2028\u2029]+", text):
            if not line.group().strip():
                continue
            yield from ((span.start + line.start() + start, number, piece) for start, piece in _pieces(line.group()))
            number += 1


def _pieces(line: str) -> Iterator[tuple[int, str]]:
    """A line in pieces that a parser can hold: its dateline, then the rest, cut at blanks."""
    start = dateline(line)
    if start:
        yield 0, line[:start]
    while len(line) - start > _LONGEST_BLOCK:
        cut = line.rfind(" ", start + _LONGEST_BLOCK // 2, start + _LONGEST_BLOCK)
        cut = cut if cut > start else start + _LONGEST_BLOCK
        yield start, line[start:cut]
        start = cut
    yield start, line[start:]


def sentences(document: Document, model: str) -> tuple[Sentence, ...]:
    """The sentences of a document's article, in order, each with its syntax.

    One document is parsed as one batch, so that the result does not depend on what else is read with it.
    """
    nlp, _ = pipeline(model)
    known = None if "ner" in nlp.pipe_names else entities.Known()
    found: list[Sentence] = []
    cut = list(blocks(document))
    for (offset, paragraph, _), doc in zip(cut, parsed([text for _, _, text in cut], model), strict=True):
        if known is not None:
            entities.mark(doc, known)
        for sent in doc.sents:
            words = sent.text.strip()
            if not words:
                continue
            start = offset + sent.start_char + (len(sent.text) - len(sent.text.lstrip()))
            span = Span(start, start + len(words))
            found.append(Sentence(document.id, len(found), span, span.cut(document.text), sent, offset, paragraph))
    return tuple(found)
