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


PARTY = ("Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code", "Type1Code",
         "Type2Code", "Type3Code")  # fmt: skip
SITE = {"Type": "INTEGER", "FullName": "VARCHAR", "CountryCode": "VARCHAR", "ADM1Code": "VARCHAR",
        "ADM2Code": "VARCHAR", "Lat": "DOUBLE", "Long": "DOUBLE", "FeatureID": "VARCHAR"}  # fmt: skip
# the types of the tables that GDELT itself publishes
GDELT_EVENTS = {
    "GLOBALEVENTID": "BIGINT", "SQLDATE": "INTEGER", "MonthYear": "INTEGER", "Year": "INTEGER",
    "FractionDate": "DOUBLE",
    **{f"Actor{side}{name}": "VARCHAR" for side in (1, 2) for name in PARTY},
    "IsRootEvent": "INTEGER", "EventCode": "VARCHAR", "EventBaseCode": "VARCHAR", "EventRootCode": "VARCHAR",
    "QuadClass": "INTEGER", "GoldsteinScale": "DOUBLE", "NumMentions": "INTEGER", "NumSources": "INTEGER",
    "NumArticles": "INTEGER", "AvgTone": "DOUBLE",
    **{f"{who}Geo_{name}": kind for who in ("Actor1", "Actor2", "Action") for name, kind in SITE.items()},
    "DATEADDED": "BIGINT", "SOURCEURL": "VARCHAR",
}  # fmt: skip
GDELT_MENTIONS = {
    "GLOBALEVENTID": "BIGINT", "EventTimeDate": "BIGINT", "MentionTimeDate": "BIGINT", "MentionType": "INTEGER",
    "MentionSourceName": "VARCHAR", "MentionIdentifier": "VARCHAR", "SentenceID": "INTEGER",
    "Actor1CharOffset": "INTEGER", "Actor2CharOffset": "INTEGER", "ActionCharOffset": "INTEGER", "InRawText": "INTEGER",
    "Confidence": "INTEGER", "MentionDocLen": "INTEGER", "MentionDocTone": "DOUBLE",
    "MentionDocTranslationInfo": "VARCHAR", "Extras": "VARCHAR",
}  # fmt: skip


def test_duckdb_reads_gdelt_by_the_published_columns_and_types_and_joins_mentions_to_events(tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    assert (len(GDELT_EVENTS), len(GDELT_MENTIONS)) == (61, 16)
    read = "FROM read_csv('{}', delim='\t', header=false, quote='', columns={})"
    events = read.format(written("gdelt", tmp_path / "a.export.CSV"), GDELT_EVENTS)
    mentions = read.format(written("gdelt-mentions", tmp_path / "a.mentions.CSV"), GDELT_MENTIONS)
    rows = duckdb.sql(
        "SELECT e.Actor1Name, e.GoldsteinScale, m.SentenceID, m.MentionSourceName, m.Confidence, m.Actor1CharOffset, "
        f"m.ActionCharOffset FROM (SELECT * {events}) e JOIN (SELECT * {mentions}) m USING (GLOBALEVENTID) ORDER BY 3"
    ).fetchall()
    coded = rail_accord()
    assert len(rows) == 2
    visit = coded.events[0]
    assert rows[0][:2] == ("WANG YI", 1.9)
    assert rows[0][2:4] == (visit.sequence + 1, "harbour-post.example")
    assert 10 <= rows[0][4] <= 100
    assert visit.actor[0].span is not None
    assert rows[0][5:] == (visit.actor[0].span.start, visit.trigger.start)
    assert coded.document.text[rows[0][6] :].startswith(visit.event_text)
