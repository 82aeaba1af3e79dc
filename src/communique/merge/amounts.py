"""Whether two reports give the same amount, another one, or one that is of something else."""

from __future__ import annotations

from collections.abc import Iterator

from communique.merge.telling import Amount, Telling
from communique.merge.words import rules, tokens

HALF = 0.5  # relative difference within which rounding may explain two figures, in percent of the larger
_SMALL = 13  # a count below it may be the same by chance: two days, three ministers


def agree(a: Telling, b: Telling) -> bool:
    """Whether the two give one and the same amount of something, and neither a small count nor a stretch of time."""
    return any(
        one.unit == other.unit
        and one.unit
        and one.unit not in rules()["time_units"]
        and one.per == other.per
        and _close(one, other)
        and (one.high or 0) >= _SMALL
        for one in a.amounts
        for other in b.amounts
    )


def replaces(late: Telling, early: Telling) -> bool:
    """Whether a figure stands in the place of another one, as its own sentence says: "15 percent and not 18"."""
    return any(
        was.unit == own.unit and was.per == own.per and _close(was, own) for was in late.former for own in early.amounts
    )


def figures_differ(a: Telling, b: Telling) -> bool:
    """Whether their sentences give different amounts of the same thing: each one amount in a unit, and not the same."""
    return any(why == "value" for _, _, why in differences(a, b))


def differences(a: Telling, b: Telling) -> Iterator[tuple[Amount, Amount, str]]:
    """Amounts in one unit that are not the same, with why: value where they contradict each other, else period or kind.

    A sentence that says "2.3 billion, not 3.2 billion" differs from one that says 3.2 billion. Figures of two years, or
    a target beside a result, do not contradict each other.
    """
    one, other = _by_unit(a), _by_unit(b)
    for unit in sorted(one.keys() & other.keys(), key=str):
        first, second = one[unit], other[unit]
        alone = [x for x in first if not any(_close(x, y) for y in second)]
        stray = [y for y in second if not any(_close(x, y) for x in first)]
        if len(alone) == len(stray) == 1 and len(first) == len(second) == 1:
            yield alone[0], stray[0], _why(alone[0], stray[0])
        elif len(alone) + len(stray) == 1 and min(len(first), len(second)) == 1:
            more = a if len(first) > len(second) else b
            if more.corrects:
                kept = (second if alone else first)[0]
                yield (alone[0], kept, "value") if alone else (kept, stray[0], "value")


def _why(one: Amount, other: Amount) -> str:
    if _apart(one, other):
        return "period"
    if one.status != other.status and {one.status, other.status} & {"target", "pledged", "change"}:
        return "kind"
    if one.measure and other.measure and not set(tokens(one.measure)) & set(tokens(other.measure)):
        return "kind"
    return "value"


def _apart(one: Amount, other: Amount) -> bool:
    """Whether the two are of different times: no day in common, or one of a part of the other's."""
    if one.start is None or one.end is None or other.start is None or other.end is None:
        return False
    return (one.start, one.end) != (other.start, other.end)


def _by_unit(telling: Telling) -> dict[tuple[str, str | None], list[Amount]]:
    found: dict[tuple[str, str | None], list[Amount]] = {}
    for amount in telling.amounts:
        if amount.unit and amount.low is not None and amount.high is not None:
            held = found.setdefault((amount.unit, amount.per), [])
            if not any((amount.low, amount.high) == (each.low, each.high) for each in held):
                held.append(amount)
    return found


def _close(one: Amount, other: Amount) -> bool:
    if one.low is None or one.high is None or other.low is None or other.high is None:
        return False
    slack = HALF / 100 * max(abs(one.high), abs(other.high))
    return one.low <= other.high + slack and other.low <= one.high + slack
