"""Titles and the name after them as one mention, however the parser cut them: read from the text, not the tree."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from communique.model import Actor, Mention, Sentence, Span
from communique.resolve.context import Context
from communique.resolve.names import fold
from communique.resolve.nouns import Title, titles
from communique.resolve.nouns import reference as words
from communique.resolve.people import PARTICLES, by_surname
from communique.resolve.persons import person_actor, surname_actor
from communique.tree import Token

_WORD = re.compile(r"[^\W\d_][\w'’‐‑–-]*\.?|[,&/]|\S")
_ARTICLED = re.compile(r"(?:al|el|as|ash|an|ad|at|ar|bin|ben|ibn|abu)[‐‑–-]\w")
_STOPS = frozenset({",", "&", "/"})
_AND = frozenset({"and", "&", "/"})
_OF = frozenset({"of", "for"})
# ranks before a title that are no portfolio
_RANKS = frozenset({"under", "vice", "interim"})
_LONGEST_TITLE = 6
_LONGEST_NAME = 7
_CORE = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "dative", "conj", "agent", "poss", "ROOT", "attr"})


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    start: int  # in the sentence's text
    end: int
    folded: str
    big: bool

    @classmethod
    def of(cls, found: re.Match[str]) -> _Word:
        text = found.group()
        return cls(text, found.start(), found.end(), fold(text).rstrip(".") or text, text[:1].isupper())


@dataclass(frozen=True, slots=True)
class Chain:
    """Titles in a row with the name that they belong to: character offsets in the sentence's text."""

    start: int
    name: int
    end: int
    title: Title


def join(found: dict[int, Mention], sentence: Sentence, context: Context) -> dict[int, Mention]:
    """One mention for "Deputy Prime Minister and Minister of Foreign Affairs Murat Ospanov" and "Prime Minister Rao".

    Parsers hang the pieces of such names in many ways. Joined are mentions inside a chain of titles and a name, where
    their states agree; what ministers are of is never somebody by itself.
    """
    told = chains(sentence.text)
    _split(told, found, sentence, context)
    for chain in told:
        base = sentence.span.start
        whole = Span(base + chain.start, base + chain.end)
        inside = sorted(
            (i for i, m in found.items() if _touches(m, whole) and m.span.end <= whole.end),
            key=lambda i: found[i].span.start,
        )
        if len(inside) < 2:
            continue
        parts = [found[i] for i in inside]
        codes = {code for part in parts for code in part.codes}
        if len(codes) > 1 or any(len(part.actors) > 1 for part in parts):
            continue
        merged = _merged(parts, chain, sentence, context)
        if merged is None:
            continue
        top = _top(merged.span, sentence, inside)
        for i in inside:
            found.pop(i)
        found[top] = replace(merged, head=top)
        actor = merged.actors[0]
        if actor.name and actor.code:
            context.introduce(actor.name, actor, None)
    return found


def _split(told: Sequence[Chain], found: dict[int, Mention], sentence: Sentence, context: Context) -> None:
    """Takes a mention of two people apart: "Secretary Hale and Cabinet Secretary Omondi"."""
    base = sentence.span.start
    for i, mention in sorted(found.items()):
        inside = [c for c in told if mention.span.start <= base + c.start and base + c.end <= mention.span.end]
        if len(inside) < 2 or len(mention.actors) > 1:
            continue
        heads = [_token_at(base + chain.end - 1, sentence) for chain in inside]
        for chain, head in zip(inside, heads, strict=True):
            if head is None:
                continue
            span = Span(base + chain.start, base + chain.end)
            name = sentence.text[chain.name : chain.end]
            known = surname_actor(name.split()[-1], name, chain.title, (), context, False)
            actors = known[0] if known else (Actor(None, chain.title.sector, name, None, chain.title.office, "person"),)
            via, others, sure = (known[1], known[2], known[3]) if known else ("title", (), 0.6)
            text = sentence.text[chain.start : chain.end]
            found[head] = replace(
                mention, span=span, text=text, actors=actors, via=via, alternatives=others, confidence=sure, head=head
            )
        if i not in heads:
            found.pop(i)


