"""Where quoted words stand in their paragraph, and the words between them."""

from __future__ import annotations

from communique.code.quotes.page import Paragraph
from communique.code.quotes.words import cues
from communique.tree import Token

# how far a cue may stand from the words, in tokens of the same sentence outside of quotes
_REACH = 40


def outside(page: Paragraph, index: int) -> bool:
    """Whether a token stands outside of all quotation marks."""
    return page.inside[index] < 0


def gap_after(page: Paragraph, number: int) -> list[Token]:
    """The words after a quote up to the end of the sentence or the next quote."""
    last = page.last(number)
    found: list[Token] = []
    if last is None:
        return found
    for token in page.doc[last + 1 :]:
        if not outside(page, token.i) or len(found) > _REACH:
            break
        found.append(token)
        if token.text in (".", "?", "!", ";") and token.i + 1 < len(page.doc):
            break
    return found


def gap_before(page: Paragraph, number: int) -> list[Token]:
    """The words before a quote from the beginning of the sentence or the end of the quote before."""
    first = page.first(number)
    found: list[Token] = []
    if first is None:
        return found
    for index in range(first - 1, -1, -1):
        token = page.doc[index]
        if not outside(page, index) or len(found) > _REACH or token.text in (".", "?", "!", ";"):
            break
        found.insert(0, token)
        if token.is_sent_start and token.text[:1].isupper() and index < first - 1:
            break
    return found


def lead_of(page: Paragraph, number: int) -> int | None:
    """Where the sentence begins that only ends in a quote: "The talks are “on track”, she said"."""
    first = page.first(number)
    if first is None:
        return None
    start = first
    for index in range(first - 1, -1, -1):
        token = page.doc[index]
        if token.text in (".", "?", "!", ":", ";"):
            break
        if page.inside[index] >= 0 and index + 1 < len(page.doc) and page.inside[index + 1] < 0:
            if token.i and page.doc[index - 1].text in (".", "?", "!", ","):
                break
        start = index
    lead = [t for t in page.doc[start:first] if not t.is_punct and not t.is_space and page.inside[t.i] < 0]
    if len(lead) < 2 or any("say" in cues(t) for t in lead if t.pos_ in ("VERB", "AUX")):
        return None
    if not any(t.pos_ in ("VERB", "AUX", "NOUN", "PROPN", "PRON") for t in lead) or lead[0].pos_ == "ADP":
        return None
    return page.offset + page.doc[start].idx


def is_utterance(page: Paragraph, number: int) -> bool:
    """Whether a quote is words that somebody uttered, not a term in quotation marks."""
    region = page.regions[number]
    start, end = region.inner(page.doc.text)
    words = page.doc.text[start:end]
    return len(words.split()) >= 4 or (words[-1:] in ".,?!" and words[:1].isupper() and len(words.split()) >= 2)


def starts(page: Paragraph, number: int) -> bool:
    """Whether a quote opens its paragraph."""
    first = page.first(number)
    return first is not None and all(t.is_space or t.is_punct for t in page.doc[:first])


def ends_paragraph(page: Paragraph, number: int) -> bool:
    """Whether a paragraph holds nothing but quotes to its end."""
    last = page.last(len(page.regions) - 1)
    rest = page.doc[(last or 0) + 1 :]
    outside = [t for t in page.doc if page.inside[t.i] < 0 and not t.is_punct and not t.is_space]
    return all(t.is_punct or t.is_space for t in rest) and len(outside) == 0


def after_full_stop(page: Paragraph, number: int) -> bool:
    """Whether a quote begins where a sentence could."""
    first = page.first(number)
    if first is None or first == 0:
        return True
    return page.doc[first - 1].text in (".", "?", "!") or not outside(page, first - 1)


def follows(page: Paragraph, number: int) -> bool:
    """Whether a quote stands after a full stop or beside another: the same speaker goes on."""
    words = page.words(page.regions[number]).cut(" " * page.offset + page.doc.text)
    return (after_full_stop(page, number) and words[:1].isupper()) or bool(
        gap_before(page, number) == [] and words[:1].isupper()
    )
