"""WARC files, as web archives and Common Crawl publish them: each page that was answered becomes a Document, and each
entry of a feed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

from communique.errors import CommuniqueError, InputError
from communique.ingest import feed
from communique.ingest.html import from_html
from communique.ingest.jsonl import Report
from communique.model import Document

MAX_BYTES = 10_000_000  # bytes of one page, unpacked, that are read
MAX_HEADER = 1 << 16  # bytes of a record's own header
_PAGES = ("text/html", "application/xhtml+xml", "")
# what feeds are sent as; that they are feeds, their content says
_FEEDS = (
    "application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json",
    "application/xml", "text/xml", "application/json", "text/plain",
)  # fmt: skip
_ADVICE = "Fetch the file again, or leave it away"


def read_warc(
    stream: BinaryIO, name: str, report: Report, start: int = 0, end: int | None = None
) -> Iterator[Document]:
    """The pages of a WARC stream, packed or not, in order; a page that cannot be read is reported and costs itself.

    An answer that is a feed gives a document of each entry, with the ids that the feed alone would give.

    start and end choose among the answered pages by number, as the shards of a big file do. A file that breaks off
    gives what stands before the break, and one fault.
    """
    number = -1
    for record in _records(stream, name, report):
        number += 1
        if number < start:
            continue
        if end is not None and number >= end:
            return
        where = f"{name}:{number + 1}"
        try:
            yield from _answer(record, where, report)
        except CommuniqueError as fault:
            report(fault)


def count_pages(stream: BinaryIO, name: str, report: Report) -> int:
    """How many answered pages a WARC stream holds."""
    return sum(1 for _ in _records(stream, name, report))


def _records(stream: BinaryIO, name: str, report: Report) -> Iterator[Any]:
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    seen = False
    try:
        for record in ArchiveIterator(
            stream,
            record_types=WarcRecordType.response,
            parse_http=True,
            auto_decode="all",
            max_header_len=MAX_HEADER,
            fsspec_args=False,
        ):
            seen = True
            yield record
    except BaseException as fault:
        _expected(fault)
        report(InputError(f"breaks off ({_short(fault)})", where=name, advice=_ADVICE))
        return
    if not seen:
        report(InputError("holds no answered page", where=name, advice=_ADVICE))


def _expected(fault: BaseException) -> None:
    """Raises again what no broken file can cause. A panic of the WARC library is no Exception, but a broken file."""
    if not isinstance(fault, Exception) and type(fault).__name__ != "PanicException":
        raise fault


def _short(fault: BaseException) -> str:
    return " ".join(str(fault).split())[:120] or type(fault).__name__


def _answer(record: Any, where: str, report: Report) -> Iterator[Document]:
    """The Documents of one record; none where it is no page and no feed: a picture, an error, a redirection."""
    http = record.http_headers
    sent_as = (record.http_content_type or "").lower()
    if http is None or (http.status_code or 0) != 200 or sent_as not in (*_PAGES, *_FEEDS):
        return
    try:
        # only so much is unpacked: a page of a few kilobytes can unpack to gigabytes
        content = record.reader.read(MAX_BYTES + 1)
    except BaseException as fault:
        _expected(fault)
        raise InputError(f"cannot be unpacked ({_short(fault)})", where=where, advice=_ADVICE) from fault
    is_feed = feed.recognised(content)
    if not content.strip() or not (is_feed or sent_as in _PAGES):
        return
    if len(content) > MAX_BYTES:
        raise InputError(f"a page of more than {MAX_BYTES:,} bytes is not read", where=where, advice="Leave it away")
    if is_feed:
        yield from feed.read_feed(content, where, report)
        return
    identifier = str(record.record_id or "").strip("<>").removeprefix("urn:uuid:") or where
    url = record.headers.get("WARC-Target-URI")
    try:
        yield from_html(content, id=identifier, url=url.strip("<>") if url else None)
    except InputError as fault:
        raise InputError(fault.what, where=where, advice=fault.advice) from fault
