"""Graphs, linked data, citations and data packages, read back by readers that are not ours."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import networkx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests import strategies
from tests.builders import rail_accord

from communique.export import codebook
from communique.export.base import exporter
from communique.export.flat import COLUMNS, flatten
from communique.export.listing import Listing
from communique.export.plover import to_json
from communique.model import Actor, Coded, Document, Event, Participant
from communique.settings import KINDS

ITEMS = st.one_of(
    strategies.events,
    strategies.figures,
    strategies.quotes,
    strategies.assessments,
    strategies.projects,
    strategies.forums,
)
FEW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def written(form: str, *coded: Coded, kinds: tuple[str, ...] = KINDS) -> bytes:
    """What a format writes of coded documents."""
    stream = io.BytesIO()
    writer = exporter(form)(stream, kinds)
    for each in coded or (rail_accord(),):
        writer.write(each)
    writer.close()
    return stream.getvalue()


def graph_of(form: str, data: bytes) -> Any:
    """The graph as networkx reads it, always one with parallel edges."""
    read = networkx.read_graphml if form == "graphml" else networkx.read_gexf
    return networkx.MultiDiGraph(read(io.BytesIO(data)))


@pytest.mark.parametrize("form", ["graphml", "gexf"])
def test_networkx_reads_the_graph_that_the_listing_gives(form: str) -> None:
    coded = rail_accord()
    expected = Listing.of(coded.events, coded.document).to_networkx()
    found = graph_of(form, written(form))
    assert sorted(found.nodes) == sorted(expected.nodes)
    own = {"id": "event_id"} if form == "gexf" else {}

    def plain(graph: Any, renamed: bool) -> list[tuple[str, str, dict[str, Any]]]:
        edges = []
        for source, target, held in graph.edges(data=True):
            kept = {own.get(name, name) if renamed else name: value for name, value in held.items()}
            if not renamed and form == "gexf":
                kept.pop("id", None)  # the edge's own number
            edges.append((source, target, kept))
        return sorted(edges, key=str)

    assert plain(found, renamed=False) == plain(expected, renamed=True)


@FEW
@given(strategies.events, strategies.documents)
def test_any_event_makes_a_graph_that_networkx_reads_with_every_edge(event: Event, document: Document) -> None:
    coded = Coded(document, events=(event,))
    expected = Listing.of(coded.events, document).to_networkx()
    for form in ("graphml", "gexf"):
        assert graph_of(form, written(form, coded)).number_of_edges() == expected.number_of_edges()


def test_signs_that_xml_cannot_hold_are_replaced_and_the_others_escaped() -> None:
    coded = rail_accord()
    odd = Participant(Actor(None, name='A & B <"x">\x00\x0b'), "A", "name")
    event = replace(coded.events[0], actor=(odd,))
    for form in ("graphml", "gexf"):
        nodes = graph_of(form, written(form, replace(coded, events=(event,)))).nodes
        assert 'A & B <"x">\ufffd\ufffd' in nodes


def test_pyld_expands_json_ld_and_the_whole_item_comes_back() -> None:
    jsonld = pytest.importorskip("pyld.jsonld", reason="pyld brings a library under the LGPL and is not required")
    coded = rail_accord()
    expanded = jsonld.expand(json.loads(written("jsonld")))
    entities = {each["@id"]: each for each in expanded}
    for item in coded.items():
        row = to_json(item, coded.document)
        entity = entities[f"urn:communique:{row['kind']}:{row['id']}"]
        assert entity["urn:communique:record"][0]["@value"] == row
    first = entities[f"urn:communique:event:{coded.events[0].id}"]
    assert first["@type"] == ["https://schema.org/Event"]
    assert first["https://schema.org/startDate"][0]["@value"] == "2019-06-05"
    actors = first["urn:communique:actor"][0]["@list"]
    assert [entities[each["@id"]]["https://schema.org/name"][0]["@value"] for each in actors] == ["Wang Yi"]
    page = entities[first["https://schema.org/subjectOf"][0]["@id"]]
    assert page["@type"] == ["https://schema.org/NewsArticle"]
    assert page["https://schema.org/url"] == [{"@id": "https://harbour-post.example/rail"}]


def test_json_ld_is_one_json_object_in_which_each_page_and_party_stands_once() -> None:
    graph = json.loads(written("jsonld", rail_accord(), rail_accord(id="second.txt")))["@graph"]
    parties = [each["id"] for each in graph if each["type"] in ("NewsArticle", "Thing")]
    assert len(parties) == len(set(parties))
    assert sum(each["type"] == "NewsArticle" for each in graph) == 2
    assert json.loads(written("jsonld", kinds=()))["@graph"] == []


@FEW
@given(ITEMS, strategies.documents)
def test_nothing_of_any_item_is_lost_in_json_ld(item: Any, document: Document) -> None:
    stream = io.BytesIO()
    writer = exporter("jsonld")(stream)
    writer.write_item(item, document)
    writer.close()
    last = json.loads(stream.getvalue())["@graph"][-1]
    assert json.dumps(last["record"]) == json.dumps(to_json(item, document))


def test_each_page_is_cited_once_in_csl_json() -> None:
    entries = json.loads(written("csl-json", rail_accord(), rail_accord(id="b", source="Zürich Post")))
    assert entries[0]["type"] == "article-newspaper"
    assert entries[0]["issued"] == {"date-parts": [[2019, 6, 5]]}
    assert entries[0]["author"] == [{"literal": "Ada Stone"}]
    assert [entry["id"][:-6] for entry in entries] == ["harbourpost2019", "zurichpost2019"]
    assert json.loads(written("csl-json", kinds=())) == []


def test_bibtexparser_reads_each_page_once() -> None:
    bibtexparser = pytest.importorskip("bibtexparser")
    second = rail_accord(id="b", source="Smith & Sons {daily} 50% #1_a")
    library = bibtexparser.parse_string(written("bibtex", rail_accord(), second).decode())
    assert not library.failed_blocks
    first, other = library.entries
    assert first.entry_type == "article"
    assert {name: field.value for name, field in first.fields_dict.items()} == {
        "title": "{Ministers sign rail accord in Ulaanbaatar}",
        "author": "{Ada Stone}",
        "journal": "Harbour Post",
        "year": "2019",
        "month": "06",
        "day": "05",
        "url": "https://harbour-post.example/rail",
        "language": "en",
        "note": f"communique document {rail_accord().document.key}",
    }
    assert other.fields_dict["journal"].value == r"Smith \& Sons \{daily\} 50\% \#1\_a"


@FEW
@given(strategies.documents)
def test_any_page_is_one_entry_that_bibtexparser_reads(document: Document) -> None:
    bibtexparser = pytest.importorskip("bibtexparser")
    data = written("bibtex", Coded(document, events=rail_accord().events[:1])).decode()
    library = bibtexparser.parse_string(data)
    assert (len(library.entries), len(library.failed_blocks)) == (1, 0)


def test_a_data_package_holds_tables_schemas_codebook_citation_and_their_checksums(tmp_path: Path) -> None:
    coded = rail_accord()
    with zipfile.ZipFile(io.BytesIO(written("datapackage"))) as pack:
        pack.extractall(tmp_path)
    described = json.loads((tmp_path / "datapackage.json").read_text("utf8"))
    for resource in described["resources"]:
        data = (tmp_path / resource["path"]).read_bytes()
        assert len(data) == resource["bytes"]
        assert f"sha256:{hashlib.sha256(data).hexdigest()}" == resource["hash"]
        if resource["format"] == "csv":
            rows = list(csv.DictReader(io.StringIO(data.decode(), newline="")))
            assert [field["name"] for field in resource["schema"]["fields"]] == list(rows[0])
            assert len(rows) == resource["rows"]
    for line in (tmp_path / "SHA256SUMS").read_text("utf8").splitlines():
        digest, path = line.split("  ")
        assert hashlib.sha256((tmp_path / path).read_bytes()).hexdigest() == digest
    assert "| event_scale | number |" in (tmp_path / "codebook.md").read_text("utf8")
    assert sum(resource.get("rows", 0) for resource in described["resources"]) == len(coded.items())


def test_the_same_data_give_the_same_package() -> None:
    assert written("datapackage") == written("datapackage")


def test_every_column_is_in_the_codebook() -> None:
    codebook.check()
    assert set(codebook.columns("event")) < set(COLUMNS)


@FEW
@given(ITEMS, strategies.documents)
def test_the_columns_of_a_kind_hold_all_that_any_item_of_it_has(item: Any, document: Document) -> None:
    row = to_json(item, document)
    held = codebook.columns(row["kind"])
    assert [name for name, value in flatten(row).items() if value not in (None, "") and name not in held] == []


def test_followthemoney_accepts_every_entity() -> None:
    ftm = pytest.importorskip("followthemoney", reason="the library of FollowTheMoney is not required")
    rows = [json.loads(line) for line in written("ftm").decode().splitlines()]
    known = {row["id"] for row in rows}
    for row in rows:
        schema = ftm.model.get(row["schema"])
        schema.validate(row)
        entity = ftm.model.get_proxy(row, cleaned=False)
        for name, values in row["properties"].items():
            assert sorted(entity.get(name)) == sorted(values), f"{row['schema']}.{name}"
            if schema.properties[name].type.name == "entity":
                assert set(values) <= known


def test_followthemoney_gets_articles_parties_mentions_and_what_happened() -> None:
    rows = [json.loads(line) for line in written("ftm").decode().splitlines()]
    assert [row["schema"] for row in rows].count("Article") == 1
    first = next(row for row in rows if row["schema"] == "Event")["properties"]
    assert first["name"] == ["CONSULT visit"]
    assert first["date"] == ["2019-06-05"]
    assert first["country"] == ["mn"]
    people = {row["properties"]["name"][0]: row["properties"] for row in rows if row["schema"] == "Person"}
    assert people["Wang Yi"]["country"] == ["cn"]
    assert people["Wang Yi"]["position"] == ["Foreign Minister"]
    assert sum(row["schema"] == "Event" for row in rows) == 2  # the denied one is left out
