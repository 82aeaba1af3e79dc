"""An archive over a folder of shards: what was coded there is kept as if it had been read here, and not coded again."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from communique.errors import InputError
from communique.ingest.jsonl import Report
from communique.model import Coded
from communique.scale import kept
from communique.scale.folder import Folder, Kept

if TYPE_CHECKING:
    from communique.archive import Archive

AT_ONCE = 200  # documents of one transaction


@dataclass(frozen=True, slots=True)
class Opened:
    """What came of it: documents that are new in the archive, those it knew, and shards that could not be read."""

    documents: int
    known: int
    broken: int


def open_shards(
    shards: Folder, archive: Archive, report: Report, moved: Callable[[int], None] = lambda count: None
) -> Opened:
    """Keeps the documents of all shards in an archive, in their order; what it has already costs a look at its key.

    After an interruption the same call goes on where it stopped. A shard that cannot be read is reported and costs
    itself alone. moved is told how many documents were dealt with. Nothing is merged here.
    """
    documents = known = broken = 0
    for shard in shards.shards:
        try:
            keys = kept.keys(shard.path)
            there = archive.known_of(keys)
            wanted = frozenset(keys) - there
            there_already = sum(key not in wanted for key in keys)
            moved(shard.documents - len(keys) + there_already)
            known += there_already
            for batch in _batches(shard, wanted) if wanted else ():
                added = _add(archive, batch, shards.coder, report)
                documents += added
                moved(len(batch))
        except InputError as fault:
            report(fault)
            broken += 1
    return Opened(documents, known, broken)


def _batches(shard: Kept, wanted: frozenset[str]) -> Iterator[Sequence[Coded]]:
    coded = kept.read(shard.path, wanted)
    while batch := list(itertools.islice(coded, AT_ONCE)):
        yield batch


def _add(archive: Archive, batch: Sequence[Coded], coder: str, report: Report) -> int:
    try:
        return archive.add_many(batch, coder)
    except InputError:  # one of them cannot be kept there: the others can
        added = 0
        for coded in batch:
            try:
                added += archive.add_many([coded], coder)
            except InputError as fault:
                report(fault)
        return added
