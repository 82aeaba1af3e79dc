"""Whether one text speaks twice of one meeting: who met, what was discussed there, and "the meeting".

As in `alike`, the answer for (a, b) is that for (b, a).
"""

from __future__ import annotations

from communique.merge import words
from communique.merge.alike import LEAST_WORDS, between_states, mostly, names_shared, people_agree
from communique.merge.journey import TRAVEL
from communique.merge.telling import Telling
from communique.merge.words import rules

NEXT = 1000  # characters within which a page goes on about one meeting
ROUND_TABLE = 2  # states beyond which those who meet are as good as named, and do so once in days
BOTH = 2  # sides of which both sentences name the same person


def one_talk(a: Telling, b: Telling) -> bool:
    """Whether one document speaks twice of one meeting of the same: what was talked of there is told topic by topic."""
    if not (a.adds or b.adds) and people_agree(a, b) and (_the_meeting(a) or _the_meeting(b)) and between_states(a):
        return True
    if a.in_touch and b.in_touch and a.people.keys() != b.people.keys():
        return False  # who is in contact with a minister and with other officials is so twice
    known = names_shared(a, b)
    round_table = len(a.codes) > ROUND_TABLE  # the same three meet once in what one page tells
    met = between_states(a) and (known > 0 or round_table or (a.days is not None and b.days is not None))
    loose = {each.act for each in (a, b) if not is_topic(each)}
    met = met and loose.isdisjoint(rules()["light_acts"])  # they "talk" of much that was talked of elsewhere
    later, earlier = (a, b) if a.span > b.span else (b, a)
    # what the next sentences say was talked of was talked of there
    goes_on = between_states(a) and is_topic(later) and later.span[0] - earlier.span[0] <= NEXT
    met = met or goes_on
    if not loose:
        return met or bool(a.words & b.words) or not (a.words and b.words)
    if any(each.adds and not is_topic(each) for each in (a, b)):  # "they also discussed" is of the same talks
        return False
    near = later.span[0] - earlier.span[0] <= NEXT and a.act == b.act and earlier.days is not None
    if near and between_states(a) and not (a.people or b.people):
        return True  # "has hosted the meeting" of which the sentence before said that it was hosted today
    if not goes_on and not loose.isdisjoint(rules()["programme_acts"]):
        return mostly(a, b)  # who attends one thing attends another in the afternoon
    plain = not any(is_topic(each) or words.one_act(each.act, TRAVEL) or each.mode == "phone" for each in (a, b))
    if met and plain and known == 1 and a.people.keys() != b.people.keys():
        return mostly(a, b)  # who met a minister and met others: of one side alone it is known that it was the same
    return met or bool(a.words & b.words) or not (a.words and b.words)


def both_named(a: Telling, b: Telling) -> bool:
    """Whether a page speaks of the meeting of the same two persons, once by a bare noun: "a meeting between"."""
    shared = len(a.words & b.words)
    named = any(each.rule.startswith("noun ") and each.act not in rules()["programme_acts"] for each in (a, b))
    return named and names_shared(a, b) >= BOTH and shared >= LEAST_WORDS and not (a.adds or b.adds)


def _the_meeting(telling: Telling) -> bool:
    """Whether it only names the meeting of which its page tells: "in the bilateral meeting"."""
    bare = telling.rule.startswith("noun ") and not (telling.people or telling.clause.others or telling.clause.ongoing)
    return bare and telling.days is None


def is_topic(telling: Telling) -> bool:
    """Whether it tells what was talked of: "they discussed", "they talked about"."""
    return telling.act in rules()["topic_acts"] or telling.rule in rules()["topic_rules"] or telling.clause.about
