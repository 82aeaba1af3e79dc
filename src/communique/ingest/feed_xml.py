"""RSS 0.9 to 2.0, RSS 1.0 (RDF) and Atom: what their entries hold, read by feedparser from bytes, never an address."""

from __future__ import annotations

import datetime as dt
import html
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml import etree

from communique.errors import CommuniqueError, InputError
from communique.ingest.encoding import decode

MAX_FEED = 10_000_000  # characters of one feed that are read
HEAD = 65_536  # bytes of a file in which the root of a feed must begin
MAX_ELEMENTS = 250_000  # of one feed: some ten thousand entries; feedparser takes 20 microseconds for each
LONGEST_NAME = 1_000  # characters of a name, date or address: feedparser's expressions take long on more
_SHORT = frozenset(
    "author creator contributor managingEditor webMaster publisher name email uri pubDate date published updated "
    "modified issued created lastBuildDate link guid id language".split()
)
_PREFIXES = {
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "atom": "http://www.w3.org/2005/Atom",
    "media": "http://search.yahoo.com/mrss/",
    "feedburner": "http://rssnamespace.org/feedburner/ext/1.0",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
}
_ADVICE = "Fetch it again, or leave it away"
# what may stand before the root, one at a time
_PROLOG = re.compile(
    r"\s+|<\?[^>]{0,2000}>|<!--.{0,20000}?-->|<!doctype\b[^\[>]{0,2000}(?:\[.{0,20000}?\]\s{0,100})?>", re.I | re.S
)
_ROOT = re.compile(r"<(?:rss|channel|(?:[A-Za-z]\w{0,30}:)?feed|(?P<rdf>(?:[A-Za-z]\w{0,30}:)?RDF))(?=[\s>]|$)")
_RDF_FEED = re.compile(r"purl\.org/(?:rss|net/rss1\.1)|my\.netscape\.com/rdf|channel\.netscape\.com/rdf")
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]{0,200}\bencoding\s*=\s*["']([\w.:-]{2,40})["']""")
_DOCTYPE = re.compile(r"<!doctype\b[^\[>]*(?:\[.*?\]\s*)?>", re.I | re.S)
_REFERENCE = re.compile(r"&(?:(#\d{1,7}|#x[0-9a-fA-F]{1,6}|amp|lt|gt|quot|apos);|([A-Za-z]\w{1,30};)|)")
# what XML 1.0 forbids (section 2.2, Char), which feeds hold all the same
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
RSS = "application/rss+xml"
_KINDS = {"atom": "application/atom+xml", "rss10": "application/rdf+xml", "rss090": "application/rdf+xml"}


@dataclass(frozen=True, slots=True)
class Stated:
    """A date as the feed writes it, and the day in UTC where feedparser knows the form and we may not."""

    words: str
    day: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed. body is HTML or text, "" where there is none; link is absolute."""

    guid: str | None = None
    link: str | None = None
    title: str | None = None
    body: str = ""
    html: bool = True
    published: Stated | None = None
    updated: Stated | None = None
    authors: tuple[str, ...] = ()
    source: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed and its entries in its own order; an entry that cannot be read stands as its error."""

    entries: tuple[Entry | CommuniqueError, ...]
    title: str | None = None
    language: str | None = None
    encoding: str | None = None
    media_type: str = RSS
    warnings: tuple[str, ...] = ()


def recognised(head: bytes) -> bool:
    """Whether the beginning of a file is that of a feed: nothing but a prolog stands before its root."""
    text = head.replace(b"\x00", b"").decode("latin-1")  # UTF-16 of ASCII reads as ASCII
    at = re.match(r"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?", text).end()  # type: ignore[union-attr]
    while found := _PROLOG.match(text, at):
        at = found.end()
    root = _ROOT.match(text, at)
    return root is not None and (root["rdf"] is None or _RDF_FEED.search(text) is not None)


def parse(data: bytes) -> Feed:
    """The entries of a feed. Raises InputError where it is too long or cannot be read at all."""
    import feedparser  # files that are no feeds need not wait for it

    declared = _DECLARED.search(data[:400])
    read = decode(data, declared=declared.group(1).decode("ascii") if declared else None)
    if len(read.text) > MAX_FEED:
        raise InputError(f"a feed of more than {MAX_FEED:,} characters is not read", advice="Split it")
    try:
        harmless, mended = _harmless(read.text)
        found = feedparser.parse(io.BytesIO(harmless), sanitize_html=False, resolve_relative_uris=False)
        head = found.feed
        base = _first(head, "link") or _self(head)
        atom = found.version.startswith("atom")
        entries = tuple(_guarded(entry, head, base, atom) for entry in found.entries)
        media_type = next((kind for name, kind in _KINDS.items() if found.version.startswith(name)), RSS)
    except InputError:
        raise
    except Exception as fault:  # whatever breaks in it on a broken feed
        raise InputError(f"is a feed that cannot be read ({type(fault).__name__})", advice=_ADVICE) from fault
    broken = ("the feed is not well-formed XML: it was read as far as it goes",) if mended or found.bozo else ()
    return Feed(
        entries, _first(head, "title"), _first(head, "language"), read.encoding, media_type, (*read.warnings, *broken)
    )


def _harmless(text: str) -> tuple[bytes, bool]:
    """A feed as well-formed UTF-8 XML without a document type, and whether it had to be mended.

    It can then name no file and no address, no entity can grow, and feedparser need not fall back on its loose
    parser, which takes minutes on broken megabytes. Characters that HTML names (&nbsp;) and signs that ought to be
    written out (AT&T) are common faults of feeds: XML knows neither.
    """
    text = _FORBIDDEN.sub(" ", text.lstrip("\ufeff \t\r\n"))
    text = re.sub(r"^<\?xml[^>]{0,400}\?>", "", text)
    begun = re.search(r"<!doctype\b", text[:HEAD], re.I)
    declared = _DOCTYPE.match(text, begun.start()) if begun else None
    text = text[: declared.start()] + text[declared.end() :] if declared else text
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False, remove_pis=True)
    root = etree.fromstring(_bound("".join(_mended_outside(text))).encode("utf-8"), parser)
    if root is None:
        raise ValueError("no root")
    mended = len(parser.error_log) > 0
    for number, element in enumerate(root.iter(etree.Element)):
        if number > MAX_ELEMENTS:
            raise InputError(f"a feed of more than {MAX_ELEMENTS:,} elements is not read", advice="Split it")
        if ":" in element.tag and "{" not in element.tag:  # a prefix that nothing declares
            element.tag = element.tag.replace(":", "-")
        for key in [key for key in element.attrib if ":" in key and "{" not in key]:
            del element.attrib[key]
        if element.text and etree.QName(element).localname in _SHORT:
            element.text = element.text[:LONGEST_NAME]
    return etree.tostring(root, encoding="utf-8", xml_declaration=True), mended


