"""Who is in a sentence: noun phrases, appositions, "of" phrases, then whatever refers back."""

from __future__ import annotations

import itertools
from dataclasses import replace

from communique.model import Mention, Sentence, Span
from communique.resolve import borrow, posts, reference, titles
from communique.resolve.context import Context
from communique.resolve.discourse import BODIES
from communique.resolve.gazetteer import Hit
from communique.resolve.names import fold
from communique.resolve.nouns import reference as words
from communique.resolve.phrases import find_hits, is_stray_subject, mention_of
from communique.syntax import under
from communique.tree import Token

_MODIFIERS = frozenset("compound amod nmod nummod npadvmod".split())
# which prepositions after an actor noun name its state ("president of", "spokesman for", "protesters in")
_BELONGS = frozenset({"of", "for", "from", "in", "at", "near", "across", "inside", "within"})
_PLACES = frozenset({"in", "at", "near", "across", "inside", "within"})


def mentions(sentence: Sentence, context: Context) -> tuple[Mention, ...]:
    """Every mention of an actor in a sentence, in order of place; the context learns from them."""
    hits = find_hits(sentence, context)
    found: dict[int, Mention] = {}
    inside = _inside(hits, sentence)
    for token in sentence.syntax:
        if token.i not in inside and (_is_head(token, hits) or _is_known(token, context)):
            mention = mention_of(token, hits, sentence, context)
            if mention is not None:
                found[token.i] = mention
    found = _groups_of(found, sentence)
    found = _drop_contained(found, sentence)
    found = _merge_appositions(found, sentence)
    found = titles.join(found, sentence, context)
    found = posts.name_posts(found, sentence, context)
    found = posts.whole_titles(found, sentence, context)
    found = _add_attachments(found, hits, sentence)
    found = borrow.house_ranks(found, sentence, context)
    found = reference.resolve(found, sentence, context)
    found = borrow.states(found, sentence, context)
    ordered = tuple(found[i] for i in sorted(found))
    reference.remember(found, sentence, context)
    return ordered


def _inside(hits: dict[int, Hit], sentence: Sentence) -> set[int]:
    """The words of names but for their heads: "Germany" in "Federal Republic of Germany" is no name of its own."""
    doc = sentence.syntax.doc
    found: set[int] = set()
    for i, hit in hits.items():
        # outwards from the head, and no further than the name goes
        for near in (range(i - 1, max(-1, i - 10), -1), range(i + 1, min(len(doc), i + 10))):
            for place in near:
                start = doc[place].idx + sentence.offset
                if start < hit.span.start if place < i else start >= hit.span.end:
                    break
                if place not in hits and _covers(hit, start):
                    found.add(place)
    return found


def _covers(hit: Hit, place: int) -> bool:
    return hit.span.start <= place < hit.span.end


def _is_head(token: Token, hits: dict[int, Hit]) -> bool:
    """Whether a token heads a phrase of its own; modifiers do only where they name a state of a thing."""
    if token.i in hits:
        return True
    if token.pos_ not in ("NOUN", "PROPN", "NUM"):
        return False
    return token.dep_ not in _MODIFIERS


def _is_known(token: Token, context: Context) -> bool:
    """Whether a tagger took for something else the surname of somebody whom the article has named in full."""
    if token.pos_ not in ("VERB", "ADJ", "ADV") or not token.text[:1].isupper() or token.text.isupper():
        return False
    introduced = context.persons.get(fold(token.text))
    return introduced is not None and introduced[0] != token.text


def _drop_contained(found: dict[int, Mention], sentence: Sentence) -> dict[int, Mention]:
    """A nationality inside a bigger actor phrase is part of it: "Russian" in "Russian troops"."""
    kept = dict(found)
    doc = sentence.syntax.doc
    for i in sorted(found):
        head = _owner(doc[i])
        while head is not None:
            owner = found.get(head.i)
            if (
                owner is not None
                and head.i != i
                and owner.span.covers(found[i].span)
                and owner.actors[0].kind != "state"
            ):
                kept.pop(i, None)
                break
            head = _owner(head)
    spans: list[tuple[Span, int]] = sorted(
        ((m.span, i) for i, m in kept.items()), key=lambda p: (p[0].start, -p[0].end)
    )
    for (outer, i), (inner, j) in itertools.pairwise(spans):
        if i in kept and j in kept and outer.covers(inner) and outer != inner and doc[j].dep_ in _MODIFIERS | {"poss"}:
            kept.pop(j, None)
    return kept


def _groups_of(found: dict[int, Mention], sentence: Sentence) -> dict[int, Mention]:
    """ "a group of rebels" are the rebels."""
    doc = sentence.syntax.doc
    for i in sorted(found):
        mention = found.get(i)
        if (
            mention is None
            or mention.codes
            or mention.actors[0].sector not in ((), ("UNK",))
            or fold(doc[i].lemma_) not in words()["collectives"]
        ):
            continue
        inner = next(
            (n for p in doc[i].children if p.dep_ == "prep" and p.lower_ == "of" for n in under(p) if n.i in found),
            None,
        )
        if inner is not None:
            one = found.pop(inner.i)
            start, end = mention.span.start, max(mention.span.end, one.span.end)
            text = sentence.text[start - sentence.span.start : end - sentence.span.start]
            found[i] = replace(one, span=Span(start, end), text=text, head=int(i))
    return found


