"""Who binds himself to whom: by the names around the binding word, the coder's event there, and the article."""

from __future__ import annotations

import re
from collections.abc import Iterable

from communique.measure.pledges.gather import GENERIC
from communique.measure.pledges.nouns import Page, Said
from communique.model import Figure, Participant, Project

NEXT_TO = 26  # characters between a subject and its verb
AFTER = 110  # characters after a binding word in which the coder's event may stand
_AND = re.compile(r"(?i)^\s*(?:,|and|,\s*and|as well as)\s*(?:the\s|[\w'’ -]{0,40}?\s)?$")
_THAT = re.compile(r"\bthat\s")
_FOR = re.compile(r"(?i)\b(?:to|for)\s(?:the\s)?(?:[\w'’-]+\s){0,4}$")
_BREAK = re.compile(r"[,;:–—]")
WORLD = frozenset({"UNO", *GENERIC})  # everybody's bodies: no second party unless the sentence names them
STATE = 3  # letters in a state's code


def sides(said: Said, start: int, word: int, end: int, mutual: bool) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Who binds himself and to whom, in a clause [start, end) with its binding word; either may be empty.

    mutual: the word is one of agreeing, by which everybody before it is bound.
    """
    before = [named for named in said.names if start <= named.start < word and not named.place]
    told = max((match.end() for match in _THAT.finditer(said.text, start, word)), default=start)
    # "welcomes the news that Israel and Jordan agreed": who stands behind "that" acts
    before = [named for named in before if named.start >= told] or before
    after = tuple(
        dict.fromkeys(
            code for named in said.names if word <= named.start < end and not named.place for code in named.codes
        )
    )
    if before and mutual:
        by = tuple(dict.fromkeys(code for named in before for code in named.codes))
        return by, tuple(code for code in after if code not in by) if len(by) < 2 else ()
    gap = said.text[before[-1].end : word] if before else ""
    if before and re.search(r"(?i)\band\b", gap) and len(before) > 1:
        # "Australia gave Papua New Guinea two boats and promised money": the subject is the first
        at_word = [event for event in said.events if abs(event.trigger.start - said.span.start - word) <= 2]
        by = next((found for event in at_word if (found := codes(event.actor))), before[0].codes)
        return by, tuple(c for named in (*before, *()) for c in named.codes if c not in by) or tuple(
            code for code in after if code not in by
        )
    if before and len(gap) <= NEXT_TO and not _BREAK.search(gap):
        by = before[-1].codes
        if len(before) > 1 and _AND.match(said.text[before[-2].end : before[-1].start]):
            by = tuple(dict.fromkeys((*before[-2].codes, *by)))
        return by, tuple(code for code in after if code not in by)
    for event in said.events:
        place = event.trigger.start - said.span.start
        if word - 2 <= place <= word + AFTER and (by := codes(event.actor)):
            to = () if event.unordered else tuple(code for code in codes(event.recipient) if code not in by)
            return by, to
    if before:
        by = before[-1].codes
        return by, tuple(code for code in after if code not in by)
    return (), after


def receiver(said: Said, amount: Figure | None, end: int, by: tuple[str, ...]) -> tuple[str, ...]:
    """To whom an amount goes by the words right behind it: "100 million dollars to Yemen"."""
    if amount is None or amount.currency is None:
        return ()
    at = amount.span.end - said.span.start
    for named in said.names:
        if at <= named.start <= min(end, at + AFTER) and not set(named.codes) & set(by):
            gap = said.text[at : named.start]
            return named.codes if _FOR.search(gap) and not _BREAK.search(gap) else ()
    return ()


def codes(side: Iterable[Participant]) -> tuple[str, ...]:
    """The codes of a side, or names where a code stands for many bodies."""
    found = [who.actor.name if who.actor.code in GENERIC else who.actor.code for who in side]
    return tuple(dict.fromkeys(term for term in found if term))


def of_figure(figure: Figure | None) -> frozenset[str]:
    """The states that a figure stands between."""
    return frozenset(codes(figure.between)) if figure else frozenset()


def of_project(project: Project | None) -> frozenset[str]:
    """The parties of a project."""
    return frozenset(codes(project.between)) if project else frozenset()


def completed(page: Page, parties: frozenset[str]) -> frozenset[str] | None:
    """The parties with those that the article is about beside them, where the sentence names too few.

    It must name the other at least twice, or where it begins, and twice as often as any third state; else it is not
    known, and None.
    """
    first = page.said[0].codes if page.said else frozenset()
    others = sorted(
        (-count, code)
        for code, count in page.weight.items()
        if code not in parties and len(code) == STATE and code not in WORLD
    )
    need = 2 - len(parties)
    if len(others) < need or any(count > -2 and code not in first for count, code in others[:need]):
        return None
    if len(others) > need and 2 * others[need][0] <= others[need - 1][0]:
        return None  # a third is named more than half as often
    return parties | {code for _, code in others[:need]}
