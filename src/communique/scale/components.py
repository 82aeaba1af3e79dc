"""Who belongs together, when it is known who belongs with whom: connected parts of very many pairs of numbers."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]


def components(one: Numbers, other: Numbers) -> tuple[Numbers, Numbers]:
    """(members, labels): every number that stands in a pair, sorted, and the smallest one that it is connected with.

    Labels are handed on along all pairs at once, and each then takes the label of its label (as in Shiloach and
    Vishkin 1982), so rounds are few however long a chain is. Needs about 60 bytes for each pair.
    """
    members, places = np.unique(np.concatenate((one, other)), return_inverse=True)
    a, b = places[: len(one)], places[len(one) :]
    label = np.arange(len(members), dtype=np.int64)
    while True:
        low = np.minimum(label[a], label[b])
        fresh = label.copy()
        # the labels of both ends are hooked onto the smaller one, not the ends alone: whole trees move
        for ends in (a, b):
            np.minimum.at(fresh, label[ends], low)
            np.minimum.at(fresh, ends, low)
        while True:
            shorter = fresh[fresh]
            if np.array_equal(shorter, fresh):
                break
            fresh = shorter
        if np.array_equal(fresh, label):
            return members.astype(np.int64), members[label].astype(np.int64)
        label = fresh
