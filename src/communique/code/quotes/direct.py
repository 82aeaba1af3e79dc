"""Exact words: each quoted stretch with the verb beside it that says whose they are."""

from __future__ import annotations

from communique.code.quotes import speakers
from communique.code.quotes.beside import according_source, addressee
from communique.code.quotes.gaps import (
    after_full_stop,
    ends_paragraph,
    follows,
    gap_after,
    gap_before,
    is_utterance,
    lead_of,
    outside,
    starts,
)
from communique.code.quotes.page import Draft, Paragraph
from communique.code.quotes.words import cues
from communique.model import Span
from communique.tree import Token

_DASHES = frozenset("—–―-~")


def direct(page: Paragraph, before: Draft | None, continued: bool) -> list[Draft]:
    """The drafts of a paragraph's quotes that are utterances of their own.

    before is the last attribution of the paragraph above; continued says that a quote was still open there.
    """
    found: list[Draft] = []
    waiting: list[int] = []
    last: Draft | None = before if continued else None
    own: Draft | None = None
    for number, region in enumerate(page.regions):
        words = page.words(region)
        if words.end <= words.start:
            continue
        cue = _before(page, number) or _after(page, number)
        if cue is not None and cue[2] == "direct, cue behind" and not is_utterance(page, number):
            # a term in quotation marks ahead of another clause's verb: "whom he called “my friend”, said"
            if lead_of(page, number) is None and any(t.is_alpha for t in gap_before(page, number)):
                cue = None
        if cue is not None:
            verb, speaker, rule = cue
            draft = next((d for d in found if d.cue.i == verb.i), None)
            if draft is None:
                draft = Draft(page, verb, "say", [], speaker, exact=True, rule=rule)
                draft.addressee = addressee(verb)
                found.append(draft)
            for other in waiting:
                draft.pieces.append(page.words(page.regions[other]))
            waiting = []
            lead = lead_of(page, number) if rule == "direct, cue behind" else None
            if lead is not None:
                draft.exact = False
                words = Span(lead, page.offset + region.end)
            draft.pieces.append(words)
            last = own = draft
            continue
        if not is_utterance(page, number):
            continue
        if number == 0 and before is not None and not before.pieces and starts(page, number):
            before.pieces.append(words)
            own = last = before
        elif own is not None and follows(page, number):
            own.pieces.append(words)
        elif number == 0 and continued and before is not None and starts(page, number):
            before.pieces.append(words)
            own = before
        elif starts(page, number) and ends_paragraph(page, number) and before is not None:
            last = Draft(page, before.cue, "say", [words], same_as=before, exact=True, rule="direct, goes on")
            last.cue_words = before.cue_words or before.cue.text
            found.append(last)
            own = last
        elif last is None or starts(page, number) or after_full_stop(page, number):
            waiting.append(number)
    for draft in found:
        draft.pieces.sort()
    return found


def announced(page: Paragraph) -> Draft | None:
    """The cue of a paragraph that ends in a colon: what it says stands in the next one."""
    words = [t for t in page.doc if not t.is_space]
    if not words or words[-1].text != ":" or page.inside[words[-1].i] >= 0:
        return None
    for token in reversed(words):
        if token.text in (".", "?", "!"):
            break
        if token.pos_ in ("VERB", "AUX") and "say" in cues(token):
            return Draft(page, token, "say", [], speakers.subject(token), exact=True, rule="direct, cue above")
    return None


