"""How much speaks for two tellings of different texts being one event.

As in `alike`, the answer for (a, b) is that for (b, a), and rests on nothing but the two and how near their texts are.
"""

from __future__ import annotations

from communique.merge import alike, differs, places
from communique.merge.alike import MOST_WORDS
from communique.merge.amounts import agree
from communique.merge.measured import figure_evidence
from communique.merge.sure import sure
from communique.merge.telling import FIGURE, Telling
from communique.merge.words import rules

DAYS_TOGETHER = 7  # a date this exact counts as one day's: reports of a visit date its days differently
LEAST_WORDS = 2  # words that reports must share where a date is open
MOSTLY = 0.6  # share of the words of the shorter sentence from which two sentences say mostly the same


def evidence(a: Telling, b: Telling, near: float) -> int:
    """Points for two outlets telling one event, 0 where they must not be joined.

    near is the affinity of the two documents. One point each for the same act, for each word they share (three at
    most), the same person, mode, place and amount, for an event at which all are together, and for documents of one
    story. How many must come together (knowledge/merge.yaml) grows with what is unknown of the dates, and with each
    thing that the two tell differently: the day, who stands for a state, who takes part, the kind of event.
    """
    if a.event == b.event == FIGURE:
        return figure_evidence(a, b, near)
    if FIGURE in (a.event, b.event) or not alike.same_stance(a, b) or differs.apart(a, b):
        return 0
    signs = sure(a, b)
    if signs:
        return signs
    if not (alike.between_states(a) and alike.between_states(b)):
        return _loose_evidence(a, b, near)
    if not a.everybody & b.everybody or not _again(a, b):
        return 0
    if a.event != b.event and a.promising != b.promising:
        return 0  # what is promised and what is done are linked
    story = near >= rules()["same_story"]
    asked = _asked(a, b, near)
    if asked is None:
        return 0
    shared = len(a.words & b.words)
    act = alike.same_act(a, b)
    strained = _strained(a, b)
    if strained and not (strained < 2 and (act or shared >= LEAST_WORDS) and (story or shared >= MOST_WORDS)):
        return 0
    plain = bool(act) and story and alike.same_sides(a, b) and _bare(a, b) and not alike.light(a, b)
    if not (shared or a.mutual or b.mutual or plain):
        return 0
    points = act + min(shared, MOST_WORDS) + alike.named(a, b) + (a.mutual or b.mutual) + story
    points += near >= rules()["strong_story"]
    points += plain
    points += a.days == b.days == 1 and a.low == b.low and a.event == b.event and a.event in rules()["seldom"]
    points += _seldom(a, b) and not (a.days and b.days)
    points += a.mode is not None and a.mode == b.mode
    points -= a.mode is not None and b.mode is not None and a.mode != b.mode
    points += _places(a, b)
    points += agree(a, b)
    asked += strained * int(rules()["points_of_a_difference"])
    return int(points) if points >= asked else 0


