"""Hand-made acts for the tests of the measures: no coder and no archive runs here."""

from __future__ import annotations

import datetime as dt

from communique.measure.acts import Act, Report, act
from communique.measure.weights import scores
from tests.reports import QUAD, SCORE


def report(
    kind: str,
    actor: str,
    recipient: str = "",
    date: str | None = None,
    *,
    event: str = "e",
    document: str = "page",
    outlet: str | None = None,
    mode: str | None = None,
    score: float | None = None,
    cameo: str | None = None,
    stance: str = "actual",
    at: int = -1,
) -> Report:
    """A report from codes joined by spaces; one side alone is mutual. date: a day, or two days joined by "/"."""
    low, _, high = (date or "").partition("/")
    quad = QUAD.get(kind, 4)
    return Report(
        event=event,
        document=document,
        outlet=outlet or document,
        stance=stance,
        kind=kind,
        mode=mode,
        quad=quad,
        scores=scores(kind, quad, SCORE[kind] if score is None else score, cameo),
        actors=frozenset(actor.split()),
        recipients=frozenset(recipient.split()),
        mutual=not recipient,
        earliest=dt.date.fromisoformat(low) if low else None,
        latest=dt.date.fromisoformat(high or low) if high or low else None,
        at=at,
    )


def deed(record: str, kind: str, actor: str, recipient: str = "", date: str | None = None, **keywords: object) -> Act:
    """An act of one report; keywords are those of `report`, and `story`."""
    story = keywords.pop("story", None)
    told = report(kind, actor, recipient, date, event=f"event-{record}", **keywords)  # type: ignore[arg-type]
    return act(record, [told], story=str(story) if story else None)
