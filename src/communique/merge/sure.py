"""Signs that are enough by themselves for two pages telling one event: one journey, one meeting, one saying reported.

As in `alike`, the answer for (a, b) is that for (b, a), and rests on nothing but the two.
"""

from __future__ import annotations

import math

from communique.merge import alike, differs, places, words
from communique.merge.amounts import agree
from communique.merge.encounter import BOTH, ROUND_TABLE
from communique.merge.journey import TRAVEL, visit_ahead
from communique.merge.once import once
from communique.merge.telling import Telling
from communique.merge.topic import weight
from communique.merge.within import SAME_SENTENCE
from communique.merge.words import rules

MEETING = ("meet", "visit", "talk")  # the stems of acts by which people come together
MET = "met"  # the stem of the act of those who come together
WEEK = 7  # days of a date that says "last week"


def sure(a: Telling, b: Telling) -> int:
    """Points for any of these signs, for two tellings of the same stance that nothing tells apart; 0 without one."""
    enough = int(rules()["points_of_no_time"])
    strong = (
        _said_again(a, b)
        or _reported(a, b)
        or _remembered(a, b)
        or _one_visit(a, b)
        or _one_meeting(a, b)
        or _one_plan(a, b)
        or _one_promise(a, b)
        or _one_grant(a, b)
        or _one_greeting(a, b)
        or visit_ahead(a, b)
        or _one_doing(a, b)
        or _at_home(a, b)
        or _one_gift(a, b)
        or _standing(a, b)
        or once(a, b)
    )
    return enough if strong else int(_one_guest(a, b) or _one_traveller(a, b))


def _said_again(a: Telling, b: Telling) -> bool:
    """Whether two pages print one sentence on one day or the next: a statement's own page and a briefing.

    Of one day rare words suffice; of the next, a briefing's page is dated often, most of all words must be the same.
    """
    if _printed(a, b):
        return True
    same_deed = bool(a.clause.deed) and a.clause.deed == b.clause.deed
    if a.event != b.event or not (a.act == b.act or (same_deed and words.one_act(a.act, b.act))):
        return False
    one_side = a.sides[0] == b.sides[0] and not (a.sides[1] and b.sides[1])  # one page has lost to whom
    if not (alike.same_sides(a, b) or one_side):
        return False
    between = _days_between(a, b)
    if between is None or between > int(rules()["days_of_a_statement"]) or alike.gap(a, b):
        return False
    if between and _by_day(a, b)[1].clause.anew and a.voice == b.voice:
        return False  # who urges today and urges tomorrow urges twice
    rare = differs.rare_words(a, b)
    if not between and same_deed and alike.mostly(a, b) and rare >= rules()["rarity_of_a_saying"]:
        return True
    shared, sizes = len(a.words & b.words), sorted((len(a.words), len(b.words)))
    if shared < rules()["words_of_one_outlet"]:
        return False
    if not between and alike.mostly(a, b) and rare >= rules()["rarity_of_a_statement"]:
        return True
    if not differs.verbatim(a, b):
        return False
    # the longer one may go on: what was asked or promised is the same to the word
    same_deed = same_deed and a.clause.things == b.clause.things
    return shared >= SAME_SENTENCE * sizes[1] or (same_deed and shared == sizes[0])


def _printed(a: Telling, b: Telling) -> bool:
    """Whether two pages of one day print the same words of the same two but for the verb: "stand" and "are united"."""
    shared, longer = len(a.words & b.words), max(len(a.words), len(b.words))
    if a.event != b.event or a.day is None or a.day != b.day or a.everybody != b.everybody or alike.gap(a, b):
        return False
    if shared < int(rules()["words_of_one_outlet"]) or not differs.verbatim(a, b):
        return False
    whole = shared >= differs.VERBATIM * longer
    return differs.rare_words(a, b) >= float(rules()["rarity_of_a_seldom_deed" if whole else "rarity_of_a_saying"])


def _days_between(a: Telling, b: Telling) -> int | None:
    """Days between two publications; None where one of them is not known."""
    return None if a.day is None or b.day is None else abs(a.day - b.day)


def _by_day(a: Telling, b: Telling) -> tuple[Telling, Telling]:
    """The one whose page came out first, and the other."""
    return (b, a) if (a.day or 0) > (b.day or 0) else (a, b)


def _reported(a: Telling, b: Telling) -> bool:
    """Whether a later page reports in the past what an earlier one says: "we have urged" after "we urge"."""
    between = _days_between(a, b)
    if a.event != b.event or a.event in rules()["done"] or not between or not alike.published_near(a, b):
        return False
    earlier, later = _by_day(a, b)
    if a.mutual:  # "last week they discussed": in the words of the page that told it first
        again = later.days is None and later.high == later.day
    else:  # two pages that report in the past may report of two occasions, unless the later one dates its own
        again = earlier.clause.anew or bool(later.days)
    if a.clause.deed and a.clause.deed == b.clause.deed and alike.names_shared(a, b) >= BOTH and not later.clause.anew:
        return a.sides == b.sides and not alike.gap(a, b)  # what one asked of another, told by both names
    if later.clause.anew or not again or a.sides != b.sides or alike.gap(a, b) or not alike.same_act(a, b):
        return False
    return alike.mostly(a, b) and differs.rare_words(a, b) >= float(rules()["rarity_of_a_statement"])


