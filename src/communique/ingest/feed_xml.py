"""RSS 0.9 to 2.0, RSS 1.0 (RDF) and Atom: what their entries hold, read by feedparser from bytes, never an address."""

from __future__ import annotations

import datetime as dt
import html
import io
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from communique.errors import CommuniqueError, InputError
from communique.ingest.encoding import decode

MAX_FEED = 10_000_000  # characters of one feed that are read
_ADVICE = "Fetch it again, or leave it away"
# what may stand before the root, one at a time
_PROLOG = re.compile(
    r"\s+|<\?[^>]{0,2000}>|<!--.{0,20000}?-->|<!doctype\b[^\[>]{0,2000}(?:\[.{0,20000}?\]\s{0,100})?>", re.I | re.S
)
_ROOT = re.compile(r"<(?:rss|channel|(?:[A-Za-z]\w{0,30}:)?feed|(?P<rdf>(?:[A-Za-z]\w{0,30}:)?RDF))(?=[\s>])")
_RDF_FEED = re.compile(r"purl\.org/(?:rss|net/rss1\.1)|my\.netscape\.com/rdf|channel\.netscape\.com/rdf")
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]{0,200}\bencoding\s*=\s*["']([\w.:-]{2,40})["']""")
_DOCTYPE = re.compile(r"<!doctype\b[^\[>]*(?:\[.*?\]\s*)?>", re.I | re.S)
_ENTITY = re.compile(r"<!entity\b[^>]*>?", re.I)
_CDATA = re.compile(r"(<!\[CDATA\[.*?\]\]>)", re.S)
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
        found = feedparser.parse(
            io.BytesIO(_harmless(read.text).encode("utf-8")), sanitize_html=False, resolve_relative_uris=False
        )
        head = found.feed
        base = _first(head, "link") or _self(head)
        atom = found.version.startswith("atom")
        entries = tuple(_guarded(entry, head, base, atom) for entry in found.entries)
        media_type = next((kind for name, kind in _KINDS.items() if found.version.startswith(name)), RSS)
    except Exception as fault:  # whatever breaks in it on a broken feed
        raise InputError(f"is a feed that cannot be read ({type(fault).__name__})", advice=_ADVICE) from fault
    broken = ("the feed is not well-formed XML: it was read as far as it goes",) if found.bozo else ()
    return Feed(
        entries, _first(head, "title"), _first(head, "language"), read.encoding, media_type, (*read.warnings, *broken)
    )


def _harmless(text: str) -> str:
    """A feed as UTF-8 XML without a document type: it can name no file and no address, and no entity can grow.

    Characters that HTML names (&nbsp;) and signs that ought to be written out (AT&T) are common faults of feeds:
    mended here, as XML knows neither.
    """
    text = _FORBIDDEN.sub(" ", text.lstrip("\ufeff \t\r\n"))
    text = re.sub(r"^<\?xml[^>]{0,400}\?>", "", text)
    pieces = _CDATA.split(text)
    for number in range(0, len(pieces), 2):  # between the pieces that are kept to the letter
        pieces[number] = _REFERENCE.sub(_mended, _ENTITY.sub("", _DOCTYPE.sub("", pieces[number])))
    return '<?xml version="1.0" encoding="utf-8"?>\n' + "".join(pieces)


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
    except ValueError:
        return None
    return joined if re.match(r"https?://[^/\s]", joined, re.I) else None
