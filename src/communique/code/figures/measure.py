"""What a figure measures: the noun or verb on its way through the tree, else the nearest that the lexicon knows."""

from __future__ import annotations

import re
from collections.abc import Iterable

from communique.code.figures.ground import Ground
from communique.code.figures.quantity import Quantity
from communique.code.figures.words import lexemes, measures, table
from communique.syntax import conjuncts, under
from communique.tree import Token

# units that say what is measured where no better word does
_OF_ITSELF = frozenset({"oil", "gas", "power", "electricity", "goods", "volume", "energy"})
_JOINERS = ("of", "in", "for", "worth", "on", "as")


def measure(ground: Ground, quantity: Quantity, head: Token, change: Token | None) -> tuple[str | None, Token | None]:
    """The name of what is measured and the noun or verb that says it."""
    if quantity.kind == "counted":
        return _of_counted(ground, quantity), None
    if quantity.kind in ("duration", "distance", "area"):
        return quantity.kind, None
    name, token = _search(ground, quantity, head, change)
    if name is not None and token is not None and (name not in lexemes("weak") or quantity.kind not in _OF_ITSELF):
        return _with_goods(ground, name, token), token
    if quantity.kind in _OF_ITSELF:
        return next(
            (t.lemma_.lower() for t in _by_words(ground, quantity) if t.lemma_.lower() in lexemes("goods")),
            name or quantity.kind,
        ), None
    return name, token


def known(token: Token) -> str | None:
    """What a noun measures, by its longest compound."""
    if token.pos_ not in ("NOUN", "PROPN"):
        return None
    lemma = token.lemma_.lower()
    table_ = measures()
    parts = [c.lower_ for c in token.children if c.dep_ in ("compound", "amod", "nmod") and c.i < token.i]
    for index in range(len(parts)):
        name = table_.get(" ".join([*parts[index:], lemma])) or table_.get(" ".join([*parts[index:], token.lower_]))
        if name is not None:
            return name
    for child in token.children:  # "value of trade", "level of trade", "volume of exports"
        if (
            child.dep_ == "prep"
            and child.lower_ in ("of", "in")
            and lemma in ("value", "level", "volume", "amount", "total", "size", "sum", "worth", "number", "rate")
        ):
            inner = next((known(noun) for noun in under(child) if known(noun)), None)
            if inner is not None:
                return inner
    if token.dep_ == "compound":
        return None
    return table_.get(lemma) or table_.get(token.lower_)


def _search(ground: Ground, quantity: Quantity, head: Token, change: Token | None) -> tuple[str | None, Token | None]:
    spare: tuple[str | None, Token | None] = (None, None)
    seen: set[int] = set()
    loose = {token.i for token in _by_words(ground, quantity)}
    for token in _candidates(ground, quantity, head, change):
        if token.i in seen or (change is not None and token.i == change.i):
            continue
        seen.add(token.i)
        name = known(token)
        if name is None and token.dep_ == "compound" and token.i in loose:
            name = measures().get(token.lemma_.lower())
        if name is None:
            name = table()["verb_measures"].get(token.lemma_.lower()) if token.pos_ == "VERB" else None
        if name is None:
            continue
        if name in lexemes("weak") or token.pos_ == "VERB":
            spare = spare if spare[0] else (name, token)
            continue
        return name, token
    return spare


