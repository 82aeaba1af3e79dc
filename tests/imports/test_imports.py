"""Rows of POLECAT, GDELT and ICEWS become events, and bad ones are named with their line."""

from __future__ import annotations

import gzip
import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.builders import CHINA, JUNE_5, MONGOLIA, RUSSIA, rail_accord

from communique import imports
from communique.archive.verify import check
from communique.errors import InputError, UsageError
from communique.export.base import exporter
from communique.export.icews import COLUMNS as ICEWS
from communique.export.polecat import COLUMNS as POLECAT
from communique.imports.gdelt import COLUMNS as GDELT
from communique.model import Actor, Coded, Event, Participant


def row(columns: tuple[str, ...], **cells: str) -> str:
    """A row with these cells (an underscore for a blank in the column's name), the others empty."""
    named = {name.replace("_", " ") if name.replace("_", " ") in columns else name: v for name, v in cells.items()}
    assert set(named) <= set(columns)
    return "\t".join(named.get(name, "") for name in columns)


def table(path: Path, columns: tuple[str, ...], *rows: str, header: bool = True) -> Path:
    """A file of rows."""
    lines = ["\t".join(columns), *rows] if header else list(rows)
    path.write_text("\n".join(lines) + "\n", "utf8")
    return path


def read(path: Path, form: str) -> tuple[list[Event], list[str], list[str]]:
    """Events, faults and what was left out."""
    faults: list[InputError] = []
    left: list[str] = []
    events = [coded.events[0] for coded in imports.read(path, form, faults.append, left.append)]
    return events, [fault.line() for fault in faults], left


def exported(form: str, coded: Coded, path: Path) -> Path:
    """A file that our own exporter wrote."""
    stream = io.BytesIO()
    writer = exporter(form)(stream, ("event",))
    writer.write(coded)
    writer.close()
    path.write_bytes(stream.getvalue())
    return path


def test_a_row_of_polecat_is_an_event_whose_evidence_is_the_row(tmp_path: Path) -> None:
    line = row(
        POLECAT, Event_ID="P1", Event_Date="2021-02-03", Event_Type="CONSULT", Event_Mode="visit", Intensity="4.0",
        Quad_Code="VERBAL COOPERATION", Contexts="economic; diplomatic", Actor_Name="Wang Yi", Actor_Country="CHN",
        Actor_Title="Foreign Minister", Primary_Actor_Sector="GOV", Actor_Sectors="GOV", Recipient_Name="None",
        Recipient_Country="MNG; RUS", Placename="Ulaanbaatar", Country="MNG", Latitude="47.9", Longitude="106.9",
        Source="Steppe Post", Publication_Date="2021-02-04", Language="English",
    )  # fmt: skip
    [coded] = imports.read(table(tmp_path / "p.tsv", POLECAT, line), "polecat", pytest.fail)
    event = coded.events[0]
    assert (event.event, event.mode, event.event_scale, event.context) == (
        "CONSULT", "visit", 4.0, ("economic", "diplomatic"),
    )  # fmt: skip
    assert [(who.actor.code, who.actor.name, who.actor.office) for who in event.actor] == [
        ("CHN", "Wang Yi", "Foreign Minister")
    ]
    assert [who.actor.code for who in event.recipient] == ["MNG", "RUS"]
    assert event.date.day == JUNE_5.day.replace(2021, 2, 3)  # type: ignore[union-attr]
    assert event.place is not None
    assert (event.place.code, event.place.latitude) == ("MNG", 47.9)
    assert coded.document.text == line
    assert event.trigger.cut(line) == "CONSULT"
    assert coded.document.source == "Steppe Post"


def test_a_row_of_icews_names_countries_and_bodies(tmp_path: Path) -> None:
    line = row(
        ICEWS, Event_ID="7", Event_Date="2014-03-01", Source_Name="Ministry of Trade", Source_Sectors="Government",
        Source_Country="Russian Federation", Event_Text="Impose embargo, boycott, or sanctions", CAMEO_Code="163",
        Intensity="-8", Target_Name="Ukraine", Target_Country="Ukraine", City="Moscow", Country="Russian Federation",
        Latitude="55.75", Longitude="37.62", Publisher="Steppe Post",
    )  # fmt: skip
    [event], faults, _ = read(table(tmp_path / "i.tab", ICEWS, line), "icews")
    assert faults == []
    assert (event.event, event.cameo, event.quad_code) == ("SANCTION", "163", 4)
    assert [(who.actor.code, who.actor.sector) for who in event.actor] == [("RUS", ("GOV",))]
    assert [(who.actor.code, who.actor.kind) for who in event.recipient] == [("UKR", "state")]
    assert event.document_id == "icews:7:2014-03-01"


