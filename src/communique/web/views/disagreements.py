"""Where sources disagree: which two values, who gives which, and what that means."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Depends

from communique.model import Claim, Record
from communique.web import answers, present
from communique.web.asked import Asked, Paging, asked, paging
from communique.web.desk import Desk, desk_of
from communique.web.pages import Page, add
from communique.web.queries import records as recorded

router = APIRouter()


def disagreements(
    desk: Desk = Depends(desk_of), wanted: Asked = Depends(asked), paged: Paging = Depends(paging)
) -> Page:
    """Acts whose reports contradict each other, or of which a later report replaces an earlier one."""
    status = wanted.status if wanted.status in ("disputed", "superseded") else "disputed"
    filters = wanted.filters()
    total = desk.count_records(filters, status)
    told = desk.page_records(filters, status, limit=paged.size, offset=paged.offset)
    shown, rows = [], []
    for each in told:
        record = recorded.record(desk.archive, each.id)
        found = differences(desk, record) if record else []
        shown.append((each, present.row(each.event, each.document), found))
        rows += [{"record": each.id, "event": each.event.event, "what": shown[-1][1].what} | flat(one) for one in found]
    data = {**paged.of(total), "status": status, "disagreements": rows}
    context = {"shown": shown, "wanted": wanted.written | {"status": status}, "status": status}
    return Page("disagreements.html.j2", "Disagreements", data, rows, context)


def differences(desk: Desk, record: Record) -> list[dict[str, Any]]:
    """The disagreements of a record with the outlets that give each value."""
    return [
        {
            "field": each.field,
            "verdict": each.verdict,
            "first": claim(desk, each.first),
            "second": claim(desk, each.second),
        }
        for each in record.disagreements
    ]


def claim(desk: Desk, given: Claim) -> dict[str, Any]:
    """A value with who gives it; each links to its sentence."""
    said = []
    for identifier, key in given.said_by:
        document = desk.archive.document(key)
        said.append({"id": identifier, "key": key, "outlet": document.source or document.title or document.id})
    return {"value": given.value, "said_by": said}


def flat(one: dict[str, Any]) -> dict[str, Any]:
    """A disagreement as one row."""
    row = {"field": one["field"], "verdict": one["verdict"]}
    for side in ("first", "second"):
        row[side] = one[side]["value"]
        row[f"{side}_said_by"] = [each["outlet"] for each in one[side]["said_by"]]
    return row


add(router, "/disagreements", disagreements, "Where sources disagree", answers.DISAGREEMENTS, menu="Disagreements")
