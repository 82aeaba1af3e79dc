"""What one worker makes of one shard for a merge: marks, terms and keys by which documents and tellings meet."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from communique import __version__
from communique.archive import codec
from communique.knowledge import load
from communique.merge import sketch
from communique.merge.cluster import clusters, identifier
from communique.merge.copies import order, sketched
from communique.merge.kept_rows import number_of
from communique.merge.keys import FIGURE, OPENS, SAID
from communique.merge.nearness import Nearness
from communique.merge.records import about, of_coded
from communique.merge.stories import lead
from communique.merge.telling import Telling
from communique.merge.words import rules
from communique.model import Coded, Document, content_id
from communique.scale import kept
from communique.scale.shelf import TEXTS, TOLDS, number, path_of, write_rows

# days of a slot of time in which tellings meet; the long one is for what is compared over years
SLOT, LONG_SLOT = 64, 512
AT_ONCE = 500  # documents that are held as a whole
# tables that are joined; all numbers
TABLES: dict[str, dict[str, str]] = {
    "docs": {"at": "int64", "id": "int64", "digest": "int64", "day": "int64", "free": "bool", "place": "string"},
    "bands": {"at": "int64", "bucket": "int64"},
    "terms": {
        "at": "int64", "bucket": "int64", "here": "int64", "before": "int64", "day": "int64", "free": "bool",
    },
    "tells": {"t": "int64", "at": "int64"},
    "keys": {"t": "int64", "at": "int64", "key": "int64"},
    "slots": {
        "t": "int64", "at": "int64", "bucket": "int64", "low": "int64", "high": "int64",
        "exact": "bool", "linking": "bool", "said": "bool",
    },
    "inner": {"a": "int64", "b": "int64"},
}  # fmt: skip
ALL = ("texts", "told", *TABLES)


def how() -> str:
    """What decides how documents are compared: the version and the merge's own words and weights."""
    return content_id(__version__, load.text("merge.yaml"), load.text("merge_common.csv"))


def done(out: Path, shard: int, of: str, made: str) -> bool:
    """Whether the shard in this place of the list is prepared, from this file and in this way."""
    try:
        row = json.loads(_summary(out, shard).read_bytes())
        sizes = {table: path_of(out, table, shard).stat().st_size for table in ALL}
        return bool(row == {"of": of, "how": made, "bytes": sizes})
    except (OSError, ValueError):
        return False


def prepare(documents: Path, out: Path, shard: int, made: str) -> None:
    """Prepares the shard in this place of the list; its summary is written last. Raises InputError as `kept` does."""
    if done(out, shard, documents.name, made):
        return
    rows: dict[str, list[dict[str, Any]]] = {table: [] for table in ALL}
    held: list[Coded] = []
    for coded in kept.read(documents):
        held.append(coded)
        if len(held) == AT_ONCE:
            _take(rows, shard, held)
            held = []
    _take(rows, shard, held)
    sizes = {}
    for table in ALL:
        path = path_of(out, table, shard)
        part = path.with_name(f".{path.name}.{os.getpid()}.part")
        if table in TABLES:
            _write(part, TABLES[table], rows[table])
        else:
            write_rows(part, TEXTS if table == "texts" else TOLDS, rows[table])
        sizes[table] = part.stat().st_size
        part.replace(path)
    summary = _summary(out, shard)
    part = summary.with_name(f".{summary.name}.{os.getpid()}.part")
    part.write_text(json.dumps({"of": documents.name, "how": made, "bytes": sizes}) + "\n", encoding="utf8")
    part.replace(summary)


def _summary(out: Path, shard: int) -> Path:
    return out / "prepared" / f"done-{shard:07d}.json"


def _write(path: Path, kinds: dict[str, str], rows: Sequence[dict[str, Any]]) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = pa.schema([(name, getattr(pa, "bool_" if kind == "bool" else kind)()) for name, kind in kinds.items()])
    pq.write_table(pa.Table.from_pylist(list(rows), schema=schema), path, compression="zstd")


