"""When an article came out: everything that speaks for its date, what was chosen, and why.

The rules, in order:

1. Direct evidence names the day: what the caller gave, then the byline, then the page's metadata, then the url, then
   the dateline. The first of these is chosen; the others stand in the note, agreeing or not.
2. Without direct evidence the article is bounded, not guessed. It is not younger than
   - the page's own date line (the header): the page existed on that day, which may be the day of viewing;
   - the last day on which all who are named as sitting office-holders held their offices.
   It is not older than
   - the latest dated thing that it tells as past ("since the invasion in February 2022");
   - the first day on which all its sitting office-holders held their offices.
   Office-holders count where their title stands in the present (not "former", "then", "late", "ex-"), outside
   sentences about a past year. Terms of one person in one office are alternatives. Where they cannot all be true at
   once, the days on which most of them are decide, if that is more than half; else none does.
3. An anniversary is evidence for a year. A day without a year in its sentence is a day of that year; news tells a day
   without its year for at most about nine months, so such a day bounds the article from both sides. "Today marks the
   75th anniversary" gives the day itself.
4. Days with their weekday ("Tuesday, June 15") leave only the years in which they fall together; where the bounds
   leave one such year, the day bounds the article as in 3.
5. A bound that contradicts a stronger one (in the order: header, dated past, anniversaries, office-holders) is not
   used, and the note says so.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from communique.model import UNKNOWN, Basis, DateEvidence, Document, Precision, Span, When
from communique.resolve.bounds import Bounds, cast_region
from communique.resolve.dates import Dated
from communique.resolve.dates.anniversaries import Evidence, evidence, states_in
from communique.resolve.dates.near import NEAR_PAST, View
from communique.resolve.dates.place import place
from communique.resolve.dates.words import words

# kinds of direct evidence, most trusted first, and the basis that each gives
TRUST: tuple[tuple[str, Basis], ...] = (
    ("input", "stated"), ("byline", "stated"), ("json-ld", "page date"), ("metadata", "page date"),
    ("url", "page date"), ("dateline", "stated"),
)  # fmt: skip
_PAST_OFFICE = re.compile(
    r"(?i)(?:\b(?:former|then|late|ex|one-time|onetime|erstwhile|ousted|deposed|previous|outgoing|past|retired|ex-)"
    r"[\s-]+(?:[\w’'.-]+\s+){0,5}|\bex-[\w-]*\s*(?:[\w’'.-]+\s+){0,3})$"
)
_PAST_AFTER = re.compile(
    r"(?i)^,?\s*(?:who\s+(?:was|served|ruled|governed)|then\s+the|the\s+former|a\s+former|the\s+late"
    r"|president\s+(?:from|between|until))\b"
)
# words that end the phrase that "former" belongs to: "a former aide to President X"
_OTHER_PHRASE = re.compile(
    r"(?i)[,()]|\b(?:and|to|for|by|from|under|with|in|at|on|who|whose|of the|said|says|met|told)\b"
)
# a full stop after a short word may be that of "Gov." or "Sen."
_SENTENCE_END = re.compile(r"[!?;:\n]\s|\n|(?<=[a-z]{4})\.\s|(?<=[)\"”\d])\.\s")
_NOT_YET = re.compile(
    r"(?i)\b(?:alternate|incoming|would-be|next|future|prospective)\b[^,.;]*$|[\s-](?:elect|designate)\b"
)
# "a President Smith might": nobody who is one already
_SUPPOSED = re.compile(r"(?i)\ban?\s+(?:president|prime minister|chancellor|premier)?\s*$")
_DEAD = re.compile(
    r"(?i)\b(?:death|killing|murder|assassination|funeral|burial|execution|memory|overthrow|ouster) of (?:the )?"
    r"(?:[\w’'.-]+\s+){0,4}$"
)
_SITTING = re.compile(r"(?i)\boutgoing\s+(?:[\w’'.-]+\s+){0,5}$")
_NEIGHBOURS = 60  # days between two days without a year that are told of one occasion


@dataclass(frozen=True, slots=True)
class Cast:
    """A person named in an office, and one term of it; several terms of one person are several entries.

    from_ and to are the first and last day of the term, None where it is open; span is where the name stands.
    """

    name: str
    office: str
    code: str
    from_: dt.date | None
    to: dt.date | None
    span: Span


def sitting(text: str, span: Span) -> bool:
    """Whether the person named there is named as holding the office now: not "former", "then", "late" or "ex-".

    span may hold the name with its title or the name alone.
    """
    before = _SENTENCE_END.split(text[max(0, span.start - 80) : span.start])[-1]
    name = span.cut(text)
    past = re.search(r"(?i)\b(?:former|then|late|ex)\b", name) or _DEAD.search(before) or _SUPPOSED.search(before)
    if past or _NOT_YET.search(before[-40:] + name) or _PAST_AFTER.match(text[span.end : span.end + 60]):
        return False
    if _SITTING.search(before):
        return True
    # the words between "former" and the name must be its title: no verb, no comma, no second name
    found = _PAST_OFFICE.search(before)
    return found is None or _OTHER_PHRASE.search(found[0]) is not None


def choose(document: Document, cast: Sequence[Cast], dated: Sequence[Dated]) -> When:
    """The date of publication: a day where something names it, else all that bounds it; `note` lists every reason.

    dated are the dates of the article's sentences as `dates.in_sentence` gives them, whatever reference it was given.
    basis is "stated" or "page date" for direct evidence, "bounded by office-holders" where these set a bound,
    "page date" where only the header does, "stated" where only dates in the text do, "none" where nothing speaks.
    """
    bounds = Bounds()
    header(document, bounds)
    told_as_past(dated, bounds)
    anniversaries(document, cast, dated, bounds)
    used_cast = office_holders(document, cast, dated, bounds)
    weekdays(dated, bounds)
    direct = _direct(document)
    if direct is not None:
        return _with_doubts(direct, bounds)
    if bounds.earliest is None and bounds.latest is None:
        return UNKNOWN if not bounds.notes else When(note=bounds.note())
    basis: Basis = "page date" if bounds.only_header else "bounded by office-holders" if used_cast else "stated"
    precision: Precision = "interval" if bounds.earliest and bounds.latest else "unknown"
    if bounds.earliest is not None and bounds.earliest == bounds.latest:
        precision = "day"
    return When(bounds.earliest, bounds.latest, precision, basis, note=bounds.note())


def _direct(document: Document) -> When | None:
    """The most trusted direct evidence, with what the others say in the note."""
    for kind, basis in TRUST:
        found = next((e for e in document.date_evidence if e.kind == kind), None)
        if found is not None:
            return _from_evidence(found, basis, document.date_evidence)
    if document.published.known:
        return document.published
    return None


def _from_evidence(found: DateEvidence, basis: Basis, everything: Sequence[DateEvidence]) -> When:
    note = f"chosen: {found.kind} ({found.text})"
    others = [e for e in everything if e is not found]
    agree = sorted({e.kind for e in others if e.earliest <= found.latest and found.earliest <= e.latest})
    apart = [e for e in others if e.latest < found.earliest or found.latest < e.earliest]
    differ = sorted({f"{e.kind} says {e.earliest}" for e in apart})
    note += f"; agreeing: {', '.join(agree)}" if agree else ""
    note += f"; differing: {', '.join(differ)}" if differ else ""
    precision: Precision = "day" if found.earliest == found.latest else "interval"
    return When(found.earliest, found.latest, precision, basis, found.text, found.span, note)


def _with_doubts(direct: When, bounds: Bounds) -> When:
    """Direct evidence stands, and the note says which bounds it does not meet."""
    doubts = [
        bound.reason for bound in bounds.used
        if (bound.earliest and direct.latest and direct.latest < bound.earliest)
        or (bound.latest and direct.earliest and direct.earliest > bound.latest)
    ]  # fmt: skip
    if not doubts:
        return direct
    note = f"{direct.note or 'given'}; against it: {'; '.join(doubts)}"
    return replace(direct, note=note)


def header(document: Document, bounds: Bounds) -> None:
    """The page's own date line: the article is not younger."""
    days = [e.latest for e in document.date_evidence if e.kind == "header"]
    if document.page_date.latest is not None:
        days.append(document.page_date.latest)
    if days:
        bounds.add(None, max(days), f"not after {max(days)}: the page's own date, which may be the day of viewing",
                   header=True)  # fmt: skip


