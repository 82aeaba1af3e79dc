"""Which date of a sentence dates an event, by syntax; where none does, what the document's own date still says."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from communique.model import Sentence, When
from communique.resolve.dates import words as w
from communique.resolve.dates.expression import Dated, Tense
from communique.resolve.dates.syntax import anchor_of, climb, governed_tense, is_verb

if TYPE_CHECKING:
    from communique.tree import Token

_ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj", "obj", "attr", "dative", "oprd", "pobj"})
_LOOSE_CLAUSES = frozenset({"xcomp", "advcl", "conj", "pcomp", "prep"})
_TURNS = frozenset({"since", "after", "before", "until", "following"})
_FAR = 400  # days: a noun's own date so far from the document's is not the date of the verb above it


def _preposition(head: Token) -> str:
    return next((t.lower_ for t in list(climb(head))[1:3] if t.pos_ in ("ADP", "SCONJ")), "")


def _under(trigger: Token, anchor: Token) -> int | None:
    """Steps from a noun up to the trigger inside the trigger's own phrase, no verb between."""
    for steps, above in enumerate(climb(anchor)):
        if above.i == trigger.i:
            return steps
        if above.pos_ in ("ADP", "SCONJ") and above.lower_ in w.words("other_time"):
            return None
        if is_verb(above):
            # "the conference, which took place on Tuesday"
            own = above.head.i == trigger.i and above.dep_ in ("relcl", "acl")
            return steps + 1 if own and steps <= 1 else None
    return None


def _cut_off(current: Token) -> bool:
    """Whether a word is tied to what is above by something that tells of another time: over, about, after, of."""
    preposition = current.head
    if preposition.pos_ not in ("ADP", "SCONJ") and current.dep_ != "pobj":
        return False
    if is_verb(current):
        # "by shelling" is at the same time, "accused of firing" is not
        return preposition.lower_ not in ("by", "in", "while", "through", "with")
    return preposition.lower_ in w.words("other_time") or (preposition.lower_ == "of" and is_verb(preposition.head))


def _clause_path(trigger: Token) -> list[tuple[Token, int]]:
    """The verbs above the trigger whose dates may be its own, with the cost of taking them."""
    path: list[tuple[Token, int]] = []
    cost, current = 0, trigger
    for above in list(climb(trigger))[1:]:
        link = current.dep_
        if _cut_off(current):
            break
        if is_verb(current):
            if link not in _LOOSE_CLAUSES:
                break
            marked = any(c.dep_ == "mark" and c.lower_ not in ("as", "while", "to") for c in current.children)
            if link == "advcl" and marked:
                break
            cost += 2
        else:
            cost += 1
        current = above
        if is_verb(above):
            path.append((above, cost))
    return path


def _beside(trigger: Token) -> list[tuple[Token, int]]:
    """Clauses whose date also serves the trigger, where it has none of its own: "met and signed on Friday"."""
    found = []
    for child in trigger.children:
        if not is_verb(child):
            continue
        if child.dep_ == "conj":
            found.append((child, 4))
        elif child.dep_ == "advcl" and child.tag_ == "VBG" and not any(c.dep_ == "mark" for c in child.children):
            # "speaking in Tokyo on Monday, he promised"
            found.append((child, 5))
    for child in trigger.children:
        if child.dep_ in ("nsubj", "nsubjpass"):
            found += [(c, 5) for c in child.children if c.dep_ == "acl" and c.tag_ == "VBG"]
    return found


def _owner(anchor: Token, head: Token) -> Token | None:
    """The noun of "since", "after" or "before" between verb and date: the date that follows is the noun's."""
    if not is_verb(anchor):
        return None
    for child in anchor.children:
        if (
            child.lower_ in _TURNS
            and anchor.i < child.i < head.i
            and head.i not in (child.i, *(c.i for c in child.children))
        ):
            return next((c for c in child.children if c.dep_ == "pobj" and c.i < head.i), None)
    return None


def _cost(trigger: Token, dated: Dated, head: Token, reference: When) -> int | None:
    """How far a date is from the event by syntax; None where it belongs to something else."""
    anchor = anchor_of(head)
    owner = _owner(anchor, head)
    if owner is not None:
        return 1 if any(above.i == owner.i for above in list(climb(trigger))[:2]) and not is_verb(trigger) else None
    if anchor.i == trigger.i:
        return 0
    under = _under(trigger, anchor)
    if under is not None and not is_verb(trigger):
        return under
    for verb, cost in [*_clause_path(trigger), *_beside(trigger)]:
        if verb.i == anchor.i:
            return cost
        if anchor.dep_ in _ARGUMENTS and anchor.head.i == verb.i and not dated.modifier:
            return (
                cost + 2
                if _near(dated, reference) and _preposition(head) in w.words("temporal_prepositions") | {""}
                else None
            )
    if is_verb(trigger) and _occasion(trigger, anchor, dated):
        return 4
    if _of_subject(trigger, anchor) and _near(dated, reference):
        return 4
    if under is not None and is_verb(trigger) and not dated.modifier and under <= 3:
        # "held talks on Friday", where the day hangs on the talks
        return (
            under + 1
            if _near(dated, reference) and _preposition(head) in w.words("temporal_prepositions") | {""}
            else None
        )
    return None


