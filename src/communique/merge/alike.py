"""Whether two tellings may be, and whether they are, one event. Pair and kind alone never make them one.

Nothing here looks at more than two tellings and at how near their documents are to each other, and each question has
the same answer for (a, b) and (b, a): so what is merged does not depend on what came first.
"""

from __future__ import annotations

from communique.merge import words
from communique.merge.amounts import agree, figures_differ
from communique.merge.telling import FIGURE, Telling
from communique.merge.words import rules

__all__ = ["denies", "evidence", "figures_differ", "in_copies", "in_one_document", "possible", "stage"]

DAYS_TOGETHER = 7  # a date this exact counts as one day's: reports of a visit date its days differently
SAME_SENTENCE = 0.6  # share of the words of both that two copies of one sentence have in common
LEAST_WORDS = 2  # words that reports must share where a date is open
MOST_WORDS = 3  # points that shared words can give
MOSTLY = 0.6  # share of the words of the shorter sentence from which two sentences say mostly the same
DISPUTED_WORDS = 2  # words that a denial must share with what it denies, where no date speaks
STANCES_DENIABLE = ("actual", "planned", "possible", "historical")


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


def dates_allow(a: Telling, b: Telling) -> bool:
    """Whether some day lies within both dates, as far as they are known."""
    starts = [day for day in (a.low, b.low) if day]
    ends = [day for day in (a.high, b.high) if day]
    return not starts or not ends or max(starts) <= min(ends)


def gap(a: Telling, b: Telling) -> int:
    """Days between two dates that do not meet; 0 where they may meet."""
    if dates_allow(a, b):
        return 0
    starts = [day for day in (a.low, b.low) if day]
    ends = [day for day in (a.high, b.high) if day]
    return max(starts) - min(ends)


def in_one_document(a: Telling, b: Telling) -> bool:
    """Whether one document tells the same thing twice, as a lead does and the paragraph that comes back to it.

    "Shelled villages, killing three": what one sentence says of force, talks or trade of the same two is one event.
    """
    if a.event == FIGURE or b.event == FIGURE:
        return possible(a, b) and figures_told(a, b) and agree(a, b)
    if not (between_states(a) and between_states(b)) and _told_again(a, b):
        return True
    if not possible(a, b):
        return False
    if a.sentence == b.sentence and a.event in rules()["one_of_a_sentence"]:
        return True
    if not _same_act(a, b):
        return False
    if a.words & b.words or not (a.words and b.words):
        return True
    return a.mutual and (_named(a, b) or (a.days is not None and b.days is not None))


def _told_again(a: Telling, b: Telling) -> bool:
    """Whether one document comes back to an act of somebody whom it calls by another name."""
    if a.event != b.event or not same_stance(a, b) or a.act != b.act or not dates_allow(a, b):
        return False
    if not (people_agree(a, b) and may_be_same_sides(a, b)):
        return False
    if a.act in rules()["light_acts"]:
        return len(a.words & b.words) >= MOST_WORDS
    return a.sentence != b.sentence and bool(a.words & b.words or a.everybody & b.everybody)


def one_act(a: Telling, b: Telling) -> bool:
    """Whether two tellings of one document may be one act of somebody nameless, though nothing in it says so."""
    if between_states(a) and between_states(b):
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


def evidence(a: Telling, b: Telling, near: float) -> int:
    """Points for two outlets telling one event, 0 where they must not be joined.

    near is the affinity of the two documents. One point each for the same act, for each word they share (three at
    most), the same person, mode, place and amount, for an event at which all are together, and for documents of one
    story. How many must come together (knowledge/merge.yaml) grows with what is unknown of the dates, and with each
    thing that the two tell differently: the day, who stands for a state, who takes part, the kind of event.
    """
    if a.event == b.event == FIGURE:
        return _figure_evidence(a, b, near)
    if FIGURE in (a.event, b.event) or not same_stance(a, b):
        return 0
    if not (between_states(a) and between_states(b)):
        return _loose_evidence(a, b, near)
    if not a.everybody & b.everybody:
        return 0
    story = near >= rules()["same_story"]
    asked = _asked(a, b, near)
    if asked is None:
        return 0
    shared = len(a.words & b.words)
    act = _same_act(a, b)
    strained = _strained(a, b)
    if strained and not (strained < 2 and (act or shared >= LEAST_WORDS) and (story or shared >= MOST_WORDS)):
        return 0
    plain = bool(act) and story and same_sides(a, b) and _bare(a, b) and not _light(a, b)
    if not (shared or a.mutual or b.mutual or plain):
        return 0
    points = act + min(shared, MOST_WORDS) + _named(a, b) + (a.mutual or b.mutual) + story
    points += near >= rules()["strong_story"]
    points += plain
    points += a.days == b.days == 1 and a.low == b.low and a.event == b.event and a.event in rules()["seldom"]
    points += a.mode is not None and a.mode == b.mode
    points -= a.mode is not None and b.mode is not None and a.mode != b.mode
    points += _places(a, b)
    points += agree(a, b)
    asked += strained * int(rules()["points_of_a_difference"])
    return int(points) if points >= asked else 0