def _absolute(dated: Dated) -> tuple[dt.date, dt.date] | None:
    """The days of a date that needs no other to be known."""
    found = place(dated.expression, View(None))
    if found is None or found.first == dt.date.min or dated.expression.fields.others:
        return None
    return found.first, found.last


def told_as_past(dated: Sequence[Dated], bounds: Bounds) -> None:
    """The latest stated date that the article tells as past: the article is not older."""
    best: tuple[dt.date, str] | None = None
    for item in dated:
        if item.relation == "before" or item.role in ("deadline", "until", "anniversary"):
            continue
        if item.modifier and item.role != "since":
            continue
        if not item.told and not (item.role == "since" and item.tense != "future" and not item.onward):
            continue
        days = _absolute(item)
        if days is None or (bounds.latest is not None and days[0] > bounds.latest):
            continue
        if best is None or days[0] > best[0]:
            best = days[0], item.expression.text
    if best is not None:
        bounds.add(best[0], None, f"not before {best[0]}: tells {best[1]!r} as past")


def _is_month_day(item: Dated) -> bool:
    fields = item.expression.fields
    return (
        item.expression.kind == "date" and fields.month is not None and fields.day is not None
        and fields.year is None and fields.year_shift is None and not item.expression.parts
    )  # fmt: skip


