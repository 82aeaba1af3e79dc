"""Finished quotes of a whole article: exact and reported words, with speakers remembered from sentence to sentence."""

from __future__ import annotations

from collections.abc import Sequence

from communique.code.quotes.direct import announced, direct
from communique.code.quotes.page import Draft, Paragraph, paragraphs
from communique.code.quotes.reported import reported
from communique.code.quotes.speakers import Memory, participant
from communique.model import Document, Mention, Participant, Quote, QuoteMode, Sentence, Span, participants

_FIRST = frozenset({"we", "our", "us", "i", "my", "me", "ours", "mine"})
# how sure each way of reading is
_SURE = {"say": 0.9, "judge": 0.8, "ask": 0.8, "act": 0.7, "think": 0.75, "will": 0.65, "noun": 0.7}


def quotes(
    document: Document, sentences: Sequence[Sentence], mentions: Sequence[tuple[Mention, ...]]
) -> tuple[Quote, ...]:
    """All quotes of a document in reading order; mentions are parallel to sentences.

    A quote's span runs from its first word to its last, the words of the cue between them included; `quote` holds the
    words alone. Words inside somebody else's words came through him.
    """
    drafts = _drafts(sentences, mentions)
    memory = Memory()
    who: dict[int, Participant | None] = {}
    found: list[tuple[Draft, Quote]] = []
    for draft in sorted(drafts, key=lambda d: (d.page.offset, d.cue.i if d.same_as is None else -1, d.start)):
        if draft.same_as is not None:
            speaker = who.get(id(draft.same_as))
        else:
            speaker = participant(draft.page, draft.speaker, memory) if draft.speaker is not None else None
        who[id(draft)] = speaker
        if speaker is not None and draft.speaker is not None and speaker.via != "pronoun":
            if draft.kind not in ("will", "noun"):
                memory.note(speaker, draft.speaker)
    for draft in drafts:
        quote = _quote(document, draft, who, _outer(draft, drafts), memory)
        if quote is not None:
            found.append((draft, quote))
    unique: dict[str, Quote] = {}
    for _, quote in sorted(found, key=lambda pair: (pair[1].span, -pair[1].confidence, pair[1].cue)):
        unique.setdefault(quote.id, quote)
    return tuple(unique.values())


def _drafts(sentences: Sequence[Sentence], mentions: Sequence[tuple[Mention, ...]]) -> list[Draft]:
    drafts: list[Draft] = []
    before: Draft | None = None
    continued = False
    for page in paragraphs(sentences, mentions):
        exact = direct(page, before, continued)
        told = reported(page, (draft.cue.i for draft in exact if draft.same_as is None))
        drafts += [*exact, *told]
        continued = bool(page.regions) and page.regions[-1].open
        spoken = [d for d in (*exact, *told) if d.same_as or (d.kind in ("say", "ask") and page.inside[d.cue.i] < 0)]
        if spoken:
            before = max(spoken, key=lambda d: (d.end, d.exact))
        elif not (page.regions and page.regions[0].start == 0):
            before = None  # the narrator came between
        colon = announced(page)
        if colon is not None:
            before = colon
            drafts.append(colon)
    return [draft for draft in drafts if draft.pieces]


def _outer(draft: Draft, drafts: Sequence[Draft]) -> Draft | None:
    """The narrowest attribution that this one stands inside of."""
    if draft.same_as is not None:
        return None
    place = draft.page.place(draft.cue).start
    around = [
        other
        for other in drafts
        if other is not draft
        and other.kind == "say"
        and other.covers(place)
        and other.start <= draft.start
        and draft.end <= other.end
    ]
    return min(around, key=lambda other: other.end - other.start, default=None)


def _quote(
    document: Document,
    draft: Draft,
    who: dict[int, Participant | None],
    outer: Draft | None,
    memory: Memory,
) -> Quote | None:
    page = draft.page
    pieces = [piece for piece in draft.pieces if piece.cut(document.text).strip()]
    if not pieces:
        return None
    speaker = who.get(id(draft))
    parts = memory.parts.get(speaker.actor, ()) if speaker is not None else ()
    through = participant(page, draft.through, memory) if draft.through is not None else None
    if through is None and outer is not None:
        through = who.get(id(outer))
    if through is not None and speaker is not None and through.actor == speaker.actor:
        through = None
    words = " ".join(piece.cut(document.text) for piece in pieces)
    span = Span(min(piece.start for piece in pieces), max(piece.end for piece in pieces))
    sentence = next((s for s in page.sentences if s.span.start <= span.start < s.span.end), page.sentences[0])
    mode, words, span = _mode(page, draft, words, span)
    return Quote(
        document_id=document.id,
        span=span,
        quote=words,
        mode=mode,
        speaker=speaker,
        through=through,
        addressee=participant(page, draft.addressee, memory) if draft.addressee is not None else None,
        cue=draft.cue_words or draft.cue.text,
        sentence=sentence.span,
        sequence=sentence.sequence,
        about=_about(page, draft, speaker, parts),
        confidence=_SURE.get(draft.kind, 0.7) - (0.2 if speaker is None else 0.0),
        rule=draft.rule,
        speakers=parts,
    )


def _mode(page: Paragraph, draft: Draft, words: str, span: Span) -> tuple[QuoteMode, str, Span]:
    """direct: exact words alone; partial: exact words within reported ones; indirect: none."""
    if draft.exact:
        return "direct", words, span
    regions = [page.span(region.start, region.end) for region in page.regions]
    if any(region.start <= piece.start and piece.end <= region.end for region in regions for piece in draft.pieces):
        pass  # told inside somebody's quote: the words are that quote's, not this speaker's
    elif any(region.overlaps(piece) for region in regions for piece in draft.pieces):
        return "partial", words, span
    return "indirect", words, span


def _about(
    page: Paragraph, draft: Draft, speaker: Participant | None, parts: tuple[Participant, ...]
) -> tuple[Participant, ...]:
    """The actors in the words and the things called by them; "we" in exact words is the speaker."""
    own = {who.actor for who in parts}
    inside = [m for m in page.mentions.values() if draft.covers(m.span.start)]
    things = [page.mentions[t.i] for t in draft.objects if t.i in page.mentions]
    spoken = tuple(
        who
        for who in participants([*things, *sorted(inside, key=lambda m: m.span)])
        if speaker is None or (who.actor != speaker.actor and who.actor not in own)
    )
    if speaker is None or not draft.exact:
        return spoken
    for token in page.doc:
        place = page.place(token)
        if token.lower_ in _FIRST and draft.covers(place.start):
            actors = [who.actor for who in parts] or [speaker.actor]
            us = [Participant(actor, token.text, "pronoun", place, (), speaker.confidence) for actor in actors]
            return (*(who for who in spoken if who.via != "pronoun" or who.text.lower() not in _FIRST), *us)
    return spoken