def _remembered(a: Telling, b: Telling) -> bool:
    """Whether both look back on one deed of a day that is long past: "we were attacked on 9/11"."""
    return a.remembering and b.remembering and a.low == b.low and alike.possible(a, b) and bool(alike.same_act(a, b))


def _one_visit(a: Telling, b: Telling) -> bool:
    """Whether both tell that the same person goes to the same state within days: that is one journey."""
    if a.event != b.event or a.sides != b.sides or not alike.published_near(a, b) or alike.gap(a, b):
        return False
    visits = all(words.one_act(each.act, TRAVEL) or each.mode == "visit" for each in (a, b))
    if words.one_act(a.act, MET) != words.one_act(b.act, MET):
        return False  # what is held on a journey is not the journey
    goes = a.sides[0] & a.people.keys() & b.people.keys()
    named = any(a.people[code] & b.people[code] for code in goes)
    # one page may announce by the office who goes
    announced = a.promising and b.promising and not goes and (_days_between(a, b) or 0) <= 1
    known = a.day is not None and b.day is not None
    return visits and (named or announced) and known and not places.differ(a, b)


def _one_meeting(a: Telling, b: Telling) -> bool:
    """Whether both tell that the same two persons met, and came out within days of it: a date may be left open."""
    between = _days_between(a, b)
    if not (a.mutual and b.mutual) or a.event != b.event or a.everybody != b.everybody or between is None:
        return False
    # a programme gives the day of the house, a page that of Greenwich
    off = 1 if bool(a.clause.hour) != bool(b.clause.hour) else 0
    if alike.gap(a, b) > off or places.differ(a, b) or not alike.people_agree(a, b):
        return False
    if not words.one_act(a.act, b.act):
        return False
    if a.mode and b.mode and a.mode != b.mode:
        return False
    light, both = alike.light(a, b), alike.names_shared(a, b) >= BOTH
    if len(a.codes) > ROUND_TABLE and a.codes == a.everybody and not light:
        return between <= int(rules()["days_of_a_story"])  # the same three meet once in a week
    if both and _looks_back(a, b):
        return between <= int(rules()["days_of_a_story"])
    if not both or (light and a.act != b.act):
        return False
    told = 1 if light and (a.mode is None or a.mode != b.mode) else int(rules()["days_of_a_difference"])
    exact = [each.high for each in (a, b) if each.days == 1 and each.high is not None]
    return between <= told and all((a.day or 0) - day <= told for day in exact)


def _looks_back(a: Telling, b: Telling) -> bool:
    """Whether the later page tells of it in the past and without a day: of the last time that the two met or spoke."""
    earlier, later = _by_day(a, b)
    if later.clause.anew or later.day == earlier.day:
        return False
    week = later.days is not None and 1 < later.days <= WEEK and (later.low or 0) <= (earlier.day or 0)
    return week or (later.days is None and later.high == later.day)


def _one_guest(a: Telling, b: Telling) -> bool:
    """Whether the pages of one day name the same guest, and only one of them who received him: a weak sign."""
    if not (a.mutual and b.mutual) or a.event != b.event or a.everybody != b.everybody:
        return False
    if _days_between(a, b) != 0 and not (a.days == b.days == 1 and a.low == b.low):
        return False
    came = any(words.one_act(each.act, TRAVEL) for each in (a, b))
    vague = any(each.act in rules()["light_acts"] or each.clause.ongoing for each in (a, b))
    if vague or not (words.one_act(a.act, b.act) or came) or alike.gap(a, b) or places.differ(a, b):
        return False
    if alike.names_shared(a, b) != 1 or len(a.codes) != BOTH or a.people.keys() == b.people.keys():
        return False
    brief, full = (a, b) if len(a.people) < len(b.people) else (b, a)
    # "met with members of the youth brigade": that is not the president
    return math.fsum(weight(word) for word in brief.words - full.words) < float(rules()["rarity_of_a_guest"])


def _one_plan(a: Telling, b: Telling) -> bool:
    """Whether two pages announce one journey or meeting: by the same to the same, for the same day or in rare words."""
    if a.event != b.event or not (a.promising and b.promising) or a.sides != b.sides or not alike.between_states(a):
        return False
    if not all(_of_meeting(each) for each in (a, b)) or alike.gap(a, b):
        return False
    if not alike.people_agree(a, b) or not alike.published_near(a, b) or a.day is None or b.day is None:
        return False
    if a.days == b.days == 1:
        return a.low == b.low
    return differs.rare_words(a, b) >= float(rules()["rarity_of_a_deed"])


