"""What an act weighs: PLOVER's scores, Goldstein's, or four classes of words and deeds."""

from __future__ import annotations

import functools

from communique.code.ontology import events
from communique.export.tables import goldstein as goldstein_text
from communique.measure.rules import rules


def scores(event: str, quad: int, scale: float, cameo: str | None) -> tuple[float, float, float]:
    """What an event scores by PLOVER, by Goldstein and by its quad class, in this order.

    scale is the event's own PLOVER score (manual 0.8). Goldstein's is that of the CAMEO code, else of the code that is
    usual for the event (Goldstein 1992 as CAMEO 1.1b3 applies it; knowledge/cameo.csv); 0 where there is neither. The
    classes score as knowledge/measure.yaml says.
    """
    return scale, goldstein(event, cameo), rules().quad.get(quad, 0.0)


@functools.cache
def goldstein(event: str, cameo: str | None) -> float:
    """Goldstein's score of a CAMEO code, or of the code that is usual for the event; 0.0 where there is neither."""
    kind = events().get(event)
    text = goldstein_text(cameo) or (goldstein_text(kind.cameo) if kind else "")
    return float(text) if text else 0.0
