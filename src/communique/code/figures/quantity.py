"""Quantities in the words of a sentence: number, unit, bound, range and rate, read over the raw text."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from communique.code.figures import traps
from communique.code.figures.numbers import Number, numbers
from communique.code.figures.words import Counted, alternation, lexemes, pattern, rates, table, units


@dataclass(frozen=True, slots=True)
class Quantity:
    """One quantity: [start, end) in the sentence, its number's own place, and what it is.

    low or high None is an open end; both None with a value is "about". kind is money, percent, times, counted, bare
    or the kind of the unit (oil, distance, duration ...). group is the counted nouns' group.
    """

    start: int
    end: int
    number: tuple[int, int]
    value: float
    low: float | None
    high: float | None
    unit: str | None
    kind: str
    per: str | None = None
    group: str | None = None
    noun: int | None = None
    range: bool = False
    converts: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A unit found behind or before a number: where the whole ends and begins, its name, kind, factor and rate."""

    start: int
    end: int
    unit: str | None
    kind: str
    factor: float = 1.0
    per: str | None = None
    group: str | None = None
    noun: int | None = None


# given a place behind a number, the counted noun there: (token, end of its word, unit, group) or None
Noun = Callable[[Number], tuple[int, int, Counted] | None]
# the states that a sentence names, for pounds, rupees and pesos
States = Iterable[str]

_LINK = re.compile(r"\s?[-–—]\s?|\s(?:to|and|or)\s")
_BETWEEN = re.compile(r"(?i)\b(between|from)\s(?:about\s|around\s|roughly\s)?[^\s\d]{0,4}\s?$")
# "1.5 million barrels of crude oil a day": the rate stands behind the goods
_WARES = re.compile(r"(?i)\sof\s[\w-]+(?:\s(?!an?\s|per\s|each|every)[\w-]+)?(?=\s(?:an?|per|each|every)\s)")
_FLOWS = frozenset({"oil", "gas", "volume", "goods", "energy", "electricity", "counted"})
_LATER = re.compile(r"(?i)\s(?:earlier|ago|later|before|after|on)\b")
_FOR = re.compile(r"(?i)\b(?:for|of|after|lasted|lasting|is|was|than|well|just)\s$")
_PENCE = re.compile(r"p(?![\w.])")
_LINES = frozenset({240.0, 360.0, 480.0, 720.0, 1080.0})
_ACRONYM = re.compile(r"\b[A-Z]{2,}\s$")
_LONG = re.compile(r"(?i)[\s-](?:long|wide|deep|high|tall|thick|below|above)\b")
_CHANGE = re.compile(r"(?i)\b(?:up|down|by)\s$")


def quantities(text: str, noun: Noun, states: States, barred: list[tuple[int, int]]) -> list[Quantity]:
    """Every quantity of a sentence, in order. noun finds counted nouns by syntax; barred places are dates."""
    stop = [*barred, *traps.phones(text)]
    found: list[Quantity] = []
    read = numbers(text)
    index = 0
    while index < len(read):
        first = read[index]
        following = read[index + 1] if index + 1 < len(read) else None
        index += 1
        if traps.trapped(text, first, stop):
            continue
        pair = _range(text, first, following, noun, states) if following is not None else None
        if pair is not None:
            index += 1
            found.append(_finish(text, pair))
            continue
        unit = unit_of(text, first, noun, states)
        if unit is None:
            if first.scaled or not traps.year_like(text, first):
                found.append(_plain(first, Found(first.start, first.end, None, "bare")))
            continue
        if traps.year_like(text, first) and unit.kind not in ("money", "percent") and " " in text[first.end : unit.end]:
            continue
        found.append(_finish(text, _plain(first, unit)))
    found += _parts(text, found)
    return sorted(found, key=lambda each: each.start)


def _parts(text: str, found: list[Quantity]) -> list[Quantity]:
    """Fractions by which something changes, as percent: "fell by two thirds" is by 66.67 percent."""
    made = []
    for match in _fraction().finditer(text):
        if any(
            each.start < match.end("part") and match.start("part") < each.end and each.kind != "bare" for each in found
        ):
            continue
        many = table()["numbers"].get((match["many"] or "one").lower(), 1)
        value = round(100.0 * many / table()["parts"][match["part"].lower()], 2)
        start = match.start("many") if match["many"] else match.start("part")
        made.append(
            _finish(text, Quantity(start, match.end(), (start, match.end()), value, value, value, "percent", "percent"))
        )
    return made


