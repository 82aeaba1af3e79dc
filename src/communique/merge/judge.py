"""What a person decides about events and records: kept apart from the data, replayed on every merge, undone at will."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

import sqlalchemy as sa

from communique.archive import corrections, write
from communique.errors import UsageError
from communique.merge.refresh import refresh
from communique.merge.wishes import correct, find
from communique.model import Anchor, Event, Judgement, Participant, Record, content_id

if TYPE_CHECKING:
    from communique.archive import Archive

Verdict = Literal["same", "different", "wrong", "right"]
LEAST = {"same": 2, "different": 2, "wrong": 1, "right": 1}


def judge(
    archive: Archive,
    verdict: Verdict,
    ids: Sequence[str],
    *,
    reason: str,
    by: str = "",
    actor: str | None = None,
    instead_of: str | None = None,
    date: dt.date | None = None,
    at: dt.datetime | None = None,
) -> Judgement:
    """Keeps a judgement on events or records (by id, or its first characters) and merges anew what it touches.

    same: they are one event. different: they are not. wrong: it is none; with actor (a code) or date only that is
    wrong, and this is right. A wrong actor is put right wherever the same words were taken for the same; instead_of
    (a code, or words) says which participant is meant where an event has several. right: it is as it was read, and its
    record stays together. by is who judges, at is when (default now).

    Raises UsageError where an id fits nothing, where there are too few, or where it is not clear whose code is meant.
    """
    if len(ids) < LEAST[verdict]:
        raise UsageError(
            f"{verdict} needs {LEAST[verdict]} ids", advice="Ids stand in every listing: communique events"
        )
    if (actor or date) and verdict != "wrong":
        raise UsageError(f"{verdict} corrects nothing", advice="Say wrong with --actor or --date")
    if actor and date:
        raise UsageError("an actor and a date are two judgements", advice="Give one after the other")
    if not reason.strip():
        raise UsageError("a judgement needs a reason", advice="--reason WORDS")
    subjects, anchors, events = [], [], []
    for prefix in ids:
        item, document = archive.get(prefix)
        if isinstance(item, Record):
            found = [_event(archive, member) for member in item.members]
        elif isinstance(item, Event) and document is not None:
            found = [(item, document.text)]
        elif verdict in ("wrong", "right") and document is not None and not actor and not date:
            found = []  # a figure, quote or assessment: left out by its own id
        else:
            raise UsageError(
                "is neither an event nor a record", where=prefix, advice="communique show tells what it is"
            )
        subjects.append(str(item.id))
        anchors.append(tuple(_anchor(event, text) for event, text in found))
        events += [event for event, _ in found]
    who = _participant(events, actor, instead_of) if actor else None
    told = Judgement(
        id=content_id("judgement", verdict, *subjects, actor, who.text if who else None, date),
        verdict=verdict,
        subjects=tuple(subjects),
        reason=reason,
        by=by,
        at=at or dt.datetime.now(dt.UTC).replace(microsecond=0),
        anchors=tuple(anchors),
        actor=actor,
        actor_text=who.text if who else None,
        actor_was=who.actor.code if who else None,
        date=date.isoformat() if date else None,
    )
    archive.judge(told, functools.partial(_replay, told))
    archive.forget_cached()
    refresh(archive)
    return told


def undo(archive: Archive, identifier: str) -> Judgement:
    """Takes a judgement back and merges anew what it touched. Raises UsageError where it is not in force."""
    fits = [each for each in archive.judgements() if each.id.startswith(identifier.strip().lower())]
    if len(fits) != 1 or not identifier.strip():
        what = "is no judgement in force" if not fits else f"begins {len(fits)} judgements"
        raise UsageError(what, where=identifier or "--undo", advice="communique judge --list shows them")
    archive.undo(fits[0].id, functools.partial(_replay, fits[0]))
    archive.forget_cached()
    refresh(archive)
    return fits[0]


def _replay(touched: Judgement, connection: sa.Connection) -> None:
    """Lays all corrections over the data anew and notes what this judgement touches, to be merged."""
    keys = {key for anchors in touched.anchors for anchor in anchors for key, _ in find(connection, anchor)}
    if touched.corrects:
        keys |= corrections.restore(connection)
        keys |= correct(connection, None)
    keys |= {key for anchors in touched.anchors for anchor in anchors for key, _ in find(connection, anchor)}
    write.await_merge(connection, sorted(keys))


def _event(archive: Archive, identifier: str) -> tuple[Event, str]:
    item, document = archive.get(identifier)
    if not isinstance(item, Event) or document is None:
        raise UsageError("is a record of figures", where=identifier, advice="Judge events or records of events")
    return item, document.text


def _anchor(event: Event, text: str) -> Anchor:
    return Anchor(event.document_id, event.event, event.trigger.start, event.trigger.end, event.sentence.cut(text))


def _participant(events: Sequence[Event], actor: str, instead_of: str | None) -> Participant:
    """Who is meant by a correction: the only one there is, or the one that is named."""
    everybody = {
        (who.actor.code, who.text): who
        for event in events
        for who in (*event.actor, *event.recipient)
        if who.actor.code
    }
    wanted = (instead_of or "").casefold()
    fits = [
        who
        for (code, text), who in everybody.items()
        if code != actor and (not wanted or wanted in (str(code).casefold(), text.casefold()))
    ]
    if len(fits) != 1:
        names = ", ".join(f"{code} “{text}”" for code, text in everybody) or "nobody with a code"
        raise UsageError(
            f"it is not clear who is {actor}: {names} stand there", advice="Say whom: --instead-of CODE or the words"
        )
    return fits[0]
