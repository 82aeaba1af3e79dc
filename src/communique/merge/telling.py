"""One event as one document tells it: what the merge compares, and what an archive keeps for the next merge."""

from __future__ import annotations

import datetime as dt
import itertools
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from communique.merge.words import act_marks, amount_stems, content, rules, stem, tokens
from communique.model import Coded, Document, Event, Figure, Participant, Span, When

Side = frozenset[str]
Order = tuple[str, str, str, int, int, str]
Said = tuple[str, str]  # a role and who or what fills it, as it is shown
FIGURE = "FIGURE"  # the kind of a figure, which is told as events are
CODE = 3  # letters of the code of a state or body
MANY = 6  # participants beyond which only the first ones are looked up
FIRST_DAY, LAST_DAY = 0, 4_000_000  # ordinals that stand for an unknown bound


@dataclass(frozen=True, slots=True)
class Amount:
    """A figure of the same sentence: bounds in whole units, and what kind of figure it is of which time."""

    text: str
    unit: str | None
    per: str | None
    low: float | None
    high: float | None
    status: str
    start: int | None = None
    end: int | None = None
    measure: str | None = None


@dataclass(frozen=True, slots=True)
class Telling:
    """An event with what its sentence says besides it.

    event_id and key are the event's and its document's; text is the key of the text that the document copies, outlet
    and agency who speaks (empty where nobody is named). sides are the codes (or, without a code, the names) of actors
    and recipients; people the named persons of each code; words what the sentence is about besides them; act the stem
    of the trigger; low, high the ordinals of the date's bounds; day the ordinal of the publication; order a place in
    time and reading that does not depend on the order in which documents were given.
    """

    event_id: str
    key: str
    event: str
    mode: str | None
    stance: str
    rule: str
    act: str
    span: tuple[int, int]
    sentence: tuple[int, int]
    sides: tuple[Side, Side]
    unordered: bool
    people: Mapping[str, frozenset[str]]
    words: frozenset[str]
    all_words: frozenset[str] = field(repr=False)
    said: tuple[Said, ...]
    low: int | None
    high: int | None
    day: int | None
    place: str | None
    amounts: tuple[Amount, ...]
    corrects: bool
    revises: bool
    order: Order
    outlet: str = ""
    agency: str = ""
    text: str = ""

    @property
    def mutual(self) -> bool:
        """Whether the order of the sides says nothing."""
        return self.unordered or self.event in rules()["mutual_events"]

    @property
    def everybody(self) -> Side:
        """All who take part."""
        return self.sides[0] | self.sides[1]

    @property
    def codes(self) -> Side:
        """The codes of states and bodies among them."""
        return frozenset(who for who in self.everybody if len(who) == CODE and who.isupper())

    @property
    def days(self) -> int | None:
        """How many days its date leaves open; None where one of its bounds is unknown."""
        return None if self.low is None or self.high is None else self.high - self.low + 1

    @property
    def voice(self) -> str:
        """Who speaks: an agency, an outlet, else the text itself."""
        return self.agency or self.outlet or self.text

    @property
    def denying(self) -> bool:
        """Whether the event itself is that somebody denies something."""
        return self.event == "REJECT" and self.act in rules()["denying_acts"]

    @property
    def keys(self) -> list[str]:
        """Family of the event with each two who take part: tellings that share none of these are never one event."""
        if self.event == FIGURE:
            return [f"{FIGURE}|{self.amounts[0].unit}|{self.amounts[0].per or ''}"]
        family = next((name for name, kinds in rules()["families"].items() if self.event in kinds), self.event)
        families = [family]
        if self.denying:  # what is denied may be of any kind
            families = [*rules()["families"]]
        acts = [*act_marks(self.act), *(f"{name}|" for name in families)] if len(self.codes) < 2 else []
        first = sorted(self.everybody)[:MANY]
        if len(first) < 2:
            return [*acts, *(f"{name}|{first[0] if first else ''}" for name in families)]
        pairs = itertools.combinations(first, 2)
        return [*acts, *(f"{name}|{one}|{other}" for one, other in pairs for name in families)]

    @property
    def window(self) -> tuple[int, int]:
        """Ordinals between which another report of the same event may be dated: open sides reach a little way."""
        reach = int(rules()["days_of_a_story"])
        if self.low is None and self.high is None:
            return FIRST_DAY, LAST_DAY
        low = self.low if self.low is not None else (self.high or 0) - reach
        return low, self.high if self.high is not None else low + reach

    @property
    def reach(self) -> tuple[int, int]:
        """The window with the days within which what is planned may be carried out, or another report may err."""
        low, high = self.window
        return low, high + int(rules()["days_of_a_promise" if self.stance == "planned" else "days_of_difference"])

    @property
    def shelves(self) -> list[str]:
        """The keys under which it is kept: what is planned reaches far, and is kept apart from the rest."""
        return [f"planned|{key}" for key in self.keys] if self.stance == "planned" else self.keys

    @property
    def dated(self) -> bool:
        """Whether its window is short enough for a search by date; what is vaguer is sought within its story."""
        low, high = self.window
        return self.event != FIGURE and high - low <= int(rules()["longest_time"])

    def of_text(self, text: str) -> Telling:
        """The same in a document that copies another one."""
        return self if text == self.text else replace(self, text=text)

    def pack(self) -> str:
        """As one line of JSON, from which `unpack` makes the same again."""
        held: list[Any] = [getattr(self, name) for name in _PLAIN]
        held += [
            [sorted(side) for side in self.sides],
            {code: sorted(names) for code, names in sorted(self.people.items())},
            sorted(self.words),
            sorted(self.all_words),
            [[getattr(amount, name) for name in Amount.__slots__] for amount in self.amounts],
        ]
        return json.dumps(held, ensure_ascii=False, separators=(",", ":"))