def _mended_outside(text: str) -> Iterator[str]:
    """The pieces of a feed, mended but for the CDATA between them, which is kept to the letter."""
    at = 0
    while True:
        begin = text.find("<![CDATA[", at)
        end = text.find("]]>", begin) if begin >= 0 else -1
        if end < 0:
            yield _REFERENCE.sub(_mended, text[at:])
            return
        yield _REFERENCE.sub(_mended, text[at:begin])
        yield text[begin : end + 3]
        at = end + 3


def _bound(text: str) -> str:
    """The feed with the well-known prefixes declared that it uses without a word."""
    root = _ROOT.search(text)
    missing = [name for name in _PREFIXES if f"<{name}:" in text and f"xmlns:{name}" not in text]
    if root is None or not missing:
        return text
    words = "".join(f' xmlns:{name}="{_PREFIXES[name]}"' for name in missing)
    return text[: root.end()] + words + text[root.end() :]


def _mended(match: re.Match[str]) -> str:
    if match[1]:
        number = match[1].removeprefix("#")
        if number == match[1]:
            return match[0]
        code = int(number[1:], 16) if number[0] in "xX" else int(number)
        allowed = code in (9, 10, 13) or 0x20 <= code < 0xD800 or 0xE000 <= code < 0xFFFE or 0x10000 <= code < 0x110000
        return match[0] if allowed else " "
    if match[2]:
        character = html.unescape(match[0])
        if not character.startswith("&"):
            return "".join(f"&#{ord(sign)};" for sign in character)
    return "&amp;" + match[0][1:]


