"""One writer, several readers, a second writer now and then, a backup and the desk, all on one archive at once.

Each command has to end well, or to say in plain words that another program is writing; the desk has to answer; and in
the end the archive has to hold what one `read` of all pages makes.
"""

from __future__ import annotations

import http.client
import json
import os
import random
import signal
import socket
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from communique.archive import Archive
from torture import looking, pages, server

_ADDRESSES = (
    "/", "/index.json", "/pairs", "/pair/CHN/RUS", "/pair/CHN/RUS.json", "/records", "/list/events.json", "/stories",
    "/articles", "/actor/CHN", "/search?q=accord", "/network", "/map", "/pledges", "/disagreements", "/review",
    "/brief/CHN/RUS", "/export/events.csv",
)  # fmt: skip
_WAITED = "another program is writing"
_SLOW = 900.0  # seconds that a command may take: it is killed then
_PATIENCE = 10.0  # seconds in which the desk has to answer


def beside(folder: Path, seconds: float, dice: random.Random, pause: float = 1.0) -> dict[str, Any]:
    """Does all that for so many seconds. `pause` is the mean time between a program's commands, in seconds."""
    archive = folder / "shared.db"
    written = pages.written(folder)
    server.warm(written, folder)
    started = server.in_child(["read", "--no-encoder", str(written), "--archive", str(archive)])
    if started.code:
        raise SystemExit(f"read ended with {started.code}: {started.said}")
    many = folder / "pages"
    many.mkdir()
    port = _free_port()
    desk = _desk(archive, port)
    end = time.monotonic() + seconds
    begun = _resident(desk)
    kinds: dict[str, Callable[[random.Random], Iterator[dict[str, Any]]]] = {
        "writer": lambda own: _writing(archive, many, own, "a", 1.0),
        "second writer": lambda own: _writing(archive, many, own, "b", 8.0),
        "judge": lambda own: _judging(archive, own),
        "reader 1": lambda own: _reading(archive, folder, own, 1),
        "reader 2": lambda own: _reading(archive, folder, own, 2),
        "reader 3": lambda own: _reading(archive, folder, own, 3),
        "verify, backup": lambda own: _keeping(archive, folder, own),
        "desk": lambda own: _asking(port, own),
    }
    children = [
        _program(folder / f"{name}.told", do, random.Random(dice.random()), end, pause) for name, do in kinds.items()
    ]
    for child in children:
        os.waitpid(child, 0)
    grown = _resident(desk) - begun
    os.kill(desk, signal.SIGTERM)
    os.waitpid(desk, 0)
    told = {name: _lines(folder / f"{name}.told") for name in kinds}
    wrong = [f"{name}: {line['wrong']}" for name, lines in told.items() for line in lines if line.get("wrong")]
    wrong += _in_the_end(archive, folder, many, told)
    return {
        "programs": len(kinds) + 1,
        "each": {name: _summed(lines) for name, lines in told.items()},
        "documents in the end": len(looking.keys(archive)),
        "the desk grew by, MB": round(grown / 1e6),
        "what was wrong": wrong[:20],
        "failed": len(wrong),
    }


def _program(
    path: Path, do: Callable[[random.Random], Iterator[dict[str, Any]]], own: random.Random, end: float, pause: float
) -> int:
    """A child that does one thing after the other until the end, and notes what came of each."""
    child = os.fork()
    if child:
        return child
    code = 70
    try:
        with path.open("w", encoding="utf8") as told:
            steps = do(own)
            while time.monotonic() < end:
                start = time.monotonic()
                line = next(steps)
                told.write(json.dumps({"seconds": round(time.monotonic() - start, 3), **line}) + "\n")
                told.flush()
                time.sleep(min(own.expovariate(1 / (pause * line.get("rest", 1.0))), max(0.0, end - time.monotonic())))
        code = 0
    except BaseException as fault:
        with path.open("a", encoding="utf8") as told:
            told.write(
                json.dumps({"seconds": 0, "what": "stopped", "wrong": f"{type(fault).__name__}: {fault}"}) + "\n"
            )
    finally:
        os._exit(code)


def _writing(archive: Path, many: Path, own: random.Random, name: str, rest: float) -> Iterator[dict[str, Any]]:
    """`read` of one new page after the other; now and then of one that is known already."""
    number = 0
    while True:
        if number and own.random() < 0.1:
            path = many / f"{name}{own.randrange(number)}.jsonl"
        else:
            path = pages.one(many, f"{name}{number}", own)
            number += 1
        line = _done(["read", "--no-encoder", str(path), "--archive", str(archive)])
        yield {"what": "read", "page": path.name, "rest": rest, **line}


def _judging(archive: Path, own: random.Random) -> Iterator[dict[str, Any]]:
    """One judgement after the other."""
    while True:
        with Archive(archive, create=False) as store:
            events = [event.id for event in store.events()][:200]
        kept = _done(["judge", "right", own.choice(events), "--reason", "torture", "--archive", str(archive)])
        yield {"what": "judge", "rest": 20.0, **kept}


