"""Who says that it happened: the subject of the speech verb above, or "according to"."""

from __future__ import annotations

from communique.code import match
from communique.code.clauses import Clause
from communique.code.roles import Roles
from communique.model import Attribution, Mention, Participant, Span, participants
from communique.tree import Token


def attribution(trigger: Token, roles: Roles, clauses: dict[int, Clause]) -> Attribution | None:
    """The nearest speech verb above a trigger with a speaker, or an "according to" in the clause."""
    token = trigger
    for _ in range(20):
        source = _according(token, roles)
        if source is not None:
            return source
        above = token.head
        if above.i == token.i:
            break
        own = clauses.get(above.i)
        if own is not None and token.dep_ in ("ccomp", "parataxis", "advcl", "xcomp", "dep", "conj"):
            governor = match.governor(own)
            if governor is not None and governor[0] == "speech" and token.dep_ != "conj":
                speakers = roles.slot("subject", own) or _plain_subject(own, roles)
                if speakers:
                    return _attribution(speakers[0], own.verb, roles)
        token = above
    for child in trigger.children:  # a speech verb put in parentheses after the words
        own = clauses.get(child.i)
        if own is not None and child.dep_ in ("parataxis", "ccomp") and child.i > trigger.i:
            governor = match.governor(own)
            speakers = roles.slot("subject", own)
            if governor is not None and governor[0] == "speech" and speakers and child.dep_ == "parataxis":
                return _attribution(speakers[0], own.verb, roles)
    return None


def _plain_subject(own: Clause, roles: Roles) -> list[Mention]:
    return [m for token in own.subjects if (m := roles.mention(token)) is not None]


def _attribution(speaker: Mention, cue: Token, roles: Roles) -> Attribution:
    start = roles.sentence.offset + cue.idx
    who: Participant = participants([speaker])[0]
    return Attribution(who, cue.text, Span(start, start + len(cue)))


def _according(token: Token, roles: Roles) -> Attribution | None:
    for child in token.children:
        if child.lower_ == "according":
            for item in child.subtree:
                mention = roles.at.get(item.i)
                if mention is not None:
                    return _attribution(mention, child, roles)
    return None
