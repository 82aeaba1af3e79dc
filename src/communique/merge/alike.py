"""Whether two tellings may be, and whether they are, one event. Pair and kind alone never make them one.

Nothing here looks at more than two tellings, and each question has the same answer for (a, b) and (b, a).
"""

from __future__ import annotations

from communique.merge.telling import Telling
from communique.merge.words import rules

DAYS_TOGETHER = 7  # a date this exact counts as one day's: reports of a visit date its days differently
SAME_SENTENCE = 0.6  # share of the words of both that two copies of one sentence have in common
MOST_WORDS = 3  # points that shared words can give
HALF = 0.5  # relative difference within which rounding may explain two figures, in percent of the larger
DISPUTED_WORDS = 2  # words that a denial must share with what it denies, where no date speaks
STANCES_DENIABLE = ("actual", "planned", "possible", "historical")
NEGATIONS = frozenset(("not", "rather", "instead", "wrongly", "mistakenly", "corrected", "misstated"))


def possible(a: Telling, b: Telling) -> bool:
    """Whether nothing speaks against their being one event: kind, sides, people, stance and dates agree or are open."""
    return (
        a.event.event == b.event.event
        and a.event.stance == b.event.stance
        and same_sides(a, b)
        and people_agree(a, b)
        and dates_allow(a, b)
    )


def same_sides(a: Telling, b: Telling) -> bool:
    """Whether the same states (or names) stand on the same sides; at mutual events, whether the same take part."""
    if a.mutual or b.mutual:
        return a.sides[0] | a.sides[1] == b.sides[0] | b.sides[1]
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
    one, other = a.event.date, b.event.date
    starts = [day for day in (one.earliest, other.earliest) if day]
    ends = [day for day in (one.latest, other.latest) if day]
    return not starts or not ends or max(starts) <= min(ends)


def in_one_document(a: Telling, b: Telling) -> bool:
    """Whether one document tells the same thing twice, as a lead does and the paragraph that comes back to it.

    "Shelled villages, killing three": what one sentence says of force, talks or trade of the same two is one event.
    """
    if not possible(a, b):
        return False
    if a.event.sentence == b.event.sentence and a.event.event in rules()["one_of_a_sentence"]:
        return True
    if not _same_act(a, b):
        return False
    if a.words & b.words or not (a.words and b.words):
        return True
    return a.mutual and (_named(a, b) or (a.days is not None and b.days is not None))


def in_copies(a: Telling, b: Telling) -> bool:
    """Whether two copies of one text tell it in the same sentence; their dates may rest on different page dates."""
    if a.event.event != b.event.event or a.event.stance != b.event.stance or not same_sides(a, b):
        return False
    shared, either = len(a.words & b.words), len(a.words | b.words)
    return a.act == b.act and (not either or shared / either >= SAME_SENTENCE)


def evidence(a: Telling, b: Telling) -> int:
    """Points for two outlets telling one event, 0 where they must not be joined.

    Both dates must be known and meet. One point each for the same act, for each word they share (three at most), the
    same person, the same mode, the same place, and for an event at which all are together; as many as knowledge/
    merge.yaml asks for must come together.
    """
    if a.days is None or b.days is None or not any(a.sides) or not possible(a, b):
        return 0
    longest = max(a.days, b.days)
    if longest > rules()["longest_time"]:
        return 0
    shared = len(a.words & b.words)
    if not (shared or a.mutual or b.mutual):
        return 0
    named = _named(a, b)
    modes = {mode for mode in (a.event.mode, b.event.mode) if mode}
    places = [each.event.place.name.casefold() if each.event.place else None for each in (a, b)]
    points = _same_act(a, b) + min(shared, MOST_WORDS) + named + (a.mutual or b.mutual)
    points += a.event.mode is not None and a.event.mode == b.event.mode
    points += places[0] is not None and places[0] == places[1]
    points -= len(modes) > 1
    asked = rules()["points_of_one_day" if longest <= DAYS_TOGETHER else "points_of_a_longer_time"]
    return int(points) if points >= asked else 0


def denies(denial: Telling, told: Telling) -> bool:
    """Whether one telling denies what the other reports."""
    if denial.event.stance != "denied" or told.event.stance not in STANCES_DENIABLE:
        return False
    if denial.event.event != told.event.event or not any(told.sides) or not same_sides(denial, told):
        return False
    if not (people_agree(denial, told) and dates_allow(denial, told)):
        return False
    shared = len(denial.words & told.words)
    known = [each.days is not None and each.days <= rules()["longest_time"] for each in (denial, told)]
    return shared >= DISPUTED_WORDS or (all(known) and bool(shared or _same_act(denial, told)))


def figures_differ(a: Telling, b: Telling) -> bool:
    """Whether their sentences give different amounts of the same thing: each one amount in a unit, and not the same.

    A sentence that says "2.3 billion, not 3.2 billion" differs from one that says 3.2 billion.
    """
    one, other = _amounts(a), _amounts(b)
    for measure in one.keys() & other.keys():
        first, second = one[measure], other[measure]
        common = [x for x in first if any(_close(x, y) for y in second)]
        if not common and len(first) == len(second) == 1:
            return True
        corrected = NEGATIONS & set((a if len(first) > len(second) else b).sentence.casefold().split())
        if common and len(first) != len(second) and min(len(first), len(second)) == 1 and corrected:
            return True
    return False


def _named(a: Telling, b: Telling) -> bool:
    """Whether both name the same person."""
    return any(a.people[code] & b.people[code] for code in a.people.keys() & b.people.keys())


def _same_act(a: Telling, b: Telling) -> bool:
    return a.act == b.act or (bool(a.event.rule) and a.event.rule == b.event.rule and a.event.mode == b.event.mode)


def _one_name(one: str, other: str) -> bool:
    """Whether two names are one: the same, or one without the other's first names."""
    first, second = set(one.split()), set(other.split())
    return first <= second or second <= first


def _amounts(telling: Telling) -> dict[tuple[str, str | None], list[tuple[float, float]]]:
    found: dict[tuple[str, str | None], list[tuple[float, float]]] = {}
    for figure in telling.figures:
        low = figure.low if figure.low is not None else figure.value
        high = figure.high if figure.high is not None else figure.value
        if figure.unit and low is not None and high is not None:
            held = found.setdefault((figure.unit, figure.per), [])
            if (low, high) not in held:
                held.append((low, high))
    return found


def _close(one: tuple[float, float], other: tuple[float, float]) -> bool:
    slack = HALF / 100 * max(abs(one[1]), abs(other[1]))
    return one[0] <= other[1] + slack and other[0] <= one[1] + slack
