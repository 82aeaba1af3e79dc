"""Two promises that numbers and dates decide: a level aimed at against the level reached, a visit against its day."""

from __future__ import annotations

import datetime as dt

from communique.export.dates import period
from communique.measure.pledges import rules
from communique.measure.pledges.nouns import Evidence, Promise, Said
from communique.measure.pledges.speaks import comparable, definitely_after
from communique.model import Event, Figure, When


def aims_at_a_level(promise: Promise) -> bool:
    """Whether a promise is of a level, as of trade, that later figures of the same measure reach or not."""
    amount = promise.amount
    if amount is None or not amount.value or amount.unit == "percent" or amount.measure is None:
        return False
    levels = frozenset(str(word) for word in rules.table()["levels"])
    head = amount.measure.split(" of ")[0]
    return head in levels and (promise.kind == "target" or bool(promise.deeds & {"grow", "cut", "trade"}))


def reached(promise: Promise, said: Said) -> Evidence | None:
    """What a later figure of the same measure between the same parties says of a level aimed at."""
    amount = promise.amount
    if amount is None or amount.value is None or not definitely_after(said.page.published, promise.made):
        return None
    for figure in said.figures:
        if figure.status != "observed" or figure.value is None or not _same_measure(amount, figure):
            continue
        if not _same_sides(promise, said, figure) or not _of_a_later_time(promise, said, figure):
            continue
        return _level(promise, said, figure, amount.value, figure.value)
    return None


def _same_measure(amount: Figure, figure: Figure) -> bool:
    if not comparable(amount, figure) or figure.measure is None or amount.measure is None:
        return False
    first, other = amount.measure.split(" of ", 1), figure.measure.split(" of ", 1)
    if first[0] != other[0] and not {first[0], other[0]} <= {"exports", "sales", "supplies"}:
        return False
    # exports of gas are no exports of cars
    return len(first) == 1 or len(other) == 1 or bool(set(first[1].split()) & set(other[1].split()))


def _same_sides(promise: Promise, said: Said, figure: Figure) -> bool:
    codes = {who.actor.code for who in figure.between if who.actor.code}
    return (
        codes == promise.parties
        if len(codes) > 1
        else codes <= promise.parties and promise.parties <= set(said.page.weight)
    )


def _of_a_later_time(promise: Promise, said: Said, figure: Figure) -> bool:
    """A level of before the promise keeps nothing: last year's trade is no answer to this year's target."""
    when = figure.period
    if when.earliest is None or promise.made.latest is None:
        return False
    return when.earliest > promise.made.latest or (
        when.latest is not None and promise.made.earliest is not None and when.latest > promise.made.latest
    )


def _level(promise: Promise, said: Said, figure: Figure, wanted: float, got: float) -> Evidence:
    lower = "cut" in promise.deeds and "grow" not in promise.deeds
    there = got <= wanted if lower else got >= wanted * (1 - 1e-9)
    of = period(figure.period) or "an unstated time"
    amount = promise.amount.text if promise.amount else ""
    due = promise.deadline
    late = definitely_after(figure.period, due)
    why = f"{figure.text} in {of} against {amount}"
    if there:
        verdict = "kept"
        why += f", after its time ({period(due)})" if late else ""
    else:
        over = due.latest is not None and figure.period.latest is not None and (
            figure.period.latest >= due.latest or definitely_after(said.page.published, due)
        )  # fmt: skip
        verdict = "partly" if over else "under way"
        why += f" ({100 * got / wanted:.0f} percent)" if not lower else ""
    return Evidence(said, verdict, why, said.page.published, figure.span, there and late, 1.0, figure)


def is_a_visit(promise: Promise) -> bool:
    """Whether a promise is a meeting of two parties on a day, a week or a month that is named."""
    due = promise.deadline
    if "meet" not in promise.deeds or due.earliest is None or due.latest is None:
        return False
    return (due.latest - due.earliest).days <= 31 and promise.amount is None


def held(promise: Promise, said: Said) -> Evidence | None:
    """A meeting of the same parties on the day named, or somewhat later with a name or place in common."""
    due = promise.deadline
    if due.earliest is None or due.latest is None or not definitely_after(said.page.published, promise.made):
        return None
    for event in said.events:
        if event.event != "CONSULT" or event.stance != "actual" or not promise.parties <= _sides(event):
            continue
        when = event.date
        if when.earliest is None or when.latest is None or (when.latest - when.earliest).days > 7:
            continue
        # who sets out on the 28th may be received on the 29th
        if when.earliest <= due.latest + dt.timedelta(days=1) and due.earliest <= when.latest:
            why = f"told as held on {period(when)} (“{event.event_text}”)"
            return Evidence(said, "kept", why, said.page.published, event.trigger, share=1.0)
        wait = dt.timedelta(days=int(rules.rule("visit_days")))
        common = (promise.core | promise.names) & said.stems
        if due.latest < when.earliest <= due.latest + wait and common:
            why = (
                f"told as held on {period(when)}, {(when.earliest - due.latest).days} days later (“{event.event_text}”)"
            )
            return Evidence(said, "kept", why, said.page.published, event.trigger, True, 1.0)
    return None


def _sides(event: Event) -> set[str | None]:
    return {who.actor.code for who in (*event.actor, *event.recipient)}


def overlap(first: When, other: When) -> bool:
    """Whether two dates may be one; open sides reach as far as they may."""
    low = max((d.earliest for d in (first, other) if d.earliest), default=None)
    high = min((d.latest for d in (first, other) if d.latest), default=None)
    return low is None or high is None or low <= high
