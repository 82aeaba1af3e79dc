"""JSON Feed (version 1 and 1.1, as jsonfeed.org defines it): what its items hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from communique.errors import InputError
from communique.ingest.encoding import whole_characters
from communique.ingest.feed_xml import Entry, Feed, Stated, absolute
from communique.ingest.jsonl import parse as parse_json

MEDIA_TYPE = "application/feed+json"
_VERSION = re.compile(rb'"version"\s{0,20}:\s{0,20}"https?:\\?/\\?/(?:www\.)?jsonfeed\.org')
_KEYS = (b'"items"', b'"content_html"', b'"content_text"')


def recognised(data: bytes) -> bool:
    """Whether JSON says that it is a JSON Feed. A line of JSON Lines may tell of feeds: the version must be its own."""
    start = data[:1_024].lstrip(b" \t\r\n\xef\xbb\xbf")
    if not start.startswith(b"{") or _VERSION.search(data) is None:
        return False
    try:
        value = parse_json(data, "feed")
    except InputError:
        # broken: the version at its head says what it was meant to be, unless every line is an object of its own
        first = data.strip().split(b"\n", 1)[0].rstrip()
        return not first.endswith(b"}") and _VERSION.search(data[:1_024]) is not None
    return isinstance(value, dict) and "jsonfeed.org" in str(value.get("version"))


def likely(head: bytes) -> bool:
    """Whether the beginning of a file without a telling ending looks like a JSON Feed."""
    return _VERSION.search(head) is not None or (_KEYS[0] in head and (_KEYS[1] in head or _KEYS[2] in head))


def parse(data: bytes) -> Feed:
    """The entries of a JSON Feed. Raises InputError where it is no JSON, or its items are no list."""
    value = parse_json(data, "feed")
    items = value.get("items") if isinstance(value, dict) else None
    if not isinstance(items, list):
        raise InputError("is a JSON Feed without a list of items", advice="Fetch it again, or leave it away")
    base = _text(value.get("home_page_url")) or _text(value.get("feed_url"))
    people = _people(value)
    return Feed(
        tuple(_entry(item, base, people) if isinstance(item, dict) else _no_object() for item in items),
        title=_text(value.get("title")),
        language=_text(value.get("language")),
        encoding="utf-8",
        media_type=MEDIA_TYPE,
    )


def _no_object() -> InputError:
    return InputError("the item is not an object", advice="Fetch the feed again, or leave the item away")


def _entry(item: dict[str, Any], base: str | None, people: tuple[str, ...]) -> Entry:
    written = _text(item.get("content_html"))
    body = written or _text(item.get("content_text")) or _text(item.get("summary")) or ""
    published, updated = _text(item.get("date_published")), _text(item.get("date_modified"))
    return Entry(
        guid=_text(item.get("id")),
        link=absolute(_text(item.get("url")), base) or absolute(_text(item.get("external_url")), base),
        title=_text(item.get("title")),
        body=body,
        html=written is not None,
        published=Stated(published) if published else None,
        updated=Stated(updated) if updated else None,
        authors=_people(item) or people,
        language=_text(item.get("language")),
    )


def _people(holder: dict[str, Any]) -> tuple[str, ...]:
    """The names of `authors`, or of `author` as version 1 wrote it."""
    return tuple(name for one in _listed(holder) for name in (_text(one.get("name")),) if name)


def _listed(holder: dict[str, Any]) -> Iterator[dict[str, Any]]:
    several = holder.get("authors")
    for one in several if isinstance(several, list) and several else [holder.get("author")]:
        if isinstance(one, dict):
            yield one


def _text(value: Any) -> str | None:
    """A field as text of whole characters; numbers are written out, as ids may be."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    return whole_characters(value) if isinstance(value, str) and value.strip() else None
