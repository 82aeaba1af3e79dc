"""Reported speech and thought: the clause, infinitive or thing below a cue, and the words after "according to"."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from communique.code.clauses import clause
from communique.code.quotes import speakers
from communique.code.quotes.below import (
    VERBAL,
    asked,
    called,
    can_speak,
    clause_around,
    clause_below,
    is_infinitive,
    thing,
    wanted,
)
from communique.code.quotes.beside import according_source, addressee
from communique.code.quotes.page import Draft, Paragraph, runs
from communique.code.quotes.words import cues, listed
from communique.model import Span
from communique.tree import Token

# words of a quote that may be too few to say anything
_SHORT = 4
_POINTING = frozenset(
    "today here there now then so too that this these those it more yet just also again tomorrow yesterday".split()
)
_LIGHT = frozenset("make issue express voice repeat reject renew reiterate deny give have offer raise receive".split())


def reported(page: Paragraph, taken: Iterable[int]) -> list[Draft]:
    """The drafts of everything that is told rather than quoted; cues that have their quote already are left out."""
    found: list[Draft] = []
    done = set(taken)
    for token in page.doc:
        draft: Draft | None = None
        if token.i in done:
            continue
        if token.lower_ == "according":
            draft = _according(page, token)
        elif token.pos_ in VERBAL:
            draft = _verb(page, token)
        elif token.pos_ == "NOUN" and token.lemma_.lower() in listed("nouns"):
            draft = _noun(page, token)
        if draft is not None and draft.pieces:
            found.append(draft)
    return found


def _verb(page: Paragraph, verb: Token) -> Draft | None:
    kinds = cues(verb)
    quoting = _quoting(page, verb)
    if quoting is not None:
        return quoting
    if not kinds or verb.dep_ in ("aux", "auxpass", "amod", "compound"):
        return None
    passive = any(child.dep_ in ("nsubjpass", "auxpass") for child in verb.children)
    readers: tuple[tuple[str, Callable[[Paragraph, Token, tuple[str, ...]], tuple[list[Token], str] | None]], ...] = (
        ("say", clause_below),
        ("think", clause_below),
        ("say", clause_around),
        ("judge", called),
        ("ask", asked),
        ("will", wanted),
        ("act", thing),
    )
    for kind, reader in readers:
        if kind not in kinds:
            continue
        if passive and kind in ("say", "think", "will", "act") and not any(c.dep_ == "agent" for c in verb.children):
            continue
        read = reader(page, verb, kinds[kind])
        if read is None:
            continue
        tokens, rule = read
        if _empty(tokens):
            continue
        speaker = _author(verb) or speakers.subject(verb)
        if speaker is not None and speaker in tokens and rule != "clause around":
            continue
        if kind in ("act", "judge", "will", "ask") and not can_speak(page, speaker):
            continue
        if speaker is not None and speaker.lower_ in ("it", "there", "that", "this") and kind != "say":
            continue
        if _hollow(page, verb, kind, speaker):
            continue
        draft = Draft(page, verb, kind, _complete(page, runs(page, tokens)), speaker, rule=f"reported, {rule}")
        draft.addressee = addressee(verb)
        draft.objects = _objects(verb)
        return draft
    return None


def _hollow(page: Paragraph, verb: Token, kind: str, speaker: Token | None) -> bool:
    """Cues that only look like speech: "I think" inside exact words, "to support", orders to the reader."""
    if kind in ("think", "will", "act", "noun") and page.inside[verb.i] >= 0:
        return True
    if speaker is not None and speaker.lower_ in ("you", "one"):
        return True
    if kind == "say" and verb.lemma_.lower() in listed("shown") and not can_speak(page, speaker):
        return speaker is None or speaker.lemma_.lower() not in listed("texts")
    top = verb.head if verb.dep_ == "conj" and verb.tag_ == "VB" else verb
    bare = any(c.dep_ == "aux" and c.lower_ == "to" for c in (*verb.children, *top.children))
    if kind in ("act", "judge", "think", "will") and bare:
        return True
    return verb.dep_ == "ROOT" and verb.tag_ == "VB" and speaker is None


def _empty(tokens: Sequence[Token]) -> bool:
    """ "they do", "it was", "this here", "talked about that": words that say nothing by themselves."""
    return len(tokens) <= _SHORT and not any(_tells(t) for t in tokens)


def _tells(token: Token) -> bool:
    if token.is_punct or token.is_space or token.lower_ in _POINTING:
        return False
    if token.pos_ in VERBAL:
        return token.lemma_.lower() not in ("be", "do", "have") and token.dep_ not in ("aux", "auxpass")
    return token.pos_ in ("NOUN", "PROPN", "ADJ", "NUM", "INTJ", "ADV", "X", "SYM")


def _author(verb: Token) -> Token | None:
    """Who stands behind a text that says something: "his office put out a statement saying"."""
    noun = verb.head
    if verb.dep_ != "acl" or verb.tag_ != "VBG" or noun.lemma_.lower() not in listed("texts"):
        return None
    owner = next((c for c in noun.children if c.dep_ == "poss"), None)
    for prep in noun.children:
        if owner is None and prep.dep_ == "prep" and prep.lower_ in ("by", "from"):
            owner = next((c for c in prep.children if c.dep_ == "pobj"), None)
    if owner is not None:
        return owner
    above = noun.head.head if noun.dep_ == "pobj" else noun.head
    return speakers.subject(above) if noun.dep_ in ("dobj", "pobj") and above.pos_ in VERBAL else None


def _objects(verb: Token) -> list[Token]:
    """The things that the words are about, with what a relative "whom" stands for."""
    found = []
    for child in verb.children:
        if child.dep_ in ("dobj", "nsubjpass"):
            if child.lower_ in ("whom", "who", "which", "that") and verb.dep_ == "relcl":
                child = verb.head
            found.append(child)
    return found


def _according(page: Paragraph, token: Token) -> Draft | None:
    source = according_source(token)
    if source is None:
        return None
    main = token.head
    for _ in range(8):
        if main.pos_ in VERBAL or main.head.i == main.i:
            break
        main = main.head
    own = {t.i for t in token.subtree}
    # the cue's own relative clauses belong to the source, everything else of the clause to the content
    tokens = [t for t in main.subtree if t.i not in own]
    if main.i in own or not tokens:
        return None
    return Draft(page, token, "say", _complete(page, runs(page, tokens)), source, rule="reported, according to")


def _noun(page: Paragraph, noun: Token) -> Draft | None:
    """A noun with its clause: "the ministry's claim that", "their promise to", "made a statement that"."""
    below = [
        c
        for c in noun.children
        if c.dep_ in ("acl", "ccomp") and c.i > noun.i
        if is_infinitive(c) or any(m.dep_ == "mark" and m.lower_ == "that" for m in c.children)
    ]
    if not below:
        return None
    owner = next((c for c in noun.children if c.dep_ == "poss"), None)
    for prep in noun.children:
        if owner is None and prep.dep_ == "prep" and prep.lower_ in ("by", "from", "of", "among"):
            owner = next((c for c in prep.children if c.dep_ == "pobj"), None)
    if owner is None and noun.dep_ == "dobj" and noun.head.lemma_ in _LIGHT:
        owner = speakers.subject(noun.head)
    if owner is None:
        return None
    return Draft(page, noun, "noun", _complete(page, runs(page, below[0].subtree)), owner, rule="reported, noun")


def _quoting(page: Paragraph, verb: Token) -> Draft | None:
    """ "Reuters quoted him as saying X", "was quoted by Reuters as saying X": speaker and through whom."""
    if verb.lemma_.lower() not in ("say", "tell", "state", "warn", "declare", "add") or verb.tag_ != "VBG":
        return None
    prep = verb.head
    above = prep.head if prep.lower_ == "as" else prep
    if above.lemma_.lower() not in listed("quoting") and above.lemma_.lower() != "report":
        return None
    own = clause(above)
    content = clause_below(page, verb, ())
    if content is None or not own.objects:
        return None
    draft = Draft(
        page, verb, "say", _complete(page, runs(page, content[0])), own.objects[0], rule="reported, quoted as"
    )
    draft.through = own.subjects[0] if own.subjects else None
    return draft


def _complete(page: Paragraph, pieces: list[Span]) -> list[Span]:
    """Quotes that begin in the words run to their end, though the parser may have cut them."""
    found: list[Span] = []
    for piece in pieces:
        for region in page.regions:
            whole = page.span(region.start, region.end)
            if piece.start <= whole.start < piece.end < whole.end:
                piece = Span(piece.start, whole.end)
            elif whole.start < piece.start < whole.end < piece.end:
                piece = Span(whole.start, piece.end)
        if found and piece.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, piece.end))
        else:
            found.append(piece)
    return found
