"""The formats of the field, column by column."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import replace
from importlib.metadata import EntryPoint

import pytest
from hypothesis import given, settings
from tests import strategies
from tests.builders import rail_accord

from communique import plugins
from communique.errors import PluginError, UsageError
from communique.export.base import Exporter, exporter, formats
from communique.export.flat import COLUMNS
from communique.export.plover import to_json
from communique.model import Actor, Coded, Participant
from communique.settings import KINDS


def written(form: str, coded: Coded | None = None, kinds: Sequence[str] = KINDS) -> bytes:
    """What a format writes of a coded document."""
    stream = io.BytesIO()
    writer = exporter(form)(stream, kinds)
    writer.write(coded or rail_accord())
    writer.close()
    return stream.getvalue()


def tabbed(form: str, coded: Coded | None = None) -> list[list[str]]:
    """The cells of a tab-separated format."""
    return [line.split("\t") for line in written(form, coded).decode().splitlines()]


def test_json_lines_hold_one_item_a_line_unescaped() -> None:
    coded = rail_accord()
    lines = written("jsonl").decode().splitlines()
    assert [json.loads(line) for line in lines] == [to_json(item, coded.document) for item in coded.items()]
    assert "—" in lines[0]


def test_kinds_can_be_chosen() -> None:
    lines = written("jsonl", kinds=("quote", "forum")).decode().splitlines()
    assert [json.loads(line)["kind"] for line in lines] == ["quote", "forum"]


def test_csv_has_a_header_and_one_row_an_item() -> None:
    rows = list(csv.DictReader(io.StringIO(written("csv").decode(), newline="")))
    assert len(rows) == 9
    assert rows[1]["actor_code"] == "MNG; CHN"
    assert rows[1]["unordered"] == "true"
    assert rows[0]["mode"] == "visit"
    assert rows[3]["value"] == "24.5"
    assert rows[0]["value"] == ""
    assert rows[5]["speaker_name"] == "Wang Yi"
    assert rows[8]["text"].count("\n") == 1  # a line break of the text stays


def test_parquet_has_one_schema_for_everything() -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    table = parquet.read_table(io.BytesIO(written("parquet")))
    assert table.schema.names == list(COLUMNS)
    rows = table.to_pylist()
    assert rows[1]["actor_code"] == ["MNG", "CHN"]
    assert rows[4]["value"] == 8e9
    empty = parquet.read_table(io.BytesIO(written("parquet", kinds=())))
    assert empty.schema == table.schema
    assert empty.num_rows == 0


def test_polecat_has_its_40_columns_and_none_for_nothing() -> None:
    head, meeting, trade = tabbed("polecat")
    assert len(head) == len(meeting) == len(trade) == 40
    assert head[:7] == ["Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts"]
    assert head[-5:] == ["Story People", "Story Organizations", "Story Locations", "Language", "Version"]
    row = dict(zip(head, trade, strict=True))
    assert row["Event Date"] == "2018"
    assert row["Actor Country"] == "MNG; CHN"
    assert row["Actor COW"] == "712; 710"
    assert row["Recipient Name"] == "None"
    assert row["Quad Code"] == "MATERIAL COOPERATION"
    assert dict(zip(head, meeting, strict=True))["Country"] == "Mongolia"


def test_gdelt_has_61_columns_no_header_and_a_row_for_each_pair() -> None:
    meeting, trade = tabbed("gdelt")
    assert len(meeting) == len(trade) == 61
    assert meeting[1:5] == ["20190605", "201906", "2019", "2019.5068"]
    assert trade[1:5] == ["", "", "2018", ""]
    assert meeting[5:8] == ["CHNGOV", "WANG YI", "CHN"]
    assert meeting[26:31] == ["042", "042", "04", "1", "1.9"]
    assert meeting[51:54] == ["4", "Ulaanbaatar, Mongolia", "MG"]
    assert meeting[-2:] == ["20190605000000", "https://harbour-post.example/rail"]
    assert meeting[0].isdigit()


def test_gdelt_mentions_say_where_each_row_of_gdelt_stands() -> None:
    coded = rail_accord()
    meeting, _ = tabbed("gdelt-mentions")
    assert meeting[0] == tabbed("gdelt")[0][0]
    assert meeting[1:6] == ["20190605000000"] * 2 + ["1", "harbour-post.example", "https://harbour-post.example/rail"]
    assert coded.document.text[int(meeting[9]) :].startswith(coded.events[0].event_text)
    plain = replace(coded, document=replace(coded.document, url=None))
    assert tabbed("gdelt-mentions", plain)[0][3:6] == ["2", "Harbour Post", coded.document.id]
    nobody = replace(coded, events=(replace(coded.events[0], recipient=()),))
    assert tabbed("gdelt-mentions", nobody)[0][8] == "-1"


def test_icews_has_its_20_columns_and_names_of_states() -> None:
    head, meeting, _ = tabbed("icews")
    assert len(head) == len(meeting) == 20
    row = dict(zip(head, meeting, strict=True))
    assert row["Source Country"] == "China"
    assert row["Source Sectors"] == "Government"
    assert row["Event Text"] == "Make a visit"
    assert row["CAMEO Code"] == "042"
    assert row["Intensity"] == "1.9"


@pytest.mark.parametrize("form", ["polecat", "gdelt", "gdelt-mentions", "icews"])
def test_what_has_not_happened_is_left_out_where_it_cannot_be_said(form: str) -> None:
    assert b"condemn" not in written(form)
    assert b"RUS" not in written(form)


def test_a_meeting_of_three_gives_each_pair_once() -> None:
    coded = rail_accord()
    third = Participant(Actor("RUS", (), "Russia", kind="state"), "Russia", "name")
    trade = replace(coded.events[1], actor=(*coded.events[1].actor, third))
    rows = tabbed("gdelt", replace(coded, events=(trade,)))
    assert [(row[7], row[17]) for row in rows] == [("MNG", "CHN"), ("MNG", "RUS"), ("CHN", "RUS")]
    assert len({row[0] for row in rows}) == 3


@settings(max_examples=25, deadline=None)
@given(strategies.codeds)
def test_no_text_breaks_the_columns(coded: Coded) -> None:
    assert all(len(row) == 40 for row in map_cells("polecat", coded))
    assert all(len(row) == 61 for row in map_cells("gdelt", coded))
    assert all(len(row) == 20 for row in map_cells("icews", coded))
    mentions = map_cells("gdelt-mentions", coded)
    assert all(len(row) == 16 for row in mentions)
    assert [row[0] for row in mentions] == [row[0] for row in map_cells("gdelt", coded)]
    header, *rows = csv.reader(io.StringIO(written("csv", coded).decode(), newline=""))
    assert all(len(row) == len(header) for row in rows)


def map_cells(form: str, coded: Coded) -> list[list[str]]:
    """Cells, split at line feeds only."""
    return [line.split("\t") for line in written(form, coded).decode().split("\n") if line]


def test_the_same_input_gives_the_same_bytes() -> None:
    for form in formats():
        assert written(form) == written(form)


def test_a_format_that_nobody_knows_is_told() -> None:
    with pytest.raises(UsageError, match="Formats are jsonl, csv, parquet, polecat, gdelt, gdelt-mentions, icews"):
        exporter("excel")


def test_a_package_can_add_a_format(monkeypatch: pytest.MonkeyPatch) -> None:
    points = [
        EntryPoint("lines", f"{__name__}:Lines", plugins.EXPORTERS),
        EntryPoint("broken", "no_such_module:Thing", plugins.EXPORTERS),
        EntryPoint("wrong", "json:dumps", plugins.EXPORTERS),
    ]
    monkeypatch.setattr(plugins, "entry_points", lambda group: [point for point in points if point.group == group])
    monkeypatch.setattr(EntryPoint, "load", lambda point: Lines if point.name == "lines" else real_load(point))
    assert formats()[-3:] == ("broken", "lines", "wrong")
    assert written("lines").startswith(b"bd9036a7f0c75ddd\n")
    for name in ("broken", "wrong"):
        with pytest.raises(PluginError, match="Update or remove"):
            exporter(name)


real_load = EntryPoint.load


class Lines(Exporter):
    """A third party's format: ids, one a line."""

    def row(self, row: dict, item: object, document: object) -> None:
        """Writes the id."""
        self.line(row["id"])
