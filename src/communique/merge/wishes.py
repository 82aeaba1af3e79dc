"""What people decided, found again in what an archive holds now, as the merge needs it."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from communique.archive import codec, corrections, schema
from communique.merge.cluster import Pair, Wishes
from communique.model import Anchor, Judgement


@dataclass(frozen=True, slots=True)
class Judged:
    """Pairs to join and to keep apart, and the ids of events that are none."""

    wishes: Wishes
    wrong: frozenset[str]


def in_force(connection: sa.Connection) -> list[Judgement]:
    """The judgements that were not taken back, in the order in which they were made."""
    table = schema.judgements
    chosen = sa.select(table.c.body).where(table.c.undone.is_(None), table.c.body.is_not(None)).order_by(table.c.number)
    return [codec.load(Judgement, body) for body in connection.execute(chosen).scalars()]


def wishes_of(connection: sa.Connection) -> Judged:
    """All judgements in force, replayed: each anchor is looked up where it stands now.

    Of two judgements on one pair of tellings the later counts.
    """
    verdict: dict[Pair, bool] = {}
    wrong: dict[str, bool] = {}
    for judgement in in_force(connection):
        subjects = [
            [found for anchor in anchors for found in find(connection, anchor)] for anchors in judgement.anchors
        ]
        everything = [each for subject in subjects for each in subject]
        if judgement.verdict in ("wrong", "right"):
            for _, event_id in everything:
                wrong[event_id] = judgement.verdict == "wrong" and not judgement.corrects
        names = [[f"{key}/{event_id}" for key, event_id in subject] for subject in subjects]
        if judgement.verdict == "same":
            whole = [name for subject in names for name in subject]
            verdict |= dict.fromkeys(_pairs(whole), True)
        elif judgement.verdict == "right":
            verdict |= {pair: True for subject in names for pair in _pairs(subject)}
        elif judgement.verdict == "different":
            for one, other in itertools.combinations(names, 2):
                verdict |= {_pair(a, b): False for a in one for b in other if a != b}
    return Judged(
        Wishes(
            frozenset(pair for pair, same in verdict.items() if same),
            frozenset(pair for pair, same in verdict.items() if not same),
        ),
        frozenset(name for name, out in wrong.items() if out),
    )


def _pairs(names: list[str]) -> list[Pair]:
    """The first with every other: being the same is handed on."""
    return [_pair(names[0], other) for other in names[1:] if other != names[0]]


def _pair(one: str, other: str) -> Pair:
    return (one, other) if one < other else (other, one)


def correct(connection: sa.Connection, documents: Sequence[str] | None) -> set[str]:
    """Lays the corrections in force over all documents, or over these; the keys of the documents they changed."""
    changed: set[str] = set()
    for judgement in in_force(connection):
        swap = corrections.swap_of(judgement)
        if swap:
            changed |= corrections.swap_everywhere(connection, [swap], documents)
        elif judgement.date:
            for key, event_id in (
                found for each in judgement.anchors for one in each for found in find(connection, one)
            ):
                if documents is None or key in documents:
                    corrections.date(connection, key, event_id, dt.date.fromisoformat(judgement.date))
                    changed.add(key)
    return changed


def find(connection: sa.Connection, anchor: Anchor) -> list[tuple[str, str]]:
    """(key of the document, event id) of what stands at an anchor now; nothing where it is gone.

    In an unchanged text it is what overlaps the words that were judged; in a changed one what stands in the same
    sentence. An event of the same kind goes before others.
    """
    documents, events = schema.documents.c, schema.events.c
    current = sa.and_(documents.id == anchor.document, documents.superseded.is_(False))
    rows = connection.execute(
        sa.select(documents.key, documents.text, events.id, events.event, events.start, events.end,
                  events.sentence_start, events.sentence_end)
        .join(schema.events, events.document == documents.key)
        .where(current)
        .order_by(events.number)
    ).all()  # fmt: skip
    same_text = [
        row
        for row in rows
        if row.start < anchor.end and anchor.start < row.end
        and row.text[row.sentence_start : row.sentence_end].strip() == anchor.sentence.strip()
    ]  # fmt: skip
    moved = [row for row in rows if row.text[row.sentence_start : row.sentence_end].strip() == anchor.sentence.strip()]
    for chosen in (same_text, moved):
        alike = [row for row in chosen if row.event == anchor.event] or (chosen if chosen is same_text else [])
        if alike:
            return [(alike[0].key, alike[0].id)]
    return []
