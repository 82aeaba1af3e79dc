"""The documents of a shard with all that was read out of them, as Parquet: what an archive and a merge are made of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import IO, Any

from communique.archive import codec
from communique.errors import ArchiveError, InputError
from communique.export.dates import iso
from communique.model import Coded

AT_ONCE = 64  # documents held at a time
# columns for people and other programs; `read` is a Coded as archive.codec writes it, without the text beside it
COLUMNS = ("key", "id", "title", "byline", "source", "url", "date", "enddate", "text", "read")


def row(coded: Coded) -> dict[str, Any]:
    """The cells of a document. Raises InputError where its text is no text (lone surrogates)."""
    document = coded.document
    cells = {
        "key": document.key,
        "id": document.id,
        "title": document.title,
        "byline": document.byline,
        "source": document.source,
        "url": document.url,
        "date": iso(document.published.earliest),
        "enddate": iso(document.published.latest),
        "text": document.text,
        "read": codec.dump(replace(coded, document=replace(document, text=""))),
    }
    try:
        for cell in cells.values():
            (cell or "").encode("utf8")
    except UnicodeEncodeError as fault:
        raise InputError(
            "the text holds half characters (lone surrogates): its items are kept, the document is not",
            where=document.id.encode("utf8", "replace").decode("utf8"),
            advice="Mend the encoding of the page and code it again",
        ) from fault
    return cells


class Writer:
    """Writes documents into a stream; close() writes the last of them and the file's foot."""

    def __init__(self, stream: IO[bytes]) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        self._schema = pa.schema([(name, pa.string()) for name in COLUMNS])
        self._held: list[dict[str, Any]] = []
        self._writer = pq.ParquetWriter(stream, self._schema, compression="zstd", write_page_checksum=True)

    def write(self, coded: Coded) -> None:
        """Holds one document back. Raises InputError as `row` does, and then keeps nothing of it."""
        self._held.append(row(coded))
        if len(self._held) >= AT_ONCE:
            self._write()

    def _write(self) -> None:
        import pyarrow as pa

        self._writer.write_table(pa.Table.from_pylist(self._held, schema=self._schema))
        self._held = []

    def close(self) -> None:
        """Writes what is held back, and the foot."""
        if self._held:
            self._write()
        self._writer.close()


def keys(path: Path) -> list[str]:
    """The keys of the documents of a file, in reading order. Raises InputError where it is not whole."""
    return [str(key) for (key,) in _columns(path, ("key",))]


def read(path: Path, wanted: frozenset[str] | None = None) -> Iterator[Coded]:
    """The documents of a file in reading order, or those with these keys. Raises InputError where it is not whole."""
    for key, text, line in _columns(path, ("key", "text", "read")):
        if wanted is not None and key not in wanted:
            continue
        try:
            coded = codec.load(Coded, line)
            coded = replace(coded, document=replace(coded.document, text=text))
        except (ArchiveError, TypeError) as fault:
            raise _broken(path, "a document in it cannot be read") from fault
        if coded.document.key != key:
            raise _broken(path, "the text of a document in it is not the one that was coded")
        yield coded


def _columns(path: Path, names: tuple[str, ...]) -> Iterator[tuple[Any, ...]]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(path, page_checksum_verification=True) as file:
            for batch in file.iter_batches(AT_ONCE, columns=list(names)):
                cells = batch.to_pydict()
                yield from zip(*(cells[name] for name in names), strict=True)
    except FileNotFoundError as fault:
        raise _broken(path, "is missing") from fault
    except (pa.ArrowException, OSError, KeyError, UnicodeDecodeError) as fault:
        raise _broken(path, f"is not whole ({' '.join(str(fault).split())[:100]})") from fault


def _broken(path: Path, what: str) -> InputError:
    return InputError(what, where=str(path), advice="Start `communique scale code` again: it makes what is missing")
