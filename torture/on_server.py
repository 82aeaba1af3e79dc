"""`read` into a PostgreSQL server killed with SIGKILL at random moments, and what the server then has."""

from __future__ import annotations

import random
import statistics
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from communique.archive import Archive
from communique.errors import CommuniqueError
from communique.model import Coded
from torture import pages, server, watch
from torture.kills import small_steps


@dataclass(frozen=True, slots=True)
class Held:
    """All that an archive says: each document with everything read out of it, and what the merge made of them."""

    coded: dict[str, Coded]
    merged: tuple[Any, ...]
    waiting: int
    faults: tuple[str, ...]


def held(url: str) -> Held:
    """What stands on the server."""
    with Archive(url, create=False) as archive:
        keys = archive.keys(revised=True)
        merged = (
            archive.records(),
            archive.records(kind="figure"),
            archive.stories(),
            archive.events(revised=True).rows(),
            [(hit.document.key, hit.score) for hit in archive.search("said", limit=50)],
        )
        return Held(
            {key: archive.coded(key) for key in keys},
            merged,
            archive.waiting(),
            tuple(fault.line() for fault in archive.verify().faults),
        )


def kills(folder: Path, number: int, dice: random.Random) -> dict[str, Any]:
    """Kills a read into an empty database at a random moment, looks at what is there, reads again, and looks again.

    The server is one of its own (as for the tests); where there is none, nothing is done and the report says so.
    """
    from tests import homes

    inputs = pages.written(folder)
    server.warm(inputs, folder)
    small_steps()
    try:
        with homes.running() as cluster:
            return _kills(cluster, ["read", "--no-encoder", str(inputs), "--archive"], number, dice)
    except LookupError as fault:
        return {"kills": 0, "not done": str(fault), "failed": 0}


def _kills(cluster: Any, read: list[str], number: int, dice: random.Random) -> dict[str, Any]:
    name = cluster.fresh()
    count, _ = server.statements([*read, cluster.url(name)])
    cluster.release(name)
    name = cluster.fresh()
    ended = server.in_child([*read, cluster.url(name)])
    if ended.code:
        raise SystemExit(f"read into a server ended with {ended.code}: {ended.said}")
    calm = held(cluster.url(name))
    cluster.release(name)
    found: Counter[str] = Counter()
    left: list[int] = []
    wrong: list[str] = []
    for turn in range(number):
        name = cluster.fresh()
        url = cluster.url(name)
        moment = server.moment(dice, ended.seconds, count)
        killed = server.in_child([*read, url], **moment)
        found["killed" if killed.code == server.KILLED else "ended before it was killed"] += 1
        kept, faults = _left(url, calm)
        left.append(kept)
        faults += _again(read, url, calm)
        wrong += [f"kill {turn} ({moment}): {fault}" for fault in faults]
        _ended(cluster, name)
        cluster.release(name)
        watch.tell(f"{turn + 1} kills on a server, {len(wrong)} wrong")
    return {
        "kills": number,
        **dict(sorted(found.items())),
        "documents left, median": statistics.median(left) if left else None,
        "statements of a read": count,
        "what was wrong": wrong[:20],
        "failed": len(wrong),
    }


def _left(url: str, calm: Held) -> tuple[int, list[str]]:
    """How many documents a killed run left, and what is wrong with them."""
    try:
        there = held(url)
    except CommuniqueError as fault:  # killed before its first transaction
        return 0, [] if "there is no archive here" in fault.what else [f"not opened: {fault.line()}"]
    broken = [key for key, coded in there.coded.items() if coded != calm.coded.get(key)]
    return len(there.coded), [f"verify: {fault}" for fault in there.faults] + [f"{key} is not whole" for key in broken]


def _again(read: list[str], url: str, calm: Held) -> list[str]:
    """What is wrong after the same command, let alone, has come to its end."""
    ended = server.in_child([*read, url])
    if ended.code:
        return [f"the next run ended with {ended.code}: {ended.said.strip()[:200]}"]
    there = held(url)
    wrong = [f"verify after the next run: {fault}" for fault in there.faults]
    if (there.coded, there.merged, there.waiting) != (calm.coded, calm.merged, calm.waiting):
        wrong.append("the next run made something else")
    return wrong


def _ended(cluster: Any, name: str) -> None:
    """Waits until the server has noticed that the killed program is gone."""
    asked = f"SELECT count(*) FROM pg_stat_activity WHERE datname = '{name}'"
    for _ in range(100):
        if not cluster.run(asked)[0][0]:
            return
        time.sleep(0.05)