def _occasion(trigger: Token, anchor: Token, dated: Dated) -> bool:
    """Whether the date is of the occasion on which it happened: "during a visit last week", "in a 2021 coup"."""
    if anchor.head.pos_ != "ADP" or anchor.head.head.i != trigger.i:
        return False
    preposition = anchor.head.lower_
    new = any(child.lower_ in ("a", "an") for child in anchor.children)
    return preposition in ("during", "at") or (preposition == "in" and (new or not dated.modifier))


def _of_subject(trigger: Token, anchor: Token) -> bool:
    """Whether the date is of what the verb only says more about: "Tuesday's meeting opened the visit"."""
    if anchor.head.i != trigger.i or anchor.dep_ not in ("nsubj", "nsubjpass") or anchor.pos_ not in ("NOUN", "PROPN"):
        return False
    return trigger.lemma_.lower() in w.words("occasion_verbs")


def _near(dated: Dated, reference: When) -> bool:
    """Whether a date lies near the document's, as the news itself does."""
    first, last = dated.when.earliest, dated.when.latest
    if first is None or last is None or reference.earliest is None or reference.latest is None:
        return True
    far = dt.timedelta(days=_FAR)
    return first <= reference.latest + far and last >= reference.earliest - far


def _as_event_date(dated: Dated, tense: Tense | None, reference: When) -> When | None:
    """What a date says of an event it is attached to: the date itself, or a bound by its role."""
    when = dated.when
    if dated.role == "anniversary" or (when.earliest is None and when.latest is None and not when.text):
        return None
    if dated.role == "deadline":
        if tense == "past":
            return None
        return dataclasses.replace(when, earliest=reference.earliest, precision="interval", note="a deadline")
    if dated.role == "since" and reference.latest and when.earliest and when.earliest > reference.latest:
        return dataclasses.replace(when, latest=None, precision="unknown", note="from then on")
    if dated.role == "since":
        open_end = dataclasses.replace(when, latest=reference.latest, precision="interval", note="since then")
        return open_end if reference.latest is not None and dated.expression.kind != "range" else when
    if dated.role == "until":
        return dataclasses.replace(when, earliest=None, precision="unknown", note="until then")
    if dated.relation == "after":
        return dataclasses.replace(when, latest=reference.latest, precision="interval", note="after that date")
    if dated.relation == "before":
        return dataclasses.replace(when, earliest=None, precision="unknown", note="before that date")
    return when


def _undated(tense: Tense | None, reference: When) -> When:
    """No date stands there and none is invented: a past event is not after its report, a future one not before."""
    if tense == "future":
        if reference.earliest is None:
            return When()
        return When(earliest=reference.earliest, basis="page date", note="still to come when it was reported")
    if reference.latest is None:
        return When()
    return When(latest=reference.latest, basis="page date", note="not after the document that reports it")


def of_event(sentence: Sentence, trigger_index: int, dated: Sequence[Dated], reference: When) -> When:
    """The date of the event whose trigger is the token of that index in `sentence.syntax.doc`.

    The nearest by syntax of the sentence's dates that hang on the trigger, on its phrase or on its clause; a date
    inside another noun's phrase and the date of a verb of saying above are not the event's, nor is a deadline the
    date of a past event. Without any, the document's date bounds the event (basis "page date", precision "unknown").
    """
    doc = sentence.syntax.doc
    if not 0 <= trigger_index < len(doc):
        return _undated(None, reference)
    trigger = doc[trigger_index]
    tense = governed_tense(trigger, strict=True)
    ranked: list[tuple[int, int, int, Dated]] = []
    for number, candidate in enumerate(dated):
        if not 0 <= candidate.head < len(doc):
            continue
        cost = _cost(trigger, candidate, doc[candidate.head], reference)
        if cost is not None:
            ranked.append((cost, abs(candidate.head - trigger_index), number, candidate))
    for _, _, _, candidate in sorted(ranked, key=lambda row: row[:3]):
        when = _as_event_date(candidate, tense, reference)
        if when is not None:
            return when
    return _undated(tense, reference)
