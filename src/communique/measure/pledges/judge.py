"""What one later sentence says of a promise: kept, in part, under way, overtaken, cancelled, not done, or nothing."""

from __future__ import annotations

import re
from collections.abc import Callable

from communique.export.dates import period
from communique.measure.pledges import rules
from communique.measure.pledges.deeds import Deed, close, deed
from communique.measure.pledges.find import asks
from communique.measure.pledges.levels import aims_at_a_level, is_a_visit
from communique.measure.pledges.nouns import Evidence, Promise, Said
from communique.measure.pledges.speaks import Likeness, Words, comparable, definitely_after, likeness, same_amount
from communique.model import Figure, Span, When

_WHETHER = re.compile(r"(?i)\bwhether\b")
BESIDE = 70  # characters between a deed and its figure
# what a changed promise was before: "from 1.6 trillion won", "instead of the 1.6 trillion"
_OLD = re.compile(
    r"(?i)\b(?:from|instead of|in place of|rather than|than|not|against|replaces|of)\s(?:the\s|its\s|an?\s)?"
    r"(?:\w+\s){0,2}$"
)

Test = Callable[[Promise, Said, Likeness], Evidence | None]


def judge(promise: Promise, said: Said, words: Words) -> Evidence | None:
    """What a sentence says of a promise made before; None where it does not speak of it or says nothing of its fate."""
    if asks(said) or _WHETHER.search(said.text) or not _later(promise, said):
        return None
    near = likeness(promise, said, words)
    if near is None or not near.near:
        return None
    tests: tuple[Test, ...] = (_cancelled, _replaced, _amounts, _not_done, _in_part, _done, _begun)
    if is_a_visit(promise):
        tests = (_cancelled, _replaced)  # whether it was held, dates say
    elif aims_at_a_level(promise):
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


def _cancelled(promise: Promise, said: Said, near: Likeness) -> Evidence | None:
    if promise.deeds & {"lift", "withdraw"}:
        return None  # to lift and to withdraw are what was promised
    for match in rules.standing("cancelled", said.text):
        if close(promise, said, match.span(), near):
            return _evidence(said, "cancelled", f"told as given up (“{match.group()}”)", near, match.span())
    return None


def _replaced(promise: Promise, said: Said, near: Likeness) -> Evidence | None:
    if rules.words("correcting").search(said.text):
        return None  # the report is put right, not the promise
    for match in rules.standing("overtaken", said.text):
        other = _other_amount(promise, said)
        if promise.amount is not None and near.amount and other is None:
            continue  # it tells the promise itself
        if other is not None and promise.amount is not None:
            why = f"{other.text} in place of {promise.amount.text} (“{match.group()}”)"
            return _evidence(said, "overtaken", why, near, match.span(), figure=other)
        moved = rules.words("moved").search(match.group()) is not None
        if close(promise, said, match.span(), near) and (
            (moved and promise.deadline.latest) or (near.looks_back and promise.amount is None)
        ):
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
    if same is not None and not _beside(said, told, same):
        same = None
    other = next(
        (
            f
            for f in said.figures
            if f is not same
            and f.status in ("observed", "signed")
            and comparable(amount, f)
            and f.value
            and _beside(said, told, f)
        ),
        None,
    )
    if _before(promise, said, told, other or same):
        return None
    place = (told.start, told.end)
    if other is not None and other.value is not None and other.value < amount.value * (1 - rules.rule("equal")):
        bound = near.sure or same is not None or near.looks_back
        if bound:
            part = 100 * other.value / amount.value
            why = f"{other.text} of {amount.text} ({part:.0f} percent): “{told.word}”"
            return _evidence(said, "partly", why, near, place, figure=other)
        return None
    if same is not None and other is None and "sign" not in promise.deeds and _signing(told):
        return _evidence(said, "under way", f"agreed since (“{told.word}”)", near, place, figure=same)
    if same is not None and other is None and same.status != "pledged" and not rules.words("partial").search(said.text):
        return _kept(promise, said, near, told, f"{same.text}: “{told.word}”", same)
    return None


def _in_time_for_a_visit(promise: Promise, said: Said) -> bool:
    """Whether a meeting told in a sentence can be the one announced: soon after, and both parties named."""
    published, made = said.page.published.earliest, promise.deadline.latest or promise.made.latest
    if published is None or made is None or not promise.parties <= said.codes:
        return False
    return (published - made).days <= rules.rule("undated_visit_days")