def _in_year(item: Dated, year: int) -> dt.date | None:
    fields = item.expression.fields
    try:
        return dt.date(year, fields.month or 1, fields.day or 1)
    except ValueError:
        return None


def _same_sentence(dated: Sequence[Dated], item: Dated) -> list[Dated]:
    return [d for d in dated if d is not item and d.sentence == item.sentence and d.sentence is not None]


def anniversaries(document: Document, cast: Sequence[Cast], dated: Sequence[Dated], bounds: Bounds) -> None:
    """Anniversaries, and the days without a year that stand beside them."""
    marked = [item for item in dated if item.role == "anniversary"]
    if not marked:
        return
    article = " ".join(span.cut(document.text) for span in document.article) or document.text
    others = [*(person.code for person in cast), *states_in(article)]
    # whom the article names helps to tell which of several pairs of states the anniversary can be of
    limits = Bounds(bounds.earliest, bounds.latest)
    office_holders(document, cast, dated, limits)
    for item in marked:
        sentence = item.sentence.cut(document.text) if item.sentence is not None else document.text
        found = [
            one for one in evidence(item.expression, sentence, others)
            if (limits.earliest is None or one.year >= limits.earliest.year - 1)
            and (limits.latest is None or one.year <= limits.latest.year + 1)
        ]  # fmt: skip
        if found:
            _anniversary(found[0], item, dated, bounds)


