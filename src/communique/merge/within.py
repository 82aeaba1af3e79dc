"""Whether one text, or copies of it, tell one event twice: what a lead tells and a later paragraph comes back to.

As in `alike`, the answer for (a, b) is that for (b, a).
"""

from __future__ import annotations

from communique.merge import differs, places, words
from communique.merge.alike import (
    LEAST_WORDS,
    MOST_WORDS,
    between_states,
    dates_allow,
    figures_told,
    gap,
    may_be_same_sides,
    mostly,
    people_agree,
    possible,
    same_act,
    same_sides,
    same_stance,
    standing,
)
from communique.merge.amounts import agree, figures_differ, replaces
from communique.merge.encounter import BOTH, NEXT, both_named, is_topic, one_talk
from communique.merge.journey import one_journey, plan_and_noun, visit_ahead
from communique.merge.telling import FIGURE, REFUSAL, Telling
from communique.merge.words import rules

SAME_SENTENCE = 0.6  # share of the words of both that two copies of one sentence have in common
ONE_DEED = 2  # words that two sentences of one document share that tell one deed, or all that the shorter one has
DEED_AGAIN = 0.15  # or so much of the shorter one
HEADLINE = 5  # words at least that a headline shares with its text, names too
MOST = 0.75  # share of its words that it shares
REQUEST = "REQUEST"  # the kind of event of calls
HELP = "AID"  # that of gifts
MANY_WORDS = 4  # words beyond which two long sentences share many
FORCE = "ASSAULT"  # that of attacks
PACKAGE = "SANCTION"  # the kind of event of which one page announces many at once


def in_one_document(a: Telling, b: Telling) -> bool:
    """Whether one document tells the same thing twice, as a lead does and the paragraph that comes back to it.

    "Shelled villages, killing three": what one sentence says of force, talks or trade of the same two is one event.
    """
    if a.event == FIGURE or b.event == FIGURE:
        if a.event != b.event:
            return False
        return replaces(a, b) or replaces(b, a) or (possible(a, b) and figures_told(a, b) and agree(a, b))
    if _one_readiness(a, b) or (_one_package(a, b) and possible(a, b)):
        return True
    if differs.apart_in_one_text(a, b):
        return False
    if not (between_states(a) and between_states(b)) and not places.differ(a, b) and _told_again(a, b):
        return True
    if visit_ahead(a, b):
        return True
    if not possible(a, b) or places.differ(a, b):
        return False
    if a.sentence == b.sentence and a.event in rules()["one_of_a_sentence"]:
        return True
    if refers(a, b) or _one_toll(a, b):
        return True
    if (_headed(a, b) or _one_wave(a, b)) and not _one_more(a, b):
        return True
    if standing(a, b):
        return True
    if a.event == "CONSULT" and both_named(a, b):
        return True
    if not same_act(a, b) and not (a.event == "CONSULT" and is_topic(a) and is_topic(b)):
        return False
    if one_journey(a, b) or (a.rule == b.rule and a.rule in rules()["greeting_rules"]):
        return True
    if a.event == "CONSULT":
        return one_talk(a, b)
    if _one_more(a, b):
        return False
    if a.event not in rules()["done"]:
        one_deed = bool(a.clause.deed) and a.clause.deed == b.clause.deed
        if one_deed and len((a.clause.things & b.clause.things) - {a.clause.deed}) >= LEAST_WORDS:
            return True
        if a.event == REQUEST and len(a.sides[1] & a.codes) > 1:
            return True  # who calls on both sides for one thing calls once
        if a.event == REQUEST and a.mode is not None and a.mode == b.mode and differs.deeds_agree(a, b):
            return True
        rare = differs.rare_words(a, b)
        if rare >= float(rules()["rarity_of_a_saying"]) or mostly(a, b):
            return True
        named = a.rule.startswith("noun ") or b.rule.startswith("noun ")  # "the request": the one that was made
        if (named or _one_help(a, b)) and rare >= float(rules()["rarity_of_a_seldom_deed"]):
            return True
        return one_deed and rare >= float(rules()["rarity_of_a_deed"])
    return _done_again(a, b)


def _one_help(a: Telling, b: Telling) -> bool:
    """Whether a page comes back to the help that one gives another, in many of the same words."""
    return a.event == HELP and len(a.words & b.words) > MANY_WORDS and not figures_differ(a, b)


def may_be_one(a: Telling, b: Telling) -> bool:
    """Whether nothing that one document says of the two speaks against their being one event."""
    return possible(a, b) and not differs.apart_in_one_text(a, b) and not places.differ(a, b)


def refers(a: Telling, b: Telling) -> bool:
    """Whether the later of two sentences takes up what the one shortly before told: "this additional funding"."""
    later, earlier = (a, b) if a.span > b.span else (b, a)
    near = later.span[0] - earlier.span[0] <= NEXT and later.sentence != earlier.sentence
    taken_up = later.clause.refers or (earlier.clause.refers and a.event == "CONSULT")
    return near and taken_up and between_states(a)


def _one_toll(a: Telling, b: Telling) -> bool:
    """Whether two sentences give one number of those who were hit, at one place: "killed 13", "the toll rose to 13"."""
    shared = a.words & b.words
    counted = any(word.isdigit() and len(word) > 1 for word in shared)
    return a.event == FORCE and counted and differs.rare_words(a, b) >= float(rules()["rarity_of_a_named_deed"])


