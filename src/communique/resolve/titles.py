"""Titles and the name after them as one mention, however the parser cut them: read from the text, not the tree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from communique.model import Actor, Mention, Sentence, Span
from communique.resolve.chains import Chain, chains
from communique.resolve.context import Context
from communique.resolve.discourse import BODIES
from communique.resolve.names import fold
from communique.resolve.nouns import reference
from communique.resolve.people import PARTICLES, by_surname
from communique.resolve.persons import person_actor, surname_actor
from communique.tree import Token

_CORE = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "dative", "conj", "agent", "poss", "ROOT", "attr"})


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
        parts = [found[i] for i in inside]
        if not parts or (len(parts) == 1 and not _misnamed(parts[0], chain, sentence)):
            continue
        # "Ambassador to Chad Maria Pell" is not of Chad, unless what stands before says so
        posted = [part for part in parts if _is_post_place(part, chain, sentence)]
        codes = {code for part in parts if part not in posted for code in part.codes}
        if len(codes) > 1 or any(len(part.actors) > 1 for part in parts):
            continue
        merged = _merged(parts, posted, chain, sentence, context)
        if merged is None:
            continue
        top = _top(merged.span, sentence, inside)
        actor = merged.actors[0]
        for i in inside:
            _forget(found.pop(i).actors[0], actor, context)
        found[top] = replace(merged, head=top)
        if actor.name:
            context.introduce(actor.name, actor, None)
    return found


def _forget(wrong: Actor, right: Actor, context: Context) -> None:
    """Takes what a part of a name was called out of the memory, where it is not what the whole is called."""
    if wrong != right:
        for key in [key for key, (_, known, person) in context.persons.items() if person is None and known == wrong]:
            context.persons.pop(key)


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
            listed = _listed(chain, sentence.text, context)
            known = (
                ((listed,), "name", (), 0.95)
                if listed is not None
                else surname_actor(name.split()[-1], name, chain.title, (), context, False)
            )
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
    """Whom the tables know by the first and the last of a chain's names, where none in between is another."""
    name = _plain_name(text[chain.name : chain.end])
    if len(name) < 2:
        return None
    for person in by_surname().get(fold(text[chain.name : chain.end].split()[-1]).strip("."), ()):
        for one in map(_plain_name, person.names):
            if one[:1] == name[:1] and (set(one) <= set(name) or set(name) <= set(one)):
                return person_actor(person, chain.title, context)[0]
    return None


def _plain_name(name: str) -> list[str]:
    """The words of a name, folded, without initials and particles."""
    words = fold(name).replace("-", " ").replace("‐", " ").replace("‑", " ").split()
    return [word.strip(".") for word in words if len(word.strip(".")) > 1 and word not in PARTICLES]


def _misnamed(part: Mention, chain: Chain, sentence: Sentence) -> bool:
    """Whether a mention that covers a chain's name is called by something else: by the title, by all of it."""
    name = fold(sentence.text[chain.name : chain.end])
    called = fold(part.actors[0].name or "")
    covers = part.span.start < sentence.span.start + chain.end <= part.span.end
    if not covers or len(part.actors) > 1 or part.via not in ("title", "description", "nationality", "entity"):
        return False
    return (
        part.actors[0].kind not in ("state", "body", "group")
        and called != name
        and (name.split()[-1] not in called.split() or name in called)
    )


def _is_post_place(part: Mention, chain: Chain, sentence: Sentence) -> bool:
    """Whether a part is the place that a post deals with, with or without the name that a parser hung on it."""
    if chain.place is None:
        return False
    base = sentence.span.start
    return base + chain.place.start <= part.span.start < base + chain.place.end


def _merged(
    parts: list[Mention], posted: list[Mention], chain: Chain, sentence: Sentence, context: Context
) -> Mention | None:
    """The parts of a chain as one person; None where what stands at the name is a state or a body."""
    place = sentence.span.start + chain.name
    named = next((m for m in parts if m.span.end > place), None)
    if named is not None and named.actors[0].kind in ("state", "body", "group"):
        return None
    code = next((m.actors[0].code for m in parts if m.codes and m not in posted), chain.body)
    known = next(
        (
            m
            for m in parts
            if m.actors[0].kind == "person" and m.codes and m.span.end > place
            if m not in posted and m.via not in ("description", "nationality")
        ),
        None,
    )
    span = Span(min(parts[0].span.start, sentence.span.start + chain.start), sentence.span.start + chain.end)
    text = sentence.text[span.start - sentence.span.start : span.end - sentence.span.start]
    listed = _listed(chain, sentence.text, context)
    # who acts for a body may be from any state
    at_body = chain.body in BODIES and code == chain.body
    actor = listed if listed is not None and (code in (None, listed.code) or at_body) else None
    if known is not None:
        whole = known.actors[0]
        if known.via in ("title", "entity"):
            whole = actor or replace(whole, name=sentence.text[chain.name : chain.end])
        return replace(known, span=span, text=text, actors=(whole,))
    if actor is not None and at_body:
        actor = replace(actor, code=chain.body)
    if actor is None:
        if code is None and chain.place is not None and context.house is not None and context.house.kind == "state":
            # a ministry's own: "Special Envoy for Yemen Ann Roe"
            code = context.house.code if chain.place.code != context.house.code else None
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
    if core and core[0].dep_ == "appos" and core[0].head.lower_ in reference()["honours"]:
        return int(core[0].head.i)  # "with His Highness the Amir": who is so called stands in the tree
    return int(core[0].i) if core else doc[inside[0]].i
