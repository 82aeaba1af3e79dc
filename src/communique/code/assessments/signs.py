"""What in a clause tells a judgement from a plain fact: words, and predicates over tokens."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

from communique.knowledge import load
from communique.tree import Token

VERBAL = frozenset({"VERB", "AUX"})


@functools.cache
def words(name: str) -> frozenset[str]:
    """The words of one list of knowledge/assessments.yaml."""
    return frozenset(str(word) for word in load.data("assessments.yaml")[name])


@functools.cache
def phrases(name: str) -> re.Pattern[str]:
    """A pattern of the phrases of one list, the longest first."""
    listed = sorted(load.data("assessments.yaml")[name], key=lambda phrase: (-len(phrase), phrase))
    return re.compile(r"\b(?:" + "|".join(re.escape(phrase) for phrase in listed) + r")\b", re.IGNORECASE)


def is_assessor(token: Token | None) -> bool:
    """Whether a subject judges for a living: by its noun, or by what stands beside a name."""
    if token is None:
        return False
    if token.lemma_.lower() in words("assessors"):
        return True
    # "Steve Tsang, director of the institute": by the apposition
    return token.ent_type_ == "PERSON" and any(
        c.dep_ in ("appos", "compound") and any(t.lemma_.lower() in words("assessors") for t in c.subtree)
        for c in token.children
    )


def relative_object(verb: Token) -> bool:
    """ "the first troops it could find": ability, not forecast."""
    return verb.dep_ == "relcl" and not any(
        c.dep_ == "nsubj" and c.lower_ in ("which", "that", "who") for c in verb.children
    )


def compared(token: Token) -> bool:
    """ "more likely than others": a statistic, not a forecast."""
    return any(c.lower_ in ("more", "less", "most", "least", "as", "times", "equally") for c in token.children)


def bare(verb: Token) -> bool:
    """Whether a verb is an infinitive: "to expect"."""
    return any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children)


def question(verb: Token) -> bool:
    """Whether the sentence of a verb asks."""
    return verb.sent.text.rstrip("”\"’' ").endswith("?")


def indirect_question(token: Token) -> bool:
    """ "warned how", "know where": what is asked below is no judgement."""
    asks = ("how", "where", "when", "who", "what", "which", "why")
    if token.left_edge.lower_ in asks:
        return True
    return token.dep_ != "relcl" and any(
        c.tag_ in ("WP", "WRB") and c.i < token.i and c.dep_ not in ("nsubj", "nsubjpass") for c in token.children
    )


def asked_whether(verb: Token) -> bool:
    """ "assess whether it is likely", "if he thinks": left open."""
    return any(c.dep_ == "mark" and c.lower_ in ("whether", "if", "should", "unless") for c in verb.children)


def hearer(verb: Token) -> bool:
    """ "you seem to think": about who listens or speaks."""
    return any(c.dep_ == "nsubj" and c.lower_ in ("i", "we", "you") for c in verb.children)


def hedged(token: Token) -> bool:
    """Whether a clause is hedged or about the future by its own words."""
    for item in token.subtree:
        if item.tag_ == "MD" and item.lower_ in ("may", "might", "could", "would", "will"):
            return True
        if item.lower_ in words("adverbs") | words("likely"):
            return True
    return False


def told(token: Token) -> bool:
    """Whether a clause tells something as done: reported facts are no judgements."""
    finite = [token, *(c for c in token.children if c.dep_ in ("aux", "auxpass"))]
    return any(t.tag_ == "VBD" for t in finite) and not hedged(token)


def around(content: Sequence[Token]) -> list[str]:
    """The hedging words of a clause, in order."""
    plain = words("adverbs") | words("modals") | {"likely", "unlikely"}
    return [t.text for t in sorted(content, key=lambda t: t.i) if t.lower_ in plain and t.pos_ != "PROPN"]


def words_of(verb: Token) -> str:
    """The words of a passive of expecting: "expected to", "seen as"."""
    tail = "as" if any(c.lower_ == "as" for c in verb.children if c.dep_ in ("prep", "advcl")) else "to"
    return f"{verb.text} {tail}"


def agent(verb: Token) -> Token | None:
    """Who expects, after "by"."""
    for child in verb.children:
        if child.dep_ == "agent":
            return next((c for c in child.children if c.dep_ == "pobj"), None)
    return None


def clause(verb: Token) -> list[Token]:
    """The clause of a verb without coordinated clauses, and without the speech around it."""
    dropped: set[int] = set()
    for child in verb.children:
        own = any(c.dep_ in ("nsubj", "nsubjpass", "expl") for c in child.children)
        if (child.dep_ == "conj" and own) or child.dep_ == "parataxis":
            dropped |= {t.i for t in child.subtree}
        if child.dep_ == "ccomp" and child.i < verb.i and child.right_edge.i < verb.left_edge.i:
            dropped |= {t.i for t in child.subtree}
    return [t for t in verb.subtree if t.i not in dropped]


def without(verb: Token, judge: Token) -> list[Token]:
    """What is viewed and as what: the object and the "as" phrase."""
    parts = [c for c in verb.children if c.dep_ in ("dobj", "prep", "advcl") and c.i > verb.i]
    return [t for c in parts for t in c.subtree] or clause(verb)


_GENERIC = frozenset({"any", "every", "each", "no", "whatever", "whichever", "all", "such", "those"})
_WANTED = frozenset({"avoid", "prevent", "stop", "refrain", "resist", "oppose", "reject", "ensure", "guard"})


def duty(verb: Token) -> bool:
    """ "should be viewed as", "they must expect": what ought to be, not what is expected."""
    return any(c.dep_ == "aux" and c.lower_ in ("should", "must", "shall", "ought") for c in verb.children)


def demanded(verb: Token) -> bool:
    """ "what is expected of us": a demand."""
    return any(c.dep_ == "prep" and c.lower_ in ("of", "from") and c.i == verb.i + 1 for c in verb.children)


def of_a_kind(verb: Token) -> bool:
    """ "anyone who is believed to", "avoid any step that could": a clause that says which, of nothing in particular."""
    if verb.dep_ != "relcl":
        return False
    noun = verb.head
    if noun.lemma_.lower() in words("kinds") or any(c.lower_ in _GENERIC for c in noun.children if c.i < noun.i):
        return True
    above = noun.head
    for _ in range(4):  # "urged both to avoid steps and words that may"
        if above.lemma_.lower() in _WANTED:
            return True
        if above.head.i == above.i or above.dep_ not in ("conj", "pobj", "prep", "dobj", "pcomp", "xcomp"):
            break
        above = above.head
    return False


def purpose(verb: Token) -> bool:
    """ "so all of them could be vaccinated": what it was for."""
    if any(verb.doc[c.left_edge.i - 1].lower_ == "so" for c in verb.children if "subj" in c.dep_ and c.left_edge.i):
        return True
    first = verb.left_edge
    return any(t.lower_ == "so" for t in verb.doc[max(first.i - 2, verb.sent.start) : first.i + 1])


def permitted(verb: Token, subject: Token) -> bool:
    """ "applicants may apply": a rule that lets somebody do something."""
    if verb.lemma_.lower() in words("permitted") or subject.lemma_.lower() in words("applicants"):
        return True
    says = words("reporting") | words("verbs") | words("saying")
    if subject.lower_ in ("some", "many", "others", "people") and verb.lemma_.lower() in says:
        return True  # "some may argue": manners
    # "they may be eligible", "may have access", "may take part"
    return any(c.dep_ in ("acomp", "dobj", "attr") and c.lemma_.lower() in words("rights") for c in verb.children)


def manners(judge: Token, head: Token, lemma: str) -> bool:
    """ "I think you will find", "I think I would say", "we think we could try": manners and own plans."""
    if judge.lower_ not in ("i", "we"):
        return False
    own = any(c.dep_ in ("nsubj", "nsubjpass") and c.lower_ in ("i", "we", "you") for c in head.children)
    if own and lemma not in words("foretelling"):
        return True
    if any(c.dep_ in ("acomp", "attr") and c.lower_ in words("manners") for c in head.children):
        return True  # "it would be premature for us to say"
    if any(c.dep_ in ("nsubj", "expl") and c.lower_ == "it" for c in head.children) and lemma not in ("fear", "doubt"):
        if any(c.dep_ == "acomp" and c.lower_ in words("urged") for c in head.children) and _to_do(head):
            return True  # "we believe it is critical to refrain": what is asked for
    return any(t.lower_ in ("you", "your") for t in head.subtree)


def _to_do(head: Token) -> bool:
    below = [c for c in head.children if c.dep_ == "acomp"]
    return any(
        c.dep_ in ("xcomp", "ccomp", "advcl") and bare(c)
        for c in (*head.children, *(x for b in below for x in b.children))
    )


def first_person(verb: Token) -> bool:
    """ "I am certain": somebody's assurance."""
    return any(c.dep_ == "nsubj" and c.lower_ in ("i", "we") for c in verb.children)


