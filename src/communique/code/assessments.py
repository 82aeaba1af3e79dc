"""Assessments and forecasts: who judges or expects what of whom, how sure, and until when. Never events."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from spacy.tokens import Token

from communique.code.quotes import speakers
from communique.code.quotes.direct import according_source
from communique.code.quotes.page import Paragraph
from communique.knowledge import load
from communique.model import UNKNOWN, Assessment, Mention, Participant, Sentence, Span, When, participants

_VERBAL = frozenset({"VERB", "AUX"})
_ANAPHORA = frozenset({"this", "that", "such", "it", "these", "they", "their", "its"})


class DatedSpan(Protocol):
    """A date in a sentence: where it stands and what it means."""

    @property
    def span(self) -> Span: ...
    @property
    def when(self) -> When: ...


@dataclass(slots=True)
class Memory:
    """Who judged last in an article, for the sentence that goes on: "This may lead to"."""

    paragraph: int = -1
    sequence: int = -9
    by: Participant | None = None


@functools.cache
def _words(name: str) -> frozenset[str]:
    return frozenset(str(word) for word in load.data("assessments.yaml")[name])


@functools.cache
def _phrases(name: str) -> re.Pattern[str]:
    listed = sorted(load.data("assessments.yaml")[name], key=lambda phrase: (-len(phrase), phrase))
    return re.compile(r"\b(?:" + "|".join(re.escape(phrase) for phrase in listed) + r")\b", re.IGNORECASE)


def assessments(
    sentence: Sentence, mentions: Sequence[Mention], dated: Sequence[DatedSpan] = (), memory: Memory | None = None
) -> tuple[Assessment, ...]:
    """The judgements and forecasts of a sentence, one a clause, the outermost of nested ones.

    dated are the dates of the sentence; memory is kept for one article, and lets a sentence that goes on ("This may
    lead to") keep the judge of the sentence before.
    """
    page = Paragraph(sentence.syntax.doc, sentence.offset, [sentence], {mention.head: mention for mention in mentions})
    found: list[Assessment] = []
    for verb in sentence.syntax:
        if verb.pos_ not in _VERBAL or verb.dep_ in ("aux", "auxpass"):
            continue
        read = _read(verb)
        if read is None:
            continue
        content, hedges, judge, rule = read
        span = _span(page, content)
        if span is None or any(other.span.overlaps(span) for other in found):
            continue
        hedges = tuple(dict.fromkeys([*hedges, *_around(content)]))
        by = speakers.participant(page, judge, speakers.Memory()) if judge is not None else _source(page, verb)
        if by is None and memory is not None and _goes_on(sentence, memory):
            by = memory.by
        found.append(
            Assessment(
                sentence.document_id,
                span,
                span.cut(" " * sentence.offset + sentence.syntax.doc.text),
                by,
                _about(mentions, span, by),
                hedges,
                _horizon(page, content, dated),
                sentence.span,
                sentence.sequence,
                0.85 if by is not None else 0.75,
                rule,
            )
        )
    if memory is not None:
        own = next((one.by for one in found if one.by is not None), None) or _narrated(page, sentence)
        if own is not None or not _goes_on(sentence, memory):
            memory.by = own
        memory.paragraph, memory.sequence = sentence.paragraph, sentence.sequence
    return tuple(found)


def _goes_on(sentence: Sentence, memory: Memory) -> bool:
    first = next((t for t in sentence.syntax if t.is_alpha), None)
    near = memory.paragraph == sentence.paragraph and memory.sequence == sentence.sequence - 1
    return memory.by is not None and near and first is not None and first.lower_ in _ANAPHORA


def _narrated(page: Paragraph, sentence: Sentence) -> Participant | None:
    """Somebody who judges for a living and says anything in the sentence."""
    for token in sentence.syntax:
        if _is_assessor(token) and token.dep_ == "nsubj" and token.head.pos_ in _VERBAL:
            return speakers.participant(page, token, speakers.Memory())
    return None


def _is_assessor(token: Token | None) -> bool:
    if token is None:
        return False
    if token.lemma_.lower() in _words("assessors"):
        return True
    # "Steve Tsang, director of the institute": by the apposition
    return token.ent_type_ == "PERSON" and any(
        c.dep_ in ("appos", "compound") and any(t.lemma_.lower() in _words("assessors") for t in c.subtree)
        for c in token.children
    )


Read = tuple[list[Token], tuple[str, ...], Token | None, str]


def _read(verb: Token) -> Read | None:
    """What a verb makes of its clause: the words, the hedges, who judges and the rule; None for plain facts."""
    lemma = verb.lemma_.lower()
    passive = any(c.dep_ in ("auxpass", "nsubjpass") for c in verb.children)
    below = [c for c in verb.children if c.dep_ in ("ccomp", "xcomp") and c.pos_ in (*_VERBAL, "ADJ", "NOUN")]
    infinitive = [c for c in below if any(x.dep_ == "aux" and x.lower_ == "to" for x in c.children)]
    finite = [
        c for c in below if c.dep_ == "ccomp" and any(x.dep_ in ("nsubj", "nsubjpass", "expl") for x in c.children)
    ]
    if _bare(verb):
        return None
    if passive and lemma in _words("expected") and (infinitive or finite):
        return _clause(verb), (_words_of(verb),), _agent(verb), "assessment, expected to"
    if (
        passive
        and lemma in _words("judging")
        and any(c.dep_ in ("prep", "advcl") and c.lower_ == "as" for c in verb.children)
    ):
        return _clause(verb), (_words_of(verb),), _agent(verb), "assessment, seen as"
    if not passive:
        judge = speakers.subject(verb)
        if judge is not None and judge.lower_ in ("it", "there"):
            judge = None
        if judge is not None and judge.lower_ in ("nobody", "none", "one"):
            return None
        assessor = _is_assessor(judge)
        if lemma in _words("verbs") and finite and judge is not None and judge.lower_ not in ("you",):
            if lemma in _words("reporting"):
                strong = _hedged(finite[0]) or (assessor and not _told(finite[0]))
            else:  # what "I" or nobody thinks, and what was thought once, is a judgement only where it is hedged
                weak = judge.lower_ in ("i", "we", "nobody", "none") or (verb.tag_ == "VBD" and not assessor)
                strong = _hedged(finite[0]) or not weak
            if strong and not _question(verb) and not _indirect_question(finite[0]):
                return list(finite[0].subtree), (verb.text,), judge, "assessment, judges that"
        if lemma in ("expect", "forecast", "anticipate", "foresee", "predict", "project") and judge is not None:
            objects = [c for c in verb.children if c.dep_ == "dobj"]
            if infinitive:
                return (
                    [t for c in (*objects, *infinitive) for t in c.subtree],
                    (verb.text,),
                    judge,
                    "assessment, expects",
                )
            if objects and lemma != "project" and verb.tag_ != "VBG":  # "expecting a child"
                return [t for c in objects for t in c.subtree], (verb.text,), judge, "assessment, expects"
        if (
            lemma in _words("reporting")
            and assessor
            and not any(map(_told, finite))
            and (finite or any(c.dep_ == "dobj" for c in verb.children))
        ):
            content = (
                list(finite[0].subtree) if finite else [t for c in verb.children if c.dep_ == "dobj" for t in c.subtree]
            )
            return content, (verb.text,), judge, "assessment, judge by trade"
        if lemma in ("see", "view", "regard", "consider", "perceive", "deem") and judge is not None:
            if judge.lower_ not in ("you", "i", "we") and any(
                c.dep_ == "prep" and c.lower_ == "as" for c in verb.children if lemma != "consider"
            ):
                return _without(verb, judge), (verb.text,), judge, "assessment, views as"
        if (
            lemma in _words("seeming")
            and infinitive
            and verb.tag_ != "VBD"
            and lemma not in ("look", "promise", "tend", "risk")
        ):
            return _clause(verb), (verb.text,), None, "assessment, seems"
    if lemma in ("be", "seem", "look", "remain", "appear"):
        for child in verb.children:
            if (
                child.dep_ in ("acomp", "oprd", "attr", "advmod", "ccomp")
                and child.lower_ in _words("likely")
                and not _compared(child)
            ):
                if any(c.dep_ in ("xcomp", "ccomp") for c in (*child.children, *verb.children)):
                    return _clause(verb), (child.text,), None, "assessment, likely"
    match = _phrases("impersonal").search(" ".join(t.text for t in verb.sent)) if verb.dep_ == "ROOT" else None
    if match is not None:
        return _clause(verb), (match.group(),), None, "assessment, impersonal"
    return _modal(verb)


def _modal(verb: Token) -> Read | None:
    """may, might and could of what is not known; "will" where an adverb doubts or insists."""
    aux = next((c for c in verb.children if c.dep_ == "aux" and c.tag_ == "MD"), None)
    if aux is None or _question(verb):
        return None
    subject = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass", "csubj", "expl")), None)
    if subject is None or subject.lower_ in ("i", "we", "you"):
        return None
    adverbs = [c for c in verb.children if c.dep_ == "advmod" and c.lower_ in _words("adverbs")]
    if aux.lower_ in ("may", "might"):
        if verb.dep_ not in ("ROOT", "ccomp", "conj", "relcl", "parataxis", "advcl"):
            return None
        if subject.lower_ == "who" or any(c.dep_ == "cc" and c.lower_ == "but" for c in verb.children):
            return None  # "those who might go"; "it may be old, but" concedes
        if verb.dep_ == "advcl" and any(c.lower_ in ("so", "that", "if", "when", "where") for c in verb.children):
            return None
        return _clause(verb), (aux.text,), None, "assessment, modal"
    if aux.lower_ == "could":
        negated = any(c.dep_ == "neg" for c in verb.children)
        # "could" of the past is ability: the clause above, or its own dates, are past
        if verb.dep_ not in ("ROOT", "conj", "relcl", "ccomp") or negated or _relative_object(verb):
            return None
        above = verb.head
        if verb.dep_ == "relcl" or (verb.dep_ == "conj" and above.tag_ == "VBD"):
            if verb.dep_ == "conj" or above.dep_ not in ("dobj", "pobj", "attr", "appos", "ROOT", "conj", "oprd"):
                return None
        if verb.dep_ == "ccomp" and above.lemma_.lower() not in (*_words("verbs"), *_words("reporting")):
            return None
        return _clause(verb), (aux.text,), None, "assessment, modal"
    if aux.lower_ in ("will", "would", "'ll", "’ll") and adverbs:
        return _clause(verb), (aux.text, *(c.text for c in adverbs)), None, "assessment, will"
    return None


def _relative_object(verb: Token) -> bool:
    """ "the first troops it could find": ability, not forecast."""
    return verb.dep_ == "relcl" and not any(
        c.dep_ == "nsubj" and c.lower_ in ("which", "that", "who") for c in verb.children
    )


def _compared(token: Token) -> bool:
    """ "more likely than others": a statistic, not a forecast."""
    return any(c.lower_ in ("more", "less", "most", "least", "as", "times") for c in token.children)


def _bare(verb: Token) -> bool:
    return any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children)


def _question(verb: Token) -> bool:
    return verb.sent.text.rstrip("”\"’' ").endswith("?")


def _indirect_question(token: Token) -> bool:
    """ "warned how", "know where": what is asked below is no judgement."""
    return token.left_edge.lower_ in ("how", "where", "when", "who", "what", "which", "why")


def _hedged(token: Token) -> bool:
    """Whether a clause is hedged or about the future by its own words."""
    for item in token.subtree:
        if item.tag_ == "MD" and item.lower_ in ("may", "might", "could", "would", "will"):
            return True
        if item.lower_ in _words("adverbs") | _words("likely"):
            return True
    return False


def _told(token: Token) -> bool:
    """Whether a clause tells something as done: reported facts are no judgements."""
    finite = [token, *(c for c in token.children if c.dep_ in ("aux", "auxpass"))]
    return any(t.tag_ == "VBD" for t in finite) and not _hedged(token)


def _around(content: Sequence[Token]) -> list[str]:
    """The hedging words of a clause, in order."""
    plain = _words("adverbs") | _words("modals") | {"likely", "unlikely"}
    return [t.text for t in sorted(content, key=lambda t: t.i) if t.lower_ in plain and t.pos_ != "PROPN"]


def _words_of(verb: Token) -> str:
    tail = "as" if any(c.lower_ == "as" for c in verb.children if c.dep_ in ("prep", "advcl")) else "to"
    return f"{verb.text} {tail}"


def _agent(verb: Token) -> Token | None:
    for child in verb.children:
        if child.dep_ == "agent":
            return next((c for c in child.children if c.dep_ == "pobj"), None)
    return None


def _clause(verb: Token) -> list[Token]:
    """The clause of a verb without coordinated clauses, and without the speech around it."""
    dropped: set[int] = set()
    for child in verb.children:
        own = any(c.dep_ in ("nsubj", "nsubjpass", "expl") for c in child.children)
        if (child.dep_ == "conj" and own) or child.dep_ == "parataxis":
            dropped |= {t.i for t in child.subtree}
        if child.dep_ == "ccomp" and child.i < verb.i and child.right_edge.i < verb.left_edge.i:
            dropped |= {t.i for t in child.subtree}
    return [t for t in verb.subtree if t.i not in dropped]


def _without(verb: Token, judge: Token) -> list[Token]:
    """What is viewed and as what: the object and the "as" phrase."""
    parts = [c for c in verb.children if c.dep_ in ("dobj", "prep", "advcl") and c.i > verb.i]
    return [t for c in parts for t in c.subtree] or _clause(verb)


def _span(page: Paragraph, content: Sequence[Token]) -> Span | None:
    tokens = sorted(content, key=lambda t: t.i)
    while tokens and (
        tokens[0].is_punct or tokens[0].is_space or tokens[0].dep_ == "cc" or tokens[0].lower_ in ("however", "that")
    ):
        tokens.pop(0)
    while tokens and (tokens[-1].is_punct or tokens[-1].is_space or tokens[-1].dep_ == "cc"):
        tokens.pop()
    if len(tokens) < 2:
        return None
    return page.span(tokens[0].idx, tokens[-1].idx + len(tokens[-1]))


def _source(page: Paragraph, verb: Token) -> Participant | None:
    """Who says it: the speech verb above, the speech put beside, or "according to"."""
    token = verb
    for _ in range(8):
        for child in token.children:
            if child.lower_ == "according":
                source = according_source(child)
                return speakers.participant(page, source, speakers.Memory()) if source is not None else None
            if child.dep_ == "parataxis" and any(c.dep_ == "nsubj" for c in child.children):
                subject = speakers.subject(child)
                if subject is not None and child.lemma_.lower() in _words("reporting") | _words("verbs"):
                    return speakers.participant(page, subject, speakers.Memory())
        above = token.head
        if above.i == token.i:
            return None
        if token.dep_ == "ccomp" and above.lemma_.lower() in _words("reporting") | _words("verbs"):
            subject = speakers.subject(above)
            return speakers.participant(page, subject, speakers.Memory()) if subject is not None else None
        token = above
    return None


def _about(mentions: Sequence[Mention], span: Span, by: Participant | None) -> tuple[Participant, ...]:
    inside = [m for m in mentions if span.covers(m.span) and m.codes]
    return tuple(who for who in participants(inside) if by is None or who.span != by.span)


def _horizon(page: Paragraph, content: Sequence[Token], dated: Sequence[DatedSpan]) -> When:
    """Until when: a date in the clause, else a phrase such as "in the long term" with its words alone."""
    start, end = page.offset + min(t.idx for t in content), page.offset + max(t.idx + len(t) for t in content)
    inside = [one for one in dated if start <= one.span.start < end]
    if inside:
        return max(inside, key=lambda one: (one.when.latest is not None, one.span.start)).when
    match = _phrases("horizons").search(page.doc.text[start - page.offset : end - page.offset])
    if match is None:
        return UNKNOWN
    return When(text=match.group(), span=Span(start + match.start(), start + match.end()))
