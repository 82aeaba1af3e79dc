"""From words to a When: the days an expression means, given when the document was written, with basis and precision."""

from __future__ import annotations

import datetime as dt
from typing import cast

from communique.model import Basis, Precision, When
from communique.resolve.dates import calendar as cal
from communique.resolve.dates.calendar import Stretch
from communique.resolve.dates.expression import Expression, Tense
from communique.resolve.dates.near import View
from communique.resolve.dates.place import place

# up to this many days an interval's results are listed one by one
LISTED = 60
_SAMPLES = 60
_STATED = frozenset({"date", "year", "quarter", "half", "season", "decade", "century", "fiscal", "holiday", "week of",
                     "nth", "months to", "first months", "range"})  # fmt: skip


def _open(day: dt.date) -> dt.date | None:
    return None if day in (dt.date.min, dt.date.max) else day


def _when(stretch: Stretch, expression: Expression, basis: Basis, note: str | None) -> When:
    first, last = _open(stretch.first), _open(stretch.last)
    precision: Precision = cast(Precision, stretch.unit) if first and last else "unknown"
    return When(first, last, precision, basis, expression.text, expression.span, note)


def _ambiguous(expression: Expression, reference: When, tense: Tense | None) -> When | None:
    """12/03/2021: both days, or the one that is over where the document is older than the other."""
    days = sorted(d for d in (cal.make(*other) for other in expression.fields.others) if d)
    if not days:
        return None
    if len(days) == 2 and reference.latest is not None and tense != "future" and days[0] <= reference.latest < days[1]:
        note = f"day and month may stand either way; {days[1]} had not come yet"
        return When(days[0], days[0], "day", "stated", expression.text, expression.span, note)
    precision: Precision = "day" if days[0] == days[-1] else "interval"
    return When(
        days[0], days[-1], precision, "stated", expression.text, expression.span,
        "day and month may stand either way", tuple(days),
    )  # fmt: skip


def _previous(previous: When | None) -> Stretch | None:
    if previous is None or previous.earliest is None or previous.latest is None:
        return None
    unit = previous.precision if previous.precision != "unknown" else "interval"
    return Stretch(previous.earliest, previous.latest, unit)


def _samples(first: dt.date, last: dt.date) -> list[dt.date]:
    """Every day of a short interval; of a long one its ends and evenly spread days between."""
    length = (last - first).days
    if length <= LISTED:
        return [first + dt.timedelta(days=i) for i in range(length + 1)]
    return sorted({first + dt.timedelta(days=length * i // _SAMPLES) for i in range(_SAMPLES + 1)})


def _stated(expression: Expression) -> bool:
    """Whether the words name the date themselves, so that at most its year is inferred."""
    fields = expression.fields
    if expression.kind == "range":
        return all(_stated(part) for part in expression.parts)
    return expression.kind in _STATED and fields.shift is None and fields.year_shift is None and (
        fields.month is not None or expression.kind != "date"
    )  # fmt: skip


def resolve(expression: Expression, reference: When, tense: Tense | None = None, previous: When | None = None) -> When:
    """The When that an expression means.

    reference is the document's date, which may be an interval or unknown; previous is the last date named before in
    the text ("three days earlier"). basis is "stated" where the words name the date (at most its year comes from the
    reference, and the note says so) and "relative" where it is counted from the reference. Where the reference is an
    interval of at most 60 days, candidates lists the days it can be; where it is longer, the interval is given.
    An anniversary is no date: it resolves to an unknown When whose note says so.
    """
    if expression.kind == "anniversary":
        mark = f"{expression.text}: evidence for a year, not a date"
        return When(text=expression.text, span=expression.span, note=mark)
    if expression.fields.others:
        found = _ambiguous(expression, reference, tense)
        return found if found is not None else When(text=expression.text, span=expression.span)
    if tense is None and expression.role == "deadline" and expression.fields.bound != "nearest":
        tense = "future"
    before = _previous(previous)
    absolute = place(expression, View(None, tense, None))
    if absolute is not None:
        return _when(absolute, expression, "stated", None)
    if before is not None:
        anaphoric = place(expression, View(None, tense, before))
        if anaphoric is not None:
            return _when(anaphoric, expression, "relative", "counted from the date named before it in the text")
    basis: Basis = "stated" if _stated(expression) else "relative"
    note: str | None = "the year follows from the document's date" if basis == "stated" else None
    if reference.earliest is None or reference.latest is None:
        return _half_known(expression, reference, tense, before)
    days = _samples(reference.earliest, reference.latest)
    results = [s for s in (place(expression, View(day, tense, before)) for day in days) if s is not None]
    if not results:
        return When(text=expression.text, span=expression.span)
    first, last = min(s.first for s in results), max(s.last for s in results)
    if len({(s.first, s.last) for s in results}) == 1:
        return _when(results[0], expression, basis, note)
    listed = (reference.latest - reference.earliest).days <= LISTED and all(s.first == s.last for s in results)
    return When(
        _open(first), _open(last), "interval", basis, expression.text, expression.span,
        f"the document is dated only to {reference.earliest}..{reference.latest}",
        tuple(sorted({s.first for s in results})) if listed else (),
    )  # fmt: skip


def _half_known(expression: Expression, reference: When, tense: Tense | None, before: Stretch | None) -> When:
    """One bound of the document's date bounds what is counted from it; no bound leaves it unknown."""
    low = place(expression, View(reference.earliest, tense, before)) if reference.earliest else None
    high = place(expression, View(reference.latest, tense, before)) if reference.latest else None
    return When(
        _open(low.first) if low else None, _open(high.last) if high else None, "unknown", "relative",
        expression.text, expression.span, "counted from the document's date, which is not known",
    )  # fmt: skip
