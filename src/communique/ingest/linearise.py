"""A page's tree becomes lines of text, each with its place in the page. Nothing that can be seen is left out."""

from __future__ import annotations

import functools
import html
import re
from dataclasses import dataclass

from lxml import etree
from lxml.html import HtmlElement

from communique.ingest.cleaner.patterns import FILE
from communique.knowledge import load

_DROPPED = """
    script style noscript template svg math iframe object embed applet canvas head title meta link select datalist map
    area audio video source track param base img picture input textarea
"""
_BLOCKS = """
    address article aside blockquote body button caption center dd details dialog dir div dl dt fieldset figcaption
    figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol optgroup option p
    pre section summary table tbody tfoot thead tr ul
"""
_PARAGRAPHS = "p li td th dd dt blockquote h1 h2 h3 h4 h5 h6"
DROPPED, BLOCKS, PARAGRAPHS = (frozenset(names.split()) for names in (_DROPPED, _BLOCKS, _PARAGRAPHS))
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_SPACE = re.compile(r"\s+")
_CAMEL = re.compile(r"([a-z0-9])([A-Z])")


@dataclass(frozen=True, slots=True)
class PageLine:
    """A line of the page. place: what its surroundings say it is, or None; tag: its own element; block: the number of
    the element that holds it and its siblings; linked: the share of its characters that are links."""

    start: int
    end: int
    place: str | None
    tag: str
    block: int
    linked: float


@dataclass(frozen=True, slots=True)
class Linear:
    """The visible text of a page and its lines."""

    text: str
    lines: tuple[PageLine, ...]


@dataclass(frozen=True, slots=True)
class _Frame:
    """What an element hands down to what stands in it."""

    place: str | None
    tag: str
    block: int
    link: bool
    pre: bool


@functools.cache
def _places() -> tuple[dict[str, str], dict[str, str], tuple[tuple[str, re.Pattern[str]], ...]]:
    """What elements, roles and words in class names say, from knowledge/furniture.yaml."""
    places = load.data(FILE)["places"]
    classes = tuple(
        (entry["reason"], re.compile(rf"\b(?:{'|'.join(entry['words'])})\b")) for entry in places["classes"]
    )
    return places["elements"], places["roles"], classes


def place_of(element: HtmlElement) -> str | None:
    """What an element's own name, role, class and id say of what stands in it."""
    elements, roles, _ = _places()
    tag = element.tag
    role = (element.get("role") or "").lower()
    plain = roles.get(role) or elements.get(tag)
    if tag in ("body", "html", "main", "article"):
        return plain
    named = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('data-testid') or ''}"
    if len(named) < 3 or len(named) > 1_000:
        return plain
    return _place_by_name(named) or plain


@functools.lru_cache(maxsize=4_000)
def _place_by_name(named: str) -> str | None:
    """What the words in an element's class and id say; most elements of a page share theirs with others."""
    spaced = _CAMEL.sub(r"\1-\2", named).lower().replace("__", " ").replace("_", "-")
    return next((reason for reason, pattern in _places()[2] if pattern.search(spaced)), None)


class _Lines:
    """Collects pieces of text into lines."""

    def __init__(self) -> None:
        self.out: list[str] = []
        self.size = 0
        self.lines: list[PageLine] = []
        self.pieces: list[str] = []
        self.linked = 0
        self.frame: _Frame | None = None

    def add(self, piece: str, frame: _Frame) -> None:
        """A piece of inline text."""
        if frame.pre and "\n" in piece:
            for number, line in enumerate(piece.split("\n")):
                if number:
                    self.close()
                self._append(line, frame)
            return
        self._append(piece, frame)

    def _append(self, piece: str, frame: _Frame) -> None:
        if not piece:
            return
        if self.frame is None and piece.strip():
            self.frame = frame
        self.pieces.append(piece)
        if frame.link:
            self.linked += len(piece.strip())

    def close(self) -> None:
        """End the line, if it has any words."""
        if self.pieces:
            text = _SPACE.sub(" ", "".join(self.pieces)).strip()
            if text and self.frame is not None:
                if self.size:
                    self.out.append("\n")
                    self.size += 1
                frame, start = self.frame, self.size
                self.out.append(text)
                self.size += len(text)
                share = min(1.0, self.linked / len(text))
                self.lines.append(PageLine(start, self.size, frame.place, frame.tag, frame.block, share))
        self.pieces, self.linked, self.frame = [], 0, None


def linearise(root: HtmlElement) -> Linear:
    """The lines of a page in reading order. Walks without recursion: trees may be nested ten thousand deep."""
    lines = _Lines()
    frames: list[_Frame] = [_Frame(None, "body", 0, False, False)]
    blocks = 0
    skipped: HtmlElement | None = None
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if event in ("comment", "pi"):
            if skipped is None and element.tail:
                lines.add(element.tail, frames[-1])
            continue
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            if skipped is not None:
                continue
            if tag in DROPPED:
                skipped = element
                continue
            if tag == "br":
                lines.close()
            above = frames[-1]
            block = tag in BLOCKS
            if block:
                lines.close()
                blocks += 1
            own = place_of(element)
            frames.append(
                _Frame(
                    own or above.place,
                    tag if block else above.tag,
                    blocks if block and tag not in PARAGRAPHS else above.block,
                    above.link or tag == "a",
                    above.pre or tag == "pre",
                )
            )
            if element.text:
                lines.add(element.text, frames[-1])
            continue
        if skipped is not None:
            if skipped is element:
                skipped = None
                if element.tail:
                    lines.add(element.tail, frames[-1])
            continue
        frames.pop()
        if tag in BLOCKS:
            lines.close()
        elif tag in ("td", "th"):
            lines.add(" ", frames[-1])
        if element.tail and element is not root:
            lines.add(element.tail, frames[-1])
    lines.close()
    return Linear("".join(lines.out), tuple(lines.lines))


_UNSEEN = re.compile(
    r"<(script|style|noscript|template)\b[^>]{0,2000}>.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)", re.I | re.S
)
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,5000}>|<![^<>]{0,2000}>")


def flattened(source: str) -> Linear:
    """The lines of a page whose tree cannot be built: every tag is a line break."""
    lines = _Lines()
    frame = _Frame(None, "body", 0, False, False)
    for piece in _TAG.split(_UNSEEN.sub("\n", source)):
        lines.add(html.unescape(piece), frame)
        lines.close()
    return Linear("".join(lines.out), tuple(lines.lines))
