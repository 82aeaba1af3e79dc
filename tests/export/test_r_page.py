"""The page for users of R names columns and types as exports have them."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pyarrow.parquet
from tests.acts import deed
from tests.builders import rail_accord

from communique.export.base import exporter
from communique.measure import table
from communique.measure.series import chosen, series

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "r.md").read_text(encoding="utf8")
TYPED = re.compile(r"(\w+) = col_(\w+)\(\)")


def written(form: str) -> bytes:
    """What a format writes of the usual document."""
    stream = io.BytesIO()
    writer = exporter(form)(stream)
    writer.write(rail_accord())
    writer.close()
    return stream.getvalue()


def fits(kind: str, cell: str) -> bool:
    """Whether readr reads a cell as a column of this kind."""
    patterns = {
        "double": r"-?[\d.]+(e[-+]?\d+)?",
        "integer": r"-?\d+",
        "logical": "true|false",
        "date": r"\d{4}-\d\d-\d\d",
    }
    return cell == "" or kind == "character" or re.fullmatch(patterns[kind], cell) is not None


def test_the_columns_and_types_of_parquet_are_those_of_the_page() -> None:
    schema = pyarrow.parquet.read_table(io.BytesIO(written("parquet"))).schema
    named = re.findall(r"^\| (\w+) \| ([^|]+) \| \w+ \|$", PAGE, re.MULTILINE)
    named.remove(("column", "Arrow"))
    assert len(named) > 15
    assert {name: str(schema.field(name).type) for name, _ in named} == {name: kind.strip() for name, kind in named}


def test_the_columns_that_the_r_code_selects_are_there() -> None:
    names = pyarrow.parquet.read_table(io.BytesIO(written("parquet"))).schema.names
    chosen_names = re.search(r"select\(([^)]+)\)", PAGE)
    assert chosen_names is not None
    assert {name.strip() for name in chosen_names.group(1).split(",")} <= set(names)


def test_csv_reads_as_the_page_says() -> None:
    rows = list(csv.DictReader(io.StringIO(written("csv").decode(), newline="")))
    block = PAGE.split("## CSV")[1].split("```")[1]
    for name, kind in TYPED.findall(block):
        assert name == "default" or all(fits(kind, row[name]) for row in rows), name


def test_the_series_of_a_pair_reads_as_the_page_says() -> None:
    acts = [deed(f"r{number}", "CONSULT", "CHN", "RUS", f"2020-0{1 + number % 3}-1{number}") for number in range(9)]
    text = table.csv_text([series(acts, "CHN", "RUS", chosen("month"))])
    rows = list(csv.DictReader(io.StringIO(text)))
    kinds = dict(TYPED.findall(PAGE.split("## A series, worked")[1].split("```")[1]))
    assert list(kinds) == list(rows[0]) == list(table.COLUMNS)
    for row in rows:
        assert [name for name, kind in kinds.items() if not fits(kind, row[name])] == []
        cooperation, conflict = float(row["cooperation"]), float(row["conflict"])
        assert abs(float(row["net"]) - (cooperation - conflict) / (cooperation + conflict + 5)) < 1e-9
