"""Who "we" is: the speaker of a quote, the label of a transcript, as far as the text shows them."""

from __future__ import annotations

import functools
import re

from communique.knowledge import load
from communique.model import Mention, Sentence
from communique.resolve.context import Context
from communique.resolve.discourse import is_first_person
from communique.resolve.names import fold

# "SECRETARY BLINKEN:", "MR. PRICE: (Laughter.)"; "QUESTION:" is nobody who acts
_LABEL = re.compile(r"\s*([A-Z][A-Z.'’\-]+(?: [A-Z][A-Z.'’\-]+){0,5} ?)(?:\s*\([^)]{0,40}\))?\s?:(?:\s|\Z)")
_OPEN, _CLOSE = frozenset("“«„"), frozenset("”»")
_MARKS = _OPEN | _CLOSE | {'"'}


@functools.cache
def _saying() -> frozenset[str]:
    return frozenset(word for word in load.data("quotes.yaml")["verbs"]["say"] if " " not in word)


def listen(sentence: Sentence, context: Context, found: dict[int, Mention]) -> None:
    """Note the label that a sentence of a transcript begins with."""
    match = _LABEL.match(sentence.text)
    context.label_end = 0 if match is None else sentence.span.start + match.end(1)
    if match is None:
        return
    context.labelled = True
    context.label = next((m.actors[0] for m in found.values() if m.codes and m.span.end <= context.label_end), None)
    if context.label is not None:
        return
    words = [fold(word).strip(".") for word in match.group(1).split()]
    for size in range(1, len(words) + 1):
        known = context.persons.get(" ".join(words[-size:]))
        if known is not None:
            context.label = known[1]
            return


def quoted(sentence: Sentence, context: Context) -> list[bool]:
    """For each character of a sentence whether it stands in quotation marks; the memory keeps an open one."""
    if not _MARKS.intersection(sentence.text):
        return [context.quote_open] * len(sentence.text)
    inside, marks = context.quote_open, []
    for char in sentence.text:
        if char in _OPEN:
            inside = True
        elif char in _CLOSE:
            inside = False
        elif char == '"':
            inside = not inside
        marks.append(inside)
    return marks


def is_quoted(place: int, sentence: Sentence, context: Context) -> bool:
    """Whether a character of the document, in the sentence that is read, stands in quotation marks."""
    within = place - sentence.span.start
    return 0 <= within < len(context.marks) and context.marks[within]


def of_mention(mention: Mention, sentence: Sentence, context: Context) -> str:
    """How a mention of the sentence that is read stands for whoever speaks (`discourse.Seen.voice`)."""
    if mention.span.end <= context.label_end:
        return "label"
    if not is_first_person(mention):
        return ""
    return "quoted" if is_quoted(mention.span.start, sentence, context) else "speaker"


def speaker(sentence: Sentence, found: dict[int, Mention], marks: list[bool]) -> Mention | None:
    """Whom a sentence with a quote gives it to: the subject of a verb of saying outside of the marks."""
    start = sentence.span.start - sentence.offset
    for token in sentence.syntax:
        place = token.idx - start
        if token.lemma_.lower() in _saying() and 0 <= place < len(marks) and not marks[place]:
            for child in token.children:
                if child.dep_ in ("nsubj", "nsubjpass") and child.i in found:
                    return found[child.i]
    return None
