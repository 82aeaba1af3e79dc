"""Whose undertaking it is: the states beside the noun, of its sentence, or of the sentence before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from communique.model import Actor, Mention, Participant, Sentence, participants
from communique.tree import Token

_LINKS = frozenset({"link", "connect", "join", "carry", "run"})


@dataclass(slots=True)
class Memory:
    """The states of the sentences before, for a project whose parties stand there."""

    sequence: int = -9
    states: tuple[Participant, ...] = ()
    # the parties of each project of the article, by its name
    parties: dict[str, tuple[Participant, ...]] = field(default_factory=dict)


def states_of(mentions: Sequence[Mention]) -> tuple[Participant, ...]:
    """The states of a sentence, each once; people and offices stand for their state."""
    found: dict[str, Participant] = {}
    for who in participants(sorted(mentions, key=lambda m: m.span)):
        code = who.actor.code
        if code is not None and len(code) == 3 and code.isupper() and who.actor.kind not in ("body", "unknown"):
            if who.via != "city" and code not in found:
                found[code] = who
    return tuple(found.values())


def parties_of(
    sentence: Sentence,
    mentions: Sequence[Mention],
    states: tuple[Participant, ...],
    head: Token,
    parties: tuple[str, ...],
    memory: Memory | None,
) -> tuple[Participant, ...]:
    """The parties: those beside the noun, else the states of its sentence, else the known ones and those before."""
    by_code = {who.actor.code: who for who in states}
    if parties:
        here = [by_code.get(code) or Participant(Actor(code, kind="state"), code, "project") for code in parties]
        return tuple(here)
    beside: dict[str, Participant] = {}
    top = head
    while (
        top.head.i != top.i and top.dep_ in ("compound", "conj", "appos", "nmod") and top.head.pos_ in ("NOUN", "PROPN")
    ):
        top = top.head
    reach = {t.i for t in (*head.subtree, *top.subtree) if not _under_clause(t, top)}
    for mention in sorted(mentions, key=lambda m: m.span):
        if mention.head in reach:
            for who in states_of([mention]):
                beside.setdefault(str(who.actor.code), who)
    if len(beside) >= 2:
        return tuple(beside.values())
    if len(by_code) >= 2 and len(by_code) <= 3:
        return states
    if len(by_code) > 3:
        return tuple(beside.values())
    near = memory is not None and sentence.sequence - memory.sequence <= 1 and len(memory.states) in (1, 2, 3)
    if memory is not None and near and states and _joint(sentence):
        merged = {str(who.actor.code): who for who in memory.states}
        merged.update({str(who.actor.code): who for who in states})
        if len(merged) <= 3:
            return tuple(merged[code] for code in sorted(merged))
    return states


def _under_clause(token: Token, top: Token) -> bool:
    """Whether a clause stands between a word and the noun: its actors do something else."""
    while token.i != top.i and token.head.i != token.i:
        if token.dep_ in ("relcl", "advcl") and token.lemma_.lower() not in _LINKS:
            return True
        token = token.head
    return False


def _joint(sentence: Sentence) -> bool:
    """Whether a sentence speaks of something shared or at a border."""
    words = {t.lower_ for t in sentence.syntax}
    return bool(
        words & {"joint", "jointly", "border", "bilateral", "both", "shared", "cross-border", "two", "together"}
    )
