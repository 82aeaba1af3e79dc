"""Reported speech and thought: the clause, infinitive or thing below a cue, and the words after "according to"."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from spacy.tokens import Token

from communique.code.clauses import clause
from communique.code.quotes import speakers
from communique.code.quotes.direct import according_source, addressee
from communique.code.quotes.page import Draft, Paragraph, runs
from communique.code.quotes.words import cues, listed, sectors
from communique.model import Span

_VERBAL = frozenset({"VERB", "AUX"})
_SUBJECT = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
_ACTING = frozenset({"PERSON", "ORG", "GPE", "NORP"})
_HUMAN = frozenset({"he", "she", "they", "we", "i", "who", "you", "both", "many", "some", "others", "everyone"})
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
        elif token.pos_ in _VERBAL:
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
        ("say", _clause_below),
        ("think", _clause_below),
        ("say", _clause_around),
        ("judge", _called),
        ("ask", _asked),
        ("will", _wanted),
        ("act", _thing),
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
        speaker = _author(verb) or speakers.subject(verb)
        if speaker is not None and speaker in tokens and rule != "clause around":
            continue
        if kind in ("act", "judge", "will", "ask") and not _acts(page, speaker):
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
    if kind == "say" and verb.lemma_.lower() in listed("shown") and not _acts(page, speaker):
        return speaker is None or speaker.lemma_.lower() not in listed("texts")
    top = verb.head if verb.dep_ == "conj" and verb.tag_ == "VB" else verb
    bare = any(c.dep_ == "aux" and c.lower_ == "to" for c in (*verb.children, *top.children))
    if kind in ("act", "judge", "think", "will") and bare:
        return True
    return verb.dep_ == "ROOT" and verb.tag_ == "VB" and speaker is None


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
    return speakers.subject(above) if noun.dep_ in ("dobj", "pobj") and above.pos_ in _VERBAL else None


def _acts(page: Paragraph, token: Token | None) -> bool:
    """Whether a subject can speak: an actor, a person, a body, or a noun that names one."""
    if token is None:
        return False
    if token.lower_ in _HUMAN or token.i in page.mentions or token.ent_type_ in _ACTING:
        return True
    return token.lemma_.lower() in sectors() or token.pos_ == "PROPN"


def _objects(verb: Token) -> list[Token]:
    """The things that the words are about, with what a relative "whom" stands for."""
    found = []
    for child in verb.children:
        if child.dep_ in ("dobj", "nsubjpass"):
            if child.lower_ in ("whom", "who", "which", "that") and verb.dep_ == "relcl":
                child = verb.head
            found.append(child)
    return found


def _without(tokens: Iterable[Token], dropped: Iterable[Token]) -> list[Token]:
    out = {token.i for token in dropped}
    return [token for token in tokens if token.i not in out]


def _clause_below(page: Paragraph, verb: Token, rest: tuple[str, ...]) -> tuple[list[Token], str] | None:
    """The clause that a cue governs: "said that X", "X, he said" with the clause hung under the cue."""
    below = [c for c in verb.children if c.dep_ == "ccomp" and _is_clause(c)]
    below += [
        c
        for holder in verb.children
        if holder.dep_ in ("acomp", "attr") and holder.lower_ in rest
        for c in holder.children
        if c.dep_ == "ccomp" and _is_clause(c)
    ]
    if not below:
        return None
    head = below[0]
    tokens = _without(head.subtree, [t for c in verb.subtree if c.i == verb.i for t in [c]])
    for child in verb.children:  # "said X would go and that Y would stay", hung under the cue itself
        if child.dep_ == "conj" and any(c.dep_ == "mark" and c.lower_ == "that" for c in child.children):
            tokens += list(child.subtree)
        if child.dep_ in ("advcl", "npadvmod") and head.i < child.i and child.left_edge.i == head.right_edge.i + 1:
            if any(c.dep_ == "mark" for c in child.children) and child.tag_ != "VBG":
                tokens += list(child.subtree)
    if head.i < verb.i and head.right_edge.i > verb.i:
        subject = [t for c in verb.children if c.dep_ in _SUBJECT for t in c.subtree]
        tokens = _without(tokens, [verb, *subject])
    return tokens, "clause"


def _is_clause(token: Token) -> bool:
    """Whether a complement is a clause of its own, not a lone infinitive."""
    if any(c.dep_ in _SUBJECT for c in token.children):
        return True
    return token.tag_ in ("VBD", "VBZ", "VBP", "MD") or any(c.dep_ == "mark" for c in token.children)


def _clause_around(page: Paragraph, verb: Token, rest: tuple[str, ...]) -> tuple[list[Token], str] | None:
    """A cue set between commas or after "as": "Trade, the minister said, will grow"."""
    subject = next((c for c in verb.children if c.dep_ in ("nsubj",)), None)
    marker = any(c.dep_ in ("mark", "advmod") and c.lower_ == "as" for c in verb.children)
    if subject is None or (verb.dep_ not in ("parataxis",) and not (verb.dep_ == "advcl" and marker)):
        return None
    own = {t.i for t in verb.subtree}
    main = verb.head
    if main.pos_ not in _VERBAL or (marker and not _acts(page, subject)):
        return None
    tokens = [t for t in main.subtree if t.i not in own]
    if page.inside[verb.i] < 0 and all(page.inside[t.i] >= 0 or t.is_punct for t in tokens):
        return None
    return tokens, "clause around"


def _wanted(page: Paragraph, verb: Token, rest: tuple[str, ...]) -> tuple[list[Token], str] | None:
    """The infinitive or gerund that is wanted, promised or refused."""
    for child in verb.children:
        if child.dep_ == "xcomp" and child.pos_ in _VERBAL and _is_infinitive(child):
            return list(child.subtree), "infinitive"
        if child.dep_ == "ccomp" and any(c.dep_ == "aux" and c.lower_ == "to" for c in child.children):
            return list(child.subtree), "infinitive"
        if child.dep_ == "acomp" and child.lower_ in rest:
            for inner in child.children:
                if inner.dep_ == "xcomp":
                    return list(inner.subtree), "infinitive"
    return None


def _is_infinitive(token: Token) -> bool:
    return any(c.dep_ == "aux" and c.lower_ == "to" for c in token.children)


def _asked(page: Paragraph, verb: Token, rest: tuple[str, ...]) -> tuple[list[Token], str] | None:
    """Whom somebody asks and what for: "urged both sides to stop", "told him to leave", "called on Iran to"."""
    for child in verb.children:
        if child.dep_ in ("xcomp", "ccomp") and _is_infinitive(child):
            tokens = list(child.subtree)
            if child.dep_ == "xcomp" and not any(c.dep_ in ("dobj", "prep") for c in verb.children):
                return None
            for other in verb.children:
                if other.dep_ == "dobj" and other.i < child.i:
                    tokens += list(other.subtree)
                if other.dep_ == "prep" and other.lower_ in rest:
                    tokens += [t for t in other.subtree if t.i != other.i]
            return tokens, "request"
        if child.dep_ == "prep" and child.lower_ in rest:
            for inner in child.children:
                if inner.dep_ in ("pobj", "pcomp"):
                    tail = [
                        t for x in verb.children if x.dep_ in ("advcl", "xcomp") and x.i > inner.i for t in x.subtree
                    ]
                    return [*inner.subtree, *tail], "request"
    return None


def _called(page: Paragraph, verb: Token, rest: tuple[str, ...]) -> tuple[list[Token], str] | None:
    """What somebody calls something: "described the visit as a success", "called it “a farce”"."""
    thing = [c for c in verb.children if c.dep_ in ("dobj", "nsubjpass") or (c.dep_ == "nsubj" and c.i > verb.i)]
    for prep in verb.children:
        if rest and prep.dep_ == "prep" and prep.lower_ == rest[0]:
            thing += [c for c in prep.children if c.dep_ == "pobj"]
    said = [c for c in verb.children if c.dep_ in ("oprd", "xcomp") and not _is_infinitive(c)]
    said += [c for c in verb.children if c.dep_ == "ccomp" and c.pos_ not in _VERBAL]
    said += [
        c
        for c in verb.children
        if c.dep_ in ("prep", "advcl") and (c.lower_ == "as" or any(m.lower_ == "as" for m in c.children))
    ]
    for one in thing:
        said += [c for c in one.children if c.dep_ == "prep" and c.lower_ == "as"]
    if not said:
        return None
    tokens = [t for c in said for t in c.subtree]
    tokens += [t for c in thing if c.lower_ not in ("whom", "which", "who", "that") for t in c.subtree]
    unique = {t.i: t for t in tokens if t.i != verb.i}
    return list(unique.values()), "called"


def _thing(page: Paragraph, verb: Token, rest: tuple[str, ...]) -> tuple[list[Token], str] | None:
    """What somebody criticises, welcomes, calls for: the object or the noun under the cue's preposition."""
    tokens: list[Token] = []
    if rest:
        preps = [c for c in verb.children if c.lower_ in rest and c.dep_ in ("prep", "prt", "advmod", "agent")]
        preps += [
            c
            for holder in verb.children
            if holder.dep_ in ("acomp", "attr", "advmod", "dobj") and holder.lower_ in rest
            for c in holder.children
            if c.dep_ == "prep" and c.lower_ in rest
        ]
        for prep in preps:
            tokens += [t for c in prep.children if c.dep_ in ("pobj", "pcomp") for t in c.subtree]
            tokens += [t for p in prep.children if p.lower_ in rest for c in p.children for t in c.subtree]
        if not tokens and not preps:
            return None
    if not tokens:
        for child in verb.children:
            if (
                child.dep_ == "dobj"
                and child.i > verb.i
                and child.lower_ not in ("which", "whom", "that", "it", "what")
            ):
                tokens += list(child.subtree)
        if not tokens:
            return None
        last = max(t.i for t in tokens)
        for child in verb.children:  # "accused Iran of arming rebels", "thanked China for its help"
            if (
                child.dep_ == "prep"
                and child.lower_ in ("for", "of", "as", "against", "with", "over")
                and child.i > last
            ):
                if child.left_edge.i == last + 1:
                    tokens += list(child.subtree)
            if child.dep_ in ("advcl", "ccomp", "xcomp") and child.i > last and child.tag_ != "VBG":
                tokens += list(child.subtree) if child.left_edge.i == last + 1 else []
    return tokens, "thing"


def _according(page: Paragraph, token: Token) -> Draft | None:
    source = according_source(token)
    if source is None:
        return None
    main = token.head
    for _ in range(8):
        if main.pos_ in _VERBAL or main.head.i == main.i:
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
        if _is_infinitive(c) or any(m.dep_ == "mark" and m.lower_ == "that" for m in c.children)
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
    content = _clause_below(page, verb, ())
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
