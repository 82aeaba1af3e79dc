"""Asymmetry in a pair: who acts first on whom, who gives, who asks, who accuses and who presses."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from communique.measure.acts import Act

# what a kind of act does to the other side, in plain words, and the events that do it
DEEDS: tuple[tuple[str, frozenset[str]], ...] = (
    ("gives", frozenset({"AID", "CONCEDE", "RETREAT"})),
    ("backs", frozenset({"SUPPORT"})),
    ("promises", frozenset({"AGREE"})),
    ("asks", frozenset({"REQUEST"})),
    ("accuses or refuses", frozenset({"ACCUSE", "REJECT"})),
    ("threatens", frozenset({"THREATEN"})),
    ("punishes or uses force", frozenset({"SANCTION", "COERCE", "MOBILIZE", "ASSAULT", "PROTEST"})),
)


@dataclass(frozen=True, slots=True)
class Lean:
    """How often each side does one thing to the other, with the records. share is that of the first side."""

    what: str
    first: tuple[str, ...]
    second: tuple[str, ...]

    @property
    def share(self) -> float | None:
        """The share of the first side, None where nobody does it."""
        total = len(self.first) + len(self.second)
        return len(self.first) / total if total else None


def asymmetry(acts: Iterable[Act], first: str, second: str) -> tuple[Lean, ...]:
    """What each side does to the other, over acts of the pair that count; "acts" is everything with a direction."""
    held: dict[str, tuple[list[str], list[str]]] = {}
    for act in acts:
        way = act.direction(first, second)
        if not act.counts or way not in ("first", "second"):
            continue
        names = ["acts", *(name for name, events in DEEDS if act.kind in events)]
        for name in names:
            held.setdefault(name, ([], []))[way == "second"].append(act.record)
    order = ["acts", *(name for name, _ in DEEDS)]
    return tuple(Lean(name, tuple(held[name][0]), tuple(held[name][1])) for name in order if name in held)
