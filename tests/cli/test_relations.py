"""The commands pair and network, on an archive of hand-made reports."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from tests.reports import Said, report

from communique.archive import Archive
from communique.cli import run
from communique.merge import refresh

SENTENCES = [
    (
        "CONSULT",
        "met",
        "China's premier met Russia's president in Harbin on day {n} of March about wheat.",
        "CHN",
        "RUS",
    ),
    ("AID", "gave", "Russia gave China {n} rescue boats after floods on the Sungari, day {n}.", "RUS", "CHN"),
    (
        "SANCTION",
        "barred",
        "China barred {n} Russian timber firms from its ports, day {n} of the dispute.",
        "CHN",
        "RUS",
    ),
    ("ACCUSE", "blamed", "Russia blamed China for delays at border post {n}.", "RUS", "CHN"),
]


@pytest.fixture
def archive(tmp_path: Path) -> str:
    path = tmp_path / "a.db"
    with Archive(path) as store:
        for number, (event, act, text, actor, recipient) in enumerate(SENTENCES * 2, 1):
            date = f"2021-03-{number * 3:02}"
            said = Said(
                text.format(n=number),
                ({"event": event, "act": act, "actor": actor, "recipient": recipient, "date": date},),
            )
            store.add(report(f"page{number}", said, source=f"Outlet {number}", published="2021-04-01"))
        refresh(store)
    return str(path)


def shown(capfd: pytest.CaptureFixture[str], *words: str, code: int = 0) -> str:
    assert run(list(words)) == code
    told = capfd.readouterr()
    return told.err if code else told.out


def test_pair_shows_the_series_and_says_it_in_words(archive: str, capfd: pytest.CaptureFixture[str]) -> None:
    text = shown(capfd, "pair", "China", "Russia", "--archive", archive)
    assert "2021-03" in text and "8 dated acts of China and Russia in 2021" in text
    assert "no score under 3 records" in text and "Instead of" in text


def test_pair_shows_the_sentence_of_every_record(archive: str, capfd: pytest.CaptureFixture[str]) -> None:
    text = " ".join(shown(capfd, "pair", "CHN", "RUS", "--archive", archive, "--records").split())
    for number, (_, _, sentence, _, _) in enumerate(SENTENCES * 2, 1):
        assert sentence.format(n=number) in text


def test_pair_gives_json_lines_of_points_series_and_sentences(archive: str, capfd: pytest.CaptureFixture[str]) -> None:
    rows = [json.loads(line) for line in shown(capfd, "pair", "CHN", "RUS", "-a", archive, "--json").splitlines()]
    assert [row["kind"] for row in rows[:2]] == ["pair point", "pair series"]
    assert {row["kind"] for row in rows[2:]} == {"sentence"}
    assert rows[0]["number"] == 8 and len(rows[0]["records"]) == 8


def test_pair_by_direction_is_three_series(archive: str, capfd: pytest.CaptureFixture[str]) -> None:
    text = shown(capfd, "pair", "CHN", "RUS", "-a", archive, "--direction", "--csv", "--by", "year")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [(row["direction"], row["number"]) for row in rows] == [("first", "4"), ("second", "4")]


def test_pair_draws_a_chart_and_a_timeline(archive: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    chart, acts = tmp_path / "chart.svg", tmp_path / "acts.html"
    shown(capfd, "pair", "CHN", "RUS", "-a", archive, "--chart", str(chart), "--timeline", str(acts))
    assert chart.read_text(encoding="utf8").startswith("<svg") and acts.stat().st_size > 10_000


def test_network_shows_ties_and_writes_its_pictures(
    archive: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    files = {name: tmp_path / name for name in ("net.svg", "heat.svg", "map.svg", "net.graphml")}
    text = shown(
        capfd, "network", "-a", archive, "--chart", str(files["net.svg"]), "--heat", str(files["heat.svg"]),
        "--map", str(files["map.svg"]), "--graph", str(files["net.graphml"]),
    )  # fmt: skip
    assert "Balance" in text
    assert all(path.stat().st_size > 100 for path in files.values())


def test_network_tells_who_moved_between_two_times(archive: str, capfd: pytest.CaptureFixture[str]) -> None:
    words = ("--against", "2021-03-01/2021-03-12", "--since", "2021-03-13", "--until", "2021-03-31")
    assert "1 pair with enough records in both times" in shown(capfd, "network", "-a", archive, *words)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("pair", "CHN", "China"), "two different states"),
        (("pair", "CHN", "RUS", "--by", "decade"), "Periods are"),
        (("pair", "CHN", "RUS", "--weights", "gut"), "Weights are"),
        (("pair", "CHN", "RUS", "--json", "--csv"), "one form at a time"),
        (("network", "--against", "2020"), "two times are needed"),
        (("network", "--graph", "net.txt"), "GraphML or GEXF"),
    ],
)
def test_what_cannot_be_is_one_line_and_exit_code_2(
    words: tuple[str, ...], told: str, archive: str, capfd: pytest.CaptureFixture[str]
) -> None:
    text = shown(capfd, *words, "--archive", archive, code=2)
    assert told in text and len(text.splitlines()) == 1


def test_a_pair_that_did_nothing_says_so(archive: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["pair", "FRA", "DEU", "--archive", archive]) == 0
    assert "nothing on record" in capfd.readouterr().err
