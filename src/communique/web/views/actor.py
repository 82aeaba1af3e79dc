"""An actor: a state, body or person, with whom it has to do, and what is told of it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from fastapi import APIRouter, Depends

from communique.archive.query import Filters
from communique.errors import UsageError
from communique.export.brief import wording
from communique.web import answers, present
from communique.web.asked import Paging, paging
from communique.web.desk import Desk, desk_of
from communique.web.pages import Page, add
from communique.web.queries import actors, listed

router = APIRouter()


def actor(name: str, desk: Desk = Depends(desk_of), paged: Paging = Depends(paging)) -> Page:
    """A state or body by code, or anybody by the name that the archive gives them: partners, offices, acts."""
    counting, register = False, desk.register()
    if register is not None and listed.answers(Filters(between=(name,))):
        about = desk.kept(f"actor {name}", lambda: actors.of_state(desk.archive, register, name))
    elif desk.large and listed.answers(Filters(between=(name,))):  # soon, when the register is made
        about, counting = actors.unknown(name), True
    else:
        about = desk.kept(f"actor {name}", lambda: actors.about(desk.archive, name))
    if about is None:
        raise UsageError("no document names this actor", where=name, advice="Search for the name")
    filters = Filters(between=(name,))
    total = desk.count_records(filters)
    told = desk.page_records(filters, limit=paged.size, offset=paged.offset)
    rows, flat = present.table([(each.event, each.document) for each in told])
    data = {"ready": not counting, **asdict(about), **paged.of(total), "records": rows}
    context: dict[str, Any] = {
        "about": about,
        "counting": counting,
        "shown": wording.state(about.name),
        "told": [(each, present.row(each.event, each.document)) for each in told],
    }
    return Page("actor.html.j2", context["shown"], data, flat, context, refresh=3 if counting else None)


add(router, "/actor/{name}", actor, "One actor", answers.ACTOR)
