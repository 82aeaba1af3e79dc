"""What one worker does with one shard: reads its documents, codes them, writes what came of it as Parquet files."""

from __future__ import annotations

import contextlib
import itertools
import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

from communique.errors import CommuniqueError, InputError
from communique.export.parquet import Parquet
from communique.ingest.files import read_source
from communique.ingest.jsonl import Report, read_lines
from communique.ingest.parquet import read_parquet
from communique.ingest.warc import read_warc
from communique.model import Document
from communique.pipeline import Coder
from communique.scale.kept import Writer as Keeper
from communique.scale.plan import Part, Shard


def documents(shard: Shard, report: Report) -> Iterator[Document]:
    """The documents of a shard, named as `communique read` names them."""
    for part in shard.parts:
        try:
            yield from _of_part(part, report)
        except CommuniqueError as fault:
            report(InputError(fault.what, where=fault.where or part.path, advice=fault.advice))
        except OSError as fault:
            report(InputError(f"cannot be read ({fault})", where=part.path, advice="Check the file and start again"))


def _of_part(part: Part, report: Report) -> Iterator[Document]:
    path = Path(part.path)
    if part.end is None:
        yield from read_source(path, part.name, report)
    elif part.kind == "parquet":
        yield from read_parquet(path, part.name, report, range(part.start, part.end))
    else:
        with path.open("rb") as stream:
            yield from _of_stream(part, stream, report)


def _of_stream(part: Part, stream: BinaryIO, report: Report) -> Iterator[Document]:
    if part.kind == "warc":
        yield from read_warc(stream, part.name, report, part.start, part.end)
        return
    stream.seek(part.place)
    most = None if part.end is None else part.end - part.start
    yield from read_lines(stream, part.name, report, part.start + 1, most)


def files_of(out: Path, shard: str) -> tuple[Path, Path]:
    """The two files of a shard: its items, and the summary that is written last and says that it is done."""
    return out / f"part-{shard}.parquet", out / "_done" / f"{shard}.json"


def texts_of(out: Path, shard: str) -> Path:
    """The file of a shard's documents, from which an archive and a merge are made."""
    return out / f"documents-{shard}.parquet"


def done(out: Path, shard: str, *, texts: bool = False) -> dict[str, Any] | None:
    """The summary of a shard that is done; None where it is not, or not whole. texts asks for its documents too."""
    items, summary = files_of(out, shard)
    try:
        row: dict[str, Any] = json.loads(summary.read_bytes())
        whole = items.stat().st_size == row["bytes"]
        if texts:
            whole = whole and texts_of(out, shard).stat().st_size == row["texts"]
        return row if whole else None
    except (OSError, ValueError, KeyError):
        return None


def code_shard(shard: Shard, out: Path, coder: Coder, *, texts: bool = True) -> dict[str, Any]:
    """Codes a shard and writes its files; doing it twice, or two doing it at once, leaves the same bytes.

    texts says whether the documents are kept beside the items.
    """
    before = done(out, shard.id, texts=texts)
    if before is not None:
        return before
    items, summary = files_of(out, shard.id)
    named = [items, texts_of(out, shard.id)] if texts else [items]
    parts = [path.with_name(f".{path.name}.{os.getpid()}.part") for path in named]
    faults: list[str] = []
    count = kept = 0
    try:
        with contextlib.ExitStack() as open_files:
            writer = Parquet(open_files.enter_context(parts[0].open("wb")), coder.settings.kinds)
            keeper = Keeper(open_files.enter_context(parts[1].open("wb"))) if texts else None
            for document in documents(shard, lambda fault: faults.append(fault.line())):
                coded = coder.code(document)
                kept += writer.write(coded)
                count += 1
                if keeper:
                    try:
                        keeper.write(coded)
                    except InputError as fault:  # its items are kept all the same
                        faults.append(fault.line())
            writer.close()
            if keeper:
                keeper.close()
        sizes = [part.stat().st_size for part in parts]
        for part, path in zip(parts, named, strict=True):
            part.replace(path)
    except FileNotFoundError:  # somebody else had it done meanwhile, and swept (see sweep)
        before = done(out, shard.id, texts=texts)
        if before is None:
            raise
        return before
    finally:
        for part in parts:
            part.unlink(missing_ok=True)
    row = {"id": shard.id, "documents": count, "items": kept, "bytes": sizes[0], "faults": faults}
    row |= {"texts": sizes[1]} if texts else {}
    made = summary.with_name(f".{summary.name}.{os.getpid()}.part")
    made.write_text(json.dumps(row, ensure_ascii=False) + "\n", encoding="utf8")
    made.replace(summary)
    return row


def sweep(out: Path, shards: Iterable[str]) -> int:
    """Removes what killed workers left of shards that are done by now; the number of files."""
    whole = {shard for shard in shards if done(out, shard)}
    begun = (*out.glob(".part-*.part"), *out.glob(".documents-*.part"), *(out / "_done").glob(".*.part"))
    found = [path for path in begun if path.name.split(".")[1].rpartition("-")[2] in whole]
    for path in found:
        path.unlink(missing_ok=True)
    return len(found)


def sorted_rows(out: Path) -> list[str]:
    """Every item of a folder of shards as one line of JSON, sorted: what two runs are compared by."""
    import pyarrow.parquet as pq

    tables = (pq.read_table(path).to_pylist() for path in sorted(out.glob("part-*.parquet")))
    return sorted(json.dumps(row, ensure_ascii=False, sort_keys=True) for row in itertools.chain.from_iterable(tables))