def _after(page: Paragraph, number: int) -> tuple[Token, Token | None, str] | None:
    """A cue behind the words: "...," Putin said; "...?" asked the envoy."""
    region = page.regions[number]
    text = page.doc.text
    inner = text[region.start : region.end].rstrip("”\"»’'“ ")
    gap = gap_after(page, number)
    if not inner:
        return None
    if text[region.end :].lstrip(" ")[:1] in _DASHES:  # a list of voices, each with its name behind a dash
        signed = [t for t in page.doc if t.idx >= region.end and t.is_alpha][:9]
        if 0 < len(signed) < 9 and signed[0].is_title and not any(t.pos_ in ("VERB", "AUX") for t in signed):
            return signed[0], _head(signed[0], {t.i for t in signed}), "direct, signed"
    if not gap:
        return None
    comma = inner[-1] in ",—–-?!…" or gap[0].text in (",", "–", "—", "--")
    if not comma and not (inner[-1] == "." and gap[0].text[:1].islower()):
        return None
    skipped = 0
    for place, token in enumerate(gap):
        if token.pos_ in ("VERB", "AUX") and "say" in cues(token) and (place < 2 or token.tag_ not in ("VB", "VBN")):
            if token.tag_ == "VBG" and place > 2:
                break
            return token, _speaker_of(page, token, gap), "direct, cue behind"
        if token.tag_ == "VBN" and "say" in cues(token) and any(c.dep_ == "aux" for c in token.children):
            return token, _speaker_of(page, token, gap), "direct, cue behind"
        if token.lower_ == "according" and place < 3:
            return token, according_source(token), "direct, according to"
        if token.pos_ == "VERB" and token.dep_ not in ("relcl", "acl", "advcl"):
            skipped += 1
            if skipped > 1 or place < 3:
                break
    return None


def _before(page: Paragraph, number: int) -> tuple[Token, Token | None, str] | None:
    """A cue before the words: Putin said: "..."; she added that "..." is not one, the clause holds it."""
    gap = gap_before(page, number)
    while gap and gap[-1].is_space:
        gap.pop()
    if not gap or not (gap[-1].text in (":", ",", "–", "—") or "say" in cues(gap[-1])):
        return None
    if gap[-1].text == "," and not is_utterance(page, number):
        return None
    colon = gap[-1].text == ":"
    for token in reversed(gap):
        if token.pos_ in ("VERB", "AUX") and "say" in cues(token):
            if token.dep_ in ("relcl",) and not colon and gap[-1] is not token and gap[-1].text != ",":
                continue
            if not colon and any(c.dep_ in ("ccomp",) and outside(page, c.i) for c in token.children):
                # the clause between is what was said, the quote only ends it
                inner = next(c for c in token.children if c.dep_ == "ccomp")
                if inner.i > token.i and inner.right_edge.i - inner.left_edge.i > 2:
                    return None
            return token, _speaker_of(page, token, gap), "direct, cue before"
        if token.lower_ == "according":
            return token, according_source(token), "direct, according to"
    if colon:
        root = next(
            (t for t in reversed(gap) if t.pos_ in ("VERB", "AUX") and t.dep_ in ("ROOT", "ccomp", "conj")), None
        )
        if root is not None:
            return root, _speaker_of(page, root, gap), "direct, colon"
        head = next((t for t in reversed(gap) if t.pos_ in ("PROPN", "NOUN")), None)
        if head is not None and head.ent_type_ in ("DATE", "TIME", "CARDINAL", "ORDINAL", "MONEY", "PERCENT"):
            return None  # "Sept. 8: “In honour of ...”": a date is nobody
        if head is not None and len(gap) < 10:
            while head.head in gap and head.head.pos_ in ("PROPN", "NOUN") and head.head.i != head.i:
                head = head.head
            return gap[-1], head, "direct, name and colon"
    return None


def _speaker_of(page: Paragraph, verb: Token, gap: list[Token]) -> Token | None:
    """The speaker beside a cue: its subject in the parse, else the nearest noun phrase of the gap."""
    reach = {token.i for token in gap}
    subject = speakers.subject(verb)
    if subject is not None and subject.i in reach:
        return subject
    nouns = [t for t in gap if t.pos_ in ("PROPN", "NOUN", "PRON") and t.ent_type_ not in ("DATE", "TIME")]
    after = [t for t in nouns if t.i > verb.i]
    prior = [t for t in nouns if t.i < verb.i]
    if subject is not None and outside(page, subject.i):
        return subject
    if prior:
        head = prior[0] if verb.i - prior[0].i < 4 else prior[-1]
        return _head(head, reach)
    if after and after[0].i - verb.i < 6:
        return _head(after[0], reach)
    return subject if subject is not None and outside(page, subject.i) else None


def _head(token: Token, reach: set[int]) -> Token:
    """The head of the noun phrase that a token begins."""
    for _ in range(6):
        above = token.head
        if above.i == token.i or above.i not in reach or above.pos_ not in ("PROPN", "NOUN"):
            break
        if token.dep_ not in ("compound", "amod", "poss", "nmod", "det"):
            break
        token = above
    return token
