"""Projects between states: pipelines, railways, ports, plants, satellites, trade areas, and the stage they are at."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from spacy.tokens import Token

from communique.code.assessments import DatedSpan
from communique.code.clauses import modal, negated
from communique.errors import KnowledgeError
from communique.knowledge import load
from communique.model import UNKNOWN, Actor, Mention, Participant, Project, Sentence, Span, When, participants

STAGES = ("cancelled", "suspended", "in service", "under construction", "agreed", "planned")
_VERBAL = frozenset({"VERB", "AUX"})
_SIDES = frozenset(
    {"between", "with", "from", "to", "by", "for", "of", "linking", "connecting", "across", "through", "and"}
)
_LINKS = frozenset({"link", "connect", "join", "carry", "run"})


@dataclass(slots=True)
class Memory:
    """The states of the sentences before, for a project whose parties stand there."""

    sequence: int = -9
    states: tuple[Participant, ...] = ()
    # the parties of each project of the article, by its name
    parties: dict[str, tuple[Participant, ...]] = field(default_factory=dict)


@functools.cache
def _types() -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """Head noun to (the words before it, the type), the longest first."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for kind, names in load.data("projects.yaml")["types"].items():
        for name in names:
            *before, head = str(name).lower().replace("-", " - ").split()
            found.setdefault(head, []).append((tuple(before), str(kind)))
    return {head: tuple(sorted(rows, key=lambda row: (-len(row[0]), row))) for head, rows in found.items()}


@functools.cache
def _words(name: str) -> frozenset[str]:
    return frozenset(str(word) for word in load.data("projects.yaml")[name])


@functools.cache
def _known() -> tuple[re.Pattern[str], dict[str, tuple[str, str, tuple[str, ...]]]]:
    """A pattern of all well-known names, and for each (canonical name, type, parties)."""
    table: dict[str, tuple[str, str, tuple[str, ...]]] = {}
    for row in load.data("projects.yaml")["known"]:
        for name in (row["name"], *row.get("names", ())):
            table[str(name).lower()] = (str(row["name"]), str(row["type"]), tuple(row["parties"]))
    names = sorted(table, key=lambda name: (-len(name), name))
    pattern = (
        r"(?<![\w-])(?:"
        + "|".join(re.escape(name).replace("\\-", "[-–]").replace("\\ ", r"\s") for name in names)
        + r")(?![\w])"
    )
    return re.compile(pattern, re.IGNORECASE), table


@functools.cache
def _stages() -> tuple[dict[str, str], dict[str, str]]:
    """Lemma to stage and phrase to stage.

    Raises KnowledgeError for a stage that the model does not have.
    """
    table = load.data("projects.yaml")
    stages = {**table["stages"], **dict.fromkeys(table["phrases"].values(), ())}
    unknown = set(stages) - set(STAGES)
    if unknown:
        raise KnowledgeError(
            f"unknown stage {sorted(unknown)[0]!r}", where="knowledge/projects.yaml", advice=f"Use {', '.join(STAGES)}"
        )
    lemmas: dict[str, str] = {}
    for stage in STAGES:
        for lemma in table["stages"].get(stage, ()):
            lemmas.setdefault(str(lemma), stage)
    return lemmas, {str(phrase): str(stage) for phrase, stage in table["phrases"].items()}


