"""Inputs become Documents: files, folders and standard input, each read by its ending or by what it holds."""

from __future__ import annotations

import contextlib
import gzip
import io
import os
import re
import shutil
import sys
import tempfile
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from communique.errors import CommuniqueError, InputError, PluginError
from communique.ingest import feed, feed_json
from communique.ingest.encoding import binary, decode
from communique.ingest.html import from_html
from communique.ingest.jsonl import Report, read_json, read_lines
from communique.ingest.parquet import read_parquet, rows_of
from communique.ingest.readers import reader_for
from communique.ingest.text import from_text
from communique.ingest.warc import read_warc
from communique.model import Document

MAX_FILE = 60_000_000  # bytes of one page or text that are read into memory
SNIFFED = 4_096
KINDS = {
    ".txt": "text",
    ".md": "text",
    ".text": "text",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".warc": "warc",
    ".parquet": "parquet",
    ".pq": "parquet",
}
FEEDS = frozenset((".rss", ".atom", ".rdf", ".xml"))  # what feeds are called; that they are feeds, their content says
_TAGS = re.compile(rb"<(?:!doctype html|html|head|body|article|div|p|h1|meta|title)\b", re.I)


@dataclass(frozen=True, slots=True)
class _Found:
    """A file to read: where it is, and what it is called beside the others of the run."""

    path: Path
    name: str
    relative: str


def read(inputs: Sequence[str | Path], *, report: Report, stdin: BinaryIO | None = None) -> Iterator[Document]:
    """The Documents of files, folders and "-" (standard input), one by one, in the order of inputs and of names.

    What cannot be read is handed to `report` as one error and costs itself alone. Hidden files are skipped.
    """
    for item in _named(inputs, report):
        if item is None:
            yield from _stdin(stdin if stdin is not None else sys.stdin.buffer, report)
        else:
            yield from _safe(*item, report)


def _named(inputs: Sequence[str | Path], report: Report) -> Iterator[tuple[_Found, str] | None]:
    """The files of the inputs, each with what its documents are called; None stands for standard input."""
    found: list[_Found | None] = []
    for given in inputs:
        if str(given) == "-":
            found.append(None)
        else:
            found.extend(_walk(Path(given), report))
    names = Counter(file.name for file in found if file is not None)
    for file in found:
        if file is None:
            yield None
        else:
            yield file, file.name if names[file.name] == 1 else file.relative


@dataclass(frozen=True, slots=True)
class Source:
    """A file of the inputs: what its documents are called, and its kind (None where only its content tells)."""

    path: Path
    name: str
    kind: str | None
    packed: bool


def sources(inputs: Sequence[str | Path], report: Report) -> Iterator[Source]:
    """The files that `read` would read, with the names that it gives them; standard input is left out."""
    for item in _named(inputs, report):
        if item is not None:
            ending, packed = _ending(item[0].path)
            yield Source(item[0].path, item[1], KINDS.get(ending), packed)


def read_source(path: Path, name: str, report: Report) -> Iterator[Document]:
    """The documents of one file under the name that it has among the inputs."""
    yield from _safe(_Found(path, path.name, name), name, report)


def count(inputs: Sequence[str | Path]) -> int | None:
    """How many documents there will be, as far as that is cheap to know: files, and the lines of JSON Lines.

    None where standard input, a packed file, a feed or a web archive is among them.
    """
    total = 0
    for given in inputs:
        if str(given) == "-":
            return None
        for file in _walk(Path(given), lambda fault: None):
            ending, packed = _ending(file.path)
            kind = KINDS.get(ending)
            if kind == "warc" or (packed and kind == "jsonl") or ending in FEEDS:
                return None
            if kind == "parquet":
                with contextlib.suppress(CommuniqueError):
                    total += sum(rows_of(file.path))
                continue
            if kind != "jsonl":
                total += 1
                continue
            try:
                total += _count_lines(file.path)
            except OSError:
                continue
    return total


def _count_lines(path: Path) -> int:
    """The lines of a file that are not blank, by chunks: a line may be longer than the memory."""
    lines, blank = 0, True
    with path.open("rb") as stream:
        while chunk := stream.read(1 << 20):
            pieces = chunk.split(b"\n")
            for number, piece in enumerate(pieces):
                if number:
                    lines += not blank
                    blank = True
                blank = blank and not piece.strip()
    return lines + (not blank)


def _walk(path: Path, report: Report) -> Iterator[_Found]:
    """The files of an input: itself, or all below a folder, sorted, without hidden ones."""
    try:
        if path.is_dir():
            yield from _folder(path, path, report)
            return
        if not path.exists():
            report(InputError("there is no such file or folder", where=str(path), advice="Check the name"))
            return
    except OSError as fault:
        report(_closed(path, fault))
        return
    yield _Found(path, path.name, str(path))


