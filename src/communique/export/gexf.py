"""GEXF 1.2, which Gephi reads: the same graph as GraphML, edges kept aside until all nodes are known."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable
from typing import IO, Any

from communique.export.base import Exporter
from communique.export.graph import KEPT, edges
from communique.export.xml import KINDS as TYPES
from communique.export.xml import attribute
from communique.model import Document, Item
from communique.settings import KINDS

NAMES = {"integer": "integer", "number": "double", "flag": "boolean"}
TITLES = {"id": "event_id"}  # an edge has an id of its own
HELD_BYTES = 8_000_000  # edges in memory before they go to a temporary file


class Gexf(Exporter):
    """A directed multigraph, as GraphMl's. The event's own id is the attribute event_id."""

    name = "gexf"
    holds = ("event",)

    def __init__(self, stream: IO[bytes], kinds: Iterable[str] = KINDS) -> None:
        super().__init__(stream, kinds)
        self._nodes: dict[str, None] = {}
        self._edges = tempfile.SpooledTemporaryFile(HELD_BYTES)  # noqa: SIM115 - closed with the exporter

    def head(self) -> tuple[str, ...]:
        """The declaration of the attributes."""
        columns = [
            f'      <attribute id="{name}" title="{TITLES.get(name, name)}" '
            f'type="{NAMES.get(TYPES.get(name, ""), "string")}"/>'
            for name in (*KEPT, "unordered")
        ]
        return (
            '<?xml version="1.0" encoding="UTF-8"?>',
            '<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">',
            '  <graph defaultedgetype="directed" mode="static">',
            '    <attributes class="edge" mode="static">',
            *columns,
            "    </attributes>",
        )

    def row(self, row: dict[str, Any], item: Item, document: Document) -> None:
        """Keeps the edges of one event."""
        for number, (source, target, attributes) in enumerate(edges([row])):
            self._nodes.update({source: None, target: None})
            values = "".join(f'<attvalue for="{name}" value={attribute(value)}/>' for name, value in attributes.items())
            line = (
                f'      <edge id="{row["id"]}-{number}" source={attribute(source)} target={attribute(target)}>'
                f"<attvalues>{values}</attvalues></edge>\n"
            )
            self._edges.write(line.encode("utf8", "replace"))

    def close(self) -> None:
        """Writes the nodes, then the edges."""
        self.line("    <nodes>")
        for node in self._nodes:
            self.line(f"      <node id={attribute(node)} label={attribute(node)}/>")
        self.line("    </nodes>\n    <edges>")
        self._edges.seek(0)
        shutil.copyfileobj(self._edges, self.stream)
        self._edges.close()
        self.line("    </edges>\n  </graph>\n</gexf>")
        super().close()
