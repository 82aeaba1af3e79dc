"""Balance and frustration of signed graphs, against every division tried one by one."""

from __future__ import annotations

import itertools
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.measure import balance


def drawn(chance: random.Random, most: int = 7) -> dict[tuple[str, str], int]:
    nodes = [f"n{number}" for number in range(chance.randint(2, most))]
    share = chance.random()
    return {pair: chance.choice((1, -1)) for pair in itertools.combinations(nodes, 2) if chance.random() < share}


def brute(signs: dict[tuple[str, str], int]) -> int:
    nodes = sorted({name for pair in signs for name in pair})
    best = len(signs)
    for camps in itertools.product((True, False), repeat=len(nodes)):
        side = dict(zip(nodes, camps, strict=True))
        best = min(best, sum((sign > 0) != (side[a] == side[b]) for (a, b), sign in signs.items()))
    return best


def brute_triads(signs: dict[tuple[str, str], int]) -> list[int]:
    counts = [0, 0, 0, 0]
    nodes = sorted({name for pair in signs for name in pair})
    for three in itertools.combinations(nodes, 3):
        ties = [signs.get(pair, signs.get(pair[::-1])) for pair in itertools.combinations(three, 2)]
        if None not in ties:
            counts[sum(tie == -1 for tie in ties)] += 1
    return counts


def test_frustration_and_triads_equal_brute_force_on_a_thousand_random_graphs() -> None:
    chance = random.Random(20210401)
    for _ in range(1000):
        signs = drawn(chance)
        found = balance.frustration(signs)
        assert found.exact and found.number == brute(signs) == len(found.ties), signs
        counts = brute_triads(signs)
        triads = balance.triads(signs)
        assert list(triads.counts) == counts and len(triads.tense) == counts[1] + counts[3]
        assert triads.share == ((counts[0] + counts[2]) / sum(counts) if sum(counts) else None)


@settings(max_examples=60, deadline=None)
@given(st.randoms(use_true_random=False))
def test_a_graph_made_of_two_camps_is_in_balance_however_large(chance: random.Random) -> None:
    nodes = [f"n{number:02}" for number in range(chance.randint(2, 60))]
    camp = {name: chance.random() < 0.5 for name in nodes}
    pairs = [pair for pair in itertools.combinations(nodes, 2) if chance.random() < 0.3]
    signs = {(a, b): 1 if camp[a] == camp[b] else -1 for a, b in pairs}
    found = balance.frustration(signs)
    assert (found.number, found.exact, found.ties) == (0, True, ())
    assert balance.triads(signs).share in (None, 1.0)


def test_the_order_of_pairs_and_of_their_names_changes_nothing() -> None:
    signs = {("a", "b"): 1, ("b", "c"): -1, ("a", "c"): 1, ("c", "d"): -1}
    turned = {(b, a): sign for (a, b), sign in reversed(signs.items())}
    assert balance.frustration(signs) == balance.frustration(turned)
    assert balance.triads(signs) == balance.triads(turned)


@pytest.mark.parametrize("size", [21, 40])
def test_a_large_graph_gives_a_bound_and_says_so(size: int) -> None:
    chance = random.Random(size)
    nodes = [f"n{number:02}" for number in range(size)]
    signs = {pair: chance.choice((1, -1)) for pair in itertools.combinations(nodes, 2)}
    found = balance.frustration(signs)
    assert not found.exact and 0 < found.number <= len(signs) / 2


def test_an_empty_graph_has_no_triangle_and_no_frustration() -> None:
    assert balance.triads({}).share is None
    assert balance.frustration({}).number == 0