_PLAIN = (
    "event_id", "key", "event", "mode", "stance", "rule", "act", "span", "sentence", "unordered", "said", "low", "high",
    "day", "place", "corrects", "revises", "order", "outlet", "agency", "text",
)  # fmt: skip
_LISTS = ("span", "sentence", "order")


def unpack(line: str, text: str) -> Telling:
    """The telling of a packed line, in a document of this text."""
    held = json.loads(line)
    plain: dict[str, Any] = dict(zip(_PLAIN, held, strict=False))
    plain |= {name: tuple(plain[name]) for name in _LISTS}
    plain["text"] = text
    plain["said"] = tuple((role, who) for role, who in plain["said"])
    sides, people, words, every, amounts = held[len(_PLAIN) :]
    return Telling(
        **plain,
        sides=(frozenset(sides[0]), frozenset(sides[1])),
        people={code: frozenset(names) for code, names in people.items()},
        words=frozenset(words),
        all_words=frozenset(every),
        amounts=tuple(Amount(*amount) for amount in amounts),
    )


def tellings(coded: Coded, agency: str = "") -> Iterator[Telling]:
    """The events and figures of a document, as if it copied nobody."""
    document = coded.document
    mends = revises(document)
    figures: dict[Span, list[Figure]] = {}
    for figure in coded.figures:
        figures.setdefault(figure.sentence, []).append(figure)
    for event in coded.events:
        everybody = (*event.actor, *event.recipient)
        act = stem((tokens(event.event_text) or [event.event_text])[0])
        yield Telling(
            event_id=event.id,
            event=event.event,
            mode=event.mode,
            stance=event.stance,
            rule=event.rule,
            span=(event.trigger.start, event.trigger.end),
            sides=(_side(event.actor), _side(event.recipient)),
            unordered=event.unordered,
            people=_people(everybody),
            said=tuple(_said(event)),
            low=_ordinal(event.date.earliest),
            high=_ordinal(event.date.latest),
            place=event.place.name if event.place else None,
            amounts=tuple(_amount(figure) for figure in figures.get(event.sentence, ())),
            **_common(event, document, everybody, act, event.date, agency, mends),
        )
    for figure in coded.figures:
        if figure.value is None or not figure.unit:
            continue
        yield Telling(
            event_id=figure.id,
            event=FIGURE,
            mode=None,
            stance="actual",
            rule="",
            span=(figure.span.start, figure.span.end),
            sides=(_side(figure.between), frozenset()),
            unordered=True,
            people={},
            said=(
                ("figure", " ".join(figure.text.split())),
                *((("measure", figure.measure),) if figure.measure else ()),
            ),
            low=None,
            high=None,
            place=None,
            amounts=(_amount(figure),),
            **_common(figure, document, figure.between, "", figure.period, agency, mends),
        )


def _common(
    item: Event | Figure,
    document: Document,
    everybody: Sequence[Participant],
    act: str,
    when: When,
    agency: str,
    mends: bool,
) -> dict[str, Any]:
    """What events and figures have alike."""
    sentence = item.sentence.cut(document.text)
    names = {stem(word) for who in everybody for word in tokens(f"{who.text} {who.actor.name or ''}")}
    every = content(sentence)
    # a figure's own words say how much, not what is measured
    own = amount_stems() | content(item.text) if isinstance(item, Figure) else frozenset()
    day = when.earliest.isoformat() if when.earliest else "9999"
    start = item.trigger.start if isinstance(item, Event) else item.span.start
    return {
        "key": document.key,
        "text": document.key,
        "act": act,
        "sentence": (item.sentence.start, item.sentence.end),
        "words": every - names - {act} - own,
        "all_words": every,
        "corrects": bool(set(rules()["correcting_words"]) & set(tokens(sentence))),
        "revises": mends,
        "day": _ordinal(document.published.latest or document.published.earliest),
        "order": (day, document.id, document.key, item.sequence, start, item.id),
        "outlet": " ".join((document.source or "").split()).casefold(),
        "agency": agency,
    }


def revises(document: Document) -> bool:
    """Whether a document says of itself that it mends an earlier one."""
    text = f"{document.title or ''}\n{document.text}".casefold()
    return any(mark in text for mark in rules()["revising_marks"])


def _ordinal(day: dt.date | None) -> int | None:
    return day.toordinal() if day else None


def _said(event: Event) -> Iterator[Said]:
    """What one report says of the event, field by field, as it is shown."""
    from communique.export.dates import period

    yield "event", event.event
    if event.mode:
        yield "mode", event.mode
    for role, side in (("actor", event.actor), ("recipient", event.recipient)):
        for who in side:
            name = who.actor.name or who.text
            yield role, f"{who.actor.code} {name}" if who.actor.code and who.actor.code != name else name
    yield "date", period(event.date) or "unknown"
    if event.place:
        yield "place", event.place.name
    yield "stance", event.stance
    if event.attributed_to:
        speaker = event.attributed_to.speaker
        yield "said by", speaker.actor.name or speaker.text


def _amount(figure: Figure) -> Amount:
    low = figure.low if figure.low is not None else figure.value
    high = figure.high if figure.high is not None else figure.value
    start, end = _ordinal(figure.period.earliest), _ordinal(figure.period.latest)
    return Amount(figure.text, figure.unit, figure.per, low, high, figure.status, start, end, figure.measure)


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
