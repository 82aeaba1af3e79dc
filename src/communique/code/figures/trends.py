"""Trends without a number: "trade has slipped a little this year", "exports are at record levels"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from communique.code.clauses import modal, negated
from communique.code.figures.change import multiple_way
from communique.code.figures.ground import Ground
from communique.code.figures.measure import known
from communique.code.figures.words import lexemes, pattern, table, way
from communique.model import FigureStatus
from communique.tree import Token

# measures that do not go up and down in the sense of a trend
_NOT = frozenset({"deals", "project", "fine", "reward", "cost", "vote", "aid", "currency"})


@dataclass(frozen=True, slots=True)
class Trend:
    """A trend: [start, end) in the sentence, the token that says it, and what it says."""

    start: int
    end: int
    token: Token
    noun: Token
    measure: str
    direction: str
    status: FigureStatus
    factor: float | None = None


def trends(ground: Ground, taken: list[tuple[int, int]]) -> Iterator[Trend]:
    """The trends of a sentence that no figure among `taken` measures."""
    used: set[int] = set()
    for trend in (*_records(ground), *_verbs(ground), *_nouns(ground)):
        if {trend.noun.i, trend.token.i} & used or any(start < trend.end and trend.start < end for start, end in taken):
            continue
        if trend.factor is None and _numbered(ground, trend, taken):
            continue
        used |= {trend.noun.i, trend.token.i}
        yield trend


def _numbered(ground: Ground, trend: Trend, taken: list[tuple[int, int]]) -> bool:
    """Whether a figure hangs on the word of the trend, so that it says how much."""
    below = {token.i for token in trend.token.subtree}
    stop = {
        t.i
        for c in trend.token.children
        if c.dep_ in ("advcl", "conj", "ccomp", "relcl", "parataxis")
        for t in c.subtree
    }
    for start, _ in taken:
        token = ground.tokens[ground.index(start)]
        if token.i in below - stop:
            return True
    return False


def _measured(tokens: list[Token]) -> tuple[Token, str] | None:
    for token in tokens:
        name = known(token)
        if name is not None and name not in _NOT:
            return token, name
        for child in token.children:  # "the value of exports", "growth in trade"
            if child.dep_ == "prep" and child.lower_ in ("of", "in"):
                for inner in child.children:
                    below = known(inner)
                    if below is not None and below not in _NOT:
                        return inner, below
    return None


def _span(ground: Ground, first: Token, last: Token) -> tuple[int, int]:
    start = ground.place(min(first, last, key=lambda t: t.i))
    end_token = max(first, last, key=lambda t: t.i)
    return start, ground.place(end_token) + len(end_token)


def _records(ground: Ground) -> Iterator[Trend]:
    """Records, and the highest or lowest in years."""
    text = ground.text
    hits = [(match, "record") for match in pattern("record").finditer(text)]
    for match in pattern("extreme").finditer(text):
        ever = match["span"].lower() in ("ever", "on record", "in history")
        hits.append((match, "record" if ever else table()["extremes"][match["word"].lower()]))
    for match, direction in hits:
        window = text[max(0, match.start() - 12) : match.end() + 4]
        if pattern("record not").search(window):
            continue
        token = ground.head(match.start(), match.end())
        noun = token
        if token.dep_ in ("amod", "compound"):
            noun = token.head
        place: list[Token] = [noun, *(t for p in noun.children if p.dep_ == "prep" for t in p.children)]
        for above in ground.up(token):
            if above.pos_ in ("VERB", "AUX"):
                own = ground.clauses.get(above.i)
                if own is not None:
                    place += own.subjects
                if above.dep_ not in ("xcomp", "relcl", "acl", "advcl", "conj"):
                    break
            else:
                place.append(above)
        found = _measured(place)
        if found is None:
            continue
        start = min(match.start(), ground.place(found[0]))
        end = max(match.end(), ground.place(found[0]) + len(found[0]), ground.place(noun) + len(noun))
        verb = ground.verb(token)
        open_ = verb is not None and modal(verb) is not None
        yield Trend(start, end, token, found[0], found[1], direction, "estimate" if open_ else "observed")


def _verbs(ground: Ground) -> Iterator[Trend]:
    for own in ground.clauses.values():
        lemma = own.verb.lemma_.lower()
        multiples = table()["change"]["multiples"]
        folds = [child.lower_ for child in own.verb.children if child.lower_.endswith("fold")]
        adverbs = (multiples[word] for word in folds if word in multiples)
        factor = multiples.get(lemma) or next(adverbs, None)
        direction = multiple_way(lemma) or way(lemma)
        if direction is None or own.verb.pos_ != "VERB" or negated(own.verb):
            continue
        found = _measured(own.objects) if own.objects and (own.passive or factor) else None
        if found is None and not (own.objects and not own.passive):
            found = _measured(own.subjects)
        if found is None or (own.passive and factor is None and lemma in lexemes("change", "acts")):
            continue
        status = _status(ground, own.verb)
        if status is None and factor is None:
            continue
        start, end = _span(ground, found[0], own.verb)
        yield Trend(start, end, own.verb, found[0], found[1], direction, status or "target", factor)


def _status(ground: Ground, verb: Token) -> FigureStatus | None:
    """Change for facts, estimate for forecasts, None for what is only wished."""
    would = modal(verb)
    if would is not None:
        if would in lexemes("status", "target_modals"):
            return None
        return "estimate"
    if verb.tag_ in ("VBD", "VBZ", "VBP", "VBN", "VBG") and verb.dep_ != "xcomp":
        return "change"
    above = verb.head
    if verb.tag_ == "VB" and verb.dep_ in ("xcomp", "acl"):
        if above.lemma_.lower() in lexemes("status", "estimate"):
            return "estimate"
        if above.lemma_.lower() in ("continue", "begin", "start"):
            return "change"
    if verb.dep_ == "xcomp" and above.lemma_.lower() in ("continue", "begin", "start", "keep"):
        return "change"
    return None


def _nouns(ground: Ground) -> Iterator[Trend]:
    """A decline in trade, the growth of exports: nouns of change with what they are of."""
    for token in ground.tokens:
        lemma = token.lemma_.lower()
        if token.pos_ != "NOUN":
            continue
        direction = next((d for d in ("up", "down") if lemma in lexemes("change", d, "nouns")), None)
        if direction is None or lemma in (
            "cut",
            "reduction",
            "gain",
            "loss",
            "boost",
            "advance",
            "expansion",
            "contraction",
        ):
            continue
        inner = [
            t
            for p in token.children
            if p.dep_ == "prep" and p.lower_ in ("in", "of")
            for t in p.children
            if t.dep_ == "pobj"
        ]
        inner += [c for c in token.children if c.dep_ == "compound"]
        for noun in inner:
            name = known(noun) or (None if noun.dep_ != "compound" else _compound(noun))
            if name is None or name in _NOT:
                continue
            verb = ground.verb(token)
            if verb is not None and (modal(verb) is not None or verb.tag_ == "VB"):
                break
            start, end = _span(ground, token, noun)
            yield Trend(start, end, token, noun, name, direction, "change")
            break


def _compound(token: Token) -> str | None:
    from communique.code.figures.words import measures

    return measures().get(token.lemma_.lower())
