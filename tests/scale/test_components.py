"""Connected parts of pairs are what joining pair by pair gives."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from communique.merge.groups import Groups
from communique.scale.components import components


def labels(pairs: list[tuple[int, int]]) -> dict[int, int]:
    one, other = (np.array([pair[end] for pair in pairs], dtype=np.int64) for end in (0, 1))
    members, found = components(one, other)
    return dict(zip(members.tolist(), found.tolist(), strict=True))


@hypothesis_settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=60))
def test_labels_are_the_smallest_of_those_that_hang_together(pairs: list[tuple[int, int]]) -> None:
    groups = Groups()
    for one, other in pairs:
        groups.join(f"{one:03d}", f"{other:03d}")
    assert labels(pairs) == {int(name): int(groups.root(name)) for each in groups.groups() for name in each}


def test_a_long_chain_in_any_order_is_one_part() -> None:
    order = np.random.default_rng(3).permutation(20_000)
    pairs = [(int(order[n]), int(order[n + 1])) for n in range(len(order) - 1)]
    assert set(labels(pairs).values()) == {0}


def test_numbers_of_sixty_bits_and_no_pairs_at_all_are_fine() -> None:
    assert labels([(7 << 40, 3 << 40), (9 << 40, 7 << 40)]) == dict.fromkeys((3 << 40, 7 << 40, 9 << 40), 3 << 40)
    assert labels([]) == {}