@functools.cache
def _fraction() -> re.Pattern[str]:
    words = table()
    bounds = alternation(word for name in ("low", "high", "about") for word in words["bounds"][name])
    return re.compile(
        rf"(?i)\bby\s(?:(?:{bounds})\s)?(?:(?P<many>an?|{alternation(words['numbers'])})[\s-])?"
        rf"(?P<part>{alternation(words['parts'])})(?![\w-])(?!\sof\s(?:a\s)?\w+illion)"
    )


def _plain(number: Number, unit: Found) -> Quantity:
    low = number.low * unit.factor if unit.factor != 1.0 else number.low
    high = None if number.high is None else number.high * unit.factor
    return Quantity(
        unit.start, unit.end, (number.start, number.end), _clean(low), _clean(low), _clean(high), unit.unit, unit.kind,
        unit.per, unit.group, unit.noun,
    )  # fmt: skip


def _clean(value: float | None) -> float:
    """A product without the dust of binary fractions: 1.35 million is 1350000."""
    return float(f"{value:.12g}") if value is not None else None  # type: ignore[return-value]


def unit_of(text: str, number: Number, noun: Noun, states: States) -> Found | None:
    """The unit of a number: a sign before it, or a sign, name, percent, unit or counted noun behind it."""
    sign = pattern("sign before").search(text, max(0, number.start - 7), number.start)
    if sign is not None:
        code = table()["currency_signs"][sign["open"] or sign["close"]]
        end = number.end
        name = _money(text, end, states)
        if name is not None:  # "US$20 billion dollars", "$5 Canadian": the later word is no more than that
            end = name.end
        return Found(sign.start(), end, code, "money")
    percent = pattern("percent").match(text, number.end)
    if percent is not None:
        words = " ".join(percent["name"].lower().split())
        unit = "percentage points" if (words.startswith("percent") and "point" in words) or words == "pp" else "percent"
        unit = "basis points" if words.startswith("basis") else unit
        return Found(number.start, percent.end(), unit, "percent")
    money = _money(text, number.end, states)
    if money is not None and not (
        table()["currency_names"].get(money.group or "", {}).get("scaled") and not number.scaled
    ):
        return replace(money, start=number.start, group=None)
    if number.letter:  # 13m is metres, unless what follows is measured or counted
        measured, counted = _unit(text, number), noun(number)
        if measured is not None:
            return measured
        if counted is None:
            return _short(text, number)
        return Found(number.start, counted[1], counted[2].unit, "counted", group=counted[2].group, noun=counted[0])
    if number.digits and not number.scaled and number.low not in _LINES and _PENCE.match(text, number.end):
        return Found(number.start, number.end + 1, "GBP", "money", 0.01)
    measured = _unit(text, number)
    if measured is not None:
        return measured
    counted = noun(number)
    if counted is None or (
        counted[2].group == "arms" and _ACRONYM.search(text, max(0, number.start - 8), number.start)
    ):
        return None  # an ATR 72 aircraft
    return Found(number.start, counted[1], counted[2].unit, "counted", group=counted[2].group, noun=counted[0])


def _money(text: str, place: int, states: States) -> Found | None:
    """A currency's name or sign behind a number; pounds and rupees are those of the state that the words name."""
    sign = pattern("sign after").match(text, place)
    if sign is not None:
        return Found(place, sign.end(), table()["currency_signs"][sign["sign"]], "money")
    name = pattern("money").match(text, _of(text, place))
    if name is None:
        return None
    words = name["name"].lower()
    row = table()["currency_names"][" ".join(words.split())]
    if words == "pound" and re.match(
        r"\sof\s(?!aid|assist|fund|invest|trade|public|tax|sup|mon|damage)", text[name.end() : name.end() + 14]
    ):
        return None  # two pounds of heroin
    by = row.get("by", {})
    adjective = name["adjective"]
    state = table()["currency_adjectives"].get(" ".join(adjective.lower().split())) if adjective else None
    near = [state] if state else [] if words in ("dollar", "cent", "pound") else list(states)
    code = next((by[each] for each in near if each in by), row["code"])
    return Found(place, name.end(), code, "money", float(row.get("factor", 1.0)), group=words)


