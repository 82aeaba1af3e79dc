"""What people corrected, laid over what was read: whom words stand for, everywhere; when an event was.

The item as it was read is kept in `originals`, and comes back when the judgement is taken back.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa

from communique.archive import codec, database, rebuild, schema, schema_merge, write
from communique.model import Actor, Event, Item, Judgement, Mention, Participant, When

BY_A_PERSON = "corrected by a person"
MENTION = "mention"
AT_ONCE = 400


@dataclass(frozen=True, slots=True)
class Swap:
    """Words that were taken for one code and stand for another."""

    text: str
    was: str
    code: str

    def fits(self, text: str, code: str | None) -> bool:
        """Whether these are the words, taken for that code."""
        return code == self.was and " ".join(text.split()).casefold() == self.text


def swap_of(judgement: Judgement) -> Swap | None:
    """What a judgement says of whom words stand for."""
    if not (judgement.actor and judgement.actor_text and judgement.actor_was):
        return None
    return Swap(" ".join(judgement.actor_text.split()).casefold(), judgement.actor_was, judgement.actor)


def restore(connection: sa.Connection) -> set[str]:
    """Puts everything back as it was read; the keys of the documents in which something was."""
    originals = schema_merge.originals
    rows = connection.execute(sa.select(originals)).all()
    for row in rows:
        if row.kind == MENTION:
            mention = codec.load(Mention, row.body)
            _write_mention(connection, row.number, mention)
        else:
            _write(connection, row.kind, row.number, row.document, rebuild.item(row.kind, row.body))
    connection.execute(sa.delete(originals))
    return {row.document for row in rows}


def swap_everywhere(
    connection: sa.Connection, swaps: Iterable[Swap], documents: Sequence[str] | None = None
) -> set[str]:
    """Lays these corrections over all documents, or over those with the given keys; the keys of those it changed."""
    changed: set[str] = set()
    for swap in swaps:
        people, mentions = schema.participants.c, schema.mentions.c
        chosen = sa.select(people.kind, people.item, people.document).where(people.code == swap.was).distinct()
        for kind, number, key in _of(connection, chosen, people.document, documents):
            table = schema.ITEMS[kind]
            item = rebuild.item(
                kind, connection.execute(sa.select(table.c.body).where(table.c.number == number)).scalar_one()
            )
            swapped = _swapped(item, swap)
            if swapped != item:
                _keep(connection, kind, number, key, item)
                _write(connection, kind, number, key, swapped)
                changed.add(key)
        chosen = sa.select(mentions.number, mentions.document, mentions.body).where(
            mentions.codes.contains(swap.was, autoescape=True)
        )
        for number, key, body in _of(connection, chosen, mentions.document, documents):
            mention = codec.load(Mention, body)
            actors = tuple(
                _actor(actor, swap) if swap.fits(mention.text, actor.code) else actor for actor in mention.actors
            )
            if actors != mention.actors:
                _keep(connection, MENTION, number, key, mention)
                _write_mention(connection, number, replace(mention, actors=actors, via=BY_A_PERSON, confidence=1.0))
                changed.add(key)
    return changed


def date(connection: sa.Connection, key: str, event_id: str, day: dt.date) -> None:
    """Gives one event the day that a person says is right."""
    events = schema.events.c
    row = connection.execute(
        sa.select(events.number, events.body).where(events.document == key, events.id == event_id)
    ).first()
    if row is not None:
        event = codec.load(Event, row.body)
        _keep(connection, "event", row.number, key, event)
        _write(
            connection, "event", row.number, key, replace(event, date=When(day, day, "day", "stated", note=BY_A_PERSON))
        )


def _of(
    connection: sa.Connection, chosen: sa.Select[Any], column: sa.ColumnElement[Any], documents: Sequence[str] | None
) -> list[Any]:
    if documents is None:
        return list(connection.execute(chosen).all())
    found: list[Any] = []
    for at in range(0, len(documents), AT_ONCE):
        found += connection.execute(chosen.where(column.in_(documents[at : at + AT_ONCE]))).all()
    return found


def _swapped(value: Any, swap: Swap) -> Any:
    """The same with every participant of these words put right."""
    if isinstance(value, Participant):
        if not swap.fits(value.text, value.actor.code):
            return value
        return replace(value, actor=_actor(value.actor, swap), via=BY_A_PERSON, alternatives=(), confidence=1.0)
    if isinstance(value, tuple):
        return tuple(_swapped(part, swap) for part in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
        fresh = {name: _swapped(part, swap) for name, part in fields.items()}
        return replace(value, **fresh) if fresh != fields else value
    return value


def _actor(actor: Actor, swap: Swap) -> Actor:
    """The actor under the right code; the name, person and office that were taken for it do not go with it."""
    return Actor(swap.code, actor.sector, None, None, None, "state" if actor.kind == "state" else actor.kind)


def _keep(connection: sa.Connection, kind: str, number: int, key: str, item: Item | Mention) -> None:
    """Keeps an item as it was read, unless it is kept already."""
    row = (kind, number, key, codec.dump(item))
    database.of(connection).insert(connection, schema_merge.originals, [row], "ignore")


def _write(connection: sa.Connection, kind: str, number: int, key: str, item: Item) -> None:
    table, people = schema.ITEMS[kind], schema.participants
    position = connection.execute(sa.select(table.c.position).where(table.c.number == number)).scalar_one()
    row = write.item_row(item, key, position, number)
    connection.execute(sa.update(table).where(table.c.number == number).values(**row))
    connection.execute(sa.delete(people).where(people.c.kind == kind, people.c.item == number))
    rows = [write.participant_row(key, kind, number, role, who) for role, who in write.roles(item)]
    if rows:
        connection.execute(sa.insert(people), rows)


def _write_mention(connection: sa.Connection, number: int, mention: Mention) -> None:
    values = {"codes": " ".join(mention.codes), "via": mention.via, "body": codec.dump(mention)}
    connection.execute(sa.update(schema.mentions).where(schema.mentions.c.number == number).values(**values))
