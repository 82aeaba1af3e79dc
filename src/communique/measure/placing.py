"""Acts without a day of their own, placed by the day of their first report, where a reader asks for it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

import sqlalchemy as sa

from communique.archive import Archive, schema
from communique.measure.acts import Act

PLACES = {"own": "by their own day", "reported": "by their own day, else by the day of the report"}
_PARTS = 500


def placed(archive: Archive, acts: Sequence[Act], days: str) -> Sequence[Act]:
    """The acts as they are, or with the others by report. An act is never put after what its sentence allows."""
    if days != "reported":
        return acts
    vague = [act for act in acts if not act.exact]
    known = reported(archive, sorted({report.document for act in vague for report in act.reports}))
    return [act if act.exact else _by_report(act, known) for act in acts]


def reported(archive: Archive, keys: Sequence[str]) -> dict[str, dt.date]:
    """The day on which each document came out, where it is known to the day."""
    documents = schema.documents.c
    found: dict[str, dt.date] = {}
    with archive.reading() as connection:
        for start in range(0, len(keys), _PARTS):
            chosen = sa.select(documents.key, documents.latest).where(
                documents.key.in_(keys[start : start + _PARTS]), documents.earliest == documents.latest
            )
            found |= {key: dt.date.fromisoformat(day) for key, day in connection.execute(chosen)}
    return found


def _by_report(act: Act, known: dict[str, dt.date]) -> Act:
    days = [known[report.document] for report in act.reports if report.document in known]
    if not days:
        return act
    day = min(days)
    if (act.earliest and act.earliest > day) or (act.latest and act.latest < day):
        return act
    return replace(act, earliest=day, latest=day)
