"""The interval of a net: that it covers what it says, and that nothing accidental moves it."""

from __future__ import annotations

import functools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.measure.bootstrap import MOST_ALIKE, interval, middle, net

PRIOR = 5.0
FOR, AGAINST = np.array([2.5, 2.5, 4.0, 5.0, 9.5, 10.0, 6.5]), np.array([3.0, 2.0, 3.5, 6.0, 7.0, 9.0])


@functools.cache
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


def coverage(stories: np.ndarray, number: int, times: int = 1200) -> float:
    mean = stories.mean(axis=0) * number
    truth = net(mean[0], mean[1], PRIOR)
    chance = np.random.default_rng(3)
    held = 0
    for _ in range(times):
        drawn = stories[chance.integers(0, len(stories), number)]
        bounds = interval(drawn[:, 0], drawn[:, 1], PRIOR)
        assert bounds is not None
        held += bounds[0] <= truth <= bounds[1]
    return held / times


@pytest.mark.slow
def test_intervals_of_nine_tenths_hold_the_truth_nine_times_in_ten() -> None:
    for share in (0.5, 0.6, 0.7):
        stories = world(share)
        covered = {number: coverage(stories, number) for number in (8, 12, 20, 50, 100)}
        assert all(0.87 <= held <= 0.93 for held in covered.values()), (share, covered)


@pytest.mark.slow
def test_intervals_of_few_or_one_sided_stories_are_never_too_narrow() -> None:
    for share in (0.5, 0.7, 0.9):
        stories = world(share)
        covered = {number: coverage(stories, number, times=600) for number in (3, 5, 8, 20, 50)}
        assert all(held >= 0.87 for held in covered.values()), (share, covered)


@given(st.lists(st.floats(-1, 1), min_size=1, max_size=40), st.floats(0.01, 0.99))
def test_the_middle_of_values_is_that_of_numpy(values: list[float], confidence: float) -> None:
    tail = (1 - confidence) / 2
    assert middle(np.array(values), confidence) == pytest.approx(tuple(np.quantile(values, [tail, 1 - tail])))


def test_many_stories_are_drawn_as_few_are() -> None:
    chance = np.random.default_rng(5)
    few, many = (
        interval(sums[:, 0], sums[:, 1], PRIOR, draws=20_000)
        for sums in (chance.choice([[4.0, 0.0], [0.0, 3.0], [1.0, 1.0]], size) for size in (MOST_ALIKE,))
        for sums in (sums, np.vstack([sums, sums[:1]]))
    )
    assert few is not None and many is not None
    assert few == pytest.approx(many, abs=0.01)


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