def cut_short(head: Token) -> bool:
    """ "we believe, they believe, ...": a verb of judging with nothing below it is no judgement."""
    return head.lemma_.lower() in words("verbs") | words("reporting") and not any(
        c.dep_ in ("ccomp", "xcomp", "dobj", "prep", "advcl") for c in head.children
    )


def empty(verb: Token) -> bool:
    """ "it might be": nothing is said of it."""
    return verb.lemma_ == "be" and not any(
        c.dep_ in ("acomp", "attr", "prep", "xcomp", "ccomp", "advmod", "oprd", "advcl") and c.i > verb.i
        for c in verb.children
    )


def ruled(verb: Token) -> bool:
    """ "applicants are expected to leave": a rule for all of a kind."""
    return any(
        c.dep_ in ("nsubj", "nsubjpass")
        and (c.lemma_.lower() in words("applicants") or c.lower_ in ("you", "we", "all"))
        for c in verb.children
    )


def which_one(verb: Token) -> bool:
    """ "announcements that may come": the clause only says which; "the causes that could", ", which may" say more."""
    if verb.dep_ != "relcl":
        return False
    noun, first = verb.head, verb.left_edge
    if first.i and verb.doc[first.i - 1].text in (",", "–", "—", "-"):
        return False
    definite = any(c.lower_ in words("definite") or c.dep_ == "poss" for c in noun.children if c.i < noun.i)
    return not (definite or noun.pos_ == "PROPN" or noun.lower_ == "another")