def _take(rows: dict[str, list[dict[str, Any]]], shard: int, held: Sequence[Coded]) -> None:
    """Adds what some documents of a shard, which follow on those before, bring to its tables."""
    first = len(rows["texts"])
    made = sketched([coded.document for coded in held])
    numbers = [number(shard, first + row) for row in range(len(held))]
    bands, owners = sketch.marked(made)
    marks = np.unique(np.stack((np.array(numbers, dtype=np.int64)[owners], bands), axis=1), axis=0)
    rows["bands"] += [{"at": at, "bucket": band} for at, band in marks.tolist()]
    for at, coded, each in zip(numbers, held, made, strict=True):
        document, what, packed = coded.document, about(coded.document), each.pack()
        place = "\x1f".join(str(part) for part in order(document))
        free = what.revises or what.day is None  # what corrects is found by texts of other days too
        day = what.day or 0
        rows["texts"].append(_text(coded, place) | {"day": what.day, "revises": what.revises,
                                                    "sketch": packed, "topic": what.topic.pack()})  # fmt: skip
        digest = number_of(f"{packed.hex()} {each.day}") if len(each.whole) else number_of(f"{at} alone")
        name = number_of(document.id)
        rows["docs"].append({"at": at, "id": name, "digest": digest, "day": day, "free": free, "place": place})
        rows["terms"] += [{"at": at, "day": day, "free": free} | term for term in _terms(what.topic.pairs(), day)]
        _tellings(rows, shard, at, list(of_coded(coded)))


def _text(coded: Coded, place: str) -> dict[str, Any]:
    document: Document = coded.document
    first = coded.sentences[0].cut(document.text) if coded.sentences else ""
    published = codec.dump(document.published)
    cells = {"key": document.key, "id": document.id, "url": document.url, "place": place, "title": document.title}
    return cells | {"lead": lead(first), "published": published}


def _tellings(rows: dict[str, list[dict[str, Any]]], shard: int, at: int, told: list[Telling]) -> None:
    numbers = {}
    for each in told:
        t = number(shard, len(rows["told"]))
        numbers[identifier(each)] = t
        rows["told"].append({"name": identifier(each), "line": each.pack()})
        rows["tells"].append({"t": t, "at": at})
        keys = {number_of(key) for key in (*each.keys, *each.far_keys)}
        rows["keys"] += [{"t": t, "at": at, "key": key} for key in sorted(keys)]
        if each.dated_keys:
            common = {"t": t, "at": at, "exact": each.exact, "linking": each.linking}
            rows["slots"] += [common | slot for slot in _slots(each)]
    # what a document that copies nobody tells twice; copies are looked at together, when it is known who they are
    groups = clusters(told, Nearness({})).together.groups() if len(told) > 1 else []
    rows["inner"] += [{"a": numbers[one[0]], "b": numbers[other]} for one in groups for other in one[1:]]


def reach_of_a_story() -> int:
    """Days between two publications of one story, which is also how long a slot of time is in which they meet."""
    return max(1, int(rules()["days_of_a_story"]))


def _terms(pairs: Sequence[str], day: int) -> Iterator[dict[str, Any]]:
    """The buckets of pairs of chief terms: at any time, in the slot of a day, and in the slot before."""
    slot = day // reach_of_a_story()
    for pair in dict.fromkeys(pairs):
        near = {"here": number_of(f"{slot}|{pair}"), "before": number_of(f"{slot - 1}|{pair}")}
        yield {"bucket": number_of(pair)} | near


def _slots(each: Telling) -> Iterator[dict[str, Any]]:
    """Its far keys in every slot of time that it reaches, from when to when, and whether the key is sure by itself."""
    for key in each.dated_keys:
        low, high = each.reach_of(key)
        width = LONG_SLOT if key.startswith((FIGURE, OPENS)) else SLOT
        for slot in range(low // width, high // width + 1):
            yield {"bucket": number_of(f"{slot}|{key}"), "low": low, "high": high, "said": key.startswith(SAID)}


def paths(out: Path, table: str, shards: Iterable[int]) -> list[str]:
    """The files of a table of these shards."""
    return [str(path_of(out, table, shard)) for shard in shards]
