"""A date that a sentence gives to what the sentence before it told: "It happened on Tuesday."."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from communique.model import Event, Sentence, When
from communique.resolve.dates import words as w
from communique.resolve.dates.expression import Dated
from communique.tree import Token

_POINTING = frozenset({"it", "this", "that", "they", "both", "all", "these"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})


def tells_when(sentence: Sentence, dated: Sequence[Dated]) -> When | None:
    """The date of what the sentence before told, where this one does no more than date it; None elsewhere.

    "The incident happened on Tuesday", "It gave the time as 10:40 on Tuesday", "That was on 5 May". Two dates that
    contradict each other tell nothing.
    """
    root = sentence.syntax.root
    if any(child.dep_ == "neg" for child in root.children) or not (_happens(root) or _gives_time(root)):
        return None
    found = [one.when for one in dated if one.role is None and one.relation == "at" and one.tense != "future"]
    days = {(when.earliest, when.latest) for when in found if when.earliest is not None and when.latest is not None}
    return next((when for when in found if (when.earliest, when.latest) in days), None) if len(days) == 1 else None


def dated_after(events: Sequence[Event], when: When) -> tuple[Event, ...]:
    """The events of the sentence before with that date, as far as their own sentence gave them none."""
    return tuple(
        replace(event, date=when) if event.date.basis in ("page date", "none") and _may_be(event.date, when) else event
        for event in events
    )


def _may_be(bound: When, when: When) -> bool:
    """Whether a date lies within what the page says already."""
    late = bound.latest is not None and when.earliest is not None and when.earliest > bound.latest
    early = bound.earliest is not None and when.latest is not None and when.latest < bound.earliest
    return not late and not early


def _happens(root: Token) -> bool:
    """Whether something that was told is said to have happened: "the incident took place", "it was on Friday"."""
    subject = next((child for child in root.children if child.dep_ in _SUBJECTS), None)
    if subject is None or root.tag_ != "VBD":
        return False
    known = subject.lower_ in _POINTING or (
        subject.lemma_.lower() in w.words("happenings")
        and any(child.lower_ in ("the", "this", "that", "both") for child in subject.children)
        and not any(child.dep_ in ("prep", "relcl", "acl") for child in subject.children)
    )
    lemma = root.lemma_.lower()
    if not known or (lemma != "be" and lemma not in w.words("happening_verbs")):
        return False
    rest = [child for child in root.children if child.dep_ not in (*_SUBJECTS, "prep", "npadvmod", "advmod", "punct")]
    return all(child.lower_ == "place" for child in rest)


def _gives_time(root: Token) -> bool:
    """Whether somebody gives the time of it: "gave the time as 10:40 on Tuesday", "put the date at 5 May"."""
    return root.lemma_.lower() in ("give", "put", "name", "state") and any(
        child.dep_ == "dobj"
        and child.lemma_.lower() in w.words("dating_nouns")
        and any(c.lower_ == "the" for c in child.children)
        for child in root.children
    )
