"""Which tellings are of one promise, and which later promise takes the place of an earlier one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from communique.export.dates import period
from communique.measure.pledges import rules
from communique.measure.pledges.gather import numbers
from communique.measure.pledges.levels import overlap
from communique.measure.pledges.nouns import Evidence, Promise, begins, ends
from communique.measure.pledges.speaks import Words, comparable, definitely_after, ordinals, same_project


def grouped(promises: Iterable[Promise], words: Words) -> list[list[Promise]]:
    """The tellings of each promise, the earliest first. What is given first changes nothing."""
    found: list[list[Promise]] = []
    by_parties: dict[tuple[str, ...], list[list[Promise]]] = {}
    for promise in sorted(promises, key=order):
        mine = by_parties.setdefault(tuple(sorted(promise.parties)), [])
        # the newest first: a promise is mostly told again soon
        home = next((group for group in reversed(mine) if all(same(each, promise, words) for each in group)), None)
        if home is None:
            home = []
            mine.append(home)
            found.append(home)
        home.append(promise)
    return found


def order(promise: Promise) -> tuple[str, str, str, int, int]:
    """By the day of the article, then by that on which the promise was made, then by place."""
    page = promise.said.page
    day, published = begins(promise.made), begins(page.published)
    return (
        published.isoformat() if published else "9999", day.isoformat() if day else "9999", page.id,
        promise.span.start, promise.span.end,
    )  # fmt: skip


def same(first: Promise, other: Promise, words: Words) -> bool:
    """Whether two tellings are of one promise."""
    if not _near_in_time(first, other) or not _deadlines_agree(first, other):
        return False
    if first.said.text == other.said.text:
        return True
    if not _deeds_agree(first, other):
        return False
    if _retold(first, other) or _retold(other, first):
        return True
    alike = likeness(first, other, words)
    shared = first.core & other.core
    apart = _amounts_differ(first, other)
    if apart:
        close = first.said.page is not other.said.page and _days_apart(first, other) <= 3
        return close and alike >= 0.7 and len(shared) >= rules.rule("shared")
    if _amounts_equal(first, other) and (first.core | first.context) & (other.core | other.context):
        return True
    if shared and (numbers(first.words) & numbers(other.words) or ordinals(first.words) & ordinals(other.words)):
        return True
    return alike >= rules.rule("same") and len(shared) >= rules.rule("shared")


def likeness(first: Promise, other: Promise, words: Words) -> float:
    """The share of the lighter promise's weight of words that both have."""
    whole = min(words.sum(first.core), words.sum(other.core))
    return words.sum(first.core & other.core) / whole if whole else 0.0


def _retold(first: Promise, other: Promise) -> bool:
    """Whether one looks back on the other, by the day on which it was made and a word in common."""
    if not definitely_after(other.said.page.published, other.made) or not overlap(first.made, other.made):
        return False
    both = (first.core | first.context) & (other.core | other.context)
    return bool(both & (first.core | other.core)) and not _amounts_differ(first, other)


def _near_in_time(first: Promise, other: Promise) -> bool:
    return _days_apart(first, other) <= rules.rule("near_days")


def _days_apart(first: Promise, other: Promise) -> int:
    """Days between the intervals in which two promises were made; none where they overlap or are not known."""
    one, two = first.made, other.made
    if overlap(one, two):
        # two articles that are known only to come before a day may be years apart
        return 0 if (one.earliest and two.earliest) or first.said.page is other.said.page else 10_000
    gaps = [abs((a - b).days) for a, b in ((begins(two), ends(one)), (begins(one), ends(two))) if a and b]
    return min(gaps, default=10_000)


def _deadlines_agree(first: Promise, other: Promise) -> bool:
    return overlap(first.deadline, other.deadline)


def _deeds_agree(first: Promise, other: Promise) -> bool:
    """To get water and to sign a paper about it are two promises, though of one matter."""
    beside = frozenset().union(*(rules.neighbours()[name] for name in first.deeds)) if first.deeds else frozenset()
    return not first.deeds or not other.deeds or bool(beside & other.deeds)


def _amounts_differ(first: Promise, other: Promise) -> bool:
    if first.amount is None or other.amount is None or not comparable(first.amount, other.amount):
        return False
    return not _amounts_equal(first, other)


def _amounts_equal(first: Promise, other: Promise) -> bool:
    one, two = first.amount, other.amount
    if one is None or two is None or one.value is None or two.value is None or not comparable(one, two):
        return False
    return abs(one.value - two.value) <= rules.rule("equal") * abs(one.value)


def replaced(promise: Promise, later: Sequence[Promise], words: Words) -> Evidence | None:
    """The first later promise that takes the place of one: of the same thing, with another amount or another time.

    That both are of aid between the same states is not enough, as there is a new parcel of it each month: the later
    one must say that it replaces something, be a target for the same measure, or be of the same named thing.
    """
    for other in later:
        if not definitely_after(other.made, promise.made) or other.parties != promise.parties:
            continue
        # an undated article may be the older one
        if not definitely_after(other.said.page.published, promise.said.page.published):
            continue
        if not _one_thing(promise, other, words):
            continue
        start = other.span
        if _amounts_differ(promise, other) and other.amount is not None and promise.amount is not None:
            why = f"a later {other.kind} gives {other.amount.text} for {promise.amount.text}"
            return Evidence(other.said, "overtaken", why, other.made, start, share=1.0, promise=other)
        if _put_off(promise, other):
            why = f"a later {other.kind} gives {period(other.deadline)} for {period(promise.deadline)}"
            return Evidence(other.said, "overtaken", why, other.made, start, share=1.0, promise=other)
    return None


def _one_thing(promise: Promise, other: Promise, words: Words) -> bool:
    if same_project(promise.project, other.project or ""):
        return True
    shared = promise.core & other.core
    alike = likeness(promise, other, words)
    one, two = promise.amount, other.amount
    if promise.kind == other.kind == "target" and one is not None and two is not None:
        return one.measure is not None and one.measure == two.measure and comparable(one, two)
    if _contract_of(promise, other):
        return True
    if alike < rules.rule("same") or len(shared) < rules.rule("shared"):
        return False
    if next(iter(rules.standing("overtaken", other.said.text)), None) is not None:
        return True
    return bool(promise.names & other.names) and alike >= 0.6


def _contract_of(promise: Promise, other: Promise) -> bool:
    """Whether a contract puts into effect what was promised: money of one order, and words in common around both."""
    one, two = promise.amount, other.amount
    if other.kind != "contract" or promise.kind not in ("pledge", "plan", "offer") or one is None or two is None:
        return False
    if not one.value or not two.value or not comparable(one, two) or not 0.5 <= two.value / one.value <= 2:
        return False
    both = (promise.core | promise.context) & (other.core | other.context)
    return _days_apart(promise, other) <= rules.rule("contract_days") and len(both) >= rules.rule("shared")


def _put_off(promise: Promise, other: Promise) -> bool:
    first, then = promise.deadline.latest, other.deadline.latest
    return first is not None and then is not None and then - first > dt.timedelta(days=31) and not overlap(
        promise.deadline, other.deadline
    )  # fmt: skip
