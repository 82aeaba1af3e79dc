"""The desk behind the pages: its archive, what it counted, and the reads that it started."""

from __future__ import annotations

import logging
import math
import sqlite3
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, TypeVar, cast

import sqlalchemy as sa
from starlette.requests import Request

from communique.archive import Archive, Filters, rebuild, schema
from communique.errors import CommuniqueError
from communique.model import Document, Item, Span
from communique.web import apart
from communique.web.options import Options
from communique.web.queries import listed, overview
from communique.web.queries import records as recorded
from communique.web.queries.tune import tune
from communique.web.reading import Reads
from communique.web.register import Register

T = TypeVar("T")
log = logging.getLogger("communique")
FRESH = 2.0  # seconds for which an answer about a changing archive is good enough
PATIENT = 30.0  # the same for answers that cost more than SLOW to find
SLOW = 0.25  # seconds
RARELY = 10  # times its cost that such an answer stands
KEPT = 256  # answers
FEW_KEPT = 16  # things that pages made of them
SMALL = 2_000  # documents of an archive whose register is made while the desk starts


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
        self._closing = False
        self.large = overview.size(self.archive) > SMALL
        self.reads = Reads(options)
        self._apart = apart.Apart(options.archive)
        self._register = Register(self.archive, documents=overview.size(self.archive))
        self._followed: object = None  # the state of the archive that the register is of
        self._followed_at = 0.0
        self._following = threading.Lock()
        self._kept: dict[str, _Held] = {}
        self._turns: dict[str, threading.Lock] = {}
        self._lock = threading.Lock()
        self._once: dict[str, tuple[Any, Any]] = {}  # what pages make of kept answers
        self._busy: set[str] = set()
        self._patient: set[str] = set()  # answers that may be of an older state

    def warm(self) -> None:
        """Counts in the background what is dear to count, so that the first page need not wait for it."""
        if self.large:
            threading.Thread(target=self._begin, daemon=True).start()
        else:
            self._follow()
        self.pairs()
        if not self.options.readonly and overview.unmerged(self.archive):
            self.reads.start([], self.decided)  # an interrupted run, or an archive of an older layout

    def _begin(self) -> None:
        self.held()
        self._follow()
        self.pairs()

    def held(self) -> overview.Held:
        """How much the archive holds, as last counted."""
        return self.kept("held", lambda: overview.held(self.archive))

    def _follow(self) -> None:
        """Brings the register up to the archive, unless that is under way."""
        if self._following.acquire(blocking=False):
            try:
                state = self.state()
                self._register.refresh()
                self._followed, self._followed_at = state, time.monotonic()
            finally:
                self._following.release()

    def register(self) -> Register | None:
        """The register as far as it is good enough; None while it is made for the first time."""
        if self._register.ready and self.state() != self._followed:
            age = time.monotonic() - self._followed_at
            if self._register.taken <= SLOW:
                if age > FRESH:
                    self._follow()
            elif age > PATIENT and not self._following.locked():
                threading.Thread(target=self._follow, daemon=True).start()
        if not self._register.ready and not self._following.locked():  # it could not be made, or was damaged
            if time.monotonic() - self._followed_at > PATIENT:
                threading.Thread(target=self._follow, daemon=True).start()
        return self._register if self._register.ready else None

    def count_records(self, filters: Filters, status: str | None = None) -> int:
        """How many records fit, as last counted."""
        return self.kept(
            f"records {filters} {status}",
            lambda: recorded.count(self.archive, filters, status, register=self.register()),
        )

    def page_records(
        self, filters: Filters, status: str | None = None, *, newest: bool = True, limit: int, offset: int = 0
    ) -> list[recorded.Told]:
        """One page of the records that fit, by day."""
        return recorded.page(
            self.archive, filters, status=status, newest=newest, limit=limit, offset=offset, register=self.register()
        )

    def count_items(self, kind: str, filters: Filters) -> int:
        """How many items fit, as last counted."""

        def count() -> int:
            register = self.register()
            if register is not None and listed.answers(filters):
                return listed.count_items(register, kind, filters)
            return self.archive.count(kind, **_given(filters))

        return self.kept(f"{kind} {filters}", count)

    def page_items(self, kind: str, filters: Filters) -> list[tuple[Item, Document]]:
        """One page of the items that fit, by day, each with its document."""
        register = self.register()
        if register is None or not listed.answers(filters):
            return list(self.archive.items(kind, **_given(filters)).pairs())
        numbers = listed.items(register, kind, filters)
        table = schema.ITEMS[kind].c
        rows: dict[int, tuple[str, str]] = {}
        with self.archive.reading() as connection:
            for at in range(0, len(numbers), recorded.PART):
                chosen = sa.select(table.number, table.document, table.body).where(
                    table.number.in_(numbers[at : at + recorded.PART])
                )
                rows |= {row.number: (row.document, row.body) for row in connection.execute(chosen)}
        held = [rows[number] for number in numbers if number in rows]
        return [(rebuild.item(kind, body), self.archive.document(key)) for key, body in held]

    def pairs(self) -> overview.Pairs | None:
        """All pairs, as last counted; None while they are counted for the first time."""
        register = self.register()
        if register is None:
            return None
        return self.ready("pairs", lambda: overview.pairs(register))

    def worked(self, task: str, *, beside: bool = False, **given: Any) -> Any:
        """What one of apart.TASKS gives; of a large archive None while a process of its own is at it. beside: also of
        a small one no page waits for it.
        """
        name = f"{task} {given}"
        if self.large:
            return self.ready(name, lambda: self._apart.run(task, given), wait=0)  # a process takes longer to start
        if beside:
            return self.ready(name, lambda: apart.work(self.archive, task, given))
        return self.kept(name, lambda: apart.work(self.archive, task, given))

    def once(self, name: str, answer: Any, make: Callable[[], T]) -> T:
        """What a page makes of a kept answer: made once for it, and let go of when there is another answer."""
        with self._lock:
            held = self._once.get(name)
        if held is None or held[0] is not answer:
            held = (answer, make())
            with self._lock:
                self._once.pop(name, None)
                self._once[name] = held
                while len(self._once) > FEW_KEPT:
                    del self._once[next(iter(self._once))]
        return cast("T", held[1])

    def close(self) -> None:
        """Stops the reads and lets go of the archive."""
        self._closing = True
        self.reads.close()
        self._apart.close()
        self._register.close()
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

    def ready(self, name: str, make: Callable[[], T], wait: float = SLOW) -> T | None:
        """The same, but None where it is not there within `wait` seconds: it is made in the background for the next
        page.
        """
        state = self.state()
        self._patient.add(name)
        held = self._fresh(name, state)
        if held is None or held.old:
            thread = self._behind(name, make, state)
            if held is None and thread is not None:
                thread.join(wait)
                held = self._fresh(name, state)
        return cast("T", held.value) if held is not None else None

    def _fresh(self, name: str, state: object) -> _Held | None:
        """What is kept and still good enough; old where the archive has changed since."""
        with self._lock:
            held = self._kept.get(name)
        if held is None or held.state == state:
            return held
        if time.monotonic() - held.made < (max(PATIENT, RARELY * held.cost) if held.cost > SLOW else FRESH):
            return replace(held, old=False)
        return replace(held, old=True) if held.cost > SLOW else None

    def _behind(self, name: str, make: Callable[[], T], state: object) -> threading.Thread | None:
        """Makes it in the background, once; None where that is under way."""
        with self._lock:
            if name in self._busy:
                return None
            self._busy.add(name)

        def quietly() -> None:
            try:
                self._make(name, make, state)
            except (CommuniqueError, sqlite3.Error) as fault:  # the next page that asks tries again
                if not self._closing:
                    log.warning("%s: %s", name.partition(" ")[0], fault)

        thread = threading.Thread(target=quietly, daemon=True)
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
        if self._register.ready:
            self._follow()
        with self._lock:
            for name in list(self._kept):
                if self.large and name in self._patient:  # shown until it is made anew
                    self._kept[name] = replace(self._kept[name], state=None, made=-math.inf)
                else:
                    del self._kept[name]


def _given(filters: Filters) -> dict[str, Any]:
    return {name: getattr(filters, name) for name in Filters.__dataclass_fields__}


def desk_of(request: Request) -> Desk:
    """The desk that answers a request."""
    desk: Desk = request.app.state.desk
    return desk
