"""An archive of a million made-up events, each a record: written into the tables, as reading would take days."""

from __future__ import annotations

import datetime as dt
import itertools
import json
import random
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from communique.archive import Archive, codec
from communique.code.ontology import EventType, events
from communique.export.tables import states
from communique.model import Actor, Event, Participant, Span, When, content_id

PER_DOCUMENT = 20
IN_A_STORY = 3
OUTLETS = 300
FIRST = dt.date(2000, 1, 1)
DAYS = 9000
DATED = 0.7  # of the events; the others have no day
SEED = 1
TOGETHER = 2_500  # documents written at once
TABLES = {
    "documents": "key, id, text, title, source, language, published, page_date, date_evidence, media_type, warnings, "
    "earliest, latest, superseded, coder, first_read",
    "spans": 'document, role, position, start, "end"',
    "sentences": 'document, sequence, start, "end"',
    "events": "number, document, position, id, sequence, sentence_start, sentence_end, start, "
    '"end", text, earliest, latest, confidence, rule, event, mode, quad_code, event_scale, stance, unordered, '
    "precision, body",
    "participants": 'document, kind, item, role, code, name, sector, via, start, "end"',
    "records": "id, event, status, kind, place, body",
    "record_members": "record, event",
    "story_records": "record, story",
}
Rows = dict[str, list[tuple[Any, ...]]]


def codes() -> list[str]:
    """The states that act, the busiest first."""
    return sorted(states())[:190]


def fill(path: Path, records: int) -> None:
    """Makes the archive: `records` events in documents of twenty, the first states in the alphabet the busiest."""
    Archive(path).close()
    base = sqlite3.connect(path)
    base.execute("PRAGMA synchronous = OFF")
    base.execute("PRAGMA cache_size = -200000")
    held: Rows = {name: [] for name in TABLES}
    for number, (day, told) in enumerate(_documents(records)):
        _document(held, number, day, told)
        if number % TOGETHER == TOGETHER - 1:
            _flush(base, held)
    _flush(base, held)
    base.execute("ANALYZE")
    base.commit()
    base.close()


Told = tuple[EventType, str, str, dt.date | None]


def _documents(records: int) -> Iterator[tuple[dt.date, list[Told]]]:
    """The day of each document, and kind, actor, recipient and day of what it tells."""
    chance = random.Random(SEED)
    who, kinds = codes(), list(events().values())
    cumulated = list(itertools.accumulate(1 / (rank + 1) for rank in range(len(who))))
    for begin in range(0, records, PER_DOCUMENT):
        told: list[Told] = []
        for _ in range(min(PER_DOCUMENT, records - begin)):
            one, other = chance.choices(who, cum_weights=cumulated, k=2)
            day = FIRST + dt.timedelta(chance.randrange(DAYS)) if chance.random() < DATED else None
            told.append((chance.choice(kinds), one, other, day))
        yield FIRST + dt.timedelta(DAYS), told


def _document(held: Rows, number: int, day: dt.date, told: list[Told]) -> None:
    name, words = f"page-{number:06}", {code: str(held["name"]) for code, held in states().items()}
    text, spans = "", []
    for kind, one, other, when in told:
        on = f"On {when:%d %B %Y} " if when else ""
        begin = len(text)
        text += f"{on}{words[one]} was said to {kind.name.lower()} with {words[other]}."
        spans.append(Span(begin, len(text)))
        text += "\n"
    key, published = content_id("document", name, text), codec.dump(When(day, day, "day", "metadata"))
    held["documents"].append(
        (key, name, text, f"Page {number}", f"Outlet {number % OUTLETS}", "en", published, published, "[]",
         "text/plain", "[]", day.isoformat(), day.isoformat(), 0, "made", day.isoformat())
    )  # fmt: skip
    for at, ((kind, one, other, when), sentence) in enumerate(zip(told, spans, strict=True)):
        held["spans"].append((key, "article", at, sentence.start, sentence.end))
        held["sentences"].append((key, at, sentence.start, sentence.end))
        words_of = kind.name.lower()
        start = text.index(f" {words_of} with ", sentence.start, sentence.end) + 1
        trigger = Span(start, start + len(words_of))
        sides = []
        for code, begin in ((one, text.index(words[one], sentence.start)), (other, trigger.end + 6)):
            own = words[code]
            span = Span(begin, begin + len(own))
            sides.append(Participant(Actor(code, (), own, None, None, "state"), own, "name", span))
        date = When(when, when, "day", "stated") if when else When()
        event = Event(
            name, kind.name, None, (), kind.quad, kind.score, kind.cameo, (sides[0],), (sides[1],), False, date, None,
            "actual", None, words_of, trigger, sentence, at, 0.9, "made",
        )  # fmt: skip
        _event(held, key, number * PER_DOCUMENT + at, event)


def _event(held: Rows, key: str, number: int, event: Event) -> None:
    day = event.date.earliest.isoformat() if event.date.earliest else None
    held["events"].append(
        (number + 1, key, event.sequence, event.id, event.sequence, event.sentence.start, event.sentence.end,
         event.trigger.start, event.trigger.end, event.event_text, day, day, event.confidence, event.rule,
         event.event, None, event.quad_code, event.event_scale, event.stance, 0, event.date.precision,
         codec.dump(event))
    )  # fmt: skip
    for role, side in (("actor", event.actor), ("recipient", event.recipient)):
        for who in side:
            span = who.span or event.sentence
            held["participants"].append(
                (key, "event", number + 1, role, who.actor.code, who.actor.name, "[]", who.via, span.start, span.end)
            )
    record, story = content_id("record", event.id), content_id("story", str(number // IN_A_STORY))
    held["records"].append((record, event.event, "single", "event", day or "", json.dumps({"members": [event.id]})))
    held["record_members"].append((record, event.id))
    held["story_records"].append((record, story))


def _flush(base: sqlite3.Connection, held: Rows) -> None:
    for table, columns in TABLES.items():
        marks = ", ".join("?" * (columns.count(",") + 1))
        base.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", held[table])
        held[table].clear()
    base.commit()