def _token_at(place: int, sentence: Sentence) -> int | None:
    """The index of the token that holds a character of the document."""
    local = place - sentence.offset
    return next((int(t.i) for t in sentence.syntax if t.idx <= local < t.idx + len(t)), None)


def _touches(mention: Mention, whole: Span) -> bool:
    return mention.span.start < whole.end and mention.span.end > whole.start


def is_given(place: Span, found: Sequence[Chain]) -> bool:
    """Whether a place's name is only the first of somebody's names: "Under Secretary VICTORIA J. NULAND"."""
    return any(chain.name <= place.start and place.end < chain.end for chain in found)


def is_namesake(place: Span, names: Sequence[str], found: Sequence[Chain], text: str) -> bool:
    """Whether a title with one name is somebody else, who has more names: "Sheikh Khalifa Al Harthy".

    names are all those of whom the title and the one name would mean.
    """
    for chain in found:
        if chain.start <= place.start < chain.name < place.end < chain.end and " " not in text[chain.name : place.end]:
            whole = fold(text[chain.name : chain.end])
            return not any(whole in fold(name) for name in names)
    return False


def _listed(chain: Chain, text: str, context: Context) -> Actor | None:
    """Whom the tables know by the first and the last of a chain's names."""
    name = [fold(word).strip(".") for word in text[chain.name : chain.end].split()]
    if len(name) < 2:
        return None
    for person in by_surname().get(name[-1], ()):
        if any(fold(one).split()[0] == name[0] for one in person.names):
            return person_actor(person, chain.title, context)[0]
    return None


def _merged(parts: list[Mention], chain: Chain, sentence: Sentence, context: Context) -> Mention | None:
    """The parts of a chain as one person; None where what stands at the name is a state or a body."""
    place = sentence.span.start + chain.name
    named = next((m for m in parts if m.span.end > place), None)
    if named is not None and named.actors[0].kind in ("state", "body", "group"):
        return None
    code = next((m.actors[0].code for m in parts if m.codes), None)
    known = next((m for m in parts if m.actors[0].kind == "person" and m.codes and m.span.end > place), None)
    span = Span(min(parts[0].span.start, sentence.span.start + chain.start), sentence.span.start + chain.end)
    text = sentence.text[span.start - sentence.span.start : span.end - sentence.span.start]
    if known is not None:
        whole = known.actors[0]
        if known.via in ("title", "entity"):
            whole = replace(whole, name=sentence.text[chain.name : chain.end])
        return replace(known, span=span, text=text, actors=(whole,))
    actor = _listed(chain, sentence.text, context)
    if actor is None or (code is not None and actor.code != code):
        actor = Actor(
            code, chain.title.sector, sentence.text[chain.name : chain.end], None, chain.title.office, "person"
        )
    best = max(parts, key=lambda m: m.confidence)
    return replace(best, span=span, text=text, actors=(actor,), via="title", alternatives=())


def _top(span: Span, sentence: Sentence, inside: list[int]) -> int:
    """The token of a span that stands for it in the tree: the first whose head is outside and that is somebody's."""
    doc = sentence.syntax.doc
    tokens: list[Token] = [
        t for t in sentence.syntax if span.start <= t.idx + sentence.offset < span.end and not t.is_punct
    ]
    own = {t.i for t in tokens}
    tops = [t for t in tokens if (t.head.i not in own or t.head.i == t.i) and t.pos_ in ("NOUN", "PROPN", "ADJ")]
    core = [t for t in tops if t.dep_ in _CORE] or tops
    return int(core[0].i) if core else doc[inside[0]].i


def chains(text: str) -> list[Chain]:
    """Where titles with a name after them stand in a text, in order; no two overlap."""
    return list(_chains(text))


# a sentence is asked more than once: for its names, for its mentions, and again when its article is dated
@functools.lru_cache(256)
def _chains(text: str) -> tuple[Chain, ...]:
    found: list[Chain] = []
    read = [_Word.of(match) for match in _WORD.finditer(text)]
    place = 0
    while place < len(read):
        chain, place = _chain_at(read, place)
        if chain is not None:
            found.append(chain)
    return tuple(found)


