"""Items as the templates show them: one line each, with its sentence cut around its own words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from communique.archive.write import date_of, kind_of, own_words, roles
from communique.export.brief import wording
from communique.export.flat import flatten
from communique.export.plover import to_json
from communique.model import Assessment, Document, Event, Figure, Forum, Item, Participant, Project, Quote, Span, When
from communique.web import words

SHOWN = 420  # characters of a sentence in a list


@dataclass(frozen=True, slots=True)
class Row:
    """One item in a list."""

    id: str
    kind: str
    what: str
    date: str
    dated: bool
    sentence: tuple[str, str, str]
    notes: tuple[str, ...]
    document: str
    outlet: str
    title: str
    published: str
    confidence: float


def row(item: Item, document: Document) -> Row:
    """An item as a line of a list."""
    when = date_of(item)
    return Row(
        item.id,
        kind_of(item),
        what(item),
        date_words(item, document),
        when.earliest is not None and when.latest is not None,
        sentence(item, document),
        notes(item),
        document.key,
        document.source or "outlet not named",
        document.title or document.id,
        wording.date(document.published),
        item.confidence,
    )


def what(item: Item) -> str:
    """An item as one plain clause."""
    match item:
        case Event():
            return wording.what(item)
        case Figure():
            return wording.figure(item)
        case Quote():
            speaker = wording.capital(wording.speaker(item.speaker)) if item.speaker else "Nobody named"
            about = f" on {wording.people(item.about)}" if item.about else ""
            return f"{speaker}{about}"
        case Assessment():
            by = wording.capital(wording.speaker(item.by)) if item.by else "The article"
            return f"{by} judges" + (f" {wording.people(item.about)}" if item.about else "")
        case Project():
            stage = f": {item.stage}" if item.stage else ""
            between = f" ({wording.people(item.between)})" if item.between else ""
            return f"{item.name}{stage}{between}"
        case Forum():
            return f"{item.name} ({item.role})"


def date_words(item: Item, document: Document) -> str:
    """The item's own date, or the day of the report where it has none."""
    when = date_of(item)
    if when.earliest is None and when.latest is None and not isinstance(item, Event):
        return f"reported {wording.date(document.published)}" if document.published.known else "date unknown"
    return wording.date(when)


def sentence(item: Item, document: Document) -> tuple[str, str, str]:
    """The sentence before, in and after the item's own words; long ones cut between words."""
    own, _ = own_words(item)
    text, span = document.text, item.sentence
    start, end = max(own.start, span.start), min(own.end, span.end)
    if start >= end:
        return words.shorten(span.cut(text), SHOWN), "", ""
    if end - start > SHOWN:
        return "", words.shorten(Span(start, end).cut(text), SHOWN), ""
    room = max(60, (SHOWN - (end - start)) // 2)
    before, after = text[span.start : start], text[end : span.end]
    if len(before) > room:
        before = f"… {before[-room:].partition(' ')[2]}"
    if len(after) > room:
        after = f"{after[:room].rpartition(' ')[0]} …"
    return before, text[start:end], after


def notes(item: Item) -> tuple[str, ...]:
    """What to know about an item at a glance."""
    found: list[str] = []
    match item:
        case Event():
            if item.stance != "actual":
                found.append(words.stance(item.stance))
            if item.attributed_to:
                found.append(f"said by {wording.who(item.attributed_to.speaker)}")
        case Figure():
            found.append(item.status)
        case Quote():
            found.append({"direct": "exact words", "partial": "partly exact words"}.get(item.mode, "reported speech"))
        case Assessment():
            found.extend(item.hedges[:2])
        case _:
            pass
    return tuple(found)


def table(items: list[tuple[Item, Document]]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The JSON of the output contract, and the flat rows of the CSV format."""
    rows = [to_json(item, document) for item, document in items]
    return rows, [{name: value for name, value in flatten(each).items() if value is not None} for each in rows]


@dataclass(frozen=True, slots=True)
class Who:
    """A participant, how it was decided, and what else it could have been."""

    role: str
    name: str
    code: str | None
    detail: str
    words: str
    via: str
    alternatives: tuple[str, ...]
    confidence: float
    link: str | None


def people(item: Item) -> list[Who]:
    """Everybody an item names, in its order."""
    labels = words.desk()["roles"]
    return [_who(str(labels.get(role, role)), each) for role, each in roles(item)]


def _who(role: str, each: Participant) -> Who:
    actor = each.actor
    named = wording.state(actor.code) if actor.code else None
    parts = [actor.office, f"for {wording.in_text(named)}" if named and named != actor.name else None]
    parts.append(words.sectors(actor.sector))
    alternatives = tuple(wording.state(other) if len(other) == 3 else other for other in each.alternatives)
    name = wording.capital(wording.who(each))
    link = actor.code if actor.kind == "state" or not actor.name else actor.name
    return Who(
        role, name, actor.code, ", ".join(part for part in parts if part), each.text, words.via(each), alternatives,
        each.confidence, link,
    )  # fmt: skip


def dates(when: When) -> dict[str, str]:
    """A date in words and why."""
    return {"date": wording.date(when), "why": words.why_date(when)}
