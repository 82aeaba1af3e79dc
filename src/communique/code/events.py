"""Finished events: a sentence's drafts with date, place, stance, contexts, scores and attribution."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace

from communique.code.attribution import attribution
from communique.code.contexts import contexts
from communique.code.draft import Draft
from communique.code.encoder import Encoder
from communique.code.ontology import events as event_types
from communique.code.roles import Roles
from communique.code.rules import RuleCoder
from communique.code.weigh import Weigher
from communique.code.weights import DEFAULT, RUNNING
from communique.model import Event, Mention, Participant, Place, Sentence, Span, Stance, When, participants
from communique.tree import Token

# an event that ended this long before the article is its history, not its news
HISTORICAL_AFTER = dt.timedelta(days=550)


def events(
    sentence: Sentence,
    mentions: Sequence[Mention],
    date_of: Callable[[int], When],
    published: When,
    encoder: Encoder | None = None,
    running: bool = False,
    house: str | None = None,
) -> tuple[Event, ...]:
    """The events of a sentence, in order of their triggers; without an encoder the rules carry alone.

    running: the sentence is one of many of an article, where more is asked of an event than of a sentence by itself;
    house: the state or body whose own page the article is.

    date_of gives the date of the event whose trigger is the token of that index in the sentence's syntax document.
    """
    coder = RuleCoder(sentence, mentions)
    drafts = coder.code()
    if encoder is None:
        # rules alone are wrong three times in four about what only describes somebody in passing
        drafts = [draft for draft in drafts if not draft.background] or drafts
    elif mentions:
        weights = encoder.weighted(RUNNING if running else DEFAULT)
        drafts = Weigher(encoder, sentence, mentions, coder.clauses, weights, house).weigh(drafts)
    return tuple(finish(draft, sentence, coder, date_of, published) for draft in drafts)


def _by_name(who: Participant, mentions: Sequence[Mention]) -> Participant:
    """A pronoun's actor by the words that it stands for, where the same sentence has them before it."""
    if who.via != "pronoun" or who.span is None:
        return who
    for mention in mentions:
        same = mention.via not in ("pronoun", "pair") and who.actor in mention.actors
        if same and mention.span.end <= who.span.start:
            return replace(who, text=mention.text, span=mention.span)
    return who


def finish(
    draft: Draft, sentence: Sentence, coder: RuleCoder, date_of: Callable[[int], When], published: When
) -> Event:
    """One draft as an event."""
    kind = event_types()[draft.event]
    cameo = draft.cameo or kind.cameo
    when = date_of(draft.trigger.i)
    actors, recipients = (
        tuple(_by_name(p, coder.mentions) for p in participants(side)) for side in (draft.actors, draft.recipients)
    )
    acting = {p.actor.code for p in actors}
    # of a pair that includes the actor, the other one is meant: "Russia ... bilateral trade"
    recipients = tuple(p for p in recipients if p.via != "pair" or p.actor.code not in acting)
    # nobody does it to himself: "the trip, the first by an Israeli minister", "the US has been helping, the US"
    recipients = tuple(p for p in recipients if p.actor not in {one.actor for one in actors} or p.via == "pronoun")
    others = {p.actor.code for p in recipients} - acting - {None}
    if others:  # "the partnership between the US and Israel", underlined by the US
        recipients = tuple(
            p for p in recipients if p.actor.code not in acting or p.actor.kind not in ("state", "office")
        )
    groups = any(p.actor.kind == "group" for p in recipients)  # but two presidents condemn the rebels of one of them
    if len(acting) > 1 and not groups and {p.actor.code for p in recipients} <= acting:
        recipients = ()  # what several do together they do not do to one of themselves
    words = sorted(draft.words or (draft.trigger,), key=lambda token: token.i)
    start = sentence.offset + draft.trigger.idx
    sure = min([draft.score, *(0.5 + p.confidence / 2 for p in (*actors, *recipients))])
    return Event(
        document_id=sentence.document_id,
        event=draft.event,
        mode=draft.mode,
        context=contexts(sentence.text, cameo, draft.context),
        quad_code=kind.quad,
        event_scale=kind.score_of(draft.mode),
        cameo=cameo,
        actor=actors,
        recipient=recipients,
        unordered=draft.unordered,
        date=when,
        place=place(draft.trigger, coder.roles),
        stance=stance(draft, when, published),
        attributed_to=attribution(draft.trigger, coder.roles, coder.clauses),
        event_text=" ".join(token.text for token in words),
        trigger=Span(start, start + len(draft.trigger)),
        sentence=sentence.span,
        sequence=sentence.sequence,
        confidence=round(sure, 3),
        rule=draft.rule,
    )


def stance(draft: Draft, when: When, published: When) -> Stance:
    """The draft's stance; what is long past by its own date is historical."""
    if draft.stance != "actual" or when.latest is None or when.basis == "none":
        return draft.stance
    if when.basis in ("stated", "relative") and published.earliest is not None:
        if when.latest < published.earliest - HISTORICAL_AFTER:
            return "historical"
    return draft.stance


def place(trigger: Token, roles: Roles) -> Place | None:
    """Where it happened: the first state or city under "in", "at" or "near" of the trigger's clause."""
    token = trigger
    for _ in range(3):
        for prep in token.children:
            if prep.dep_ == "prep" and prep.lower_ in ("in", "at", "near", "outside", "inside"):
                for child in prep.children:
                    mention = roles.at.get(child.i)
                    if child.dep_ == "pobj" and mention is not None and mention.via in ("name", "city", "capital"):
                        name = mention.text
                        return Place(name, mention.span, mention.actors[0].code)
        if token.head.i == token.i or token.dep_ not in ("dobj", "nsubj", "nsubjpass", "xcomp", "pobj", "prep", "conj"):
            break
        token = token.head
    return None
