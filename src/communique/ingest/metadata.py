"""What a page's head says of it: title, author, outlet, address, language and dates, each with where it was said."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml.html import HtmlElement

from communique.ingest import calendar
from communique.ingest.cleaner.names import author
from communique.model import DateEvidence

AGREED = 0.4  # the share of words by which a heading and a stated title are the same title
MAX_SCRIPT = 2_000_000  # characters of one json-ld script that are read
ARTICLE_TYPES = re.compile(r"(?:Article|BlogPosting|Report|LiveBlogPosting|WebPage|SocialMediaPosting|VideoObject)$")
NEWS_TYPES = re.compile(r"(?:Article|BlogPosting|Report|LiveBlogPosting|SocialMediaPosting)$")

# Names of meta tags by what they say, the most trustworthy first.
_PUBLISHED = """
    article:published_time og:article:published_time og:published_time article:published datepublished parsely-pub-date
    sailthru.date cxenseparse:recs:publishtime publishdate publish-date publish_date pubdate publication_date
    date_published article.published dc.date.issued dcterms.issued dcterms.created dc.date.created dc.created
    citation_publication_date citation_date cxense-pubdate original-publish-date published_time published_at
    displaydate rnews:datepublished shareaholic:article_published_time article.created bt:pubdate
    analyticsattributes.articledate gentime prism.publicationdate vr:published_time release_date dc.date dcterms.date
    dc.date.publication date created_at
"""
_AUTHORS = """
    author article:author og:article:author dc.creator byl parsely-author sailthru.author article:author_name
    cxenseparse:author twitter:data1
"""
PUBLISHED, AUTHORS = _PUBLISHED.split(), _AUTHORS.split()
TITLES = ("og:title", "twitter:title", "dc.title", "headline", "sailthru.title", "parsely-title", "title")
SITES = ("application-name", "dc.publisher")
_ORGANISATION = re.compile(r"(?:NewsMediaOrganization|WebSite)$")
_NESTED = ("@graph", "mainEntity", "mainEntityOfPage", "hasPart")


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a page says of itself; dates in order of trust. body is the article where json-ld holds it."""

    title: str | None = None
    titles: tuple[str, ...] = ()
    byline: str | None = None
    source: str | None = None
    url: str | None = None
    language: str | None = None
    dates: tuple[DateEvidence, ...] = ()
    body: str | None = None


@dataclass
class _Page:
    """Everything the head holds, sorted by name."""

    meta: dict[str, list[str]] = field(default_factory=dict)
    things: list[dict[str, Any]] = field(default_factory=list)

    def first(self, names: Iterable[str]) -> str | None:
        """The first value of the first of these names that has one."""
        return next((value for name in names for value in self.meta.get(name, ()) if value), None)


def read_metadata(root: HtmlElement, url: str | None = None) -> Metadata:
    """The metadata of a parsed page. url: where it was fetched, if the caller knows."""
    page = _Page(_meta(root), list(_things(root)))
    articles = [thing for thing in page.things if _is(thing, NEWS_TYPES)]
    canonical = _canonical(root) or page.first(("og:url", "twitter:url"))
    address = (
        url or _absolute(canonical) or next(filter(None, (_absolute(_text(a.get("url"))) for a in articles)), None)
    )
    titles = _titles(root, page, articles)
    return Metadata(
        titles[0] if titles else None,
        tuple(titles),
        _authors(page, articles),
        _site(page, articles),
        address,
        _language(root, page, articles),
        tuple(_dates(root, page, articles, address)),
        next((_text(a["articleBody"]) for a in articles if len(_text(a.get("articleBody")) or "") > 200), None),
    )


def _meta(root: HtmlElement) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for element in root.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or element.get("http-equiv")
        content = " ".join((element.get("content") or "").split())
        if name and content:
            found.setdefault(name.strip().lower(), []).append(content)
    return found


def _things(root: HtmlElement) -> Iterator[dict[str, Any]]:
    """Every object of every json-ld script, the outer ones first. Without recursion."""
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        raw = (script.text or "").strip()[:MAX_SCRIPT]
        raw = re.sub(r"^\s*(?:<!--|//<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\]\]>|\]\]>)\s*;?\s*$", "", raw).rstrip("; \n")
        try:
            waiting = [json.loads(raw, strict=False)]
        except (ValueError, RecursionError):
            continue
        while waiting:
            thing = waiting.pop(0)
            if isinstance(thing, dict):
                if thing.get("@type"):
                    yield thing
                waiting.extend(thing.get(key) for key in _NESTED if key in thing)
            elif isinstance(thing, list):
                waiting.extend(thing[:200])


def _is(thing: dict[str, Any], types: re.Pattern[str]) -> bool:
    kind = thing.get("@type")
    return any(isinstance(name, str) and types.search(name) for name in (kind if isinstance(kind, list) else [kind]))


