"""The nouns: every step takes some of these and gives some of these, and knows the other steps only through them."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from communique.tree import Span as SyntaxSpan

Stance = Literal["actual", "planned", "possible", "conditional", "denied", "historical"]
Precision = Literal["day", "week", "month", "year", "interval", "unknown"]
Basis = Literal["stated", "relative", "page date", "bounded by office-holders", "none"]
FigureStatus = Literal["observed", "change", "target", "pledged", "signed", "estimate"]
QuoteMode = Literal["direct", "partial", "indirect"]


def content_id(*parts: object) -> str:
    """A reproducible id: the first 16 hex digits of the SHA-256 of the parts."""
    digest = hashlib.sha256("\x1f".join("" if part is None else str(part) for part in parts).encode("utf8", "replace"))
    return digest.hexdigest()[:16]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters [start, end) of the stored, unchanged text of a document."""

    start: int
    end: int

    def cut(self, text: str) -> str:
        """The words themselves."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one character."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        """Whether the other lies wholly inside."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Furniture:
    """A part of the page that is not the article, and why we think so."""

    span: Span
    reason: str


@dataclass(frozen=True, slots=True)
class Repeat:
    """A passage that stands a second time; `of` is where it stood first."""

    span: Span
    of: Span


@dataclass(frozen=True, slots=True)
class When:
    """A date as far as it is known: two bounds, how exact, on what basis, and the words it came from.

    earliest and latest are inclusive days; None is unbounded. candidates are the days it could be, where only
    these few are possible ("on Tuesday" in an article known to an interval).
    """

    earliest: dt.date | None = None
    latest: dt.date | None = None
    precision: Precision = "unknown"
    basis: Basis = "none"
    text: str | None = None
    span: Span | None = None
    note: str | None = None
    candidates: tuple[dt.date, ...] = ()

    @property
    def known(self) -> bool:
        """Whether both bounds stand."""
        return self.earliest is not None and self.latest is not None

    @property
    def day(self) -> dt.date | None:
        """The day, where it is one single day."""
        return self.earliest if self.known and self.earliest == self.latest else None


UNKNOWN = When()


@dataclass(frozen=True, slots=True)
class DateEvidence:
    """One thing that speaks for the date of a document.

    kind: input (the caller said so), metadata, json-ld, byline, dateline, url, header (the page's own date line, which
    may be the day of viewing), text. All evidence is kept; `resolve` chooses by stated rules and says why.
    """

    kind: str
    earliest: dt.date
    latest: dt.date
    text: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One page or article as received; text is kept whole and never changed.

    article, furniture and repeats cover all of the text that is not blank. A repeated passage is article the first
    time and a repeat the second. published is when the article came out, as far as is known; page_date is what the
    page says of itself (the day it was viewed or printed), which is evidence about the page, not about the article.
    """

    id: str
    text: str
    article: tuple[Span, ...] = ()
    furniture: tuple[Furniture, ...] = ()
    repeats: tuple[Repeat, ...] = ()
    title: str | None = None
    byline: str | None = None
    source: str | None = None
    url: str | None = None
    language: str | None = None
    published: When = UNKNOWN
    page_date: When = UNKNOWN
    date_evidence: tuple[DateEvidence, ...] = ()
    encoding: str | None = None
    media_type: str = "text/plain"
    warnings: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The id of the content: the same page read twice has the same key."""
        return content_id("document", self.id, self.text)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A span of the article with its syntax. offset + token.idx is a token's place in the document's text."""

    document_id: str
    sequence: int
    span: Span
    text: str
    syntax: SyntaxSpan = field(compare=False, repr=False)
    offset: int = 0
    paragraph: int = 0


@dataclass(frozen=True, slots=True)
class Actor:
    """A state, person, office, body or group.

    code is ISO 3166 alpha-3 or a body's code (UNO EUR IGO NGO MNC ISM IMG), None where nobody can be named ("the
    West"); sector holds PLOVER sectors; identifier is a Wikidata id; office is what the person held on the date.
    """

    code: str | None
    sector: tuple[str, ...] = ()
    name: str | None = None
    identifier: str | None = None
    office: str | None = None
    kind: Literal["state", "person", "office", "body", "group", "people", "unknown"] = "unknown"


@dataclass(frozen=True, slots=True)
class Mention:
    """A span that names one actor, or several ("the two countries"), and how that was decided.

    via: name, demonym, capital, seat, government, office, body, group, title, surname, pronoun, pair, description,
    nationality, city, entity. alternatives are the codes or names it could have been instead. head is the index of
    the head word among the tokens of the sentence's syntax document.
    """

    span: Span
    text: str
    actors: tuple[Actor, ...]
    via: str
    alternatives: tuple[str, ...] = ()
    confidence: float = 1.0
    head: int = -1

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of its actors, without the nameless."""
        if len(self.actors) == 1:  # nearly always, and asked all the time
            only = self.actors[0].code
            return (only,) if only else ()
        return tuple(actor.code for actor in self.actors if actor.code)


