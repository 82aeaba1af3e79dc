"""Decides on candidate pairs, for a join: by the same functions as a merge in one archive, and on numbers alone."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from communique.merge import sketch
from communique.merge.cluster import clusters, identifier
from communique.merge.groups import Groups
from communique.merge.kept_tellings import hang_together
from communique.merge.nearness import Nearness, near
from communique.scale.shelf import Shelf

Numbers = NDArray[np.int64]


class Decider:
    """Answers for many pairs at a time. What it answers depends on these pairs alone, whoever is asked and how often:
    so a worker that is lost can be asked again.
    """

    def __init__(self, folder: str) -> None:
        self._shelf = Shelf(Path(folder))

    def copies(self, one: Numbers, other: Numbers) -> list[bool]:
        """Whether documents copy each other. Of those that others of these pairs join already, some are left out."""
        numbers = np.unique(np.concatenate((one, other)))
        made = [self._shelf.sketch(at) for at in numbers.tolist()]
        a, b = np.searchsorted(numbers, one), np.searchsorted(numbers, other)
        worth = sketch.may_copy(made, a, b)
        groups = Groups()
        found = []
        for first, second, asked in zip(a.tolist(), b.tolist(), worth.tolist(), strict=True):
            names = str(first), str(second)
            new = asked and not groups.together(*names) and sketch.copied(made[first], made[second])
            if new:
                groups.join(*names)
            found.append(new)
        return found

    def near(self, one: Numbers, other: Numbers) -> list[float]:
        """How near texts are to each other."""
        about = self._shelf.about
        return [near(about(a), about(b)) for a, b in zip(one.tolist(), other.tolist(), strict=True)]

    def ties(
        self, one: Numbers, other: Numbers, texts: Sequence[str], mates: Sequence[str], value: Sequence[float]
    ) -> list[bool]:
        """Whether tellings of different texts, which are so near, are to be looked at together."""
        found = []
        for a, b, text, mate, how_near in zip(one.tolist(), other.tolist(), texts, mates, value, strict=True):
            first, second = self._shelf.telling(a, text), self._shelf.telling(b, mate)
            found.append(hang_together(first, second, Nearness({text: {mate: how_near}, mate: {text: how_near}})))
        return found

    def inside(self, told: Sequence[int], text: str) -> list[tuple[int, int]]:
        """What copies of one text tell alike: pairs of numbers that are to be looked at together."""
        held = {identifier(telling): (t, telling) for t in told for telling in (self._shelf.telling(t, text),)}
        groups = clusters([telling for _, telling in held.values()], Nearness({})).together.groups()
        return [(held[each[0]][0], held[other][0]) for each in groups for other in each[1:]]
