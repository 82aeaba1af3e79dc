"""PLOVER's events, modes, contexts and scores, as knowledge/ontology.yaml has them."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Any

from communique.errors import KnowledgeError
from communique.knowledge import load

# one act of cooperation that is still to come is a promise; one act of conflict that is announced is a threat
COOPERATIVE = frozenset({"AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT"})
MATERIAL_CONFLICT = frozenset({"PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"})


@dataclass(frozen=True, slots=True)
class EventType:
    """One of the 16 events: its quad class (1 to 4), its score and those of its modes (PLOVER manual 0.8)."""

    name: str
    quad: int
    score: float
    modes: dict[str, float]
    cameo: str

    def score_of(self, mode: str | None) -> float:
        """The score of a mode, or of the event where the mode has none."""
        return self.modes.get(mode or "", self.score)


@functools.cache
def events() -> dict[str, EventType]:
    """All event types by name. Raises KnowledgeError where the file lacks a field."""
    found = {}
    for name, row in _ontology()["events"].items():
        try:
            found[name] = EventType(
                name,
                int(row["quad"]),
                float(row["score"]),
                {str(mode): float(score) for mode, score in (row.get("modes") or {}).items()},
                str(row["default_cameo"]),
            )
        except (KeyError, TypeError, ValueError) as fault:
            raise KnowledgeError(
                f"event {name} lacks or misspells {fault}", where="knowledge/ontology.yaml", advice="Mend the entry"
            ) from fault
    return found


@functools.cache
def contexts_of_cameo(code: str) -> tuple[str, ...]:
    """The contexts that PLOVER's conversion table gives a CAMEO code."""
    row = _ontology()["cameo"].get(code) or {}
    found = row.get("context") or ()
    return (found,) if isinstance(found, str) else tuple(found)


def _ontology() -> Any:
    return load.data("ontology.yaml")
