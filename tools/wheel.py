"""Builds the wheel twice, in two places, and compares: the same sources must give the same bytes.

    python -m tools.wheel [--into FOLDER]

The time in it is that of the last commit (SOURCE_DATE_EPOCH, where it is not set). Prints name and SHA-256.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
_PARTS = ("src", "pyproject.toml", "README.md", "LICENSE", "NOTICE", ".gitignore")


def copied(sources: Path, into: Path) -> Path:
    """What a wheel is made of, in a folder of its own."""
    into.mkdir(parents=True)
    leave = shutil.ignore_patterns("__pycache__", ".mypy_cache", ".ruff_cache")
    for name in _PARTS:
        if (sources / name).is_dir():
            shutil.copytree(sources / name, into / name, ignore=leave)
        elif (sources / name).exists():
            shutil.copyfile(sources / name, into / name)
    return into


def build(sources: Path, into: Path, epoch: str) -> Path:
    """A wheel of the sources. Files that it leaves beside them are those of hatchling."""
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(into)],
        cwd=sources, env={**os.environ, "SOURCE_DATE_EPOCH": epoch}, check=True, capture_output=True,
    )  # fmt: skip
    return next(into.glob("*.whl"))


def twice(sources: Path, place: Path) -> list[Path]:
    """Two wheels of two copies, the second copy in another order of time and under another name."""
    first = copied(sources, place / "one" / "sources")
    second = copied(first, place / "another" / "elsewhere")
    return [build(copy, copy.parent / "dist", epoch(sources)) for copy in (first, second)]


def digest(path: Path) -> str:
    """SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def epoch(sources: Path) -> str:
    """The time of the last commit; a fixed day where the sources are no repository."""
    if given := os.environ.get("SOURCE_DATE_EPOCH"):
        return given
    told = subprocess.run(
        ["git", "log", "-1", "--format=%ct"], cwd=sources, capture_output=True, text=True, check=False
    )
    return told.stdout.strip() or "1577836800"


def main() -> int:
    """Builds, compares, and keeps the wheel where --into says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--into", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        wheels = twice(ROOT, Path(place))
        found = {digest(wheel) for wheel in wheels}
        if len(found) > 1:
            print(f"wheel: two builds differ: {sorted(found)}", file=sys.stderr)
            return 1
        print(f"{wheels[0].name} sha256:{found.pop()}, twice the same")
        if options.into:
            options.into.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(wheels[0], options.into / wheels[0].name)
    return 0


if __name__ == "__main__":
    sys.exit(main())
