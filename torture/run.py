"""What an archive and the readers must survive, in one command; ends with 1 where something was lost.

    python -m torture.run [--kills N] [--troubles N] [--flips N] [--beside SECONDS] [--inputs N] [--guided N]
                          [--answers N] [--server N] [--only WHAT] [--seed N] [--report FILE] [--reader NAME]
                          [--most SECONDS] [--state FOLDER]

kills: read, judge, merge and export are killed with SIGKILL at random moments; what is left must be whole, and the
next run must make what an uninterrupted one makes. troubles: the disk is full, rights are lost, the archive vanishes,
the clock goes back. flips: single bits of an archive change; each must be found or matter to nobody. beside: one
writer, readers, a second writer now and then, backups and the desk on one archive at once. inputs: mutated pages,
feeds, web archives, JSON Lines and tables for every reader, watched for crashes, time and memory. guided: the same,
led by the code that an input reaches. answers: schemathesis asks the desk all that its description allows and more.
server: reads into a PostgreSQL server are killed. expressions: every regular expression that Communique compiles
against strings that are made to hurt it. Same seed, same torture (but for guided and beside).
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

PARTS = ("kills", "troubles", "flips", "inputs", "guided", "expressions", "beside", "answers", "server")


def _kills(folder: Path, options: argparse.Namespace, dice: random.Random) -> dict[str, Any]:
    from torture.kills import kills

    return kills(folder, options.kills, dice)


def _troubles(folder: Path, options: argparse.Namespace, dice: random.Random) -> dict[str, Any]:
    from torture.trouble import trouble

    return trouble(folder, options.troubles, dice)


def _flips(folder: Path, options: argparse.Namespace, dice: random.Random) -> dict[str, Any]:
    from torture import kills, looking, server
    from torture.flips import flips

    setting = kills.Setting(folder)
    server.in_child(setting.calm("judge same").arguments)
    looking.settle(setting.hurt)
    with looking.quiet():
        return flips(folder, options.flips, dice, setting.hurt.name)


def _inputs(folder: Path, options: argparse.Namespace, dice: random.Random) -> dict[str, Any]:
    from torture.fuzz import fuzz

    readers = {"readers": options.reader} if options.reader else {}
    return fuzz(folder, options.inputs, dice, most=options.most, state=options.state, **readers)


def _guided(folder: Path, options: argparse.Namespace, dice: random.Random) -> dict[str, Any]:
    from torture.guided import READERS, guided

    readers = tuple(options.reader or READERS)
    return guided(folder, options.guided, dice, readers=readers, most=options.most)


def _beside(folder: Path, options: argparse.Namespace, dice: random.Random) -> dict[str, Any]:
    from torture.beside import beside

    return beside(folder, options.beside, dice)


def _answers(folder: Path, options: argparse.Namespace, dice: random.Random) -> dict[str, Any]:
    from torture.answers import answers

    return answers(folder, options.answers, dice)


def _server(folder: Path, options: argparse.Namespace, dice: random.Random) -> dict[str, Any]:
    from torture.on_server import kills

    return kills(folder, options.server, dice)


def _expressions(folder: Path, options: argparse.Namespace, dice: random.Random) -> dict[str, Any]:
    from torture.expressions import expressions

    return expressions()


def main() -> int:
    """Runs the parts one after the other and prints one JSON report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=60)
    parser.add_argument("--troubles", type=int, default=22)
    parser.add_argument("--flips", type=int, default=200)
    parser.add_argument("--beside", type=float, default=30, help="seconds that readers and writers are at it together")
    parser.add_argument("--inputs", type=int, default=600, help="for each reader")
    parser.add_argument("--guided", type=int, default=300, help="for each reader, where atheris is installed")
    parser.add_argument("--answers", type=int, default=3, help="questions of each kind for every address of the desk")
    parser.add_argument("--server", type=int, default=6, help="kills of a read into a PostgreSQL server")
    parser.add_argument("--reader", action="append", help="of the inputs, this reader's; may be given more than once")
    parser.add_argument("--most", type=float, help="seconds that the inputs may take; each reader gets its turns")
    parser.add_argument("--state", type=Path, help="a folder that keeps how far the inputs are, to go on there")
    parser.add_argument("--only", action="append", choices=PARTS, help="may be given more than once")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--report", type=Path, help="where the report is kept; parts that did not run stay in it")
    options = parser.parse_args()
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    doing: dict[str, Callable[[Path, argparse.Namespace, random.Random], dict[str, Any]]] = {
        "expressions": _expressions,  # first: it has to see everything being compiled
        "kills": _kills,
        "troubles": _troubles,
        "flips": _flips,
        "beside": _beside,
        "answers": _answers,
        "server": _server,
        "inputs": _inputs,
        "guided": _guided,
    }
    report: dict[str, Any] = {}
    failed = 0
    for name, do in doing.items():
        if options.only and name not in options.only:
            continue
        folder = Path(tempfile.mkdtemp(prefix=f"torture-{name}-"))
        folder.chmod(0o755)
        started, spent = time.monotonic(), _seconds()
        try:
            found = do(folder, options, random.Random(f"{options.seed} {name}"))
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        report[name] = {
            "seed": options.seed,
            **found,
            "seconds": round(time.monotonic() - started),
            "seconds of a core": round(_seconds() - spent),
            "python": platform.python_version(),
        }
        failed += found["failed"]
        print(json.dumps({name: report[name]}, indent=1), flush=True)
        if options.report:
            _kept(options.report, report)
    return 1 if failed else 0


def _seconds() -> float:
    """Seconds of a core that this process and its children took."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


def _kept(path: Path, report: dict[str, Any]) -> None:
    held = json.loads(path.read_text("utf8")) if path.exists() else {}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({**held, **report}, indent=1) + "\n", encoding="utf8")


if __name__ == "__main__":
    sys.exit(main())
