"""What takes long on a large archive is done by a process of its own: pages stay quick, and memory comes back."""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import subprocess
import sys
import threading
from typing import Any

from communique.archive.place import Place, secrets_of
from communique.errors import ArchiveError

NICE = 10
# each takes an archive and plain values, and gives plain values
TASKS = {
    "network": "communique.web.views.network",
    "map": "communique.web.views.map",
    "pledges": "communique.web.views.pledges",
    "promised": "communique.web.views.promised",
}
_WORKER = "from communique.web.apart import main; main()"


def work(archive: Any, task: str, given: dict[str, Any]) -> Any:
    """Does a task here and now."""
    return importlib.import_module(TASKS[task]).work(archive, **given)


class Apart:
    """The processes that work for one desk, one after the other."""

    def __init__(self, archive: Place) -> None:
        self.archive = archive
        self._turn = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._closed = False

    def run(self, task: str, given: dict[str, Any]) -> Any:
        """Does a task in a process of its own. Raises ArchiveError where that one fails."""
        with self._turn:
            if self._closed:
                raise ArchiveError("the desk is being closed", advice="Start it again")
            environment = os.environ | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
            environment |= secrets_of(self.archive)
            with subprocess.Popen(
                [sys.executable, "-c", _WORKER, str(self.archive)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL, env=environment,
            ) as process:  # fmt: skip
                self._process = process
                out, _ = process.communicate(json.dumps({"task": task, "given": given}).encode())
            self._process = None
            if process.returncode:
                raise ArchiveError(
                    f"the {task} could not be worked out", advice="Ask for less: fewer states, less time"
                )
            return json.loads(out)

    def close(self) -> None:
        """Stops what works."""
        self._closed = True
        process = self._process
        if process is not None and process.poll() is None:
            process.terminate()


def main() -> None:
    """ARCHIVE: takes a task on the standard input, and writes what comes of it."""
    from communique.archive import Archive

    with contextlib.suppress(OSError, AttributeError):
        os.nice(NICE)  # pages first
    asked = json.loads(sys.stdin.buffer.read())
    with Archive(sys.argv[1], create=False) as archive:
        sys.stdout.write(json.dumps(work(archive, asked["task"], asked["given"])))
