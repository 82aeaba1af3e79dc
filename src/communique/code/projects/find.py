"""Projects between states: pipelines, railways, ports, plants, satellites, trade areas, and the stage they are at."""

from __future__ import annotations

import re
from collections.abc import Sequence

from communique.code.assessments import DatedSpan
from communique.code.projects.parties import Memory, parties_of, states_of
from communique.code.projects.stage import date_of, stage_of
from communique.code.projects.words import VERBAL, known_names, types, words
from communique.model import UNKNOWN, Mention, Project, Sentence, Span
from communique.syntax import runs
from communique.tree import Token


def projects(
    sentence: Sentence, mentions: Sequence[Mention], dated: Sequence[DatedSpan] = (), memory: Memory | None = None
) -> tuple[Project, ...]:
    """The projects of a sentence with parties, stage and date, in reading order.

    A project is well known by name, or a noun such as "pipeline" with states beside it. memory is kept for one article
    and lends the states of the sentence before to a project with fewer than two of its own.
    """
    states = states_of(mentions)
    found: list[Project] = []
    for start, end, name, kind, parties, known in _candidates(sentence):
        head = _head(sentence, start, end)
        between = parties_of(sentence, mentions, states, head, parties, memory)
        if not known and (len({who.actor.code for who in between}) < 2 or _idle(head)):
            continue
        if memory is not None:
            if known and not between:
                between = memory.parties.get(name.lower(), ())
            memory.parties[name.lower()] = between
        stage, rule = stage_of(sentence, head)
        if not known and stage is None and _bare(name):
            continue  # "security at the airport", "the bridges there": a thing, not an undertaking
        found.append(
            Project(
                sentence.document_id,
                Span(sentence.offset + start, sentence.offset + end),
                name,
                kind,
                between,
                stage,
                date_of(sentence, head, dated) if stage is not None else UNKNOWN,
                sentence.span,
                sentence.sequence,
                0.9 if known else 0.75,
                f"project, {'known name' if known else 'noun'}{rule}",
            )
        )
    if memory is not None:
        if states:
            # the first two act; others are mostly what they speak of
            memory.states, memory.sequence = states[:2], sentence.sequence
    return tuple(found)


def _idle(head: Token) -> bool:
    """ "early on in the pipeline", "port of call", "airport security": other uses of the word."""
    after = head.nbor() if head.i + 1 < len(head.doc) else None
    if after is not None and f"{head.lemma_.lower()} {after.lower_}" in words("idioms"):
        return True
    if head.dep_ == "compound" and head.head.lemma_.lower() in words("beside"):
        return True
    before = f"{head.doc[head.i - 2].lower_} {head.doc[head.i - 1].lower_}" if head.i > 1 else ""
    return before == "in the" and head.lemma_.lower() == "pipeline"


def _bare(name: str) -> bool:
    """A noun alone, without a name, a place or what it joins."""
    return len(name.split()) == 1 and name.islower()


Candidate = tuple[int, int, str, str, tuple[str, ...], bool]


def _candidates(sentence: Sentence) -> list[Candidate]:
    """(start, end, name, type, parties, known) with places in the syntax document's text."""
    text = sentence.syntax.doc.text
    low = sentence.syntax.start_char
    pattern, table, first = known_names()
    found: list[Candidate] = []
    high = sentence.syntax.end_char
    for match in pattern.finditer(text, low, high) if not first.isdisjoint(runs(text[low:high])) else ():
        if not match.group()[:1].isupper():
            continue
        name, kind, parties = table[re.sub(r"\s", " ", match.group().lower().replace("–", "-"))]
        found.append((match.start(), match.end(), name, kind, parties, True))
    for token in sentence.syntax:
        if token.pos_ not in ("NOUN", "PROPN") or token.ent_type_ == "PERSON":
            continue
        noun = _type(token)
        if noun is None:
            continue
        start, end = _name(token)
        if any(s < end and start < e for s, e, *_ in found):
            continue
        found.append((start, end, re.sub(r"\s+", " ", text[start:end]), noun, (), False))
    return sorted(found, key=lambda one: one[0])


def _type(token: Token) -> str | None:
    """The type of undertaking that a noun names."""
    known = types().get(token.lemma_.lower())
    if known is None:
        return None
    before = [token.doc[i].lower_ for i in range(max(0, token.i - 6), token.i)]
    for ahead, kind in known:
        if not ahead or before[-len(ahead) :] == list(ahead):
            return kind
        if (
            len(ahead) == 1
            and ahead[0] in before
            and any(  # "transport and logistics centers"
                c.lower_ == ahead[0] for c in token.subtree if c.i < token.i
            )
        ):
            return kind
    return None


def _name(token: Token) -> tuple[int, int]:
    """The name of an undertaking: its noun with what describes it, and the places that it joins."""
    doc = token.doc
    start = end = token.i
    for child in token.children:
        if child.i < token.i and child.dep_ in ("compound", "amod", "nmod", "nummod", "poss"):
            start = min(start, child.left_edge.i)
    while start < token.i and (
        doc[start].lower_ in words("loose")
        or doc[start].pos_ in ("DET", "PRON", "PUNCT", "NUM", "CCONJ")
        or doc[start].dep_ in ("poss", "case")
    ):
        start += 1
    if end + 1 < len(doc) and doc[end + 1].lemma_.lower() in words("tails") and token.dep_ == "compound":
        end += 1
    for prep in token.children:
        if prep.dep_ == "prep" and prep.lower_ in ("between", "from") and prep.i <= end + 2:
            end = prep.right_edge.i if prep.right_edge.i - prep.i < 12 and not _clausal(prep) else end
            break
    last = doc[end]
    while end > token.i and last.is_punct:
        end -= 1
        last = doc[end]
    return doc[start].idx, last.idx + len(last)


def _clausal(prep: Token) -> bool:
    return any(t.pos_ in VERBAL for t in prep.subtree)


def _head(sentence: Sentence, start: int, end: int) -> Token:
    """The head word of a stretch."""
    inside = [t for t in sentence.syntax if start <= t.idx < end]
    return next((t for t in inside if not start <= t.head.idx < end or t.head.i == t.i), inside[-1])