def test_a_row_of_gdelt_has_cameo_codes_and_fips_places(tmp_path: Path) -> None:
    line = row(
        GDELT, GLOBALEVENTID="99", SQLDATE="20200115", MonthYear="202001", Year="2020", Actor1Code="ROMGOV",
        Actor1Name="ROMANIA", Actor1CountryCode="ROM", Actor1Type1Code="GOV", Actor2Code="UNO",
        Actor2Name="UNITED NATIONS", Actor2KnownGroupCode="UNO", Actor2Type1Code="IGO", EventCode="042",
        ActionGeo_FullName="Beijing, China", ActionGeo_CountryCode="CH", ActionGeo_Lat="39.9", ActionGeo_Long="116.4",
        DATEADDED="20200115120000", SOURCEURL="https://www.steppe-post.example/a",
    )  # fmt: skip
    [coded] = imports.read(table(tmp_path / "g.CSV", GDELT, line, header=False), "gdelt", pytest.fail)
    event = coded.events[0]
    assert [(who.actor.code, who.actor.sector) for who in event.actor] == [("ROU", ("GOV",))]
    assert [who.actor.code for who in event.recipient] == ["UNO"]
    assert event.place is not None
    assert event.place.code == "CHN"
    assert coded.document.source == "steppe-post.example"
    assert coded.document.published.day == event.date.day


def test_gdelt_of_before_2_0_is_known_by_its_number_of_columns(tmp_path: Path) -> None:
    older = tuple(name for name in GDELT if not name.endswith("ADM2Code"))
    line = row(older, GLOBALEVENTID="1", SQLDATE="20130401", EventCode="010", Actor1CountryCode="USA")
    other = row(older, GLOBALEVENTID="2", SQLDATE="20130401", EventCode="173", Actor1CountryCode="USA")
    events, faults, left = read(table(tmp_path / "old.csv", older, line, other, header=False), "gdelt")
    assert [event.event for event in events] == ["COERCE"]
    assert left == ["CAMEO 01 is no event in PLOVER"]
    assert faults == []


def test_bad_rows_are_named_with_their_line_and_the_rest_is_read(tmp_path: Path) -> None:
    good = {"Event_Type": "AID", "Event_Date": "2021-01-01", "Actor_Country": "USA"}
    path = table(
        tmp_path / "p.tsv",
        POLECAT,
        row(POLECAT, Event_ID="1", **good),
        "too\tfew",
        row(POLECAT, Event_ID="2", **{**good, "Event_Date": "2021-02-31"}),
        row(POLECAT, Event_ID="3", **{**good, "Event_Type": "DANCE"}),
        row(POLECAT, Event_ID="4", **good, Latitude="200", Longitude="0"),
        row(POLECAT, Event_ID="5", **good, Intensity="much"),
        row(POLECAT, Event_ID="6", **good),
    )
    events, faults, _ = read(path, "polecat")
    assert [event.document_id for event in events] == ["polecat:1", "polecat:6"]
    assert [fault.removeprefix(str(path)).split(". The row")[0] for fault in faults] == [
        ":3: 2 columns, not 40",
        ":4: Event Date is no date: “2021-02-31”",
        ":5: no event of PLOVER is called “DANCE”",
        ":6: Latitude and Longitude are no place: 200.0, 0.0",
        ":7: Intensity is no number: “much”",
    ]


def test_a_fault_shows_no_more_of_a_cell_than_fits_a_line(tmp_path: Path) -> None:
    line = row(GDELT, GLOBALEVENTID="9" * 40 + "<" * 5_000, SQLDATE="20200115", EventCode="042")
    events, [fault], _ = read(table(tmp_path / "g.tsv", GDELT, line, header=False), "gdelt")
    assert events == []
    assert "GLOBALEVENTID is no number: “9999" in fault
    assert len(fault) < 600


def test_a_row_of_icews_without_words_is_told_by_the_whole_row(tmp_path: Path) -> None:
    line = row(
        ICEWS, Event_ID="8", Event_Date="2014-03-01", Event_Text=" ", CAMEO_Code="042", Source_Name="China",
        Source_Country="China", Target_Name="Russia", Target_Country="Russian Federation", Intensity="1.9",
    )  # fmt: skip
    path = table(tmp_path / "i.tab", ICEWS, line)
    [coded] = imports.read(path, "icews", pytest.fail)
    assert coded.events[0].event_text == line
    assert check(coded)[1] == []


