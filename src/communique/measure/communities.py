"""Groups and weight in a signed graph: who hangs together, and who is well connected with the well connected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Weights = Mapping[tuple[str, str], float]
ROUNDS = 1000
NEAR = 1e-12


def communities(weights: Weights) -> dict[str, int]:
    """The group of each node, 1 the largest (then by name), by signed modularity (Gómez, Jensen and Arenas 2009).

    weights: positive or negative by pair. Nodes move to the group that raises modularity most, in the order of names,
    until none does; then groups move as one. Friends end together, opponents apart; the same graph gives the same
    groups, always.
    """
    nodes = sorted({name for pair in weights for name in pair})
    score = _Modularity(weights, nodes)
    parts: list[tuple[str, ...]] = [(name,) for name in nodes]
    while True:
        merged = _moved(parts, score)
        if len(merged) == len(parts):
            break
        parts = merged
    ordered = sorted(parts, key=lambda part: (-len(part), part))
    return {name: number for number, part in enumerate(ordered, 1) for name in part}


class _Modularity:
    """What two sets of nodes add to the signed modularity by standing in one group."""

    def __init__(self, weights: Weights, nodes: Sequence[str]) -> None:
        self._place = {name: number for number, name in enumerate(nodes)}
        self._weight = np.zeros((len(nodes), len(nodes)))
        for (one, other), value in sorted(weights.items()):
            self._weight[self._place[one], self._place[other]] = value
            self._weight[self._place[other], self._place[one]] = value

    def gains(self, parts: Sequence[Sequence[str]]) -> Numbers:
        """For each two parts what they gain by standing together: their ties less those that chance would give them."""
        member = np.zeros((len(parts), len(self._place)))
        for number, part in enumerate(parts):
            member[number, [self._place[name] for name in part]] = 1.0
        found = member @ self._weight @ member.T
        for sign in (1.0, -1.0):
            degree = np.maximum(sign * self._weight, 0.0).sum(axis=1)
            if (total := degree.sum()) > 0:
                of_part = member @ degree
                found -= sign * np.outer(of_part, of_part) / total
        return np.asarray(found, dtype=np.float64)


def _moved(parts: list[tuple[str, ...]], score: _Modularity) -> list[tuple[str, ...]]:
    """One level: each part moves among groups of parts until nothing is gained."""
    gains = score.gains(parts)
    home = np.arange(len(parts))
    for _ in range(ROUNDS):
        still = True
        for number in range(len(parts)):
            old = home[number]
            joined = np.bincount(home, weights=gains[number], minlength=len(parts))
            gain = joined - (joined[old] - gains[number, number])
            gain[np.bincount(home, minlength=len(parts)) == 0] = -np.inf
            gain[old] = 0.0
            # of gains that differ by the noise of sums alone, the first
            best = int(np.argmax(gain >= gain.max() - NEAR)) if gain.max() > NEAR else old
            if best != old:
                home[number] = best
                still = False
        if still:
            break
    members = [[number for number in range(len(parts)) if home[number] == group] for group in range(len(parts))]
    return [tuple(sorted(name for each in held for name in parts[each])) for held in members if held]


def eigenvector(weights: Weights, nodes: Sequence[str]) -> dict[str, float]:
    """The eigenvector centrality of positive ties, the greatest being 1 (Bonacich 1972); 0 for who has none.

    By power iteration on A + I, which converges for every graph; parts that are not the strongest fade to 0.
    """
    value = dict.fromkeys(nodes, 1.0)
    if not weights:
        return dict.fromkeys(nodes, 0.0)
    for _ in range(ROUNDS):
        grown = dict(value)
        for (one, other), weight in sorted(weights.items()):
            grown[one] += weight * value[other]
            grown[other] += weight * value[one]
        most = max(grown.values())
        grown = {name: held / most for name, held in grown.items()}
        change = max(abs(grown[name] - value[name]) for name in grown)
        value = grown
        if change < NEAR:
            break
    return {name: 0.0 if held < 1e-6 else held for name, held in value.items()}
