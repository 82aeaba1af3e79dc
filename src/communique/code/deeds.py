"""What is no deed: aims, questions, imperatives and housekeeping, everyday acts of nobody who acts in politics."""

from __future__ import annotations

from functools import cache

from communique.code import everyday, lexicon
from communique.code.clauses import Clause
from communique.code.draft import Draft
from communique.knowledge import load
from communique.tree import Span, Token

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
_QUOTES = " \"'”’»)]\n\t"
# how a sentence ends that breaks off
_BROKEN = ("—", "–", "--", "…", "...")
# sectors that act, or are acted on, in politics; people at large count for violence and protest alone
_ACTING = frozenset(
    "GOV MIL COP JUD REB UAF CRM PTY OPP LEG SPY IGO NGO NGM MED JRN BUS EDU LAB REL ELI AGR REF ETH PRM PRE "
    "SEP MNC".split()
)
_OF_PEOPLE = frozenset({"ASSAULT", "PROTEST", "COERCE"})


def is_question(syntax: Span) -> bool:
    """Whether a sentence asks: "Will the ministers meet?" tells nothing that happened."""
    said = syntax.text.rstrip(_QUOTES)
    return bool(said.endswith("?")) or (said.endswith(_BROKEN) and _turned(syntax))


def _turned(syntax: Span) -> bool:
    """Whether the verb of a sentence that breaks off stands before who acts: "Did they agree in 2020 not to —"."""
    root = syntax.root
    helping = [c.i for c in root.children if c.dep_ in ("aux", "auxpass")] or [root.i]
    subjects = [c.i for c in root.children if c.dep_ in ("nsubj", "nsubjpass")]
    return bool(subjects) and min(helping) < min(subjects)


def first_of(verb: Token) -> Token:
    """The first of the infinitives or gerunds that a verb is joined to: "to train pilots and equip a school"."""
    top = verb
    while top.dep_ == "conj" and top.head.pos_ in ("VERB", "AUX") and not _has(top, _SUBJECTS):
        above = top.head
        if above.tag_ != top.tag_ or top.tag_ not in ("VB", "VBG") or any(c.tag_ == "MD" for c in top.children):
            break
        top = above
    return top


def is_infinitive(verb: Token) -> bool:
    """Whether a verb is an infinitive with "to" and no subject of its own, or joined to one."""
    top = first_of(verb)
    return top.tag_ == "VB" and any(c.tag_ == "TO" for c in top.children) and not _has(top, _SUBJECTS)


def is_hoped(verb: Token) -> bool:
    """Whether it is only a chance for somebody: "an opportunity for the Secretary to talk with them", or what is best:
    "the way to do that is for the two presidents to meet"."""
    above = verb.head
    chance = above.lemma_ == "be" or (above.pos_ == "NOUN" and above.lemma_.lower() in lexicon.senses()["prospects"])
    return chance and verb.tag_ == "VB" and any(c.dep_ == "mark" and c.lower_ == "for" for c in verb.children)


def is_asked(verb: Token) -> bool:
    """Whether a clause is only wondered about: "whether Germany would send troops", "how to arm them"."""
    if verb.dep_ in ("ccomp", "pcomp", "xcomp", "acl", "csubj", "csubjpass") and any(
        c.dep_ == "mark" and c.lower_ in ("whether", "if") for c in verb.children
    ):
        return True
    wondered = any(c.tag_ in ("WRB", "WP") and c.i < verb.i for c in verb.children)
    return wondered and is_infinitive(verb)


def is_imperative(verb: Token) -> bool:
    """Whether a sentence bids its reader: "Contact the embassy", "Let's go to Italy"; a headline has its subject."""
    if verb.lemma_.lower() == "let" and any(c.dep_ in ("dobj", "nsubj", "ccomp") for c in verb.children):
        below = [c for child in verb.children for c in (child, *child.children)]
        if verb.tag_ in ("VB", "VBP") and any(c.lower_ in ("us", "me", "'s", "’s") for c in below if c.i > verb.i):
            return True
    if verb.tag_ not in ("VB", "VBP") or verb.dep_ not in ("ROOT", "conj"):
        return False
    if verb.dep_ == "conj" and (_has(verb, _SUBJECTS) or not is_imperative(verb.head)):
        return False
    before = [c for c in verb.children if c.i < verb.i]
    plain = not any(c.dep_ in (*_SUBJECTS, "aux", "auxpass") for c in before)
    return (
        plain and verb.text != verb.text.upper() and all(c.dep_ in ("punct", "advmod", "intj", "neg") for c in before)
    )


