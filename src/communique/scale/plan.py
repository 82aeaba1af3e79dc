"""Cuts inputs into shards: parts of files, some hundred documents each, that can be read by themselves."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from communique import __version__
from communique.errors import InputError
from communique.ingest.files import Source, sources
from communique.ingest.jsonl import Report
from communique.ingest.parquet import rows_of
from communique.ingest.warc import count_pages
from communique.model import content_id
from communique.settings import Settings

SIZE = 500  # documents of a shard, about
_EDGE = 1 << 16  # bytes of either end of a file that tell whether it is the same file


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a file: lines of JSON Lines, pages of a web archive, row groups of Parquet, or all of it.

    start and end count lines, pages or groups from 0; end is None for all. place is the byte at which a line begins.
    """

    path: str
    name: str
    kind: str | None
    start: int = 0
    end: int | None = None
    place: int = 0


@dataclass(frozen=True, slots=True)
class Shard:
    """Parts that are coded together into one file of results. The id says what is in it and how it is coded."""

    id: str
    parts: tuple[Part, ...]

    def to_json(self) -> str:
        """The shard as one line for another process."""
        return json.dumps({"id": self.id, "parts": [asdict(part) for part in self.parts]})

    @classmethod
    def from_json(cls, line: str) -> Shard:
        """The shard of such a line."""
        row = json.loads(line)
        return cls(row["id"], tuple(Part(**part) for part in row["parts"]))


def plan(inputs: Sequence[str | Path], settings: Settings, report: Report, size: int = SIZE) -> list[Shard]:
    """The shards of the inputs, in their order. The same files and settings always give the same shards.

    All documents of a shard come before all of the next: read so, they are in the order of `communique read`.
    """
    groups: list[list[Part]] = []
    loose: list[Part] = []
    how = (__version__, settings.model, settings.encoder, settings.weights, *settings.kinds)
    marks: dict[str, str] = {}
    for source in sources(inputs, report):
        try:
            marks[str(source.path)] = _mark(source.path)
            parts = list(_parts(source, size, report))
        except InputError as fault:
            report(fault)
            continue
        except OSError as fault:
            report(InputError(f"cannot be read ({fault.strerror})", where=str(source.path), advice="Check your rights"))
            continue
        if len(parts) == 1 and parts[0].end is None and source.kind in ("text", "html", None):
            loose += parts
            if len(loose) >= size:
                groups.append(loose)
                loose = []
        else:
            groups += [loose] if loose else []
            loose = []
            groups += [[part] for part in parts]
    groups += [loose] if loose else []
    return [
        Shard(content_id(*how, *(f"{p.name} {p.kind} {p.start} {p.end} {marks[p.path]}" for p in group)), tuple(group))
        for group in groups
    ]


def _mark(path: Path) -> str:
    """What tells one state of a file from another: its size and both of its ends."""
    size = path.stat().st_size
    with path.open("rb") as stream:
        digest = hashlib.sha256(stream.read(_EDGE))
        stream.seek(max(0, size - _EDGE))
        digest.update(stream.read())
    return f"{size} {digest.hexdigest()[:16]}"


def _parts(source: Source, size: int, report: Report) -> Iterator[Part]:
    whole = Part(str(source.path), source.name, source.kind)
    if source.kind == "jsonl" and not source.packed:
        for start, place in _lines(source.path, size):
            yield Part(whole.path, whole.name, whole.kind, start, start + size, place)
    elif source.kind == "warc":
        with source.path.open("rb") as stream:
            pages = count_pages(stream, source.name, report)
        for start in range(0, pages, size):
            yield Part(whole.path, whole.name, whole.kind, start, start + size)
    elif source.kind == "parquet":
        start = rows = 0
        counts = rows_of(source.path)
        for number, count in enumerate(counts):
            rows += count
            if rows >= size or number == len(counts) - 1:
                yield Part(whole.path, whole.name, whole.kind, start, number + 1)
                start, rows = number + 1, 0
    else:
        yield whole


def _lines(path: Path, size: int, length: int = 1 << 20) -> Iterator[tuple[int, int]]:
    """The number and place of every size-th line of a file, read by chunks: a line may be longer than the memory."""
    number = place = 0
    fresh = True
    with path.open("rb") as stream:
        while chunk := stream.read(length):
            if fresh and number % size == 0:
                yield number, place
            fresh = False
            found = -1
            while (found := chunk.find(b"\n", found + 1)) >= 0:
                number += 1
                if found + 1 == len(chunk):
                    fresh = True
                elif number % size == 0:
                    yield number, place + found + 1
            place += len(chunk)
