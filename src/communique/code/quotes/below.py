"""What a cue governs: the clause, infinitive, request or thing that is said, wanted or called something."""

from __future__ import annotations

from collections.abc import Iterable

from communique.code.quotes.page import Paragraph
from communique.code.quotes.words import sectors
from communique.tree import Token

VERBAL = frozenset({"VERB", "AUX"})
_SUBJECT = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
_ACTING = frozenset({"PERSON", "ORG", "GPE", "NORP"})
_HUMAN = frozenset({"he", "she", "they", "we", "i", "who", "you", "both", "many", "some", "others", "everyone"})


def can_speak(page: Paragraph, token: Token | None) -> bool:
    """Whether a subject can speak: an actor, a person, a body, or a noun that names one."""
    if token is None:
        return False
    if token.lower_ in _HUMAN or token.i in page.mentions or token.ent_type_ in _ACTING:
        return True
    return token.lemma_.lower() in sectors() or token.pos_ == "PROPN"


def _without(tokens: Iterable[Token], dropped: Iterable[Token]) -> list[Token]:
    out = {token.i for token in dropped}
    return [token for token in tokens if token.i not in out]


def clause_below(page: Paragraph, verb: Token, rest: tuple[str, ...]) -> tuple[list[Token], str] | None:
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


def clause_around(page: Paragraph, verb: Token, rest: tuple[str, ...]) -> tuple[list[Token], str] | None:
    """A cue set between commas or after "as": "Trade, the minister said, will grow"."""
    subject = next((c for c in verb.children if c.dep_ in ("nsubj",)), None)
    marker = any(c.dep_ in ("mark", "advmod") and c.lower_ == "as" for c in verb.children)
    if subject is None or (verb.dep_ not in ("parataxis",) and not (verb.dep_ == "advcl" and marker)):
        return None
    own = {t.i for t in verb.subtree}
    main = verb.head
    if main.pos_ not in VERBAL or (marker and not can_speak(page, subject)):
        return None
    tokens = [t for t in main.subtree if t.i not in own]
    if page.inside[verb.i] < 0 and all(page.inside[t.i] >= 0 or t.is_punct for t in tokens):
        return None
    return tokens, "clause around"


def wanted(page: Paragraph, verb: Token, rest: tuple[str, ...]) -> tuple[list[Token], str] | None:
    """The infinitive or gerund that is wanted, promised or refused."""
    for child in verb.children:
        if child.dep_ == "xcomp" and child.pos_ in VERBAL and is_infinitive(child):
            return list(child.subtree), "infinitive"
        if child.dep_ == "ccomp" and any(c.dep_ == "aux" and c.lower_ == "to" for c in child.children):
            return list(child.subtree), "infinitive"
        if child.dep_ == "acomp" and child.lower_ in rest:
            for inner in child.children:
                if inner.dep_ == "xcomp":
                    return list(inner.subtree), "infinitive"
    return None


def is_infinitive(token: Token) -> bool:
    """Whether a verb has its "to"."""
    return any(c.dep_ == "aux" and c.lower_ == "to" for c in token.children)


def asked(page: Paragraph, verb: Token, rest: tuple[str, ...]) -> tuple[list[Token], str] | None:
    """Whom somebody asks and what for: "urged both sides to stop", "told him to leave", "called on Iran to"."""
    for child in verb.children:
        if child.dep_ in ("xcomp", "ccomp") and is_infinitive(child):
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


def called(page: Paragraph, verb: Token, rest: tuple[str, ...]) -> tuple[list[Token], str] | None:
    """What somebody calls something: "described the visit as a success", "called it “a farce”"."""
    thing = [c for c in verb.children if c.dep_ in ("dobj", "nsubjpass") or (c.dep_ == "nsubj" and c.i > verb.i)]
    for prep in verb.children:
        if rest and prep.dep_ == "prep" and prep.lower_ == rest[0]:
            thing += [c for c in prep.children if c.dep_ == "pobj"]
    said = [c for c in verb.children if c.dep_ in ("oprd", "xcomp") and not is_infinitive(c)]
    said += [c for c in verb.children if c.dep_ == "ccomp" and c.pos_ not in VERBAL]
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


def thing(page: Paragraph, verb: Token, rest: tuple[str, ...]) -> tuple[list[Token], str] | None:
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
