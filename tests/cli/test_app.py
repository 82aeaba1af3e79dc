"""The frame of the command line: help, version, light start, pipes."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from communique import __version__
from communique.cli import shared, states
from communique.errors import UsageError

Run = Callable[..., object]
SOURCE = str(Path(__file__).parents[2] / "src")
HEAVY = ("spacy", "numpy", "pyarrow", "sqlalchemy", "lxml", "rich", "trafilatura", "altair", "networkx", "yaml")


def python(*arguments: str, **options: object) -> subprocess.CompletedProcess[str]:
    """A fresh Python with the package on its path."""
    environment = {**os.environ, "PYTHONPATH": SOURCE}
    return subprocess.run([sys.executable, *arguments], env=environment, capture_output=True, text=True, check=False)


def test_help_is_shown_without_loading_anything_heavy() -> None:
    script = (
        "import sys; from communique.cli import run; code = run(['--help']); "
        f"print([name for name in {HEAVY!r} if name in sys.modules], code)"
    )
    started = time.perf_counter()
    done = python("-c", script)
    took = time.perf_counter() - started
    assert done.stdout.splitlines()[-1] == "[] 0", done.stdout + done.stderr
    assert took < 5  # 0.2 s on an idle machine; the suite shares its cores


def test_importing_the_package_loads_nothing_heavy() -> None:
    script = f"import sys, communique; print([name for name in {HEAVY!r} if name in sys.modules])"
    assert python("-c", script).stdout.strip() == "[]"


def test_the_package_hands_out_its_names() -> None:
    import communique
    from communique.archive import Archive

    assert communique.Archive is Archive
    assert callable(communique.code)
    import communique.code as folder

    assert folder is communique.code
    with pytest.raises(AttributeError, match="no attribute 'colour'"):
        communique.colour  # noqa: B018


def test_version_and_help_end_well(communique: Run) -> None:
    assert communique("--version").out == f"communique {__version__}\n"
    assert communique("code", "--help").code == 0
    assert "Usage: communique code" in communique("code", "-h").out


def test_no_command_at_all_shows_the_help(communique: Run) -> None:
    assert "Commands:" in communique().out


def test_a_reader_that_leaves_early_is_no_fault(communique: Run, archive: str) -> None:
    listing = f"{sys.executable} -m communique events --json -a {archive}"
    command = f"{listing} | head -c 10 >/dev/null; echo ${{PIPESTATUS[0]}}"
    environment = {**os.environ, "PYTHONPATH": SOURCE}
    done = subprocess.run(["bash", "-c", command], env=environment, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert done.stdout.strip() == "0"


def test_states_go_by_code_name_and_other_names() -> None:
    assert states.codes(["CHN", "china", "PRC", "the United States", "Holland"]) == ("CHN", "USA", "NLD")
    assert states.codes(["RUS", "SUN"]) == ("RUS", "SUN")


def test_a_body_with_a_code_of_many_goes_by_its_name() -> None:
    assert states.codes(["NATO", "UNO"]) == ("NATO", "UNO") or states.codes(["NATO"])[0].startswith("North Atlantic")


def test_a_state_that_nobody_knows_is_told_with_near_names() -> None:
    with pytest.raises(UsageError, match=r"Mongollia: no state or body has this name\. Did you mean MNG"):
        states.codes(["Mongollia"])


def test_a_disk_that_is_full_is_told_and_leaves_the_earlier_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "out.csv"
    target.write_bytes(b"earlier")
    with pytest.raises(UsageError, match="cannot be written to its end") as told, shared.output(str(target)):
        raise OSError(errno.ENOSPC, "No space left on device")
    assert told.value.exit_code == 2
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("out.csv", b"earlier")]
    with pytest.raises(PermissionError), shared.output(str(target)):
        raise PermissionError(errno.EACCES, "not allowed")
