"""The interval of a net: that it covers what it says, and that nothing accidental moves it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.measure.bootstrap import interval, net

PRIOR = 5.0
FOR, AGAINST = np.array([2.5, 2.5, 4.0, 5.0, 9.5, 10.0, 6.5]), np.array([3.0, 2.0, 3.5, 6.0, 7.0, 9.0])


def world(share: float, size: int = 40_000) -> np.ndarray:
    """Stories of one to four records, each with a temper of its own."""
    chance = np.random.default_rng(1)
    found = np.zeros((size, 2))
    for story in range(size):
        number = 1 + chance.poisson(0.7)
        kind = chance.random(number) < chance.beta(share * 1.2, (1 - share) * 1.2)
        found[story] = (
            FOR[chance.integers(0, len(FOR), number)][kind].sum(),
            AGAINST[chance.integers(0, len(AGAINST), number)][~kind].sum(),
        )
    return found


def coverage(stories: np.ndarray, number: int, times: int = 250) -> float:
    mean = stories.mean(axis=0) * number
    truth = net(mean[0], mean[1], PRIOR)
    chance = np.random.default_rng(3)
    held = 0
    for _ in range(times):
        drawn = stories[chance.integers(0, len(stories), number)]
        bounds = interval(drawn[:, 0], drawn[:, 1], PRIOR, draws=300)
        assert bounds is not None
        held += bounds[0] <= truth <= bounds[1]
    return held / times


@pytest.mark.slow
def test_intervals_of_nine_tenths_hold_the_truth_nine_times_in_ten() -> None:
    covered = [coverage(world(share), number) for share in (0.5, 0.7) for number in (8, 12, 20, 40)]
    assert 0.87 <= float(np.mean(covered)) <= 0.93, covered
    assert min(covered) >= 0.84, covered


def test_three_friendly_stories_are_not_certainty() -> None:
    bounds = interval(np.array([2.5, 2.5, 2.5]), np.zeros(3), PRIOR)
    assert bounds is not None and bounds[0] <= 0.2 < 0.6 <= bounds[1]


def test_one_story_has_no_interval() -> None:
    assert interval(np.array([5.0]), np.array([0.0]), PRIOR) is None


def test_stories_without_any_score_are_exactly_nothing() -> None:
    assert interval(np.zeros(3), np.zeros(3), PRIOR) == (0.0, 0.0)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 20), st.floats(0, 20)), min_size=2, max_size=12), st.randoms())
def test_the_order_of_the_stories_changes_nothing(stories: list[tuple[float, float]], chance: object) -> None:
    sums = np.array(stories)
    mixed = np.array(sorted(stories, reverse=True))
    assert interval(sums[:, 0], sums[:, 1], PRIOR, draws=200) == interval(mixed[:, 0], mixed[:, 1], PRIOR, draws=200)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 20), st.floats(0, 20)), min_size=2, max_size=12))
def test_an_interval_lies_within_what_a_net_can_be(stories: list[tuple[float, float]]) -> None:
    sums = np.array(stories)
    bounds = interval(sums[:, 0], sums[:, 1], PRIOR, draws=200)
    assert bounds is not None and -1 <= bounds[0] <= bounds[1] <= 1
