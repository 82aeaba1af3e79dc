"""Whether two tellings may be one event, and what they have in common. Pair and kind alone never make them one.

Nothing here looks at more than two tellings, and each question has the same answer for (a, b) and (b, a): so what is
merged does not depend on what came first.
"""

from __future__ import annotations

import math

from communique.merge import differs, places, words
from communique.merge.amounts import agree, figures_differ, replaces
from communique.merge.telling import FIGURE, Telling
from communique.merge.topic import weight
from communique.merge.words import rules

SAME_SENTENCE = 0.6  # share of the words of both that two copies of one sentence have in common
SAID_AGAIN = 0.5  # share of the words of the shorter sentence that another one shares where it says the same again
VERBATIM = 0.8  # share of the words of the shorter sentence that another page prints again
LEAST_WORDS = 2  # words that are shared at least where it is not known of both who takes part
ONE_DEED = 2  # words that two sentences of one document share that tell one deed, or all that the shorter one has
DEED_AGAIN = 0.15  # or so much of the shorter one
NEXT = 1000  # characters within which a page goes on about one meeting
ROUND_TABLE = 2  # states beyond which those who meet are as good as named
MOST_WORDS = 3  # points that shared words can give


def possible(a: Telling, b: Telling) -> bool:
    """Whether nothing speaks against their being one event: kind, sides, people, stance and dates agree or are open."""
    return a.event == b.event and same_stance(a, b) and same_sides(a, b) and people_agree(a, b) and dates_allow(a, b)


def same_stance(a: Telling, b: Telling) -> bool:
    """Whether both say that it was, will be, may be or was not; what is long past was, too."""
    past = ("actual", "historical")
    return a.stance == b.stance or (a.stance in past and b.stance in past)


def same_sides(a: Telling, b: Telling) -> bool:
    """Whether the same states (or names) stand on the same sides; at mutual events, whether the same take part."""
    if a.mutual or b.mutual or a.event == FIGURE:
        return a.everybody == b.everybody
    return a.sides == b.sides


def people_agree(a: Telling, b: Telling) -> bool:
    """Whether no state is stood for by different people; a report that names nobody contradicts nobody."""
    return all(
        any(_one_name(one, other) for one in names for other in b.people[code])
        for code, names in a.people.items()
        if code in b.people
    )


def _one_name(one: str, other: str) -> bool:
    """Whether two names are one: the same, or one without the other's first names."""
    first, second = set(one.split()), set(other.split())
    return first <= second or second <= first


def named(a: Telling, b: Telling) -> bool:
    """Whether both name the same person."""
    return names_shared(a, b) > 0


def names_shared(a: Telling, b: Telling) -> int:
    """By how many sides both name the same person, in full or by the last name."""
    return sum(
        any(_one_name(one, other) for one in a.people[code] for other in b.people[code])
        for code in a.people.keys() & b.people.keys()
    )


def dates_allow(a: Telling, b: Telling) -> bool:
    """Whether some day lies within both dates, as far as they are known."""
    starts = [day for day in (a.since, b.since) if day]
    ends = [day for day in (a.until, b.until) if day]
    return not starts or not ends or max(starts) <= min(ends)


def gap(a: Telling, b: Telling) -> int:
    """Days between two dates that do not meet; 0 where they may meet."""
    if dates_allow(a, b):
        return 0
    starts = [day for day in (a.since, b.since) if day]
    ends = [day for day in (a.until, b.until) if day]
    return max(starts) - min(ends)


def published_near(a: Telling, b: Telling) -> bool:
    """Whether the two documents came out within the days of one story, or it is not known when."""
    if a.day is None or b.day is None:
        return True
    late = a if a.day > b.day else b
    return abs(a.day - b.day) <= int(rules()["days_of_a_correction" if late.revises else "days_of_a_story"])


def in_one_document(a: Telling, b: Telling) -> bool:
    """Whether one document tells the same thing twice, as a lead does and the paragraph that comes back to it.

    "Shelled villages, killing three": what one sentence says of force, talks or trade of the same two is one event.
    """
    if a.event == FIGURE or b.event == FIGURE:
        if a.event != b.event:
            return False
        return replaces(a, b) or replaces(b, a) or (possible(a, b) and figures_told(a, b) and agree(a, b))
    if differs.apart_in_one_text(a, b):
        return False
    if not (between_states(a) and between_states(b)) and not places.differ(a, b) and _told_again(a, b):
        return True
    if not possible(a, b) or places.differ(a, b):
        return False
    if a.sentence == b.sentence and a.event in rules()["one_of_a_sentence"]:
        return True
    if refers(a, b):
        return True
    if not same_act(a, b) and not (a.event == "CONSULT" and _topic(a) and _topic(b)):
        return False
    if standing(a, b) or _one_journey(a, b) or (a.rule == b.rule and a.rule in rules()["greeting_rules"]):
        return True
    if a.event == "CONSULT":
        return _one_talk(a, b)
    if _one_more(a, b):
        return False
    if a.event not in rules()["done"]:
        one_deed = bool(a.clause.deed) and a.clause.deed == b.clause.deed
        if one_deed and len((a.clause.things & b.clause.things) - {a.clause.deed}) >= LEAST_WORDS:
            return True
        return mostly(a, b) or (one_deed and differs.rare_words(a, b) >= rules()["rarity_of_a_deed"])
    return _done_again(a, b)


