"""What the archive and the coder hand out: a list of items that also knows their documents, and turns into tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Generic, TypeVar, overload

from communique.errors import UsageError
from communique.model import Document, Item

T = TypeVar("T", bound=Item)
SHOWN = 50  # rows that a notebook shows


class Listing(Sequence[T], Generic[T]):
    """A list of events, figures, quotes ... in order, each with its document.

    Behaves as a list of the nouns; `pairs()` gives each with its document, `rows()` the JSON of the output contract,
    and to_pandas, to_polars, to_arrow and to_networkx what their names say (pandas and polars come with the extra
    `analysis`).
    """

    def __init__(self, items: Iterable[T], documents: Sequence[str], document: Callable[[str], Document]) -> None:
        self._items = list(items)
        self._keys = list(documents)
        self._document = document

    @classmethod
    def of(cls, items: Iterable[T], document: Document) -> Listing[T]:
        """A listing of items of one document."""
        held = list(items)
        return cls(held, [document.key] * len(held), lambda _key: document)

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> Listing[T]: ...
    def __getitem__(self, index: int | slice) -> T | Listing[T]:
        if isinstance(index, slice):
            return Listing(self._items[index], self._keys[index], self._document)
        return self._items[index]

    def __len__(self) -> int:
        return len(self._items)

    def __iter__(self) -> Iterator[T]:
        return iter(self._items)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, (Listing, list, tuple)):
            return self._items == list(other)
        return NotImplemented

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"Listing({self._items!r})"

    def document(self, index: int) -> Document:
        """The document that item number `index` was read in."""
        return self._document(self._keys[index])

    def pairs(self) -> Iterator[tuple[T, Document]]:
        """Each item with its document."""
        for item, key in zip(self._items, self._keys, strict=True):
            yield item, self._document(key)

    def rows(self) -> list[dict[str, Any]]:
        """Each item as the output contract's JSON (docs/output.md)."""
        from communique.export.plover import to_json

        return [to_json(item, document) for item, document in self.pairs()]

    def table(self) -> list[dict[str, Any]]:
        """Each item as one flat row of plain values, the columns of the CSV format."""
        from communique.export.flat import flatten

        return [flatten(row) for row in self.rows()]

    def to_pandas(self) -> Any:
        """A pandas.DataFrame of `table()`. Raises UsageError where pandas is not installed."""
        return _extra("pandas").DataFrame(self.table())

    def to_polars(self) -> Any:
        """A polars.DataFrame of `table()`. Raises UsageError where polars is not installed."""
        return _extra("polars").DataFrame(self.table(), infer_schema_length=None)

    def to_arrow(self) -> Any:
        """A pyarrow.Table of `table()`, with the fixed schema of the Parquet format."""
        from communique.export.parquet import arrow_table

        return arrow_table(self.rows())

    def to_networkx(self) -> Any:
        """A networkx.MultiDiGraph: nodes are codes (or names), one edge for each actor and recipient of each event.

        Mutual events give an edge in both directions, marked unordered.
        """
        import networkx

        from communique.export.graph import edges

        graph = networkx.MultiDiGraph()
        for source, target, attributes in edges(self.rows()):
            graph.add_edge(source, target, **attributes)
        return graph

    def _repr_html_(self) -> str:
        from communique.export.notebook import table_html

        more = len(self) - SHOWN
        note = f"<p>… and {more} more</p>" if more > 0 else ""
        return table_html(self[:SHOWN].pairs()) + note


def _extra(name: str) -> Any:
    import importlib

    try:
        return importlib.import_module(name)
    except ImportError as fault:
        raise UsageError(
            f"{name} is not installed", advice='Install the extra that brings it: pip install "communique[analysis]"'
        ) from fault
