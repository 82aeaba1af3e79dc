"""What the reports of one thing disagree on, of which type, and whether it is a contradiction at all."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import Literal

from communique.merge import alike, places, stages
from communique.merge.amounts import differences, replaces
from communique.merge.contrast import contrasts, moved
from communique.merge.telling import FIGURE, Amount, Telling
from communique.merge.words import rules
from communique.model import Claim, Disagreement

Field = Literal["value", "date", "place", "participants", "stance"]
Verdict = Literal["contradiction", "superseded", "other period", "other kind", "more named"]
VERDICTS: dict[str, Verdict] = {"value": "contradiction", "period": "other period", "kind": "other kind"}
Found = tuple[Field, Verdict, str, str]
DAYS_TOGETHER = 7  # only dates this exact can contradict each other


def disagreements(members: Sequence[Telling]) -> list[Disagreement]:
    """Everything that the tellings of one record give different values of, each two values once."""
    found: dict[Found, tuple[dict[tuple[str, str], None], dict[tuple[str, str], None]]] = {}
    for a, b in itertools.combinations(_distinct(members), 2):
        for field, verdict, one, other, swapped in _between(a, b):
            first, second = (b, a) if swapped else (a, b)
            if (field, verdict, other, one) in found and verdict != "superseded":
                one, other, first, second = other, one, second, first
            sides = found.setdefault((field, verdict, one, other), ({}, {}))
            for side, told in zip(sides, (first, second), strict=True):
                side[told.event_id, told.key] = None
    return [
        Disagreement(field, verdict, Claim(one, tuple(first)), Claim(other, tuple(second)))
        for (field, verdict, one, other), (first, second) in found.items()
    ]


def stances(members: Sequence[Telling], against: Sequence[Telling]) -> list[Disagreement]:
    """That others deny it, or that others report what these deny."""
    if not against:
        return []
    sides = [tuple(dict.fromkeys((each.event_id, each.key) for each in side)) for side in (members, against)]
    values = ["denied" if side[0].denying else side[0].stance for side in (members, against)]
    return [Disagreement("stance", "contradiction", Claim(values[0], sides[0]), Claim(values[1], sides[1]))]


def put_off(members: Sequence[Telling], later: Sequence[Telling]) -> list[Disagreement]:
    """That what was planned for a day is put off: to another one, where the report names it."""
    sides: dict[tuple[str, str], tuple[dict[tuple[str, str], None], dict[tuple[str, str], None]]] = {}
    for a, b in itertools.product(members, later):
        if stages.puts_off(b, a):
            coming = b.low is not None and b.high is not None and b.day is not None and b.low > b.day
            values = (_value(a, "date"), _value(b, "date") if coming else "put off")
            for side, told in zip(sides.setdefault(values, ({}, {})), (a, b), strict=True):
                side[told.event_id, told.key] = None
    return [
        Disagreement("date", "superseded", Claim(one, tuple(first)), Claim(other, tuple(second)))
        for (one, other), (first, second) in sides.items()
    ]


def moved_on(members: Sequence[Telling], later: Sequence[Telling]) -> list[Disagreement]:
    """That a later report gives another day on which something between the same states is to open."""
    sides: dict[tuple[str, str], tuple[dict[tuple[str, str], None], dict[tuple[str, str], None]]] = {}
    for a, b in itertools.product(members, later):
        for values in moved(a, b):
            for side, told in zip(sides.setdefault(values, ({}, {})), (a, b), strict=True):
                side[told.event_id, told.key] = None
    return [
        Disagreement("date", "superseded", Claim(one, tuple(first)), Claim(other, tuple(second)))
        for (one, other), (first, second) in sides.items()
    ]


def _distinct(members: Sequence[Telling]) -> list[Telling]:
    """The tellings without those that say nothing new: hundreds of copies need not be compared with each other."""
    seen: dict[tuple[object, ...], Telling] = {}
    for each in members:
        seen.setdefault(
            (each.text, each.day, each.sides, each.low, each.high, each.amounts, each.voice, each.facts), each
        )
    return list(seen.values())


def _between(a: Telling, b: Telling) -> Iterator[tuple[Field, Verdict, str, str, bool]]:
    """Field, verdict and both values; swapped where b's value comes first."""
    if a.key == b.key:
        return
    for late, early in ((a, b), (b, a)):
        if replaces(late, early):
            values = (_amount(early.amounts[0]), _amount(late.amounts[0]))
            yield "value", "superseded", *values, late is a
            return
    for one, other, why in differences(a, b):
        verdict, swapped = _later(a, b, VERDICTS[why])
        planned = a.event == FIGURE and (b if swapped else a).amounts[0].planned
        if verdict == "contradiction" and planned and _months_apart(a, b):
            verdict, swapped = "superseded", (a.day or 0) > (b.day or 0)
        yield "value", verdict, *_ordered(_amount(one), _amount(other), swapped), swapped
    if a.event == FIGURE:
        return
    if places.differ(a, b) and a.text != b.text:
        verdict, swapped = _later(a, b, "contradiction")
        yield "place", verdict, *_ordered(a.place or "", b.place or "", swapped), swapped
    exact = all(each.days is not None and each.days <= DAYS_TOGETHER for each in (a, b))
    if alike.gap(a, b) and exact and a.text != b.text:
        verdict, swapped = _later(a, b, "contradiction")
        yield "date", verdict, *_ordered(_value(a, "date"), _value(b, "date"), swapped), swapped
    if not alike.people_agree(a, b):
        verdict, swapped = _later(a, b, "contradiction")
        yield "participants", verdict, *_ordered(_who(a), _who(b), swapped), swapped
    elif a.everybody != b.everybody and alike.between_states(a) and alike.between_states(b):
        more = a.everybody <= b.everybody or b.everybody <= a.everybody
        verdict, swapped = ("more named", False) if more else _later(a, b, "contradiction")
        yield "participants", verdict, *_ordered(_who(a), _who(b), swapped), swapped
    for what, how, mine, theirs in contrasts(a, b):
        verdict, swapped = _later(a, b, how)
        yield what, verdict, *_ordered(mine, theirs, swapped), swapped


def _later(a: Telling, b: Telling, verdict: Verdict) -> tuple[Verdict, bool]:
    """A contradiction is none where a later report of the same voice, or one that corrects, takes the other's place."""
    if verdict != "contradiction" or a.day is None or b.day is None:
        return verdict, False
    early, late = (a, b) if a.day <= b.day else (b, a)
    own = a.voice == b.voice or a.text == b.text
    if (own and early.day != late.day) or (late.revises and (own or early.day != late.day)):
        return "superseded", late is a
    return verdict, False


def _months_apart(a: Telling, b: Telling) -> bool:
    """Whether so much time lies between two reports that the earlier plan was changed rather than told wrongly."""
    return a.day is not None and b.day is not None and abs(a.day - b.day) > rules()["days_of_a_correction"]


def _amount(amount: Amount) -> str:
    return " ".join(amount.text.split())


def _ordered(one: str, other: str, swapped: bool) -> tuple[str, str]:
    return (other, one) if swapped else (one, other)


def _value(telling: Telling, field: str) -> str:
    return next((value for name, value in telling.said if name == field), "unknown")


def _who(telling: Telling) -> str:
    return ", ".join(dict.fromkeys(value for name, value in telling.said if name in ("actor", "recipient")))
