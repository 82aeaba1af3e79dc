"""What a verb makes of its clause: a judgement or a forecast with its words and hedges, or a plain fact."""

from __future__ import annotations

from communique.code.assessments.excluded import (
    agreed,
    aims,
    around_aside,
    conceded,
    denied,
    hearers,
    open_above,
    own_plan,
    scheduled,
    wished,
)
from communique.code.assessments.signs import (
    VERBAL,
    agent,
    announced,
    asked_whether,
    bare,
    clause,
    compared,
    cut_short,
    demanded,
    duty,
    empty,
    first_person,
    foretells,
    hearer,
    hedged,
    indirect_question,
    is_assessor,
    manners,
    of_a_kind,
    permitted,
    phrases,
    purpose,
    question,
    relative_object,
    ruled,
    told,
    which_one,
    whole,
    without,
    words,
    words_of,
)
from communique.code.quotes import speakers
from communique.syntax import remembered
from communique.tree import Token

Read = tuple[list[Token], tuple[str, ...], Token | None, str]


@remembered
def read(verb: Token) -> Read | None:
    """What a verb makes of its clause: the words, the hedges, who judges and the rule; None for plain facts."""
    lemma = verb.lemma_.lower()
    passive = any(c.dep_ in ("auxpass", "nsubjpass") for c in verb.children)
    below = [c for c in verb.children if c.dep_ in ("ccomp", "xcomp") and c.pos_ in (*VERBAL, "ADJ", "NOUN")]
    infinitive = [c for c in below if any(x.dep_ == "aux" and x.lower_ == "to" for x in c.children)]
    finite = [
        c for c in below if c.dep_ == "ccomp" and any(x.dep_ in ("nsubj", "nsubjpass", "expl") for x in c.children)
    ]
    if bare(verb) or duty(verb) or question(verb) or asked_whether(verb) or denied(verb):
        return None
    if (
        passive
        and lemma in words("expected")
        and (infinitive or finite)
        and not (demanded(verb) or of_a_kind(verb) or ruled(verb))
        and not any(c.lemma_.lower() in words("duties") for c in infinitive)
    ):
        return clause(verb), (words_of(verb),), agent(verb), "assessment, expected to"
    if (
        passive
        and lemma in words("judging")
        and any(c.dep_ in ("prep", "advcl") and c.lower_ == "as" for c in verb.children)
    ):
        return clause(verb), (words_of(verb),), agent(verb), "assessment, seen as"
    if not passive:
        judge = around_aside(verb, speakers.subject(verb))
        if judge is not None and judge.lower_ in ("it", "there"):
            judge = None
        if judge is not None and (judge.is_punct or judge.is_space):
            judge = None  # "No. I mean, we assume": the parser takes the full stop
        if judge is not None and judge.lower_ in ("nobody", "none", "one"):
            return None
        if judge is not None and scheduled(verb, judge):
            return None
        assessor = is_assessor(judge)
        if lemma in words("verbs") and finite and judge is not None and judge.lower_ not in ("you",):
            if lemma in words("reporting"):
                strong = hedged(finite[0]) or (assessor and not told(finite[0]))
            else:  # what "I" or nobody thinks, and what was thought once, is a judgement only where it is hedged
                weak = judge.lower_ in ("i", "we", "nobody", "none") or (verb.tag_ == "VBD" and not assessor)
                strong = hedged(finite[0]) or not weak
            if lemma in words("foretelling") and indirect_question(verb):
                strong = False  # "what he can expect"
            if manners(judge, finite[0], lemma) or announced(judge, finite[0], lemma in words("reporting")):
                strong = False
            if duty(finite[0]) or cut_short(finite[0]) or asked_whether(finite[0]):
                strong = False
            if strong and not question(verb) and not indirect_question(finite[0]):
                return whole(verb, finite[0]), (verb.text,), judge, "assessment, judges that"
        if lemma in words("foretelling") and judge is not None and foretells(verb, judge):
            objects = [c for c in verb.children if c.dep_ == "dobj"]
            by = None if hearers(verb) else judge
            if infinitive and (objects or not own_plan(verb, judge, infinitive[0])):
                content = [t for c in (*objects, *infinitive) for t in c.subtree]
                return content, (verb.text,), by, "assessment, expects"
            if objects and not infinitive and lemma != "project" and verb.tag_ != "VBG":  # "expecting a child"
                return [t for c in objects for t in c.subtree], (verb.text,), by, "assessment, expects"
        if (
            lemma in words("reporting")
            and assessor
            and not any(map(told, finite))
            and (finite or any(c.dep_ == "dobj" for c in verb.children))
        ):
            content = (
                whole(verb, finite[0]) if finite else [t for c in verb.children if c.dep_ == "dobj" for t in c.subtree]
            )
            return content, (verb.text,), judge, "assessment, judge by trade"
        if lemma in ("see", "view", "regard", "consider", "perceive", "deem") and judge is not None:
            if judge.lower_ not in ("you", "i", "we") and any(
                c.dep_ == "prep" and c.lower_ == "as" for c in verb.children if lemma != "consider"
            ):
                return without(verb, judge), (verb.text,), judge, "assessment, views as"
        if (
            lemma in words("seeming")
            and infinitive
            and verb.tag_ != "VBD"
            and not hearer(verb)
            and lemma not in ("look", "promise", "tend", "risk")
        ):
            return clause(verb), (verb.text,), None, "assessment, seems"
    if lemma in ("be", "seem", "look", "remain", "appear"):
        for child in verb.children:
            if (
                child.dep_ in ("acomp", "oprd", "attr", "advmod", "ccomp")
                and child.lower_ in words("likely")
                and not compared(child)
                and not first_person(verb)
            ):
                if any(c.dep_ in ("xcomp", "ccomp") for c in (*child.children, *verb.children)):
                    return clause(verb), (child.text,), None, "assessment, likely"
    match = phrases("impersonal").search(" ".join(t.text for t in verb.sent)) if verb.dep_ == "ROOT" else None
    if match is not None:
        return clause(verb), (match.group(),), None, "assessment, impersonal"
    return _modal(verb)