def _owner(token: Token) -> Token | None:
    """The noun that a modifier, a possessor or one of several coordinated modifiers belongs to."""
    if token.dep_ in _MODIFIERS or token.dep_ == "poss" or is_stray_subject(token):
        return token.head
    if token.dep_ == "conj" and token.head.dep_ in _MODIFIERS | {"poss", "conj"} and token.head.i != token.i:
        return token.head
    return None


def _merge_appositions(found: dict[int, Mention], sentence: Sentence) -> dict[int, Mention]:
    """ "Sergei Lavrov, Russia's foreign minister": one mention with the name of one side and the state of the other."""
    doc = sentence.syntax.doc
    for i in sorted(found):
        token = doc[i]
        if token.dep_ != "appos" or i not in found:
            continue
        host = found.get(token.head.i)
        if host is None:
            continue
        joined = _join(host, found[i])
        if joined is not None:
            found[token.head.i] = joined
            found.pop(i)
    return found


def _join(host: Mention, apposed: Mention) -> Mention | None:
    """Two mentions of one actor as one; None where they are different actors."""
    first, second = host.actors[0], apposed.actors[0]
    if len(host.actors) > 1 or len(apposed.actors) > 1:
        return None
    office = second if first.kind == "person" else first
    at_body = office.kind != "person" and office.code in BODIES and office.kind != "body"
    if first.code and second.code and first.code != second.code and not at_body:
        return None
    if first.kind in ("state", "body") and second.kind in ("state", "body"):
        return None
    named = first if first.kind == "person" else second if second.kind == "person" else first
    actor = replace(
        named,
        # "the NATO chief, X" acts for NATO, whatever X's country
        code=office.code if at_body else first.code or second.code,
        sector=named.sector or second.sector or first.sector,
        office=named.office or first.office or second.office,
        kind="person" if "person" in (first.kind, second.kind) else first.kind,
    )
    best = host if first.kind == "person" or second.kind != "person" else apposed
    return replace(
        host,
        actors=(actor,),
        via=best.via,
        alternatives=best.alternatives,
        confidence=max(host.confidence, apposed.confidence),
    )


def _add_attachments(found: dict[int, Mention], hits: dict[int, Hit], sentence: Sentence) -> dict[int, Mention]:
    """The state comes after the noun: "the president of Russia", "a spokesman for the ministry", "people in the UK"."""
    doc = sentence.syntax.doc
    for i in sorted(found, reverse=True):
        mention = found.get(i)
        if mention is None or mention.codes or not _takes_state(mention):
            continue
        for prep in (t for t in doc[i].rights if t.dep_ in ("prep", "relcl", "acl")):
            inner = _first_state(prep, found)
            if inner is None:
                continue
            place = found[inner]
            others = [t.i for t in _together(doc[inner]) if t.i in found and t.i != inner and found[t.i].codes]
            others += _listed_after([inner, *others], found, sentence)
            if prep.dep_ == "prep" and (prep.lower_ not in _BELONGS or posts.posted_to(doc[i], prep)):
                continue
            actors = tuple(
                replace(mention.actors[0], code=actor.code, sector=mention.actors[0].sector or actor.sector)
                for actor in (*place.actors, *(a for t in others for a in found[t].actors))
                if actor.code
            )
            sure = mention.confidence * (0.9 if prep.dep_ == "prep" and prep.lower_ not in _PLACES else 0.75)
            found[i] = replace(mention, actors=actors, confidence=sure, via="description")
            if prep.dep_ == "prep" and prep.lower_ == "of":
                start, end = mention.span.start, max(found[t].span.end for t in (inner, *others))
                words = sentence.text[start - sentence.span.start : end - sentence.span.start]
                found[i] = replace(found[i], span=Span(start, end), text=words)
                for t in (inner, *others):
                    found.pop(t)
            break
    return found


def _listed_after(listed: list[int], found: dict[int, Mention], sentence: Sentence) -> list[int]:
    """The last state of a list that a parser took for a second subject: "officials from Chad, Niger, and Mali met"."""
    end = max(found[i].span.end for i in listed)
    for i, mention in sorted(found.items()):
        gap = sentence.text[end - sentence.span.start : mention.span.start - sentence.span.start]
        subject = sentence.syntax.doc[i].dep_ in ("nsubj", "nsubjpass") and mention.actors[0].kind == "state"
        if mention.span.start >= end and subject and len(listed) > 1 and gap.strip() in (", and", "and"):
            return [i]
    return []


def _together(token: Token) -> list[Token]:
    """A noun and whatever is coordinated with it: "the presidents of Ghana and Togo"."""
    return [token, *(c for c in token.conjuncts if c.i > token.i)]


def _takes_state(mention: Mention) -> bool:
    """Whether the mention is somebody whose state is still open."""
    actor = mention.actors[0]
    return actor.kind not in ("state", "body", "group") and mention.via != "group"


def _first_state(prep: Token, found: dict[int, Mention]) -> int | None:
    """The first mention with a code under a preposition or clause after a noun."""
    for token in prep.subtree:
        if token.i in found and token.i > prep.i and found[token.i].codes:
            return int(token.i)
        if token.pos_ == "VERB" and prep.dep_ == "prep":
            return None
    return None
