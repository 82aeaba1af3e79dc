"""What the mutated inputs begin as: sample pages, feeds, a web archive, JSON Lines, tables; all written by us."""

from __future__ import annotations

import functools
import gzip
import io
import json
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from communique.model import Coded

_FEED = """<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Steppe Post</title>
<item><title>Ministers sign rail accord</title><link>https://steppe.example/1</link>
<pubDate>Wed, 05 Jun 2019 10:00:00 GMT</pubDate><description><![CDATA[<p>China and Mongolia signed an accord on
rails in Ulaanbaatar on Wednesday, both ministers said.</p>]]></description></item>
<item><title>Russia condemns sanctions</title><guid>2</guid><description>Russia condemned new sanctions.</description>
</item></channel></rss>"""
_ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Harbour Post</title><entry>
<title>Grain accord</title><id>urn:1</id><updated>2024-09-14T10:00:00Z</updated><content type="html">&lt;p&gt;China and
Russia signed an accord on grain worth 3 billion dollars.&lt;/p&gt;</content></entry></feed>"""
_RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Lake Wire</title><link>https://lake.example/</link></channel>
<item rdf:about="https://lake.example/a"><title>Talks</title><link>/a</link><dc:date>2024-04-02T08:00:00+03:00</dc:date>
<description>Kenya hosted talks between Uganda and Rwanda in Nairobi on Tuesday.</description></item></rdf:RDF>"""
_JSON_FEED = """{"version": "https://jsonfeed.org/version/1.1", "title": "Delta Daily", "items": [{"id": "1",
"url": "/1", "content_html": "<p>Egypt and Sudan held talks.</p>", "date_published": "2024-05-05T12:00:00Z"}]}"""


TABLES = ("polecat", "gdelt", "icews")


def seeds(name: str) -> list[bytes]:
    """What a reader's inputs begin as; the reader is named by the ending of its files."""
    form = name.partition(".csv")[0]
    return [_table(form)] if form in TABLES else _pages()[name]


@functools.cache
def _pages() -> dict[str, list[bytes]]:
    folder = files("communique.samples") / "articles"
    held = sorted(folder.iterdir(), key=lambda file: file.name)
    pages = [file.read_bytes() for file in held if file.name.endswith(".html")]
    texts = [file.read_bytes() for file in held if file.name.endswith(".txt")]
    lines = [file.read_bytes() for file in held if file.name.endswith(".jsonl")]
    lines = [line + b"\n" for all_lines in lines for line in all_lines.splitlines()][:12]
    lines += [json.dumps({"id": f"h{n}", "html": page.decode()[:3_000]}).encode() for n, page in enumerate(pages[:4])]
    archives = [packed_pages([page[:1_500]]) for page in [*pages[:6], _FEED.encode(), _ATOM.encode()]]
    found = {
        "html": pages,
        "txt": [text[:3_000] for text in texts],
        "jsonl": [*lines, b"".join(lines[:3])],
        "xml": [_FEED.encode(), _ATOM.encode(), _RDF.encode(), _JSON_FEED.encode()],
        "warc": archives,
        "warc.gz": [gzip.compress(archive, mtime=0) for archive in archives],
        "parquet": [_parquet(lines[:4])],
        "json": [*lines, _JSON_FEED.encode()],
    }
    return found | {"any": [seed[:4_000] for name, each in found.items() if name != "parquet" for seed in each[:5]]}


def packed_pages(pages: list[bytes]) -> bytes:
    """A web archive of these pages, each an answer."""
    records = []
    for number, page in enumerate(pages):
        http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % len(page) + page
        head = (
            "WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http; msgtype=response\r\n"
            f"WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-00000000000{number}>\r\n"
            f"WARC-Date: 2024-09-14T00:00:00Z\r\nWARC-Target-URI: https://wire.example/{number}\r\n"
            f"Content-Length: {len(http)}\r\n\r\n"
        )
        records.append(head.encode() + http + b"\r\n\r\n")
    return b"".join(records)


def _parquet(lines: list[bytes]) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    rows: list[dict[str, Any]] = [json.loads(line) for line in lines]
    table = pa.table({name: [str(row.get(name) or "") for row in rows] for name in ("id", "text", "title", "date")})
    stream = io.BytesIO()
    pq.write_table(table, stream)
    return stream.getvalue()


def _table(form: str) -> bytes:
    """Event data as others publish it, in a format that `communique import` reads."""
    from communique.export.base import exporter

    coded = _coded()
    stream = io.BytesIO()
    writer = exporter(form)(stream, ("event",))
    for event in coded.events:
        writer.write_item(event, coded.document)
    writer.close()
    return stream.getvalue()


@functools.cache
def _coded() -> Coded:
    from communique import ingest
    from communique.pipeline import Coder
    from communique.settings import Settings

    told = ingest.from_text(
        "China and Russia signed an accord on grain in Harbin on Saturday. India expelled two diplomats of Pakistan.",
        id="seed",
        date="2024-09-15",
    )
    return Coder(Settings(encoder=False)).code(told)
