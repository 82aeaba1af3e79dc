"""What is done to an archive in a file and to one on a server comes to the same: rows, digests, answers, bytes."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.builders import rail_accord
from tests.homes import Cluster, in_file, on_server
from tests.merge.test_judge import coded as accused
from tests.reports import Said, report

from communique import merge
from communique.archive import Archive, database, schema, seals
from communique.errors import UsageError
from communique.export.base import exporter
from communique.export.stream import stream

BEGUN = "first_read", "started", "finished", "at", "undone"  # when something was done, by the clock
# a server does not give the number of a row that is gone to another one; nothing refers to these
NUMBERED_ANYHOW = (
    schema.spans,
    schema.sentences,
    schema.participants,
    schema.records,
    schema.stories,
    schema.judgements,
)


def filled(archive: Archive) -> Archive:
    """Everything that an archive is put through."""
    archive.add(rail_accord())
    archive.add(rail_accord("other.txt"))
    archive.add(rail_accord(change=lambda text: text + "\nMore later.\n"))
    for each in accused():
        archive.add(each)
    merge.refresh(archive)
    archive.add(report("long.txt", Said(" ".join(f"harvest {n} of barley" for n in range(6_000)) + ".")))
    archive.add(report("often.txt", Said("Barley and Σίσυφος, barley. " * 400), source="Ἐφημερίς"))
    one, other = (event.id for event in archive.events(event="SUPPORT"))
    merge.judge(archive, "different", [one, other], reason="two accords", by="ada")
    made = merge.judge(archive, "wrong", [archive.events()[0].id], reason="not so", by="ada")
    merge.undo(archive, made.id)
    archive.replace(rail_accord("other.txt"))
    merge.refresh(archive)
    archive.finish_read(archive.begin_read(["pages"]))
    return archive


@pytest.fixture(scope="module")
def pair(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Archive, Archive]]:
    """The same in a file and on a server."""
    home = on_server(cluster)
    file = in_file(tmp_path_factory.mktemp("both"))
    with Archive(file.at) as one, Archive(home.at) as other:
        yield filled(one), filled(other)
    home.release()


def rows(archive: Archive) -> dict[str, list[Any]]:
    """All rows but the times by the clock, and the digests, which those go into."""
    found = {}
    with archive.reading() as connection:
        for table in schema.metadata.sorted_tables:
            if table in (schema.digests, schema.meta):
                continue
            left_out = (*BEGUN, *(["number"] if table in NUMBERED_ANYHOW else []))
            places = [n for n, column in enumerate(table.columns) if column.name not in left_out]
            held = database.of(connection).rows(connection, table, None, None)
            found[table.name] = sorted((tuple(row[n] for n in places) for row in held), key=repr)
    found["judgements"] = [row[:4] for row in found["judgements"]]  # their bodies hold the time, too
    return found


def test_all_rows_are_the_same(pair: tuple[Archive, Archive]) -> None:
    one, other = (rows(archive) for archive in pair)
    assert one.keys() == other.keys()
    for name in one:
        assert one[name] == other[name], name


def test_both_are_whole_and_sealed_alike(pair: tuple[Archive, Archive]) -> None:
    held = []
    for archive in pair:
        assert archive.verify().faults == ()
        with archive.reading() as connection:
            written = seals.kept(connection) or {}
            assert seals.broken(connection) == []
            held.append({owner: digest for owner, digest in written.items() if owner[0] == seals.TABLE})
    other = {(seals.TABLE, table.name) for table in (*NUMBERED_ANYHOW, schema.reads)}
    assert {k: v for k, v in held[0].items() if k not in other} == {k: v for k, v in held[1].items() if k not in other}
    assert len(held[0]) == len(seals.TABLES)


@pytest.mark.parametrize("form", ["jsonl", "csv", "polecat", "gdelt", "icews"])
def test_exported_bytes_are_the_same(pair: tuple[Archive, Archive], form: str) -> None:
    held = []
    for archive in pair:
        target = io.BytesIO()
        writer = exporter(form)(target, ("event", "figure", "quote"))
        for kind in writer.kinds:
            for item, page in stream(archive, kind, undated=True):
                writer.write_item(item, page)
        writer.close()
        held.append(target.getvalue())
    assert held[0] == held[1]
    assert held[0]


WORDS = (
    "barley",
    "barley harvest",
    '"barley and"',
    "trade china",
    "TRADING",
    '"steppe railway"',
    "condem*",
    "sanctions OR condemned",
    "friendships -sanctions",
    "china -trade",
    '"harvest 17 of barley"',
    '"harvest 5900 of barley"',
    '"of barley harvest 3"',
    'barley -"harvest 5999 of"',
    "harvest 59*",
    "σίσυφος",
    "Ephemeris",
    "Accord",
    "_",
    "_ china",
    "china OR _",
    "china -_",
    "u.s. china",
    "rail* OR barl*",
    "nowhere",
    "signed accord grain -harbin",
    "the",
    "A",
)


@pytest.mark.parametrize("words", WORDS)
def test_words_find_the_same_in_the_same_order(pair: tuple[Archive, Archive], words: str) -> None:
    one, other = (answers(archive, words) for archive in pair)
    assert one == other


def answers(archive: Archive, words: str) -> list[Any]:
    try:
        found = archive.search(words) + archive.search(words, limit=2, offset=1, revised=True)
    except UsageError as fault:
        return [fault.what]
    return [(hit.document.key, round(hit.score, 9), hit.marked()) for hit in found]


terms = st.sampled_from(
    ["barley", "china", "harvest", "of", "accord*", "trade", "ra*", "12", '"of barley"', '"china and"', "OR", "_", "é"]
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(st.lists(st.tuples(st.sampled_from(["", "", "", "-"]), terms), max_size=5))
def test_any_question_finds_the_same(pair: tuple[Archive, Archive], asked: list[tuple[str, str]]) -> None:
    words = " ".join(f"{sign}{term}" for sign, term in asked)
    one, other = (answers(archive, words) for archive in pair)
    assert one == other


def test_relations_are_the_same(pair: tuple[Archive, Archive]) -> None:
    told = []
    for archive in pair:
        told.append(
            (
                archive.pair("CHN", "RUS").rows(),
                archive.pledges().rows(),
                archive.network(),
                [archive.get(event.id[:8]) for event in archive.events()],
                archive.stories(),
                archive.records(),
                archive.count("event", between=("CHN", "USA")),
                archive.items("event", offset=2),
            )
        )
    assert told[0] == told[1]
