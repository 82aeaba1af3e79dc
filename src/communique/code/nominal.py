"""Events told by nouns: "a meeting between X and Y", "Russia's invasion of Ukraine", "launched an offensive"."""

from __future__ import annotations

from collections.abc import Sequence

from communique.code import deeds, everyday, govern, lexicon, match
from communique.code.clauses import Clause, clause, modal, negated
from communique.code.draft import Draft
from communique.code.lexicon import Frame
from communique.code.roles import Roles, joined
from communique.model import Mention, Sentence, Span
from communique.tree import Token

_BEGIN = frozenset({"begin", "resume", "increase", "attend", "announce", "extend", "host"})
_LIGHT = frozenset(
    "hold stage conduct make pay give take have launch mount carry undertake begin start open resume issue sign reach "
    "express voice send deliver offer provide lead join attend perform commit perpetrate inflict wage face suffer see "
    "continue complete finish mark be include involve do deal strike conclude announce order declare".split()
)
_HAPPEN = frozenset(
    "take begin start end follow occur happen come continue open resume kill wound last conclude".split()
)
_PARTNERS = ("between", "with", "among", "of", "by", "to", "against", "on", "from", "for", "in", "into", "over", "at")
# what talks are about, and where: "a dialogue on China"
_ABOUT = frozenset({"on", "over", "about", "against"})
_DURING = frozenset("during in at after following before on amid through from".split())
# what is to happen in talks that are still to be held
_FRAME = frozenset("in at during of".split())
_PAST = frozenset({"following", "after", "during", "since", "amid"})
_DEEDS = frozenset({"ASSAULT", "COERCE", "SANCTION", "MOBILIZE", "RETREAT"})
_FUTURE = frozenset(
    "planned upcoming proposed possible potential future forthcoming scheduled prospective expected".split()
)


def drafts(
    sentence: Sentence, roles: Roles, clauses: dict[int, Clause], taken: set[int], told: Sequence[Draft]
) -> list[Draft]:
    """The drafts that nouns make which no verb has already told."""
    found = []
    taken = taken - _judged(clauses)
    for token in sentence.syntax:
        if token.pos_ not in ("NOUN", "PROPN") or token.i in taken or token.dep_ in ("compound", "amod", "nmod"):
            continue
        frame = match.noun_frame(token, roles)
        if frame is None or token.i in roles.at or _is_aim(token, clauses):
            continue
        if everyday.is_figure(token.head, [token]):
            continue
        draft = _draft(token, frame, roles, clauses)
        if (
            draft is not None
            and not everyday.is_reported(draft)
            and not any(_same(draft, other) for other in told if not other.background)
        ):
            found.append(draft)
    return found


def _judged(clauses: dict[int, Clause]) -> set[int]:
    """The deeds that are objects of a judgement: "condemned Russia's strike on Odesa" tells of the strike too."""
    return {
        token.i
        for own in clauses.values()
        if own.verb.lemma_.lower() in lexicon.senses()["judging"] and modal(own.verb) is None
        for token in (*own.objects, *own.preposition("for"), *own.preposition("at"))
        if (frame := match.noun_frame(token)) is not None and frame.event in _DEEDS
    }


def _is_aim(token: Token, clauses: dict[int, Clause]) -> bool:
    """Whether a noun stands in an infinitive of aim or content: "plans to strengthen cooperation"."""
    if _is_one_of_many(token):
        return True
    for each in token.ancestors:
        if each.dep_ == "prep" and each.lower_ in _PAST:
            return False  # "deals to boost ties following the summit": no part of the aim
        if each.pos_ == "NOUN" and each.lemma_.lower() in lexicon.senses()["prospects"]:
            return True
        if each.i in clauses and each.i != token.i and not any(c.dep_ == "dative" for c in each.children):
            asked = match.governor(clauses[each.i])
            if (
                asked is not None
                and asked[0] == "request"
                and each.tag_ != "VBN"
                and each.lemma_ not in ("ask", "want")
            ):
                return True  # "demands a ceasefire and the withdrawal of the troops"
        if each.tag_ == "VBG" and each.head.lemma_.lower() in lexicon.senses()["about something"]:
            return True  # "discussed promoting trade"
        above = deeds.first_of(each)
        if above.tag_ == "VB" and any(c.tag_ == "TO" for c in above.children):
            if above.dep_ in ("acl", "advcl", "relcl"):
                return True
            if above.dep_ == "xcomp" and above.head.i in clauses:
                governor = match.governor(clauses[above.head.i])
                return governor is None or governor[0] not in ("begin", "try")
        if each.dep_ == "ROOT":
            return False
    return False


