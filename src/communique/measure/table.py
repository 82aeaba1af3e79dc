"""A pair series as users hold it: rows, tables of other libraries, a graph, a picture."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from communique.model import PairPoint, PairSeries

if TYPE_CHECKING:
    from communique.archive import Archive
    from communique.measure.acts import Act

COLUMNS: dict[str, type] = {
    "first": str,
    "second": str,
    "direction": str,
    "by": str,
    "weights": str,
    "period": str,
    "start": str,
    "end": str,
    "net": float,
    "low": float,
    "high": float,
    "level": float,
    "cooperation": float,
    "conflict": float,
    "cooperation_verbal": float,
    "cooperation_material": float,
    "conflict_verbal": float,
    "conflict_material": float,
    "number": int,
    "documents": int,
    "outlets": int,
    "stories": int,
    "dated": float,
    "note": str,
    "records": list,
}


def row(series: PairSeries, point: PairPoint) -> dict[str, Any]:
    """One point as plain values in the order of COLUMNS: days as ISO 8601 text, records as a list of ids."""
    found: dict[str, Any] = {name: getattr(series, name) for name in ("first", "second", "direction", "by", "weights")}
    for name in COLUMNS:
        if name not in found:
            held: Any = len(point.records) if name == "number" else getattr(point, name)
            found[name] = held.isoformat() if name in ("start", "end") else held
    return found | {"records": list(point.records)}


def rows(series: PairSeries) -> list[dict[str, Any]]:
    """Each point as plain values, see `row`."""
    return [row(series, point) for point in series.points]


def summary(series: PairSeries) -> dict[str, Any]:
    """What stands beside the points: the whole time, what is left out and why, and what other choices would show."""
    return {
        "kind": "pair series",
        **{name: getattr(series, name) for name in ("first", "second", "direction", "by", "weights")},
        "prior": series.prior,
        "half_life_days": series.half_life,
        "fewest_records": series.fewest,
        "confidence": series.confidence,
        "draws": series.draws,
        "seed": series.seed,
        "total": _whole(series),
        "vague": list(series.vague),
        "undated": list(series.undated),
        "left_out": dict(series.left_out),
        "sensitivity": [
            {
                "name": each.name,
                "net": each.net,
                "records": each.records,
                "other_sign": each.differs,
                "periods": each.periods,
            }
            for each in series.sensitivity
        ],
    }


def _whole(series: PairSeries) -> dict[str, Any] | None:
    if series.total is None:
        return None
    held = row(series, series.total)
    return {name: held[name] for name in COLUMNS if name not in ("first", "second", "direction", "by", "weights")}


def json_lines(found: Iterable[PairSeries]) -> Iterator[str]:
    """The output contract of `communique pair --json`: one line a point, then one for the series as a whole."""
    for series in found:
        for each in rows(series):
            yield json.dumps({"kind": "pair point", **each}, ensure_ascii=False)
        yield json.dumps(summary(series), ensure_ascii=False)


def csv_text(found: Iterable[PairSeries]) -> str:
    """One row a point, with a header; several records are joined by "; ", what is unknown is empty."""
    stream = io.StringIO()
    writer = csv.DictWriter(stream, list(COLUMNS), lineterminator="\n")
    writer.writeheader()
    for series in found:
        writer.writerows({**each, "records": "; ".join(each["records"])} for each in rows(series))
    return stream.getvalue()


def pair_table(archive: Archive, first: str, second: str, by: str, weights: str, **options: Any) -> PairTable:
    """The series of a pair out of an archive, with its acts. Raises UsageError as measure.series.pair_series does."""
    from communique.garbage import undisturbed
    from communique.measure import read
    from communique.measure.series import between, chosen, of_ours

    choices = chosen(by, weights, **options)
    with undisturbed():
        found = between(read.acts(archive, (first, second)), first, second, choices.direction)
        return PairTable(of_ours(found, first, second, choices), tuple(found))


@dataclass(frozen=True, slots=True)
class PairTable:
    """A pair series with the acts behind it; what `Archive.pair` hands out.

    `series` is the noun, iterating gives its points. to_pandas and to_polars come with the extra `analysis`.
    """

    series: PairSeries
    acts: tuple[Act, ...]

    def __len__(self) -> int:
        return len(self.series.points)

    def __iter__(self) -> Iterator[PairPoint]:
        return iter(self.series.points)

    def rows(self) -> list[dict[str, Any]]:
        """Each point as plain values."""
        return rows(self.series)

    def to_arrow(self) -> Any:
        """A pyarrow.Table with one fixed schema: text, float64, int64, and records as a list of text."""
        import pyarrow as pa

        kinds = {str: pa.string(), float: pa.float64(), int: pa.int64(), list: pa.list_(pa.string())}
        schema = pa.schema([(name, kinds[kind]) for name, kind in COLUMNS.items()])
        return pa.Table.from_pylist(self.rows(), schema=schema)

    def to_pandas(self) -> Any:
        """A pandas.DataFrame, one row a point. Raises UsageError where pandas is not installed."""
        from communique.export.listing import _extra

        frame = _extra("pandas").DataFrame(self.rows(), columns=list(COLUMNS))
        return frame.astype({name: "float64" for name, kind in COLUMNS.items() if kind is float})

    def to_polars(self) -> Any:
        """A polars.DataFrame, one row a point. Raises UsageError where polars is not installed."""
        from communique.export.listing import _extra

        polars = _extra("polars")
        kinds = {str: polars.String, float: polars.Float64, int: polars.Int64, list: polars.List(polars.String)}
        return polars.DataFrame(self.rows(), schema={name: kinds[kind] for name, kind in COLUMNS.items()})

    def to_networkx(self) -> Any:
        """A networkx.MultiDiGraph of the two: an edge for each act and direction, keyed by its record.

        Attributes: event, mode, score (by the weights of the series), date and enddate where they are known. What both
        did together gives an edge each way, marked mutual.
        """
        import networkx

        graph = networkx.MultiDiGraph()
        first, second = self.series.first, self.series.second
        graph.add_nodes_from((first, second))
        for act in self.acts:
            way = act.direction(first, second)
            held: dict[str, Any] = {"event": act.kind, "mode": act.mode, "score": act.score(self.series.weights)}
            held |= {"date": act.earliest and act.earliest.isoformat(), "mutual": way == "mutual"}
            held |= {"enddate": act.latest.isoformat() if act.latest and act.latest != act.earliest else None}
            kept = {name: value for name, value in held.items() if value is not None}
            if way in ("first", "mutual"):
                graph.add_edge(first, second, act.record, **kept)
            if way in ("second", "mutual"):
                graph.add_edge(second, first, act.record, **kept)
        return graph

    def _repr_html_(self) -> str:
        from communique.measure.words import html_table

        return html_table(self.series)
