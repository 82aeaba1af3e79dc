"""How sure a net is: stories are drawn again and again, and the middle nine tenths of what comes out is the interval.

Stories, not records, are drawn: what one occasion brings with it (a visit with its talks and signings) rises and falls
together. Beside the real stories stand two imagined ones of average size, one of cooperation and one of conflict, each
with half the weight of a real one (Jeffreys' prior): without them three friendly stories would seem to be certainty,
and short series would hold the truth far too rarely (see docs/measure.md for the simulation).
"""

from __future__ import annotations

import functools

import numpy as np
from numpy.typing import NDArray

from communique.measure.rules import rules

Numbers = NDArray[np.float64]
MOST_CELLS = 4_000_000  # cells of one block of draws: 32 MB
MOST_ALIKE = 400  # stories up to which draws depend on their number alone, and are kept for the next of as many


def net(cooperation: float, conflict: float, prior: float) -> float:
    """(C - K) / (C + K + kappa), between -1 and 1."""
    return (cooperation - conflict) / (cooperation + conflict + prior)


def interval(
    cooperation: Numbers,
    conflict: Numbers,
    prior: float,
    *,
    confidence: float | None = None,
    draws: int | None = None,
    seed: int | None = None,
    imagined: float | None = None,
) -> tuple[float, float] | None:
    """The interval of the net of stories with these sums of positive and of negative scores (as positive numbers).

    None where fewer than two stories speak: one occasion cannot say how much occasions differ. The numbers drawn are
    those of NumPy's RandomState, whose stream never changes, so the same stories in any order give the same interval.
    """
    chosen = rules()
    confidence = chosen.confidence if confidence is None else confidence
    draws = chosen.draws if draws is None else draws
    seed = chosen.seed if seed is None else seed
    imagined = chosen.imagined if imagined is None else imagined
    nets = drawn(cooperation, conflict, prior, draws=draws, seed=seed, imagined=imagined)
    if nets is None:
        return None
    return middle(nets, confidence)


def middle(values: Numbers, confidence: float) -> tuple[float, float]:
    """The bounds of the middle part of values that confidence says: quantiles, linear between two values."""
    tail = (1 - confidence) / 2
    ordered = np.sort(values)
    return _quantile(ordered, tail), _quantile(ordered, 1 - tail)


def _quantile(ordered: Numbers, share: float) -> float:
    """As numpy.quantile, a hundred times faster on values that are in order already."""
    place = share * (len(ordered) - 1)
    below = min(int(place), len(ordered) - 1)
    above = min(below + 1, len(ordered) - 1)
    low, high = float(ordered[below]), float(ordered[above])
    return low + (high - low) * (place - below)


def drawn(
    cooperation: Numbers, conflict: Numbers, prior: float, *, draws: int, seed: int, imagined: float
) -> Numbers | None:
    """The net of each draw of the stories; None where fewer than two speak."""
    number = len(cooperation)
    if number < 2:
        return None
    total = float(np.sum(np.sort(cooperation)) + np.sum(np.sort(conflict)))
    if total == 0:
        return np.zeros(draws)
    size = total / number
    imaginary = [[size, 0.0], [0.0, size]]
    if number <= MOST_ALIKE:
        stories = np.column_stack([cooperation, conflict])
        stories = stories[np.lexsort(stories.T)]
        sums = _times(number, draws, seed, imagined).astype(np.float64) @ np.vstack([stories, imaginary])
        return _nets(sums, prior)
    # stories with the same sums are drawn together: a multinomial over classes is the same draw, and much faster
    classes, times = np.unique(np.column_stack([cooperation, conflict]), axis=0, return_counts=True)
    values = np.vstack([classes, imaginary])
    chances = np.append(times.astype(float), [imagined, imagined])
    chances /= chances.sum()
    stream = np.random.RandomState(seed)
    nets = []
    block = max(1, MOST_CELLS // len(chances))
    for begin in range(0, draws, block):
        nets.append(_nets(stream.multinomial(number, chances, size=min(block, draws - begin)) @ values, prior))
    return np.concatenate(nets)


def _nets(sums: Numbers, prior: float) -> Numbers:
    """The net of each row of (cooperation, conflict)."""
    return np.asarray((sums[:, 0] - sums[:, 1]) / (sums[:, 0] + sums[:, 1] + prior), dtype=np.float64)


@functools.lru_cache(maxsize=64)
def _times(number: int, draws: int, seed: int, imagined: float) -> NDArray[np.int16]:
    """How often each draw takes each story, and, in the last two columns, the two imagined ones. At most 0.8 MB."""
    places = np.random.RandomState(seed).random_sample((draws, number)) * (number + 2 * imagined)
    taken = np.minimum(places, number).astype(np.int64)
    if imagined:
        taken += (places >= number + imagined).astype(np.int64)
    taken += np.arange(draws)[:, np.newaxis] * (number + 2)
    counts = np.bincount(taken.ravel(), minlength=draws * (number + 2)).reshape(draws, number + 2)
    return counts.astype(np.int16)


def difference(
    before: tuple[Numbers, Numbers], after: tuple[Numbers, Numbers], prior: float
) -> tuple[float, float] | None:
    """The interval of the change of net from some stories to others; each is (sums of cooperation, of conflict).

    The two are drawn apart from each other, with seeds of their own. None where either has fewer than two stories.
    """
    chosen = rules()
    nets = [
        drawn(*stories, prior, draws=chosen.draws, seed=chosen.seed + shift, imagined=chosen.imagined)
        for shift, stories in enumerate((before, after))
    ]
    if nets[0] is None or nets[1] is None:
        return None
    return middle(nets[1] - nets[0], chosen.confidence)