def standing(a: Telling, b: Telling) -> bool:
    """Whether both tell, without a day, whom one stands with, what one supports, or with whom one is in contact.

    That is one attitude, whoever of a government speaks of it; nobody does it anew each time it is told.
    """
    if a.event != b.event or not between_states(a) or not same_sides(a, b) or not same_stance(a, b):
        return False
    if a.lasting and b.lasting:  # with a people, or with one of them
        to = a.sides[1]
        return people_agree(a, b) and a.people.keys() & to == b.people.keys() & to
    if a.in_touch and b.in_touch:  # with its officials, or with the same sort of them
        return a.people.keys() == b.people.keys()
    return a.backing and b.backing and _one_object(a, b)


def _one_object(a: Telling, b: Telling) -> bool:
    """Whether two clauses name one thing of those whom they back, or nothing but these."""
    one, other = a.clause.things, b.clause.things
    if not (one and other):
        return not (one or other) and a.key == b.key and not a.promising
    shared = math.fsum(weight(word) for word in one & other)
    least = min(math.fsum(weight(word) for word in side) for side in (one, other))
    return shared >= SAID_AGAIN * least and shared > 0


def refers(a: Telling, b: Telling) -> bool:
    """Whether the later of two sentences takes up what the one shortly before told: "this additional funding"."""
    later, earlier = (a, b) if a.span > b.span else (b, a)
    near = later.span[0] - earlier.span[0] <= NEXT and later.sentence != earlier.sentence
    taken_up = later.clause.refers or (earlier.clause.refers and a.event == "CONSULT")
    return near and taken_up and between_states(a)


def _one_journey(a: Telling, b: Telling) -> bool:
    """Whether one page announces twice that somebody goes to a state."""
    return a.promising and b.promising and all(words.one_act(each.act, "visit") for each in (a, b))


def _done_again(a: Telling, b: Telling) -> bool:
    """Whether one document comes back to one deed: not with another count, nor with nothing else in common."""
    if figures_differ(a, b) or _others_suffer(a, b):
        return False
    if between_states(a) and not (_bare_noun(a) and _bare_noun(b)) and (_bare_noun(a) or _bare_noun(b)):
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


def _one_talk(a: Telling, b: Telling) -> bool:
    """Whether one document speaks twice of one meeting of the same: what was talked of there is told topic by topic."""
    if not (a.adds or b.adds) and people_agree(a, b) and (_the_meeting(a) or _the_meeting(b)) and between_states(a):
        return True
    known = names_shared(a, b)
    round_table = len(a.codes) > ROUND_TABLE  # the same three meet once in what one page tells
    met = between_states(a) and (known > 0 or round_table or (a.days is not None and b.days is not None))
    loose = {each.act for each in (a, b) if not _topic(each)}
    met = met and loose.isdisjoint(rules()["light_acts"])  # they "talk" of much that was talked of elsewhere
    later, earlier = (a, b) if a.span > b.span else (b, a)
    # what the next sentences say was talked of was talked of there
    goes_on = between_states(a) and _topic(later) and later.span[0] - earlier.span[0] <= NEXT
    met = met or goes_on
    if not loose:
        return met or bool(a.words & b.words) or not (a.words and b.words)
    if any(each.adds and not _topic(each) for each in (a, b)):  # "they also discussed" is of the same talks
        return False
    if not goes_on and not loose.isdisjoint(rules()["programme_acts"]):
        return mostly(a, b)  # who attends one thing attends another in the afternoon
    plain = len(loose) > 1 and a.mode is None and b.mode is None
    if met and plain and known == 1 and a.people.keys() != b.people.keys():
        return mostly(a, b)  # who met a minister and met others: of one side alone it is known that it was the same
    return met or bool(a.words & b.words) or not (a.words and b.words)


def _the_meeting(telling: Telling) -> bool:
    """Whether it only names the meeting of which its page tells: "in the bilateral meeting"."""
    return (
        telling.rule.startswith("noun ") and telling.days is None and not telling.people and not telling.clause.others
    )


def _topic(telling: Telling) -> bool:
    """Whether it tells what was talked of: "they discussed", "they talked about"."""
    return telling.act in rules()["topic_acts"] or telling.rule in rules()["topic_rules"] or telling.clause.about


def mostly(a: Telling, b: Telling) -> bool:
    """Whether two sentences share most of what the shorter one says, and three words or all of them."""
    shared, least = len(a.words & b.words), min(len(a.words), len(b.words))
    return shared >= min(least, MOST_WORDS) and shared > 0 and shared >= SAID_AGAIN * least