def _is_one_of_many(token: Token) -> bool:
    """Whether a noun stands behind "areas for" and the like, which parsers hang on the verb."""
    prep = token.head
    if prep.dep_ != "prep" or prep.lower_ not in ("for", "of") or not prep.i:
        return False
    before = token.doc[prep.i - 1]
    return before.tag_ == "NNS" and before.lemma_.lower() in lexicon.senses()["prospects of many"]


def _same(draft: Draft, other: Draft) -> bool:
    """Whether a verb beside the noun has told the same: "met ... for talks"."""
    if draft.event != other.event:
        return False
    ours = {m.span for m in (*draft.actors, *draft.recipients)}
    theirs = {m.span for m in (*other.actors, *other.recipients)}
    return ours <= theirs or theirs <= ours


def _verb_above(token: Token, clauses: dict[int, Clause]) -> tuple[Clause | None, str]:
    """The clause that a noun stands in and as what: object, subject or under a preposition."""
    head = token
    while head.dep_ == "conj" and head.head.pos_ in ("NOUN", "PROPN"):
        head = head.head
    if head.head.i in clauses and head.dep_ in ("dobj", "nsubj", "nsubjpass", "attr", "oprd"):
        return clauses[head.head.i], head.dep_
    if head.dep_ == "pobj" and head.head.dep_ in ("prep", "agent") and head.head.head.i in clauses:
        return clauses[head.head.head.i], str(head.head.lower_)
    return None, ""


def _draft(token: Token, frame: Frame, roles: Roles, clauses: dict[int, Clause]) -> Draft | None:
    own, role = _verb_above(token, clauses)
    light = own is not None and (
        (own.verb.lemma_.lower() in _LIGHT and role in ("dobj", "nsubjpass", "attr"))
        or (role in ("dobj", "nsubjpass") and _is_begin(own))
    )
    if frame.event == "ASSAULT" and own is not None and everyday.fights_ills(own):
        return None
    owners = list(roles.possessor(token))
    between = roles.under(token, ("between", "among"))
    if between:
        actors, recipients = between, []
    else:
        actors = _first(frame.actor, token, roles, owners)
        if light and own is not None:
            subjects = roles.slot("subject", own)
            actors = subjects or actors
        if not actors:
            actors = owners
        spans = {m.span for m in actors}
        recipients = _recipients(frame, token, roles, own if light else None, spans)
        if actors and owners and not recipients and actors[0].span not in {m.span for m in owners}:
            recipients = [m for m in owners if m.span not in spans]
    unordered = frame.mutual or bool(between)
    if frame.mutual and not between and not owners and not light and own is not None and role in _DURING:
        # "made the announcement during a meeting with X": who acts in the clause met X
        actors = joined(roles.slot("subject", own), actors)
    if unordered:
        actors, recipients = joined(actors, recipients), []
    codes = {code for m in (*actors, *recipients) for code in m.codes}
    if not codes and not (light and actors):
        return None
    verbal = frame.event in ("REQUEST", "THREATEN", "ACCUSE", "REJECT", "SANCTION") and owners
    if not light and len(codes) < 2 and not _happens(own, role) and not verbal:
        return None
    if unordered and len(actors) < 2 and not light and len(codes) < 2:
        return None
    return _finish(token, frame, roles, own, light, actors, recipients, unordered)


