"""The documents behind what is handed out, as bibliographies: CSL-JSON (Zotero, Pandoc) and BibTeX."""

from __future__ import annotations

import json
import re
import unicodedata
from abc import abstractmethod
from collections.abc import Iterable
from typing import IO, Any

from communique.export.base import Exporter
from communique.export.tables import known_prefix
from communique.model import Document, Item
from communique.settings import KINDS

_SPECIAL = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "%": r"\%", "#": r"\#", "_": r"\_",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip


class Citations(Exporter):
    """Writes each document once, when the first of its items comes; only the keys of documents are remembered."""

    def __init__(self, stream: IO[bytes], kinds: Iterable[str] = KINDS) -> None:
        super().__init__(stream, kinds)
        self._seen: set[str] = set()

    def write_item(self, item: Item, document: Document) -> int:
        """Writes the item's document where it is new; how many were written (0 or 1)."""
        if type(item).__name__.lower() not in self.kinds or document.key in self._seen:
            return 0
        self._seen.add(document.key)
        self.cite(document, len(self._seen) == 1)
        return 1

    def row(self, row: dict[str, Any], item: Item, document: Document) -> None:
        """Never called: these formats hold documents, not items."""

    @abstractmethod
    def cite(self, document: Document, first: bool) -> None:
        """Writes one document."""


class CslJson(Citations):
    """One JSON array, one entry a line. A date known only between bounds is a range; an unknown one is left out."""

    name = "csl-json"

    def head(self) -> tuple[str, ...]:
        """The array's beginning."""
        return ("[",)

    def cite(self, document: Document, first: bool) -> None:
        """Writes one entry."""
        self.stream.write(b"" if first else b",\n")
        self.stream.write(json.dumps(csl(document), ensure_ascii=False).encode("utf8", "replace"))

    def close(self) -> None:
        """The array's end."""
        self.line("\n]" if self._seen else "]")
        super().close()


class BibTex(Citations):
    """Classic BibTeX in UTF-8: @article where the outlet is known, else @misc; a month by its three letters."""

    name = "bibtex"

    def cite(self, document: Document, first: bool) -> None:
        """Writes one entry."""
        self.line(("" if first else "\n") + bibtex(document))


def csl(document: Document) -> dict[str, Any]:
    """A document as an item of the Citation Style Language, without what is not known."""
    entry: dict[str, Any] = {
        "id": citation_key(document),
        "type": "article-newspaper" if document.source else "webpage",
        "title": document.title,
        "author": [{"literal": document.byline}] if document.byline else None,
        "container-title": document.source,
        "issued": _issued(document),
        "URL": document.url,
        "language": document.language,
        "note": f"communique document {document.key}",
    }
    return {name: value for name, value in entry.items() if value}


def _issued(document: Document) -> dict[str, Any] | None:
    known = known_prefix(document.published)
    if len(known) > 4 or document.published.precision == "year":
        return {"date-parts": [[int(part) for part in known.split("-")]]}
    earliest, latest = document.published.earliest, document.published.latest
    if earliest and latest:
        return {"date-parts": [[day.year, day.month, day.day] for day in (earliest, latest)]}
    return None


def bibtex(document: Document) -> str:
    """A document as one entry of BibTeX."""
    year, month, day = (*known_prefix(document.published).split("-"), "", "")[:3]
    fields = {
        "title": "{" + tex(document.title or document.id) + "}",
        "author": "{" + tex(document.byline) + "}" if document.byline else "",
        "journal": tex(document.source or ""),
        "year": year,
        "month": month,
        "day": day,
        # braces would end the field and a backslash would hide its end; every other sign stands as it is
        "url": " ".join((document.url or "").split()).translate({123: "%7B", 125: "%7D", 92: "%5C"}),
        "language": tex(document.language or ""),
        "note": f"communique document {document.key}",
    }
    shown = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items() if value)
    return f"@{'article' if document.source else 'misc'}{{{citation_key(document)},\n{shown}\n}}"


def citation_key(document: Document) -> str:
    """outlet, year and six digits of the document's key: "harbourpost2019a1b2c3"; always the same."""
    plain = unicodedata.normalize("NFKD", document.source or "page").encode("ascii", "ignore").decode().lower()
    outlet = re.sub("[^a-z]", "", plain)[:20] or "page"
    return outlet + known_prefix(document.published)[:4] + document.key[:6]


def tex(text: str) -> str:
    """Text in one line with TeX's special characters escaped."""
    return "".join(_SPECIAL.get(char, char) for char in " ".join(text.split()))
