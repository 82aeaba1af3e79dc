"""Texts become stories: reports of one occasion that came out within days of each other."""

from __future__ import annotations

import heapq
from collections.abc import Iterable

from communique.merge.groups import Groups
from communique.merge.nearness import Nearness
from communique.merge.words import rules


def grouped(texts: Iterable[str], near: Nearness) -> list[list[str]]:
    """Texts in stories: two groups are one as long as their texts are near each other on average.

    The nearest are joined first, so that what is given first changes nothing; groups and their members are sorted.
    """
    held = {text: [text] for text in sorted(set(texts))}
    least = float(rules()["same_story"])
    pairs = [(-value, one, other) for one, other, value in near.edges() if one in held and other in held]
    heapq.heapify(pairs)
    home = Groups(held)
    while pairs:
        value, one, other = heapq.heappop(pairs)
        first, second = home.root(one), home.root(other)
        if first == second:
            continue
        average = sum(near(a, b) for a in held[first] for b in held[second]) / (len(held[first]) * len(held[second]))
        if average < least:
            continue
        if average < -value - 1e-9 and pairs and average < -pairs[0][0]:
            heapq.heappush(pairs, (-average, one, other))  # its turn comes when it is the nearest left
            continue
        home.join(first, second)
        kept = home.root(first)
        gone = second if kept == first else first
        held[kept] += held.pop(gone)
    return sorted(sorted(members) for members in held.values())


def central(texts: Iterable[str], near: Nearness) -> str:
    """The text that is nearest to all others of its story; of equals the first."""
    listed = sorted(texts)
    return min(listed, key=lambda text: (-round(sum(near(text, other) for other in listed), 6), listed.index(text)))
