"""JSON Lines: the output contract, one item a line (docs/output.md)."""

from __future__ import annotations

from typing import Any

from communique.export.base import Exporter
from communique.model import Document, Item


class JsonLines(Exporter):
    """One JSON object a line, keys in the contract's order, UTF-8 unescaped."""

    name = "jsonl"

    def row(self, row: dict[str, Any], item: Item, document: Document) -> None:
        """Writes one line."""
        self.json_line(row)
