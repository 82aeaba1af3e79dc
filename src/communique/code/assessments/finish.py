"""Assessments and forecasts: who judges or expects what of whom, how sure, and until when. Never events."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from communique.code.assessments.read import read
from communique.code.assessments.signs import VERBAL, around, is_assessor, phrases, words
from communique.code.quotes import speakers
from communique.code.quotes.beside import according_source
from communique.code.quotes.page import Paragraph
from communique.model import UNKNOWN, Assessment, Mention, Participant, Sentence, Span, When, participants
from communique.tree import Token

_ANAPHORA = frozenset({"this", "that", "such", "it", "these", "they", "their", "its"})


class DatedSpan(Protocol):
    """A date in a sentence: where it stands and what it means."""

    @property
    def span(self) -> Span: ...
    @property
    def when(self) -> When: ...


@dataclass(slots=True)
class Memory:
    """Who judged last in an article, for the sentence that goes on: "This may lead to"."""

    paragraph: int = -1
    sequence: int = -9
    by: Participant | None = None


def assessments(
    sentence: Sentence, mentions: Sequence[Mention], dated: Sequence[DatedSpan] = (), memory: Memory | None = None
) -> tuple[Assessment, ...]:
    """The judgements and forecasts of a sentence, one a clause, the outermost of nested ones.

    dated are the dates of the sentence; memory is kept for one article, and lets a sentence that goes on ("This may
    lead to") keep the judge of the sentence before.
    """
    page: Paragraph | None = None  # made for the first judgement: most sentences have none
    found: list[Assessment] = []
    for verb in sentence.syntax:
        if verb.pos_ not in VERBAL or verb.dep_ in ("aux", "auxpass"):
            continue
        judged = read(verb)
        if judged is None:
            continue
        content, hedges, judge, rule = judged
        page = page or _page(sentence, mentions)
        span = _span(page, content, verb)
        if span is None or any(other.span.overlaps(span) for other in found):
            continue
        hedges = tuple(dict.fromkeys([*hedges, *around(content)]))
        by = speakers.participant(page, judge, speakers.Memory()) if judge is not None else _source(page, verb)
        if by is None and memory is not None and _goes_on(sentence, memory):
            by = memory.by
        found.append(
            Assessment(
                sentence.document_id,
                span,
                span.cut(" " * sentence.offset + sentence.syntax.doc.text),
                by,
                _about(mentions, span, by),
                hedges,
                _horizon(page, content, dated),
                sentence.span,
                sentence.sequence,
                0.85 if by is not None else 0.75,
                rule,
            )
        )
    if memory is not None:
        own = next((one.by for one in found if one.by is not None), None) or _narrated(sentence, mentions)
        if own is not None or not _goes_on(sentence, memory):
            memory.by = own
        memory.paragraph, memory.sequence = sentence.paragraph, sentence.sequence
    return tuple(found)


def _goes_on(sentence: Sentence, memory: Memory) -> bool:
    first = next((t for t in sentence.syntax if t.is_alpha), None)
    near = memory.paragraph == sentence.paragraph and memory.sequence == sentence.sequence - 1
    return memory.by is not None and near and first is not None and first.lower_ in _ANAPHORA


def _page(sentence: Sentence, mentions: Sequence[Mention]) -> Paragraph:
    return Paragraph(sentence.syntax.doc, sentence.offset, [sentence], {mention.head: mention for mention in mentions})


def _narrated(sentence: Sentence, mentions: Sequence[Mention]) -> Participant | None:
    """Somebody who judges for a living and says anything in the sentence."""
    for token in sentence.syntax:
        if is_assessor(token) and token.dep_ == "nsubj" and token.head.pos_ in VERBAL:
            return speakers.participant(_page(sentence, mentions), token, speakers.Memory())
    return None


def _span(page: Paragraph, content: Sequence[Token], verb: Token) -> Span | None:
    tokens = sorted(content, key=lambda t: t.i)
    tokens = _spoken(_unlabelled(tokens), verb)
    while tokens and (
        tokens[0].is_punct or tokens[0].is_space or tokens[0].dep_ == "cc" or tokens[0].lower_ in ("however", "that")
    ):
        tokens.pop(0)
    while tokens and (tokens[-1].is_punct or tokens[-1].is_space or tokens[-1].dep_ == "cc"):
        tokens.pop()
    if len(tokens) < 2:
        return None
    return page.span(tokens[0].idx, tokens[-1].idx + len(tokens[-1]))


def _unlabelled(tokens: list[Token]) -> list[Token]:
    """Without the label of a transcript's turn: "QUESTION:", "MR OKORO:"."""
    for place, token in enumerate(tokens[:6]):
        if token.text == ":" and place and tokens[0].is_sent_start:
            return tokens[place + 1 :] if all(t.is_upper or t.is_punct for t in tokens[:place]) else tokens
    return tokens


def _spoken(tokens: list[Token], verb: Token) -> list[Token]:
    """Without the words that bring exact words in, where the parser hung them below: "who wrote: ‘It seems ...’"."""
    for place, token in enumerate(tokens[:-1]):
        if token.i >= verb.i:
            break
        if token.text == ":" and tokens[place + 1].text in ("‘", "“", '"', "'", "«"):
            return tokens[place + 2 :]
    return tokens


def _source(page: Paragraph, verb: Token) -> Participant | None:
    """Who says it: the speech verb above, the speech put beside, or "according to"."""
    token = verb
    for _ in range(8):
        for child in token.children:
            if child.lower_ == "according":
                source = according_source(child)
                return speakers.participant(page, source, speakers.Memory()) if source is not None else None
            if child.dep_ == "parataxis" and any(c.dep_ == "nsubj" for c in child.children):
                subject = speakers.subject(child)
                if subject is not None and child.lemma_.lower() in words("reporting") | words("verbs"):
                    return speakers.participant(page, subject, speakers.Memory())
        above = token.head
        if above.i == token.i:
            return None
        if token.dep_ == "ccomp" and above.lemma_.lower() in words("reporting") | words("verbs"):
            subject = speakers.subject(above)
            return speakers.participant(page, subject, speakers.Memory()) if subject is not None else None
        token = above
    return None


def _about(mentions: Sequence[Mention], span: Span, by: Participant | None) -> tuple[Participant, ...]:
    inside = [m for m in mentions if span.covers(m.span) and m.codes]
    return tuple(who for who in participants(inside) if by is None or who.span != by.span)


def _horizon(page: Paragraph, content: Sequence[Token], dated: Sequence[DatedSpan]) -> When:
    """Until when: a date in the clause, else a phrase such as "in the long term" with its words alone."""
    start, end = page.offset + min(t.idx for t in content), page.offset + max(t.idx + len(t) for t in content)
    inside = [one for one in dated if start <= one.span.start < end]
    if inside:
        return max(inside, key=lambda one: (one.when.latest is not None, one.span.start)).when
    match = phrases("horizons").search(page.doc.text[start - page.offset : end - page.offset])
    if match is None:
        return UNKNOWN
    return When(text=match.group(), span=Span(start + match.start(), start + match.end()))
