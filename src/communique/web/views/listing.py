"""Lists: records (each act once) and every kind of item, narrowed by states, days and kinds."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Depends, Query

from communique.errors import UsageError
from communique.export.brief.wording import rules
from communique.web import answers, present, words
from communique.web.asked import Asked, Paging, asked, paging
from communique.web.desk import Desk, desk_of
from communique.web.pages import Page, add

router = APIRouter()


def records(
    desk: Desk = Depends(desk_of),
    wanted: Asked = Depends(asked),
    paged: Paging = Depends(paging),
    order: Annotated[str, Query(description="newest or oldest first.")] = "newest",
) -> Page:
    """Acts, each once however many reports tell it, by date. What has no date of its own stands at the end."""
    filters = wanted.filters()
    total = desk.count_records(filters, wanted.status)
    told = desk.page_records(filters, wanted.status, newest=order != "oldest", limit=paged.size, offset=paged.offset)
    rows, flat = present.table([(each.event, each.document) for each in told])
    heads = [
        {"record": each.id, "status": each.status, "tellings": each.tellings, "outlets": list(each.outlets)}
        for each in told
    ]
    data = {**paged.of(total), "records": [head | {"event": row} for head, row in zip(heads, rows, strict=True)]}
    table = [head | row for head, row in zip(heads, flat, strict=True)]
    context = {
        "told": [(each, present.row(each.event, each.document)) for each in told],
        "wanted": wanted.written,
        "order": order,
        "events": sorted(rules()["events"]),
    }
    return Page("records.html.j2", "Records", data, table, context)


def items(
    kind: str,
    desk: Desk = Depends(desk_of),
    wanted: Asked = Depends(asked),
    paged: Paging = Depends(paging),
) -> Page:
    """Items of one kind as single sentences tell them: events, figures, quotes, assessments, projects or forums."""
    single = next((one for one, many in words.KINDS.items() if many == kind), None)
    if single is None:
        raise UsageError(f"there is no list of {kind}", advice=f"Lists are {', '.join(words.KINDS.values())}")
    filters = wanted.filters()
    if single == "figure" and wanted.status:
        filters = replace(filters, status=(wanted.status,))
    total = desk.count_items(single, filters)
    found = desk.page_items(single, replace(filters, limit=paged.size, offset=paged.offset))
    rows, flat = present.table(found)
    context = {
        "rows": [present.row(item, document) for item, document in found],
        "wanted": wanted.written,
        "kind": single,
        "many": kind,
        "events": sorted(rules()["events"]),
    }
    return Page("items.html.j2", words.KINDS[single].capitalize(), {**paged.of(total), kind: rows}, flat, context)


add(router, "/records", records, "Records: each act once", answers.RECORDS, menu="Records")
add(router, "/list/{kind}", items, "Items of one kind", answers.ITEMS)
