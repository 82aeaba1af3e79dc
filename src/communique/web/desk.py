"""The desk behind the pages: its archive, what it counted, and the reads that it started."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, TypeVar, cast

import sqlalchemy as sa
from starlette.requests import Request

from communique.archive import Archive, schema
from communique.measure import read
from communique.measure.acts import Act
from communique.model import Span
from communique.web.options import Options
from communique.web.queries import overview
from communique.web.queries.tune import tune
from communique.web.reading import Reads

T = TypeVar("T")
FRESH = 2.0  # seconds for which an answer about a changing archive is good enough
PATIENT = 30.0  # the same for answers that cost more than SLOW to find
SLOW = 0.25  # seconds
KEPT = 256  # answers


@dataclass(frozen=True, slots=True)
class _Held:
    """A kept answer: when it was made, what it cost in seconds, of which state of the archive it is."""

    value: Any
    made: float
    cost: float
    state: object
    old: bool = False


class Desk:
    """One archive, open for as long as the desk runs."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.archive = Archive(options.archive, create=True)
        tune(self.archive)
        self.reads = Reads(options)
        self._kept: dict[str, _Held] = {}
        self._turns: dict[str, threading.Lock] = {}
        self._lock = threading.Lock()
        self._busy: set[str] = set()

    def warm(self) -> None:
        """Counts in the background what is dear to count, so that the first page need not wait for it."""
        self.pairs()
        if not self.options.readonly and overview.unmerged(self.archive):
            self.reads.start([], self.decided)  # an interrupted run, or an archive of an older layout

    def pairs(self) -> overview.Pairs | None:
        """All pairs, as last counted; None while they are counted for the first time."""
        return self.ready("pairs", lambda: overview.pairs(self.archive))

    def acts(self) -> tuple[Act, ...]:
        """Every act of the archive, as last read."""
        return self.kept("acts", lambda: tuple(read.acts(self.archive)))

    def close(self) -> None:
        """Stops the reads and lets go of the archive."""
        self.reads.close()
        self.archive.close()

    def kept(self, name: str, make: Callable[[], T]) -> T:
        """An answer about the whole archive: made once for each state of the archive, and anew in the background
        where it is dear, so that no page waits for it twice. Two that ask at once wait for one answer.
        """
        state = self.state()
        held = self._fresh(name, state)
        if held is None:
            with self._lock:
                turn = self._turns.setdefault(name, threading.Lock())
            with turn:
                held = self._fresh(name, state) or self._make(name, make, state)
        elif held.old and held.cost > SLOW:
            self._behind(name, make, state)
        return cast("T", held.value)

    def ready(self, name: str, make: Callable[[], T]) -> T | None:
        """The same, but None where it is not there at once: it is made in the background for the next page."""
        state = self.state()
        held = self._fresh(name, state)
        if held is None or held.old:
            thread = self._behind(name, make, state)
            if held is None and thread is not None:
                thread.join(SLOW)
                held = self._fresh(name, state)
        return cast("T", held.value) if held is not None else None

    def _fresh(self, name: str, state: object) -> _Held | None:
        """What is kept and still good enough; old where the archive has changed since."""
        with self._lock:
            held = self._kept.get(name)
        if held is None or held.state == state:
            return held
        if time.monotonic() - held.made < (PATIENT if held.cost > SLOW else FRESH):
            return replace(held, old=False)
        return replace(held, old=True) if held.cost > SLOW else None

    def _behind(self, name: str, make: Callable[[], T], state: object) -> threading.Thread | None:
        """Makes it in the background, once; None where that is under way."""
        with self._lock:
            if name in self._busy:
                return None
            self._busy.add(name)
        thread = threading.Thread(target=self._make, args=(name, make, state), daemon=True)
        thread.start()
        return thread

    def _make(self, name: str, make: Callable[[], T], state: object) -> _Held:
        begun = time.monotonic()
        try:
            held = _Held(make(), time.monotonic(), time.monotonic() - begun, state)
            with self._lock:
                self._kept[name] = held
                while len(self._kept) > KEPT:
                    del self._kept[min(self._kept, key=lambda each: self._kept[each].made)]
        finally:
            with self._lock:
                self._busy.discard(name)
        return held

    def sentences(self, key: str) -> list[Span]:
        """The sentences of a document, in order."""
        held = schema.sentences.c
        chosen = sa.select(held.start, held.end).where(held.document == key).order_by(held.sequence)
        with self.archive.reading() as connection:
            return [Span(start, end) for start, end in connection.execute(chosen)]

    def state(self) -> object:
        """Something that differs whenever the archive was written to."""
        return overview.state(self.archive)

    def decided(self) -> None:
        """A person decided something: every count is to be made anew at once."""
        with self._lock:
            self._kept.clear()


def desk_of(request: Request) -> Desk:
    """The desk that answers a request."""
    desk: Desk = request.app.state.desk
    return desk
