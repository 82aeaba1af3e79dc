"""Stories: the occasions that records belong to, each with its acts and its articles."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Depends

from communique.errors import UsageError
from communique.export.brief import wording
from communique.model import Story, When
from communique.web import answers, present
from communique.web.asked import Asked, Paging, asked, paging
from communique.web.desk import Desk, desk_of
from communique.web.pages import Page, add
from communique.web.queries import records as recorded
from communique.web.queries import stories as telling

router = APIRouter()
FEW = 12  # articles that are listed at once; more are folded


def stories(desk: Desk = Depends(desk_of), wanted: Asked = Depends(asked), paged: Paging = Depends(paging)) -> Page:
    """Occasions, the last first: a visit with its talks, signings and words is one."""
    where = telling.Where(wanted.states, wanted.since, wanted.until)
    total = desk.kept(f"stories {where}", lambda: telling.count(desk.archive, where, desk.register()))
    found = telling.page(desk.archive, where, limit=paged.size, offset=paged.offset, register=desk.register())
    rows = [row(story) for story in found]
    data = {**paged.of(total), "stories": rows}
    return Page("stories.html.j2", "Stories", data, rows, {"stories": rows, "wanted": wanted.written})


def story(id: str, desk: Desk = Depends(desk_of), paged: Paging = Depends(paging)) -> Page:
    """One occasion with its acts in order of time, a page at a time, and the articles that tell it."""
    found = telling.one(desk.archive, id)
    if found is None:
        raise UsageError("no story has this id", where=id, advice="Stories are made anew when reports come in")
    told = recorded.by_ids(desk.archive, list(found.records))
    told.sort(key=lambda each: each.event.date.earliest is None and each.event.date.latest is None)
    total = len(told)
    told = told[paged.offset : paged.offset + paged.size]
    rows, flat = present.table([(each.event, each.document) for each in told])
    documents = [desk.archive.document(key) for key in found.documents]
    data = {"story": row(found), **paged.of(total), "records": rows}
    context: dict[str, Any] = {
        "story": row(found),
        "told": [(each, present.row(each.event, each.document)) for each in told],
        "few": FEW,
        "documents": [
            {
                "key": each.key,
                "title": each.title or each.id,
                "source": each.source or "outlet not named",
                "date": wording.date(each.published),
            }
            for each in documents
        ],
    }
    return Page("story.html.j2", found.title, data, flat, context)


def row(story: Story) -> dict[str, Any]:
    """A story in short."""
    when = When(story.earliest, story.latest, "day" if story.earliest == story.latest else "interval")
    return {
        "id": story.id,
        "title": story.title,
        "date": wording.date(when),
        "earliest": story.earliest.isoformat() if story.earliest else None,
        "latest": story.latest.isoformat() if story.latest else None,
        "records": len(story.records),
        "articles": len(story.documents),
    }


add(router, "/stories", stories, "Stories: the occasions of the records", answers.STORIES, menu="Stories")
add(router, "/story/{id}", story, "One story", answers.STORY)
