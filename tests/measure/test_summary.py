"""A pair in words and as tables: every clause cites records, every table has the same columns."""

from __future__ import annotations

import csv
import io
import json

import pytest
from tests.acts import deed

from communique.measure import summary, table, words
from communique.measure.acts import Act
from communique.measure.series import chosen, series
from communique.measure.table import COLUMNS, PairTable
from communique.model import PairSeries

ACTS = [
    *[deed(f"good{n}", "SUPPORT", "CHN", "RUS", f"2021-01-{n + 1:02}") for n in range(10)],
    *[deed(f"bad{n}", "SANCTION", "RUS", "CHN", f"2021-03-{n + 1:02}") for n in range(10)],
    deed("when", "AID", "CHN", "RUS"),
]


def told(acts: list[Act]) -> PairSeries:
    return series(acts, "CHN", "RUS", chosen())


def test_every_clause_cites_records_of_the_pair() -> None:
    sentences = summary.summary(told(ACTS), ACTS)
    known = {act.record for act in ACTS}
    clauses = [clause for sentence in sentences for clause in sentence]
    assert len(clauses) > 6
    for clause in clauses:
        if not clause.text.endswith("never"):
            assert clause.records and set(clause.records) <= known, clause


def test_the_summary_says_how_it_is_what_it_is_and_when_it_turned() -> None:
    text = " ".join(summary.lines(told(ACTS), ACTS))
    assert "20 dated acts of China and Russia in 2021 leave open which way it goes" in text
    assert "Cooperation is 10 statements of support and signatures" in text
    assert "It turned worse between 10 January 2021 and 1 March 2021" in text
    assert "without a date [when]" in text


def test_too_few_acts_are_called_nothing() -> None:
    few = ACTS[:1]
    assert next(summary.lines(told(few), few)).startswith("1 dated act of China and Russia in 2021 is too few")
    assert list(summary.lines(told([]), [])) == []


def test_the_table_of_a_terminal_shows_silence_and_what_stands_beside() -> None:
    text = "\n".join(words.lines(told(ACTS)))
    assert "2021-02   no record" in text
    assert "1 record without a date" in text
    assert "-0.00" not in text and "nan" not in text


def test_json_and_csv_hold_the_same_points() -> None:
    shown = told(ACTS)
    lines = [json.loads(line) for line in table.json_lines([shown])]
    assert [line["kind"] for line in lines] == ["pair point"] * 3 + ["pair series"]
    rows = list(csv.DictReader(io.StringIO(table.csv_text([shown]))))
    assert list(rows[0]) == list(COLUMNS)
    assert [row["period"] for row in rows] == [line["period"] for line in lines[:-1]]
    assert [row["net"] for row in rows] == ["" if line["net"] is None else str(line["net"]) for line in lines[:-1]]


def test_a_pair_turns_into_tables_and_a_graph() -> None:
    held = PairTable(told(ACTS), tuple(ACTS))
    arrow = held.to_arrow()
    assert arrow.column_names == list(COLUMNS) and arrow.num_rows == 3
    assert arrow.column("records").to_pylist()[1] == []
    graph = held.to_networkx()
    assert graph.number_of_edges("CHN", "RUS") == 11 and graph.number_of_edges("RUS", "CHN") == 10
    assert "<table" in held._repr_html_()


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_tables_of_other_libraries_have_the_same_columns_and_types(library: str) -> None:
    pytest.importorskip(library)
    frame = getattr(PairTable(told(ACTS), tuple(ACTS)), f"to_{library}")()
    assert list(frame.columns) == list(COLUMNS)
    assert str(frame["net"].dtype).lower() == "float64"
