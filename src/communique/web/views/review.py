"""Review: what matters and is least sure first, one key for each verdict, everything undone at will."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Query, Request
from fastapi.responses import RedirectResponse, Response

from communique import merge
from communique.archive import codec
from communique.cli.shared import day
from communique.cli.states import codes
from communique.errors import UsageError
from communique.merge.wishes import find
from communique.model import Event, Judgement
from communique.web import answers, present
from communique.web.asked import Paging, paging
from communique.web.desk import Desk, desk_of
from communique.web.errors import Refusal
from communique.web.pages import Page, add
from communique.web.queries import queue
from communique.web.queries import records as recorded
from communique.web.security import check_form
from communique.web.views.item import evidence, facts, judgement_words, just_made

router = APIRouter()
REASON = "decided at the desk"


def review(
    desk: Desk = Depends(desk_of),
    skip: Annotated[int, Query(ge=0, le=100_000, description="How many of the queue to pass over.")] = 0,
    judged: Annotated[str | None, Query(max_length=16, description="The judgement just made.")] = None,
) -> Page:
    """The next thing to look at: an event with its evidence, or two reports that were taken to tell the same."""
    waiting = desk.kept("queue", lambda: queue.waiting(desk.archive))
    decided = queue.decided(desk.archive)
    left = [each for each in waiting if not decided & {each.id, *each.events}]
    entry = left[skip] if skip < len(left) else None
    data: dict[str, Any] = {
        "waiting": len(left),
        "skip": skip,
        "next": {"id": entry.id, "kind": entry.kind, "events": list(entry.events), "why": entry.why} if entry else None,
    }
    context: dict[str, Any] = {
        "entry": entry,
        "told": _shown(desk, entry.events) if entry else [],
        "last": just_made(desk, judged),
        "next": f"/review?skip={skip}" if skip else "/review",
        "made": len(desk.archive.judgements()),
    }
    rows = [{"id": each.id, "kind": each.kind, "why": each.why, "events": list(each.events)} for each in left[:500]]
    return Page("review.html.j2", "Review", data, rows, context)


def judgements(desk: Desk = Depends(desk_of), paged: Paging = Depends(paging)) -> Page:
    """Every decision, the last first, those taken back too."""
    force = {each.id for each in desk.archive.judgements()}
    everything = desk.archive.judgements(undone=True)[::-1]
    shown = everything[paged.offset : paged.offset + paged.size]
    rows = [json.loads(codec.dump(each)) | {"in_force": each.id in force} for each in shown]
    made = [
        {"row": row, "words": judgement_words(each), "at": each.at.isoformat()}
        for row, each in zip(rows, shown, strict=True)
    ]
    data = {**paged.of(len(everything)), "judgements": rows}
    return Page("judgements.html.j2", "Judgements", data, rows, {"made": made})


def _shown(desk: Desk, events: Sequence[str]) -> list[dict[str, Any]]:
    found = []
    for identifier in events:
        item, document = desk.archive.get(identifier)
        if isinstance(item, Event) and document is not None:
            found.append(
                {
                    "row": present.row(item, document),
                    "facts": facts(item),
                    "people": present.people(item),
                    "when": present.dates(item.date),
                    **evidence(desk, item, document),
                }
            )
    return found


@router.post("/judge", include_in_schema=False)
def judge(
    request: Request,
    desk: Desk = Depends(desk_of),
    form: Annotated[str, Form(max_length=200)] = "",
    verdict: Annotated[str, Form(max_length=20)] = "",
    ids: Annotated[list[str] | None, Form()] = None,
    actor: Annotated[str, Form(max_length=80)] = "",
    instead_of: Annotated[str, Form(max_length=300)] = "",
    date: Annotated[str, Form(max_length=10)] = "",
    reason: Annotated[str, Form(max_length=1_000)] = "",
    next: Annotated[str, Form(max_length=500)] = "/review",
) -> Response:
    """Keeps a decision and makes everything that rests on it anew."""
    check_form(request, form)
    _writable(desk)
    if verdict not in ("right", "wrong", "same", "different"):
        raise UsageError("is no verdict", where=verdict or None, advice="Verdicts are right, wrong, same, different")
    made = merge.judge(
        desk.archive,
        verdict,  # type: ignore[arg-type]
        ids or [],
        reason=reason.strip() or REASON,
        by=desk.options.by,
        actor=codes([actor])[0] if actor.strip() else None,
        instead_of=instead_of.strip() or None,
        date=day(date.strip(), "date") if date.strip() else None,
    )
    desk.decided()
    return RedirectResponse(_back(desk, made, next), 303)


@router.post("/undo", include_in_schema=False)
def undo(
    request: Request,
    desk: Desk = Depends(desk_of),
    form: Annotated[str, Form(max_length=200)] = "",
    id: Annotated[str, Form(max_length=40)] = "",
    next: Annotated[str, Form(max_length=500)] = "/review",
) -> Response:
    """Takes a decision back."""
    check_form(request, form)
    _writable(desk)
    made = merge.undo(desk.archive, id)
    desk.decided()
    return RedirectResponse(_back(desk, made, next).partition("?judged")[0], 303)


def _writable(desk: Desk) -> None:
    if desk.options.readonly:
        raise Refusal(403, "this desk only shows", "Start it without --readonly to decide")


def _back(desk: Desk, made: Judgement, target: str) -> str:
    """Where the form came from. What was judged may have another id now: it is found again where it stands."""
    if not target.startswith("/") or target.startswith(("//", "/\\")):
        target = "/review"  # nowhere but on this desk
    if target.startswith(("/item/", "/record/")):
        anchors = [anchor for subject in made.anchors for anchor in subject]
        with desk.archive.reading() as connection:
            found = [event for anchor in anchors for _, event in find(connection, anchor)]
        if found:
            record = recorded.of_event(desk.archive, found[0]) if target.startswith("/record/") else None
            target = f"/record/{record}" if record else f"/item/event/{found[0]}"
    return f"{target}{'&' if '?' in target else '?'}judged={made.id}"


add(router, "/review", review, "What to look at next", answers.REVIEW, menu="Review")
add(router, "/judgements", judgements, "What was decided", answers.JUDGEMENTS)