def _of(text: str, place: int) -> int:
    """Past "of" and "more" after millions: "tens of millions of dollars", "hundreds of millions more dollars"."""
    match = re.compile(r"(?i)\s(?:of|more|additional|new)(?=\s)").match(text, place)
    return match.end() if match else place


def _short(text: str, number: Number) -> Found | None:
    """13m wide: the letter is a unit, not a scale."""
    base = number.base
    if text[number.end - 1] == "m" and _LONG.match(text, number.end):
        return Found(number.start, number.end, "metres", "distance", base / number.low)
    return None


def _unit(text: str, number: Number) -> Found | None:
    match = pattern("unit").match(text, _of(text, number.end) if number.scaled else number.end)
    if match is None:
        return None
    spelling = match["open"] or match["short"]
    if match["short"] and not number.digits:
        return None
    unit = units()[" ".join(spelling.lower().split())]
    if match["short"] == "m" and match.group()[0].isspace() and text[match.end() : match.end() + 1].isalpha():
        return None
    return Found(number.start, match.end(), unit.name, unit.kind, unit.factor, unit.per)


def _range(text: str, first: Number, second: Number | None, noun: Noun, states: States) -> Quantity | None:
    """Two numbers as the ends of one range: "between 3 and 5 million", "7–10%", "$5bn to $7bn"."""
    if second is None or second.start - first.end > 24 or not first.exact or not second.exact:
        return None
    opening = _BETWEEN.search(text, max(0, first.start - 26), first.start)
    left = unit_of(text, first, lambda _: None, states)
    gap_start = left.end if left else first.end
    right = unit_of(text, second, noun, states)
    if right is None and left is not None and left.kind == "money" and left.end == first.end:
        right = Found(second.start, second.end, left.unit, "money")  # "$3-5 million"
    if right is None:
        return None
    gap = text[gap_start : min(right.start, second.start)]
    link = _LINK.fullmatch(gap)
    if link is None:
        return None
    word = gap.strip().lower()
    if left is not None and (
        left.unit != right.unit or (left.end > first.end and word in ("to", "and", "or") and opening is None)
    ):
        return None  # "rose 5 percent to 30 percent", "5 percent and 8 percent"
    if word == "and" and (opening is None or opening[1].lower() != "between"):
        return None
    if word == "to" and opening is not None and opening[1].lower() == "from":
        return None  # "from 3 to 5 million": a change, or a start and an end
    if word == "to" and _CHANGE.search(text, max(0, first.start - 6), first.start) and left is not None:
        return None
    scale = second.scale if not first.scaled and second.scaled else 1.0
    low = first.low * scale * right.factor
    high = (second.high or second.low) * right.factor
    if low >= high:
        return None
    start = min(left.start if left else first.start, first.start, right.start)
    if opening is not None:
        start = min(start, opening.start())
    return Quantity(
        start, right.end, (second.start, second.end), _clean(low), _clean(low), _clean(high), right.unit, right.kind,
        right.per, right.group, right.noun, True,
    )  # fmt: skip


def _finish(text: str, found: Quantity) -> Quantity:
    """The bound before or behind, and the rate."""
    low, high, start, end = found.low, found.high, found.start, found.end
    per = found.per
    past = _WARES.match(text, end) if found.kind in _FLOWS else None
    rate = pattern("per").match(text, past.end() if past else end) or pattern("per").match(text, end)
    if rate is not None and found.kind != "duration" and not _LATER.match(text, rate.end()):
        per = rates()[" ".join(rate["per"].lower().split())]
        end = rate.end() if past is None or rate.start() < past.end() else end
    for name in ("low", "high", "about"):
        bound = pattern(f"bound {name}").search(text, max(0, start - 34), start)
        if bound is not None and found.kind == "duration" and bound["bound"].lower() == "over":
            bound = bound if _FOR.search(text[: bound.start()][-12:]) else None  # "invest $5bn over 15 years"
        if bound is not None and bound["bound"].lower() in lexemes("whopping"):
            bound = None
        if bound is None:
            behind = pattern(f"after {name}").match(text, end)
            if behind is None or found.range:
                continue
            end = behind.end()
        elif bound["bound"].lower() not in lexemes("verb_bounds"):
            start = bound.start()
        if found.range:
            break
        if name == "low":
            high = None
        elif name == "high":
            low = None
        else:
            low = high = None
        break
    return replace(found, start=start, end=end, low=low, high=high, per=per)