@dataclass(frozen=True, slots=True)
class Participant:
    """One actor in one role, with the mention that shows it."""

    actor: Actor
    text: str
    via: str
    span: Span | None = None
    alternatives: tuple[str, ...] = ()
    confidence: float = 1.0


def participants(mentions: Iterable[Mention]) -> tuple[Participant, ...]:
    """Each actor of each mention once, in order of first appearance."""
    seen: dict[tuple[str | None, str | None], Participant] = {}
    for mention in mentions:
        for actor in mention.actors:
            key = (actor.code, actor.name or mention.text)
            if key not in seen:
                seen[key] = Participant(
                    actor, mention.text, mention.via, mention.span, mention.alternatives, mention.confidence
                )
    return tuple(seen.values())


@dataclass(frozen=True, slots=True)
class Place:
    """Where an event happened: the words, and the state and coordinates (degrees, WGS 84) where they are known."""

    name: str
    span: Span | None = None
    code: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    geonames: int | None = None


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who said it: the speaker, and through whom it came to us."""

    speaker: Participant
    cue: str
    span: Span | None = None
    through: Participant | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that one sentence says happened (PLOVER)."""

    document_id: str
    event: str
    mode: str | None
    context: tuple[str, ...]
    quad_code: int
    event_scale: float
    cameo: str | None
    actor: tuple[Participant, ...]
    recipient: tuple[Participant, ...]
    unordered: bool
    date: When
    place: Place | None
    stance: Stance
    attributed_to: Attribution | None
    event_text: str
    trigger: Span
    sentence: Span
    sequence: int
    confidence: float
    rule: str

    @property
    def id(self) -> str:
        """Reproducible from document, place in it and what it says."""
        sides = ["|".join(str(p.actor.code or p.text) for p in side) for side in (self.actor, self.recipient)]
        return content_id("event", self.document_id, self.trigger.start, self.trigger.end, self.event, *sides)


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity, rate or trend, and what it measures between whom.

    value, low and high are in whole units (20 billion dollars is 2e10; 24.5 percent is 24.5); value is None for a
    trend without a number. unit is the ISO 4217 code for money, "percent", or the unit's name. per is "year", "day"
    and so on. direction is up, down, record or None. base is the time that a change is counted from ("up 5 percent
    from 2017").
    """

    document_id: str
    span: Span
    text: str
    value: float | None
    low: float | None
    high: float | None
    unit: str | None
    currency: str | None
    per: str | None
    measure: str | None
    between: tuple[Participant, ...]
    status: FigureStatus
    direction: str | None
    period: When
    deadline: When
    sentence: Span
    sequence: int
    attributed_to: Attribution | None = None
    confidence: float = 1.0
    rule: str = ""
    linked: tuple[str, ...] = ()
    base: When = UNKNOWN

    def __post_init__(self) -> None:
        """2 and 2.0 are one number and must be one id: it comes back from an archive or a table as a fraction."""
        for name in ("value", "low", "high"):
            held = getattr(self, name)
            if held is not None and type(held) is not float:
                object.__setattr__(self, name, float(held))

    @property
    def id(self) -> str:
        """Reproducible from document, place in it and value."""
        return content_id("figure", self.document_id, self.span.start, self.span.end, self.value, self.unit)


@dataclass(frozen=True, slots=True)
class Quote:
    """Exact words or reported speech: `quote` is what was said, speaker who said it, through whom we have it.

    Of several who speak together the speaker is the group of them, and speakers is each of them; else it is empty.
    """

    document_id: str
    span: Span
    quote: str
    mode: QuoteMode
    speaker: Participant | None
    through: Participant | None
    addressee: Participant | None
    cue: str
    sentence: Span
    sequence: int
    about: tuple[Participant, ...] = ()
    confidence: float = 1.0
    rule: str = ""
    speakers: tuple[Participant, ...] = ()

    @property
    def id(self) -> str:
        """Reproducible from document and place in it."""
        return content_id("quote", self.document_id, self.span.start, self.span.end)


@dataclass(frozen=True, slots=True)
class Assessment:
    """What somebody judges or expects. Never counted as an event."""

    document_id: str
    span: Span
    text: str
    by: Participant | None
    about: tuple[Participant, ...]
    hedges: tuple[str, ...]
    horizon: When
    sentence: Span
    sequence: int
    confidence: float = 1.0
    rule: str = ""

    @property
    def id(self) -> str:
        """Reproducible from document and place in it."""
        return content_id("assessment", self.document_id, self.span.start, self.span.end)


@dataclass(frozen=True, slots=True)
class Project:
    """A named undertaking between states and the stage that this sentence gives it."""

    document_id: str
    span: Span
    name: str
    type: str
    between: tuple[Participant, ...]
    stage: str | None
    date: When
    sentence: Span
    sequence: int
    confidence: float = 1.0
    rule: str = ""

    @property
    def id(self) -> str:
        """Reproducible from document and place in it."""
        return content_id("project", self.document_id, self.span.start, self.span.end)


@dataclass(frozen=True, slots=True)
class Forum:
    """A body that states meet or stand together in; role says what it is here (venue, topic, participant)."""

    document_id: str
    span: Span
    name: str
    code: str | None
    role: str
    sentence: Span
    sequence: int
    members: tuple[Participant, ...] = ()
    confidence: float = 1.0
    rule: str = ""

    @property
    def id(self) -> str:
        """Reproducible from document and place in it."""
        return content_id("forum", self.document_id, self.span.start, self.span.end)


Item = Event | Figure | Quote | Assessment | Project | Forum


@dataclass(frozen=True, slots=True)
class Coded:
    """A document and everything that was read out of it, in reading order."""

    document: Document
    sentences: tuple[Span, ...] = ()
    mentions: tuple[tuple[int, Mention], ...] = ()
    events: tuple[Event, ...] = ()
    figures: tuple[Figure, ...] = ()
    quotes: tuple[Quote, ...] = ()
    assessments: tuple[Assessment, ...] = ()
    projects: tuple[Project, ...] = ()
    forums: tuple[Forum, ...] = ()

    def items(self) -> tuple[Item, ...]:
        """All that was read, events first, each kind in reading order."""
        return (*self.events, *self.figures, *self.quotes, *self.assessments, *self.projects, *self.forums)


@dataclass(frozen=True, slots=True)
class Claim:
    """One value of a disagreement and who gives it: pairs of an event's or figure's id and its document's key."""

    value: str
    said_by: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two values that reports of one thing give, and what that means.

    field: value (an amount), date, place, participants, or stance (one says it was, another denies it). verdict:
    contradiction; superseded (second takes the place of first, in a later report of the same voice or one that
    corrects); other period or other kind (both can be true: figures of different times, a target beside a result);
    more named (one report names somebody besides).
    """

    field: Literal["value", "date", "place", "participants", "stance"]
    verdict: Literal["contradiction", "superseded", "other period", "other kind", "more named"]
    first: Claim
    second: Claim


@dataclass(frozen=True, slots=True)
class Link:
    """How a record hangs together with another one that it is not one with.

    relation: carried out by, carries out, denied by, denies, put off by, puts off.
    """

    relation: Literal["carried out by", "carries out", "denied by", "denies", "put off by", "puts off"]
    record: str


@dataclass(frozen=True, slots=True)
class Record:
    """The same event told by one or many reports; every field keeps each value with who said it.

    members are ids of events; of figures where event is "FIGURE". values are (field, value, key of the document).
    voices is how many of the reports are independent of each other: neither copies, nor of one outlet or agency.
    """

    id: str
    event: str
    members: tuple[str, ...]
    values: tuple[tuple[str, str, str], ...] = ()
    status: Literal["single", "corroborated", "disputed", "superseded"] = "single"
    voices: int = 1
    disagreements: tuple[Disagreement, ...] = ()
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Story:
    """The records of one occasion, with the keys of its documents; title in the words of one of them.

    earliest and latest are the days on which its documents came out, as far as they are known.
    """

    id: str
    title: str
    records: tuple[str, ...]
    documents: tuple[str, ...] = ()
    earliest: dt.date | None = None
    latest: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where something stands that a person judged, so that it is found again when it has been coded anew.

    document is the document's id; start and end are those of the event's own words; sentence is the words of its
    sentence, by which it is found in a changed text.
    """

    document: str
    event: str
    start: int
    end: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """A person's decision about records or events, kept apart from the data.

    subjects are the ids it was made on. anchors hold, for each subject, where its events stand. With verdict "wrong",
    actor is the code that is right for the participant whose words are actor_text and who was taken for actor_was,
    everywhere in the archive; date is the day that is right for the event. Without either the event is none.
    """

    id: str
    verdict: Literal["same", "different", "wrong", "right"]
    subjects: tuple[str, ...]
    reason: str
    by: str
    at: dt.datetime
    anchors: tuple[tuple[Anchor, ...], ...] = ()
    actor: str | None = None
    actor_text: str | None = None
    actor_was: str | None = None
    date: str | None = None

    @property
    def corrects(self) -> bool:
        """Whether it says what is right instead."""
        return bool(self.actor or self.date)


@dataclass(frozen=True, slots=True)
class PairPoint:
    """One period of a pair series, with the ids of the records behind it.

    start and end are its first and last day. cooperation and conflict are sums of scores, conflict as a positive
    number; the same for words (verbal) and deeds (material) alone. net lies in [-1, 1], low and high are its interval,
    level is the decayed net at the period's end. All of these are None where there are too few records, and `note`
    says so. dated is the share of the records that may belong here whose date is exact enough to say so.
    """

    period: str
    start: dt.date
    end: dt.date
    records: tuple[str, ...] = ()
    cooperation: float | None = None
    conflict: float | None = None
    net: float | None = None
    low: float | None = None
    high: float | None = None
    level: float | None = None
    cooperation_verbal: float | None = None
    cooperation_material: float | None = None
    conflict_verbal: float | None = None
    conflict_material: float | None = None
    documents: int = 0
    outlets: int = 0
    stories: int = 0
    dated: float | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """What a whole series would have shown otherwise: with other weights, or with every report counted.

    differs is the number of periods in which the sign of the net is another one, of those that both have a net for.
    """

    name: str
    net: float | None
    records: int
    differs: int = 0
    periods: int = 0


@dataclass(frozen=True, slots=True)
class PairSeries:
    """Cooperation, conflict and net per period for a pair of states, and how they were reckoned.

    direction: both, first (the first acts on the second), second or mutual. prior is the kappa of the net, half_life
    that of the level in days, fewest the number of records under which nothing is scored. total is the whole time as
    one point. vague are ids of records whose date spans several periods, undated of those without a bound on one side
    or both: they stand beside the series, not in it. left_out counts records by the stance for which they do not count.
    """

    first: str
    second: str
    by: str
    weights: str
    points: tuple[PairPoint, ...]
    direction: str = "both"
    total: PairPoint | None = None
    vague: tuple[str, ...] = ()
    undated: tuple[str, ...] = ()
    left_out: tuple[tuple[str, int], ...] = ()
    sensitivity: tuple[Sensitivity, ...] = ()
    prior: float = 0.0
    half_life: float = 0.0
    fewest: int = 0
    confidence: float = 0.0
    draws: int = 0
    seed: int = 0