def _candidates(ground: Ground, quantity: Quantity, head: Token, change: Token | None) -> Iterable[Token]:
    """Tokens that may say what is measured, the likeliest first."""
    inside = ground.inside(quantity.start, quantity.end)
    last = inside[-1] if inside else head
    # "a $120 million loan", "a 15 percent minimum tax": the noun that the figure stands before
    behind = last.nbor(1) if last.i + 1 < len(last.doc) else None
    steps = 0
    while (behind is not None and steps < 5 and behind.pos_ in ("NOUN", "PROPN", "ADJ")) or (
        behind is not None and behind.text == "-" and steps < 5
    ):
        if behind.pos_ in ("NOUN", "PROPN") and not any(
            c.i == behind.i + 1 for c in [behind.head] if behind.dep_ == "compound"
        ):
            yield behind
        steps += 1
        behind = behind.nbor(1) if behind.i + 1 < len(behind.doc) else None
    # "$20 billion of deals", "$5 million in aid", "$3bn worth of contracts"
    for token in [*inside, *([change] if change is not None else [])]:
        for prep in token.children:
            if prep.i > token.i and ((prep.dep_ == "prep" and prep.lower_ in _JOINERS) or prep.lower_ == "worth"):
                yield from _nouns(prep)
                for inner in prep.children:
                    if inner.dep_ == "prep" and inner.lower_ == "of":
                        yield from _nouns(inner)
    yield from _by_words(ground, quantity)
    if change is not None:
        yield from (c for c in change.children if c.dep_ in ("compound", "amod", "nmod", "poss"))
    above = head
    for token in ground.up(head):
        yield token
        if token.pos_ in ("VERB", "AUX"):
            own = ground.clauses.get(token.i)
            if own is not None:
                yield from own.subjects
                for noun in own.objects:
                    if noun.i != above.i:
                        yield noun
                        yield from (t for prep in noun.children if prep.dep_ == "prep" for t in _nouns(prep))
                for name in ("in", "of", "on", "for"):
                    yield from own.preposition(name)
                yield from (
                    t for noun in own.subjects for prep in noun.children if prep.dep_ == "prep" for t in _nouns(prep)
                )
            if token.dep_ not in ("xcomp", "conj", "relcl", "acl", "advcl", "ccomp"):
                break
        above = token
    place = ground.index(quantity.start)
    clear = [t for t in ground.tokens[:place] if known(t)]
    yield from reversed(clear[-2:])


_WORTH = re.compile(r"(?i)^(?:\s[\w-]+){0,2}\s(?:of|in|worth\sof)\s(?:[\w.,-]+\s){0,5}?[\w-]+")


def _by_words(ground: Ground, quantity: Quantity) -> Iterable[Token]:
    """The noun phrase behind "of" or "in", where the parser hung it elsewhere."""
    match = _WORTH.match(ground.text[quantity.end : quantity.end + 60])
    if match is None:
        return
    start = ground.index(quantity.end + 1)
    seen_joiner = False
    for token in ground.tokens[start : start + 8]:
        if token.lower_ in ("of", "in"):
            if seen_joiner:
                break
            seen_joiner = True
        elif token.pos_ in ("VERB", "AUX", "PUNCT") and token.text != "-":
            break
        elif token.pos_ in ("NOUN", "PROPN") and seen_joiner:
            yield token


def _nouns(prep: Token) -> Iterable[Token]:
    for noun in under(prep):
        yield from conjuncts(noun)


def _with_goods(ground: Ground, name: str, token: Token) -> str:
    """Exports of what: "gas exports" and "exports of gas" are both exports of gas."""
    if name not in lexemes("with_goods"):
        return name
    wares = lexemes("goods")
    for child in token.children:
        if child.dep_ in ("compound", "amod", "nmod"):
            words = " ".join([*(c.lower_ for c in child.children if c.i < child.i), child.lemma_.lower()])
            for each in (words, child.lemma_.lower(), child.lower_):
                if each in wares:
                    return f"{name} of {each}"
        if (child.dep_ == "prep" and child.lower_ == "of") or (token.pos_ == "VERB" and child.dep_ == "dobj"):
            for noun in [child] if child.dep_ == "dobj" else under(child):
                words = " ".join(
                    [
                        *(c.lower_ for c in noun.children if c.dep_ in ("compound", "amod") and c.i < noun.i),
                        noun.lemma_.lower(),
                    ]
                )
                for each in (words, noun.lemma_.lower(), noun.lower_):
                    if each in wares:
                        return f"{name} of {each}"
    return name


def _of_counted(ground: Ground, quantity: Quantity) -> str | None:
    """What people are counted as: deaths, refugees, troops; other counted things by their group."""
    if quantity.group not in ("people", "troops") or quantity.noun is None:
        return quantity.group
    noun = ground.sentence.syntax.doc[quantity.noun]
    groups = table()["person_measures"]
    own: set[str] = {noun.lemma_.lower()} | {
        c.lemma_.lower() for c in noun.children if c.dep_ in ("amod", "compound", "acl", "relcl")
    }
    own |= {t.lemma_.lower() for t in ground.inside(quantity.end, quantity.end + 14)[:1] if t.tag_ == "VBN"}
    verb = next((t for t in ground.up(noun) if t.pos_ in ("VERB", "AUX")), None)
    reach = (
        {verb.lemma_.lower()}
        if verb is not None and noun.dep_ in ("dobj", "nsubjpass", "nsubj", "conj", "pobj")
        else set()
    )
    for name, lemmas in groups.items():
        if (own | reach) & set(lemmas):
            return str(name)
    return quantity.group
