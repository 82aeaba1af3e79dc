"""Web archives and Parquet files as inputs."""

from __future__ import annotations

import gzip
import io
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from communique import ingest
from communique.errors import CommuniqueError
from communique.ingest import warc

BODY = (
    "<html><head><title>Port opens</title></head><body><article><p>Norland and Estmark opened a port on Monday, and "
    "both ministers said that the work was done in time.</p><p>Trade is to begin in June.</p></article></body></html>"
)


def record(
    body: bytes,
    *,
    number: int = 1,
    kind: str = "response",
    head: str = "",
    status: str = "200 OK",
    sent_as: str = "text/html",
) -> bytes:
    http = f"HTTP/1.1 {status}\r\nContent-Type: {sent_as}; charset=utf-8\r\n{head}\r\n".encode() + body
    lines = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:0000000{number}-0000-4000-8000-000000000000>\r\n"
        f"WARC-Date: 2024-03-01T00:00:00Z\r\nWARC-Target-URI: https://news.example/2024/02/{number}\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return lines.encode() + http + b"\r\n\r\n"


def read(path: Path) -> tuple[list[str], list[str]]:
    faults: list[CommuniqueError] = []
    found = [document.id for document in ingest.read([path], report=faults.append)]
    return found, [fault.line() for fault in faults]


def test_each_answered_page_becomes_a_document_packed_or_not(tmp_path: Path) -> None:
    parts = [record(BODY.encode(), number=n) for n in (1, 2)]
    parts.append(record(b"gone", number=3, status="404 Not Found"))
    parts.append(record(b"GET /", number=4, kind="request"))
    (tmp_path / "a.warc").write_bytes(b"".join(parts))
    (tmp_path / "b.warc.gz").write_bytes(b"".join(map(gzip.compress, parts)))
    ids = [f"0000000{n}-0000-4000-8000-000000000000" for n in (1, 2)]
    assert read(tmp_path / "a.warc") == (ids, [])
    assert read(tmp_path / "b.warc.gz") == (ids, [])
    document = next(iter(ingest.read([tmp_path / "a.warc"], report=print)))
    assert (document.title, document.url) == ("Port opens", "https://news.example/2024/02/1")


FEED = (
    '<?xml version="1.0"?><rss version="2.0"><channel><title>Lake Wire</title><link>https://lake.example/</link>'
    "<item><title>Port opens</title><link>https://lake.example/1</link><guid>lake-1</guid>"
    "<pubDate>Mon, 04 Mar 2024 10:00:00 GMT</pubDate>"
    "<description>Norland and Estmark opened a port on Monday.</description></item>"
    "<item><title>Nothing more</title></item></channel></rss>"
)


@pytest.mark.parametrize("sent_as", ["application/rss+xml", "text/xml", "text/html", "text/plain"])
def test_a_feed_in_a_web_archive_gives_its_entries_as_the_feed_alone_does(tmp_path: Path, sent_as: str) -> None:
    (tmp_path / "a.warc").write_bytes(record(FEED.encode(), sent_as=sent_as) + record(BODY.encode(), number=2))
    (tmp_path / "lake.rss").write_text(FEED, "utf8")
    faults: list[CommuniqueError] = []
    packed = list(ingest.read([tmp_path / "a.warc"], report=faults.append))
    alone = list(ingest.read([tmp_path / "lake.rss"], report=lambda fault: None))
    assert packed[:1] == alone
    assert [document.id[-12:] for document in packed] == ["lake-1", "000000000000"]
    assert [fault.line().partition(":")[0] for fault in faults] == ["a.warc"]
    assert "a.warc:1#2: the entry holds a title, but no text" in faults[0].line()


@pytest.mark.parametrize("sent_as", ["application/json", "text/xml", "text/plain", "image/png"])
def test_what_is_neither_page_nor_feed_in_a_web_archive_is_passed_over(tmp_path: Path, sent_as: str) -> None:
    other = record(b'{"items": [1]}' if "json" in sent_as else b"<map><stop/></map>", sent_as=sent_as)
    (tmp_path / "a.warc").write_bytes(other + record(BODY.encode(), number=2))
    found, faults = read(tmp_path / "a.warc")
    assert ([one[7] for one in found], faults) == (["2"], [])