def _chain_at(read: list[_Word], place: int) -> tuple[Chain | None, int]:
    """A chain that begins at a word, and the place after it (the next word where there is none)."""
    first = _title_at(read, place)
    if first is None:
        return None, place + 1
    title, after = first
    many = plain = False
    while True:
        step = after + 1 if after < len(read) and (read[after].folded in _AND or read[after].text == ",") else after
        step += 1 if step > after and step < len(read) and read[step].folded in _AND else 0
        more = _title_at(read, step) if step > after else None
        if more is None:
            break
        plain = plain or after == first[1]
        many, after = True, more[1]
    # "the President and Prime Minister Rao" are two
    if many and plain and place and read[place - 1].folded == "the" and first[1] - place == 1:
        return None, first[1]
    end = after
    while end < len(read) and end - after < _LONGEST_NAME and _is_name(read, end, end == after):
        end += 1
    while end > after and read[end - 1].folded in PARTICLES and not read[end - 1].big:
        end -= 1
    if end == after:
        return None, max(place + 1, first[1])
    stop = read[end - 1]
    last = stop.end - (1 if stop.text.endswith(".") and len(stop.text) > 3 else 0)
    if stop.text.endswith(("'s", "’s")):
        last = stop.end - 2
    return Chain(read[place].start, read[after].start, last, title), end


def _is_name(read: list[_Word], place: int, first: bool) -> bool:
    word = read[place]
    if first:
        return word.big and not _plain_title(word.folded) and word.folded not in _portfolios() and len(word.text) > 1
    if read[place - 1].text.endswith(("'s", "’s")) or (
        read[place - 1].text[-1:] == "." and len(read[place - 1].text) > 3
    ):
        return False
    return (word.big or word.folded in PARTICLES or _ARTICLED.match(word.text) is not None) and word.text not in _STOPS


def _title_at(read: list[_Word], place: int) -> tuple[Title, int] | None:
    """A title with its portfolio that begins at a word, and the place after it."""
    if place >= len(read) or not read[place].big:
        return None
    table, start = titles(), place
    found: tuple[Title, int] | None = None
    # "Special Presidential", "Acting Assistant" before the title's own words
    while found is None and start < len(read) and start - place < 5:
        most = min(_LONGEST_TITLE, len(read) - start) if read[start].folded in _first_words() else 0
        for size in range(most, 0, -1):
            if not (read[start].big and read[start + size - 1].big):
                continue
            title = table.get(" ".join([word.folded for word in read[start : start + size]]))
            if title is not None:
                found = title, start + size
                break
        if found is None:
            if not read[start].big or not (read[start].folded in _portfolios() or read[start].folded in _RANKS):
                return None
            start += 1
    if found is None:
        return None
    title, after = found
    # "Deputy Minister", "Secretary General": a longer title right behind
    longer = (
        _title_at(read, after) if after < len(read) and read[after].big and _plain_title(read[after].folded) else None
    )
    if longer is not None:
        return longer
    if after < len(read) and read[after].folded in _OF:
        end = _portfolio(read, after + 1)
        if end > after + 1:
            after = end
    return title, after


def _portfolio(read: list[_Word], place: int) -> int:
    """The place after "Foreign Affairs", "Environment, Water, and Agriculture", "the Interior"."""
    end = place
    at = place
    while at < len(read):
        word = read[at]
        if word.big and word.folded in _portfolios():
            at += 1
            end = at
        elif word.folded in _AND or word.text == "," or word.folded in ("the", "of", "for", "with", "in"):
            at += 1
        else:
            break
    return end


@functools.cache
def _first_words() -> frozenset[str]:
    return frozenset(title.split(" ")[0] for title in titles())


def _plain_title(word: str) -> bool:
    return word in titles()


def _portfolios() -> frozenset[str]:
    found: frozenset[str] = words()["portfolios"]
    return found
