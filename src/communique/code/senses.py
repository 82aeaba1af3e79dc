"""Senses that the rest of the clause decides: attacks in words, peacekeepers, jets sent to bomb, teams sent to look."""

from __future__ import annotations

from dataclasses import replace

from communique.code import lexicon
from communique.code.clauses import Clause, aim
from communique.code.lexicon import Frame
from communique.code.match import classes_of
from communique.code.roles import Roles
from communique.syntax import under
from communique.tree import Token


def in_context(frame: Frame, own: Clause, roles: Roles) -> Frame:
    """The frame as the clause around it turns it; most frames stay as they are."""
    words = lexicon.senses()
    if frame.event == "ASSAULT" and _verbal(own, roles):
        return replace(frame, event="ACCUSE", mode="disapprove", cameo="111", name=f"{frame.name}, in words")
    if frame.event in ("MOBILIZE", "CONSULT", "AID"):
        purpose = aim(own)
        lemma = purpose.lemma_.lower() if purpose is not None else ""
        if lemma in words["look into"]:
            return replace(frame, event="ACCUSE", mode="investigate", cameo="090", name=f"{frame.name} to {lemma}")
        if frame.event == "MOBILIZE" and lemma in words["strike"]:
            return replace(
                frame, event="ASSAULT", mode=None, cameo="190", recipient=("aim", *frame.recipient),
                name=f"{frame.name} to {lemma}",
            )  # fmt: skip
        if frame.event == "MOBILIZE" and lemma in words["help"]:
            return replace(
                frame, event="AID", mode=None, cameo="072", recipient=("aim", *frame.recipient),
                name=f"{frame.name} to {lemma}",
            )  # fmt: skip
    if frame.event == "MOBILIZE" and any(t.lemma_.lower() in words["peacekeeping"] for t in own.verb.subtree):
        return replace(frame, event="AID", mode=None, cameo="074", name=f"{frame.name}, to keep peace")
    if frame.event == "REJECT" and frame.mode == "meet" and _to_a_day(own):
        return replace(frame, event="AGREE", mode=None, cameo="036", name=f"{frame.name} to a day")
    if frame.event == "CONSULT" and frame.mode == "visit":
        comers = [t for subject in own.subjects for t in subject.subtree]
        if any(t.lemma_.lower() in words["peacekeeping"] for t in comers):
            return replace(frame, event="AID", mode=None, cameo="074", name=f"{frame.name}, to keep peace")
    return frame


def _to_a_day(own: Clause) -> bool:
    """Whether what is put off gets another day: "was postponed to 19 May", "moved the talks to Monday"."""
    if own.verb.lemma_.lower() not in lexicon.senses()["moves"]:
        return False
    return any(
        prep.dep_ == "prep" and prep.lower_ in ("to", "until", "till", "for")
        and any(noun.ent_type_ == "DATE" for noun in under(prep))
        for holder in (own.verb, *(c for c in own.verb.children if c.dep_ in ("advmod", "prt")))  # "pushed back to"
        for prep in holder.children
    )  # fmt: skip


def done_for(verb: Token) -> bool:
    """Whether an infinitive of purpose tells what was done: "called her to express his support"."""
    return verb.lemma_.lower() in lexicon.senses()["said and done"]


def _verbal(own: Clause, roles: Roles) -> bool:
    """An attack in words: a scathing one, one that goes on to call names, one on a decision or a record."""
    words = lexicon.senses()
    for token in own.objects:
        if token.lemma_.lower() not in words["attacks"]:
            continue
        if any(c.dep_ in ("amod", "compound") and c.lower_ in words["verbal"] for c in token.children):
            return True
        for child in own.verb.children:
            if child.dep_ == "advcl" and child.tag_ == "VBG" and child.lemma_.lower() in words["calling"]:
                return True
        targets = [t for c in token.children if c.dep_ == "prep" and c.lower_ in ("on", "against") for t in c.children]
        targets += own.preposition("on") + own.preposition("against")
        if targets and all(classes_of(t, roles) & words["abstract"] for t in targets if t.dep_ == "pobj"):
            return True
    return False
