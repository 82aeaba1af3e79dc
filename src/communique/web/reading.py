"""Files that were dropped on the desk are read by a process of their own, so that pages stay quick meanwhile."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Literal

from communique.archive.place import secrets_of
from communique.model import content_id
from communique.web.options import Options

State = Literal["waiting", "reading", "merging", "done", "failed", "stopped"]
KEPT = 50  # runs that are remembered
_UNSAFE = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|\u200b-\u200f\u202a-\u202e\u2066-\u2069]')
# a process of its own, so that it can be stopped and its memory given back
_WORKER = "from communique.web.worker import main; main()"


@dataclass(slots=True)
class Run:
    """One run of reading: what it was given and how far it is. faults are lines in plain words."""

    id: str
    files: tuple[str, ...]
    state: State = "waiting"
    total: int | None = None
    done: int = 0
    known: int = 0
    items: dict[str, int] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    last: str | None = None
    titles: dict[str, str] = field(default_factory=dict)  # the first articles read, by key

    @property
    def over(self) -> bool:
        """Whether nothing more will come."""
        return self.state in ("done", "failed", "stopped")

    def json(self) -> dict[str, object]:
        """The run for programs."""
        return {
            "id": self.id,
            "state": self.state,
            "files": list(self.files),
            "total": self.total,
            "read": self.done,
            "known": self.known,
            "items": dict(self.items),
            "faults": list(self.faults),
            "last": self.last,
            "articles": list(self.titles),
            "over": self.over,
        }


def safe_name(given: str) -> str:
    """A file's name that cannot leave its folder, hide or overwrite: it becomes the id of the document."""
    bare = _UNSAFE.sub("_", given.replace("\\", "/").rpartition("/")[2]).strip(". ")
    stem, dot, ending = bare.rpartition(".")
    return (f"{stem[:150]}.{ending[:12]}" if dot and stem else bare[:160]) or "page"


class Reads:
    """The runs of this desk, one after the other."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self._runs: dict[str, Run] = {}
        self._lock = threading.Lock()
        self._turn = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._number = 0
        self._closed = False

    def all(self) -> list[Run]:
        """The runs, newest first."""
        with self._lock:
            return list(reversed(self._runs.values()))

    def get(self, identifier: str) -> Run | None:
        """The run of that id."""
        return self._runs.get(identifier)

    def start(self, files: Sequence[tuple[str, BinaryIO]], finished: Callable[[], None]) -> Run:
        """Takes files (name and content) and reads them into the archive, each whole or not at all."""
        folder = Path(tempfile.mkdtemp(prefix="communique-"))
        names: list[str] = []
        for given, stream in files:
            name, number = safe_name(given), 1
            while (folder / name).exists():
                number += 1
                name = f"{number}-{safe_name(given)}"
            with (folder / name).open("wb") as target:
                shutil.copyfileobj(stream, target)
            names.append(name)
        with self._lock:
            self._number += 1
            run = Run(content_id("run", os.getpid(), self._number, *names), tuple(names))
            self._runs[run.id] = run
            while len(self._runs) > KEPT:
                del self._runs[next(iter(self._runs))]
        threading.Thread(target=self._work, args=(run, folder, finished), daemon=True).start()
        return run

    def close(self) -> None:
        """Stops what runs; whole documents that were read are kept."""
        self._closed = True
        process = self._process
        if process is not None and process.poll() is None:
            process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(10)

    def _work(self, run: Run, folder: Path, finished: Callable[[], None]) -> None:
        try:
            with self._turn:
                if not self._closed:
                    self._read(run, folder)
        except OSError as fault:
            run.state, run.last = "failed", None
            run.faults.append(f"the reader could not be started ({fault.strerror})")
        finally:
            shutil.rmtree(folder, ignore_errors=True)
            if not run.over:
                run.state = "stopped"
            finished()

    def _read(self, run: Run, folder: Path) -> None:
        command = [sys.executable, "-c", _WORKER, str(self.options.archive), str(folder)]
        if not self.options.encoder:
            command.append("--no-encoder")
        environment = os.environ | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
        environment |= secrets_of(self.options.archive)
        run.state = "reading"
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL, env=environment
        ) as process:
            self._process = process
            assert process.stdout is not None
            for line in process.stdout:
                _take(run, line)
        self._process = None
        if process.returncode and not run.over:
            run.state = "failed" if not self._closed else "stopped"
            run.faults.append("the reader stopped before its end; whole documents that were read are kept")


def _take(run: Run, line: bytes) -> None:
    """One line of the reader: what it has done since."""
    try:
        told = json.loads(line)
    except ValueError:
        return
    match told:
        case {"total": total}:
            run.total = total
        case {"article": key, "title": title, "items": items}:
            run.done += 1
            run.last = title
            if len(run.titles) < KEPT:
                run.titles[key] = title
            for kind, count in items.items():
                run.items[kind] = run.items.get(kind, 0) + count
        case {"known": _}:
            run.known += 1
        case {"fault": words}:
            run.faults.append(words)
        case {"state": "merging" | "done" | "failed" as state}:
            run.state = state
