"""GraphML: states and others as nodes, one edge for each actor and recipient of each event, streamed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import IO, Any

from communique.export.base import Exporter
from communique.export.graph import KEPT, edges
from communique.export.xml import KINDS as TYPES
from communique.export.xml import attribute, text
from communique.model import Document, Item
from communique.settings import KINDS

NAMES = {"integer": "int", "number": "double", "flag": "boolean"}


class GraphMl(Exporter):
    """A directed multigraph. A node stands before the first edge that names it; a mutual event is an edge each way.

    Edges carry export.graph.KEPT as far as it is known, with stance: events that are planned, possible or denied are
    edges too, to be chosen by it.
    """

    name = "graphml"
    holds = ("event",)

    def __init__(self, stream: IO[bytes], kinds: Iterable[str] = KINDS) -> None:
        super().__init__(stream, kinds)
        self._nodes: set[str] = set()

    def head(self) -> tuple[str, ...]:
        """The declaration of the attributes."""
        keys = [
            f'  <key id="{name}" for="edge" attr.name="{name}" attr.type="{NAMES.get(TYPES.get(name, ""), "string")}"/>'
            for name in (*KEPT, "unordered")
        ]
        return (
            '<?xml version="1.0" encoding="UTF-8"?>',
            '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
            *keys,
            '  <graph edgedefault="directed">',
        )

    def row(self, row: dict[str, Any], item: Item, document: Document) -> None:
        """Writes the edges of one event, and the nodes that are new."""
        for number, (source, target, attributes) in enumerate(edges([row])):
            for node in (source, target):
                if node not in self._nodes:
                    self._nodes.add(node)
                    self.line(f"    <node id={attribute(node)}/>")
            data = "".join(f'<data key="{name}">{text(value)}</data>' for name, value in attributes.items())
            ends = f"source={attribute(source)} target={attribute(target)}"
            self.line(f'    <edge id="{row["id"]}-{number}" {ends}>{data}</edge>')

    def close(self) -> None:
        """Closes the graph."""
        self.line("  </graph>\n</graphml>")
        super().close()
