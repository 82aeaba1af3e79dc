"""Balance of a signed graph: which triangles hold together, and how many ties would have to turn for all to do so.

A triangle is balanced where the product of its signs is positive: friends of friends, and two friends with a common
opponent (Heider 1946; Cartwright and Harary 1956). The frustration of a graph is the least number of ties that do not
fit a division into two camps, with friends inside and opponents across (Harary 1959); zero is perfect balance.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

Signs = Mapping[tuple[str, str], int]
EXACT_UP_TO = 20  # nodes of a connected part: half a million divisions are all tried
BLOCK = 1 << 15


@dataclass(frozen=True, slots=True)
class Triads:
    """The triangles by their number of negative ties: 0 and 2 are balanced, 1 and 3 are not. tense are the unbalanced.

    share is the share of balanced triangles, None where there is no triangle.
    """

    counts: tuple[int, int, int, int]
    tense: tuple[tuple[str, str, str], ...]

    @property
    def share(self) -> float | None:
        """The share of balanced triangles."""
        total = sum(self.counts)
        return (self.counts[0] + self.counts[2]) / total if total else None


@dataclass(frozen=True, slots=True)
class Frustration:
    """The least number of ties that fit no division into two camps; camps is the division, ties those that do not fit.

    exact is False where a part of the graph is too large to try every division: then it is the best that was found.
    """

    number: int
    exact: bool
    camps: tuple[frozenset[str], frozenset[str]]
    ties: tuple[tuple[str, str], ...]


def triads(signs: Signs) -> Triads:
    """All triangles of a signed graph. signs: +1 or -1 by pair, in either order of names."""
    held = _both_ways(signs)
    nodes = sorted(held)
    counts = [0, 0, 0, 0]
    tense = []
    for one in nodes:
        later = [other for other in sorted(held[one]) if other > one]
        for other, third in itertools.combinations(later, 2):
            if third in held[other]:
                negative = (held[one][other] < 0) + (held[one][third] < 0) + (held[other][third] < 0)
                counts[negative] += 1
                if negative % 2:
                    tense.append((one, other, third))
    return Triads((counts[0], counts[1], counts[2], counts[3]), tuple(tense))


def frustration(signs: Signs) -> Frustration:
    """The frustration of a signed graph, exact where no connected part has more than EXACT_UP_TO nodes.

    Of several best divisions the one is given that is found first in the order of names, so it is always the same.
    """
    held = _both_ways(signs)
    left: set[str] = set()
    exact = True
    for part in _parts(held):
        if len(part) <= EXACT_UP_TO:
            left |= _divided(part, held)
        else:
            exact = False
            left |= _improved(part, held)
    ties = []
    for (one, other), sign in sorted((tuple(sorted(pair)), sign) for pair, sign in signs.items()):
        if (sign > 0) != ((one in left) == (other in left)):
            ties.append((one, other))
    right = frozenset(held) - left
    return Frustration(len(ties), exact or not ties, (frozenset(left), right), tuple(ties))


def _both_ways(signs: Signs) -> dict[str, dict[str, int]]:
    held: dict[str, dict[str, int]] = {}
    for (one, other), sign in signs.items():
        held.setdefault(one, {})[other] = sign
        held.setdefault(other, {})[one] = sign
    return held


def _parts(held: Mapping[str, Mapping[str, int]]) -> Iterable[list[str]]:
    """The connected parts, each sorted by name."""
    seen: set[str] = set()
    for start in sorted(held):
        if start in seen:
            continue
        part, waiting = {start}, [start]
        while waiting:
            for other in held[waiting.pop()]:
                if other not in part:
                    part.add(other)
                    waiting.append(other)
        seen |= part
        yield sorted(part)


def _divided(part: list[str], held: Mapping[str, Mapping[str, int]]) -> set[str]:
    """Who stands with the first of a part in the best division; every division is tried."""
    number = {name: position for position, name in enumerate(part)}
    ties = [(number[a], number[b], held[a][b]) for a in part for b in held[a] if number[a] < number[b]]
    best, chosen = len(ties) + 1, 0
    for begin in range(0, 1 << (len(part) - 1), BLOCK):
        # bit n - 1 says whether node n stands on the other side; node 0 always stands on this one
        codes = np.arange(begin, min(begin + BLOCK, 1 << (len(part) - 1)), dtype=np.int64) << 1
        wrong = np.zeros(len(codes), dtype=np.int32)
        for one, other, sign in ties:
            apart = ((codes >> one) ^ (codes >> other)) & 1
            wrong += (apart if sign > 0 else 1 - apart).astype(np.int32)
        at = int(np.argmin(wrong))
        if wrong[at] < best:
            best, chosen = int(wrong[at]), int(codes[at])
    return {name for name, position in number.items() if not chosen >> position & 1}


def _improved(part: list[str], held: Mapping[str, Mapping[str, int]]) -> set[str]:
    """A good division of a large part: begun along the ties from the best connected, then moved while that helps."""
    side = {max(part, key=lambda name: (len(held[name]), name)): 1}
    waiting = list(side)
    while waiting:
        one = waiting.pop(0)
        for other in sorted(held[one]):
            if other not in side:
                side[other] = side[one] * held[one][other]
                waiting.append(other)
    moved = True
    while moved:
        moved = False
        for name in part:
            if sum(sign * side[name] * side[other] for other, sign in held[name].items()) < 0:
                side[name] = -side[name]  # each move lowers the number of ties that do not fit, so this ends
                moved = True
    return {name for name, camp in side.items() if camp == side[part[0]]}
