"""Exact words: each quoted stretch with the verb beside it that says whose they are."""

from __future__ import annotations

from spacy.tokens import Token

from communique.code.quotes import speakers
from communique.code.quotes.page import Draft, Paragraph
from communique.code.quotes.words import cues, listed
from communique.model import Span

_TALK = frozenset({"say", "ask"})
_DASHES = frozenset("—–―-~")
# how far a cue may stand from the words, in tokens of the same sentence outside of quotes
_REACH = 40


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
        if cue is not None and cue[2] == "direct, cue behind" and not _utterance(page, number):
            # a term in quotation marks ahead of another clause's verb: "whom he called “my friend”, said"
            if _lead(page, number) is None and any(t.is_alpha for t in _gap_before(page, number)):
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
            lead = _lead(page, number) if rule == "direct, cue behind" else None
            if lead is not None:
                draft.exact = False
                words = Span(lead, page.offset + region.end)
            draft.pieces.append(words)
            last = own = draft
            continue
        if not _utterance(page, number):
            continue
        if number == 0 and before is not None and not before.pieces and _starts(page, number):
            before.pieces.append(words)
            own = last = before
        elif own is not None and _follows(page, number):
            own.pieces.append(words)
        elif number == 0 and continued and before is not None and _starts(page, number):
            before.pieces.append(words)
            own = before
        elif _starts(page, number) and _ends_paragraph(page, number) and before is not None:
            last = Draft(page, before.cue, "say", [words], same_as=before, exact=True, rule="direct, goes on")
            last.cue_words = before.cue_words or before.cue.text
            found.append(last)
            own = last
        elif last is None or _starts(page, number) or _after_full_stop(page, number):
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


def _outside(page: Paragraph, index: int) -> bool:
    return page.inside[index] < 0


def _gap_after(page: Paragraph, number: int) -> list[Token]:
    """The words after a quote up to the end of the sentence or the next quote."""
    last = page.last(number)
    found: list[Token] = []
    if last is None:
        return found
    for token in page.doc[last + 1 :]:
        if not _outside(page, token.i) or len(found) > _REACH:
            break
        found.append(token)
        if token.text in (".", "?", "!", ";") and token.i + 1 < len(page.doc):
            break
    return found


def _gap_before(page: Paragraph, number: int) -> list[Token]:
    """The words before a quote from the beginning of the sentence or the end of the quote before."""
    first = page.first(number)
    found: list[Token] = []
    if first is None:
        return found
    for index in range(first - 1, -1, -1):
        token = page.doc[index]
        if not _outside(page, index) or len(found) > _REACH or token.text in (".", "?", "!", ";"):
            break
        found.insert(0, token)
        if token.is_sent_start and token.text[:1].isupper() and index < first - 1:
            break
    return found


def _after(page: Paragraph, number: int) -> tuple[Token, Token | None, str] | None:
    """A cue behind the words: "...," Putin said; "...?" asked the envoy."""
    region = page.regions[number]
    text = page.doc.text
    inner = text[region.start : region.end].rstrip("”\"»’'“ ")
    gap = _gap_after(page, number)
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
    gap = _gap_before(page, number)
    while gap and gap[-1].is_space:
        gap.pop()
    if not gap or not (gap[-1].text in (":", ",", "–", "—") or "say" in cues(gap[-1])):
        return None
    if gap[-1].text == "," and not _utterance(page, number):
        return None
    colon = gap[-1].text == ":"
    for token in reversed(gap):
        if token.pos_ in ("VERB", "AUX") and "say" in cues(token):
            if token.dep_ in ("relcl",) and not colon and gap[-1] is not token and gap[-1].text != ",":
                continue
            if not colon and any(c.dep_ in ("ccomp",) and _outside(page, c.i) for c in token.children):
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
        if head is not None and len(gap) < 10:
            while head.head in gap and head.head.pos_ in ("PROPN", "NOUN") and head.head.i != head.i:
                head = head.head
            return gap[-1], head, "direct, name and colon"
    return None


def _lead(page: Paragraph, number: int) -> int | None:
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


