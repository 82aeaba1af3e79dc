"""Events told in the very words of a judgement or a forecast: they are possible, not actual."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from communique.code.assessments.read import read
from communique.code.assessments.signs import VERBAL
from communique.model import Event, Sentence
from communique.tree import Token

# how the predicate of a judged clause goes on; subjects, relative clauses and asides may tell what did happen
_DOWN = frozenset(
    {"aux", "auxpass", "xcomp", "ccomp", "pcomp", "acomp", "attr", "oprd", "prt", "dobj", "conj", "appos", "compound"}
)


def unsettled(sentence: Sentence, events: Sequence[Event]) -> tuple[Event, ...]:
    """The events of a sentence; those with stance actual whose trigger is a judged word are made possible."""
    if not any(event.stance == "actual" for event in events):
        return tuple(events)
    judged = _judged(sentence)
    return tuple(
        replace(event, stance="possible") if event.stance == "actual" and event.trigger.start in judged else event
        for event in events
    )


def _judged(sentence: Sentence) -> frozenset[int]:
    """Where the judged words of a sentence begin, in the document's text."""
    found: set[int] = set()
    for verb in sentence.syntax:
        if verb.pos_ not in VERBAL or verb.dep_ in ("aux", "auxpass"):
            continue
        judgement = read(verb)
        if judgement is None:
            continue
        content = {token.i: token for token in judgement[0]}
        waiting = [token for token in content.values() if token.head.i not in content or token.head.i == token.i]
        seen: set[int] = set()
        while waiting:
            token = waiting.pop()
            if token.i in seen:
                continue
            seen.add(token.i)
            found.add(sentence.offset + token.idx)
            waiting += [child for child in token.children if child.i in content and _goes_on(child)]
    return frozenset(found)


def _goes_on(child: Token) -> bool:
    """Whether a word below a judged one is judged with it: not what is told in the past tense."""
    if child.dep_ not in _DOWN:
        return False
    return not (child.dep_ in ("conj", "ccomp", "appos") and child.tag_ == "VBD")
