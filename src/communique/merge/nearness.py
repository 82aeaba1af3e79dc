"""Which documents are near enough to each other to tell one story, and how near."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from communique.merge.topic import Topic, affinity
from communique.merge.words import rules


@dataclass(frozen=True, slots=True)
class About:
    """What a text is about, the ordinal of the day on which it came out, if that is known, and whether it corrects."""

    topic: Topic
    day: int | None
    revises: bool = False


class Nearness:
    """How near texts are to each other: 1 for a text and itself, 0 for texts of different stories."""

    def __init__(self, edges: Mapping[str, Mapping[str, float]]) -> None:
        self._edges = edges

    def __call__(self, one: str, other: str) -> float:
        return 1.0 if one == other else self._edges.get(one, {}).get(other, 0.0)

    def around(self, text: str) -> Mapping[str, float]:
        """The texts that are near to a text."""
        return self._edges.get(text, {})

    def edges(self) -> Iterator[tuple[str, str, float]]:
        """Every two near texts once, in order."""
        for one in sorted(self._edges):
            for other, value in sorted(self._edges[one].items()):
                if one < other:
                    yield one, other, value


def near(one: About, other: About) -> float:
    """The affinity of two texts if it is that of one story, else 0: they must share two chief terms, and their days."""
    if one.day is not None and other.day is not None:
        late = one if one.day > other.day else other
        if abs(one.day - other.day) > rules()["days_of_a_correction" if late.revises else "days_of_a_story"]:
            return 0.0
    if len(set(one.topic.chief) & set(other.topic.chief)) < 2:
        return 0.0
    value = affinity(one.topic, other.topic)
    return round(value, 4) if value >= rules()["same_story"] else 0.0


def nearness(texts: Mapping[str, About]) -> Nearness:
    """How near the texts are to each other, by their keys."""
    shelves: dict[str, list[str]] = {}
    for key in sorted(texts):
        for term in texts[key].topic.pairs():
            shelves.setdefault(term, []).append(key)
    edges: dict[str, dict[str, float]] = {key: {} for key in texts}
    for key in sorted(texts):
        met = {mate for term in texts[key].topic.pairs() for mate in shelves[term] if mate > key}
        for mate in sorted(met):
            if value := near(texts[key], texts[mate]):
                edges[key][mate] = edges[mate][key] = value
    return Nearness(edges)