def _text(value: Any) -> str | None:
    if isinstance(value, str):
        return " ".join(html.unescape(value).split()) or None
    return None


def _absolute(address: str | None) -> str | None:
    return address if address and re.match(r"https?://[^/]+", address) else None


def _canonical(root: HtmlElement) -> str | None:
    for link in root.iter("link"):
        if "canonical" in (link.get("rel") or "").lower().split():
            return _absolute((link.get("href") or "").strip())
    return None


def _titles(root: HtmlElement, page: _Page, articles: list[dict[str, Any]]) -> list[str]:
    """Everything the page calls its title, best first: the visible heading that its metadata agree with."""
    headings = [" ".join("".join(h.itertext()).split()) for h in list(root.iter("h1"))[:5]]
    headings = [heading for heading in headings if len(heading.split()) >= 2]
    stated = [text for a in articles for text in (_text(a.get("headline")),) if text]
    stated += [value for name in TITLES for value in page.meta.get(name, ())]
    named = next((" ".join(t.text_content().split()) for t in root.iter("title")), None)
    agreement = {h: max((_alike(h, other) for other in (*stated, named or "")), default=0.0) for h in headings}
    headings.sort(key=lambda h: -agreement[h])
    found = [h for h in headings if agreement[h] >= AGREED] or headings[:1]
    found += stated
    if named:
        found.append(re.split(r"\s+[|–—-]\s+(?=[^|–—-]{2,40}$)", named)[0])
    return list(dict.fromkeys(text for text in found if text))


def _alike(first: str, second: str) -> float:
    """How much of their words two titles share."""
    one, two = set(re.findall(r"\w+", first.lower())), set(re.findall(r"\w+", second.lower()))
    return len(one & two) / len(one | two) if one and two else 0.0


def _names(value: Any) -> list[str]:
    """The names in an author field: text, an object with a name, or a list of these."""
    found: list[str] = []
    for entry in value if isinstance(value, list) else [value]:
        name = entry.get("name") if isinstance(entry, dict) else entry
        for one in name if isinstance(name, list) else [name]:
            text = _text(one)
            if text and not text.startswith("http"):
                found.append(text)
    return found


def _authors(page: _Page, articles: list[dict[str, Any]]) -> str | None:
    found = [name for thing in articles for name in _names(thing.get("author"))]
    if not found:
        found = [v for name in AUTHORS for v in page.meta.get(name, ())[:3] if not re.match(r"https?://|@|\d|/", v)][:1]
    people = [author(name) for name in found]
    return ", ".join(dict.fromkeys(name for name in people if name)) or None


def _site(page: _Page, articles: list[dict[str, Any]]) -> str | None:
    publishers = [name for thing in articles for name in _names(thing.get("publisher"))]
    organisations = [_text(thing.get("name")) for thing in page.things if _is(thing, _ORGANISATION)]
    named = next(filter(None, (page.first(("og:site_name",)), *publishers, *organisations)), None)
    return named or page.first(SITES)


def _language(root: HtmlElement, page: _Page, articles: list[dict[str, Any]]) -> str | None:
    stated = root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang")
    stated = stated or page.first(("og:locale", "content-language", "language", "dc.language"))
    stated = stated or next((_text(a.get("inLanguage")) for a in articles if _text(a.get("inLanguage"))), None)
    match = re.match(r"[A-Za-z]{2}", stated or "")
    return match.group().lower() if match else None


def _dates(root: HtmlElement, page: _Page, articles: list[dict[str, Any]], url: str | None) -> Iterator[DateEvidence]:
    """Every date the page states for its publication, the most trustworthy kind first; the same one once a kind."""
    seen: set[tuple[str, object]] = set()
    for kind, value in _stated(root, page, articles):
        found = calendar.stamp(value)
        if found and (kind, found) not in seen:
            seen.add((kind, found))
            yield DateEvidence(kind, found, found, value)
    in_url = calendar.in_url(url) if url else None
    if in_url:
        yield DateEvidence("url", in_url[0], in_url[0], in_url[1])


def _stated(root: HtmlElement, page: _Page, articles: list[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    others = [thing for thing in page.things if thing not in articles and _is(thing, ARTICLE_TYPES)]
    for thing in (*articles, *others):
        for key in ("datePublished", "dateCreated", "uploadDate"):
            value = _text(thing.get(key))
            if value:
                yield "json-ld", value
                break
    for name in PUBLISHED:
        for value in page.meta.get(name, ()):
            yield "metadata", value
    for element in root.iter("time"):
        value = element.get("datetime") or element.get("content")
        marked = f"{element.get('itemprop') or ''} {element.get('class') or ''} {element.get('pubdate') or ''}".lower()
        if value and re.search(r"publish|pubdate|datepublished|created|posted|entry-date|byline", marked):
            yield "metadata", value
