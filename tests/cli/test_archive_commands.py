"""Commands on an archive: read, listings, show, search, verify, export, disagreements."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.builders import TEXT, rail_accord

from communique.archive import Archive

Run = Callable[..., object]


def test_reading_twice_changes_nothing(communique: Run) -> None:
    first = communique("read", "rail.txt", "-a", "news.db")
    assert (first.code, first.out) == (0, "")
    assert "news.db: 1 documents read (3 events, 2 figures, 1 quote, 1 assessment, 1 project, 1 forum)" in first.err

    def dump() -> list[str]:
        with sqlite3.connect("news.db") as raw:
            return list(raw.iterdump())

    before = dump()
    second = communique("read", "rail.txt", "-a", "news.db")
    assert "0 documents read, 1 known already, 0 faults" in second.err
    assert dump() == before


def test_an_interrupted_read_goes_on_where_it_stopped(communique: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.cli.conftest import KnownCoder

    Path("pages.jsonl").write_text(
        "\n".join(json.dumps({"id": f"p{n}", "text": f"Page {n}. {TEXT}"}) for n in range(4)), encoding="utf8"
    )
    real, coded = KnownCoder.code, []

    def stop_at_the_third(self: KnownCoder, document: object) -> object:
        coded.append(document)
        if len(coded) == 3:
            raise KeyboardInterrupt
        return real(self, document)

    monkeypatch.setattr(KnownCoder, "code", stop_at_the_third)
    result = communique("read", "pages.jsonl", "-a", "news.db")
    assert result.code == 130
    assert "kept" in result.err
    assert communique("read", "pages.jsonl", "-a", "news.db").code == 0
    assert len(coded) == 5  # the third was begun twice, the first two once
    with Archive("news.db") as archive:
        assert len(archive.keys()) == 4
        assert archive.unfinished_reads() == []


def test_a_new_text_of_a_known_page_is_told(communique: Run, archive: str) -> None:
    Path("rail.txt").write_text(TEXT.replace("reporters", "journalists"), encoding="utf8")
    result = communique("read", "rail.txt", "-a", archive)
    assert "1 of them took the place of another text with the same id" in result.err
    assert "took the place" not in communique("read", "rail.txt", "-a", archive).err


def test_bad_pages_are_reported_and_the_rest_is_kept(communique: Run) -> None:
    result = communique("read", "nowhere.txt", "rail.txt", "-a", "news.db")
    assert result.code == 3
    assert "nowhere.txt" in result.err
    with Archive("news.db") as archive:
        assert len(archive.keys()) == 1


def test_events_are_listed_for_people_and_for_programs(communique: Run, archive: str) -> None:
    text = communique("events", "China", "MNG", "-a", archive)
    assert text.code == 0
    assert "2019-06-05  CONSULT visit  CHN → MNG" in text.out
    assert "2018        COOPERATE  MNG, CHN" in text.out
    assert "(Harbour Post)" in text.out
    rows = communique("events", "CHN", "MNG", "-a", archive, "--json").rows
    assert [row["event"] for row in rows] == ["COOPERATE", "CONSULT"]
    denied = communique("events", "-a", archive, "--stance", "denied")
    assert "undated     ACCUSE disapprove  RUS → CHN  (denied)" in denied.out


@pytest.mark.parametrize(
    ("arguments", "count"),
    [
        (("--event", "consult"), 1),
        (("--event", "CONSULT,ACCUSE"), 2),
        (("--event", "CONSULT", "--event", "ACCUSE"), 2),
        (("--since", "2019"), 1),
        (("--since", "2019", "--undated"), 2),
        (("--until", "2018-12"), 1),
        (("--until", "2018"), 1),
        (("--actor", "Russia"), 1),
        (("--recipient", "China"), 1),
        (("--document", "rail.txt"), 3),
        (("--limit", "2"), 2),
        (("--limit", "2", "--offset", "2"), 1),
        (("--mode", "visit"), 1),
    ],
)
def test_events_are_filtered(communique: Run, archive: str, arguments: tuple[str, ...], count: int) -> None:
    assert len(communique("events", "-a", archive, "--json", *arguments).rows) == count


def test_a_limit_says_how_many_there_are(communique: Run, archive: str) -> None:
    assert "1 of 3" in communique("events", "-a", archive, "-n", "1").err


@pytest.mark.parametrize(
    ("command", "line"),
    [
        ("figures", "2018        24.5 percent  trade  MNG, CHN  (change up)"),
        ("quotes", "Wang Yi (CHN)  (direct)  “Our friendship is older than the railway,”"),
        ("assessments", "analysts  (expect)"),
        ("projects", "undated     Steppe Railway  planned  CHN, MNG"),
        ("forums", "Shanghai Cooperation\nOrganisation  (venue)"),
    ],
)
def test_every_kind_is_listed(communique: Run, archive: str, command: str, line: str) -> None:
    assert line in communique(command, "-a", archive).out
    rows = communique(command, "-a", archive, "--json").rows
    assert {row["kind"] for row in rows} == {command[:-1]}


def test_an_empty_listing_says_so(communique: Run, archive: str) -> None:
    result = communique("events", "France", "-a", archive)
    assert (result.code, result.out) == (0, "")
    assert "no events there" in result.err
    assert communique("events", "France", "-a", archive, "--json").err == ""


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("events", "Chinaa"), "Did you mean"),
        (("events", "--since", "Tuesday"), "Write 2019-06-05"),
        (("events", "--until", "2019-13"), "Write 2019-06-05"),
        (("show", "ffffffff"), "nothing has this id"),
        (("search", "-"), "no word"),
        (("brief", "CHN", "China"), "two different states"),
    ],
)
def test_wrong_use_is_one_line_and_exit_code_2(
    communique: Run, archive: str, arguments: tuple[str, ...], said: str
) -> None:
    result = communique(*arguments, "-a", archive)
    assert result.code == 2
    assert said in result.err
    assert len(result.err.splitlines()) == 1


@pytest.mark.parametrize("command", [("events",), ("show", "abcd"), ("search", "x"), ("verify",), ("export",)])
def test_a_missing_archive_is_told_with_advice(communique: Run, command: tuple[str, ...]) -> None:
    result = communique(*command, "-a", "none.db")
    assert result.code == 1
    assert "none.db: there is no archive here. Make one: communique read PAGES --archive none.db" in result.err
    assert not Path("none.db").exists()


def test_show_marks_the_sentence_and_says_how_everything_was_decided(communique: Run, archive: str) -> None:
    meeting = rail_accord().events[0]
    shown = communique("show", meeting.id[:8], "-a", archive).out
    assert "»ULAANBAATAR, June 5, 2019" in shown
    assert "[met]" in shown
    assert "2019-06-05 (day: stated, “June 5”)" in shown
    assert "Wang Yi (CHN, GOV, Foreign Minister, Q1282083)" in shown
    assert "by name" in shown
    assert "Harbour Post" in shown
    assert "verb.meet, confidence 0.93" in shown
    denied = communique("show", rail_accord().events[2].id, "-a", archive).out
    assert "could also be TWN" in denied
    assert "denied" in denied


def test_show_gives_any_kind_and_documents_as_text_and_json(communique: Run, archive: str) -> None:
    for item in rail_accord().items():
        result = communique("show", item.id, "-a", archive)
        assert result.code == 0
        assert item.id in result.out
        (row,) = communique("show", item.id, "-a", archive, "--json").rows
        assert row["id"] == item.id
        assert row["text"] in row["paragraph"]
    assert "CONSULT" in communique("show", "rail.txt", "-a", archive).out
    assert communique("show", "rail.txt", "-a", archive, "--json").rows[0]["id"] == "rail.txt"


def test_show_gives_a_record_with_its_reports(communique: Run, archive: str) -> None:
    with Archive(archive) as store:
        record = store.records()[0]
    result = communique("show", record.id, "-a", archive)
    assert result.code == 0
    assert record.event in result.out


def test_search_marks_the_words_in_their_sentence(communique: Run, archive: str) -> None:
    result = communique("search", "trade", "China", "-a", archive)
    assert "Mongolia said that [trade] with [China] rose" in " ".join(result.out.split())
    phrase = communique("search", "steppe railway", "expect", "-a", archive, "--json")
    (row,) = phrase.rows
    assert row["document_id"] == "rail.txt"
    words = [TEXT[word["start"] : word["end"]] for word in row["words"]]
    assert words == ["expect", "Steppe Railway"]
    assert "nothing there" in communique("search", "sanctions", "-a", archive).err


def test_verify_counts_and_finds_faults(communique: Run, archive: str) -> None:
    good = communique("verify", "-a", archive)
    assert good.code == 0
    assert "3 events" in good.out
    assert "100 % hold" in good.out
    (row,) = communique("verify", "-a", archive, "--json").rows
    assert (row["share"], row["faults"], row["counts"]["quote"]) == (1.0, [], 1)
    with sqlite3.connect(archive) as raw:
        raw.execute("UPDATE documents SET text = replace(text, 'June', 'July')")
    bad = communique("verify", "-a", archive)
    assert bad.code == 1
    assert "changed after it was read" in bad.err


def test_export_writes_what_was_asked_for(communique: Run, archive: str) -> None:
    assert len(communique("export", "-a", archive).rows) == 9
    assert len(communique("export", "CHN", "MNG", "-a", archive, "--kinds", "event").rows) == 2
    polecat = communique("export", "-a", archive, "-f", "polecat").out.splitlines()
    assert len(polecat) == 3
    result = communique("export", "-a", archive, "-o", "out.parquet", "--since", "2019")
    assert "out.parquet: " in result.err
    assert Path("out.parquet").read_bytes()[:4] == b"PAR1"


def test_disagreements_name_who_says_what(communique: Run, archive: str) -> None:
    from communique.model import Claim, Disagreement, Record

    assert "no disagreement" in communique("disagreements", "-a", archive).err
    with Archive(archive) as store:
        meeting = store.events(event="CONSULT")[0]
        told = ((meeting.id, store.keys()[0]),)
        found = (
            Disagreement("stance", "contradiction", Claim("actual", told), Claim("denied", told)),
            Disagreement("value", "other period", Claim("3 billion", told), Claim("4 billion", told)),
        )
        store.keep_records([Record("abcd1234", "CONSULT", (meeting.id,), (), "disputed", disagreements=found)], [])
    text = communique("disagreements", "CHN", "MNG", "-a", archive).out
    assert "abcd1234  CONSULT  stance: contradiction" in text
    assert "met Mongolian President" in text and "(Harbour Post" in text
    (row,) = communique("disagreements", "-a", archive, "--json").rows
    assert (row["first"]["value"], row["second"]["value"]) == ("actual", "denied")
    assert len(communique("disagreements", "-a", archive, "--json", "--all").rows) == 2
    assert communique("disagreements", "-a", archive, "--field", "date").out == ""
    assert communique("disagreements", "RUS", "-a", archive).out == ""
