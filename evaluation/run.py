"""Measures everything that has a gold set here and fails where a figure falls below its floor.

    python evaluation/run.py [FOLDER] [--only NAME] [--raise]

Floors stand in floors.yaml beside this file. --raise writes today's figures as floors where they are higher; a floor
is lowered by hand alone, with a reason in the file.
"""

from __future__ import annotations

import argparse
import importlib
import math
import sys
import time
from pathlib import Path

import yaml

HERE = Path(__file__).resolve().parent
# every part of the evaluation: a module beside this file with measure(shared) -> {figure: value}
PARTS = ("events", "seeds", "actors", "coreference", "dates", "furniture", "figures", "quotes", "series", "releases",
         "pledges", "assessments", "merge", "occasions", "told")  # fmt: skip


def main() -> int:
    """Run the parts and compare with the floors; the exit code is 1 where one falls below."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "shared", type=Path, nargs="?", default=HERE.parents[1] / "shared", help="the folder of gold sets"
    )
    parser.add_argument("--only", action="append", choices=PARTS, help="one part; may be given several times")
    parser.add_argument("--raise", dest="up", action="store_true", help="raise floors to today's figures")
    options = parser.parse_args()
    if not (options.shared / "gold").is_dir():
        print(f"evaluate: no gold sets at {options.shared}: nothing was measured. Give their folder")
        return 0
    sys.path.insert(0, str(HERE))
    path = HERE / "floors.yaml"
    floors: dict[str, dict[str, float]] = yaml.safe_load(path.read_text(encoding="utf8")) or {}
    below = []
    for part in options.only or PARTS:
        if not (HERE / f"{part}.py").is_file():
            continue
        start = time.monotonic()
        figures = importlib.import_module(part).measure(options.shared)
        print(f"{part} ({time.monotonic() - start:.0f} s)")
        for name, value in figures.items():
            floor = floors.get(part, {}).get(name)
            low = floor is not None and value < floor
            print(
                f"  {name:42} {value:8.3f}"
                + (f"   floor {floor:.3f}" if floor is not None else "")
                + ("   FELL" if low else "")
            )
            if low:
                below.append(f"{part}: {name} is {value:.3f}, its floor is {floor:.3f}")
            if options.up and (floor is None or value > floor):
                # a hair below, so that rounding never fails a build
                floors.setdefault(part, {})[name] = math.floor(value * 1000) / 1000
    if options.up:
        # the lines at the top say what floors are and why one was lowered
        note = "".join(f"{line}\n" for line in path.read_text(encoding="utf8").splitlines() if line.startswith("#"))
        path.write_text(note + yaml.safe_dump(floors, sort_keys=True), encoding="utf8")
    for line in below:
        print(f"evaluate: {line}", file=sys.stderr)
    return 1 if below else 0


if __name__ == "__main__":
    sys.exit(main())
