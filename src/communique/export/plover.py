"""The output contract: PLOVER's own field names where it has them, ours where it has none (docs/output.md)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from communique import __version__
from communique.export.dates import date_pair, period
from communique.model import (
    Assessment,
    Attribution,
    Document,
    Event,
    Figure,
    Forum,
    Item,
    Participant,
    Place,
    Project,
    Quote,
    Span,
    When,
)

Json = dict[str, Any]


def to_json(item: Item, document: Document, version: str = __version__) -> Json:
    """One item as a JSON object with the contract's keys, in the contract's order."""
    match item:
        case Event():
            own, kind = _event(item), "event"
        case Figure():
            own, kind = _figure(item), "figure"
        case Quote():
            own, kind = _quote(item), "quote"
        case Assessment():
            own, kind = _assessment(item), "assessment"
        case Project():
            own, kind = _project(item), "project"
        case Forum():
            own, kind = _forum(item), "forum"
    sentence, (start, end) = item.sentence, _own_span(item)
    return {
        "id": item.id,
        "document_id": item.document_id,
        "kind": kind,
        **own,
        "text": sentence.cut(document.text),
        "text_info": {"start": sentence.start, "end": sentence.end, "sequence": item.sequence},
        "span": {"start": start, "end": end},
        "cite_info": cite_info(document),
        "confidence": round(item.confidence, 4),
        "coder": f"communique {version}",
        "rule": item.rule,
    }


def _own_span(item: Item) -> tuple[int, int]:
    span: Span = item.trigger if isinstance(item, Event) else item.span
    return span.start, span.end


def _event(event: Event) -> Json:
    date, enddate = date_pair(event.date)
    return {
        "event": event.event,
        "mode": event.mode,
        "context": list(event.context),
        "quad_code": event.quad_code,
        "event_scale": event.event_scale,
        "cameo": event.cameo,
        "actor": people(event.actor),
        "recipient": people(event.recipient),
        "unordered": event.unordered,
        "date": date,
        "enddate": enddate,
        "date_precision": event.date.precision,
        "date_basis": event.date.basis,
        "date_text": event.date.text,
        **_candidates(event.date),
        **_place(event.place),
        "stance": event.stance,
        "attributed_to": attribution(event.attributed_to),
        "event_text": event.event_text,
    }


def _figure(figure: Figure) -> Json:
    return {
        "value": figure.value,
        "low": figure.low,
        "high": figure.high,
        "unit": figure.unit,
        "currency": figure.currency,
        "per": figure.per,
        "measure": figure.measure,
        "between": people(figure.between),
        "status": figure.status,
        "direction": figure.direction,
        "period": period(figure.period),
        "base_period": period(figure.base),
        "deadline": period(figure.deadline),
        "attributed_to": attribution(figure.attributed_to),
        "figure_text": figure.text,
        **({"linked": list(figure.linked)} if figure.linked else {}),
    }


def _quote(quote: Quote) -> Json:
    return {
        "quote": quote.quote,
        "speaker": person(quote.speaker),
        **({"speakers": people(quote.speakers)} if quote.speakers else {}),
        "through": person(quote.through),
        "addressee": person(quote.addressee),
        "mode": quote.mode,
        "cue": quote.cue,
        "about": people(quote.about),
    }


def _assessment(assessment: Assessment) -> Json:
    return {
        "by": person(assessment.by),
        "about": people(assessment.about),
        "hedges": list(assessment.hedges),
        "horizon": period(assessment.horizon),
        "assessment_text": assessment.text,
    }


def _project(project: Project) -> Json:
    date, enddate = date_pair(project.date)
    return {
        "name": project.name,
        "type": project.type,
        "between": people(project.between),
        "stage": project.stage,
        "date": date,
        "enddate": enddate,
        "date_precision": project.date.precision,
        "date_basis": project.date.basis,
        "date_text": project.date.text,
    }


def _forum(forum: Forum) -> Json:
    return {"name": forum.name, "code": forum.code, "role": forum.role, "members": people(forum.members)}


def person(who: Participant | None) -> Json | None:
    """One participant, or None where nobody is named."""
    if who is None:
        return None
    row: Json = {
        "code": who.actor.code,
        "sector": list(who.actor.sector),
        "entity_text": who.text,
        "name": who.actor.name,
        "identifier": who.actor.identifier,
        "office": who.actor.office,
        "via": who.via,
    }
    if who.alternatives:
        row["alternatives"] = list(who.alternatives)
    if who.confidence < 1:
        row["confidence"] = round(who.confidence, 4)
    return row


def people(side: Iterable[Participant]) -> list[Json]:
    """Participants in order."""
    return [row for row in map(person, side) if row is not None]


def attribution(said: Attribution | None) -> Json | None:
    """Who said it, with what word, and through whom it came to us."""
    if said is None:
        return None
    row = person(said.speaker) or {}
    return {**row, "cue": said.cue, "through": person(said.through)}


def _place(place: Place | None) -> Json:
    if place is None:
        return {"place": None}
    known = {"place_code": place.code, "latitude": place.latitude, "longitude": place.longitude}
    return {"place": place.name, **{name: value for name, value in known.items() if value is not None}}


def _candidates(when: When) -> Json:
    return {"date_candidates": [day.isoformat() for day in when.candidates]} if when.candidates else {}


def cite_info(document: Document) -> Json:
    """Where it stands: what a footnote needs."""
    date, enddate = date_pair(document.published)
    row: Json = {
        "title": document.title,
        "publication": document.source,
        "url": document.url,
        "date": date,
        "date_basis": document.published.basis,
        "language": document.language,
        "byline": document.byline,
    }
    if enddate:
        row["enddate"] = enddate
    return row


def document_json(document: Document) -> Json:
    """A document as `communique document --json` prints it (docs/output.md)."""
    return {
        "id": document.id,
        "title": document.title,
        "byline": document.byline,
        "source": document.source,
        "url": document.url,
        "language": document.language,
        "published": when_json(document.published),
        "page_date": period(document.page_date),
        "article": [{"start": span.start, "end": span.end} for span in document.article],
        "furniture": [
            {"start": part.span.start, "end": part.span.end, "reason": part.reason} for part in document.furniture
        ],
        "repeats": [
            {
                "start": repeat.span.start,
                "end": repeat.span.end,
                "of": {"start": repeat.of.start, "end": repeat.of.end},
            }
            for repeat in document.repeats
        ],
        "date_evidence": [
            {
                "kind": evidence.kind,
                "earliest": evidence.earliest.isoformat(),
                "latest": evidence.latest.isoformat(),
                "text": evidence.text,
            }
            for evidence in document.date_evidence
        ],
        "encoding": document.encoding,
        "media_type": document.media_type,
        "warnings": list(document.warnings),
    }


def when_json(when: When) -> Json:
    """A date with its bounds and why."""
    return {
        "earliest": when.earliest.isoformat() if when.earliest else None,
        "latest": when.latest.isoformat() if when.latest else None,
        "precision": when.precision,
        "basis": when.basis,
        "note": when.note,
    }
