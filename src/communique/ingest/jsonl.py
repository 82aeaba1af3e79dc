"""JSON Lines and JSON files: one object a document, with text or html and what is known of it."""

from __future__ import annotations

import io
import itertools
import json
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

from communique.errors import CommuniqueError, InputError
from communique.ingest.encoding import decode, whole_characters
from communique.ingest.html import from_html, metadata_of
from communique.ingest.text import from_text
from communique.model import Document

MAX_LINE = 40_000_000  # bytes of one line that are read
Report = Callable[[CommuniqueError], None]
_TEXTS = ("title", "byline", "url", "source", "date")
FIELDS = "A line is an object with `text` or `html`, and optionally `id title url source date byline`"


def read_lines(
    stream: BinaryIO, name: str, report: Report, first: int = 1, most: int | None = None
) -> Iterator[Document]:
    """The documents of a JSON Lines stream; a line that cannot be read is reported with its number and costs itself.

    name: the file's name; a line without an id is called "name:number". first: the number of the first line of the
    stream, and most: how many lines are read, for a part of a file.
    """
    for number, raw in enumerate(itertools.islice(_bounded(stream), most), first):
        where = f"{name}:{number}"
        if raw is None:
            report(InputError(f"a line of more than {MAX_LINE:,} bytes is not read", where=where, advice="Split it"))
            continue
        if not raw.strip(b" \t\r\n\xef\xbb\xbf"):
            continue
        try:
            yield from_record(parse(raw, where), where)
        except CommuniqueError as fault:
            report(fault)


def _bounded(stream: BinaryIO) -> Iterator[bytes | None]:
    """The lines of a stream; None for one that is too long, whose bytes are thrown away as they come."""
    while True:
        line = stream.readline(MAX_LINE + 1)
        if not line:
            return
        if len(line) <= MAX_LINE:
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(1 << 20)
        yield None


def parse(raw: bytes, where: str) -> Any:
    """The value of one piece of JSON. Raises InputError that says where it breaks."""
    try:
        return json.loads(decode_json(raw))
    except ValueError as fault:
        what = getattr(fault, "msg", str(fault))
        column = f" at column {fault.colno}" if isinstance(fault, json.JSONDecodeError) else ""
        raise InputError(f"is not JSON ({what}{column})", where=where, advice=FIELDS) from fault
    except RecursionError as fault:
        raise InputError("is JSON nested too deep", where=where, advice=FIELDS) from fault


def decode_json(raw: bytes) -> str:
    """JSON is UTF-8; where it is not, the encoding is detected."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return decode(raw).text


def read_json(raw: bytes, name: str, report: Report) -> Iterator[Document]:
    """The documents of a JSON file: one object, a list of objects, or objects line by line whatever the ending says."""
    try:
        value = parse(raw, name)
    except InputError as fault:
        lines = [line for line in raw.splitlines() if line.strip()]
        if len(lines) > 1 and lines[0].strip().startswith(b"{") and lines[0].strip().endswith(b"}"):
            yield from read_lines(io.BytesIO(raw), name, report)
        else:
            report(fault)
        return
    records = value if isinstance(value, list) else [value]
    for number, record in enumerate(records, 1):
        where = f"{name}:{number}" if isinstance(value, list) else name
        try:
            yield from_record(record, where)
        except CommuniqueError as fault:
            report(fault)


def _field(record: dict[str, Any], name: str) -> str | None:
    """A field as text of whole characters; None where it is missing, empty or no text."""
    value = record.get(name)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    return whole_characters(value) if isinstance(value, str) and value.strip() else None


def from_record(record: Any, where: str) -> Document:
    """The Document of one JSON object. Text gives the spans; html beside it gives metadata only.

    Raises InputError where the object holds neither text nor html.
    """
    if not isinstance(record, dict):
        raise InputError("is JSON, but not an object", where=where, advice=FIELDS)
    text, html = _field(record, "text"), _field(record, "html")
    given = _field(record, "id")
    name = given if given is not None else where
    title, byline, url, source, date = (_field(record, key) for key in _TEXTS)
    surrogates: tuple[str, ...] = ()
    if text is not None and text != record["text"] and isinstance(record["text"], str):
        surrogates = ("half characters (lone surrogates) were replaced",)
    try:
        if text is None:
            if html is None:
                raise InputError("has neither text nor html", where=where, advice=FIELDS)
            return from_html(html, id=name, title=title, byline=byline, url=url, source=source, date=date)
        if html is None:
            return from_text(
                text, id=name, title=title, byline=byline, url=url, source=source, date=date,
                warnings=surrogates,
            )  # fmt: skip
        meta, dates = metadata_of(html, url)
        return from_text(
            text,
            id=name,
            title=title or meta.title,
            byline=byline or meta.byline,
            url=url or meta.url,
            source=source or meta.source,
            date=date,
            dates=dates,
            language=meta.language,
            warnings=surrogates,
        )
    except InputError as fault:
        if fault.where == where:
            raise
        raise InputError(fault.what, where=where, advice=fault.advice) from fault
