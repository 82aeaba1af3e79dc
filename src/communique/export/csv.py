"""CSV with a header, UTF-8: one row an item, the columns of export.flat; several values are joined by "; "."""

from __future__ import annotations

import csv
import io
from typing import Any

from communique.export.base import Exporter
from communique.export.flat import COLUMNS, flatten
from communique.model import Document, Item


class Csv(Exporter):
    """Comma-separated values as RFC 4180 has them, with newlines inside quoted cells kept."""

    name = "csv"

    def head(self) -> tuple[str, ...]:
        """The names of the columns."""
        return (",".join(COLUMNS),)

    def row(self, row: dict[str, Any], item: Item, document: Document) -> None:
        """Writes one row."""
        self.line(csv_line(flatten(row).values(), ","))


def csv_line(cells: Any, delimiter: str) -> str:
    """One row without its line end; None is an empty cell, truth is true or false."""
    buffer = io.StringIO(newline="")  # the writer quotes what its own line end is made of
    plain = ["true" if cell is True else "false" if cell is False else cell for cell in cells]
    csv.writer(buffer, delimiter=delimiter, lineterminator="\r\n").writerow(plain)
    return buffer.getvalue().removesuffix("\r\n")