def _guarded(entry: Any, head: Any, base: str | None, atom: bool) -> Entry | CommuniqueError:
    try:
        return _entry(entry, head, base, atom)
    except Exception as fault:  # what feedparser gives may have any shape
        return InputError(f"the entry cannot be read ({type(fault).__name__})", advice=_ADVICE)


def _entry(entry: Any, head: Any, base: str | None, atom: bool) -> Entry:
    body, written, language = _body(entry)
    source = entry.get("source")
    published, updated = (_stated(entry, name) for name in ("published", "updated"))
    return Entry(
        guid=None if entry.get("guidislink") and not entry.get("id") else _first(entry, "id"),
        link=absolute(_first(entry, "feedburner_origlink") or _first(entry, "link"), base),
        title=_first(entry, "title"),
        body=body,
        html=written,
        # RSS knows no day of change: feedparser calls the date of Dublin Core "updated", which there is the item's own
        published=published or (None if atom else updated),
        updated=updated,
        # an Atom entry without authors has those of the feed (RFC 4287, 4.2.1)
        authors=_people(entry) or (_people(head) if atom else ()),
        source=_first(source, "title") if source else None,
        language=language or (entry.get("title_detail") or {}).get("language") or _first(entry, "language"),
    )


def _body(entry: Any) -> tuple[str, bool, str | None]:
    """The fullest text of an entry, whether it may be HTML, and its language: content before summary."""
    found = [*entry.get("content", ()), entry.get("summary_detail") or {}]
    for piece in found:
        value = piece.get("value")
        if isinstance(value, str) and value.strip() and _words(piece.get("type")):
            return value, piece.get("type") != "text/plain", piece.get("language")
    return "", False, None


def _words(kind: str | None) -> bool:
    """Whether a content is text at all: Atom may hold pictures and other XML."""
    return kind is None or kind.startswith("text/") or kind == "application/xhtml+xml"


def _first(holder: Any, name: str) -> str | None:
    value = holder.get(name)
    return value.strip() if isinstance(value, str) and value.strip() else None


def _stated(entry: Any, name: str) -> Stated | None:
    # feedparser answers "updated" with "published" where there is none: asked for by its own name only
    words = _first(dict(entry), name)
    if words is None:
        return None
    parsed = dict(entry).get(f"{name}_parsed")
    try:
        return Stated(words, dt.date(*parsed[:3]) if parsed else None)
    except (TypeError, ValueError):
        return Stated(words)


def _people(holder: Any) -> tuple[str, ...]:
    """The names of authors; an address of mail is nobody's name."""
    names = [one.get("name") for one in holder.get("authors", ()) if isinstance(one, dict)]
    return tuple(dict.fromkeys(name.strip() for name in names if name and name.strip() and "@" not in name))


def _self(head: Any) -> str | None:
    links = head.get("links", ())
    return next((one["href"] for one in links if one.get("rel") == "self" and one.get("href")), None)


def absolute(address: str | None, base: str | None) -> str | None:
    """An address of the web, resolved against the feed's own; None where it is none."""
    if not address:
        return None
    try:
        joined = urljoin(base or "", address.strip())
        parts = urlsplit(joined)
        return joined if parts.scheme.lower() in ("http", "https") and parts.hostname else None
    except ValueError:  # brackets that hold no IPv6 address
        return None
