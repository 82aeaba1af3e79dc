"""What a reader remembers of an article while going through it: who was named, which pair acts, what day it is."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field

from communique.addresses import slug
from communique.model import Actor, Document, Mention
from communique.resolve.discourse import REACH, Seen, distinct
from communique.resolve.gazetteer import gazetteer
from communique.resolve.house import house, seat
from communique.resolve.joint import signatories
from communique.resolve.names import fold
from communique.resolve.people import Person, surnames
from communique.resolve.persons import person_actor


@dataclass(frozen=True, slots=True)
class Group:
    """Actors that stood together ("China and Russia", "Xi met Putin"), and where.

    joint: they act together; together: they are coordinated, not subject and object; voiced: "we" is one of them.
    """

    actors: tuple[Actor, ...]
    sequence: int
    subject: bool
    joint: bool = True
    together: bool = True
    voiced: bool = False


@dataclass(slots=True)
class Context:
    """The memory of one article. It only grows, sentence by sentence, in reading order."""

    earliest: dt.date | None = None
    latest: dt.date | None = None
    persons: dict[str, tuple[str, Actor, Person | None]] = field(default_factory=dict)
    states: Counter[str] = field(default_factory=Counter)
    # who was named, oldest first, and which of them stood together
    seen: list[Seen] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    # whether the subject of the last sentence was a thing, which "it" then means
    thing_before: bool = False
    # whether it was several things, which "they" then are
    things_before: bool = False
    # who speaks: the label of a transcript, the speaker of the last quote, whose page it is
    label: Actor | None = None
    labelled: bool = False
    # where the label of the sentence that is read ends, and which of its characters stand in quotation marks
    label_end: int = 0
    marks: list[bool] = field(default_factory=list)
    quoted: Mention | None = None
    quote_open: bool = False
    house: Actor | None = None
    # the office whose holder its pages call by the last word of it alone
    seat: str | None = None
    # the states that the heading names
    headed: set[str] = field(default_factory=set)
    # whose voice the document has where it is a joint statement
    signatories: tuple[Actor, ...] = ()

    @classmethod
    def of(cls, document: Document) -> Context:
        """A fresh memory that knows the document's date, whose page it is and whom title and byline name."""
        own = house(document)
        fresh = cls(
            document.published.earliest,
            document.published.latest,
            house=own,
            seat=seat(document),
            signatories=signatories(document, own),
        )
        for line in (document.title or slug(document.url), document.byline):
            for hit in gazetteer().hits(line or ""):
                if hit.best.actor.kind == "state" and hit.best.actor.code:
                    fresh.headed.add(hit.best.actor.code)
                if hit.best.person is not None:
                    fresh.introduce(
                        hit.best.person.name, person_actor(hit.best.person, None, fresh)[0], hit.best.person
                    )
        return fresh

    @property
    def day(self) -> dt.date | None:
        """The document's day where it is known to within a quarter, for offices (the later bound)."""
        if self.earliest and self.latest and (self.latest - self.earliest).days <= 92:
            return self.latest
        return None

    @property
    def group(self) -> tuple[Actor, ...]:
        """The states that stood together last."""
        for group in reversed(self.groups):
            states = distinct(group.actors)
            if len(states) > 1:
                return states
        return ()

    def introduce(self, name: str, actor: Actor, person: Person | None) -> None:
        """Remember a full name, so that the surname alone means it later on."""
        code = actor.code or (person.terms[-1].code if person else "")
        for surname in surnames(name, code):
            self.persons.setdefault(fold(surname), (name, actor, person))

    def note(self, found: list[Seen], groups: list[Group]) -> None:
        """Remember the mentions of a sentence that was just read."""
        for one in found:
            firm = one.mention.via == "entity" or set(one.mention.actors[0].sector) & {"BUS", "MED"}
            if one.mention.via not in ("pronoun", "pair", "context") and not firm:
                self.states.update(code for code in set(one.codes) if len(code) == 3)
        self.seen = [*self.seen, *found][-REACH:]
        self.groups = [*self.groups, *groups][-REACH:]

    def home(self) -> str | None:
        """The state that more than half of the article's mentions so far belong to."""
        total = sum(self.states.values())
        if not total:
            return None
        code, number = min(self.states.items(), key=lambda pair: (-pair[1], pair[0]))
        return code if number * 2 > total and number > 1 else None
