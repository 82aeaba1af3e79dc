"""What one worker makes of one task of a merge: records of tellings that hang together, stories of texts that do."""

from __future__ import annotations

import functools
import os
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from communique.archive import codec
from communique.merge.cluster import clusters
from communique.merge.nearness import Nearness
from communique.merge.record import records
from communique.merge.refresh import place
from communique.merge.stories import central, grouped, last_day, story
from communique.merge.telling import FIGURE
from communique.model import Story, When
from communique.scale.shelf import Shelf

Edge = tuple[int, int, float]  # two texts and how near they are
RECORDS = {
    "id": "string", "kind": "string", "event": "string", "status": "string", "voices": "int64", "place": "string",
    "home": "int64", "last": "string", "members": "strings", "body": "string",
}  # fmt: skip
STORIES = {
    "id": "string", "title": "string", "earliest": "string", "latest": "string", "documents": "strings",
    "records": "strings", "body": "string",
}  # fmt: skip


class Settler:
    """Writes the records and the stories of tasks; doing one twice leaves the same bytes."""

    def __init__(self, folder: str) -> None:
        self._out = Path(folder)
        self._shelf = Shelf(self._out)
        # a text goes by its place in time, which no other has: what is equal is ordered by it, as in an archive
        self._name = functools.lru_cache(maxsize=100_000)(self._place)

    def records(self, task: int, told: Sequence[tuple[int, int, int]], edges: Sequence[Edge]) -> int:
        """Writes the records of tellings, each with its text and the label of what it hangs together with."""
        near = self._nearness(edges)
        groups: dict[int, list[tuple[int, int]]] = {}
        for t, text, label in sorted(told):
            groups.setdefault(label, []).append((t, text))
        rows: list[dict[str, Any]] = []
        for _, members in sorted(groups.items()):
            number_of = {self._name(text): text for _, text in members}
            found = clusters([self._shelf.telling(t, self._name(text)) for t, text in members], near)
            for cluster, record in zip(found.clusters, records(found.clusters, found.links), strict=True):
                counted = Counter(number_of[each.text] for each in cluster.members)
                figure = record.event == FIGURE
                home = None if figure else min(counted, key=lambda text: (-counted[text], self._name(text)))
                rows.append(
                    {
                        "id": record.id,
                        "kind": "figure" if figure else "event",
                        "event": record.event,
                        "status": record.status,
                        "voices": record.voices,
                        "place": place(cluster.order),
                        "home": home,
                        "last": last_day(record),
                        "members": list(record.members),
                        "body": codec.dump(record),
                    }
                )
        write(records_path(self._out, task), RECORDS, sorted(rows, key=lambda row: (row["place"], row["id"])))
        return len(rows)

    def stories(
        self,
        task: int,
        printed: Sequence[tuple[int, int, int]],
        edges: Sequence[Edge],
        told: Sequence[tuple[int, str, str, str | None]],
    ) -> int:
        """Writes the stories of documents, each with its text and the label of the texts that hang together.

        told are records: the text in which each is at home, its id, its place among all, and its last day.
        """
        near = self._nearness(edges)
        parts: dict[int, set[int]] = {}
        prints: dict[int, list[int]] = {}
        for at, text, label in sorted(printed):
            parts.setdefault(label, set()).add(text)
            prints.setdefault(text, []).append(at)
        homes: dict[int, list[tuple[str, str, str | None]]] = {}
        for home, record, where, last in sorted(told):
            homes.setdefault(home, []).append((record, where, last))
        found: list[Story] = []
        for texts in parts.values():
            number_of = {self._name(text): text for text in texts}
            for members in grouped(number_of, near):
                numbers = [number_of[name] for name in members]
                title, lead = self._shelf.document(number_of[central(members, near)], ("title", "lead"))
                cells = [self._shelf.document(at, ("key", "published")) for text in numbers for at in prints[text]]
                reports = [(key, codec.load(When, published)) for key, published in cells]
                held = [each for text in numbers for each in homes.get(text, ())]
                found.append(story(reports, title or lead, held))
        rows = [
            {
                "id": each.id,
                "title": each.title,
                "earliest": each.earliest.isoformat() if each.earliest else None,
                "latest": each.latest.isoformat() if each.latest else None,
                "documents": list(each.documents),
                "records": list(each.records),
                "body": codec.dump(each),
            }
            for each in found
        ]
        write(stories_path(self._out, task), STORIES, sorted(rows, key=lambda row: (row["earliest"] or "~", row["id"])))
        return len(rows)

    def _nearness(self, edges: Sequence[Edge]) -> Nearness:
        held: dict[str, dict[str, float]] = {}
        for one, other, value in edges:
            a, b = self._name(one), self._name(other)
            held.setdefault(a, {})[b] = held.setdefault(b, {})[a] = value
        return Nearness(held)

    def _place(self, at: int) -> str:
        return str(self._shelf.document(at, ("place",))[0])


def records_path(out: Path, task: int) -> Path:
    """The file of the records of a task."""
    return out / f"records-{task:06d}.parquet"


def stories_path(out: Path, task: int) -> Path:
    """The file of the stories of a task."""
    return out / f"stories-{task:06d}.parquet"


def write(path: Path, kinds: Mapping[str, str], rows: Sequence[Mapping[str, Any]]) -> None:
    """Writes rows as Parquet; the file has its name when it is whole."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    types = {"string": pa.string(), "int64": pa.int64(), "strings": pa.list_(pa.string())}
    schema = pa.schema([(name, types[kind]) for name, kind in kinds.items()])
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        pq.write_table(pa.Table.from_pylist(list(rows), schema=schema), part, compression="zstd")
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
