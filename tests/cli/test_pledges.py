"""`communique pledges` over an archive whose page is known."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any


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