def _anniversary(found: Evidence, item: Dated, dated: Sequence[Dated], bounds: Bounds) -> None:
    beside = _same_sentence(dated, item)
    for other in beside:
        fields = other.expression.fields
        if other.expression.kind == "day" and fields.number is not None and found.days():
            days = [day - dt.timedelta(days=int(fields.number)) for day in found.days()]
            bounds.add(min(days), max(days), f"{found.note}, and {other.expression.text!r} is that day")
            return
        if other.expression.kind == "shifted" and fields.unit == "year" and fields.name is None:
            year = found.year - (fields.shift or 0)
            bounds.add(dt.date(year, 1, 1), dt.date(year, 12, 31), f"{found.note}, and {other.expression.text!r} is it")
            return
    if any(_absolute(other) is not None for other in beside):
        return
    days = [day for other in beside if _is_month_day(other) and (day := _in_year(other, found.year))]
    if not days:
        first, last = dt.date(max(found.year - 1, 1), 1, 1), dt.date(min(found.year + 1, 9999), 12, 31)
        bounds.add(first, last, f"{found.note}; told within a year of it")
        return
    ahead = all(other.tense == "future" for other in beside if _is_month_day(other))
    _by_day(min(days), max(days), ahead, [d for d in dated if _is_month_day(d)], found.note, bounds)


def _by_day(
    first: dt.date, last: dt.date, ahead: bool, month_days: Sequence[Dated], reason: str, bounds: Bounds
) -> None:
    """A day without a year, once its year is known, bounds the article that tells it."""
    words = f"{first:%B} {first.day}"
    if ahead:
        bounds.add(first - dt.timedelta(days=NEAR_PAST), last, f"{reason}, so {words} is {first}, still to come")
        return
    told = [last]
    for item in month_days:
        if item.tense == "future" or item.role in ("deadline", "until") or item.relation == "before":
            continue
        near = [d for year in (first.year - 1, first.year, first.year + 1) if (d := _in_year(item, year))]
        told += [day for day in near if abs((day - last).days) <= _NEIGHBOURS]
    latest_told = max(told)
    bounds.add(
        latest_told, min(last, latest_told) + dt.timedelta(days=NEAR_PAST),
        f"{reason}, so {words} is {first} and {latest_told} is told as past; "
        "a day without its year is told within nine months",
    )  # fmt: skip


def weekdays(dated: Sequence[Dated], bounds: Bounds) -> None:
    """A day with its weekday and no year, where the bounds leave one year in which the two fall together."""
    if bounds.earliest is None or bounds.latest is None:
        return
    for item in dated:
        weekday = item.expression.fields.weekday
        if not _is_month_day(item) or weekday is None or item.expression.fields.last_day is not None:
            continue
        years = range(bounds.earliest.year - 1, bounds.latest.year + 2)
        days = [d for year in years if (d := _in_year(item, year)) and d.weekday() == weekday]
        near = [
            d for d in days
            if d + dt.timedelta(days=NEAR_PAST) >= bounds.earliest and d - dt.timedelta(days=NEAR_PAST) <= bounds.latest
        ]  # fmt: skip
        if len(near) == 1:
            ahead = item.tense == "future"
            _by_day(near[0], near[0], ahead, (), f"{item.expression.text!r} fits only {near[0].year}", bounds)
            return


def office_holders(document: Document, cast: Sequence[Cast], dated: Sequence[Dated], bounds: Bounds) -> bool:
    """The terms of those who are named as sitting; whether they set a bound."""
    present: list[Cast] = []
    for person in cast:
        if person.office.endswith(tuple(words("no_office"))):
            continue
        if not sitting(document.text, person.span):
            bounds.remark(f"{person.name} is not named as sitting {person.office}")
            continue
        past_year = next(
            (d for d in dated if d.sentence is not None and d.sentence.covers(person.span) and d.tense == "past"
             and d.role is None and not d.modifier and _absolute(d) is not None), None
        )  # fmt: skip
        if past_year is not None:
            bounds.remark(f"{person.name} is named beside {past_year.expression.text!r}")
            continue
        present.append(person)
    terms: dict[str, list[tuple[dt.date | None, dt.date | None]]] = {}
    for person in present:
        term = (person.from_, person.to)
        key = f"{person.name} as {person.office} ({person.code})"
        if term not in terms.setdefault(key, []):
            terms[key].append(term)
    return cast_region(terms, bounds)
