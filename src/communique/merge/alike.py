"""Whether two tellings may be one event, and what they have in common. Pair and kind alone never make them one.

Nothing here looks at more than two tellings, and each question has the same answer for (a, b) and (b, a): so what is
merged does not depend on what came first.
"""

from __future__ import annotations

import math

from communique.merge import differs, words
from communique.merge.telling import FIGURE, Telling
from communique.merge.topic import weight
from communique.merge.words import rules

SAID_AGAIN = 0.5  # share of the words of the shorter sentence that another one shares where it says the same again
LEAST_WORDS = 2  # words that are shared at least where it is not known of both who takes part
MOST_WORDS = 3  # points that shared words can give


def possible(a: Telling, b: Telling) -> bool:
    """Whether nothing speaks against their being one event: kind, sides, people, stance and dates agree or are open."""
    return a.event == b.event and same_stance(a, b) and same_sides(a, b) and people_agree(a, b) and dates_allow(a, b)


def same_stance(a: Telling, b: Telling) -> bool:
    """Whether both say that it was, will be, may be or was not; what is long past was, too."""
    past = ("actual", "historical")
    return a.stance == b.stance or (a.stance in past and b.stance in past)


def same_sides(a: Telling, b: Telling) -> bool:
    """Whether the same states (or names) stand on the same sides; at mutual events, whether the same take part."""
    if a.mutual or b.mutual or a.event == FIGURE:
        return a.everybody == b.everybody
    return a.sides == b.sides


def people_agree(a: Telling, b: Telling) -> bool:
    """Whether no state is stood for by different people; a report that names nobody contradicts nobody."""
    return all(
        any(_one_name(one, other) for one in names for other in b.people[code])
        for code, names in a.people.items()
        if code in b.people
    )


def _one_name(one: str, other: str) -> bool:
    """Whether two names are one: the same, or one without the other's first names."""
    first, second = set(one.split()), set(other.split())
    return first <= second or second <= first


def named(a: Telling, b: Telling) -> bool:
    """Whether both name the same person."""
    return names_shared(a, b) > 0


def names_shared(a: Telling, b: Telling) -> int:
    """By how many sides both name the same person, in full or by the last name."""
    return sum(
        any(_one_name(one, other) for one in a.people[code] for other in b.people[code])
        for code in a.people.keys() & b.people.keys()
    )


def dates_allow(a: Telling, b: Telling) -> bool:
    """Whether some day lies within both dates, as far as they are known."""
    starts = [day for day in (a.since, b.since) if day]
    ends = [day for day in (a.until, b.until) if day]
    return not starts or not ends or max(starts) <= min(ends)


def gap(a: Telling, b: Telling) -> int:
    """Days between two dates that do not meet; 0 where they may meet."""
    if dates_allow(a, b):
        return 0
    starts = [day for day in (a.since, b.since) if day]
    ends = [day for day in (a.until, b.until) if day]
    return max(starts) - min(ends)


def published_near(a: Telling, b: Telling) -> bool:
    """Whether the two documents came out within the days of one story, or it is not known when."""
    if a.day is None or b.day is None:
        return True
    late = a if a.day > b.day else b
    return abs(a.day - b.day) <= int(rules()["days_of_a_correction" if late.revises else "days_of_a_story"])


def standing(a: Telling, b: Telling) -> bool:
    """Whether both tell, without a day, whom one stands with, what one supports, or with whom one is in contact.

    That is one attitude, whoever of a government speaks of it; nobody does it anew each time it is told.
    """
    if not between_states(a) or not same_sides(a, b) or not same_stance(a, b):
        return False
    if a.event != b.event and not (a.lasting and b.lasting):
        return False
    if a.lasting and b.lasting:  # with a people, or with one of them
        to = a.sides[1]
        return people_agree(a, b) and a.people.keys() & to == b.people.keys() & to
    if a.in_touch and b.in_touch:  # with its officials, or with the same sort of them
        return a.people.keys() == b.people.keys()
    bond = a.event == "SUPPORT" and bool(a.words & b.words & words.stems("bonds"))
    if bond and a.days is None and b.days is None and a.day == b.day:
        return True
    if not (a.backing and b.backing):
        return False
    again = mostly(a, b) and differs.rare_words(a, b) >= float(rules()["rarity_of_a_seldom_deed"])
    again = again or (len(a.words & b.words) > MOST_WORDS and differs.verbatim(a, b))
    return again or _one_object(a, b)


def _one_object(a: Telling, b: Telling) -> bool:
    """Whether two clauses name one thing of those whom they back, or nothing but these."""
    one, other = a.clause.things, b.clause.things
    if not (one and other):
        named = bool(a.aims) and a.aims == b.aims
        return not (one or other or a.promising) and (a.key == b.key or named)
    shared = math.fsum(weight(word) for word in one & other)
    least = min(math.fsum(weight(word) for word in side) for side in (one, other))
    return shared >= SAID_AGAIN * least and shared > 0


def mostly(a: Telling, b: Telling) -> bool:
    """Whether two sentences share most of what the shorter one says, and three words or all of them."""
    shared, least = len(a.words & b.words), min(len(a.words), len(b.words))
    return shared >= min(least, MOST_WORDS) and shared > 0 and shared >= SAID_AGAIN * least


def figures_told(a: Telling, b: Telling) -> bool:
    """Whether two figures measure in the same unit by the same time."""
    one, other = a.amounts[0], b.amounts[0]
    return one.unit == other.unit and one.per == other.per and bool(one.unit)


def between_states(telling: Telling) -> bool:
    """Whether it is known which two states (or bodies) it is between: then who takes part says which event it is."""
    return len(telling.codes) > 1


def may_be_same_sides(a: Telling, b: Telling) -> bool:
    """Whether the two name a state in common, or one of them names none."""
    return not a.codes or not b.codes or bool(a.codes & b.codes)


def same_family(a: Telling, b: Telling) -> bool:
    """Whether the two kinds of event may be told of one thing: promised and signed, met and agreed."""
    return a.event == b.event or any(a.event in kinds and b.event in kinds for kinds in rules()["families"].values())


def same_family_or_force(a: Telling, b: Telling) -> bool:
    """Whether the two kinds may be told of one thing, or both of the one act."""
    return same_family(a, b) or words.one_act(a.act, b.act)


def same_act(a: Telling, b: Telling) -> bool:
    """Whether both tell one act: words that reports choose between, or one pattern of the coder.

    The encoder is one rule for every event it finds: that it found both says nothing.
    """
    if words.one_act(a.act, b.act) or (a.promising and b.promising and len(a.words & b.words) > 1):
        return True
    return bool(a.rule) and a.rule not in rules()["wide_rules"] and a.rule == b.rule and a.mode == b.mode


def light(a: Telling, b: Telling) -> bool:
    """Whether the words for both acts are such as stand in every text."""
    light = rules()["light_acts"]
    return a.act in light and b.act in light


def meet(a: Telling, b: Telling, near: float) -> bool:
    """Whether the two are of one story, or dated well enough and within reach of each other."""
    if near >= rules()["same_story"]:
        return True
    one, other = a.reach, b.reach
    if not all(each.wide or each.event == FIGURE for each in (a, b)):
        return False
    return a.dated and b.dated and one[0] <= other[1] and other[0] <= one[1]