def _reading(archive: Path, folder: Path, own: random.Random, number: int) -> Iterator[dict[str, Any]]:
    out = str(folder / f"out-{number}")
    ways = (
        ["events", "--archive", str(archive)],
        ["search", "accord", "--archive", str(archive)],
        ["pair", "China", "Russia", "--archive", str(archive)],
        ["brief", "China", "Russia", "--archive", str(archive)],
        ["export", "--archive", str(archive), "--format", "jsonl", "-o", f"{out}.jsonl"],
        ["export", "--archive", str(archive), "--format", "csv", "-o", f"{out}.csv"],
    )
    while True:
        chosen = own.choice(ways)
        yield {"what": chosen[0], "rest": 3.0, **_done(chosen)}


def _keeping(archive: Path, folder: Path, own: random.Random) -> Iterator[dict[str, Any]]:
    """`verify` of the archive while it is written, and of a backup that was made meanwhile."""
    copy = folder / "copy.db"
    while True:
        yield {"what": "verify", "rest": 10.0, **_done(["verify", "--archive", str(archive)])}
        looking.remove(copy)
        line = _done(["backup", str(copy), "--archive", str(archive)])
        yield {"what": "backup", "rest": 10.0, **line}
        if not line["code"]:
            yield {"what": "verify of the backup", "rest": 10.0, **_done(["verify", "--archive", str(copy)])}


def _done(arguments: list[str]) -> dict[str, Any]:
    ended = server.in_child(arguments, patience=_SLOW)
    line: dict[str, Any] = {"code": ended.code, "waited": _WAITED in ended.said}
    if ended.code and _WAITED not in ended.said:
        line["wrong"] = f"{' '.join(arguments[:2])} ended with {ended.code}: {ended.said.strip()[-300:]}"
    return line


def _asking(port: int, own: random.Random) -> Iterator[dict[str, Any]]:
    """One page of the desk after the other."""
    while True:
        address = own.choice(_ADDRESSES)
        start = time.monotonic()
        line: dict[str, Any] = {"what": "page", "address": address}
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
            connection.request("GET", address)
            answer = connection.getresponse()
            body = answer.read()
            connection.close()
            line["code"] = answer.status
            if answer.status != 200 or not body:
                line["wrong"] = f"{address} was answered with {answer.status}"
        except (OSError, http.client.HTTPException) as fault:
            line["wrong"] = f"{address} was not answered ({type(fault).__name__})"
        spent = time.monotonic() - start
        if "wrong" not in line and spent > _PATIENCE:
            line["late"] = True
        yield line


def _in_the_end(archive: Path, folder: Path, many: Path, told: dict[str, list[dict[str, Any]]]) -> list[str]:
    """What is wrong with the archive, beside one that was made of the same pages by one `read`."""
    wrong = []
    with Archive(archive, create=False) as store:
        wrong += [f"verify: {fault.line()}" for fault in store.verify().faults]
    calm = folder / "calm.db"
    first = folder / "pages.jsonl"
    for source in (first, many):
        # a program of its own: threads that compare many texts do not come along into a child of this one
        ended = subprocess.run(
            [sys.executable, "-m", "communique", "read", "--no-encoder", str(source), "--archive", str(calm)],
            capture_output=True, text=True, errors="replace", check=False, timeout=3_600.0,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )  # fmt: skip
        if ended.returncode:
            wrong.append(f"the calm read ended with {ended.returncode}: {ended.stderr.strip()[-200:]}")
    ended_badly = {line["page"] for name in ("writer", "second writer") for line in told[name] if line.get("code")}
    with Archive(archive, create=False) as store, Archive(calm, create=False) as other:
        held, whole = set(store.keys()), set(other.keys())
        if held - whole or (whole - held and not ended_badly):
            wrong.append(f"{len(held - whole)} documents are nobody's, {len(whole - held)} were read and are not there")
        wrong += [
            f"document {key} is not whole" for key in sorted(held & whole) if store.coded(key) != other.coded(key)
        ]
    return wrong


def _summed(lines: list[dict[str, Any]]) -> dict[str, Any]:
    """How often, how it ended, and seconds of the clock."""
    times = sorted(line["seconds"] for line in lines) or [0.0]
    return {
        "times": len(lines),
        "ended": dict(Counter(str(line.get("code")) for line in lines)),
        "waited for another writer and said so": sum(bool(line.get("waited")) for line in lines),
        "later than ten seconds": sum(line["seconds"] > _PATIENCE for line in lines),
        "seconds: median, 95 %, most": [
            round(statistics.median(times), 2), round(times[int(0.95 * (len(times) - 1))], 2), round(times[-1], 2)
        ],
    }  # fmt: skip


def _desk(archive: Path, port: int) -> int:
    """The desk in a child; its process, once it answers."""
    child = os.fork()
    if not child:
        nothing = os.open(os.devnull, os.O_RDWR)
        for stream in (1, 2):
            os.dup2(nothing, stream)
        try:
            from communique.cli.app import run

            os._exit(run(["serve", str(archive), "--port", str(port), "--no-encoder"]))
        finally:
            os._exit(70)
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return child
        except OSError:
            time.sleep(0.2)
    os.kill(child, signal.SIGKILL)
    raise SystemExit("the desk does not answer")


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        number: int = one.getsockname()[1]
        return number


def _resident(process: int) -> int:
    """Bytes of memory that a process holds now."""
    told = Path(f"/proc/{process}/statm").read_text("ascii").split()
    return int(told[1]) * os.sysconf("SC_PAGE_SIZE")


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf8").splitlines()] if path.exists() else []
