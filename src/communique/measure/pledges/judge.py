"""What one later sentence says of a promise: kept, kept in part, under way, overtaken, cancelled, not done, or nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass

from communique.export.dates import period
from communique.measure.pledges import rules
from communique.measure.pledges.levels import aims_at_a_level
from communique.measure.pledges.nouns import Evidence, Promise, Said
from communique.measure.pledges.speaks import Likeness, Words, comparable, definitely_after, likeness, same_amount
from communique.model import Figure, Span, When

# what stands before a past form that makes it no deed done: "to cut", "will be delivered", "was to be delivered"
_AHEAD = re.compile(
    r"(?i)\b(?:to|will|would|should|shall|must|can|could|may|might|cannot|not|never|n't|if|unless|until|before|once|when)"
    r"\s(?:\w+ly\s|be\s|have\s|been\s|being\s|soon\s|also\s)*$"
)
# "its capacity is given as": a state or a habit, no deed done; of a building it is one ("is opened", "is in service")
_IS = re.compile(r"(?i)\b(?:is|are|being|gets?)\s(?:\w+ly\s|being\s)*$")
STATES = frozenset({"build", "begin", "restore", "free", "lift"})
# what a changed promise was before: "from 1.6 trillion won", "instead of the 1.6 trillion"
_OLD = re.compile(
    r"(?i)\b(?:from|instead of|in place of|rather than|than|not|against|replaces|of)\s(?:the\s|its\s|an?\s)?(?:\w+\s){0,2}$"
)
_NOUN_DONE = re.compile(
    r"(?i)\b(?:took place|was held|was completed|were completed|has begun|is complete|went ahead|followed)\b"
)


@dataclass(frozen=True, slots=True)
class Deed:
    """A deed told as done: the word, and where it stands in the sentence."""

    word: str
    start: int
    end: int


def judge(promise: Promise, said: Said, words: Words) -> Evidence | None:
    """What a sentence says of a promise made before; None where it does not speak of it or says nothing of its fate."""
    if not _later(promise, said):
        return None
    near = likeness(promise, said, words)
    if near is None or not near.near:
        return None
    tests = (_cancelled, _replaced, _amounts, _not_done, _in_part, _done, _begun)
    if aims_at_a_level(promise):
        tests = (_cancelled, _replaced, _missed)  # whether a level is reached, figures say
    for test in tests:
        found = test(promise, said, near)
        if found is not None:
            return found
    return None


def _later(promise: Promise, said: Said) -> bool:
    if said.page is promise.said.page:
        return said.sequence != promise.said.sequence and definitely_after(said.page.published, promise.made)
    return definitely_after(said.page.published, promise.made) and (
        definitely_after(said.page.published, promise.said.page.published)
        or definitely_after(promise.said.page.published, promise.made)
    )


def _evidence(
    said: Said,
    verdict: str,
    why: str,
    near: Likeness,
    place: tuple[int, int],
    *,
    late: bool = False,
    figure: Figure | None = None,
) -> Evidence:
    start = said.span.start
    return Evidence(
        said, verdict, why, said.page.published, Span(start + place[0], start + place[1]), late, near.share, figure
    )


def deed(promise: Promise, said: Said) -> Deed | None:
    """The first deed of the promise's families that the sentence tells as done by one of its parties."""
    families = {other for name in promise.deeds for other in rules.neighbours()[name]} if promise.deeds else set()
    found: list[Deed] = []
    for name in sorted(families):
        for match in rules.deeds()[name].done.finditer(said.text):
            before = said.text[max(0, match.start() - 40) : match.start()]
            if _AHEAD.search(before) or (name not in STATES and _IS.search(before)) or rules.undone(said.text, match.start()) or _retold(said, match):
                continue
            if _of_others(promise, said, match.start()):
                continue
            found.append(Deed(match.group(), match.start(), match.end()))
        for match in rules.deeds()[name].nouns.finditer(said.text):
            done = _NOUN_DONE.search(said.text, match.end(), match.end() + 40)
            if done and not rules.undone(said.text, match.start()):
                found.append(Deed(said.text[match.start() : done.end()], match.start(), done.end()))
    return min(found, key=lambda each: each.start, default=None)