def said_again(a: Telling, b: Telling) -> bool:
    """Whether two pages print one sentence on one day or the next: a statement's own page and a briefing.

    Of one day rare words suffice; of the next, a briefing's page is dated often, most of all words must be the same.
    """
    same_deed = bool(a.clause.deed) and a.clause.deed == b.clause.deed
    if a.event != b.event or not (a.act == b.act or (same_deed and words.one_act(a.act, b.act))):
        return False
    one_side = a.sides[0] == b.sides[0] and not (a.sides[1] and b.sides[1])  # one page has lost to whom
    if not (same_sides(a, b) or one_side):
        return False
    if a.day is None or b.day is None or abs(a.day - b.day) > rules()["days_of_a_statement"] or gap(a, b):
        return False
    if a.day != b.day and (a if a.day > b.day else b).clause.anew and a.voice == b.voice:
        return False  # who urges today and urges tomorrow urges twice
    rare = differs.rare_words(a, b)
    if a.day == b.day and same_deed and mostly(a, b) and rare >= rules()["rarity_of_a_saying"]:
        return True
    shared, sizes = len(a.words & b.words), sorted((len(a.words), len(b.words)))
    if shared < rules()["words_of_one_outlet"]:
        return False
    if a.day == b.day and mostly(a, b) and rare >= rules()["rarity_of_a_statement"]:
        return True
    if shared < VERBATIM * sizes[0]:
        return False
    # the longer one may go on: what was asked or promised is the same to the word
    same_deed = same_deed and a.clause.things == b.clause.things
    return shared >= SAME_SENTENCE * sizes[1] or (same_deed and shared == sizes[0])


def _told_again(a: Telling, b: Telling) -> bool:
    """Whether one document comes back to an act of somebody whom it calls by another name."""
    if a.event != b.event or not same_stance(a, b) or a.act != b.act or not dates_allow(a, b):
        return False
    if not (people_agree(a, b) and may_be_same_sides(a, b)):
        return False
    if _one_more(a, b):
        return False
    if a.event not in rules()["done"]:
        return mostly(a, b) and len(a.words & b.words) >= LEAST_WORDS
    return a.sentence != b.sentence and _done_again(a, b)


def one_act(a: Telling, b: Telling) -> bool:
    """Whether two tellings of one document may be one act, though nothing in it says so: of somebody nameless, or a
    deed that it comes back to in other words."""
    if between_states(a) and between_states(b):
        again = (
            a.event in rules()["done"] and possible(a, b) and not (differs.apart_in_one_text(a, b) or _one_more(a, b))
        )
        return again and words.one_act(a.act, b.act) and not figures_differ(a, b)
    if differs.apart_in_one_text(a, b):
        return False
    return words.one_act(a.act, b.act) and may_be_same_sides(a, b) and people_agree(a, b) and not gap(a, b)


def in_copies(a: Telling, b: Telling) -> bool:
    """Whether two copies of one text tell it in the same sentence; their dates may rest on different page dates."""
    if a.event != b.event or a.stance != b.stance or not same_sides(a, b):
        return False
    if a.event == FIGURE and not figures_told(a, b):
        return False
    shared, either = len(a.words & b.words), len(a.words | b.words)
    return a.act == b.act and (not either or shared / either >= SAME_SENTENCE)


def figures_told(a: Telling, b: Telling) -> bool:
    """Whether two figures measure in the same unit by the same time."""
    one, other = a.amounts[0], b.amounts[0]
    return one.unit == other.unit and one.per == other.per and bool(one.unit)


def between_states(telling: Telling) -> bool:
    """Whether it is known which two states (or bodies) it is between: then who takes part says which event it is."""
    return len(telling.codes) > 1


def may_be_same_sides(a: Telling, b: Telling) -> bool:
    """Whether the two name a state in common, or one of them names none."""
    return not a.codes or not b.codes or bool(a.codes & b.codes)


def same_family(a: Telling, b: Telling) -> bool:
    """Whether the two kinds of event may be told of one thing: promised and signed, met and agreed."""
    return a.event == b.event or any(a.event in kinds and b.event in kinds for kinds in rules()["families"].values())


def same_family_or_force(a: Telling, b: Telling) -> bool:
    """Whether the two kinds may be told of one thing, or both of the one act."""
    return same_family(a, b) or words.one_act(a.act, b.act)


def same_act(a: Telling, b: Telling) -> bool:
    """Whether both tell one act: words that reports choose between, or one pattern of the coder.

    The encoder is one rule for every event it finds: that it found both says nothing.
    """
    if words.one_act(a.act, b.act) or (a.promising and b.promising and len(a.words & b.words) > 1):
        return True
    return bool(a.rule) and a.rule not in rules()["wide_rules"] and a.rule == b.rule and a.mode == b.mode


def light(a: Telling, b: Telling) -> bool:
    """Whether the words for both acts are such as stand in every text."""
    light = rules()["light_acts"]
    return a.act in light and b.act in light


def meet(a: Telling, b: Telling, near: float) -> bool:
    """Whether the two are of one story, or dated well enough and within reach of each other."""
    if near >= rules()["same_story"]:
        return True
    one, other = a.reach, b.reach
    if not all(each.wide or each.event == FIGURE for each in (a, b)):
        return False
    return a.dated and b.dated and one[0] <= other[1] and other[0] <= one[1]