def announced(judge: Token, clause_: Token, reporting: bool) -> bool:
    """ "suggested he would go on": what somebody says that he himself will do is no forecast."""
    own = [c for c in clause_.children if c.dep_ in ("nsubj", "nsubjpass")]
    same = any(
        c.lower_ in ("i", "we", "he", "she", "they", "it") and (c.lower_ == judge.lower_ or judge.pos_ != "PRON")
        for c in own
    )
    will = any(c.dep_ == "aux" and c.lower_ in ("will", "would", "'ll", "’ll", "'d", "’d") for c in clause_.children)
    return reporting and same and will


def foretells(verb: Token, judge: Token) -> bool:
    """Whether "expects" looks ahead: not what is asked of the hearer, unless he may expect it."""
    if question(verb) or indirect_question(verb):
        return False
    first = verb.head if verb.dep_ == "conj" else verb  # "who demand their rights and who expect"
    if first.dep_ == "relcl" and (which_one(verb) or (judge.pos_ == "NOUN" and judge.tag_ == "NNS")):
        return False  # "people who expect governments to listen"
    if judge.lower_ in ("i", "we") and verb.tag_ in ("VBD", "VBN"):
        return False  # "I expected it to be hard": over
    may = any(c.dep_ == "aux" and c.tag_ == "MD" for c in verb.children)
    if judge.lower_ in ("i", "we") and any(c.lower_ == "you" for v in verb.children for c in (v, *v.children)):
        return False  # "I don't expect you to answer": manners
    return may or judge.lower_ != "you"


def whole(verb: Token, head: Token) -> list[Token]:
    """The clause below a verb; where the parser kept hardly a word of it, all that follows the verb."""
    found = list(head.subtree)
    if len(found) > 2 or head.i < verb.i:
        return found
    return [t for t in verb.subtree if t.i > verb.i]
