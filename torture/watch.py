"""Many small jobs in a child that is watched: a crash, a hang or a swollen memory costs one job and is told."""

from __future__ import annotations

import gc
import mmap
import os
import resource
import signal
import struct
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

SECONDS = 10  # of a core that one job may take
MEMORY = 1 << 30  # bytes that a child may grow by


@dataclass(frozen=True, slots=True)
class Fault:
    """What came of a job that did not end well."""

    number: int
    what: str


def watched(first: int, end: int, do: Callable[[int], Any], slow: list[tuple[float, int]]) -> Iterator[Fault]:
    """Does jobs first to end - 1 in children; gives those that crash, take longer than SECONDS or more than MEMORY.

    slow takes the ten slowest, as seconds of a core and number. Jobs have to be alone: nothing comes back of them.
    """
    number = first
    while number < end:
        board = mmap.mmap(-1, 16)
        out, into = os.pipe()
        child = os.fork()
        if not child:
            _child(number, end, do, board, into)
        os.close(into)
        with os.fdopen(out, "rb") as told:
            lines = told.read().decode("utf8", "replace").splitlines()
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        for line in lines:
            kind, at, what = line.split(" ", 2)
            if kind == "slow":
                slow.append((float(what), int(at)))
            else:
                yield Fault(int(at), what)
        slow.sort(reverse=True)
        del slow[10:]
        reached = struct.unpack("q", board[:8])[0]
        board.close()
        if code == 0:
            return
        died = f"took more than {SECONDS} seconds" if code == -signal.SIGPROF else f"died ({code})"
        yield Fault(reached, died)
        number = reached + 1


def _child(first: int, end: int, do: Callable[[int], Any], board: mmap.mmap, into: int) -> None:
    code = 70
    try:
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, 1)
        os.dup2(nothing, 2)
        signal.signal(signal.SIGPROF, signal.SIG_DFL)  # ends also what hangs outside of Python
        gc.freeze()
        held = _size()
        resource.setrlimit(resource.RLIMIT_AS, (held + MEMORY, resource.RLIM_INFINITY))
        for number in range(first, end):
            board[:8] = struct.pack("q", number)
            signal.setitimer(signal.ITIMER_PROF, SECONDS)
            start = time.process_time()
            try:
                do(number)
            except BaseException as fault:
                what = " ".join(f"{type(fault).__name__}: {fault} ({_place(fault)})".split())[:400]
                os.write(into, f"fault {number} {what}\n".encode("utf8", "replace"))
            spent = time.process_time() - start
            if spent > 0.5:
                os.write(into, f"slow {number} {spent:.2f}\n".encode())
        code = 0
    finally:
        os._exit(code)


def tell(words: str) -> None:
    """How far it is, where somebody looks."""
    if sys.stderr.isatty() or os.environ.get("TORTURE_TELLS"):
        print(words, file=sys.stderr, flush=True)


def _size() -> int:
    with open("/proc/self/statm", encoding="ascii") as told:  # noqa: PTH123
        return int(told.read().split()[0]) * resource.getpagesize()


def _place(fault: BaseException) -> str:
    """The last lines of ours and of all on the way to a fault."""
    trace, places = fault.__traceback__, []
    while trace:
        code = trace.tb_frame.f_code
        places.append(f"{code.co_filename.rsplit('/', 2)[-2]}/{code.co_filename.rsplit('/', 1)[-1]}:{trace.tb_lineno}")
        trace = trace.tb_next
    return " < ".join(reversed(places[-3:]))
