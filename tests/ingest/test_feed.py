"""Feeds of each kind beside the documents that they become."""

from __future__ import annotations

import contextlib
import gzip
import io
import json
import time
from html import escape
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique import ingest
from communique.errors import CommuniqueError
from communique.ingest import feed, files
from communique.model import Document

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<?xml-stylesheet type="text/xsl" href="/feed.xsl"?>
<!-- written by hand -->
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
  xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/">
<channel><title>Volta Courier &#8211; World</title><link>https://courier.example/</link><language>en-gb</language>
<managingEditor>desk@courier.example (The Desk)</managingEditor>
<item><title>Ghana &amp; Togo sign pact</title><link>/2024/03/05/pact</link><guid isPermaLink="false">vc-101</guid>
<dc:creator><![CDATA[Ama Mensah]]></dc:creator><dc:creator>Kofi Adjei</dc:creator>
<pubDate>Tue, 05 Mar 2024 23:30:00 -0800</pubDate><description>Short: a pact was signed.</description>
<media:title>a photo</media:title>
<content:encoded><![CDATA[<p>Ghana and Togo signed a pact on border trade in Accra on Tuesday&nbsp;&mdash; the third in
a decade.</p><figure><img src="/a.jpg"/><figcaption>Ministers in Accra. Photo: Volta Courier</figcaption></figure>
<p>Ghana&#8217;s foreign minister said that <a href="/togo">Togo</a> would open two posts in June.</p>
<aside class="related"><p>Related: <a href="/x">What traders say of the border</a></p></aside>
<p>The post <a href="/p">Ghana &amp; Togo sign pact</a> appeared first on <a href="/">Volta Courier</a>.</p>]]>
</content:encoded></item>
<item><title>A headline alone</title><link>https://courier.example/2</link></item>
<item><title>AT&T opens an office in Lom&eacute;</title>
<description>&lt;p&gt;Russia condemned new sanctions by Estonia &amp;amp; Latvia.&lt;/p&gt;</description>
<source url="https://wire.example/rss">Baltic Wire</source><pubDate>yesterday</pubDate></item>
</channel></rss>"""
RDF = """<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
  xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://lake.example/rdf"><title>Lake Wire</title><link>https://lake.example/</link>
<dc:language>en</dc:language></channel>
<item rdf:about="https://lake.example/a"><title>Kenya hosts talks</title><link>https://lake.example/a</link>
<dc:date>2024-04-02T08:00:00+03:00</dc:date><dc:creator>Wanjiru Oduya</dc:creator>
<description>Kenya hosted talks between Uganda and Rwanda in Nairobi on Tuesday.

Both sides agreed to meet again.</description></item></rdf:RDF>"""
ATOM = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en" xml:base="https://harbour.example/news/">
<title type="html">Harbour &lt;b&gt;Post&lt;/b&gt;</title><id>urn:feed</id><author><name>Desk Reporters</name></author>
<entry><title>Grain accord</title><id>tag:harbour.example,2024:1</id><link rel="alternate" href="grain"/>
<updated>2024-09-15T10:00:00Z</updated><published>2024-09-14T10:00:00Z</published><author><name>Li Hua</name></author>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>China and Russia signed an accord on grain.</p>
<p>It is worth 3 billion dollars.</p></div></content></entry>
<entry><title>Expelled</title><id>tag:harbour.example,2024:2</id><updated>2024-09-16T10:00:00Z</updated>
<summary type="text">Japan expelled 2 &lt;diplomats&gt; &amp; an attache of Belarus on Monday.</summary></entry>
</feed>"""
JSON = {
    "title": "Delta Daily",
    "home_page_url": "https://delta.example/",
    "authors": [{"name": "Nadia Farouk"}],
    "language": "en-US",
    "items": [
        {
            "id": "https://delta.example/1",
            "url": "/1",
            "title": "Egypt and Sudan meet",
            "content_html": "<p>Egypt and Sudan met on the Nile.</p><p>Sudan&rsquo;s minister praised Egypt.</p>",
            "date_published": "2024-05-05T12:00:00+02:00",
            "authors": [{"name": "Mona Said"}],
        },
        {"id": 2, "content_text": "Egypt recalled its ambassador.\n\nIt said so twice.", "date_modified": "2024-05-06"},
        7,
    ],
    "version": "https://jsonfeed.org/version/1.1",
}


def read(path: Path, content: str | bytes) -> tuple[list[Document], list[str]]:
    path.write_bytes(content.encode("utf8") if isinstance(content, str) else content)
    faults: list[CommuniqueError] = []
    found = list(ingest.read([path], report=faults.append))
    return found, [fault.line() for fault in faults]


def facts(document: Document) -> tuple[object, ...]:
    day = str(document.published.earliest) if document.published.earliest else None
    return document.id, document.title, document.url, document.byline, document.source, day, document.published.basis


def article(document: Document) -> list[str]:
    return [span.cut(document.text) for span in document.article]