def test_a_part_of_a_web_archive_can_be_read_alone(tmp_path: Path) -> None:
    content = b"".join(gzip.compress(record(BODY.encode(), number=n)) for n in range(1, 6))
    found = [d.id[7] for d in warc.read_warc(io.BytesIO(content), "x", print, 1, 3)]
    assert found == ["2", "3"]


def test_a_web_archive_that_breaks_off_gives_what_stands_before(tmp_path: Path) -> None:
    content = b"".join(gzip.compress(record(BODY.encode(), number=n)) for n in (1, 2))
    (tmp_path / "a.warc.gz").write_bytes(content[:-30])
    found, faults = read(tmp_path / "a.warc.gz")
    assert len(found) >= 1
    (tmp_path / "b.warc.gz").write_bytes(b"\x1f\x8b nothing")
    found, faults = read(tmp_path / "b.warc.gz")
    assert found == []
    assert len(faults) == 1


def test_a_page_that_unpacks_to_gigabytes_is_not_unpacked(tmp_path: Path) -> None:
    bomb = gzip.compress(b"<p>" + b"0" * 60_000_000)
    assert len(bomb) < 100_000
    inner = record(bomb, number=1, head="Content-Encoding: gzip\r\n")
    (tmp_path / "a.warc").write_bytes(inner + record(BODY.encode(), number=2))
    found, faults = read(tmp_path / "a.warc")
    assert [one[7] for one in found] == ["2"]
    assert "more than 10,000,000 bytes" in faults[0]


def test_rows_of_parquet_are_documents_with_their_numbers(tmp_path: Path) -> None:
    path = tmp_path / "pages.parquet"
    rows = [
        {"id": "one", "text": "Norland met Estmark on Monday.", "date": "2024-05-01", "other": 1},
        {"id": None, "text": "Estmark waits for an answer.", "date": None, "other": 2},
        {"id": "bad", "text": None, "date": None, "other": 3},
    ]
    pq.write_table(pa.Table.from_pylist(rows), path, row_group_size=2)
    found, faults = read(path)
    assert found == ["one", "pages.parquet:2"]
    assert "pages.parquet:3: has neither text nor html" in faults[0]
    assert ingest.count([path]) == 3


@pytest.mark.parametrize("content", [b"", b"PAR1 and nothing", b"PAR1" + b"\xff" * 100 + b"PAR1"])
def test_a_file_that_is_no_parquet_is_told(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.parquet").write_bytes(content)
    found, faults = read(tmp_path / "a.parquet")
    assert found == []
    assert len(faults) == 1


def test_parquet_whose_text_is_no_utf8_is_told(tmp_path: Path) -> None:
    """Arrow hands out bytes as text and fails only when they are looked at."""
    texts = pa.Array.from_buffers(
        pa.string(), 1, [None, pa.array([0, 4], pa.int32()).buffers()[1], pa.py_buffer(b"a\xc7\xffb")]
    )
    pq.write_table(pa.table({"text": texts}), tmp_path / "a.parquet")
    found, faults = read(tmp_path / "a.parquet")
    assert found == []
    assert len(faults) == 1
    assert "a.parquet:1: text cannot be read ('utf-8' codec" in faults[0]


def test_a_date_that_no_calendar_of_ours_reaches_costs_its_row_alone(tmp_path: Path) -> None:
    days = pa.array([0, 10**13, 1_717_200_000], pa.int64()).cast(pa.timestamp("s"))
    texts = ["Norland met Estmark.", "Estmark waits for an answer.", "Norland left the talks."]
    pq.write_table(pa.table({"text": texts, "date": days}), tmp_path / "a.parquet")
    found, faults = read(tmp_path / "a.parquet")
    assert found == ["a.parquet:1", "a.parquet:3"]
    assert len(faults) == 1
    assert "a.parquet:2: date cannot be read" in faults[0]
