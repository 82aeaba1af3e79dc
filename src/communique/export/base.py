"""The one interface of all formats, and where formats are found by name."""

from __future__ import annotations

import importlib
import json
from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import IO, Any

from communique import plugins
from communique.errors import PluginError, UsageError
from communique.export.plover import to_json
from communique.model import Coded, Document, Item
from communique.settings import KINDS

BUILT_IN = {
    "jsonl": "communique.export.jsonl:JsonLines",
    "csv": "communique.export.csv:Csv",
    "parquet": "communique.export.parquet:Parquet",
    "polecat": "communique.export.polecat:Polecat",
    "gdelt": "communique.export.gdelt:Gdelt",
    "gdelt-mentions": "communique.export.gdelt_mentions:GdeltMentions",
    "icews": "communique.export.icews:Icews",
    "graphml": "communique.export.graphml:GraphMl",
    "gexf": "communique.export.gexf:Gexf",
    "ftm": "communique.export.ftm:FollowTheMoney",
    "jsonld": "communique.export.jsonld:JsonLd",
    "csl-json": "communique.export.citations:CslJson",
    "bibtex": "communique.export.citations:BibTex",
    "datapackage": "communique.export.datapackage:DataPackage",
}


class Exporter(ABC):
    """Writes items to a binary stream: make one, write what there is in order, close it.

    kinds are the kinds it is asked to keep; a format that can only hold events leaves the others out.
    """

    name = ""
    holds: tuple[str, ...] = KINDS

    def __init__(self, stream: IO[bytes], kinds: Iterable[str] = KINDS) -> None:
        self.stream = stream
        self.kinds = frozenset(kinds) & frozenset(self.holds)
        for line in self.head():
            self.line(line)

    def head(self) -> tuple[str, ...]:
        """The lines that stand before the first row."""
        return ()

    def write(self, coded: Coded) -> int:
        """Writes what a coded document holds of the kinds asked for, in reading order; how many items that were."""
        return sum(self.write_item(item, coded.document) for item in coded.items())

    def write_item(self, item: Item, document: Document) -> int:
        """Writes one item, if its kind is asked for; how many were written (0 or 1)."""
        if type(item).__name__.lower() not in self.kinds:
            return 0
        self.row(to_json(item, document), item, document)
        return 1

    @abstractmethod
    def row(self, row: dict[str, Any], item: Item, document: Document) -> None:
        """Writes one item, given as the contract's JSON and as itself."""

    def close(self) -> None:
        """Writes what was held back. Does not close the stream."""
        self.stream.flush()

    def line(self, text: str) -> None:
        """One line of text as UTF-8."""
        self.stream.write(text.encode("utf8", "replace") + b"\n")

    def json_line(self, row: dict[str, Any]) -> None:
        """One JSON object on one line."""
        self.line(json.dumps(row, ensure_ascii=False))


def formats() -> tuple[str, ...]:
    """The names of all formats: ours, then those that installed packages add."""
    return (*BUILT_IN, *(name for name in plugins.names(plugins.EXPORTERS) if name not in BUILT_IN))


def exporter(name: str) -> type[Exporter]:
    """The exporter of a format. Raises UsageError for a name nobody knows, PluginError for a broken third party."""
    if name in BUILT_IN:
        module, _, attribute = BUILT_IN[name].partition(":")
        found: type[Exporter] = getattr(importlib.import_module(module), attribute)
        return found
    loaded = plugins.load(plugins.EXPORTERS, name)
    if loaded is None:
        raise UsageError("no format has this name", where=name, advice=f"Formats are {', '.join(formats())}")
    if not (isinstance(loaded, type) and issubclass(loaded, Exporter)):
        raise PluginError(
            f"the exporter {name} is no communique.export.base.Exporter",
            advice="Update or remove the package that brings it",
        )
    return loaded