def _finish(
    token: Token,
    frame: Frame,
    roles: Roles,
    own: Clause | None,
    light: bool,
    actors: list[Mention],
    recipients: list[Mention],
    unordered: bool,
) -> Draft | None:
    verdict: govern.Verdict | None = govern.Verdict(frame.event, frame.mode, frame.cameo)
    if own is not None:
        if light:
            verdict = govern.under_modal(frame.event, frame.mode, frame.cameo, modal(own.verb), negated(own.verb))
        elif modal(own.verb) in govern.FUTURE and own.verb.dep_ == "ROOT" and token in own.subjects:
            verdict = govern.under_modal(frame.event, frame.mode, frame.cameo, "will", False)
    if any(c.lower_ in _FUTURE or _comes_up(c) for c in token.children) or (
        frame.mutual and not light and _in_future(token)
    ):
        verdict = govern.under_modal(frame.event, frame.mode, frame.cameo, "will", False)
    if verdict is None:
        return None
    words = (token,) if own is None or not light else (own.verb, token)
    ahead = " (will)" if verdict.event != frame.event and verdict.event == "AGREE" and not light else ""
    return Draft(
        verdict.event,
        verdict.mode,
        verdict.cameo,
        frame.context,
        actors,
        recipients,
        unordered,
        token,
        f"{frame.name}{' + ' + own.verb.lemma_ if own is not None and light else ''}{ahead}",
        0.6 if light else 0.45,
        verdict.stance,
        {token.i},
        True,
        words,
    )


def _comes_up(clause_of: Token) -> bool:
    """Whether a clause behind a noun says that it is still to come: "the visit that's coming up"."""
    if clause_of.dep_ not in ("relcl", "acl") or clause_of.lemma_.lower() not in ("come", "lie"):
        return False
    return clause_of.tag_ != "VBD" and any(c.lower_ in ("up", "ahead") for c in clause_of.children)


def _in_future(token: Token) -> bool:
    """Whether talks are the frame of what is to come: "grain will be a topic of conversation between the two"."""
    if token.dep_ != "pobj" or token.head.lower_ not in _FRAME:
        return False
    above = token.head.head
    if above.pos_ == "NOUN" and above.lemma_.lower() in lexicon.senses()["matters"]:
        above = above.head
    return above.pos_ in ("VERB", "AUX") and above.dep_ in ("ROOT", "conj") and modal(above) in govern.FUTURE


def _happens(own: Clause | None, role: str) -> bool:
    return own is not None and role == "nsubj" and own.verb.lemma_ in _HAPPEN


def _is_begin(own: Clause) -> bool:
    return any(
        name in _BEGIN and all(word in own.words for word in words[1:])
        for words, name in lexicon.polarities().get(own.verb.lemma_.lower(), ())
    )


def _first(slots: Sequence[str], token: Token, roles: Roles, owners: list[Mention]) -> list[Mention]:
    for name in slots:
        if name == "possessor":
            if owners:
                return owners
        elif name != "subject":
            found = roles.under(token, (name,))
            if found:
                return found
    return []


def _recipients(frame: Frame, token: Token, roles: Roles, own: Clause | None, taken: set[Span]) -> list[Mention]:
    partners = [n for n in (*frame.recipient, *_PARTNERS) if not (frame.event == "CONSULT" and n in _ABOUT)]
    for name in dict.fromkeys(partners):
        if name in ("possessor", "subject", "object", "complement"):
            found = roles.possessor(token) if name == "possessor" else []
        else:
            found = roles.under(token, (name,))
            if not found and own is not None:
                found = [m for t in own.preposition(name) for m in roles.deep(t)]
        found = [m for m in found if m.span not in taken]
        if any(m.codes for m in found):
            return found
    for child in token.children:  # "plans to strengthen ties with Russia"
        if child.dep_ == "acl" and child.pos_ == "VERB":
            lower = clause(child)
            for tokens in (lower.objects, lower.datives, *lower.preps.values()):
                found = [m for t in tokens for m in roles.deep(t) if m.span not in taken]
                if any(m.codes for m in found):
                    return found
    return []
