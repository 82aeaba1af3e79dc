"""What an address asks for: states, days, kinds of acts, which page. The same words on every page."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Query

from communique.archive.query import Filters
from communique.cli.shared import day
from communique.cli.states import codes
from communique.errors import UsageError

PER_PAGE, MOST_PER_PAGE = 50, 5_000


@dataclass(frozen=True, slots=True)
class Paging:
    """Which part of a list."""

    page: int
    size: int

    @property
    def offset(self) -> int:
        """How many are left out before it."""
        return (self.page - 1) * self.size

    def of(self, total: int) -> dict[str, Any]:
        """Where we are, for the page and its twins."""
        pages = max(1, -(-total // self.size))
        return {"total": total, "page": self.page, "pages": pages, "size": self.size}


def paging(
    page: Annotated[int, Query(ge=1, le=1_000_000, description="Which page of the list, from 1.")] = 1,
    size: Annotated[int, Query(ge=1, le=MOST_PER_PAGE, description="How many on a page.")] = PER_PAGE,
) -> Paging:
    """Which part of a list is asked for."""
    return Paging(page, size)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list is narrowed to, as it was written, and as filters."""

    states: tuple[str, ...]
    since: dt.date | None
    until: dt.date | None
    event: tuple[str, ...]
    stance: tuple[str, ...]
    status: str | None
    undated: bool
    written: dict[str, Any]

    def filters(self, **more: Any) -> Filters:
        """As the archive takes them."""
        return Filters(
            between=self.states,
            event=self.event,
            stance=self.stance,
            since=self.since,
            until=self.until,
            undated=self.undated,
            **more,
        )

    @property
    def narrowed(self) -> bool:
        """Whether anything is narrowed at all."""
        return bool(self.states or self.since or self.until or self.event or self.stance or self.status)


def asked(
    state: Annotated[
        list[str] | None, Query(description="Codes or names of states or bodies; two: between them.")
    ] = None,
    since: Annotated[str | None, Query(alias="from", description="From then on: 2019, 2019-06, 2019-06-05.")] = None,
    until: Annotated[str | None, Query(alias="to", description="Up to and including then.")] = None,
    event: Annotated[list[str] | None, Query(description="PLOVER events: CONSULT, SANCTION.")] = None,
    stance: Annotated[list[str] | None, Query(description="actual, planned, possible, denied ...")] = None,
    status: Annotated[str | None, Query(description="single, corroborated, disputed or superseded.")] = None,
    undated: Annotated[bool, Query(description="With from or to: also what has no date.")] = False,
) -> Asked:
    """What the address asks for. Raises UsageError for a state nobody knows and for a day that is none."""
    named = words(state)
    return Asked(
        codes(named),
        bound(since, "from"),
        bound(until, "to", last=True),
        tuple(word.upper() for word in words(event)),
        words(stance),
        status or None,
        undated,
        {"state": named, "from": since or "", "to": until or "", "event": words(event), "stance": words(stance),
         "status": status or "", "undated": undated},
    )  # fmt: skip


def bound(given: str | None, name: str, *, last: bool = False) -> dt.date | None:
    """A day of an address; None where the field was left empty."""
    return day(given.strip(), name, last=last) if given and given.strip() else None


def words(given: list[str] | None) -> tuple[str, ...]:
    """The values of a field that may be repeated or hold commas, without empty ones."""
    return tuple(word.strip() for one in given or () for word in one.split(",") if word.strip())


def pair_of(first: str, second: str) -> tuple[str, str]:
    """The codes of a pair. Raises UsageError where it is none."""
    found = codes([first, second])
    if len(found) < 2:
        raise UsageError("a pair needs two different states", where=f"{first}, {second}", advice="As in: China, Russia")
    return found[0], found[1]
