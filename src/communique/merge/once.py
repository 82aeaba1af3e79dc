"""What two states hardly do twice within a day: then pages of neighbouring days and other wordings tell of one time.

An ambassador is summoned, envoys are expelled, aircraft cross a border, a ship is handed over. As in `alike`, the
answer for (a, b) is that for (b, a).
"""

from __future__ import annotations

from communique.merge import alike, words
from communique.merge.telling import Telling
from communique.merge.words import counts, rules


def once(a: Telling, b: Telling) -> bool:
    """Whether two pages of different voices tell a deed of one state to another that is done once in days.

    On one and the same day its kind is enough. Where the two give neighbouring days, or one leaves the day open, what
    it is done with must be told by both, and the pages come out within the days of one story.
    """
    named = a.single and b.single
    kin = a.event == b.event or (named and alike.same_family(a, b))  # to summon is to accuse or to request
    if not kin or a.sides != b.sides or not a.sides[0] or not a.sides[1] or len(a.codes) != 2:
        return False
    if a.stance != b.stance or a.adds or b.adds or not alike.people_agree(a, b):
        return False
    if not words.one_act(a.act, b.act) or not (named or a.event in rules()["once_in_days"]):
        return False
    if _looked_back_on(a, b):
        return True
    if a.voice == b.voice or a.day is None or b.day is None or abs(a.day - b.day) > int(rules()["days_of_a_digest"]):
        return False
    if a.days == b.days == 1:
        apart = alike.gap(a, b)
        return (named and apart == 0) or (apart <= 1 and _one_thing(a, b))
    if alike.gap(a, b) or not alike.published_near(a, b):
        return False
    return (named and max(a.days or 1, b.days or 1) <= int(rules()["longest_time"])) or (
        min(a.days or 0, b.days or 0) == 1 and _one_thing(a, b)
    )


def _looked_back_on(a: Telling, b: Telling) -> bool:
    """Whether a later page tells of the month what the earlier one tells of the day, of as many of the same things."""
    exact, month = (a, b) if (a.days or 0) <= (b.days or 0) else (b, a)
    if exact.days != 1 or month.days is None or not 1 < month.days <= int(rules()["longest_time"]):
        return False
    counted = exact.clause.counts[1] & month.clause.counts[1]
    return bool(counted) and not alike.gap(a, b) and exact.act == month.act and _one_thing(a, b)


def _one_thing(a: Telling, b: Telling) -> bool:
    """Whether both sentences name what it is done with: "trucks", "airspace", and more than a number."""
    shared = {word for word in a.words & b.words if not counts(word) and word not in rules()["general_nouns"]}
    return bool(shared)