def is_courtesy(own: Clause) -> bool:
    """Whether a verb only leads to the words that are the deed: "I wish to congratulate", "is proud to partner with".

    What people are glad to see or to have is no deed either.
    """
    words = lexicon.senses()
    below = [verb.lemma_.lower() for verb in own.complements if verb.tag_ == "VB"]
    if not below:
        return False
    if own.verb.lemma_.lower() in words["politely"]:
        led = [t.lemma_.lower() for verb in own.complements[:1] for t in verb.children if t.dep_ == "dobj"]
        taken = below[0] in words["politely"] and any(noun in words["occasions"] for noun in led)
        return taken or below[0] in words["said and done"]
    glad = {child.lemma_.lower() for child in own.verb.children if child.dep_ in ("acomp", "attr", "oprd", "dobj")} | (
        {own.verb.lemma_.lower()} if own.passive else set()
    )
    glad |= {child.lower_ for child in own.verb.children if child.dep_ in ("acomp", "attr", "oprd")}
    glad |= {own.verb.lower_} if own.verb.tag_ == "VBN" else set()
    if glad & words["proud to"]:
        return True
    return bool(glad & words["glad to"]) and below[0] in words["said and done"] | words["pleasantries"]


def is_paper(own: Clause) -> bool:
    """Whether only a document is put out: "released a statement", "published the text of the agreement"."""
    words = lexicon.senses()
    if own.verb.lemma_.lower() not in words["puts out"] or not own.objects:
        return False
    return all(t.lemma_.lower() in words["documents"] for t in own.objects)


def is_generic(own: Clause, event: str) -> bool:
    """Whether the present tense tells of no dated deed: "the agency helps farmers"; words spoken are deeds."""
    words = lexicon.senses()
    verb = own.verb
    if event not in words["every day"] or verb.tag_ not in ("VBZ", "VBP") or verb.lemma_.lower() in words["spoken"]:
        return False
    ends = verb.sent.text.rstrip(_QUOTES)[-1:]
    dated = any(t.ent_type_ in ("DATE", "TIME") for t in verb.subtree)
    return ends == "." and not dated and not _has(verb, frozenset({"aux", "auxpass"}))


def is_political(draft: Draft) -> bool:
    """Whether any side of a draft is a state or somebody who acts in politics; anybody may be hurt, held or protest."""
    if everyday.is_idle(draft):
        return False
    sides = [actor for mention in (*draft.actors, *draft.recipients) for actor in mention.actors]
    if any(actor.code or actor.kind in ("group", "body") or _ACTING & set(actor.sector) for actor in sides):
        return True
    for mention in draft.actors:
        kind, words = mention.actors[0].kind, mention.text.split()
        if kind == "people" and words[-1][:1].isupper() and words[-1].endswith("s"):
            return True  # a people without a state: "ethnic Albanians", "Kurds"
        strange = kind == "unknown" or (kind == "person" and words[0] not in _given_names())
        if strange and len(words) > 1 and all(word[:1].isupper() for word in words):
            return True  # a firm or body that no list knows, and that the tagger may take for a person
    if draft.event not in _OF_PEOPLE:
        return False
    return any(actor.sector or actor.kind in ("person", "people", "group") for actor in sides)


@cache
def _given_names() -> frozenset[str]:
    table = load.data("given_names.yaml")
    return frozenset(str(name) for names in table.values() for name in names)


def _has(verb: Token, kinds: frozenset[str]) -> bool:
    return any(c.dep_ in kinds for c in verb.children)