def _modal(verb: Token) -> Read | None:
    """may, might and could of what is not known; "will" where an adverb doubts or insists."""
    aux = next((c for c in verb.children if c.dep_ == "aux" and c.tag_ == "MD"), None)
    if aux is None or question(verb) or of_a_kind(verb) or verb.lemma_.lower() in words("defining"):
        return None
    subject = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass", "csubj", "expl")), None)
    if subject is None or subject.lower_ in ("i", "we", "you", "nothing", "nobody", "none", "who", "one"):
        return None
    if wished(verb) or conceded(verb) or open_above(verb) or agreed(verb):
        return None
    if empty(verb) or indirect_question(verb) or which_one(verb) or (aux.is_title and aux.i < subject.i):
        return None  # "it might be"; "how they might help"; "announcements that may come"; "May they prosper"
    adverbs = [c for c in verb.children if c.dep_ == "advmod" and c.lower_ in words("adverbs")]
    if aux.lower_ in ("may", "might"):
        if verb.dep_ not in ("ROOT", "ccomp", "conj", "relcl", "parataxis", "advcl"):
            return None
        if relative_object(verb) or permitted(verb, subject):
            return None
        if any(c.dep_ == "cc" and c.lower_ == "but" for c in verb.children):
            return None  # "those who might go"; "it may be old, but" concedes
        if verb.dep_ == "advcl" and any(c.lower_ in ("so", "that", "if", "when", "where", "as") for c in verb.children):
            return None
        return clause(verb), (aux.text,), None, "assessment, modal"
    if aux.lower_ == "could":
        # "could not", "could no longer"; "could have used": it did not
        negated = any(
            c.dep_ == "neg" or c.lower_ == "longer" or (c.dep_ == "aux" and c.lower_ == "have") for c in verb.children
        )
        # "could" of the past is ability: the clause above, or its own dates, are past
        if verb.dep_ not in ("ROOT", "conj", "relcl", "ccomp") or negated or relative_object(verb):
            return None
        above = verb.head
        if verb.dep_ == "relcl" or (verb.dep_ == "conj" and above.tag_ == "VBD"):
            if verb.dep_ == "conj" or above.dep_ not in ("dobj", "pobj", "attr", "appos", "ROOT", "conj", "oprd"):
                return None
        if purpose(verb) or aims(verb) or any(c.dep_ == "acomp" and c.lower_ in words("rights") for c in verb.children):
            return None
        if verb.dep_ == "ccomp" and above.lemma_.lower() not in (*words("verbs"), *words("reporting")):
            return None
        return clause(verb), (aux.text,), None, "assessment, modal"
    if aux.lower_ in ("will", "would", "'ll", "’ll") and adverbs and adverbs[0].lower_ != "certainly":
        if verb.lemma_.lower() in words("remembering"):
            return None  # "fans will likely remember"
        return clause(verb), (aux.text, *(c.text for c in adverbs)), None, "assessment, will"
    return None
