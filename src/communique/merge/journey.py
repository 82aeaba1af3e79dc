"""Whether two tellings are of one journey that is announced, and named before it began.

As in `alike`, the answer for (a, b) is that for (b, a).
"""

from __future__ import annotations

from communique.merge import places, words
from communique.merge.alike import people_agree, published_near
from communique.merge.telling import Telling

TRAVEL = "visit"  # the stem of an act that takes somebody somewhere
MEETS = "meet"  # the stem of an act for which one travels
VISITS = "CONSULT"  # the kind of event of visits


def one_journey(a: Telling, b: Telling) -> bool:
    """Whether one page announces twice that somebody goes to a state."""
    return a.promising and b.promising and all(words.one_act(each.act, TRAVEL) for each in (a, b))


def _only_names(telling: Telling) -> bool:
    """Whether it tells a visit by a noun: "the visit", "her trip to China"."""
    return telling.event == VISITS and telling.rule.startswith("noun ") and telling.mode == TRAVEL


def plan_and_noun(a: Telling, b: Telling) -> bool:
    """Whether one announces a journey or a meeting, and the other only names the journey."""
    plan, noun = (a, b) if a.promising else (b, a)
    coming = any(words.one_act(plan.act, act) for act in (TRAVEL, MEETS))
    return plan.promising and coming and _only_names(noun) and a.sides == b.sides and people_agree(a, b)


def visit_ahead(a: Telling, b: Telling) -> bool:
    """Whether one announces a journey and the other only names it, before it began: "the deputy's visit to China"."""
    plan, noun = (a, b) if a.promising else (b, a)
    if not plan.due or not _only_names(noun) or noun.days is not None:
        return False
    if not words.one_act(plan.act, TRAVEL) or a.sides != b.sides or places.differ(a, b):
        return False
    ahead = noun.day is not None and plan.low is not None and noun.day < plan.low
    return ahead and people_agree(a, b) and published_near(a, b)
