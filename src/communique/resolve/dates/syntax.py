"""What syntax says of a date: its head word, the verb that governs it and that verb's tense, what it hangs on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from communique.resolve.dates import words as w
from communique.resolve.dates.expression import Tense

if TYPE_CHECKING:
    from communique.tree import Token

_FUTURE_AUX = frozenset({"will", "shall", "'ll", "’ll", "wo", "sha", "would", "'d", "’d"})
_MODALS = frozenset({"may", "might", "could", "can", "must", "should", "need", "ought"})
_HAVE = frozenset({"has", "have", "had", "'ve", "’ve", "'s", "’s"})
_ADJECTIVE_CUES = frozenset({"due", "upcoming", "scheduled", "slated", "expected", "planned", "forthcoming", "proposed",
                             "looming", "ahead", "pending", "set"})  # fmt: skip
# "talks starting on Monday": what a participle says of something to come
_OPENING = frozenset({"start", "begin", "open", "resume", "expire", "commence", "last"})
_DEPTH = 14
# before the day that something gets instead of another
_NEW_DAY = frozenset({"to", "until", "till"})


def span_head(tokens: Sequence[Token]) -> Token:
    """The word of a phrase that the others hang on: the first whose own head lies outside."""
    inside = {token.i for token in tokens}
    words = [t for t in tokens if not t.is_punct and not t.is_space] or list(tokens)
    return next((t for t in words if t.head.i not in inside or t.head.i == t.i), words[0])


def climb(token: Token) -> Iterator[Token]:
    """The word and its ancestors up to the root, never more than a few."""
    for _ in range(_DEPTH):
        yield token
        if token.head.i == token.i:
            return
        token = token.head


def is_verb(token: Token) -> bool:
    """Whether the word is a verb or an auxiliary that stands as one."""
    return token.pos_ in ("VERB", "AUX") and token.dep_ not in ("aux", "auxpass")


def _auxiliaries(verb: Token) -> set[str]:
    return {child.lower_ for child in verb.children if child.dep_ in ("aux", "auxpass") and child.i < verb.i}


def _infinitive(verb: Token) -> Tense | None:
    """ "plans to meet": to come, after a verb of intent; else the tense of the verb above."""
    head = verb.head
    if head.i == verb.i:
        return "future"
    lemma = head.lemma_.lower()
    if lemma in w.words("future_governors") or head.lower_ in _ADJECTIVE_CUES or lemma in ("be", "have", "go"):
        return "future"
    if head.pos_ in ("NOUN", "PROPN", "ADJ") and verb.dep_ in ("acl", "relcl", "xcomp", "ccomp"):
        return "future" if head.pos_ != "PROPN" else None
    return None


def verb_tense(verb: Token, strict: bool = False, itself: bool = False) -> tuple[Tense | None, bool]:
    """What one verb says of the time: past, future or nothing; and whether to ask no further.

    itself: asked of its own act ("the envoy was called in") and not of what stands below it. strict leaves the present
    tense, plain or continuous, without a say: "opens on Tuesday" is to come, "opens" is not.
    """
    aux = _auxiliaries(verb)
    tag, lemma = verb.tag_, verb.lemma_.lower()
    governs = lemma in w.words("future_governors") or verb.lower_ in _ADJECTIVE_CUES
    governs = governs and not (itself and lemma in w.words("done_governors"))
    if aux & _FUTURE_AUX:
        # "would have stayed" did not; "will have left" is to come
        return ("past" if "would" in aux and aux & _HAVE else "future"), True
    if aux & _MODALS:
        return ("past", True) if aux & _HAVE else ("future", True)
    if tag == "VB" and "to" in aux:
        return ("past", True) if "have" in aux else (_infinitive(verb), _infinitive(verb) is not None)
    if tag == "VBN" and aux & {"is", "are", "be", "'re", "’re", "am", "was", "were", "being"}:
        if governs:
            return "future", True
        return ("past", True) if aux & ({"was", "were"} | _HAVE) else (None, True)
    if tag == "VBG" and aux & {"is", "are", "am", "'re", "’re", "'s", "’s"}:
        return (None if strict else "future"), True
    if aux & (_HAVE | {"did"}):
        return "past", True
    if tag == "VBG" and aux & {"was", "were"}:
        return "past", True
    if tag == "VBG" and not aux and verb.dep_ in ("acl", "relcl", "advcl") and lemma in _OPENING:
        return (None if strict else "future"), True
    if tag == "VBD":
        return "past", True
    if tag == "VBN":
        return ("future" if governs else "past"), True
    if tag in ("VBZ", "VBP"):
        ahead = not strict and (governs or lemma == "be" or lemma in w.words("schedule_verbs"))
        return ("future" if ahead else None), True
    return None, False


def governed(token: Token, strict: bool = False) -> tuple[Tense | None, bool]:
    """Past or future by the nearest verb above the word that says so; and whether a finite verb was there at all."""
    through: Token | None = None
    for index, above in enumerate(climb(token)):
        if above.lower_ in _NEW_DAY and above.pos_ in ("ADP", "SCONJ", "PART"):
            through = above
        elif through is not None and is_verb(above):
            # "has been postponed to 19 May", "was pushed back to 19 May"
            under_it = through.head.i == above.i or (
                through.head.pos_ in ("ADV", "ADP") and through.head.head.i == above.i
            )
            if under_it and above.lemma_.lower() in w.words("moving_verbs"):
                return "future", True
            through = None
        if index and above.lower_ in _ADJECTIVE_CUES and above.pos_ in ("ADJ", "ADV", "SCONJ", "ADP"):
            return "future", True
        if not is_verb(above) or above.dep_ == "amod":
            if any(c.lower_ in _ADJECTIVE_CUES and c.dep_ == "amod" for c in above.children):
                return "future", True
            continue
        tense, final = verb_tense(above, strict, itself=not index)
        if tense is None and final and above.dep_ == "ccomp" and above.head.lemma_ in w.words("future_governors"):
            # "to ensure that elections are held in December"
            return "future", True
        if tense is not None or final:
            return tense, True
    return None, False


def governed_tense(token: Token, strict: bool = False) -> Tense | None:
    """Past or future by the nearest verb above the word that says so."""
    return governed(token, strict)[0]


def told_as_done(head: Token, anchor: Token) -> bool:
    """Whether the text tells what the date is of as done: it hangs on a past verb, or on a noun after "since"."""
    if is_verb(anchor) and anchor.dep_ != "amod":
        return verb_tense(anchor)[0] == "past"
    above = next((t for t in list(climb(anchor))[1:4] if t.pos_ in ("ADP", "SCONJ")), None)
    behind = above is not None and above.lower_ in ("since", "after", "following")
    return behind and governed_tense(head) == "past"


def anchor_of(head: Token) -> Token:
    """What a date hangs on: the verb or noun above it and above its prepositions."""
    token = head
    for above in climb(head):
        token = above
        if above.i == head.i:
            continue
        if above.pos_ == "ADP" or (above.dep_ in ("advmod", "prep", "pcomp") and not is_verb(above)):
            continue
        if above.ent_type_ in ("DATE", "TIME") and above.pos_ in ("NOUN", "PROPN", "NUM"):
            continue
        break
    return token


def in_modifier(token: Token) -> bool:
    """Whether the word stands inside another noun's phrase before it: "the 2015 deal", "Thursday's vote"."""
    return token.dep_ in ("nummod", "compound", "amod", "nmod", "poss", "npadvmod", "appos") and token.head.pos_ in (
        "NOUN", "PROPN"
    )  # fmt: skip
