"""Change against level: which figures are how much something rose or fell, and which what it reached."""

from __future__ import annotations

import re
from dataclasses import dataclass

from communique.code.figures.ground import Ground
from communique.code.figures.quantity import Quantity
from communique.code.figures.words import lexemes, pattern, table, way
from communique.tree import Token

_UP_DOWN = re.compile(r"(?i)(?<!\w)(?P<word>up|down)\s(?:by\s)?(?:\w+\s){0,2}$")
_HIGHER = re.compile(r"(?i)^\s(?:percent\s)?(?P<word>higher|lower|more|less|fewer|up|down)(?!\w)(?!\sto)")
_NOT_COMPARED = re.compile(r"(?i)^\s(?:more|less)\s(?!than)")
_BEFORE_TO = re.compile(
    r"(?i)\b(?:to|at|of)\s(?:(?:a|an|the|some|about|around|nearly|almost|over|more|than|new|record|all-time|high|level|levels|its|total|historic|highest|of|peak)\s){0,6}$"
)
_FROM = re.compile(r"(?i)\bfrom\s(?:about\s|around\s|just\s|only\s|nearly\s|almost\s|a\s|the\s){0,2}$")
_MULTIPLE_OBJECT = ("dobj", "xcomp", "conj")


@dataclass(frozen=True, slots=True)
class Course:
    """How a figure stands to a change: the word of change, its direction, and whether the figure is its measure."""

    word: Token | None
    direction: str | None
    change: bool


def course(ground: Ground, quantity: Quantity, head: Token) -> Course:
    """The change that a figure measures, or the one that led to it as a level."""
    text = ground.text
    before, behind = text[: quantity.start], text[quantity.end : quantity.end + 14]
    near = _record(ground, quantity, head)
    level = bool(_BEFORE_TO.search(before[-70:]))
    if _FROM.search(before[-22:]):
        return Course(_word(ground, head), None, False)
    match = _UP_DOWN.search(before[-30:])
    if match is not None and not level:
        return Course(_word(ground, head), match["word"].lower(), True)
    match = _HIGHER.match(behind)
    if match is not None and not _NOT_COMPARED.match(behind) and quantity.kind in ("percent", "money", "times"):
        return Course(_word(ground, head), "up" if match["word"].lower() in ("higher", "more", "up") else "down", True)
    word, direct = _governing(ground, quantity, head)
    if word is None:
        return Course(None, near, False)
    direction = _direction(word)
    if direct and not (level and _preposition(head) in ("to", "at")):
        return Course(word, direction, True)
    if level and _preposition(head) == "of" and direct:
        return Course(word, direction, True)
    reached = direction if _preposition(head) == "to" else None
    return Course(word, near or reached, False)


def _preposition(head: Token) -> str:
    return str(head.head.lower_) if head.dep_ == "pobj" else ""


def _direction(word: Token) -> str | None:
    lemma = word.lemma_.lower()
    return (
        way(lemma)
        or way(word.lower_)
        or multiple_way(lemma)
        or ("up" if word.lower_ in lexemes("change", "up", "words") else None)
    )


def multiple_way(lemma: str) -> str | None:
    """Double is up, halve is down."""
    factor = table()["change"]["multiples"].get(lemma)
    return None if factor is None else "up" if factor > 1 else "down"


def _is_change(token: Token) -> bool:
    lemma = token.lemma_.lower()
    if token.pos_ == "VERB":
        return lemma in lexemes("change", "up", "verbs") or lemma in lexemes("change", "down", "verbs")
    if token.pos_ == "NOUN":
        return lemma in lexemes("change", "up", "nouns") or lemma in lexemes("change", "down", "nouns")
    return False


def _governing(ground: Ground, quantity: Quantity, head: Token) -> tuple[Token | None, bool]:
    """The word of change above a figure, and whether the figure is its measure (not what it led to)."""
    if quantity.kind in ("duration", "distance"):
        return None, False
    noun = next(
        (t for t in ground.inside(quantity.end, quantity.end + 24)[:4] if _is_change(t) and t.pos_ == "NOUN"), None
    )
    if noun is not None and _joined(ground.text[quantity.end : ground.place(noun)]):
        return noun, True
    above = head
    for _ in range(4):
        parent = above.head
        if parent.i == above.i:
            break
        if _is_change(parent):
            prep = above.lower_ if above.dep_ in ("prep", "agent") else ""
            if parent.pos_ == "VERB":
                if above.dep_ in ("nsubj", "nsubjpass", "csubj", "advcl", "ccomp", "relcl"):
                    return None, False
                own = quantity.kind in ("percent", "times") or parent.lemma_ not in lexemes("change", "acts")
                direct = prep == "by" or (not prep and own) or (above.dep_ == "dobj" and not own and False)
                return parent, direct
            return parent, prep in ("of", "by", "") and above.dep_ not in ("relcl", "acl")
        if parent.dep_ in ("relcl", "ccomp", "advcl", "ROOT", "parataxis"):
            break
        above = parent
    return None, False


def _joined(gap: str) -> bool:
    """Whether only adjectives stand between a figure and the noun that it modifies."""
    return re.fullmatch(r"(?:[\s-](?!of|in|for|from|to|and|with|on|at|by|after|as)[\w-]+){0,2}[\s-]", gap) is not None


def _word(ground: Ground, head: Token) -> Token | None:
    return next((t for t in ground.up(head) if _is_change(t)), None)


def _record(ground: Ground, quantity: Quantity, head: Token) -> str | None:
    """Whether a figure is called a record: "a record US$5 billion", "a record level of", "$5bn, the highest ever"."""
    window = ground.text[max(0, quantity.start - 44) : quantity.end + 40]
    shift = max(0, quantity.start - 44)
    if pattern("record not").search(window):
        return None
    for match in pattern("record").finditer(window):
        start, end = match.start() + shift, match.end() + shift
        between = ground.text[end : quantity.start] if end <= quantity.start else ground.text[quantity.end : start]
        if start < quantity.start < end or (
            len(between) < 26 and not re.search(r"[;.:)]\s|\d|\bbut\b|\bwhile\b", between)
        ):
            return "record"
    return None
