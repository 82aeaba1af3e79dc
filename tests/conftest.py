"""Fixtures for all tests: where the reference material is, if it is."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

os.environ.setdefault("OMP_NUM_THREADS", "1")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of gold sets, seeds and corpora beside the project; tests that need it skip where it is missing."""
    folder = Path(os.environ.get("COMMUNIQUE_SHARED", Path(__file__).resolve().parents[2] / "shared"))
    if not (folder / "gold").is_dir():
        pytest.skip(f"the reference material is not at {folder}: set COMMUNIQUE_SHARED to test against it")
    return folder