def _speaker_of(page: Paragraph, verb: Token, gap: list[Token]) -> Token | None:
    """The speaker beside a cue: its subject in the parse, else the nearest noun phrase of the gap."""
    reach = {token.i for token in gap}
    subject = speakers.subject(verb)
    if subject is not None and subject.i in reach:
        return subject
    nouns = [t for t in gap if t.pos_ in ("PROPN", "NOUN", "PRON") and t.ent_type_ not in ("DATE", "TIME")]
    after = [t for t in nouns if t.i > verb.i]
    prior = [t for t in nouns if t.i < verb.i]
    if subject is not None and _outside(page, subject.i):
        return subject
    if prior:
        head = prior[0] if verb.i - prior[0].i < 4 else prior[-1]
        return _head(head, reach)
    if after and after[0].i - verb.i < 6:
        return _head(after[0], reach)
    return subject if subject is not None and _outside(page, subject.i) else None


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


def according_source(token: Token) -> Token | None:
    """Whom "according to" names."""
    for child in token.children:
        if child.dep_ in ("prep", "pcomp") or child.lower_ == "to":
            for inner in child.children:
                if inner.dep_ in ("pobj", "dobj"):
                    return inner
    return None


def addressee(verb: Token) -> Token | None:
    """Whom the words are said to: "told reporters", "said to the council", "in an interview with the agency"."""
    for child in verb.children:
        if child.dep_ in ("dobj", "dative") and child.pos_ in ("PROPN", "NOUN", "PRON") and child.i > verb.i:
            if verb.lemma_ in (
                "tell",
                "inform",
                "ask",
                "assure",
                "remind",
                "warn",
                "urge",
                "brief",
                "notify",
                "advise",
            ):
                return child
            if child.dep_ == "dative" and child.lower_ != "to":
                return child
        if child.dep_ in ("prep", "dative") and child.lower_ == "to":
            if verb.lemma_ in (
                "say",
                "explain",
                "write",
                "complain",
                "confirm",
                "reply",
                "suggest",
                "announce",
                "admit",
            ):
                for inner in child.children:
                    if inner.dep_ == "pobj" and inner.ent_type_ not in ("DATE", "TIME"):
                        return inner
        if child.dep_ == "prep" and child.lower_ in ("in", "during", "on"):
            for noun in child.children:
                if noun.dep_ == "pobj" and noun.lemma_.lower() in listed("occasions"):
                    for prep in noun.children:
                        if prep.dep_ == "prep" and prep.lower_ in ("with", "to"):
                            return next((t for t in prep.children if t.dep_ == "pobj"), None)
    return None


def _utterance(page: Paragraph, number: int) -> bool:
    """Whether a quote is words that somebody uttered, not a term in quotation marks."""
    region = page.regions[number]
    start, end = region.inner(page.doc.text)
    words = page.doc.text[start:end]
    return len(words.split()) >= 4 or (words[-1:] in ".,?!" and words[:1].isupper() and len(words.split()) >= 2)


def _starts(page: Paragraph, number: int) -> bool:
    first = page.first(number)
    return first is not None and all(t.is_space or t.is_punct for t in page.doc[:first])


def _ends_paragraph(page: Paragraph, number: int) -> bool:
    last = page.last(len(page.regions) - 1)
    rest = page.doc[(last or 0) + 1 :]
    outside = [t for t in page.doc if page.inside[t.i] < 0 and not t.is_punct and not t.is_space]
    return all(t.is_punct or t.is_space for t in rest) and len(outside) == 0


def _after_full_stop(page: Paragraph, number: int) -> bool:
    first = page.first(number)
    if first is None or first == 0:
        return True
    return page.doc[first - 1].text in (".", "?", "!") or not _outside(page, first - 1)


def _follows(page: Paragraph, number: int) -> bool:
    """Whether a quote stands after a full stop or beside another: the same speaker goes on."""
    words = page.words(page.regions[number]).cut(" " * page.offset + page.doc.text)
    return (_after_full_stop(page, number) and words[:1].isupper()) or bool(
        _gap_before(page, number) == [] and words[:1].isupper()
    )
