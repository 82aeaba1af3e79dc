"""Fixtures for all tests: where the reference material is, if it is."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import homes

os.environ.setdefault("OMP_NUM_THREADS", "1")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of gold sets, seeds and corpora beside the project; tests that need it skip where it is missing."""
    folder = Path(os.environ.get("COMMUNIQUE_SHARED", Path(__file__).resolve().parents[2] / "shared"))
    if not (folder / "gold").is_dir():
        pytest.skip(f"the reference material is not at {folder}: set COMMUNIQUE_SHARED to test against it")
    return folder


@pytest.fixture(scope="session")
def cluster() -> Iterator[homes.Cluster]:
    """A PostgreSQL server for these tests alone; tests that need it skip where it is not installed."""
    try:
        with homes.running() as made:
            yield made
    except LookupError as fault:
        pytest.skip(f"no PostgreSQL server can be started: {fault}")


@pytest.fixture(params=["file", "server"])
def home(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[homes.Home]:
    """A place for an archive, once in a file and once on a server."""
    if request.param == "file":
        yield homes.in_file(tmp_path)
        return
    made = homes.on_server(request.getfixturevalue("cluster"))
    yield made
    made.release()
