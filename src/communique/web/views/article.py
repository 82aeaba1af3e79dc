"""One article: as it was received, what was left out and why, how it was dated, and all that was read out of it."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from fastapi.responses import PlainTextResponse, Response

from communique.archive.write import kind_of, own_words
from communique.export.brief import wording
from communique.export.plover import document_json, to_json
from communique.merge.passages import Elsewhere, travels
from communique.model import Span, When
from communique.web import answers, present, words
from communique.web.desk import Desk, desk_of
from communique.web.pages import PLAIN, Page, add
from communique.web.text import Mark, blocks
from communique.web.views.promised import promised

router = APIRouter()


def article(
    key: str,
    desk: Desk = Depends(desk_of),
    find: Annotated[
        list[str] | None, Query(description="Spans to mark, as start-end in characters of the text.")
    ] = None,
) -> Page:
    """One document with the spans that are its article and those that are not, its date, and its items."""
    coded = desk.archive.coded(key)
    document = coded.document
    found = list(coded.items())
    asked = [span for span in map(_span, find or ()) if span is not None]
    marks = [Mark(span, "found", "what was looked for") for span in asked]
    for item in found:
        own, _ = own_words(item)
        marks.append(Mark(own, f"k-{kind_of(item)}", f"{kind_of(item)}: {present.what(item)}"))
    shown, rest = blocks(document, coded.sentences, marks)
    rows = [to_json(item, document) for item in found]
    _, flat = present.table([(item, document) for item in found])
    by_sentence: dict[int, list[present.Row]] = {}
    for item in found:
        by_sentence.setdefault(item.sequence, []).append(present.row(item, document))
    revisions = [each for each in desk.archive.revisions(document.id) if each.key != document.key]
    made = promised(desk, [document.key])
    moved = travels(desk.archive, document.key)
    context: dict[str, Any] = {
        "travels": moved,
        "passages": [(" ".join(each.span.cut(document.text).split()), each) for each in moved.passages],
        "document": document,
        "blocks": shown,
        "rest": rest,
        "items": by_sentence,
        "count": {kind: sum(kind_of(item) == kind for item in found) for kind in words.KINDS},
        "published": present.dates(document.published),
        "evidence": [
            (each.kind, wording.date(_when(each)), " ".join(each.text.split())) for each in document.date_evidence
        ],
        "revisions": revisions,
        "promised": made,
    }
    data = {"key": document.key, **document_json(document), "text": document.text, "items": rows}
    data["pledges"] = [entry["row"] for entry in made["entries"]] if made is not None else None
    data["copies"] = {"total": moved.copies, "articles": [named(each) for each in moved.earliest]}
    data["passages"] = [
        {"start": each.span.start, "end": each.span.end, "total": each.documents,
         "articles": [named(other) for other in each.elsewhere]}
        for each in moved.passages
    ]  # fmt: skip
    refresh = 3 if made is None else None
    return Page("article.html.j2", document.title or document.id, data, flat, context, refresh=refresh)


def named(other: Elsewhere) -> dict[str, str]:
    """Another article by its key and its title."""
    return {"key": other.key, "title": other.title or other.id, "outlet": other.source or ""}


def _when(evidence: Any) -> When:
    return When(evidence.earliest, evidence.latest, "day" if evidence.earliest == evidence.latest else "interval")


def _span(given: str) -> Span | None:
    start, _, end = given.partition("-")
    return Span(int(start), int(end)) if start.isdigit() and end.isdigit() and int(start) < int(end) else None


@router.get("/article/{key}.txt", tags=["pages"], summary="The text of a document as it was received", responses=PLAIN)
def text(key: str, desk: Desk = Depends(desk_of)) -> Response:
    """All characters, unchanged: spans of every item count in them."""
    headers = {"content-disposition": f'attachment; filename="{key[:16]}.txt"'}
    return PlainTextResponse(desk.archive.document(key).text, headers=headers)


add(router, "/article/{key}", article, "One document", answers.ARTICLE)