def _before(promise: Promise, said: Said, told: Deed, figure: Figure | None) -> bool:
    """Whether the deed was done before the promise was made: last year's exports keep no promise of this year."""
    dates = [_when(said, told)] + ([figure.period] if figure else [])
    return any(definitely_after(promise.made, when) for when in dates)


def _beside(said: Said, told: Deed, figure: Figure) -> bool:
    """Whether a figure is that of the deed: near it, with no other clause between."""
    start, end = figure.span.start - said.span.start, figure.span.end - said.span.start
    gap = said.text[told.end : start] if start >= told.end else said.text[end : told.start]
    return len(gap) <= BESIDE and not re.search(r"[;:–—]|,\s(?:and|but|while|which)\s|\sand\s\w+\sof\s", gap)


def _signing(told: Deed) -> bool:
    return rules.deeds()["sign"].done.fullmatch(told.word) is not None


def _not_done(promise: Promise, said: Said, near: Likeness) -> Evidence | None:
    if deed(promise, said) is not None:
        return None
    for match in rules.words("undone").finditer(said.text):
        if not close(promise, said, match.span(), near) and not (near.looks_back and near.sure):
            continue
        if (
            match.group()
            .lower()
            .startswith(("has not", "have not", "had not", "did not", "do", "never", "not", "still not"))
        ):
            after = said.text[match.end() : match.end() + 40]
            # what "was promised" and "has not been opened" is not done, whatever verb promised it
            named = rules.deeds() if near.looks_back and near.sure else promise.deeds
            if not any(rules.deeds()[n].done.search(after) or rules.deeds()[n].do.search(after) for n in named):
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
    if match is None or not (close(promise, said, match.span(), near) or (near.looks_back and near.amount)):
        return None
    told = deed(promise, said)
    if told is None and not ((near.amount or near.number) and rules.words("fractions").fullmatch(match.group())):
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
    full = next(iter(rules.standing("fulfilled", said.text)), None)
    told = deed(promise, said)
    if (told is None and full is None) or (told is not None and _before(promise, said, told, None)):
        return None
    # words around are not enough to call it kept: the clause must name the thing itself
    if not close(promise, said, (told.start, told.end) if told else full.span() if full else (0, 0), near):
        return None
    if "meet" in promise.deeds and not _in_time_for_a_visit(promise, said):
        return None
    # an amount is kept by an amount, which _amounts looks for, or by words that say so
    if full is None and (promise.amount is not None or (promise.deeds and promise.deeds <= {"pay"})):
        return None
    if rules.words("begun").search(said.text) and not promise.deeds & {"begin", "build"} and full is None:
        return None
    word = told.word if told else full.group() if full else ""
    place = (told.start, told.end) if told else full.span() if full else (0, 0)
    return _kept(promise, said, near, Deed(word, *place), f"told as done (“{word}”)", None)


def _kept(promise: Promise, said: Said, near: Likeness, told: Deed, why: str, figure: Figure | None) -> Evidence:
    when = _when(said, told)
    told_late = rules.words("late").search(f"{said.page.title or ''} {said.text}") is not None
    over = promise.deadline.latest is None or definitely_after(said.page.published, promise.deadline)
    late = definitely_after(when, promise.deadline) or (told_late and over)
    if late:
        due = period(promise.deadline)
        why += f", after its time ({due})" if due else ", late"
    return _evidence(said, "kept", why, near, (told.start, told.end), late=late, figure=figure)


def _when(said: Said, told: Deed) -> When:
    """The day of the deed: of the coder's event at the word, else of nothing that we know."""
    for event in said.events:
        if abs(event.trigger.start - said.span.start - told.start) <= 3 and event.date.latest:
            return event.date
    return When(None, said.page.published.latest)


def _begun(promise: Promise, said: Said, near: Likeness) -> Evidence | None:
    match = next(iter(rules.standing("begun", said.text)), None)
    if (
        match is None
        or not close(promise, said, match.span(), near)
        or not promise.deeds & {"build", "begin", "pay", "give", "work"}
    ):
        return None
    return _evidence(said, "under way", f"told as begun (“{match.group()}”)", near, match.span())
