"""What hangs together without being one event: a denial and what it denies, a plan and what carried it out."""

from __future__ import annotations

from communique.merge import alike, words
from communique.merge.contrast import moved
from communique.merge.telling import FIGURE, Telling
from communique.merge.words import rules

DAYS_TOGETHER = 7  # days by which something may be done after it was due
DISPUTED_WORDS = 2  # words that a denial must share with what it denies, where no date speaks
STANCES_DENIABLE = ("actual", "planned", "possible", "historical")


def denies(denial: Telling, told: Telling) -> bool:
    """Whether one telling denies what the other reports."""
    if told.stance not in STANCES_DENIABLE:
        return False
    if denial.denying and told.event not in ("REJECT", FIGURE):
        return _denied_in_words(denial, told)
    if denial.stance != "denied":
        return False
    if denial.event != told.event or not any(told.sides) or not alike.same_sides(denial, told):
        return False
    if not (
        alike.people_agree(denial, told) and alike.dates_allow(denial, told) and alike.published_near(denial, told)
    ):
        return False
    shared = len(denial.words & told.words)
    known = [each.days is not None and each.days <= rules()["longest_time"] for each in (denial, told)]
    if shared >= DISPUTED_WORDS or (all(known) and bool(shared or alike.same_act(denial, told))):
        return True
    # of two states, in the same words for it: "did not thank Chad", "had not suspended its payments"
    same = alike.between_states(told) and words.one_act(denial.act, told.act)
    return same and bool((shared and not alike.light(denial, told)) or alike.named(denial, told))


def _denied_in_words(denial: Telling, told: Telling) -> bool:
    """Whether "denied that it had agreed" is of an agreement that another report of the same days tells."""
    if denial.stance != "actual" or not _speaks_of(denial, told) or not alike.published_near(denial, told):
        return False
    if not alike.dates_allow(denial, told) and (denial.high or 0) < (told.low or 0):
        return False  # nobody denies what is yet to come
    if denial.of_itself and not denial.sides[0] & told.sides[0] and denial.sides[0] & told.sides[1] and not told.mutual:
        return False  # who denies that it did something denies nothing that was done to it
    names = {told.act, *rules()["naming_words"].get(told.event, ())}
    shared = len(denial.all_words & told.all_words)
    named = len(denial.around & told.codes) if denial.everybody != told.everybody else 0
    return bool(names & denial.words) and bool(shared) and shared + named > DISPUTED_WORDS


def _speaks_of(turning: Telling, told: Telling) -> bool:
    """Whether somebody who takes part in what is told speaks of it: its sentence names everybody else, too."""
    if turning.everybody == told.everybody:
        return True
    return bool(turning.everybody & told.codes) and told.everybody <= turning.everybody | turning.around


def puts_off(late: Telling, early: Telling) -> bool:
    """Whether the later telling says that what the earlier one has for a coming day is put off."""
    if not late.delaying or late.stance != "actual" or FIGURE in (early.event, late.event) or early.delaying:
        return False
    if early.day is None or late.day is None or not early.day <= late.day:
        return False
    if late.day - early.day > rules()["days_of_a_correction"] or early.low is None or early.high is None:
        return False
    if early.low <= early.day or early.high < late.day - DAYS_TOGETHER or not _speaks_of(late, early):
        return False
    names = {early.act, *rules()["naming_words"].get("CONSULT", ())}
    return bool(names & (late.words | {late.act}) & early.all_words) and alike.people_agree(late, early)


def moves(late: Telling, early: Telling) -> bool:
    """Whether the later report gives another day on which something of the same states is to open than the earlier."""
    return bool(late.opening_keys and early.opening_keys) and any(True for _ in moved(early, late))


def hang_together(a: Telling, b: Telling) -> bool:
    """Whether one denies, puts off or carries out the other."""
    if a.stance == b.stance and not (a.linking or b.linking):
        return False
    return any(linked(one, other) for linked in (denies, puts_off, stage) for one, other in ((a, b), (b, a)))


def stage(early: Telling, late: Telling) -> bool:
    """Whether the later telling reports as done what the earlier one has as planned: linked, never merged."""
    if late.stance not in ("actual", "historical") or late.promising:
        return False
    if early.stance != "planned" and not (early.stance == "actual" and early.promising):
        return False
    if not alike.same_family(early, late) or early.everybody != late.everybody or not early.everybody:
        return False
    if not alike.people_agree(early, late) or late.low is None or late.high is None:
        return False
    said = early.day or early.low
    due = early.high if early.high is not None else (said or 0) + int(rules()["days_of_a_promise"])
    if said is None or late.high < said - 1 or late.low > due + DAYS_TOGETHER:
        return False
    points = len(early.words & late.words) + alike.named(early, late) + alike.same_act(early, late)
    return points >= int(rules()["points_of_a_stage"])
