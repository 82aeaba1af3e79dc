"""The choices of knowledge/measure.yaml, checked once and typed."""

from __future__ import annotations

import functools
from dataclasses import dataclass, field
from typing import Any

from communique.errors import KnowledgeError, UsageError
from communique.knowledge import load

FILE = "measure.yaml"
WEIGHTS = ("plover", "goldstein", "quad")


@dataclass(frozen=True, slots=True)
class Rules:
    """What counts, what it weighs and how sure a figure must be.

    priors: kappa by the name of the weights, in units of score. half_life: days. confidence: the share of the time that
    an interval should hold the truth. imagined: how many stories of each sign are imagined beside the real ones.
    """

    priors: dict[str, float]
    quad: dict[int, float]
    stances: frozenset[str]
    fewest: int
    half_life: float
    confidence: float
    draws: int
    seed: int
    imagined: float
    words: tuple[tuple[float, str], ...] = field(default=())

    def word(self, net: float) -> str:
        """What a net of this size is called."""
        return next((word for bound, word in self.words if net >= bound), self.words[-1][1])

    def prior(self, weights: str) -> float:
        """The kappa of these weights. Raises UsageError where there are no such weights."""
        if weights not in self.priors:
            raise UsageError("there are no such weights", where=weights, advice=f"Weights are {', '.join(WEIGHTS)}")
        return self.priors[weights]


@functools.cache
def rules() -> Rules:
    """The rules as the file has them. Raises KnowledgeError where one is missing or cannot be."""
    held = load.data(FILE)
    try:
        return _checked(held)
    except (KeyError, TypeError, ValueError) as fault:
        raise KnowledgeError(
            f"lacks or misspells {fault}", where=f"knowledge/{FILE}", advice="Mend the entry"
        ) from fault


def _checked(held: Any) -> Rules:
    found = Rules(
        priors={name: float(held["weights"][name]["prior"]) for name in WEIGHTS},
        quad={int(code): float(score) for code, score in held["weights"]["quad"]["scores"].items()},
        stances=frozenset(held["counted_stances"]),
        fewest=int(held["fewest_records"]),
        half_life=float(held["half_life_days"]),
        confidence=float(held["confidence"]),
        draws=int(held["draws"]),
        seed=int(held["seed"]),
        imagined=float(held["imagined_stories"]),
        words=tuple((float(row["from"]), str(row["word"])) for row in held["words_of_net"]),
    )
    if set(found.quad) != {1, 2, 3, 4}:
        raise ValueError("a score of quad")
    if min(found.priors.values()) <= 0 or found.half_life <= 0 or not 0 < found.confidence < 1 or found.draws < 100:
        raise ValueError("a positive prior, half-life, confidence below 1 or at least 100 draws")
    return found