def between_states(telling: Telling) -> bool:
    """Whether it is known which two states (or bodies) it is between: then who takes part says which event it is."""
    return len(telling.codes) > 1


def _loose_evidence(a: Telling, b: Telling, near: float) -> int:
    """Points for two tellings of which at least one is not between two known states.

    Whoever else acts goes by a different name in each report ("pirates", "23 men"), so that the act and the story must
    say more.
    """
    if near < rules()["loose_story"] or not same_family_or_force(a, b) or not people_agree(a, b):
        return 0
    if gap(a, b) or not published_near(a, b) or not may_be_same_sides(a, b):
        return 0
    shared, same = len(a.words & b.words), _same_act(a, b)
    if _light(a, b) and shared < MOST_WORDS:
        return 0
    figure = agree(a, b)
    deeds = rules()["deeds"]
    done = a.event in deeds and b.event in deeds
    if not done and a.sides[0] and b.sides[0] and not (a.everybody & b.sides[0] or b.everybody & a.sides[0]):
        return 0  # two who say the same
    if not done and not (same and (_mostly_shared(a, b) or _specific(a, b, near))):
        # what is said and meant is said by everybody of a story: only most of the same words, or the same amount of
        # the same, tell that it was said once
        if not (figure and shared >= LEAST_WORDS):
            return 0
    elif not same and not (figure and shared >= MOST_WORDS):
        return 0
    names = (a.everybody & b.everybody) - a.codes
    if not (names or shared or near >= rules()["strong_story"]):
        return 0
    points = 2 * same + min(shared, MOST_WORDS) + bool(a.everybody & b.everybody)
    points += (near >= rules()["strong_story"]) + figure - (a.event != b.event)
    asked = int(rules()["points_of_no_time"]) - (2 if same else 0)
    return points if points >= asked else 0


def _light(a: Telling, b: Telling) -> bool:
    """Whether the words for both acts are such as stand in every text."""
    light = rules()["light_acts"]
    return a.act in light and b.act in light


def _specific(a: Telling, b: Telling, near: float) -> bool:
    """Whether a verb that says something and two words besides are shared by documents of one story."""
    light = set(rules()["light_acts"])
    shared = len(a.words & b.words) >= LEAST_WORDS
    return shared and near >= rules()["near_story"] and not light & {a.act, b.act}


def _mostly_shared(a: Telling, b: Telling) -> bool:
    """Whether two sentences say mostly the same besides who takes part."""
    shared = len(a.words & b.words)
    return shared >= MOST_WORDS and shared >= MOSTLY * min(len(a.words), len(b.words))


def may_be_same_sides(a: Telling, b: Telling) -> bool:
    """Whether the two name a state in common, or one of them names none."""
    return not a.codes or not b.codes or bool(a.codes & b.codes)


def same_family_or_force(a: Telling, b: Telling) -> bool:
    """Whether the two kinds may be told of one thing, or both of the one act."""
    return same_family(a, b) or words.one_act(a.act, b.act)


def _asked(a: Telling, b: Telling, near: float) -> int | None:
    """Points that the dates ask for; None where they forbid."""
    if gap(a, b) > rules()["days_of_difference"]:
        return None
    if a.days is not None and b.days is not None and max(a.days, b.days) <= rules()["longest_time"]:
        exact = max(a.days, b.days) <= DAYS_TOGETHER
        return int(rules()["points_of_one_day" if exact else "points_of_a_longer_time"])
    # at least one date is open: only reports of one story, published near each other as far as that is known, whose
    # words tell more than pair and kind
    if near < rules()["same_story"] or not published_near(a, b):
        return None
    strong = near >= rules()["strong_story"] and (_same_act(a, b) or a.mutual or b.mutual) and (a.day or b.day)
    plain = _same_act(a, b) and _bare(a, b) and same_sides(a, b) and not _light(a, b)
    if len(a.words & b.words) < LEAST_WORDS and not (strong or plain):
        return None
    known = a.day is not None and b.day is not None
    if not known and all(each.days is not None and each.days > rules()["longest_time"] for each in (a, b)):
        return None
    return int(rules()["points_of_an_open_time" if known else "points_of_no_time"])


def published_near(a: Telling, b: Telling) -> bool:
    """Whether the two documents came out within the days of one story, or it is not known when."""
    if a.day is None or b.day is None:
        return True
    late = a if a.day > b.day else b
    return abs(a.day - b.day) <= int(rules()["days_of_a_correction" if late.revises else "days_of_a_story"])


def _strained(a: Telling, b: Telling) -> int:
    """How many things the two tell differently that one event has once."""
    return (
        (gap(a, b) > 0) + (not people_agree(a, b)) + (not same_sides(a, b)) + (a.event != b.event)
        # who does it to whom is told the other way round: that is no difference, that is another event
        + 2 * (not same_sides(a, b) and _turned(a, b))
        # who does it is one in the one and another in the other: two who say the same
        + (not (a.mutual or b.mutual) and bool(a.sides[0] and b.sides[0]) and not a.everybody & b.sides[0]
           and not b.everybody & a.sides[0])
        # one of the two has others besides: a list of three is no contradiction to two of them, but no proof either
        + (len(a.everybody ^ b.everybody) > 1 and not (a.everybody <= b.everybody or b.everybody <= a.everybody)
           and len(a.everybody ^ b.everybody) > 2)
    )  # fmt: skip


