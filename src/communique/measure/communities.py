"""Groups and weight in a signed graph: who hangs together, and who is well connected with the well connected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

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
        self.weight: dict[str, dict[str, float]] = {name: {} for name in nodes}
        for (one, other), value in weights.items():
            self.weight[one][other] = value
            self.weight[other][one] = value
        self.plus = {name: sum(max(value, 0.0) for value in held.values()) for name, held in self.weight.items()}
        self.minus = {name: sum(max(-value, 0.0) for value in held.values()) for name, held in self.weight.items()}
        self.all_plus, self.all_minus = sum(self.plus.values()), sum(self.minus.values())

    def gain(self, one: Sequence[str], other: Sequence[str]) -> float:
        tied = sum(self.weight[a].get(b, 0.0) for a in one for b in other)
        expected = 0.0
        if self.all_plus:
            expected += sum(self.plus[a] for a in one) * sum(self.plus[b] for b in other) / self.all_plus
        if self.all_minus:
            expected -= sum(self.minus[a] for a in one) * sum(self.minus[b] for b in other) / self.all_minus
        return tied - expected


def _moved(parts: list[tuple[str, ...]], score: _Modularity) -> list[tuple[str, ...]]:
    """One level: each part moves among groups of parts until nothing is gained."""
    home = list(range(len(parts)))
    members: list[list[int]] = [[number] for number in home]
    for _ in range(ROUNDS):
        still = True
        for number, part in enumerate(parts):
            old = home[number]
            best, gained = old, NEAR
            stay = sum(score.gain(part, parts[each]) for each in members[old] if each != number)
            for target, held in enumerate(members):
                if target == old or not held:
                    continue
                gain = sum(score.gain(part, parts[each]) for each in held) - stay
                if gain > gained:
                    best, gained = target, gain
            if best != old:
                members[old].remove(number)
                members[best].append(number)
                home[number] = best
                still = False
        if still:
            break
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
