"""What two reports of one event tell differently around it: who was there, in whose waters, by which crossing."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Literal

from communique.merge.fact import CROSSING, DEED, OPENING, PRESENCE, SIDE, SPOT, Fact, words
from communique.merge.telling import Telling
from communique.merge.words import rules, tokens

Contrast = tuple[Literal["date", "place", "participants", "stance"], Literal["contradiction", "more named"], str, str]
NAME, OFFICE, GROUP, KIND = "name ", "office ", "group ", "kind "
RARE = 2  # words that two reports share besides a day for them to tell of one undertaking


def contrasts(a: Telling, b: Telling) -> Iterator[Contrast]:
    """Field, verdict and both values, a's first. Nothing where both are of one document or of copies of one."""
    if a.text == b.text or not (a.facts or b.facts):
        return
    found: dict[Contrast, None] = {}
    for one in a.facts:
        for other in b.facts:
            for each in _two(one, other, a, b):
                found[each] = None
    for each in _undone(a, b):
        found[each] = None
    for field, verdict, mine, theirs in _undone(b, a):
        found[field, verdict, theirs, mine] = None
    if not any(each[0] == "participants" for each in found):
        company = [
            [fact for fact in side.facts if fact.kind == PRESENCE and fact.holds and _names(fact)] for side in (a, b)
        ]
        if all(company) and not any(_names(x) & _names(y) for x in company[0] for y in company[1]):
            shown = [", ".join(dict.fromkeys(fact.text for fact in side)) for side in company]
            found["participants", "more named", shown[0], shown[1]] = None
    yield from found


def _two(one: Fact, other: Fact, a: Telling, b: Telling) -> Iterator[Contrast]:
    """What two facts of one kind contradict each other in."""
    if one.kind != other.kind:
        return
    if one.kind == PRESENCE and one.holds != other.holds:
        there, gone, teller = (one, other, b) if one.holds else (other, one, a)
        if _same_person(there, gone) and not _takes_part(there, teller):
            yield "participants", "contradiction", one.text, other.text
    elif _waters_differ(one, other) or (one.marks.isdisjoint(other.marks) and _one_crossing(one, a, b)):
        yield "place", "contradiction", one.text, other.text
    elif one.kind == SPOT and one.holds != other.holds and one.marks == other.marks:
        # who says "south of Hanko, not off Porvoo" is asked by the words for where it was instead
        told = [_instead(fact, side) for fact, side in ((one, a), (other, b))]
        yield "place", "contradiction", told[0], told[1]


def _instead(fact: Fact, side: Telling) -> str:
    """Where it was by a report that says where it was not, if it says so; else its own words."""
    said = (each.text for each in side.facts if each.kind == SPOT and each.holds)
    return fact.text if fact.holds else next(said, fact.text)


def _waters_differ(one: Fact, other: Fact) -> bool:
    """Whether one is within a state's waters and the other outside of them, or in nobody's."""
    if one.kind != SIDE:
        return False
    if one.marks == other.marks:
        return one.holds != other.holds
    nobodys = [fact for fact in (one, other) if "*" in fact.marks]
    return len(nobodys) == 1 and one.holds and other.holds


def _one_crossing(fact: Fact, a: Telling, b: Telling) -> bool:
    """Whether each report names one crossing alone: a convoy may use two."""
    return fact.kind == CROSSING and all(
        len({fact.marks for fact in side.facts if fact.kind == CROSSING}) == 1 for side in (a, b)
    )


def _names(fact: Fact) -> frozenset[str]:
    return frozenset(mark.removeprefix(NAME) for mark in fact.marks if mark.startswith(NAME))


def _offices(fact: Fact) -> frozenset[str]:
    return frozenset(mark.removeprefix(OFFICE) for mark in fact.marks if mark.startswith(OFFICE))


def _same_person(there: Fact, gone: Fact) -> bool:
    """Whether who was there is one of those who were not: by name, by office and state, or as one of a group."""
    if there.codes and gone.codes and there.codes.isdisjoint(gone.codes):
        return False
    groups = {mark.removeprefix(GROUP) for mark in gone.marks if mark.startswith(GROUP)}
    mine, theirs = _offices(there), _offices(gone)
    if groups:
        table = words()["groups"]
        if "civilian" in groups and not mine.isdisjoint(words()["armed"]):
            return False
        return bool(mine) and all(not mine.isdisjoint(table[group]) for group in groups)
    first, second = _names(there), _names(gone)
    if first and second:
        return bool(first & second)
    return bool(mine) and mine == theirs


def _takes_part(there: Fact, teller: Telling) -> bool:
    """Whether the report that misses somebody has him among those who met."""
    known = {word for people in teller.people.values() for name in people for word in tokens(name)}
    return not _names(there).isdisjoint(known)


def _undone(a: Telling, b: Telling) -> Iterator[Contrast]:
    """That one says was not done what the other's sentence has: "no radar was locked"."""
    for fact in a.facts:
        if fact.kind == DEED and not fact.holds and fact.marks <= b.all_words | {b.act}:
            yield "stance", "contradiction", fact.text, b.stance


def moved(early: Telling, late: Telling) -> Iterator[tuple[str, str]]:
    """The day of an opening that the earlier report gives, and the other one that the later report puts in its place.

    The two are of the same states and tell by two words besides that they are of one undertaking.
    """
    if early.day is None or late.day is None or not early.day < late.day or early.text == late.text:
        return
    if early.codes != late.codes or late.day - early.day > rules()["days_of_a_plan"]:
        return
    for old, new in itertools.product(early.facts, late.facts):
        if old.kind != OPENING or new.kind != OPENING or not new.moved or not _other_day(old.value, new.value):
            continue
        kinds = {mark for mark in old.marks & new.marks if mark.startswith(KIND)}
        shared = ((old.marks | early.words) & (new.marks | late.words)) - kinds
        if kinds and sum(not word.isdigit() for word in shared) >= RARE:
            yield old.text, new.text


def _other_day(one: str, other: str) -> bool:
    """Whether two days, as far as both are told, are not one."""
    return not (one.startswith(other) or other.startswith(one))
