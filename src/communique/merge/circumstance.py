"""What a text tells around an event: who was there or was not, in whose waters, by which crossing, when it opens."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from communique.merge.attendance import attendance
from communique.merge.fact import (
    CROSSING,
    DEED,
    ITSELF,
    NOBODY,
    OPENING,
    PRESENCE,
    REACH,
    SIDE,
    SPOT,
    TITLED,
    CodesOf,
    Fact,
    any_of,
    words,
)  # fmt: skip
from communique.merge.words import content, rules, stem, tokens
from communique.model import Coded, Event, Span

_NAME = r"[A-ZÀ-ÖØ-Þ][\w'’.-]*(?:\s+(?:(?:el|al|de|du|of|la|le|ash)[\s-]+)?[A-ZÀ-ÖØ-Þ][\w'’.-]*){0,3}"
_YEAR = r"(?:19|20)\d\d"
_MONTHS = "january february march april may june july august september october november december".split()
_DATE = re.compile(
    rf"\b(?:(?P<part>end|middle|mid|beginning|start|early|late|spring|summer|autumn|fall|winter)[\s-]+(?:of[\s-]+|in[\s-]+)?)?"
    rf"(?:(?P<month>{'|'.join(_MONTHS)})\s+)?(?:of\s+)?(?P<year>{_YEAR})\b",
    re.I,
)
_DIGITS = re.compile(_YEAR)
_PASSING = re.compile(r"\b(?:through|via|at|by way of|over|using)\b")
_UNDONE = re.compile(
    r"\b[Nn]o (?P<thing>(?:\w+ ){1,3})(?:was|were|had been|has been|have been|were ever|was ever) "
    r"(?P<verb>\w+(?:ed|en|ne|un|ld|ht|de|ng|ck|id|wn|rn))\b"
)
_ITSELF = re.compile(
    r"(?:\s+on\s+\w+|,[^,.]{1,60},)?\s+(?:that\s+)?(?:(?:it|they|he|she|its\s+\w+(?:\s\w+)?|their\s+\w+(?:\s\w+)?)\s+"
    r"(?:had|has|have|did|was|were)\s+(?:not\s+|ever\s+)?(?P<verb>\w+)|(?P<ing>\w+ing)\b)"
)
SHOWN = 24  # characters before the name of a crossing that are shown
CLAUSE = 110  # characters of a clause that are shown
MEETINGS = frozenset({"CONSULT", "AGREE", "SUPPORT"})
DEEDS = frozenset({"COERCE", "MOBILIZE", "ASSAULT", "PROTEST", "RETREAT", "SANCTION", "THREATEN"})
CARRIED = frozenset({"AID", "COOPERATE", "MOBILIZE", "RETREAT", "CONCEDE", "CONSULT"})
ENDS = {"early": "03", "beginning": "01", "start": "01", "mid": "06", "middle": "06", "late": "11", "end": "12",
        "spring": "04", "summer": "07", "autumn": "10", "fall": "10", "winter": "01"}  # fmt: skip


def around(coded: Coded) -> dict[str, tuple[Fact, ...]]:
    """What is told around the events of a document, by the ids of the events."""
    events = sorted(coded.events, key=lambda event: (event.trigger.start, event.id))
    if not events:
        return {}
    text = coded.document.text
    named = [(mention.span, frozenset(mention.codes)) for _, mention in coded.mentions if mention.codes]
    day = coded.document.published.earliest
    published = day.isoformat() if day else ""
    deeds = {event.sentence.start for event in events if event.event in DEEDS}
    found: dict[str, list[Fact]] = {}
    for sentence in coded.sentences:
        if sentence.end - sentence.start > 4 * REACH:
            continue  # no sentence, but a list
        for fact in _facts(text, sentence, named, published, deeds):
            for event in _carriers(fact, sentence, events):
                found.setdefault(event.id, []).append(fact)
    for event in events:
        if event.event == "REJECT" and _of_itself(text[event.trigger.end : event.sentence.end]):
            found.setdefault(event.id, []).append(Fact(ITSELF, event.event_text, frozenset()))
    return {name: tuple(dict.fromkeys(each)) for name, each in found.items()}


def _of_itself(behind: str) -> bool:
    """Whether what is denied is that the one who denies did something: "denied that it had expelled them"."""
    found = _ITSELF.match(behind)
    return found is not None and (found["verb"] or found["ing"]).casefold() not in words()["undergone"]


def _facts(
    text: str, sentence: Span, named: Sequence[tuple[Span, frozenset[str]]], published: str, deeds: set[int]
) -> Iterator[Fact]:
    said = sentence.cut(text)

    def codes_of(start: int, end: int) -> frozenset[str]:
        start, end = start + sentence.start, end + sentence.start
        return frozenset(code for span, codes in named if start < span.end and span.start < end for code in codes)

    yield from attendance(said, codes_of)
    yield from _sides(said, codes_of)
    if _PASSING.search(said):
        yield from _crossing(said)
    if sentence.start in deeds or " not " in said:
        yield from _spots(said)
    yield from _undone(said)
    yield from _openings(said, published)


def _carriers(fact: Fact, sentence: Span, events: Sequence[Event]) -> list[Event]:
    """The events that a fact is told of: those of its own sentence that it may belong to, else of the one before."""
    fitting = [event for event in events if _fits(fact, event)]
    if fact.kind == PRESENCE:  # of an encounter, which may be told only by what was agreed there
        met = {event.sentence.start for event in fitting if event.event == "CONSULT"}
        fitting = [event for event in fitting if event.sentence.start in met or (not met and len(_acting(event)) > 1)]
    own = [event for event in fitting if event.sentence.start == sentence.start]
    if own:
        return own
    before = [event.sentence.start for event in fitting if event.sentence.start < sentence.start]
    behind = [event.sentence.start for event in fitting if event.sentence.start > sentence.start]
    chosen = max(before) if before else min(behind, default=None) if fact.kind != DEED else None
    return [event for event in fitting if event.sentence.start == chosen]


def _acting(event: Event) -> set[str]:
    return {who.actor.code for who in event.actor if who.actor.code}


def _fits(fact: Fact, event: Event) -> bool:
    """Whether something of its kind is told of events of that kind, between such states."""
    codes = {who.actor.code for who in (*event.actor, *event.recipient) if who.actor.code}
    if fact.kind == PRESENCE:
        return event.event in MEETINGS and event.stance in ("actual", "historical") and len(codes) > 1
    if fact.kind == SIDE:
        return event.event in DEEDS and (
            NOBODY in fact.codes or not codes or len(codes) < 2 or bool(fact.codes & codes)
        )
    if fact.kind == CROSSING:
        return event.event in CARRIED and len(codes) > 1
    if fact.kind == OPENING:
        return len(codes) > 1
    return event.event in DEEDS and bool(codes)


def _sides(said: str, codes_of: CodesOf) -> Iterator[Fact]:
    """In whose waters or on whose side something was, or outside of them."""
    for found in any_of("zones").finditer(said):
        start = max((each.end() for each in re.finditer(r"[,;:.]\s", said[: found.start()])), default=0)
        before = said[max(start, found.start() - 60) : found.start()]
        lead = [*any_of("inside", "outside").finditer(before)]
        if not lead or len(before[lead[-1].end() :].split()) > 4:
            continue
        word, owner = lead[-1].group().lower(), before[lead[-1].end() :]
        outside = word in words()["outside"]
        nobodys = any_of("nobodys").search(owner) is not None
        at = found.start() - len(owner)
        codes = codes_of(at, found.start())
        if not codes and re.search(r"\b(?:its|their|our) (?:own )?", owner):
            codes = codes_of(0, at)  # "Morocco acted within its own waters"
        if not codes and (tail := re.match(r"\s+of\s+(?:the\s+)?", said[found.end() :])):
            codes = codes_of(found.end(), found.end() + tail.end() + 30)
        negated = any_of("negations").search(said[start : found.start()]) is not None and not outside
        phrase = " ".join(said[found.start() - len(before) + lead[-1].start() : found.end()].split())
        if nobodys:
            yield Fact(SIDE, phrase, frozenset({NOBODY}), frozenset({NOBODY}), not negated)
        elif len(codes) == 1 and codes.isdisjoint(rules()["generic_codes"]):
            yield Fact(SIDE, phrase, frozenset(codes), frozenset(codes), not (outside or negated))


def _crossing(said: str) -> Iterator[Fact]:
    """By which crossing something went from one state to another."""
    posts = "|".join(re.escape(each) for each in sorted(words()["crossings"], key=len, reverse=True))
    verbs = "|".join(words()["crossed"])
    patterns = (
        rf"\b(?:through|via|at|by way of|over|using)\s+(?:the\s+)?(?P<name>{_NAME})\s+(?:{posts})\b",
        rf"\b(?:through|via|at|by way of|over|using)\s+the\s+(?:{posts})\s+(?:at|of|in|near)\s+(?P<name>{_NAME})",
        rf"\b(?:crossed|crosses|crossing)\s+(?:the\s+(?:border|frontier)|over|into\s+{_NAME})\s+(?:at|near|through|via)\s+(?P<name>{_NAME})",
        rf"\b(?:{verbs})\b[^.;]{{0,90}}?\b(?:by way of|via)\s+(?P<name>{_NAME})",
    )
    for pattern in patterns:
        for found in re.finditer(pattern, said):
            name = found["name"]
            marks = frozenset(word for word in tokens(name) if len(word) > 2)
            if marks:
                said_so = said[max(found.start(), found.start("name") - SHOWN) : found.end()]
                yield Fact(CROSSING, _whole(said_so, said_so == found.group()).strip(" .,"), marks)


def _spots(said: str) -> Iterator[Fact]:
    """Beside which place something was, and beside which it expressly was not: "south of Hanko, not off Porvoo"."""
    beside = "|".join(re.escape(each) for each in sorted(words()["beside"], key=len, reverse=True))
    told = rf"(?:{beside})\s+(?:the\s+)?{_NAME}"
    for found in re.finditer(
        rf"\b(?P<yes>{told}),?\s+(?:and\s+)?not\s+(?P<no>{told})|\bnot\s+(?P<no2>{told}),?\s+but\s+(?P<yes2>{told})"
        rf"|\b(?P<yes3>{told}),?\s+(?:rather than|instead of)\s+(?P<no3>{told})",
        said,
    ):
        yes = found["yes"] or found["yes2"] or found["yes3"]
        no = found["no"] or found["no2"] or found["no3"]
        yield Fact(SPOT, yes.strip(" ."), _place(yes))
        yield Fact(SPOT, f"not {no}".strip(" ."), _place(no), holds=False)
    for found in re.finditer(rf"\b{told}", said):
        yield Fact(SPOT, found.group().strip(" ."), _place(found.group()))


def _place(said: str) -> frozenset[str]:
    return frozenset(word.casefold() for word in TITLED.findall(said))


def _undone(said: str) -> Iterator[Fact]:
    """What is said not to have been done, by nobody in particular: "no shots were fired", "nobody was arrested"."""
    for found in _UNDONE.finditer(said):
        marks = frozenset(stem(word) for word in (*tokens(found["thing"]), found["verb"].casefold()) if len(word) > 2)
        if len(marks) > 1:
            yield Fact(DEED, " ".join(found.group().split()), marks, holds=False)


def _openings(said: str, published: str) -> Iterator[Fact]:
    """When something is to open or to be ready, and whether that day takes the place of another one."""
    dates = [*_DATE.finditer(said)] if _DIGITS.search(said) else []
    if not dates or not any_of("ahead", "moved").search(said):
        return
    verbs = [kind for kind, each in words()["openings"].items() if not set(each).isdisjoint(tokens(said))]
    if not verbs:
        return
    moved = [*any_of("moved").finditer(said)]
    chosen = dates[0]
    if moved and len(dates) > 1:
        # behind "instead of" stands the old day, behind "now expected" the new one
        old = {"instead of", "rather than", "and not in", "not in"}
        last = moved[-1]
        behind = [each for each in dates if each.start() >= last.end()]
        ahead = [each for each in dates if each.end() <= last.start()]
        turned = last.group().lower() in old
        chosen = (ahead[-1] if ahead else chosen) if turned else (behind[0] if behind else chosen)
    value = _value(chosen)
    if value[: len(published)] < published[: len(value)] or re.search(r"\bsince\s*$", said[: chosen.start()]):
        return  # no day that lies ahead
    marks = frozenset(f"kind {kind}" for kind in verbs)
    marks |= content(said)
    yield Fact(OPENING, _around(said, chosen), marks, value=value, moved=bool(moved))


def _around(said: str, date: re.Match[str]) -> str:
    """The words of an opening: its clause up to the date, as far as it can be shown."""
    start = max((each.end() for each in re.finditer(r"[;:]\s|\n|, and ", said[: date.start()])), default=0)
    return _whole(said[max(start, date.end() - CLAUSE) : date.end()], date.end() - start <= CLAUSE)


def _whole(said: str, uncut: bool) -> str:
    """Words without the one that a cut has left in pieces."""
    held = " ".join(said.split())
    return held if uncut else held.partition(" ")[2]


def _value(date: re.Match[str]) -> str:
    month = date["month"]
    number = f"{_MONTHS.index(month.casefold()) + 1:02d}" if month else ENDS.get((date["part"] or "").casefold(), "")
    return f"{date['year']}-{number}" if number else date["year"]