def _folder(folder: Path, top: Path, report: Report) -> Iterator[_Found]:
    waiting = [folder]
    while waiting:
        here = waiting.pop()
        try:
            entries = sorted(os.scandir(here), key=lambda entry: entry.name)
        except OSError as fault:
            report(_closed(here, fault))
            continue
        below: list[Path] = []
        for entry in entries:
            if entry.name.startswith("."):
                continue
            path = Path(entry.path)
            try:
                if entry.is_dir(follow_symlinks=False):
                    below.append(path)
                elif entry.is_file():
                    yield _Found(path, path.name, path.relative_to(top).as_posix())
            except OSError as fault:
                report(_closed(path, fault))
        waiting.extend(reversed(below))


def _closed(path: Path, fault: OSError) -> InputError:
    """The error for what the system does not let us read."""
    return InputError(f"cannot be read ({fault.strerror or fault})", where=str(path), advice="Check your rights to it")


def _ending(path: Path) -> tuple[str, bool]:
    """The ending that tells the kind, and whether the file is packed with gzip."""
    packed = path.suffix.lower() == ".gz"
    return (Path(path.stem).suffix if packed else path.suffix).lower(), packed


def _safe(file: _Found, id: str, report: Report) -> Iterator[Document]:
    """The documents of one file; whatever breaks is reported once."""
    try:
        yield from _file(file, id, report)
    except PluginError as fault:
        report(fault)
    except CommuniqueError as fault:
        report(InputError(fault.what, where=str(file.path), advice=fault.advice))
    except (gzip.BadGzipFile, EOFError, zlib.error) as fault:
        report(InputError(f"is not whole gzip ({fault})", where=str(file.path), advice="Fetch or pack the file again"))
    except OSError as fault:
        report(_closed(file.path, fault))


def _file(file: _Found, id: str, report: Report) -> Iterator[Document]:
    ending, packed = _ending(file.path)
    reader = None if ending in KINDS else reader_for(ending)
    if reader is not None:
        yield from reader(file.path, report)
        return
    if KINDS.get(ending) == "parquet":
        yield from read_parquet(file.path, file.name if id == file.name else id, report)
        return
    # WARC is packed record by record: its own reader unpacks it
    with gzip.open(file.path, "rb") if packed and ending != ".warc" else file.path.open("rb") as stream:
        yield from _stream(cast(BinaryIO, stream), KINDS.get(ending), id, file.name if id == file.name else id, report)


def _stdin(stream: BinaryIO, report: Report) -> Iterator[Document]:
    try:
        yield from _stream(stream, None, "stdin", "stdin", report)
    except CommuniqueError as fault:
        report(InputError(fault.what, where="standard input", advice=fault.advice))
    except OSError as fault:
        report(InputError(f"cannot be read ({fault})", where="standard input", advice="Check the pipe"))


def _stream(stream: BinaryIO, kind: str | None, id: str, name: str, report: Report) -> Iterator[Document]:
    """The documents of a stream of a known or unknown kind."""
    buffered = io.BufferedReader(_Raw(stream), 1 << 16)
    if kind is None:
        kind = sniff(buffered.peek(SNIFFED)[:SNIFFED])
    if kind == "jsonl":
        yield from read_lines(buffered, name, report)
        return
    if kind == "warc":
        with _seekable(stream, buffered) as whole:
            yield from read_warc(whole, name, report)
        return
    data = buffered.read(MAX_FILE + 1)
    if len(data) > MAX_FILE:
        raise InputError(f"holds more than {MAX_FILE:,} bytes", advice="Split it into one article a file")
    if not data.strip():
        raise InputError("is empty", advice="Check the file")
    if binary(data):
        raise InputError("is not text (binary)", advice="Give pages as text, HTML or JSON Lines")
    if feed.recognised(data):
        yield from feed.read_feed(data, name, report)
    elif kind == "json":
        yield from read_json(data, name, report)
    elif kind == "html":
        yield from_html(data, id=id)
    else:
        read_in = decode(data)
        yield from_text(read_in.text, id=id, encoding=read_in.encoding, warnings=read_in.warnings)


@contextlib.contextmanager
def _seekable(stream: BinaryIO, begun: BinaryIO | io.BufferedReader) -> Iterator[BinaryIO]:
    """A stream of which some has been read, from its beginning: itself, or what comes out of a pipe in a file."""
    if stream.seekable():
        stream.seek(0)
        yield stream
        return
    with tempfile.TemporaryFile() as whole:
        shutil.copyfileobj(begun, whole, 1 << 20)
        whole.seek(0)
        yield cast(BinaryIO, whole)


def sniff(head: bytes) -> str:
    """What a file without a telling ending holds, by its beginning: "warc", "jsonl", "json", "html" or "text"."""
    if head.startswith(b"WARC/"):
        return "warc"
    start = head.lstrip(b" \t\r\n\xef\xbb\xbf")
    if start.startswith(b"{"):
        return "json" if feed_json.likely(head) else "jsonl"
    if re.match(rb"\[\s*\{", start):
        return "json"
    lowered = start[:1_024].lower()
    if lowered.startswith((b"<!doctype html", b"<html", b"<?xml")) or len(_TAGS.findall(start)) >= 2:
        return "html"
    return "text"


class _Raw(io.RawIOBase):
    """Lets any binary stream be peeked into."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]
        data = self._stream.read(len(view))
        view[: len(data)] = data
        return len(data)
