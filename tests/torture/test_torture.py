"""The torture itself, in seconds: a small archive, a few bytes, a few kills, a few inputs for each reader."""

from __future__ import annotations

import contextlib
import json
import random
import subprocess
import sys
from pathlib import Path

import pytest
from tests.builders import rail_accord

from communique import imports, ingest, merge
from communique.archive import Archive
from communique.errors import CommuniqueError
from communique.ingest.cleaner import patterns
from communique.resolve import voice

ROOT = Path(__file__).parents[2]
if not (ROOT / "torture" / "run.py").exists():
    pytest.skip("the sources of the torture are not beside the tests", allow_module_level=True)

from torture.seeds import seeds  # noqa: E402

from torture import expressions, flips, fuzz, guided, inputs, looking, mutate, watch  # noqa: E402


def test_a_byte_that_changes_is_found_or_matters_to_nobody(tmp_path: Path) -> None:
    with Archive(tmp_path / "calm.db") as archive:
        archive.add(rail_accord())
        archive.add(rail_accord("other.txt"))
        merge.refresh(archive)
    with looking.quiet():
        told = flips.flips(tmp_path, 40, random.Random(7))
    assert told["failed"] == 0, told
    assert told.get("found by verify", 0) > 0


def test_what_is_compared_leaves_out_when_a_page_was_first_read(tmp_path: Path) -> None:
    for name in ("one.db", "two.db"):
        with Archive(tmp_path / name) as archive:
            archive.add(rail_accord())
            with archive.writing() as connection:
                connection.exec_driver_sql(f"UPDATE documents SET first_read = '{name}'")
    assert looking.content(tmp_path / "one.db") == looking.content(tmp_path / "two.db")


def test_an_input_is_made_again_from_its_number() -> None:
    seeds = [b"<p>China and Russia signed an accord.</p>", b"By Ada Stone\n\nMongolia agreed."]
    made = [mutate.mutated(seeds[0], seeds[1], random.Random(f"7 {number}")) for number in range(50)]
    assert made == [mutate.mutated(seeds[0], seeds[1], random.Random(f"7 {number}")) for number in range(50)]
    assert len(set(made)) > 40
    assert all(len(each) <= mutate.MOST for each in made)


def test_the_watch_tells_what_crashes_what_swells_and_what_dies(monkeypatch: pytest.MonkeyPatch) -> None:
    import faulthandler
    import os

    def job(number: int) -> None:
        faulthandler.disable()  # pytest's own would print where the child died
        if number == 1:
            raise KeyError("crashed")
        if number == 2:
            bytearray(3 << 30)
        if number == 3:
            os.abort()

    told = {fault.number: fault.what for fault in watch.watched(0, 6, job, [])}
    assert set(told) == {1, 2, 3}
    assert "KeyError" in told[1]
    assert "MemoryError" in told[2]
    assert "died" in told[3]


def test_an_expression_with_two_ways_to_one_string_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    import re

    tree = re._parser.parse("x(a+)+y")  # type: ignore[attr-defined]
    assert ("x", "a") in set(expressions._pumps(tree, "", random.Random(1)))
    monkeypatch.setattr(watch, "SECONDS", 1)
    told = list(watch.watched(0, 1, lambda number: expressions.attack(re.compile(r"x(a+)+y")), []))
    assert [fault.what for fault in told] == ["took more than 1 seconds"]


@pytest.mark.parametrize(
    "line",
    [
        "– ANI" + "/EPA-EFE" * 30 + "?",
        "With text by agencies" + ", PA Media" * 28 + "?",
        "get " + "1" * 300,
        "get your" + "7 day " * 50 + "!",
        "buy " + "a" * 300,
    ],
)
def test_a_line_of_furniture_with_many_ways_is_read_in_no_time(line: str) -> None:
    told = list(watch.watched(0, 1, lambda number: patterns.find(line, line.lower(), len(line)), []))
    assert told == []


@pytest.mark.parametrize(
    "line",
    [
        "– AFP/PA Media",
        "AAP/EPA-EFE",
        "-- EPA-EFE-AP",
        "Xinhua/(AA)",
        "– AFP AAP",
        "(With reporting by Ada Stone, AFP and The Associated Press.)",
        "With reports from PA Media, Kremlin.ru, Lena Roth and agencies",
    ],
)
def test_agencies_side_by_side_are_still_a_credit(line: str) -> None:
    assert any(found.reason == "agency credit" for found in patterns.find(line, line.lower(), len(line)))


