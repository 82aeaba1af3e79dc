"""Tables read by pandas, pyarrow, polars and DuckDB, where they are installed."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from tests.builders import rail_accord

from communique.export.base import exporter
from communique.export.flat import COLUMNS
from communique.export.icews import COLUMNS as ICEWS
from communique.export.polecat import COLUMNS as POLECAT


def written(form: str, path: Path) -> str:
    """The path of a file that a format wrote."""
    with path.open("wb") as stream:
        writer = exporter(form)(stream)
        writer.write(rail_accord())
        writer.close()
    return str(path)


def test_pyarrow_polars_and_duckdb_read_the_same_parquet(tmp_path: Path) -> None:
    polars, duckdb = pytest.importorskip("polars"), pytest.importorskip("duckdb")
    path = written("parquet", tmp_path / "a.parquet")
    frame = polars.read_parquet(path)
    rows = duckdb.sql(f"SELECT id, actor_code FROM '{path}'").fetchall()
    assert frame.columns == list(COLUMNS)
    assert [(row["id"], row["actor_code"]) for row in frame.iter_rows(named=True)] == rows


@pytest.mark.parametrize(("form", "columns"), [("polecat", POLECAT), ("icews", ICEWS)])
def test_pandas_reads_the_published_columns(tmp_path: Path, form: str, columns: tuple[str, ...]) -> None:
    pandas = pytest.importorskip("pandas")
    frame = pandas.read_csv(io.StringIO(Path(written(form, tmp_path / "x")).read_text("utf8")), sep="\t", dtype=str)
    assert tuple(frame.columns) == columns
    assert len(pandas.to_datetime(frame["Event Date"], format="mixed")) == 2
