"""Whatever refers back ("he", "it", "the two countries", "the pair", "its counterpart"), and what else it could be."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Token

from communique.model import Actor, Mention, Sentence, Span
from communique.resolve.context import Context
from communique.resolve.gazetteer import state_name
from communique.resolve.names import fold
from communique.resolve.nouns import reference as words
from communique.syntax import conjuncts, under

_BODIES = frozenset({"UNO", "EUR", "IGO", "NGO", "MNC", "ISM", "IMG"})


def resolve(found: dict[int, Mention], sentence: Sentence, context: Context) -> dict[int, Mention]:
    """Adds mentions for pairs, pronouns and counterparts; each says how it was resolved, at a lower confidence."""
    pair = _opening_group(sentence, found) or context.group
    for token in sentence.syntax:
        pair = _group_at(token, found) or pair
        if token.i in found and found[token.i].codes and not _is_pair(token):
            continue
        mention = None
        if _is_pair(token):
            mention = _pair(token, pair, found, sentence, context)
        elif token.lower_ in ("bilateral", "bilaterally") and len(pair) == 2 and token.i not in found:
            mention = _mention(token, tuple(_as_state(actor) for actor in pair), "pair", sentence, 0.6, ())
        elif token.pos_ == "PRON" and token.i not in found:
            mention = _pronoun(token, found, sentence, context, pair)
        elif fold(token.lemma_) == "counterpart" and len(pair) == 2:
            mention = _counterpart(token, found, sentence, pair)
        if mention is not None:
            found[token.i] = mention
    context.group = pair
    return found


def _states_of(mention: Mention) -> list[Actor]:
    return [actor for actor in mention.actors if actor.code and actor.code not in _BODIES]


def _group_at(token: Token, found: dict[int, Mention]) -> tuple[Actor, ...]:
    """The states that stand together at a token: "China and Russia", "between A and B", "A's meeting with B"."""
    mention = found.get(token.i)
    if mention is not None and mention.via not in ("pair", "pronoun") and token.dep_ != "conj":
        actors = _distinct(
            _states_of(mention)
            + [a for c in list(conjuncts(token))[1:] if c.i in found for a in _states_of(found[c.i])]
        )
        if len(actors) >= 2:
            return actors
    if token.pos_ in ("NOUN", "VERB") and token.dep_ not in ("compound",):
        sides = [c for c in token.children if c.dep_ in ("poss", "nsubj", "compound", "amod") and c.i in found]
        partners = [
            noun
            for child in token.children
            if child.dep_ == "prep" and child.lower_ in ("with", "to")
            for noun in under(child)
            if noun.i in found
        ]
        if token.pos_ == "VERB" and not partners:
            partners = [c for c in token.children if c.dep_ == "dobj" and c.i in found]
        if sides and partners and sides[0].i < partners[0].i:
            actors = _distinct(_states_of(found[sides[0].i]) + _states_of(found[partners[0].i]))
            if len(actors) == 2 and token.lower_ not in ("compared",):
                return actors
    return ()


def _distinct(actors: list[Actor]) -> tuple[Actor, ...]:
    seen: dict[str, Actor] = {}
    for actor in actors:
        if actor.code:
            seen.setdefault(actor.code, actor)
    return tuple(seen.values())


def _opening_group(sentence: Sentence, found: dict[int, Mention]) -> tuple[Actor, ...]:
    """The first two states of an article's first sentence, where nothing else has joined a pair yet."""
    if sentence.sequence:
        return ()
    actors = _distinct([actor for i in sorted(found) for actor in _states_of(found[i])])
    return actors if len(actors) == 2 else ()


def _is_pair(token: Token) -> bool:
    """Whether a token heads "the two countries", "both leaders", "the pair", "the leaders"."""
    lemma = fold(token.lemma_)
    lower = token.lower_
    if token.i + 1 < len(token.doc) and token.dep_ in ("compound", "amod"):
        return False
    if lower in ("pair", "duo") and token.dep_ not in ("dobj",):
        return not any(c.dep_ == "prep" and c.lower_ == "of" for c in token.children)
    if lower in ("both", "two", "three") and token.dep_ in ("nsubj", "nsubjpass", "pobj", "dobj", "poss"):
        return not any(c.dep_ == "prep" for c in token.children)
    if (token.tag_ not in ("NNS", "NNPS") and lower not in ("sides",)) or lemma not in words()["pair"]:
        return False
    before = [fold(c.text) for c in token.lefts]
    if any(word in words()["numbers"] for word in before):
        return not any(c.dep_ in ("amod", "poss", "nmod", "compound") and c.text[:1].isupper() for c in token.lefts)
    bare = all(c.dep_ in ("det", "predet") for c in token.lefts) and "the" in before
    return (
        bare
        and lemma in ("leader", "side", "president", "minister")
        and not any(c.dep_ == "prep" for c in token.rights)
    )


def _pair(
    token: Token, pair: tuple[Actor, ...], found: dict[int, Mention], sentence: Sentence, context: Context
) -> Mention | None:
    wanted = next((words()["numbers"].get(fold(c.text)) for c in token.lefts if fold(c.text) in words()["numbers"]), 2)
    wanted = wanted or 2
    if fold(token.text) == "three":
        wanted = 3
    if len(pair) != wanted:
        if not (
            len(pair) > 2
            and wanted == 2
            and fold(token.lemma_) in ("leader", "side", "president")
            and not _numbered(token)
        ):
            return None
    lemma = fold(token.lemma_)
    people = lemma in ("leader", "president", "minister", "man", "premier", "head", "monarch", "king", "pair", "duo")
    actors = tuple(_as_state(actor) if not people else actor for actor in pair)
    return _mention(token, actors, "pair", sentence, 0.75, ())