def _loose_evidence(a: Telling, b: Telling, near: float) -> int:
    """Points for two tellings of which at least one is not between two known states.

    Whoever else acts goes by a different name in each report ("pirates", "23 men"), so that the act and the story must
    say more.
    """
    if near < rules()["loose_story"] or not alike.same_family_or_force(a, b) or not alike.people_agree(a, b):
        return 0
    if not _again(a, b):
        return 0
    if a.mutual and b.mutual and _met(a, b) and alike.same_act(a, b) and not alike.gap(a, b):
        return int(rules()["points_of_no_time"])  # one of the reports has not told who met him
    if alike.gap(a, b) or not alike.published_near(a, b) or not alike.may_be_same_sides(a, b):
        return 0
    shared, same = len(a.words & b.words), alike.same_act(a, b) or _one_victim(a, b)
    if alike.light(a, b) and shared < MOST_WORDS:
        return 0
    figure = agree(a, b) or differs.counted_alike(a, b)
    deeds = rules()["deeds"]
    done = a.event in deeds and b.event in deeds
    otherwise = differs.counted_otherwise(a, b) and not differs.disputed(a, b)
    if done and (otherwise or (a.event != b.event and differs.turned(a, b))):
        return 0
    weak = near < rules()["strong_story"] and not (figure or a.everybody & b.everybody)
    if done and weak and differs.rarity(a, b) < rules()["rarity_of_a_deed"]:
        return 0  # a man was shot: so he was in every town
    if not done and a.sides[0] and b.sides[0] and not (a.everybody & b.sides[0] or b.everybody & a.sides[0]):
        return 0  # two who say the same
    if not done and not (same and (_mostly_shared(a, b) or _specific(a, b, near))):
        # what is said and meant is said by everybody of a story: only most of the same words, or the same amount of
        # the same, tell that it was said once
        if not (figure and shared >= LEAST_WORDS):
            return 0
    elif not same and not (figure and shared >= MOST_WORDS) and not _retold(a, b):
        return 0
    names = (a.everybody & b.everybody) - a.codes
    if not (names or alike.named(a, b) or shared or near >= rules()["strong_story"]):
        return 0
    points = 2 * same + min(shared, MOST_WORDS) + bool(a.everybody & b.everybody)
    points += (near >= rules()["strong_story"]) + figure - (a.event != b.event)
    asked = int(rules()["points_of_no_time"]) - (2 if same else 0)
    return points if points >= asked else 0


def _one_victim(a: Telling, b: Telling) -> bool:
    """Whether both tell a deed of one kind to one person, called by his full name: he is hit and killed once."""
    full = {who for who in a.sides[1] & b.sides[1] if " " in who}
    return a.event == b.event and a.event in rules()["done"] and bool(full)


def _retold(a: Telling, b: Telling) -> bool:
    """Whether two reports tell a deed of the same in mostly the same rare words, but for its verb."""
    same = a.event == b.event and a.sides == b.sides and alike.mostly(a, b)
    return same and differs.rare_words(a, b) >= int(rules()["rarity_of_a_deed_told_again"])


def _specific(a: Telling, b: Telling, near: float) -> bool:
    """Whether a verb that says something and two words besides are shared by documents of one story."""
    light = set(rules()["light_acts"])
    shared = len(a.words & b.words) >= LEAST_WORDS
    return shared and near >= rules()["near_story"] and not light & {a.act, b.act}


def _mostly_shared(a: Telling, b: Telling, words: int = MOST_WORDS) -> bool:
    """Whether two sentences say mostly the same besides who takes part, and share so many words."""
    shared = len(a.words & b.words)
    return shared >= words and shared >= MOSTLY * min(len(a.words), len(b.words))


def _asked(a: Telling, b: Telling, near: float) -> int | None:
    """Points that the dates ask for; None where they forbid."""
    if alike.gap(a, b) > rules()["days_of_a_difference"]:
        return None
    if a.days is not None and b.days is not None and max(a.days, b.days) <= rules()["longest_time"]:
        exact = max(a.days, b.days) <= DAYS_TOGETHER
        return int(rules()["points_of_one_day" if exact else "points_of_a_longer_time"])
    # at least one date is open: only reports of one story, published near each other as far as that is known, whose
    # words tell more than pair and kind
    if near < rules()["same_story"] or not alike.published_near(a, b):
        return None
    strong = near >= rules()["strong_story"] and (alike.same_act(a, b) or a.mutual or b.mutual) and (a.day or b.day)
    plain = alike.same_act(a, b) and _bare(a, b) and alike.same_sides(a, b) and not alike.light(a, b)
    if len(a.words & b.words) < LEAST_WORDS and not (strong or plain or _seldom(a, b)):
        return None
    known = a.day is not None and b.day is not None
    if not known and all(each.days is not None and each.days > rules()["longest_time"] for each in (a, b)):
        return None
    return int(rules()["points_of_an_open_time" if known else "points_of_no_time"])


