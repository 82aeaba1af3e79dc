"""The keys by which tellings are sought: two that share none are never looked at together."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from communique.merge.topic import weight
from communique.merge.words import act_marks, rules, stems

if TYPE_CHECKING:
    from communique.merge.telling import Telling

FIGURE = "FIGURE"  # the kind of a figure, which is told as events are
CODE = 3  # letters of the code of a state or body
ACT = "act|"  # begins the keys of acts
SAID = "said|"  # begins the keys of sentences, and others that are sure by themselves
MET = "met|"  # begins the keys of those who meet: one report may not say whom they met
OPENS = "opens|"  # begins the keys of what is to open, which are found long after
RAREST = 6  # words of a deed by which it is looked up whatever its date
TWO = 2  # words behind a deed by which it is looked up
FEW = 5  # words by which a deed of somebody who has a name is looked up
MANY = 6  # participants beyond which only the first ones are looked up


def near(telling: Telling) -> list[str]:
    """Family of the event with each two who take part: tellings that share none of these are never one event."""
    if telling.event == FIGURE:
        return _of_figure(telling)
    family = next((name for name, kinds in rules()["families"].items() if telling.event in kinds), telling.event)
    families = [family]
    everybody = telling.everybody
    if telling.turning:  # what is denied may be of any kind, and of anybody whom the sentence names
        families, everybody = [*rules()["families"]], everybody | telling.around
    met = [f"{MET}{name}" for names in telling.people.values() for name in sorted(names)] if telling.mutual else []
    acts = [*met, *act_marks(telling.act), *(f"{name}|" for name in families)] if len(telling.codes) < 2 else met
    if len(telling.codes) > 1 and telling.event in rules()["done"]:
        acts += act_marks(telling.act)  # another report of a deed may not know who did it
    acts += telling.opening_keys
    first = sorted(everybody)[:MANY]
    if len(first) < 2:
        return [*acts, *(f"{name}|{first[0] if first else ''}" for name in families)]
    pairs = itertools.combinations(first, 2)
    return [*acts, *(f"{name}|{one}|{other}" for one, other in pairs for name in families)]


def _of_figure(telling: Telling) -> list[str]:
    """Unit, and for figures between two the pair with what is measured, and with every amount."""
    own = telling.amounts[0]
    unit = f"{FIGURE}|{own.unit}|{own.per or ''}"
    if not telling.between:
        return [unit]
    measures = sorted({word for word in (own.measure or "").split() if len(word) > CODE})
    values = sorted({each.high for each in (own, *telling.former) if each.high is not None})
    plans = ["plan"] if own.planned and own.lone else []
    return [unit, *(f"{unit}|{telling.between}|{each}" for each in (*measures, *values, *plans))]


def of_sentence(telling: Telling) -> tuple[str, ...]:
    """Keys of its sentence, the same wherever it is printed: each two of its three rarest words, and the two rarest
    behind the act, for a sentence may go on elsewhere."""
    if len(telling.words) < int(rules()["words_of_one_outlet"]) or telling.event == FIGURE:
        return ()
    told = [telling.words]
    if len(telling.clause.things) > CODE and not telling.mutual and telling.event not in rules()["done"]:
        told.append(telling.clause.things)
    rare = [sorted(said, key=_rarest)[:few] for said, few in zip(told, (3, 2), strict=False)]
    pairs = (two for each in rare for two in itertools.combinations(sorted(each), 2))
    return tuple(dict.fromkeys(f"{SAID}{one}|{other}" for one, other in pairs))


def sure(telling: Telling) -> list[str]:
    """By which two persons met, and a deed of two states with each of its rarest words: a date may be left open."""
    pair = "|".join(sorted(telling.codes))
    if telling.in_touch:
        return [f"{SAID}{pair}|touch"]
    bond = [f"{SAID}{pair}|bond"] if telling.event == "SUPPORT" and telling.words & stems("bonds") else []
    if telling.mutual:
        if len(telling.codes) > 2:
            return [f"{SAID}{MET}{pair}", *bond]
        names = [name for code in sorted(telling.codes) for name in sorted(telling.people.get(code, ()))]
        return [*(f"{SAID}{MET}{pair}|{name.split()[-1]}" for name in names[:MANY]), *bond]
    single = [*bond]
    if telling.single:
        single.append(f"{SAID}{pair}|single")
    if telling.lasting:
        single.append(f"{SAID}{pair}|lasting")
    if telling.backing:
        single += [f"{SAID}{pair}|back|{word}" for word in sorted(telling.clause.things or telling.aims)]
    if telling.event == "SUPPORT" and telling.words & stems("greetings"):
        single.append(f"{SAID}{pair}|greeting")
    if telling.clause.deed:
        single.append(f"{SAID}{pair}|{telling.event}|{telling.clause.deed}")
    if not telling.conduct:
        return single
    rare = sorted(telling.words, key=_rarest)[:RAREST]
    lasting = [telling.mode] if telling.mode in rules()["lasting_modes"] and telling.days is None else []
    return [*single, *(f"{SAID}{pair}|{word}" for word in (*rare, *lasting))]


def at_home(telling: Telling) -> list[str]:
    """By which a deed within one state is sought: those who did it with those who suffered it, by their nouns."""
    if telling.mutual:  # with somebody who stands for no state
        return [f"{SAID}{MET}|{name}" for name in sorted(telling.people.get("", ()))[:MANY]]
    if len(telling.codes) != 1 or telling.event not in rules()["done"]:
        return []
    state = "|".join(telling.codes)
    clause, rare = telling.clause, sorted(telling.words, key=_rarest)[:FEW]
    if not telling.sides[1]:
        return [f"{SAID}{state}|{telling.event}|{word}" for word in rare]
    roles = itertools.chain(
        itertools.product(*map(sorted, clause.sides)), itertools.product(sorted(clause.called[0]), rare)
    )
    spots = sorted(clause.things & telling.words, key=_rarest)[:TWO]
    return [
        *(f"{SAID}{state}|{one}|{other}" for one, other in itertools.islice(roles, MANY)),
        *(f"{SAID}{state}|{telling.event}|{word}" for word in spots),
    ]


def _rarest(word: str) -> tuple[float, int, str]:
    return -weight(word), -len(word), word
