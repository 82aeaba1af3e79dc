"""Merges what is new in an archive: only what hangs together with it is looked at again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from communique.archive import codec, rebuild, schema
from communique.archive import schema_merge as tables
from communique.merge import kept_stories
from communique.merge.cluster import Wishes, clusters, identifier
from communique.merge.kept_tellings import Tellings
from communique.merge.kept_texts import Changed, Texts
from communique.merge.record import records
from communique.merge.records import of_coded
from communique.merge.telling import FIGURE, Order, Telling
from communique.merge.wishes import correct, wishes_of
from communique.model import Document, Record

if TYPE_CHECKING:
    from communique.archive import Archive

BATCH = 500  # documents that one transaction takes


@dataclass(frozen=True, slots=True)
class Merged:
    """How much a merge did: documents that were waiting, and tellings that were looked at again."""

    documents: int
    tellings: int


def refresh(archive: Archive, moved: Callable[[int], None] = lambda count: None) -> Merged:
    """Merges what waits in an archive: documents that are new or coded anew, and what judgements changed.

    The outcome is that of merging everything at once, whatever came first and in however many steps. moved is told how
    many documents were dealt with. Raises ArchiveError where the archive cannot be written.
    """
    documents = looked = 0
    while True:
        with archive.writing() as connection:
            chosen = sa.select(tables.pending.c.document).order_by(tables.pending.c.document).limit(BATCH)
            keys = list(connection.execute(chosen).scalars())
            if not keys:
                return Merged(documents, looked)
            looked += _Batch(connection).run(keys)
            connection.execute(sa.delete(tables.pending).where(tables.pending.c.document.in_(keys)))
            documents += len(keys)
        moved(len(keys))


class _Batch:
    """One batch of documents, inside one transaction."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection
        self._texts, self._tellings = Texts(connection), Tellings(connection)

    def run(self, keys: Sequence[str]) -> int:
        """Merges the documents with these keys anew; how many tellings were looked at."""
        come: list[tuple[int, Document]] = []
        told: list[tuple[int, Telling]] = []
        gone: list[int] = []
        correct(self._connection, keys)  # what is new, or was coded anew, has not been corrected yet
        wishes = wishes_of(self._connection)
        for row in self._documents(keys):
            if row["superseded"]:
                gone.append(row["number"])
                continue
            coded = rebuild.told(self._connection, row)
            come.append((row["number"], coded.document))
            told += [(row["number"], each) for each in of_coded(coded) if each.event_id not in wishes.wrong]
        stories = kept_stories.Stories(self._connection)
        stories.forget(self._texts.texts_of([*gone, *(number for number, _ in come)]))
        dirty = self._tellings.forget([*gone, *(number for number, _ in come)])
        changed = self._texts.change(gone, come)
        self._tellings.keep([(number, changed.moved[number], each) for number, each in told])
        self._tellings.move(changed.moved)
        stories.forget(changed.moved)  # the first document of a text may have become a copy of another
        self._texts.relate(changed)
        looked = self._merge(dirty, changed, wishes.wishes)
        stories.tell(changed.texts | {int(each.text) for each in looked})
        return len(looked)

    def _documents(self, keys: Sequence[str]) -> list[Any]:
        chosen = sa.select(schema.documents).where(schema.documents.c.key.in_(keys)).order_by(schema.documents.c.number)
        return list(self._connection.execute(chosen).mappings())

    def _merge(self, dirty: set[str], changed: Changed, wishes: Wishes) -> list[Telling]:
        """Clusters everything that hangs together with what is new, and keeps the records of it."""
        fresh = self._tellings.of_texts(changed.texts)
        near = self._texts.around(changed.texts)
        dirty |= {component for _, component in fresh.values() if component}
        dirty |= self._tellings.related(fresh, near)
        judged = {name for pair in (*wishes.same, *wishes.different) for name in pair}
        dirty |= self._judged(judged, dirty, fresh, wishes)
        held = fresh | self._tellings.of_components(dirty)
        told = [telling for telling, _ in held.values()]
        near = self._texts.around({int(each.text) for each in told})
        found = clusters(told, near, wishes)
        self._forget_records(dirty)
        places = [place(cluster.order) for cluster in found.clusters]
        components = [found.together.root(identifier(cluster.members[0])) for cluster in found.clusters]
        made = records(found.clusters, found.links)
        self._keep_records(made, places, components)
        self._tellings.settle(
            (identifier(telling), component, record.id)
            for cluster, component, record in zip(found.clusters, components, made, strict=True)
            for telling in cluster.members
        )
        return told

    def _judged(self, judged: set[str], dirty: set[str], fresh: dict[str, Any], wishes: Wishes) -> set[str]:
        """The components that a person ties to what is looked at anyway."""
        known = self._tellings.with_ids(judged) if judged else {}
        component = {name: held or "" for name, (_, held) in known.items()}
        inside = {name for name in known if name in fresh or component[name] in dirty}
        found: set[str] = set()
        for one, other in sorted(wishes.same):
            if (one in inside) != (other in inside):
                found |= {component.get(one, ""), component.get(other, "")}
        return found - {""}

    def _forget_records(self, components: set[str]) -> None:
        listed = sorted(components)
        for at in range(0, len(listed), 400):
            chosen = sa.select(schema.records.c.id).where(schema.records.c.component.in_(listed[at : at + 400]))
            ids = list(self._connection.execute(chosen).scalars())
            for start in range(0, len(ids), 400):
                part = ids[start : start + 400]
                members = schema.record_members
                self._connection.execute(sa.delete(members).where(members.c.record.in_(part)))
                self._connection.execute(sa.delete(schema.records).where(schema.records.c.id.in_(part)))

    def _keep_records(self, found: Sequence[Record], places: Sequence[str], components: Sequence[str]) -> None:
        rows = [
            {
                "id": each.id,
                "event": each.event,
                "status": each.status,
                "kind": "figure" if each.event == FIGURE else "event",
                "place": place,
                "component": component,
                "body": codec.dump(each),
            }
            for each, place, component in zip(found, places, components, strict=True)
        ]
        if rows:
            self._connection.execute(sa.insert(schema.records), rows)
            members = [(each.id, member) for each in found for member in each.members]
            self._connection.exec_driver_sql("INSERT INTO record_members VALUES (?, ?)", members)


def place(order: Order) -> str:
    """An order as text that sorts as it does: the place of a record among all."""
    return "\x1f".join(f"{part:09d}" if isinstance(part, int) else part for part in order)