def _headed(a: Telling, b: Telling) -> bool:
    """Whether one is the headline of the other: it says hardly anything that the longer sentence does not say."""
    shared, least = len(a.all_words & b.all_words), min(len(a.all_words), len(b.all_words))
    said = shared >= HEADLINE and shared >= MOST * least and a.sentence != b.sentence
    return said and differs.rare_words(a, b) >= float(rules()["rarity_of_a_seldom_deed"])


def _one_package(a: Telling, b: Telling) -> bool:
    """Whether a page puts one more under the sanctions that it announces: what is imposed there and then is one."""
    return a.event == PACKAGE and a.clause.anew and b.clause.anew and same_act(a, b) and between_states(a)


def _one_wave(a: Telling, b: Telling) -> bool:
    """Whether a page comes back to the strikes of one state on another from the air or by artillery."""
    waves = rules()["wave_modes"]
    one_place = a.clause.spots == b.clause.spots  # the strike on one town is not the wave
    return a.mode in waves and b.mode in waves and between_states(a) and one_place


def _one_readiness(a: Telling, b: Telling) -> bool:
    """Whether a page says twice that one is ready to help, or looks forward to working with the same."""
    if a.event != "AGREE" or a.act != b.act or not possible(a, b) or _one_more(a, b):
        return False
    deeds = {a.clause.deed, b.clause.deed}
    return any(deeds <= set(kind) for kind in rules()["standing_deeds"]) and len(a.codes) == BOTH


def _done_again(a: Telling, b: Telling) -> bool:
    """Whether one document comes back to one deed: not with another count, nor with nothing else in common."""
    if figures_differ(a, b) or _others_suffer(a, b):
        return False
    named = _bare_noun(a) != _bare_noun(b) and a.clause.spots == b.clause.spots
    if between_states(a) and named:
        return True  # "since India's strikes": those of which the page tells
    # names count, too: two who are called alike in one document are one
    shared, least = len((a.all_words & b.all_words) - {a.act, b.act}), min(len(a.words), len(b.words))
    if a.act in rules()["light_acts"]:
        return shared >= MOST_WORDS
    return shared >= min(least, ONE_DEED) or (shared > 0 and shared >= least * DEED_AGAIN)


def _bare_noun(telling: Telling) -> bool:
    """Whether a deed is only named, by a noun with nothing behind it but where it was."""
    return telling.rule.startswith("noun ") and not telling.clause.things and telling.days != 1


def _others_suffer(a: Telling, b: Telling) -> bool:
    """Whether it is done to others: "26 civilians" and "five civilians", "a girl" and "the soldiers"."""
    one, other = (frozenset(words.tokens(" ".join(each.sides[1] - each.codes))) for each in (a, b))
    counts = [{word for word in side if words.counts(word)} for side in (one, other)]
    if counts[0] and counts[1] and counts[0].isdisjoint(counts[1]):
        return True
    return bool(one and other) and one.isdisjoint(other)


def _one_more(a: Telling, b: Telling) -> bool:
    """Whether one of two sentences tells its act as one more."""
    return a.adds or b.adds


def _told_again(a: Telling, b: Telling) -> bool:
    """Whether one document comes back to an act of somebody whom it calls by another name."""
    refused = a.event == REFUSAL and words.one_act(a.act, b.act)
    if a.event != b.event or not same_stance(a, b) or not (a.act == b.act or refused) or not dates_allow(a, b):
        return False
    if not (people_agree(a, b) and may_be_same_sides(a, b)):
        return False
    if _one_more(a, b):
        return False
    if refused and a.sides == b.sides:
        if a.rule == b.rule and "+" in a.rule:
            return True  # one thing is refused, whatever the verb
        return differs.rare_words(a, b) >= float(rules()["rarity_of_a_refusal"])
    if a.event not in rules()["done"]:
        return mostly(a, b) and len(a.words & b.words) >= LEAST_WORDS
    return a.sentence != b.sentence and _done_again(a, b)


def one_act(a: Telling, b: Telling) -> bool:
    """Whether two tellings of one document may be one act, though nothing in it says so: of somebody nameless, or a
    deed that it comes back to in other words."""
    if between_states(a) and between_states(b):
        if a.event != b.event and plan_and_noun(a, b):
            return True  # who is to be met on a journey, and "the visit"
        if not possible(a, b) or _one_more(a, b):
            return False
        if a.promising and b.promising:
            return True  # a journey, and whom one is to meet on it
        if a.event == "CONSULT" and a.days == b.days == 1 and a.mode == b.mode and not (a.people and b.people):
            return True  # two met, and their states launched a dialogue
        again = a.event in rules()["done"] and words.one_act(a.act, b.act)
        return again and not (differs.apart_in_one_text(a, b) or figures_differ(a, b))
    return words.one_act(a.act, b.act) and may_be_same_sides(a, b) and people_agree(a, b) and not gap(a, b)


def in_copies(a: Telling, b: Telling) -> bool:
    """Whether two copies of one text tell it in the same sentence; their dates may rest on different page dates."""
    if a.event != b.event or a.stance != b.stance or not same_sides(a, b):
        return False
    if a.event == FIGURE and not figures_told(a, b):
        return False
    shared, either = len(a.words & b.words), len(a.words | b.words)
    return a.act == b.act and (not either or shared / either >= SAME_SENTENCE)
