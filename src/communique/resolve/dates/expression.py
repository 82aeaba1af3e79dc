"""The words of a date as they stand (Expression) and what became of them in a sentence (Dated)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from communique.model import Span, When

Role = Literal["deadline", "since", "until", "anniversary"]
Relation = Literal["at", "before", "after"]
Tense = Literal["past", "future"]


@dataclass(frozen=True, slots=True)
class Fields:
    """What the words say; only what they say is filled.

    number: a count ("three" weeks ago) with number_high where it is vague; ordinal: which quarter, half, century or
    anniversary; shift: -1 last, 0 this, 1 next; part: early, mid, late, start, end, earlier, later, first half or
    second half of the unit; year_shift: "June last year"; short: the year was written with two digits; bound: "more"
    or "less" than the number; others: further readings as (year, month, day), for 12/03/2021; thing: what an
    anniversary is of.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    unit: str | None = None
    number: float | None = None
    number_high: float | None = None
    ordinal: int | None = None
    shift: int | None = None
    part: str | None = None
    year_shift: int | None = None
    name: str | None = None
    last_year: int | None = None
    last_month: int | None = None
    last_day: int | None = None
    bound: str | None = None
    others: tuple[tuple[int, int, int], ...] = ()
    thing: str | None = None


@dataclass(frozen=True, slots=True)
class Expression:
    """One date in text: where it stands, its words, what kind it is and what it says.

    kind: date, weekday, day, ago, later, shifted, unit, recent, past, coming, within, quarter, half, season, fiscal,
    decade, century, year, holiday, anniversary, week of, months to, same, range, offset.
    role: deadline ("by 2024"), since, until, anniversary (evidence for a year, no date itself). relation: before or
    after, where a preposition says that the event was not at the date. parts: the dates that a range or an offset
    is made of, or the year that a date without a year stands in.
    """

    span: Span
    text: str
    kind: str
    fields: Fields
    role: Role | None = None
    relation: Relation = "at"
    parts: tuple[Expression, ...] = ()


@dataclass(frozen=True, slots=True)
class Dated:
    """An expression in a sentence of a document.

    span: offsets in the document; head: index of its head word among the tokens of the sentence's syntax document;
    tense: what its verb says; modifier: it stands inside another noun's phrase ("the 2015 deal"); told: it hangs on a
    finite verb in the past, or on a noun after "since" or "after" with such a verb: the text tells it as done;
    onward: "from 2026", "starting in May", which may still be to come whatever the tense.
    """

    span: Span
    when: When
    role: Role | None
    head: int
    expression: Expression
    tense: Tense | None = None
    relation: Relation = "at"
    modifier: bool = False
    told: bool = False
    onward: bool = False
    sentence: Span | None = None