@pytest.mark.parametrize("form", ["polecat", "gdelt", "icews"])
def test_what_we_export_comes_back_with_its_pairs_kinds_and_dates(tmp_path: Path, form: str) -> None:
    coded = rail_accord()
    events, faults, left = read(exported(form, coded, tmp_path / "x"), form)
    told = [each for each in coded.events if each.stance == "actual"]
    assert (faults, left) == ([], [])
    assert [event.event for event in events] == [each.event for each in told]
    assert [event.date.earliest for event in events] == [each.date.earliest for each in told]
    assert {who.actor.code for event in events for who in (*event.actor, *event.recipient)} == {"CHN", "MNG"}


STATES = st.sampled_from([CHINA, MONGOLIA, RUSSIA])


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(STATES, min_size=1, max_size=3, unique=True),
    st.lists(STATES, min_size=1, max_size=3, unique=True),
    st.dates(min_value=JUNE_5.earliest.replace(1946), max_value=JUNE_5.earliest.replace(2030)),  # type: ignore[union-attr]
    st.sampled_from(["042", "173", "057", "163", "190", "0311"]),
)
def test_whatever_stands_in_an_export_is_in_the_import(
    tmp_path: Path, actors: list[Actor], targets: list[Actor], day: object, cameo: str
) -> None:
    coded = rail_accord()

    def side(people: list[Actor]) -> tuple[Participant, ...]:
        return tuple(Participant(each, str(each.name), "name") for each in people)

    when = replace(JUNE_5, earliest=day, latest=day)  # type: ignore[arg-type]
    event = replace(coded.events[0], actor=side(actors), recipient=side(targets), date=when, cameo=cameo)
    pairs = {(one.code, other.code) for one in actors for other in targets}
    for form in ("polecat", "gdelt", "icews"):
        events, faults, _ = read(exported(form, replace(coded, events=(event,)), tmp_path / "x"), form)
        assert faults == []
        assert {(a.actor.code, b.actor.code) for each in events for a in each.actor for b in each.recipient} == pairs
        assert {each.date.day for each in events} == {day}
        if form != "polecat":
            assert {each.cameo for each in events} == {cameo}


@pytest.mark.parametrize("form", ["polecat", "gdelt", "icews"])
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_row_however_odd_stops_the_others(tmp_path: Path, form: str, data: st.DataObject) -> None:
    columns = {"polecat": POLECAT, "gdelt": GDELT, "icews": ICEWS}[form]
    cells = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=6) | st.sampled_from(
        ["1", "2021", "99999"]
    )
    odd = "\t".join(data.draw(st.lists(cells, min_size=len(columns), max_size=len(columns))))
    events, faults, left = read(table(tmp_path / "odd", columns, odd, header=True), form)
    assert len(events) + len(faults) + len(left) == bool(odd.strip())


def test_compressed_files_are_read_as_they_are(tmp_path: Path) -> None:
    line = row(GDELT, GLOBALEVENTID="9", SQLDATE="20200115", EventCode="042", Actor1CountryCode="CHN")
    (tmp_path / "g.gz").write_bytes(gzip.compress(line.encode()))
    with zipfile.ZipFile(tmp_path / "g.zip", "w") as pack:
        pack.writestr("20200115.export.CSV", line)
    assert len(read(tmp_path / "g.gz", "gdelt")[0]) == len(read(tmp_path / "g.zip", "gdelt")[0]) == 1


def test_other_columns_and_other_formats_are_said(tmp_path: Path) -> None:
    path = table(tmp_path / "x", ("a", "b"), "1\t2")
    for form, words in (("polecat", "lacks Event ID"), ("gdelt", "has 2 columns"), ("icews", "not ICEWS's header")):
        with pytest.raises(InputError, match=words):
            read(path, form)
    with pytest.raises(UsageError, match="no data set is called acled"):
        read(path, "acled")
    with pytest.raises(InputError, match="cannot be read"):
        read(tmp_path / "none", "gdelt")


@pytest.mark.parametrize("form", ["polecat", "gdelt", "icews"])
def test_every_party_of_an_imported_row_stands_where_its_place_says(tmp_path: Path, form: str) -> None:
    """Several names in one cell, and names in capitals: `verify` cuts them out again."""
    coded = rail_accord()
    both = tuple(Participant(each, str(each.name), "name") for each in (CHINA, MONGOLIA))
    event = replace(coded.events[0], actor=both, recipient=(Participant(RUSSIA, "Russia", "name"),))
    path = exported(form, replace(coded, events=(event,)), tmp_path / "x")
    found = list(imports.read(path, form, lambda fault: None))
    assert found
    assert [check(each)[1] for each in found] == [[]] * len(found)
