"""The brief of a pair, on a page of its own, and to take away as Markdown or as one HTML file."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from fastapi.responses import Response

from communique.export import brief as briefing
from communique.export.brief import wording
from communique.export.brief.nouns import Brief, Evidence
from communique.web import answers, words
from communique.web.asked import bound, pair_of
from communique.web.desk import Desk, desk_of
from communique.web.pages import PLAIN, Page, add

router = APIRouter()
Since = Annotated[str | None, Query(alias="from", description="From then on: 2019, 2019-06, 2019-06-05.")]
Until = Annotated[str | None, Query(alias="to", description="Up to and including then.")]
WIDE = 2_000  # characters on either side of the words that the page quotes
ENDINGS = {"html": ("html", "text/html; charset=utf-8"), "md": ("markdown", "text/markdown; charset=utf-8")}


def brief(
    first: str,
    second: str,
    desk: Desk = Depends(desk_of),
    since: Since = None,
    until: Until = None,
) -> Page:
    """The sourced brief of two states: summary, timeline, figures, quotes, and what is not known."""
    import json

    from communique.export.brief import data as as_data

    pair = pair_of(first, second)
    start, end = bound(since, "from"), bound(until, "to", last=True)
    name = f"brief {pair} {start} {end}"

    def make() -> Brief:
        return briefing.make(desk.archive, *pair, start, end)

    # its ledger reads every article that names both: of a large archive no page waits for that
    made = desk.ready(name, make) if desk.large else desk.kept(name, make)
    written = {"from": since or "", "to": until or ""}
    if made is None:
        title = " and ".join(wording.state(code) for code in pair)
        waiting: dict[str, Any] = {"ready": False, "pair": list(pair), "names": [wording.state(code) for code in pair]}
        waiting |= {"asked": None, "summary": [], "sections": [], "series": {}, "sources": []}
        context: dict[str, Any] = {"brief": None, "about": title, "pair": pair, "wanted": written}
        return Page("brief.html.j2", f"{title}: a sourced brief", waiting, [], context, refresh=3)
    data = {"ready": True} | json.loads(as_data.render(made))
    rows = [
        {
            "section": section["title"],
            "date": line["date"],
            "text": line["text"],
            "words": line["words"],
            "record": line["record"],
            "sources": [each["reference"] for each in line["evidence"]],
        }
        for section in data["sections"]
        for line in section["lines"]
    ]
    context = {"around": around, "brief": made, "about": made.title, "pair": pair, "wanted": written}
    return Page("brief.html.j2", f"{made.title}: a sourced brief", data, rows, context)


def around(evidence: Evidence) -> tuple[str, str, str, str, str]:
    """Before the sentence, the sentence before, in and after its words, and after it, long ones cut."""
    head, marked, rest = evidence.pieces()
    return (
        _end(evidence.before),
        _end(head) if marked else words.shorten(head, WIDE),
        words.shorten(marked, WIDE),
        _head(rest),
        _head(evidence.after),
    )


def _end(text: str) -> str:
    return text if len(text) <= WIDE else f"… {text[-WIDE:].partition(' ')[2]}"


def _head(text: str) -> str:
    return text if len(text) <= WIDE else f"{text[:WIDE].rpartition(' ')[0]} …"


@router.get("/brief/{first}/{second}/file.{ending}", tags=["tables"], summary="The brief as a file", responses=PLAIN)
def file(
    first: str,
    second: str,
    ending: str,
    desk: Desk = Depends(desk_of),
    since: Since = None,
    until: Until = None,
) -> Response:
    """The brief as one Markdown (md) or HTML (html) file that needs nothing else."""
    from communique.errors import UsageError

    if ending not in ENDINGS:
        raise UsageError("a brief has no such form", where=ending, advice="It is to be had as md or html")
    pair = pair_of(first, second)
    form, kind = ENDINGS[ending]
    text = briefing.render(desk.archive, *pair, bound(since, "from"), bound(until, "to", last=True), form)
    name = f"brief-{pair[0]}-{pair[1]}.{ending}"
    return Response(text, media_type=kind, headers={"content-disposition": f'attachment; filename="{name}"'})


add(router, "/brief/{first}/{second}", brief, "The sourced brief of a pair", answers.BRIEF)
