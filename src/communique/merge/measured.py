"""Whether two figures of different documents measure one thing: the same amount of it, or another one."""

from __future__ import annotations

from communique.merge import alike
from communique.merge.amounts import agree, replaces
from communique.merge.telling import Telling
from communique.merge.topic import weight
from communique.merge.words import rules

LARGE = 10_000  # an amount from which two that are the same are hardly so by chance
LEAST_NAMES = 2  # rare words that two plans share of which each is the only amount in its report
LEAST_WORDS = 3  # words that an amount and what was planned months before must share


def figure_evidence(a: Telling, b: Telling, near: float) -> int:
    """Points for two figures measuring one thing, 0 where they must not be joined.

    Reports of one story share words, what is measured, the amount, or give the only amount in its unit. Outside a story
    only who it is between, with the same measure, tells that a report speaks of an earlier one's figure.
    """
    if not alike.figures_told(a, b):
        return 0
    if near < rules()["same_story"] or not alike.published_near(a, b):
        return _far(a, b)
    one, other = a.amounts[0], b.amounts[0]
    shared = len(a.words & b.words)
    nouns = set(one.nouns) & set(other.nouns) - set(rules()["general_nouns"])
    measured = _measured(a, b)
    lone = one.lone and other.lone
    if not alike.same_sides(a, b) and a.everybody and b.everybody:
        # of the only amount in its unit one report may name one side and the other both
        named = a.everybody < b.everybody or b.everybody < a.everybody
        if not (lone and named and measured and nouns):
            return 0
    same = agree(a, b)
    points = shared + 2 * same + 2 * measured + bool(a.everybody & b.everybody) + bool(nouns)
    points += near >= rules()["strong_story"]
    points += 2 * lone
    points += lone and not (one.measure and other.measure)
    points -= one.status != other.status
    points -= not (lone or alike.same_sides(a, b))
    pair = bool(a.between) and a.between == b.between
    large = same and pair and min(one.high or 0, other.high or 0) >= LARGE
    points += large
    if not (shared or nouns or large or (lone and pair)):
        return 0
    return points if points >= rules()["points_of_a_figure" if same else "points_of_another_amount"] else 0


def _one_matter(a: Telling, b: Telling) -> bool:
    """Whether both name one undertaking by two words of which not every text has them: "the railway from Aqaba"."""
    rare = {word for word in a.words & b.words if weight(word) >= rules()["weight_of_chief"]}
    return len(rare) >= LEAST_NAMES


def _measured(a: Telling, b: Telling) -> bool:
    """Whether both say what is measured, and it is one thing."""
    one, other = a.amounts[0].measure, b.amounts[0].measure
    return bool(one and other and set(one.split()) & set(other.split()))


def _far(a: Telling, b: Telling) -> int:
    """Points outside a story: the amount that the later report says it replaces, one statistic, or a changed plan."""
    if not a.between or a.between != b.between or a.day is None or b.day is None:
        return 0
    early, late = (a, b) if (a.day, a.order) <= (b.day, b.order) else (b, a)
    apart = late.day - early.day if late.day is not None and early.day is not None else 0
    shared = len(a.words & b.words)
    plan = int(rules()["days_of_a_plan"])
    if replaces(late, early) and apart <= plan:
        return int(rules()["points_of_another_amount"])
    one, other = early.amounts[0], late.amounts[0]
    if one.planned and other.planned and one.lone and other.lone and _one_matter(a, b) and apart <= plan:
        return int(rules()["points_of_another_amount"])
    if not _measured(a, b):
        return 0
    times = {(each.start, each.end) for each in (one, other)}
    bounded = one.start is not None and one.end is not None
    if len(times) == 1 and bounded and shared and apart <= rules()["days_of_a_correction"]:
        return int(rules()["points_of_another_amount"])
    if one.planned and shared >= LEAST_WORDS and apart <= plan and (len(times) == 1 or not bounded):
        return int(rules()["points_of_another_amount"])
    return 0