def _turned(a: Telling, b: Telling) -> bool:
    """Whether somebody only acts in the one and is only acted on in the other; who stands on both sides does both."""
    acting = [each.sides[0] - each.sides[1] for each in (a, b)]
    suffering = [each.sides[1] - each.sides[0] for each in (a, b)]
    return bool(acting[0] & suffering[1] or acting[1] & suffering[0])


def _bare(a: Telling, b: Telling) -> bool:
    """Whether one of the two sentences says so little besides who does it that reports cannot share its words."""
    return min(len(a.words), len(b.words)) < LEAST_WORDS


def _places(a: Telling, b: Telling) -> int:
    if not a.place or not b.place:
        return 0
    one, other = a.place.casefold(), b.place.casefold()
    return 1 if one in other or other in one else -1


def _figure_evidence(a: Telling, b: Telling, near: float) -> int:
    """Points for two figures of different documents measuring one thing, 0 where they must not be joined."""
    if near < rules()["same_story"] or not figures_told(a, b) or not published_near(a, b) or not same_sides(a, b):
        return 0
    one, other = a.amounts[0], b.amounts[0]
    shared = len(a.words & b.words)
    measured = bool(one.measure and other.measure and set(one.measure.split()) & set(other.measure.split()))
    same = agree(a, b)
    points = shared + 2 * same + 2 * measured + bool(a.everybody) + (near >= rules()["strong_story"])
    points -= one.status != other.status
    return points if shared and points >= rules()["points_of_a_figure" if same else "points_of_another_amount"] else 0


def meet(a: Telling, b: Telling, near: float) -> bool:
    """Whether the two are of one story, or dated well enough and within reach of each other."""
    if near >= rules()["same_story"]:
        return True
    one, other = a.reach, b.reach
    return a.dated and b.dated and one[0] <= other[1] and other[0] <= one[1]


def denies(denial: Telling, told: Telling) -> bool:
    """Whether one telling denies what the other reports."""
    if told.stance not in STANCES_DENIABLE:
        return False
    if denial.denying and told.event not in ("REJECT", FIGURE):
        return _denied_in_words(denial, told)
    if denial.stance != "denied":
        return False
    if denial.event != told.event or not any(told.sides) or not same_sides(denial, told):
        return False
    if not (people_agree(denial, told) and dates_allow(denial, told) and published_near(denial, told)):
        return False
    shared = len(denial.words & told.words)
    known = [each.days is not None and each.days <= rules()["longest_time"] for each in (denial, told)]
    return shared >= DISPUTED_WORDS or (all(known) and bool(shared or _same_act(denial, told)))


def _denied_in_words(denial: Telling, told: Telling) -> bool:
    """Whether "denied that it had agreed" is of an agreement that another report of the same days tells."""
    if denial.stance != "actual" or denial.everybody != told.everybody or not published_near(denial, told):
        return False
    if not dates_allow(denial, told) and (denial.high or 0) < (told.low or 0):
        return False  # nobody denies what is yet to come
    names = {told.act, *rules()["naming_words"].get(told.event, ())}
    return bool(names & denial.words) and len(denial.all_words & told.all_words) > DISPUTED_WORDS


def stage(early: Telling, late: Telling) -> bool:
    """Whether the later telling reports as done what the earlier one has as planned: linked, never merged."""
    if early.stance != "planned" or late.stance not in ("actual", "historical"):
        return False
    if not same_family(early, late) or early.everybody != late.everybody or not early.everybody:
        return False
    if not people_agree(early, late) or late.low is None or late.high is None:
        return False
    said = early.day or early.low
    due = early.high if early.high is not None else (said or 0) + int(rules()["days_of_a_promise"])
    if said is None or late.high < said - 1 or late.low > due + DAYS_TOGETHER:
        return False
    points = len(early.words & late.words) + _named(early, late) + _same_act(early, late)
    return points >= int(rules()["points_of_a_stage"])


def same_family(a: Telling, b: Telling) -> bool:
    """Whether the two kinds of event may be told of one thing: promised and signed, met and agreed."""
    return a.event == b.event or any(a.event in kinds and b.event in kinds for kinds in rules()["families"].values())


def _named(a: Telling, b: Telling) -> bool:
    """Whether both name the same person."""
    return any(a.people[code] & b.people[code] for code in a.people.keys() & b.people.keys())


def _same_act(a: Telling, b: Telling) -> bool:
    """Whether both tell one act: words that reports choose between, or one pattern of the coder.

    The encoder is one rule for every event it finds: that it found both says nothing.
    """
    if words.one_act(a.act, b.act):
        return True
    return bool(a.rule) and a.rule not in rules()["wide_rules"] and a.rule == b.rule and a.mode == b.mode


def _one_name(one: str, other: str) -> bool:
    """Whether two names are one: the same, or one without the other's first names."""
    first, second = set(one.split()), set(other.split())
    return first <= second or second <= first
