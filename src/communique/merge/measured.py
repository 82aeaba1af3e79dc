"""Whether two figures of different documents measure one thing."""

from __future__ import annotations

from communique.merge import alike
from communique.merge.amounts import agree
from communique.merge.telling import Telling
from communique.merge.words import rules


def figure_evidence(a: Telling, b: Telling, near: float) -> int:
    """Points for two figures of different documents measuring one thing, 0 where they must not be joined."""
    if (
        near < rules()["same_story"]
        or not alike.figures_told(a, b)
        or not alike.published_near(a, b)
        or not alike.same_sides(a, b)
    ):
        return 0
    one, other = a.amounts[0], b.amounts[0]
    shared = len(a.words & b.words)
    measured = bool(one.measure and other.measure and set(one.measure.split()) & set(other.measure.split()))
    same = agree(a, b)
    points = shared + 2 * same + 2 * measured + bool(a.everybody) + (near >= rules()["strong_story"])
    points -= one.status != other.status
    return points if shared and points >= rules()["points_of_a_figure" if same else "points_of_another_amount"] else 0
