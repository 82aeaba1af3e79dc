"""Search: words and filters, with how many articles there are by year, outlet and state."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query

from communique.errors import UsageError
from communique.export.brief import wording
from communique.web import answers
from communique.web.asked import Paging, bound, paging, words
from communique.web.desk import Desk, desk_of
from communique.web.pages import Page, add
from communique.web.queries import found as finding
from communique.web.text import Mark, pieces

router = APIRouter()
MARKS = 30  # places of the words in a sentence that an article is opened with


def search(
    desk: Desk = Depends(desk_of),
    paged: Paging = Depends(paging),
    q: Annotated[
        str, Query(max_length=400, description='All of these; "a phrase", begin*, one OR other, -without.')
    ] = "",
    source: Annotated[list[str] | None, Query(description="Only these outlets.")] = None,
    state: Annotated[list[str] | None, Query(description="Only articles with acts of these states.")] = None,
    since: Annotated[str | None, Query(alias="from", description="Published from then on.")] = None,
    until: Annotated[str | None, Query(alias="to", description="Published up to then.")] = None,
) -> Page:
    """Articles that hold the words, best first, each with the sentence that holds most of them; counts by facet."""
    from communique.cli.states import codes

    written = {"q": q, "source": words(source), "state": words(state), "from": since or "", "to": until or ""}
    where = finding.Where(
        tuple(words(source)), codes(words(state)), bound(since, "from"), bound(until, "to", last=True)
    )
    context: dict[str, Any] = {"wanted": written, "hits": [], "facets": None, "problem": None}
    if not q.strip():
        return Page("search.html.j2", "Search", {"q": "", "total": 0, "hits": []}, [], context | paged.of(0))
    size = min(paged.size, 200)
    try:
        register = desk.register()
        if register is None:  # it is being made: seconds, once
            page = Page(
                "search.html.j2", "Search", {"q": q, "total": 0, "hits": []}, [], context | paged.of(0), refresh=3
            )
            page.context["problem"] = UsageError(
                "the desk is getting this archive ready", advice="This page shows what it finds in a moment"
            )
            return page
        answer = finding.find(desk.archive, register, q, where, limit=size, offset=(paged.page - 1) * size)
    except UsageError as fault:
        context["problem"] = fault
        return Page("search.html.j2", "Search", {"q": q, "total": 0, "hits": []}, [], context | paged.of(0))
    hits = []
    for hit in answer.hits:
        marks = [Mark(span, "found") for span in hit.words]
        hits.append(
            {
                "key": hit.document.key,
                "title": hit.document.title or hit.document.id,
                "outlet": hit.document.source or "outlet not named",
                "date": wording.date(hit.document.published),
                "find": [f"{span.start}-{span.end}" for span in hit.words[:MARKS]],
                "sentence": hit.sequence,
                "text": hit.text,
                "score": round(hit.score, 4),
                "pieces": list(pieces(hit.document.text, hit.sentence, marks)) if len(hit.text) < 2_000 else None,
            }
        )
    rows = [{name: value for name, value in hit.items() if name != "pieces"} for hit in hits]
    numbers = {**paged.of(answer.total), "size": size, "pages": max(1, -(-answer.total // size))}
    data = {"q": q, **numbers, "facets": answer.facets, "hits": rows}
    context |= {"hits": hits, "facets": answer.facets, "counted": answer.counted, "ranked": answer.ranked, **numbers}
    return Page("search.html.j2", f"Search: {q}", data, rows, context)


add(router, "/search", search, "Search articles", answers.SEARCH, menu="Search")
