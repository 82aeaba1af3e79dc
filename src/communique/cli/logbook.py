"""What an operator's machines read (`--log-json`): one JSON object a line on standard error, without article text."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import logging
import re
import resource
import sys
import time
import traceback
from collections.abc import Iterator
from typing import Any

from communique.errors import CommuniqueError

OPTION, TEXT_OPTION = "--log-json", "--log-text"
# to the last mark, or to the end where a message was cut: what is quoted may hold marks of its own
_QUOTED = re.compile(r"(?s)“.*(?:”|$)|»[^«]*«|\"[^\"]*\"|'[^']*'")
_LEVELS = {"error": 40, "warning": 30, "info": 20}


class Logbook:
    """Takes what would be said on standard error, as lines of JSON with `time` (UTC), `level` and `event`.

    Without `text`, whatever stands in quotation marks in a message is left out, and so are the words of exceptions:
    they may come from an article.
    """

    def __init__(self, *, text: bool = False) -> None:
        self.text = text

    def write(self, level: str, event: str, **fields: Any) -> None:
        """One line; fields that are None are left out."""
        now = dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds")
        held = {name: value for name, value in fields.items() if value is not None}
        line = json.dumps({"time": now, "level": level, "event": event, **held}, ensure_ascii=True, default=str)
        print(line, file=sys.stderr, flush=True)  # noqa: T201 - this is where it is written

    def message(self, words: str) -> None:
        """Something that a command tells whoever runs it."""
        self.write("info", "message", message=self._plain(words))

    def fault(self, fault: CommuniqueError, level: str = "warning") -> None:
        """A fault of ours: with level "warning" of one input, with "error" what ended the command."""
        kind, told = type(fault).__name__, self._plain
        self.write(level, "fault", kind=kind, where=fault.where, what=told(fault.what), advice=fault.advice)

    def unexpected(self, fault: BaseException) -> None:
        """A fault of the program: what kind, and where in it."""
        last = traceback.extract_tb(fault.__traceback__)[-1:]
        place = f"{last[0].filename.rsplit('/', 1)[-1]}:{last[0].lineno}" if last else None
        words = str(fault) if self.text else None
        self.write("error", "unexpected", kind=type(fault).__name__, place=place, what=words)

    def _plain(self, words: str) -> str:
        return words if self.text else _QUOTED.sub("[…]", words)


class _Handler(logging.Handler):
    """What the package logs by itself, in the same lines."""

    def __init__(self, book: Logbook) -> None:
        super().__init__()
        self._book = book

    def emit(self, record: logging.LogRecord) -> None:
        level = next((name for name, least in _LEVELS.items() if record.levelno >= least), "info")
        self._book.write(level, "message", message=self._book._plain(record.getMessage()))
        if record.exc_info and record.exc_info[1]:
            self._book.unexpected(record.exc_info[1])


_open: list[Logbook] = []


def current() -> Logbook | None:
    """The logbook that is kept, if there is one."""
    return _open[-1] if _open else None


@contextlib.contextmanager
def kept(command: str, *, text: bool) -> Iterator[Logbook]:
    """Keeps a logbook while a command runs. Libraries are silenced: what they say may hold text."""
    book = Logbook(text=text)
    ours, root = logging.getLogger("communique"), logging.getLogger()
    handler, nothing = _Handler(book), logging.NullHandler()
    before = ours.propagate
    ours.addHandler(handler)
    root.addHandler(nothing)
    ours.propagate = False
    logging.captureWarnings(True)
    _open.append(book)
    book.write("info", "start", command=command)
    try:
        yield book
    finally:
        _open.pop()
        logging.captureWarnings(False)
        ours.propagate = before
        root.removeHandler(nothing)
        ours.removeHandler(handler)


def ended(book: Logbook, command: str, code: int, started: float) -> None:
    """The last line: exit code, seconds, and the most memory in megabytes."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)
    seconds = round(time.monotonic() - started, 3)
    level = "info" if code == 0 else "error"
    book.write(level, "end", command=command, exit_code=code, seconds=seconds, memory_mb=round(most))
