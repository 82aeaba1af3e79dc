"""Where on the calendar an expression lies, seen from one day: each kind of date goes to its arithmetic."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from communique.resolve.dates import periods, relative
from communique.resolve.dates.calendar import Stretch
from communique.resolve.dates.expression import Expression
from communique.resolve.dates.near import View, nearest, years_around


def _yearless_range(one: Expression, two: Expression, view: View) -> Stretch | None:
    """May 31 to June 6: the one run of these days that the tense means, as a whole."""
    found = []
    for year in years_around(view):
        ends = []
        for part, number in ((one, year), (two, year + ((two.fields.month or 0) < (one.fields.month or 0)))):
            dated = Expression(part.span, part.text, part.kind, replace(part.fields, year=number))
            ends.append(place(dated, View(None)))
        first, last = ends
        if first is not None and last is not None and first.first <= last.last:
            found.append(Stretch(first.first, last.last, "interval"))
    return nearest(found, view)


def _yearless(part: Expression) -> bool:
    fields = part.fields
    return (
        part.kind == "date" and fields.month is not None and fields.year is None
        and fields.year_shift is None and fields.shift is None and not part.parts
    )  # fmt: skip


def _range(expression: Expression, view: View) -> Stretch | None:
    one, two = expression.parts
    if _yearless(one) and _yearless(two):
        return _yearless_range(one, two, view)
    first, second = place(one, view), place(two, view)
    if first is None or second is None:
        return None
    if second.last < first.first:
        later = place(two, View(first.first, "future", first))
        second = later if later is not None and later.last >= first.first else second
    if second.last < first.first:
        return None
    return Stretch(first.first, second.last, "interval")


_PLACES: dict[str, Callable[[Expression, View], Stretch | None]] = {
    "date": periods.date,
    "year": periods.year,
    "quarter": periods.quarter,
    "half": periods.quarter,
    "first months": periods.first_months,
    "season": periods.season,
    "fiscal": periods.fiscal,
    "decade": periods.decade,
    "century": periods.century,
    "holiday": periods.holiday,
    "week of": periods.week_of,
    "nth": periods.nth,
    "months to": periods.months_to,
    "weekday": relative.weekday,
    "day": relative.day,
    "same": relative.same,
    "ago": relative.ago,
    "offset": relative.ago,
    "shifted": relative.shifted,
    "in": relative.in_future,
    "past": relative.back,
    "recent": relative.back,
    "coming": relative.ahead,
    "soon": relative.ahead,
    "within": relative.ahead,
    "range": _range,
}


def place(expression: Expression, view: View) -> Stretch | None:
    """The days that the expression means, seen from one day; None where it needs a day and there is none."""
    handler = _PLACES.get(expression.kind)
    if handler is None:
        return None
    if expression.kind != "range" and expression.parts:
        other = place(expression.parts[0], view)
        if other is None:
            return None
        view = replace(view, base=other) if expression.kind == "offset" else replace(view, inside=other.first.year)
    found = handler(expression, view)
    # at the ends of the calendar a stretch can be cut short from the wrong side
    return found if found is None or found.first <= found.last else None
