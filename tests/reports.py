"""Short reports with their events written by hand, for the tests of the merge and of the brief: no coder runs here."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from communique.model import (
    Actor,
    Assessment,
    Attribution,
    Coded,
    Document,
    Event,
    Figure,
    Participant,
    Place,
    Quote,
    Span,
    When,
)

NAMES = {"CHN": "China", "RUS": "Russia", "USA": "United States", "IND": "India", "PAK": "Pakistan"}
QUAD = {"CONSULT": 1, "AGREE": 1, "SUPPORT": 1, "CONCEDE": 1, "COOPERATE": 2, "AID": 2, "RETREAT": 2}
QUAD |= {"REQUEST": 3, "ACCUSE": 3, "REJECT": 3, "THREATEN": 3}
SCORE = {"CONSULT": 2.5, "AGREE": 2.5, "SUPPORT": 5.0, "COOPERATE": 9.5, "AID": 10.0, "RETREAT": 6.5, "REQUEST": 0.0}
SCORE |= {"ACCUSE": -3.0, "REJECT": -2.0, "THREATEN": -3.5, "SANCTION": -6.0, "COERCE": -7.0, "ASSAULT": -9.0}


@dataclass(frozen=True)
class Said:
    """A sentence of a report and what it says: keywords of `event` below, figures as (words, value, unit, status)."""

    text: str
    events: tuple[dict[str, Any], ...] = ()
    figures: tuple[tuple[str, float, str, str], ...] = ()
    quote: tuple[str, str, str] | None = None  # words, speaker's name, code
    assessment: tuple[str, str] | None = None  # words, by whom
    extra: dict[str, Any] = field(default_factory=dict)


def day(text: str | None) -> When:
    """A date from "2024-09-14", "2024-09", "2024", "2024-09-01/2024-10-05", "../2024-10-05" or None."""
    if not text:
        return When()
    if "/" in text:
        low, high = (None if side == ".." else dt.date.fromisoformat(side) for side in text.split("/"))
        return When(low, high, "interval", "bounded by office-holders", None)
    parts = [int(part) for part in text.split("-")]
    match parts:
        case [year]:
            return When(dt.date(year, 1, 1), dt.date(year, 12, 31), "year", "stated", text)
        case [year, month]:
            last = dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)
            return When(dt.date(year, month, 1), last, "month", "stated", text)
        case _:
            return When(dt.date(*parts), dt.date(*parts), "day", "stated", text)


def somebody(words: str) -> Participant:
    """A participant from "CHN" or "CHN:Li Qiang" (a person) or "analysts" (nobody in particular)."""
    code, _, name = words.partition(":")
    if name:
        return Participant(Actor(code, ("GOV",), name, None, None, "person"), name, "name")
    if code in NAMES or (len(code) == 3 and code.isupper()):
        return Participant(Actor(code, (), NAMES.get(code, code), None, None, "state"), NAMES.get(code, code), "name")
    return Participant(Actor(None, (), words, kind="group"), words, "group")


def everybody(words: str) -> tuple[Participant, ...]:
    """Participants from words joined by ", "."""
    return tuple(somebody(word) for word in words.split(", ") if word)


def report(
    id: str, *said: Said, source: str | None = None, published: str | None = None, title: str | None = None
) -> Coded:
    """A coded document whose text is the sentences, one a line."""
    text, spans = "", []
    for each in said:
        spans.append(Span(len(text), len(text) + len(each.text)))
        text += each.text + "\n"
    document = Document(
        id=id, text=text, article=tuple(spans), title=title, source=source, language="en", published=day(published)
    )
    events: list[Event] = []
    figures: list[Figure] = []
    quotes: list[Quote] = []
    assessments: list[Assessment] = []
    for number, (each, span) in enumerate(zip(said, spans, strict=True)):
        place = {"document_id": id, "sentence": span, "sequence": number}
        events += [event(each.text, span.start, place, **keywords) for keywords in each.events]
        for words, value, unit, status in each.figures:
            at = span.start + each.text.index(words)
            figures.append(
                Figure(
                    span=Span(at, at + len(words)),
                    text=words,
                    value=value,
                    low=None,
                    high=None,
                    unit=unit,
                    currency=unit if len(unit) == 3 else None,
                    per=None,
                    measure=each.extra.get("measure"),
                    between=everybody(each.extra.get("between", "")),
                    status=status,
                    direction=None,
                    period=day(each.extra.get("period")),
                    deadline=day(each.extra.get("deadline")),
                    **place,
                )
            )
        if each.quote:
            words, name, code = each.quote
            at = span.start + each.text.index(words)
            speaker = somebody(f"{code}:{name}")
            quotes.append(
                Quote(
                    span=Span(at, at + len(words)),
                    quote=words,
                    mode="direct",
                    speaker=speaker,
                    through=None,
                    addressee=None,
                    cue="said",
                    about=everybody(each.extra.get("about", "")),
                    **place,
                )
            )
        if each.assessment:
            words, by = each.assessment
            at = span.start + each.text.index(words)
            assessments.append(
                Assessment(
                    span=Span(at, at + len(words)),
                    text=words,
                    by=somebody(by),
                    about=everybody(each.extra.get("about", "")),
                    hedges=("could",),
                    horizon=When(),
                    **place,
                )
            )
    return Coded(document, tuple(spans), (), tuple(events), tuple(figures), tuple(quotes), tuple(assessments))


def event(
    sentence: str,
    offset: int,
    place: dict[str, Any],
    *,
    event: str,
    act: str,
    actor: str,
    recipient: str = "",
    date: str | None = None,
    stance: Any = "actual",
    mode: str | None = None,
    where: str | None = None,
    by: str | None = None,
    confidence: float = 0.9,
    rule: str | None = None,
) -> Event:
    """One event; act is the word of the sentence that names it."""
    at = offset + sentence.index(act)
    return Event(
        event=event,
        mode=mode,
        context=(),
        quad_code=QUAD.get(event, 4),
        event_scale=SCORE[event],
        cameo=None,
        actor=everybody(actor),
        recipient=everybody(recipient),
        unordered=not recipient and ", " in actor,
        date=day(date),
        place=Place(where) if where else None,
        stance=stance,
        attributed_to=Attribution(somebody(by), "said") if by else None,
        event_text=act,
        trigger=Span(at, at + len(act)),
        confidence=confidence,
        rule=rule or f"verb.{act}",
        **place,
    )
