"""The command line and each worker ask numeric libraries for one thread, unless somebody has set another number."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from communique import threads


def test_one_thread_is_asked_for_and_a_number_that_was_set_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OMP_NUM_THREADS", raising=False)
    monkeypatch.setenv("MKL_NUM_THREADS", "4")
    monkeypatch.delenv("OPENBLAS_NUM_THREADS", raising=False)
    threads.single()
    assert (os.environ["OMP_NUM_THREADS"], os.environ["MKL_NUM_THREADS"]) == ("1", "4")


def test_the_command_line_sets_it_before_numpy_comes() -> None:
    code = "import communique.cli, os, sys; print(os.environ['OPENBLAS_NUM_THREADS'], 'numpy' in sys.modules)"
    environment = {name: value for name, value in os.environ.items() if not name.endswith("_NUM_THREADS")}
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=True)
    assert told.stdout.split() == ["1", "False"]