@pytest.mark.parametrize("name", ["a.xml", "a.rss", "feed", "a.html", "a.txt"])
def test_an_rss_feed_is_told_by_what_it_holds_and_gives_a_document_an_entry(tmp_path: Path, name: str) -> None:
    found, faults = read(tmp_path / name, RSS)
    assert [facts(document) for document in found] == [
        ("vc-101", "Ghana & Togo sign pact", "https://courier.example/2024/03/05/pact", "Ama Mensah, Kofi Adjei",
         "Volta Courier – World", "2024-03-05", "stated"),
        (f"{name}#3", "AT&T opens an office in Lomé", None, None, "Baltic Wire", None, "none"),
    ]  # fmt: skip
    assert len(faults) == 1
    assert faults[0].startswith(f"{name}#2: the entry holds a title, but no text")
    assert "'yesterday'" in found[1].warnings[-1]
    assert article(found[1]) == ["Russia condemned new sanctions by Estonia & Latvia."]


def test_html_of_an_entry_is_cleaned_and_its_furniture_labelled(tmp_path: Path) -> None:
    found, _ = read(tmp_path / "a.xml", RSS)
    assert article(found[0]) == [
        "Ghana and Togo signed a pact on border trade in Accra on Tuesday — the third in a decade.",
        "Ghana’s foreign minister said that Togo would open two posts in June.",
    ]
    assert [piece.reason for piece in found[0].furniture] == ["photo caption", "related link", "republication note"]
    assert (found[0].language, found[0].media_type) == ("en", "application/rss+xml")


def test_an_rdf_feed_states_its_days_by_dublin_core(tmp_path: Path) -> None:
    found, faults = read(tmp_path / "a.rdf", RDF)
    assert [facts(document) for document in found] == [
        ("https://lake.example/a", "Kenya hosts talks", "https://lake.example/a", "Wanjiru Oduya", "Lake Wire",
         "2024-04-02", "stated"),
    ]  # fmt: skip
    assert article(found[0])[1] == "Both sides agreed to meet again."
    assert faults == []


def test_an_atom_feed_tells_publication_from_change_and_resolves_its_links(tmp_path: Path) -> None:
    found, faults = read(tmp_path / "a.atom", ATOM)
    assert [facts(document) for document in found] == [
        ("tag:harbour.example,2024:1", "Grain accord", "https://harbour.example/news/grain", "Li Hua", "Harbour Post",
         "2024-09-14", "stated"),
        ("tag:harbour.example,2024:2", "Expelled", None, "Desk Reporters", "Harbour Post", "2024-09-16", "page date"),
    ]  # fmt: skip
    assert article(found[0]) == ["China and Russia signed an accord on grain.", "It is worth 3 billion dollars."]
    assert article(found[1]) == ["Japan expelled 2 <diplomats> & an attache of Belarus on Monday."]
    assert faults == []


@pytest.mark.parametrize("name", ["a.json", "feed"])
@pytest.mark.parametrize("indent", [None, 1])
def test_a_json_feed_is_told_by_its_version_wherever_it_stands(tmp_path: Path, name: str, indent: int | None) -> None:
    found, faults = read(tmp_path / name, json.dumps(JSON, indent=indent))
    assert [facts(document) for document in found] == [
        ("https://delta.example/1", "Egypt and Sudan meet", "https://delta.example/1", "Mona Said", "Delta Daily",
         "2024-05-05", "stated"),
        ("2", None, None, "Nadia Farouk", "Delta Daily", "2024-05-06", "page date"),
    ]  # fmt: skip
    assert article(found[0]) == ["Egypt and Sudan met on the Nile.", "Sudan’s minister praised Egypt."]
    assert len(faults) == 1
    assert faults[0].startswith(f"{name}#3: the item is not an object")


def test_json_that_tells_of_json_feeds_stays_what_it_is(tmp_path: Path) -> None:
    line = json.dumps({"id": "x", "text": 'They wrote {"version": "https://jsonfeed.org/version/1"} on it.'})
    found, faults = read(tmp_path / "lines", f"{line}\n{line}\n")
    assert ([document.id for document in found], faults) == (["x", "x"], [])


