"""Which quantities stay, and as what: bare numbers take a unit from beside them, days must last, yen are converted."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from communique.code.figures.currency import Home, home
from communique.code.figures.ground import Ground
from communique.code.figures.measure import measure
from communique.code.figures.quantity import Quantity
from communique.code.figures.words import Counted, counted, lexemes, pattern, table, way
from communique.model import Actor, Document
from communique.tree import Token

# words before days that say how long something lasts
_DURATION = re.compile(
    r"(?i)\b(?:for|within|lasting|lasted|of|after|up to|over|in|than|another|first|next|period|spent|spend|a|an|the|"
    r"its|their|his|her|our|is|was|last|lasts|and|to|nearly|almost|about|least)\s(?:the\s)?(?:first\s|next\s|initial\s)?$"
)
_LONG_AGO = re.compile(
    r"(?i)^\s(?:ago|earlier|later|before|since|after|old|previously|prior|from\snow|away|in\sa\srow|running)\b"
)
# a number as great as this is not met twice by chance
AGAIN = 100_000
_PAST = re.compile(r"(?i)\b(?:past|last|previous|recent|coming|next|these|every)\s$")


@dataclass(slots=True)
class Memory:
    """What a reader remembers of the figures of an article: the currency last named, and what bare dollars are."""

    currency: str | None = None
    home: Home = field(default_factory=Home)
    # amounts that were given a unit before: "80 million doses", then "the 80 million"
    counted: dict[float, Quantity] = field(default_factory=dict)
    # the two states of the sentence before, where it names two
    before: tuple[Actor, ...] = ()

    @classmethod
    def of(cls, document: Document) -> Memory:
        """The memory to begin a document with."""
        return cls(home=home(document))


def settle(ground: Ground, found: list[Quantity], memory: Memory) -> list[Quantity]:
    """Bare numbers take the unit of what stands beside them, or go; durations must be durations."""
    kept: list[Quantity] = []
    for place in range(len(found) - 2, -1, -1):  # "97, 98 and 99 percent": back to front
        quantity, later = found[place], found[place + 1]
        if quantity.kind == "bare" and later.kind in ("percent", "counted") and later.value < 10 * quantity.value:
            gap = ground.text[quantity.end : later.start].strip()
            ahead = ground.text[max(0, quantity.start - 8) : quantity.start].lower()
            share = gap == "to" and later.kind == "percent" and ahead.endswith("from ")
            part = later.kind == "counted" and re.fullmatch(r"(?i)of(?:\s(?:the|its|their|those))?", gap) is not None
            listed = gap in (",", "or", ", or", "/") or (gap in ("and", ", and") and later.kind == "percent")
            if share or part or listed:
                found[place] = replace(quantity, unit=later.unit, kind=later.kind, group=later.group, noun=later.noun)
    for quantity in found:
        if quantity.kind == "bare":
            adopted = _again(quantity, found, memory) or _adopt(ground, quantity, kept, memory)
            if adopted is not None:
                kept.append(adopted)
            continue
        if quantity.kind == "duration" and not _lasting(ground, quantity):
            continue
        if quantity.kind == "money":
            memory.currency = quantity.unit
            if kept and kept[-1].kind == "money" and _converts(ground, kept[-1], quantity):
                quantity = replace(quantity, converts=True)
        if quantity.kind == "counted" and quantity.value >= AGAIN:
            memory.counted[quantity.value] = quantity
        kept.append(quantity)
    return kept


def _again(quantity: Quantity, found: list[Quantity], memory: Memory) -> Quantity | None:
    """A bare number that is told before or beside with what it counts: "500 million, half a billion doses"."""
    if quantity.value < AGAIN:
        return None
    beside = next((each for each in found if each.kind == "counted" and each.value == quantity.value), None)
    told = beside or memory.counted.get(quantity.value)
    if told is None:
        return None
    return replace(quantity, unit=told.unit, kind="counted", group=told.group, noun=None)


def _converts(ground: Ground, first: Quantity, second: Quantity) -> bool:
    """500 billion yen ($3.3 billion): the same money once more."""
    if first.unit == second.unit or first.converts:
        return False
    gap = ground.text[first.end : second.start]
    return ("(" in gap and pattern("conversion").match(gap) is not None) or re.fullmatch(
        r"(?i),?\s(?:or|equivalent to|equal to)(?:\sabout|\saround|\ssome|\snearly)?\s?", gap
    ) is not None


def _lasting(ground: Ground, quantity: Quantity) -> bool:
    """Whether days or years say how long something lasts, not when it was or how old somebody is."""
    text = ground.text
    before, behind = text[max(0, quantity.start - 26) : quantity.start], text[quantity.end : quantity.end + 14]
    if (
        (_LONG_AGO.match(behind) and not before.lower().endswith("for "))
        or _PAST.search(before)
        or re.search(r"(?i)\baged?\s$", before)
    ):
        return False
    head = ground.head(quantity.start, quantity.end)
    if head.dep_ == "pobj" and head.head.lower_ in ("since", "before", "until", "by"):
        return False
    return "-" in text[quantity.number[1] : quantity.end] or _DURATION.search(before) is not None or quantity.value >= 2


def _adopt(ground: Ground, quantity: Quantity, kept: list[Quantity], memory: Memory) -> Quantity | None:
    """A bare number as a figure: money behind money, people behind people, the dead of "killed 12"."""
    big = quantity.value >= 1e6
    tokens = ground.inside(*quantity.number)
    token = tokens[-1] if tokens else None
    behind = ground.tokens[token.i - ground.tokens[0].i + 1 :][:1] if token is not None else []
    alone = not behind or behind[0].pos_ in ("AUX", "VERB", "PUNCT", "ADP", "CCONJ", "PART", "SCONJ", "ADV")
    if behind and behind[0].lower_ == "of":
        return None
    people = [each for each in kept if each.kind == "counted" and each.group in ("people", "troops", "vaccines")]
    if (
        people
        and alone
        and quantity.value >= 10
        and (people[-1].value >= 1e6) == (quantity.value >= 1e6 or quantity.value >= 1e4)
    ):
        return replace(people[-1], start=quantity.start, end=quantity.end, number=quantity.number, value=quantity.value,
                       low=quantity.low, high=quantity.high)  # fmt: skip
    money = [each for each in kept if each.kind == "money"]
    if big and alone and (money or memory.currency):
        unit = money[-1].unit if money else memory.currency
        head = ground.head(*quantity.number)
        name, _ = measure(ground, replace(quantity, kind="money"), head, None)
        if money or name in ("aid", "trade", "investment", "loan", "exports", "imports", "debt", "budget", "deals"):
            return replace(quantity, unit=unit, kind="money")
    if token is not None and alone:
        tallied = _tallied(ground, token)
        if tallied is not None and quantity.value >= 2:
            return replace(quantity, unit=tallied[0].unit, kind="counted", group=tallied[0].group, noun=tallied[1].i)
        verb = ground.verb(token)
        close = verb is not None and (token.head.i == verb.i or token.head.head.i == verb.i)
        if verb is not None and close and token.dep_ in ("dobj", "nsubjpass", "nsubj", "pobj", "attr", "oprd"):
            lemma = verb.lemma_.lower()
            for name, lemmas in table()["person_measures"].items():
                if (
                    lemma in lemmas
                    and name in ("deaths", "wounded", "arrests", "displaced")
                    and not (token.dep_ == "pobj" and token.head.lower_ != "of")
                ):
                    return replace(quantity, unit="people", kind="counted", group="people", noun=token.i)
    return None


def _tallied(ground: Ground, token: Token) -> tuple[Counted, Token] | None:
    """What a bare number counts where its verb's subject or object says so: "the death toll rose to 120"."""
    if token.dep_ not in ("pobj", "dobj", "attr", "nummod") or (
        token.dep_ == "pobj" and token.head.lower_ not in ("to", "at", "from", "by", "of")
    ):
        return None
    verb = ground.verb(token)
    own = ground.clauses.get(verb.i) if verb is not None else None
    for noun in [*own.objects, *own.subjects] if own is not None else []:
        own_kind = counted().get(noun.lemma_.lower())
        if own_kind is not None and noun.tag_ == "NNS" and verb is not None and way(verb.lemma_.lower()):
            return own_kind, noun  # "cut its troops to 25,000"
        if noun.lemma_.lower() in lexemes("tallies") and noun.i != token.i:
            below = [c for c in noun.children if c.dep_ in ("compound", "amod")]
            below += [t for p in noun.children if p.dep_ == "prep" and p.lower_ == "of" for t in p.children]
            for each in [*below, *(c for b in below for c in b.children if c.dep_ == "compound")]:
                kind = counted().get(each.lemma_.lower())
                if kind is not None:
                    return kind, each
    return None