def _retold(said: Said, match: re.Match[str]) -> bool:
    """ "would be delivered", "promised that it would be built": the word stands under a promise."""
    before = said.text[: match.start()][-30:]
    return (
        rules.words("modals").search(before[-14:]) is not None or re.search(r"(?i)\bwould\b", before[-14:]) is not None
    )


def _of_others(promise: Promise, said: Said, at: int) -> bool:
    """Whether the coder reads the word as the deed of somebody else."""
    base = said.span.start
    for event in said.events:
        if abs(event.trigger.start - base - at) <= 3:
            codes = {who.actor.code for who in event.actor if who.actor.code}
            if event.stance in ("denied", "planned", "possible", "conditional"):
                return True
            return bool(codes) and not codes & promise.parties
    return False


def _cancelled(promise: Promise, said: Said, near: Likeness) -> Evidence | None:
    if promise.deeds & {"lift", "withdraw"}:
        return None  # to lift and to withdraw are what was promised
    for match in rules.standing("cancelled", said.text):
        if near.sure or near.looks_back:
            return _evidence(said, "cancelled", f"told as given up (“{match.group()}”)", near, match.span())
    return None


def _replaced(promise: Promise, said: Said, near: Likeness) -> Evidence | None:
    for match in rules.standing("overtaken", said.text):
        other = _other_amount(promise, said)
        if promise.amount is not None and near.amount and other is None:
            continue  # it tells the promise itself
        if other is not None and promise.amount is not None:
            why = f"{other.text} in place of {promise.amount.text} (“{match.group()}”)"
            return _evidence(said, "overtaken", why, near, match.span(), figure=other)
        if near.sure and (promise.deadline.latest or promise.amount is None):
            return _evidence(said, "overtaken", f"changed (“{match.group()}”)", near, match.span())
    return None


def _other_amount(promise: Promise, said: Said) -> Figure | None:
    if promise.amount is None or not promise.amount.value:
        return None
    same = same_amount(promise.amount, said)
    if same is None or not _OLD.search(said.text[: same.span.start - said.span.start]):
        return None
    for figure in said.figures:
        if figure is not same and comparable(promise.amount, figure) and figure.measure not in ("debt",):
            return figure
    return None


def _amounts(promise: Promise, said: Said, near: Likeness) -> Evidence | None:
    """What was done in the unit of the promise, against what was promised."""
    amount = promise.amount
    told = deed(promise, said)
    if amount is None or not amount.value or told is None:
        return None
    same = same_amount(amount, said)
    other = next(
        (
            f
            for f in said.figures
            if f is not same and f.status in ("observed", "signed") and comparable(amount, f) and f.value
        ),
        None,
    )
    place = (told.start, told.end)
    if other is not None and other.value is not None and other.value < amount.value * (1 - rules.rule("equal")):
        bound = near.sure or same is not None or near.looks_back
        if bound:
            part = 100 * other.value / amount.value
            why = f"{other.text} of {amount.text} ({part:.0f} percent): “{told.word}”"
            return _evidence(said, "partly", why, near, place, figure=other)
        return None
    if same is not None and other is None and same.status != "pledged" and not rules.words("partial").search(said.text):
        return _kept(promise, said, near, told, f"{same.text}: “{told.word}”", same)
    return None