def test_a_page_of_xml_or_rdf_that_is_no_feed_stays_a_page(tmp_path: Path) -> None:
    page = '<?xml version="1.0"?><html><body><p>Norland met Estmark at the port to talk of rss feeds.</p></body></html>'
    assert not feed.recognised(page.encode())
    assert not feed.recognised(b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><x/></rdf:RDF>')
    assert len(read(tmp_path / "a.xml", page)[0]) == 1


def test_other_encodings_packing_and_standard_input_are_read(tmp_path: Path) -> None:
    wide = ATOM.replace('encoding="utf-8"', 'encoding="utf-16"').encode("utf-16")
    latin = (
        RSS.replace('encoding="UTF-8"', 'encoding="ISO-8859-1"').replace("Kofi Adjei", "Kofí Adjei").encode("latin-1")
    )
    assert len(read(tmp_path / "wide.xml", wide)[0]) == 2
    assert read(tmp_path / "latin.xml", latin)[0][0].byline == "Ama Mensah, Kofí Adjei"
    assert len(read(tmp_path / "a.xml.gz", gzip.compress(RSS.encode()))[0]) == 2
    piped = list(files.read(["-"], report=print, stdin=io.BytesIO(RDF.encode())))
    assert [document.title for document in piped] == ["Kenya hosts talks"]


@pytest.mark.parametrize(
    "link", ["https://[no]/1", "javascript:void(0)", "mailto:a@b.example", "https://", "//[", "/1"]
)
def test_a_link_that_is_no_address_of_the_web_is_left_out(tmp_path: Path, link: str) -> None:
    item = f"<item><link>{link}</link><description>Norland met Estmark at the port.</description></item>"
    found, faults = read(tmp_path / "a.xml", f'<rss version="2.0"><channel><title>T</title>{item}</channel></rss>')
    assert [document.url for document in found] == [None]
    assert faults == []


def test_how_many_entries_a_feed_has_is_not_known_before_it_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.rss").write_text(RSS, encoding="utf8")
    assert ingest.count([tmp_path]) is None


def test_a_guid_that_stands_twice_names_nothing(tmp_path: Path) -> None:
    item = "<item><guid>same</guid><description>Norland met Estmark at the port.</description></item>"
    found, _ = read(tmp_path / "a.xml", f'<rss version="2.0"><channel><title>T</title>{item * 2}</channel></rss>')
    assert [document.id for document in found] == ["same", "a.xml#2"]


def test_a_feed_that_breaks_off_gives_its_entries_and_says_so(tmp_path: Path) -> None:
    found, faults = read(tmp_path / "a.xml", ATOM[: ATOM.index("</summary>") - 10])
    assert [document.title for document in found] == ["Grain accord", "Expelled"]
    assert all("not well-formed" in document.warnings[0] for document in found)
    assert faults == []


@pytest.mark.parametrize(
    "content",
    [
        '<rss version="2.0"><channel><title>Empty</title></channel></rss>',
        '<?xml version="1.0"?><rss',
        '<feed xmlns="http://www.w3.org/2005/Atom">',
        '{"version": "https://jsonfeed.org/version/1", "items": 5}',
        '{"version": "https://jsonfeed.org/version/1", "items": []}',
        '{"version": "https://jsonfeed.org/version/1", "items": [',
    ],
)
def test_a_broken_feed_is_one_plain_fault(tmp_path: Path, content: str) -> None:
    found, faults = read(tmp_path / "feed", content)
    assert found == []
    assert len(faults) == 1


def test_no_entity_grows_and_none_names_a_file(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("nobody may read this", encoding="utf8")
    laughs = '<!ENTITY a "ha">' + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghi", "bcdefghij", strict=True)
    )
    secret = f'<!ENTITY x SYSTEM "{(tmp_path / "secret.txt").as_uri()}">'
    item = "<item><description>Norland met Estmark at the port. &j; &x;</description></item>"
    content = (
        f'<?xml version="1.0"?><!DOCTYPE rss [{laughs}{secret}]><rss version="2.0"><channel>{item}</channel></rss>'
    )
    found, _ = read(tmp_path / "a.xml", content)
    assert found[0].text == "Norland met Estmark at the port. &j; &x;"


@pytest.mark.parametrize("unit", ["<![CDATA[", "<!doctype a[", "<!", "<", "&", "<item>", "<author>a", "<a"])
def test_a_feed_made_to_take_long_does_not(unit: str) -> None:
    content = f'<rss version="2.0"><channel><item>{unit * (200_000 // len(unit))}'.encode()
    start = time.process_time()
    with contextlib.suppress(CommuniqueError):
        list(feed.read_feed(content, "a.xml", lambda fault: None))
    assert time.process_time() - start < 10


WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=60)


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=6), st.sampled_from(("escaped", "cdata", "json")))
def test_entries_come_out_in_order_whatever_the_text(texts: list[str], form: str) -> None:
    if form == "json":
        items = [{"id": f"n{n}", "content_text": f"Entry {n}. {text}"} for n, text in enumerate(texts)]
        content = json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": items})
    else:
        safe = [escape(text) if form == "escaped" else f"<![CDATA[{text.replace(']]>', '')}]]>" for text in texts]
        pairs = enumerate(safe)
        made = "".join(
            f"<item><guid>n{n}</guid><description>Entry {n}. {text}</description></item>" for n, text in pairs
        )
        content = f'<rss version="2.0"><channel><title>T</title>{made}</channel></rss>'
    faults: list[CommuniqueError] = []
    found = list(feed.read_feed(content.encode("utf8"), "a", faults.append))
    assert [document.id for document in found] == [f"n{n}" for n in range(len(texts))]
    assert all(document.text.startswith(f"Entry {n}.") for n, document in enumerate(found))
    assert faults == []
