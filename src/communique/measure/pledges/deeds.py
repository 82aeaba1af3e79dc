"""Deeds that a sentence tells as done by a party of a promise, and whether it tells them of what was promised."""

from __future__ import annotations

import re
from dataclasses import dataclass

from communique.measure.pledges import rules
from communique.measure.pledges.clause import clause_end, clause_start
from communique.measure.pledges.nouns import Promise, Said
from communique.measure.pledges.speaks import Likeness
from communique.merge.words import content

# what stands before a past form that makes it no deed done: "to cut", "will be delivered", "was to be delivered"
_AHEAD = re.compile(
    r"(?i)\b(?:to|will|would|should|shall|must|can|could|may|might|cannot|not|never|n't|if|unless|until|before|once|when)"
    r"\s(?:\w+ly\s|be\s|have\s|been\s|being\s|soon\s|also\s)*$"
)
# "its capacity is given as": a state or a habit, no deed done; of a building it is one ("is opened", "is in service")
_IS = re.compile(r"(?i)\b(?:is|are|being|gets?)\s(?:\w+ly\s|being\s)*$")
STATES = frozenset({"build", "begin", "restore", "free", "lift"})
_NOUN_DONE = re.compile(
    r"(?i)\b(?:took place|was held|was completed|were completed|has begun|is complete|went ahead|followed)\b"
)
# words so far from the verdict's own may be of another matter
WINDOW = 130
# "our shared values", "the promised ships", "those who completed": no deed of a party is told
_ADJECTIVE = re.compile(
    r"(?i)\b(?:the|an?|our|its|their|his|her|my|your|this|these|those|of|more|newly|recently)\s$|\bwho\s(?:\w+\s)?$"
)
_AUXILIARY = re.compile(r"(?i)\b(?:has|have|had|having|was|were|been|got|'ve|'s)\s(?:\w+\s){0,2}$")


@dataclass(frozen=True, slots=True)
class Deed:
    """A deed told as done: the word, and where it stands in the sentence."""

    word: str
    start: int
    end: int


def deed(promise: Promise, said: Said) -> Deed | None:
    """The first deed of the promise's families that the sentence tells as done by one of its parties."""
    families = {other for name in promise.deeds for other in rules.neighbours()[name]}
    if promise.kind == "offer":
        families.add("sign")
    found: list[Deed] = []
    for name in sorted(families):
        for match in rules.deeds()[name].done.finditer(said.text):
            before = said.text[max(0, match.start() - 40) : match.start()]
            after = said.text[match.end() : match.end() + 24].lstrip()
            if _ADJECTIVE.search(before):
                continue
            if _AHEAD.search(before) or (name not in STATES and _IS.search(before)):
                continue
            if rules.undone(said.text, match.start()) or _retold(said, match) or rules.words("led_on").match(after):
                continue
            if rules.words("participles").fullmatch(match.group()) and not _AUXILIARY.search(before):
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
            to = {who.actor.code for who in event.recipient if who.actor.code}
            return bool((codes and not codes & promise.parties) or (to and not to & promise.parties))
    return False


def close(promise: Promise, said: Said, place: tuple[int, int], near: Likeness) -> bool:
    """Whether the words around a place name the thing promised: two of its words, one and a number, a day or a sum."""
    start = max(clause_start(said.text, place[0]), place[0] - WINDOW)
    end = min(clause_end(said.text, place[1]), place[1] + WINDOW)
    shared = promise.core & content(said.text[start:end])
    if near.looks_back and (near.due or near.amount):
        return True
    exact = near.amount or near.number or near.project
    if len(shared) >= rules.rule("shared"):
        return near.share >= rules.rule("keeps")
    return bool(shared) and (exact or (len(promise.core) == 1 and near.share >= rules.rule("keeps")))
