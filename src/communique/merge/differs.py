"""What two clauses tell differently that one event has once: then they tell two, whatever else they share.

As in `alike`, the answer for (a, b) is that for (b, a).
"""

from __future__ import annotations

import math

from communique.merge import words
from communique.merge.telling import Telling
from communique.merge.topic import weight
from communique.merge.words import content, rules

ALIKE = 2  # words after the verb that tell that "another" is the same other
VERBATIM = 0.8  # share of the words of a sentence that another one prints again, from which nothing else is asked


def apart(a: Telling, b: Telling) -> bool:
    """Whether something of one clause contradicts the other's, in one text or in two."""
    one, other = a.clause, b.clause
    if one.hour != other.hour and one.hour and other.hour:
        return True
    deeds = rules()["deeds"]
    if a.event in deeds and (_disjoint(one.lands, other.lands) or another_named(a, b)):
        return True
    if a.event in deeds and b.event in deeds and _other_camp(a, b):
        return True
    if not (_known(a) and _known(b)) and (_other_days(one.days, other.days) or _other_victims(a, b)):
        return True
    if verbatim(a, b):
        return False
    if rare_words(a, b) < rules()["rarity_of_a_saying"] and one.deed and other.deed and not deeds_agree(a, b):
        return True
    # "another cutter" and "a second cutter" of one coast guard are one: reports say alike that there was one before
    further = one.others != other.others and len(one.things & other.things) < ALIKE
    return further or one.general or other.general


def apart_in_one_text(a: Telling, b: Telling) -> bool:
    """Whether two clauses of one text are of two events: two reports may count the same victims differently."""
    if apart(a, b):
        return True
    if not a.mutual and (counted_otherwise(a, b) or turned(a, b)):
        return True
    if a.event not in rules()["deeds"]:
        return False
    if _elsewhere(a, b):
        return True
    if rare_words(a, b) >= rules()["rarity_of_a_saying"]:
        return False
    # whose state is known may be its army here and its air force there
    actors = not (a.sides[0] & a.codes) and _disjoint(a.clause.sides[0], b.clause.sides[0])
    return actors or _disjoint(a.clause.sides[1], b.clause.sides[1])


def rare_words(a: Telling, b: Telling) -> float:
    """How much the words say that both sentences have besides those who take part and the act: 1 for each rare one."""
    return math.fsum(weight(word) for word in a.words & b.words)


def rarity(a: Telling, b: Telling) -> float:
    """The same of all words that both sentences have."""
    return math.fsum(weight(word) for word in a.all_words & b.all_words)


def counted_alike(a: Telling, b: Telling) -> bool:
    """Whether both give the same number, in digits, of those who act or of those to whom it is done."""
    same = {word for x, y in zip(a.clause.counts, b.clause.counts, strict=True) for word in x & y}
    return any(word.isdigit() and len(word) > 1 for word in same)


def counted_otherwise(a: Telling, b: Telling) -> bool:
    """Whether they give other numbers of those who act, or of those to whom it is done."""
    return any(_disjoint(x, y) for x, y in zip(a.clause.counts, b.clause.counts, strict=True))


def disputed(a: Telling, b: Telling) -> bool:
    """Whether two reports tell one deed of one day at one place: then they only count otherwise."""
    same_day = a.days is not None and a.days == b.days == 1 and a.low == b.low
    return same_day and words.one_act(a.act, b.act) and bool(a.clause.things & b.clause.things)


def another_named(a: Telling, b: Telling) -> bool:
    """Whether it is done to two who are called by other names, of whom neither stands in the other's sentence."""
    if a.mutual or b.mutual:
        return False
    one, other = a.clause.called[1], b.clause.called[1]
    near = [each.all_words for each in (a, b)]
    if a.event not in rules()["one_of_a_sentence"]:  # who is dismissed is so by himself, an attack has many victims
        near = [each.clause.things | frozenset().union(*each.clause.sides, *each.clause.called) for each in (a, b)]
    return _disjoint(one, other) and one.isdisjoint(near[1]) and other.isdisjoint(near[0])


def _other_camp(a: Telling, b: Telling) -> bool:
    """Whether one is the deed of a force of the state and the other that of those whom it fights."""
    one, other = (each.clause.sides[0] | {word for who in each.sides[0] for word in content(who)} for each in (a, b))
    forces, outlaws = words.stems("forces_of_a_state"), words.stems("outlaws")
    return bool((one & forces and other & outlaws) or (one & outlaws and other & forces))


def turned(a: Telling, b: Telling) -> bool:
    """Whether somebody only acts in the one and is only acted on in the other; who stands on both sides does both."""
    acting = [each.sides[0] - each.sides[1] for each in (a, b)]
    suffering = [each.sides[1] - each.sides[0] for each in (a, b)]
    return bool(acting[0] & suffering[1] or acting[1] & suffering[0])


def _other_victims(a: Telling, b: Telling) -> bool:
    """Whether both count, in digits, those to whom a deed was done, and not alike."""
    if a.event not in rules()["deeds"]:
        return False
    one, other = (frozenset(word for word in each.clause.counts[1] if word.isdigit()) for each in (a, b))
    return _disjoint(one, other)


def deeds_agree(a: Telling, b: Telling) -> bool:
    """Whether both promise or ask to do one thing: "release him" and "effect his release"."""
    one, other = a.clause, b.clause
    if not (one.deed and other.deed):
        return False
    if words.one_act(one.deed, other.deed) or one.deed in other.things or other.deed in one.things:
        return True
    # "to show restraint and talk", "to talk directly and show restraint"
    return one.deed in b.words or other.deed in a.words


def _elsewhere(a: Telling, b: Telling) -> bool:
    """Whether each sentence puts its deed in a town of which the other says nothing."""
    one, other = a.clause.spots, b.clause.spots
    return _disjoint(one, other) and one.isdisjoint(b.all_words) and other.isdisjoint(a.all_words)


def _known(telling: Telling) -> bool:
    return telling.days is not None and telling.days <= int(rules()["longest_time"])


def _other_days(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether both name days of one sort, of the week or of a month, and not the same."""
    if len(one) != 1 or len(other) != 1 or one == other:
        return False
    return [" " in day for day in one] == [" " in day for day in other]


def verbatim(a: Telling, b: Telling) -> bool:
    """Whether one sentence has nearly all words of the other, and more than two."""
    shared, least = len(a.words & b.words), min(len(a.words), len(b.words))
    return shared > 2 and shared >= VERBATIM * least


def _disjoint(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one and other) and one.isdisjoint(other)
