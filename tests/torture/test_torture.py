"""The torture itself, in seconds: a small archive, a few bytes."""

from __future__ import annotations

import importlib.util
import random
from pathlib import Path
from types import ModuleType

import pytest
from tests.builders import rail_accord

from communique import merge
from communique.archive import Archive


@pytest.fixture(scope="module")
def torture() -> ModuleType:
    place = Path(__file__).parents[2] / "torture" / "run.py"
    if not place.exists():
        pytest.skip("the sources of the torture are not beside the tests")
    spec = importlib.util.spec_from_file_location("torture_run", place)
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


def test_a_byte_that_changes_is_found_or_matters_to_nobody(torture: ModuleType, tmp_path: Path) -> None:
    with Archive(tmp_path / "calm.db") as archive:
        archive.add(rail_accord())
        archive.add(rail_accord("other.txt"))
        merge.refresh(archive)
    with torture.quiet():
        told = torture.flips(tmp_path, 40, random.Random(7))
    assert told["failed"] == 0, told
    assert told.get("found by verify", 0) > 0


def test_what_is_compared_leaves_out_when_a_page_was_first_read(torture: ModuleType, tmp_path: Path) -> None:
    for name in ("one.db", "two.db"):
        with Archive(tmp_path / name) as archive:
            archive.add(rail_accord())
            with archive.writing() as connection:
                connection.exec_driver_sql(f"UPDATE documents SET first_read = '{name}'")
    assert torture.content(tmp_path / "one.db") == torture.content(tmp_path / "two.db")
