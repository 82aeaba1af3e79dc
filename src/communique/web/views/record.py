"""One record: what each source says of one act, field by field, beside the sources themselves with the words marked."""

from __future__ import annotations

import json
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query

from communique.archive import codec
from communique.archive.write import date_of
from communique.errors import UsageError
from communique.export.plover import to_json
from communique.model import Document, Event, Record, Span
from communique.web import answers, present, words
from communique.web.desk import Desk, desk_of
from communique.web.pages import Page, add
from communique.web.queries import records as recorded
from communique.web.queries import stories
from communique.web.views.disagreements import differences
from communique.web.views.item import evidence, facts, just_made
from communique.web.views.promised import promised

router = APIRouter()
SHOWN = 8  # tellings that are shown with their whole page; the others with their sentence
LABELS = {"said by": "said by", "actor": "acts", "recipient": "is acted on"}


def record(
    id: str,
    desk: Desk = Depends(desk_of),
    judged: Annotated[str | None, Query(max_length=16, description="The judgement just made.")] = None,
) -> Page:
    """One act with every value that any report gives for it, and who gives it."""
    found = recorded.record(desk.archive, id)
    if found is None:
        raise UsageError(
            "no record has this id",
            where=id,
            advice="Records are made anew when reports come in: look for it in the list",
        )
    told = recorded.tellings(desk.archive, found)
    if not told and found.members and recorded.is_figure(desk.archive, found.id):
        raise UsageError(
            "no act has this id: it is the record of a quantity",
            where=id,
            advice=f"Each report of it has a page: /item/figure/{found.members[0]}",
        )
    if not told:
        raise UsageError("no document has this record any more", where=id, advice="Look for it in the list of records")
    main = min(told, key=lambda each: _vague(each[0]))
    rows, flat = present.table(list(told))
    made = [
        each
        for each in desk.archive.judgements()
        if found.id in each.subjects or set(found.members) & set(each.subjects)
    ]
    sentences: dict[str, list[Span]] = {}
    for event, document in told[:SHOWN]:
        sentences.setdefault(document.key, []).append(event.sentence)
    promises = promised(desk, sorted(sentences), sentences)
    context: dict[str, Any] = {
        "record": found,
        "row": present.row(*main),
        "main": main[0],
        "facts": facts(main[0]),
        "people": present.people(main[0]),
        "when": present.dates(main[0].date),
        "fields": fields(found, told),
        "tellings": [telling(desk, event, document) for event, document in told[:SHOWN]],
        "more": [present.row(event, document) for event, document in told[SHOWN:]],
        "judged": [each for each in made if each.id != judged],
        "last": just_made(desk, judged),
        "differences": differences(desk, found),
        "links": linked(desk, found),
        "promised": promises,
        "story": stories.of_record(desk.archive, found.id),
        "sources": sorted({document.source or "outlet not named" for _, document in told}),
    }
    data = {
        "record": json.loads(codec.dump(found)),
        "tellings": [to_json(*each) for each in told],
        "pledges": [entry["row"] for entry in promises["entries"]] if promises is not None else None,
    }
    refresh = 3 if promises is None else None
    return Page("record.html.j2", context["row"].what, data, flat or rows, context, refresh=refresh)


def linked(desk: Desk, found: Record) -> list[dict[str, str]]:
    """Records that this one hangs together with: what carries out a promise, what denies it."""
    told = {each.id: each for each in recorded.by_ids(desk.archive, [link.record for link in found.links])}
    return [
        {"relation": link.relation, "record": link.record, "what": present.what(told[link.record].event)}
        for link in found.links
        if link.record in told
    ]


def telling(desk: Desk, event: Event, document: Document) -> dict[str, Any]:
    """One report's telling with its page."""
    return {
        "event": event,
        "row": present.row(event, document),
        "people": present.people(event),
        "when": present.dates(date_of(event)),
        **evidence(desk, event, document),
    }


def fields(found: Record, told: list[tuple[Event, Document]]) -> list[dict[str, Any]]:
    """For each field the values given, each with the outlets that give it; contested where there are several."""
    names = {document.key: document.source or document.title or document.id for _, document in told}
    held: dict[str, dict[str, list[str]]] = {}
    for field, value, key in found.values:
        who = names.get(key, "another report")
        places = held.setdefault(field, {}).setdefault(value, [])
        if who not in places:
            places.append(who)
    return [
        {
            "field": LABELS.get(field, field),
            "values": [
                (words.stance(value) if field == "stance" else value, sources) for value, sources in each.items()
            ],
            "contested": field in ("stance", "date", "place", "mode") and len(each) > 1,
        }
        for field, each in held.items()
    ]


def _vague(event: Event) -> float:
    when = event.date
    return (when.latest - when.earliest).days if when.earliest and when.latest else float("inf")


add(router, "/record/{id}", record, "One record with its evidence", answers.RECORD)