@pytest.mark.parametrize("line", ["Get your 30 days free trial", "Try a 7-day free trial today", "Get all access"])
def test_offers_of_access_are_still_furniture(line: str) -> None:
    assert any(found.reason == "login or paywall" for found in patterns.find(line.lower(), line.lower(), len(line)))


def test_a_line_of_dates_without_end_is_read_in_no_time() -> None:
    line = (
        "posted on 18 september 2024"
        + " by 024" * 15
        + " and nobody else signed anything at all in the end, nowhere, ever"
    )
    told = list(watch.watched(0, 1, lambda number: patterns.find(line, line, len(line)), []))
    assert told == []


@pytest.mark.parametrize(
    "line", ["Posted on 18 September 2024 by 10:24", "Published 4 May 2021, updated 5 May 2021 at 9:30 am"]
)
def test_a_line_of_some_dates_is_still_furniture(line: str) -> None:
    assert any(found.reason == "publication line" for found in patterns.find(line, line.lower(), len(line)))


def test_an_expression_is_hurt_as_a_whole_line_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """What fits somewhere at once tries all its ways where a whole line has to fit."""
    import re

    monkeypatch.setattr(watch, "SECONDS", 1)
    pattern = re.compile(r"on \d+(?: ?by ?\d{1,2}| ?\d{1,2})*.{0,60}")
    told = list(watch.watched(0, 1, lambda number: expressions.attack(pattern), []))
    assert [fault.what for fault in told] == ["took more than 1 seconds"]


def test_a_label_of_capitals_without_end_is_read_in_no_time() -> None:
    assert list(watch.watched(0, 1, lambda number: voice._LABEL.match("A" * 5_000), [])) == []
    assert voice._LABEL.match("PRIME MINISTER MODI (in Hindi): We agreed")


def test_the_inputs_of_a_reader_go_on_where_they_were_stopped(tmp_path: Path) -> None:
    state = tmp_path / "state"
    first = fuzz.fuzz(tmp_path, 30, random.Random(3), readers=["icews.csv", "jsonl"], state=state)
    assert first["failed"] == 0, first
    kept = json.loads((state / "jsonl.json").read_text("utf8"))
    assert kept["inputs"] == 30
    (state / "jsonl.json").write_text(json.dumps({**kept, "failed": 7}), "utf8")  # told of those that were read before
    more = fuzz.fuzz(tmp_path, 40, random.Random(3), readers=["jsonl"], state=state)
    assert more["readers"]["jsonl"]["inputs"] == 40
    assert more["failed"] == 7
    assert fuzz.fuzz(tmp_path, 5, random.Random(4), readers=["jsonl"], state=state)["failed"] == 0  # other inputs


@pytest.mark.parametrize("name", ["warc.gz", "parquet", "jsonl", "gdelt.csv"])
def test_most_made_inputs_still_open(tmp_path: Path, name: str) -> None:
    """A packed file whose bytes were changed is refused at once: what is behind has to be reached too."""
    held = seeds(name)
    path = tmp_path / f"page.{name}"
    found = 0
    for number in range(30):
        path.write_bytes(inputs.made(name, held, 9, number))
        if name.endswith(".csv"):
            with contextlib.suppress(CommuniqueError):
                found += any(True for _ in imports.read(path, "gdelt", lambda fault: None))
        else:
            found += any(True for _ in ingest.read([path], report=lambda fault: None))
    assert found >= 10


def test_inputs_are_led_by_the_code_that_they_reach(tmp_path: Path) -> None:
    pytest.importorskip("atheris", reason="atheris is not installed: pip install 'communique[torture]'")
    told = guided.guided(tmp_path, 60, random.Random(1), readers=("icews.csv",))
    assert told["failed"] == 0, told
    assert told["readers"]["icews.csv"]["inputs"] >= 60


def test_without_atheris_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guided, "available", lambda: False)
    told = guided.guided(tmp_path, 60, random.Random(1))
    assert told == {"not run": "atheris is not installed (pip install 'communique[torture]')", "failed": 0}


@pytest.mark.slow
@pytest.mark.parametrize(
    "arguments",
    [
        ["--kills", "4", "--only", "kills"],
        ["--inputs", "30", "--only", "inputs"],
        ["--beside", "15", "--only", "beside"],
        ["--only", "expressions"],
    ],
    ids=["kills", "inputs", "beside", "expressions"],
)
def test_the_torture_ends_well(tmp_path: Path, arguments: list[str]) -> None:
    report = tmp_path / "report.json"
    ended = subprocess.run(
        [sys.executable, "-m", "torture.run", *arguments, "--seed", "5", "--report", str(report)],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert all(part["failed"] == 0 for part in json.loads(report.read_text("utf8")).values())
