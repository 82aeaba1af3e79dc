"""The queue of the review: what matters most and is least sure."""

from __future__ import annotations

import json
from dataclasses import dataclass

import sqlalchemy as sa

from communique.archive import Archive, codec, schema
from communique.model import Judgement

MOST = 300  # entries of the queue


@dataclass(frozen=True, slots=True)
class Entry:
    """Something to look at: one event, or the first two tellings of a record. why says what made it rise."""

    id: str
    kind: str
    events: tuple[str, ...]
    why: str
    weight: float


# how far it moves a pair, how unsure the coder is, and a little for every further participant that is guessed
_EVENTS = sa.text(
    """
    SELECT e.id, e.event_scale AS scale, e.confidence FROM events e
    JOIN documents d ON d.key = e.document
    WHERE NOT d.superseded AND e.stance = 'actual' AND e.confidence < 0.9
    ORDER BY (1 - e.confidence) * (2 + abs(e.event_scale)) DESC, e.id LIMIT :most
    """
)
_RECORDS = sa.text(
    """
    SELECT r.id, r.status, r.body FROM records r
    WHERE r.kind = 'event' AND r.status IN ('disputed', 'corroborated') ORDER BY r.status DESC, r.place LIMIT :most
    """
)


def waiting(archive: Archive) -> list[Entry]:
    """The queue, the heaviest first."""
    found: list[Entry] = []
    with archive.reading() as connection:
        for row in connection.execute(_EVENTS, {"most": MOST}):
            doubt = 1 - row.confidence
            why = f"the coder is {round(row.confidence * 100)} % sure, and the act scores {row.scale:+g}"
            found.append(Entry(row.id, "event", (row.id,), why, doubt * (2 + abs(row.scale))))
        for row in connection.execute(_RECORDS, {"most": MOST}):
            members = tuple(json.loads(row.body).get("members", ()))
            if len(members) < 2:
                continue
            disputed = row.status == "disputed"
            why = "its sources contradict each other" if disputed else "two sources were taken to tell the same act"
            found.append(Entry(row.id, "record", members[:2], why, 3.0 if disputed else 1.5))
    return sorted(found, key=lambda each: (-each.weight, each.id))


def decided(archive: Archive) -> set[str]:
    """The ids of what was judged, and of the events that stand where it was judged."""
    table = schema.judgements
    chosen = sa.select(table.c.subjects, table.c.body).where(table.c.undone.is_(None))
    found: set[str] = set()
    spots: set[tuple[str, int, int]] = set()
    with archive.reading() as connection:
        for subjects, body in connection.execute(chosen):
            found |= set(json.loads(subjects))
            if body:
                for anchors in codec.load(Judgement, body).anchors:
                    spots |= {(anchor.document, anchor.start, anchor.end) for anchor in anchors}
        events, documents = schema.events.c, schema.documents.c
        for document in sorted({spot[0] for spot in spots}):
            rows = connection.execute(
                sa.select(events.id, events.start, events.end)
                .join(schema.documents, documents.key == events.document)
                .where(documents.id == document)
            )
            found |= {row.id for row in rows if (document, row.start, row.end) in spots}
    return found