def _numbered(token: Token) -> bool:
    return any(fold(c.text) in words()["numbers"] for c in token.lefts)


def _as_state(actor: Actor) -> Actor:
    return Actor(actor.code, (), state_name(actor.code), None, None, "state")


def _pronoun(
    token: Token, found: dict[int, Mention], sentence: Sentence, context: Context, pair: tuple[Actor, ...]
) -> Mention | None:
    lower = fold(token.text)
    if token.tag_ in ("WP", "WDT") or lower in words()["relatives"]:
        return None  # relative clauses find their noun by syntax
    earlier = [found[i] for i in sorted(found) if i < token.i]
    subject = _clause_subject(token, found)
    if lower in words()["persons"]:
        same = [m for m in earlier if m.via != "pronoun" and _is_person(m)]
        choice = subject if subject is not None and _is_person(subject) else (same[0] if same else context.last_person)
        return _refer(token, choice, sentence, [m for m in same if m is not choice])
    if lower in words()["things"]:
        if _is_empty(token):
            return None
        same = [m for m in earlier if m.via != "pronoun" and not _is_person(m) and len(m.codes) == 1]
        choice = (
            subject if subject is not None and not _is_person(subject) else (same[0] if same else context.last_thing)
        )
        return _refer(token, choice, sentence, [m for m in same if m is not choice])
    if lower in words()["many"]:
        same = [m for m in earlier if m.via != "pronoun"]
        if subject is not None:
            group = _subject_group(subject, found, sentence)
            return _mention(token, group or subject.actors, "pronoun", sentence, 0.6, ())
        if len(pair) >= 2:
            return _mention(token, pair, "pronoun", sentence, 0.6, tuple(m.text for m in same[:3]))
        return _refer(token, context.last_many or (same[0] if same else context.last_thing), sentence, same[1:])
    return None


def _clause_subject(token: Token, found: dict[int, Mention]) -> Mention | None:
    """The subject of the clause above, which a subordinate pronoun most often means."""
    head = token.head
    for _ in range(12):
        for child in head.children:
            if child.dep_ in ("nsubj", "nsubjpass") and child.i in found and child.i != token.i and child.i < token.i:
                if found[child.i].via != "pronoun" or child.i < token.i:
                    return found[child.i]
        if head.head.i == head.i:
            return None
        head = head.head
    return None


def _subject_group(subject: Mention, found: dict[int, Mention], sentence: Sentence) -> tuple[Actor, ...]:
    token = sentence.syntax.doc[subject.head]
    together = list(subject.actors)
    for conjunct in list(conjuncts(token))[1:]:
        if conjunct.i in found:
            together.extend(found[conjunct.i].actors)
    return tuple(dict.fromkeys(together))


def _is_person(mention: Mention) -> bool:
    return any(actor.kind == "person" or actor.office for actor in mention.actors) or (
        mention.actors[0].kind == "people" and mention.actors[0].sector in (("GOV",), ("ELI",), ("OPP",))
    )


def _is_empty(token: Token) -> bool:
    """Whether "it" is nobody: "it remains to be seen", "it is clear that"."""
    if token.dep_ == "expl":
        return True
    verb = token.head
    if verb.lemma_ in ("remain", "seem", "appear", "happen", "rain", "take") and token.dep_ == "nsubj":
        return True
    return (
        verb.lemma_ in ("be", "become")
        and token.dep_ == "nsubj"
        and any(c.dep_ in ("acomp", "attr") and c.lemma_.lower() in words()["empty_it"] for c in verb.children)
    )


def _refer(token: Token, choice: Mention | None, sentence: Sentence, others: list[Mention]) -> Mention | None:
    if choice is None:
        return None
    alternatives = tuple(dict.fromkeys(m.codes[0] for m in others if m.codes and m.codes != choice.codes))
    return _mention(token, choice.actors, "pronoun", sentence, 0.7 if not alternatives else 0.55, alternatives)


def _counterpart(
    token: Token, found: dict[int, Mention], sentence: Sentence, pair: tuple[Actor, ...]
) -> Mention | None:
    own = found.get(token.i)
    subject = _clause_subject(token, found)
    if own is not None and own.codes:
        return own
    if subject is None or not subject.codes:
        return None
    others = tuple(replace(actor, name=None) for actor in pair if actor.code not in subject.codes)
    return _mention(token, others[:1], "description", sentence, 0.6, ()) if others else None


def _mention(
    token: Token,
    actors: tuple[Actor, ...],
    via: str,
    sentence: Sentence,
    confidence: float,
    alternatives: tuple[str, ...],
) -> Mention:
    left = min([t.i for t in token.lefts if t.dep_ in ("det", "nummod", "predet", "amod")] + [token.i])
    doc = sentence.syntax.doc
    start = max(sentence.offset + doc[left].idx, sentence.span.start)
    end = sentence.offset + token.idx + len(token)
    text = sentence.text[start - sentence.span.start : end - sentence.span.start]
    return Mention(Span(start, end), text, actors, via, alternatives, confidence, int(token.i))
