"""What a reader remembers of an article while going through it: who was named, which pair acts, what day it is."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field

from communique.model import Actor, Document, Mention
from communique.resolve.names import fold
from communique.resolve.people import Person, surnames


@dataclass(slots=True)
class Context:
    """The memory of one article. It only grows, sentence by sentence, in reading order."""

    earliest: dt.date | None = None
    latest: dt.date | None = None
    persons: dict[str, tuple[str, Actor, Person | None]] = field(default_factory=dict)
    last_person: Mention | None = None
    last_thing: Mention | None = None
    last_many: Mention | None = None
    group: tuple[Actor, ...] = ()
    states: Counter[str] = field(default_factory=Counter)
    # the sentence that was read last, for what must not look back too far
    sequence: int = 0
    person_sequence: int = -9
    thing_sequence: int = -9

    @classmethod
    def of(cls, document: Document) -> Context:
        """A fresh memory that knows the document's date."""
        return cls(document.published.earliest, document.published.latest)

    @property
    def day(self) -> dt.date | None:
        """The document's day where it is known to within a quarter, for offices (the later bound)."""
        if self.earliest and self.latest and (self.latest - self.earliest).days <= 92:
            return self.latest
        return None

    def introduce(self, name: str, actor: Actor, person: Person | None) -> None:
        """Remember a full name, so that the surname alone means it later on."""
        code = actor.code or (person.terms[-1].code if person else "")
        for surname in surnames(name, code):
            self.persons.setdefault(fold(surname), (name, actor, person))

    def note(self, mentions: tuple[Mention, ...], sequence: int) -> None:
        """Remember the mentions of a sentence that was just read; subjects come first in English."""
        self.sequence = sequence
        for mention in mentions:
            if mention.via in ("pronoun", "pair"):
                continue
            kinds = {actor.kind for actor in mention.actors}
            codes = set(mention.codes)
            self.states.update(code for code in codes if len(code) == 3)
            if "person" in kinds or any(actor.office for actor in mention.actors):
                if self.person_sequence != sequence:
                    self.last_person, self.person_sequence = mention, sequence
            elif codes and len(codes) == 1 and self.thing_sequence != sequence:
                self.last_thing, self.thing_sequence = mention, sequence
            if len(codes) > 1:
                self.last_many = mention

    def home(self) -> str | None:
        """The state that more than half of the article's mentions so far belong to."""
        total = sum(self.states.values())
        if not total:
            return None
        code, number = min(self.states.items(), key=lambda pair: (-pair[1], pair[0]))
        return code if number * 2 > total and number > 1 else None
