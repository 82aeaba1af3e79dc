"""The desk behind the pages: its archive, what it counted, and the reads that it started."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any, TypeVar

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
SLOW = 0.2  # seconds


class Desk:
    """One archive, open for as long as the desk runs."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.archive = Archive(options.archive, create=True)
        tune(self.archive)
        self.reads = Reads(options)
        self._kept: dict[str, tuple[float, float, object, Any]] = {}
        self._lock = threading.Lock()
        self._busy: set[str] = set()

    def warm(self) -> None:
        """Counts in the background what is dear to count, so that the first page need not wait for it."""
        threading.Thread(target=self.pairs, daemon=True).start()
        if not self.options.readonly and overview.unmerged(self.archive):
            self.reads.start([], self.decided)  # an interrupted run, or an archive of an older layout

    def pairs(self) -> overview.Pairs:
        """All pairs, as last counted."""
        return self.kept("pairs", lambda: overview.pairs(self.archive))

    def acts(self) -> tuple[Act, ...]:
        """Every act of the archive, as last read."""
        return self.kept("acts", lambda: tuple(read.acts(self.archive)))

    def close(self) -> None:
        """Stops the reads and lets go of the archive."""
        self.reads.close()
        self.archive.close()

    def kept(self, name: str, make: Callable[[], T]) -> T:
        """An answer about the whole archive: made once for each state of the archive, and anew in the background
        where it is dear, so that no page waits for it twice.
        """
        state = self.state()
        now = time.monotonic()
        with self._lock:
            held = self._kept.get(name)
            if held is not None:
                made, cost, at_state, value = held
                if at_state == state or now - made < (PATIENT if cost > SLOW else FRESH):
                    return value  # type: ignore[no-any-return]
                if cost > SLOW:  # an older answer now, the new one for the next page
                    if name not in self._busy:
                        self._busy.add(name)
                        threading.Thread(target=self._make, args=(name, make, state), daemon=True).start()
                    return value  # type: ignore[no-any-return]
        return self._make(name, make, state)

    def _make(self, name: str, make: Callable[[], T], state: object) -> T:
        begun = time.monotonic()
        try:
            value = make()
            with self._lock:
                self._kept[name] = (time.monotonic(), time.monotonic() - begun, state, value)
                while len(self._kept) > 256:
                    del self._kept[min(self._kept, key=lambda each: self._kept[each][0])]
        finally:
            with self._lock:
                self._busy.discard(name)
        return value

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