def _not_done(promise: Promise, said: Said, near: Likeness) -> Evidence | None:
    if deed(promise, said) is not None or not (near.sure or near.looks_back):
        return None
    for match in rules.words("undone").finditer(said.text):
        if (
            match.group()
            .lower()
            .startswith(("has not", "have not", "had not", "did not", "do", "never", "not", "still not"))
        ):
            after = said.text[match.end() : match.end() + 40]
            if not any(rules.deeds()[n].done.search(after) or rules.deeds()[n].do.search(after) for n in promise.deeds):
                continue
        if rules.words("negation").search(said.text[max(0, match.start() - 8) : match.start()]):
            continue
        passed = definitely_after(said.page.published, promise.deadline)
        verdict = "overdue" if passed else "under way"
        due = f", due {period(promise.deadline)}" if promise.deadline.latest else ""
        return _evidence(said, verdict, f"told as not done (“{match.group()}”){due}", near, match.span())
    return None


def _in_part(promise: Promise, said: Said, near: Likeness) -> Evidence | None:
    match = max(rules.words("partial").finditer(said.text), key=lambda each: len(each.group()), default=None)
    if match is None or not (near.sure or near.looks_back):
        return None
    told = deed(promise, said)
    if told is None and not (near.amount or near.number):
        return None
    if told is not None and match.start() > told.end + 60:
        return None
    return _evidence(said, "partly", f"told as done in part (“{match.group()}”)", near, match.span())


def _missed(promise: Promise, said: Said, near: Likeness) -> Evidence | None:
    """A level aimed at: only words that speak of the target itself say that it was met or missed."""
    if not (near.amount and near.looks_back):
        return None
    full = next(iter(rules.standing("fulfilled", said.text)), None)
    if full is not None:
        return _kept(promise, said, near, Deed(full.group(), *full.span()), f"told as met (“{full.group()}”)", None)
    short = re.search(r"(?i)\b(?:short of|below|missed|fell short|far from)\b", said.text)
    if short is None:
        return None
    verdict = "partly" if definitely_after(said.page.published, promise.deadline) else "under way"
    return _evidence(said, verdict, f"told as not reached (“{short.group()}”)", near, short.span())


def _done(promise: Promise, said: Said, near: Likeness) -> Evidence | None:
    if not near.sure:
        return None
    full = next(iter(rules.standing("fulfilled", said.text)), None)
    told = deed(promise, said)
    if told is None and full is None:
        return None
    # money is kept by money: that something was paid says nothing of how much
    if promise.deeds and promise.deeds <= {"pay"} and not near.amount and full is None:
        return None
    if promise.amount is not None and promise.kind == "contract" and not near.amount and full is None:
        return None
    if rules.words("begun").search(said.text) and not promise.deeds & {"begin", "build"} and full is None:
        return None
    word = told.word if told else full.group() if full else ""
    place = (told.start, told.end) if told else full.span() if full else (0, 0)
    return _kept(promise, said, near, Deed(word, *place), f"told as done (“{word}”)", None)


def _kept(promise: Promise, said: Said, near: Likeness, told: Deed, why: str, figure: Figure | None) -> Evidence:
    when = _when(said, told)
    late = _late(promise, when) or (
        promise.deadline.latest is not None and definitely_after(when, promise.deadline)
    ) or bool(rules.words("late").search(said.text))  # fmt: skip
    if late:
        due = period(promise.deadline)
        why += f", after its time ({due})" if due else ", late"
    return _evidence(said, "kept", why, near, (told.start, told.end), late=late, figure=figure)


def _late(promise: Promise, when: When) -> bool:
    return definitely_after(when, promise.deadline)


def _when(said: Said, told: Deed) -> When:
    """The day of the deed: of the coder's event at the word, else of nothing that we know."""
    for event in said.events:
        if abs(event.trigger.start - said.span.start - told.start) <= 3 and event.date.latest:
            return event.date
    return When(None, said.page.published.latest)


def _begun(promise: Promise, said: Said, near: Likeness) -> Evidence | None:
    match = next(iter(rules.standing("begun", said.text)), None)
    if match is None or not near.sure or not promise.deeds & {"build", "begin", "pay", "give", "work"}:
        return None
    return _evidence(said, "under way", f"told as begun (“{match.group()}”)", near, match.span())