def _one_traveller(a: Telling, b: Telling) -> bool:
    """Whether pages of a week tell of a journey to one state, and only one of them by name who goes: a weak sign."""
    if a.event != b.event or a.sides != b.sides or not (a.mode == b.mode == "visit") or alike.gap(a, b):
        return False
    goes = [each.people.keys() & each.sides[0] for each in (a, b)]
    between = _days_between(a, b)
    known = between is not None and between <= int(rules()["days_of_a_story"]) and not places.differ(a, b)
    return known and bool(goes[0]) != bool(goes[1]) and alike.people_agree(a, b)


def _one_promise(a: Telling, b: Telling) -> bool:
    """Whether two pages of one day tell one promise in mostly the same rare words, whatever its verb."""
    if not (a.promising and b.promising) or a.sides != b.sides or _days_between(a, b) != 0 or alike.gap(a, b):
        return False
    return alike.mostly(a, b) and differs.rare_words(a, b) >= float(rules()["rarity_of_a_saying"])


def _one_grant(a: Telling, b: Telling) -> bool:
    """Whether pages of two days promise one thing to one body: "funding for the Response Fund"."""
    between = _days_between(a, b)
    body = any(" " in who for who in a.sides[1])
    promised = a.promising and b.promising and a.clause.deed == b.clause.deed != ""
    return promised and body and a.sides == b.sides and between is not None and between <= 1


def _one_greeting(a: Telling, b: Telling) -> bool:
    """Whether two pages of one day send the same greeting: "we offer our condolences to his family"."""
    greeted = a.words & b.words & words.stems("greetings")
    said = a.event == b.event and a.clause.anew and b.clause.anew and bool(greeted)
    return said and a.sides == b.sides and bool(a.sides[1]) and _days_between(a, b) == 0


def _of_meeting(telling: Telling) -> bool:
    """Whether it is promised to come together: "will meet", "look forward to hosting"."""
    return any(words.one_act(telling.act, act) for act in MEETING) or telling.clause.deed in rules()["meeting_deeds"]


def _one_doing(a: Telling, b: Telling) -> bool:
    """Whether two pages tell one deed of a state in the same rare words, however vaguely they date it."""
    if a.event != b.event or not a.conduct or a.sides != b.sides or not alike.between_states(a):
        return False
    if not alike.same_act(a, b) or places.differ(a, b):
        return False
    if _under_way(a, b):
        return (_days_between(a, b) or 0) <= int(rules()["longest_time"])
    if alike.gap(a, b) or not alike.published_near(a, b):
        return False
    rare, between = differs.rare_words(a, b), _days_between(a, b)
    # what two states seldom do twice in days needs less
    if a.event in rules()["seldom"] and between is not None and between <= int(rules()["days_of_a_difference"]):
        return rare >= float(rules()["rarity_of_a_seldom_deed"])
    one_date = a.low is not None and (a.low, a.high) == (b.low, b.high)
    return alike.mostly(a, b) and rare >= float(
        rules()["rarity_of_a_saying" if one_date else "rarity_of_a_deed_told_again"]
    )


def _at_home(a: Telling, b: Telling) -> bool:
    """Whether pages of some days tell one deed within one state by those who did it and those who suffered it."""
    if a.event != b.event or a.event not in rules()["done"] or a.sides != b.sides or len(a.codes) != 1:
        return False
    if not a.sides[0] or not alike.same_act(a, b) or a.mode != b.mode or alike.gap(a, b):
        return False
    rare, between = differs.rare_words(a, b), _days_between(a, b)
    if between is None or not alike.published_near(a, b) or places.differ(a, b):
        return False
    soon = between <= int(rules()["days_of_a_difference"])
    known = soon and rare >= float(rules()["rarity_of_a_named_deed"])
    if soon and a.clause.called[0] & b.clause.called[0]:
        return known
    if known and a.sides[1] and a.clause.things & b.clause.things:
        return True
    roles = not a.sides[1] or all(x & y for x, y in zip(a.clause.sides, b.clause.sides, strict=True))
    return roles and rare >= float(rules()["rarity_of_a_seldom_deed" if a.sides[1] else "rarity_of_a_deed"])


def _one_gift(a: Telling, b: Telling) -> bool:
    """Whether two pages of weeks tell of one amount in mostly the same rare words: it was given or imposed once."""
    kinds = rules()["seldom"]
    if a.event != b.event or a.event not in kinds or a.sides != b.sides or alike.gap(a, b) or not agree(a, b):
        return False
    between = _days_between(a, b)
    if between is None or between > int(rules()["days_of_a_correction"]):
        return False
    return alike.mostly(a, b) and differs.rare_words(a, b) >= float(rules()["rarity_of_a_deed_told_again"])


def _under_way(a: Telling, b: Telling) -> bool:
    """Whether both tell, without a day of its own, that one state's forces leave another: that goes on for weeks."""
    open_ = all(each.days is None and each.mode in rules()["lasting_modes"] for each in (a, b))
    return open_ and a.mode == b.mode and a.sides == b.sides and alike.between_states(a)


def _standing(a: Telling, b: Telling) -> bool:
    """Whether pages of a few days tell with whom one stands or is in contact, not what was done."""
    return alike.standing(a, b) and alike.published_near(a, b) and not alike.gap(a, b) and a.day is not None
