"""One event as one document tells it: what the merge compares."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from communique.merge.words import content, rules, stem, tokens

if TYPE_CHECKING:
    from communique.model import Coded, Document, Event, Figure, Participant

Side = frozenset[str]
Order = tuple[str, str, str, int, int, str]


@dataclass(frozen=True, slots=True)
class Telling:
    """An event with its document: its key, the key of the text it copies, and the voice of who told that first.

    sides are the codes (or, without a code, the names) of actors and recipients; people the named persons of each
    code; words what its sentence is about besides them; act the stem of its trigger; order a place in time and
    reading that does not depend on the order in which documents were given; figures those of its sentence.
    """

    event: Event
    key: str
    text: str
    voice: str
    sentence: str = field(repr=False)
    sides: tuple[Side, Side]
    people: Mapping[str, frozenset[str]]
    words: frozenset[str]
    act: str
    order: Order
    figures: tuple[Figure, ...] = ()

    @property
    def mutual(self) -> bool:
        """Whether the order of the sides says nothing."""
        return self.event.unordered or self.event.event in rules()["mutual_events"]

    @property
    def block(self) -> tuple[str, tuple[str, ...]]:
        """Events in different blocks are never one: their kind and all who take part."""
        return self.event.event, tuple(sorted(self.sides[0] | self.sides[1]))

    @property
    def days(self) -> int | None:
        """How many days its date leaves open; None where one of its bounds is unknown."""
        date = self.event.date
        return None if date.earliest is None or date.latest is None else (date.latest - date.earliest).days + 1


def tellings(coded: Coded, first: Document) -> Iterator[Telling]:
    """The events of a document; first is the document that it copies, itself where it copies nobody.

    The voice is that of the outlet that told it first, so that a copy never confirms its original.
    """
    key = coded.document.key
    voice = (first.source or "").strip().casefold() or first.key
    figures: dict[tuple[int, int], list[Figure]] = {}
    for figure in coded.figures:
        figures.setdefault((figure.sentence.start, figure.sentence.end), []).append(figure)
    for event in coded.events:
        sentence = event.sentence.cut(coded.document.text)
        everybody = (*event.actor, *event.recipient)
        names = {stem(word) for who in everybody for word in tokens(f"{who.text} {who.actor.name or ''}")}
        act = stem((tokens(event.event_text) or [event.event_text])[0])
        yield Telling(
            event=event,
            key=key,
            text=first.key,
            voice=voice,
            sentence=sentence,
            sides=(_side(event.actor), _side(event.recipient)),
            people=_people(everybody),
            words=content(sentence) - names - {act},
            act=act,
            order=_order(event, key),
            figures=tuple(figures.get((event.sentence.start, event.sentence.end), ())),
        )


def _order(event: Event, key: str) -> Order:
    day = event.date.earliest.isoformat() if event.date.earliest else "9999"
    return day, event.document_id, key, event.sequence, event.trigger.start, event.id


def _side(side: tuple[Participant, ...]) -> Side:
    """The codes of a side; only where nobody on it has one, their names ("villages and Pakistan" is Pakistan)."""
    codes = frozenset(who.actor.code for who in side if who.actor.code)
    return codes or frozenset((who.actor.name or who.text).casefold() for who in side)


def _people(everybody: tuple[Participant, ...]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for who in everybody:
        if who.actor.kind == "person" and who.actor.code and who.actor.name:
            found.setdefault(who.actor.code, set()).add(who.actor.name.casefold())
    return {code: frozenset(names) for code, names in found.items()}