def _again(a: Telling, b: Telling) -> bool:
    """Whether nothing speaks against two pages of one outlet telling one event.

    Reporters of two papers tell one event in their own words. One outlet that says in two pages what two states say
    and do speaks of two occasions, unless both pages date it or it says the same again in the same words.
    """
    if a.voice != b.voice or not (a.outlet or a.agency) or a.text == b.text:
        return True
    if all(each.days is not None and each.days <= DAYS_TOGETHER for each in (a, b)):
        return not alike.gap(a, b) and (not (a.mutual and b.mutual) or _one_encounter(a, b))
    if agree(a, b) and (alike.same_act(a, b) or alike.mostly(a, b)):
        return True
    if a.days is not None and (a.low, a.high) == (b.low, b.high):
        return True
    if _one_deed(a, b):
        return True
    apart = abs(a.day - b.day) if a.day is not None and b.day is not None else 0
    enough = len(a.words & b.words) >= rules()["words_of_one_outlet"] and alike.mostly(a, b)
    enough = enough and (_mostly_shared(a, b) or differs.rare_words(a, b) >= rules()["rarity_of_a_saying"])
    return enough and apart <= rules()["days_of_one_outlet"]


def _one_deed(a: Telling, b: Telling) -> bool:
    """Whether an outlet comes back on another day to a deed, which happened once however often it is spoken of."""
    if not (a.event == b.event and a.event in rules()["done"] and alike.same_act(a, b) and alike.published_near(a, b)):
        return False
    if alike.mostly(a, b) and differs.rare_words(a, b) >= rules()["rarity_of_a_saying"]:
        return True
    return _seldom(a, b) and a.sides == b.sides and bool(a.clause.things & b.clause.things)


def _one_encounter(a: Telling, b: Telling) -> bool:
    """Whether one outlet tells twice of one meeting on one day: of its own people there may be several meetings."""
    named = alike.names_shared(a, b)
    same_day = a.days == b.days == 1 and a.act == b.act and not alike.light(a, b)
    if same_day and _mostly_shared(a, b, LEAST_WORDS):
        return True
    if same_day and differs.rare_words(a, b) >= float(rules()["rarity_of_a_deed"]):
        return True
    return named > 1 or alike.mostly(a, b) or (a.mode is not None and a.mode == b.mode and alike.same_act(a, b))


def _met(a: Telling, b: Telling) -> bool:
    """Whether both name somebody whose state is not that of all who take part in both."""
    return alike.named(a, b) and a.voice != b.voice


def _seldom(a: Telling, b: Telling) -> bool:
    """Whether both tell in like words what two states seldom do twice within days, as signing something."""
    if a.event != b.event or a.event not in rules()["seldom"] or not alike.same_sides(a, b):
        return False
    return alike.same_act(a, b) and bool(a.words & b.words) and not alike.light(a, b)


def _strained(a: Telling, b: Telling) -> int:
    """How many things the two tell differently that one event has once."""
    return (
        (alike.gap(a, b) > 0) + (not alike.people_agree(a, b)) + (not alike.same_sides(a, b)) + (a.event != b.event)
        # who does it to whom is told the other way round: that is no difference, that is another event
        + 2 * (not alike.same_sides(a, b) and differs.turned(a, b))
        # who does it is one in the one and another in the other: two who say the same
        + (not (a.mutual or b.mutual) and bool(a.sides[0] and b.sides[0]) and not a.everybody & b.sides[0]
           and not b.everybody & a.sides[0])
        # each has met somebody whom the other has not
        + ((a.mutual or b.mutual) and not (a.everybody <= b.everybody or b.everybody <= a.everybody))
        # one of the two has others besides: a list of three is no contradiction to two of them, but no proof either
        + (len(a.everybody ^ b.everybody) > 1 and not (a.everybody <= b.everybody or b.everybody <= a.everybody)
           and len(a.everybody ^ b.everybody) > 2)
    )  # fmt: skip


def _bare(a: Telling, b: Telling) -> bool:
    """Whether one of the two sentences says so little besides who does it that reports cannot share its words."""
    return min(len(a.words), len(b.words)) < LEAST_WORDS


def _places(a: Telling, b: Telling) -> int:
    return places.same(a, b) - places.differ(a, b)
