"""What stands beside the documents: the records of a merge, what people decided, and which runs came to their end.

A judgement is never deleted or changed: taking it back is written beside it, so every decision can be replayed.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable, Iterator, Sequence

import sqlalchemy as sa

from communique import __version__
from communique.archive import codec, schema, schema_merge
from communique.archive.connect import Connected
from communique.model import Judgement, Record, Story, content_id

CODER = f"communique {__version__}"
AT_ONCE = 400  # ids in one question
Step = Callable[[sa.Connection], None]  # something to be done inside a transaction


class Decisions(Connected):
    """The part of an archive that does not come out of one document."""

    def keep_records(self, records: Sequence[Record], stories: Sequence[Story]) -> None:
        """Puts the outcome of another merge in place of the last one. Judgements are not touched."""
        with self._writing() as connection:
            for table in (
                schema.record_members, schema.records, schema.stories, schema_merge.story_parts,
                schema_merge.story_records,
            ):  # fmt: skip
                connection.execute(sa.delete(table))
            rows = [
                {
                    "id": each.id,
                    "event": each.event,
                    "status": each.status,
                    "place": f"{number:09d}",
                    "kind": "event",
                    "body": codec.dump(each),
                }
                for number, each in enumerate(records)
            ]
            members = [
                {"record": each.id, "event": member} for each in records for member in dict.fromkeys(each.members)
            ]
            told = [
                {
                    "id": each.id,
                    "title": each.title,
                    "earliest": each.earliest.isoformat() if each.earliest else None,
                    "latest": each.latest.isoformat() if each.latest else None,
                    "body": codec.dump(each),
                }
                for each in stories
            ]
            parts = [{"record": record, "story": each.id} for each in stories for record in each.records]
            filled = (
                (schema.records, rows),
                (schema.record_members, members),
                (schema.stories, told),
                (schema_merge.story_records, parts),
            )
            for table, held in filled:
                if held:
                    connection.execute(sa.insert(table), held)

    def waiting(self) -> int:
        """How many documents the merge has not seen since they were read, coded anew or judged."""
        with self._reading() as connection:
            chosen = sa.select(sa.func.count()).select_from(schema_merge.pending)
            return int(connection.execute(chosen).scalar_one())

    def records(self, *, event_id: str | None = None, status: str | None = None, kind: str = "event") -> list[Record]:
        """The records of the last merge, by date; with event_id only the one that holds this event or figure.

        kind is event or figure; status narrows to single, corroborated, disputed or superseded.
        """
        columns = schema.records.c
        chosen = sa.select(columns.body).order_by(columns.place, columns.id)
        if status is not None:
            chosen = chosen.where(columns.status == status)
        if event_id is not None:
            members = schema.record_members
            chosen = chosen.join(members, members.c.record == columns.id).where(members.c.event == event_id)
        else:
            chosen = chosen.where(columns.kind == kind)
        with self._reading() as connection:
            return [codec.load(Record, body) for body in connection.execute(chosen).scalars()]

    def records_of(self, items: Iterable[str]) -> list[Record]:
        """The records that hold any of these events or figures, by date."""
        columns, members = schema.records.c, schema.record_members.c
        found: dict[str, tuple[str, str]] = {}
        with self._reading() as connection:
            for ids in parts(sorted(set(items))):
                homes = sa.select(members.record).where(members.event.in_(ids))
                chosen = sa.select(columns.id, columns.place, columns.body).where(columns.id.in_(homes))
                found |= {identifier: (place, body) for identifier, place, body in connection.execute(chosen)}
        return [
            codec.load(Record, body) for _, (_, body) in sorted(found.items(), key=lambda each: (each[1][0], each[0]))
        ]

    def record(self, identifier: str) -> Record | None:
        """The record of this id, if there is one."""
        chosen = sa.select(schema.records.c.body).where(schema.records.c.id == identifier)
        with self._reading() as connection:
            body = connection.execute(chosen).scalar()
        return codec.load(Record, body) if body else None

    def stories(self, *, record_id: str | None = None) -> list[Story]:
        """The stories of the last merge, by date, the undated last; with record_id only the one of this record."""
        columns = schema.stories.c
        chosen = sa.select(columns.body).order_by(columns.earliest.is_(None), columns.earliest, columns.id)
        if record_id is not None:
            parts = schema_merge.story_records
            chosen = chosen.join(parts, parts.c.story == columns.id).where(parts.c.record == record_id)
        with self._reading() as connection:
            return [codec.load(Story, body) for body in connection.execute(chosen).scalars()]

    def judge(self, judgement: Judgement, then: Step | None = None) -> bool:
        """Keeps a person's decision; False where it is known.

        then is done in the same transaction: a decision whose consequences nobody noted would never be merged.
        """
        table = schema.judgements
        with self._writing() as connection:
            known = connection.execute(sa.select(table.c.number).where(table.c.id == judgement.id)).first()
            if known:
                connection.execute(sa.update(table).where(table.c.id == judgement.id).values(undone=None))
            else:
                row = {name: getattr(judgement, name) for name in ("id", "verdict", "reason", "by")}
                row |= {"subjects": json.dumps(judgement.subjects), "at": judgement.at.isoformat()}
                row |= {"body": codec.dump(judgement)}
                connection.execute(sa.insert(table), row)
            if then:
                then(connection)
        return not known

    def undo(self, judgement_id: str, then: Step | None = None) -> bool:
        """Takes a decision back, keeping that it was made; False where it is not in force. then as in `judge`."""
        table = schema.judgements
        with self._writing() as connection:
            now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
            in_force = sa.and_(table.c.id == judgement_id, table.c.undone.is_(None))
            done = connection.execute(sa.update(table).where(in_force).values(undone=now)).rowcount > 0
            if then:
                then(connection)
        return done

    def judgements(self, *, undone: bool = False) -> list[Judgement]:
        """The decisions in force, in the order in which they were made; with undone those taken back too."""
        table = schema.judgements
        chosen = sa.select(table).order_by(table.c.number)
        if not undone:
            chosen = chosen.where(table.c.undone.is_(None))
        with self._reading() as connection:
            return [_judgement(row) for row in connection.execute(chosen).mappings()]

    def begin_read(self, inputs: Sequence[str]) -> str:
        """Notes that a run over these inputs began; its id. The same run again notes nothing new."""
        identifier = content_id("read", CODER, *inputs)
        table = schema.reads
        with self._writing() as connection:
            if not connection.execute(sa.select(table.c.id).where(table.c.id == identifier)).first():
                now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
                row = {"id": identifier, "inputs": json.dumps(list(inputs)), "coder": CODER, "started": now}
                connection.execute(sa.insert(table), row)
        return identifier

    def finish_read(self, identifier: str) -> None:
        """Notes that the run came to its end."""
        table = schema.reads
        unfinished = sa.and_(table.c.id == identifier, table.c.finished.is_(None))
        with self._writing() as connection:
            now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
            connection.execute(sa.update(table).where(unfinished).values(finished=now))

    def read_finished(self, identifier: str) -> bool:
        """Whether this run, or the same run before, came to its end."""
        table = schema.reads
        with self._reading() as connection:
            chosen = sa.select(table.c.finished).where(table.c.id == identifier)
            return connection.execute(chosen).scalar() is not None

    def unfinished_reads(self) -> list[list[str]]:
        """The inputs of each run that was interrupted; reading them again goes on where it stopped."""
        table = schema.reads
        with self._reading() as connection:
            chosen = sa.select(table.c.inputs).where(table.c.finished.is_(None)).order_by(table.c.started)
            return [json.loads(inputs) for inputs in connection.execute(chosen).scalars()]


def _judgement(row: sa.RowMapping) -> Judgement:
    if row["body"]:
        return codec.load(Judgement, row["body"])
    return Judgement(  # as layout 1 kept it
        id=row["id"],
        verdict=row["verdict"],
        subjects=tuple(json.loads(row["subjects"])),
        reason=row["reason"],
        by=row["by"],
        at=dt.datetime.fromisoformat(row["at"]),
    )


def parts(held: Sequence[str]) -> Iterator[Sequence[str]]:
    """Ids in parts that one question takes."""
    for start in range(0, len(held), AT_ONCE):
        yield held[start : start + AT_ONCE]
