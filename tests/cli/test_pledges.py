"""`communique pledges` over an archive whose page is known."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest

from communique import Coder
from communique.archive import Archive
from communique.ingest import from_text


def test_it_lists_promises_and_says_how_they_stand(communique: Callable[..., Any], archive: str) -> None:
    result = communique("pledges", "--archive", archive)
    assert result.code == 0
    assert ("no promise there" in result.err) or ("promise" in result.out.splitlines()[-1])


def test_its_json_and_its_csv_tell_the_same_entries(communique: Callable[..., Any], archive: str) -> None:
    rows = communique("pledges", "--archive", archive, "--json").rows
    table = list(csv.DictReader(io.StringIO(communique("pledges", "--archive", archive, "--csv").out)))
    assert [row["id"] for row in rows] == [row["id"] for row in table]


def test_a_verdict_that_there_is_not_is_wrong_use(communique: Callable[..., Any], archive: str) -> None:
    result = communique("pledges", "--archive", archive, "--verdict", "broken")
    assert result.code == 2
    assert "Verdicts are kept" in result.err


def test_two_forms_at_once_are_wrong_use(communique: Callable[..., Any], archive: str) -> None:
    assert communique("pledges", "--archive", archive, "--json", "--csv").code == 2


def test_a_pair_without_promises_says_so(communique: Callable[..., Any], archive: str) -> None:
    result = communique("pledges", "PER", "THA", "--archive", archive)
    assert (result.code, result.out) == (0, "")
    assert "no promise there" in result.err


PROMISE = (
    "Norway will give Estonia 40 million euros for a ferry by March 2024, its trade minister said in Tallinn. "
    "Norway and Estonia have built ferries together for years."
)
KEPT = "Norway has given Estonia the 40 million euros for the ferry that it promised, Estonia said on Monday."


@pytest.fixture(scope="module")
def promised(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("promises") / "a.db"
    coder = Coder()
    with Archive(path) as archive:
        archive.add(coder.code(from_text(PROMISE, id="before", source="Outlet A", date="2023-06-05")))
        archive.add(coder.code(from_text(KEPT, id="after", source="Outlet B", date="2024-02-05")))
    return str(path)


def test_show_opens_a_promise_by_its_id_and_names_it_beside_its_sentence(
    communique: Callable[..., Any], promised: str
) -> None:
    (entry,) = communique("pledges", "--archive", promised, "--json").rows
    assert (entry["verdict"], entry["by"], entry["to"]) == ("kept", ["NOR"], ["EST"])
    shown = communique("show", entry["id"][:8], "--archive", promised).out
    assert shown.startswith(f"promise {entry['id']}") and "KEPT" in shown
    assert communique("show", entry["id"], "--archive", promised, "--json").rows == [entry]
    assert f"promise     {entry['id'][:8]}" in communique("show", "before", "--archive", promised).out
    assert "promise " not in communique("show", "after", "--archive", promised).out


def test_an_id_that_nothing_has_is_still_wrong_use(communique: Callable[..., Any], promised: str) -> None:
    assert communique("show", "ffffffffffffffff", "--archive", promised).code == 2


def test_search_tells_what_came_of_a_promise_in_the_sentence_found(
    communique: Callable[..., Any], promised: str
) -> None:
    (entry,) = communique("pledges", "--archive", promised, "--json").rows
    assert f"promise {entry['id'][:8]}" in communique("search", "million", "Tallinn", "--archive", promised).out
    (row,) = communique("search", "Tallinn", "--json", "--archive", promised).rows
    assert row["pledges"] == [{"id": entry["id"], "verdict": "kept"}]
    assert all("pledges" not in row for row in communique("search", "years", "--json", "--archive", promised).rows)


def test_a_brief_says_what_came_of_promises_with_the_sentences_of_both(
    communique: Callable[..., Any], promised: str
) -> None:
    text = communique("brief", "NOR", "EST", "--archive", promised).out
    section = text[text.index("WHAT CAME OF PROMISES") : text.index("PRESSURES")]
    assert "Norway announced a plan concerning Estonia: 40 million euros, by March 2024 (kept" in " ".join(
        section.split()
    )
    assert "[1] Outlet A" in section and "[2] Outlet B" in section