def projects(
    sentence: Sentence, mentions: Sequence[Mention], dated: Sequence[DatedSpan] = (), memory: Memory | None = None
) -> tuple[Project, ...]:
    """The projects of a sentence with parties, stage and date, in reading order.

    A project is well known by name, or a noun such as "pipeline" with states beside it. memory is kept for one article
    and lends the states of the sentence before to a project with fewer than two of its own.
    """
    states = _states(mentions)
    found: list[Project] = []
    for start, end, name, kind, parties, known in _candidates(sentence):
        head = _head(sentence, start, end)
        between = _between(sentence, mentions, states, head, parties, memory)
        if not known and len({who.actor.code for who in between}) < 2:
            continue
        if memory is not None:
            if known and not between:
                between = memory.parties.get(name.lower(), ())
            memory.parties[name.lower()] = between
        stage, rule = _stage(sentence, head)
        found.append(
            Project(
                sentence.document_id,
                Span(sentence.offset + start, sentence.offset + end),
                name,
                kind,
                between,
                stage,
                _date(sentence, head, dated) if stage is not None else UNKNOWN,
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


def _states(mentions: Sequence[Mention]) -> tuple[Participant, ...]:
    """The states of a sentence, each once; people and offices stand for their state."""
    found: dict[str, Participant] = {}
    for who in participants(sorted(mentions, key=lambda m: m.span)):
        code = who.actor.code
        if code is not None and len(code) == 3 and code.isupper() and who.actor.kind not in ("body", "unknown"):
            if who.via != "city" and code not in found:
                found[code] = who
    return tuple(found.values())


Candidate = tuple[int, int, str, str, tuple[str, ...], bool]


def _candidates(sentence: Sentence) -> list[Candidate]:
    """(start, end, name, type, parties, known) with places in the syntax document's text."""
    text = sentence.syntax.doc.text
    low = sentence.syntax.start_char
    pattern, table = _known()
    found: list[Candidate] = []
    for match in pattern.finditer(text, low, sentence.syntax.end_char):
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
    lemma = token.lemma_.lower()
    before = [token.doc[i].lower_ for i in range(max(0, token.i - 6), token.i)]
    for words, kind in _types().get(lemma, ()):
        if not words or before[-len(words) :] == list(words):
            return kind
        if (
            len(words) == 1
            and words[0] in before
            and any(  # "transport and logistics centers"
                c.lower_ == words[0] for c in token.subtree if c.i < token.i
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
        doc[start].lower_ in _words("loose")
        or doc[start].pos_ in ("DET", "PRON", "PUNCT", "NUM", "CCONJ")
        or doc[start].dep_ in ("poss", "case")
    ):
        start += 1
    if end + 1 < len(doc) and doc[end + 1].lemma_.lower() in _words("tails") and token.dep_ == "compound":
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
    return any(t.pos_ in _VERBAL for t in prep.subtree)


def _head(sentence: Sentence, start: int, end: int) -> Token:
    """The head word of a stretch."""
    inside = [t for t in sentence.syntax if start <= t.idx < end]
    return next((t for t in inside if not start <= t.head.idx < end or t.head.i == t.i), inside[-1])


def _between(
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
            for who in _states([mention]):
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


def _stage(sentence: Sentence, head: Token) -> tuple[str | None, str]:
    """The stage that the sentence gives, and what the rule says of it: a future or a denied stage is only planned."""
    lemmas, phrases = _stages()
    text = sentence.syntax.text.lower()
    verb = _governing(head)
    told: str | None = None
    for phrase, stage in phrases.items():
        if phrase in text and (verb is None or _near(sentence, head, phrase)):
            at = next((t for t in sentence.syntax if t.idx - sentence.syntax.start_char >= text.find(phrase)), head)
            verb_there = at if at.pos_ in _VERBAL else _governing(at)
            if verb_there is not None and modal(verb_there) is not None and stage != "planned":
                return "planned", f", {stage} expected"
            told = stage
            break
    token = head
    chain: list[Token] = [
        c for c in head.children if c.dep_ in ("acl", "relcl", "amod", "compound") and c.pos_ in (*_VERBAL, "ADJ")
    ]
    for _ in range(6):
        if token.head.i == token.i:
            break
        token = token.head
        chain.append(token)
        if token.pos_ in _VERBAL and token.dep_ not in ("xcomp", "pcomp", "acl", "conj"):
            break
    for token in chain:
        if told is not None:
            break
        told = lemmas.get(token.lemma_.lower())
    if told is None:
        return None, ""
    for token in chain or [head]:
        if token.pos_ in _VERBAL:
            future = modal(token) in ("will", "would", "shall", "'ll", "may", "might", "could", "should", "can")
            above = token.head
            hoped = (
                token.dep_ in ("xcomp", "ccomp")
                and any(c.lower_ == "to" for c in token.children)
                and (
                    lemmas.get(above.lemma_.lower()) == "planned"
                    or above.lemma_ in ("expect", "set", "due", "agree", "schedule")
                )
            )
            if above.lemma_ == "agree" and hoped and told in ("in service", "under construction"):
                return "agreed", ", agreed to be " + told
            if (future or hoped) and told in ("in service", "under construction", "agreed"):
                return "planned", f", {told} expected"
            if negated(token) and told in ("in service", "under construction", "agreed", "cancelled", "suspended"):
                return None, ", denied"
    return told, ""


def _near(sentence: Sentence, head: Token, phrase: str) -> bool:
    """Whether a phrase belongs to the project: in the clause of the project's verb, not too far off."""
    at = sentence.syntax.text.lower().find(phrase) + sentence.syntax.start_char
    return abs(at - head.idx) < 90


def _governing(head: Token) -> Token | None:
    token = head
    while token.head.i != token.i:
        token = token.head
        if token.pos_ in _VERBAL:
            return token
    return token if token.pos_ in _VERBAL else None


def _date(sentence: Sentence, head: Token, dated: Sequence[DatedSpan]) -> When:
    """The date in the clause of the project, the nearest where there are several."""
    verb = _governing(head)
    clause = {t.i for t in (verb.subtree if verb is not None else sentence.syntax)}
    places = {sentence.offset + t.idx for t in sentence.syntax if t.i in clause}
    near = [one for one in dated if one.span.start in places]
    if not near:
        return UNKNOWN
    return min(near, key=lambda one: (abs(one.span.start - sentence.offset - head.idx), one.span)).when
