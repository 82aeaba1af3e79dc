"""Commands in children of a process that has everything loaded: a run costs what it does, not what it imports."""

from __future__ import annotations

import contextlib
import gc
import os
import random
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from communique.cli.app import run

KILLED = -signal.SIGKILL


@dataclass(frozen=True, slots=True)
class Ended:
    """How a child ended: its exit code (negative: the signal that ended it), what it said, and seconds."""

    code: int
    said: str
    seconds: float


def warm(pages: Path, folder: Path) -> None:
    """Loads models and knowledge, once, by doing everything once. Nothing may stay open when children are made."""
    archive = str(folder / "warm.db")
    for arguments in (
        ["read", "--no-encoder", str(pages), "--archive", archive],
        ["stories", "--archive", archive],
        ["export", "--archive", archive, "-o", str(folder / "warm.jsonl")],
        ["export", "--archive", archive, "-o", str(folder / "warm.csv")],
    ):
        with open(os.devnull, "w") as nothing, contextlib.redirect_stderr(nothing):  # noqa: PTH123
            code = in_child(arguments).code if arguments[0] == "stories" else _here(arguments)
        if code:
            raise SystemExit(f"{' '.join(arguments)} ended with {code}: nothing can be tortured")
    gc.collect()


def _here(arguments: list[str]) -> int:
    return run(arguments)


def in_child(
    arguments: list[str],
    *,
    before: Callable[[], Any] | None = None,
    kill_after: float | None = None,
    kill_at: int | None = None,
    patience: float = 120.0,
) -> Ended:
    """Runs a command in a child.

    before is called in it first. kill_after kills it after so many seconds, kill_at before its n-th statement to the
    database; a child that takes longer than `patience` is killed and has the code -SIGKILL, too.
    """
    said, says = os.pipe()
    start = time.monotonic()
    child = os.fork()
    if not child:
        _child(arguments, says, before, kill_at)
    os.close(says)
    if kill_after is not None:
        time.sleep(kill_after)
        os.kill(child, signal.SIGKILL)
    told = _listen(said, child, start + patience)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return Ended(code, told, time.monotonic() - start)


def _listen(said: int, child: int, deadline: float) -> str:
    parts: list[bytes] = []
    os.set_blocking(said, False)
    while True:
        try:
            part = os.read(said, 1 << 16)
        except BlockingIOError:
            if time.monotonic() > deadline:
                os.kill(child, signal.SIGKILL)
            time.sleep(0.002)
            continue
        if not part:
            os.close(said)
            return b"".join(parts).decode("utf8", "replace")
        parts.append(part)


def _child(arguments: list[str], says: int, before: Callable[[], Any] | None, kill_at: int | None) -> None:
    code = 70
    try:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        os.dup2(says, 2)
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, 1)
        sys.stdout = open(1, "w", closefd=False)  # noqa: SIM115
        sys.stderr = open(2, "w", closefd=False)  # noqa: SIM115
        if kill_at is not None:
            at_statement(kill_at, lambda: os.kill(os.getpid(), signal.SIGKILL))
        if before:
            before()
        code = run(arguments)
        sys.stderr.flush()
    except BaseException as fault:
        os.write(2, f"{type(fault).__name__} came out of the command: {fault}\n".encode())
    finally:
        os._exit(code)


def at_statement(number: int, do: Callable[[], Any]) -> None:
    """Does something before the n-th statement that this process gives to the database."""
    left = [number]

    def count(*_: object) -> None:
        left[0] -= 1
        if left[0] == 0:
            do()

    sa.event.listen(sa.Engine, "before_cursor_execute", count)


def statements(arguments: list[str], before: Callable[[], Any] | None = None) -> tuple[int, int]:
    """How many statements a command gives to the database, and which is its last COMMIT."""
    out, into = os.pipe()

    def prepare() -> None:
        if before:
            before()
        sa.event.listen(
            sa.Engine, "before_cursor_execute", lambda *told: os.write(into, b"C" if told[2] == "COMMIT" else b".")
        )

    os.set_blocking(into, False)
    _sized(into)
    in_child(arguments, before=prepare)
    os.close(into)
    counted = b""
    while part := os.read(out, 1 << 16):
        counted += part
    os.close(out)
    return len(counted), counted.rfind(b"C") + 1


def _sized(pipe: int) -> None:
    """Room for a million statements: nobody reads while they are counted."""
    import fcntl

    with contextlib.suppress(OSError):
        fcntl.fcntl(pipe, getattr(fcntl, "F_SETPIPE_SZ", 1031), 1 << 20)


def moment(dice: random.Random, seconds: float, number: int) -> dict[str, Any]:
    """A random moment of a run: of its time, or of its statements."""
    if dice.random() < 0.5:
        return {"kill_after": dice.uniform(0.0, 1.05) * seconds}
    return {"kill_at": dice.randint(1, max(1, number))}
