"""What a text tells around an event: who was there or was not, in whose waters, by which crossing, when it opens."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from communique.knowledge import load
from communique.merge.words import content, stem, tokens
from communique.model import Coded, Event, Span

PRESENCE, SIDE, CROSSING, SPOT, DEED, OPENING = "presence", "side", "crossing", "spot", "deed", "opening"
ITSELF = "itself"  # of a denial: who denies is said to have done nothing, not that nothing was done to him
NOBODY = "*"  # whose waters are nobody's
_NAME = r"[A-ZÀ-ÖØ-Þ][\w'’.-]*(?:\s+(?:(?:el|al|de|du|of|la|le|ash)[\s-]+)?[A-ZÀ-ÖØ-Þ][\w'’.-]*){0,3}"
_BREAK = re.compile(
    r"[;:\n]|,? (?:and|but|while|although|though|as|because|since|when) (?=[A-Z]|the\b|no\b|nobody\b)|, "
)
_TITLED = re.compile(r"\b[A-ZÀ-ÖØ-Þ][\w'’-]+")
_YEAR = r"(?:19|20)\d\d"
_MONTHS = "january february march april may june july august september october november december".split()
_DATE = re.compile(
    rf"\b(?:(?P<part>end|middle|mid|beginning|start|early|late|spring|summer|autumn|fall|winter)[\s-]+(?:of[\s-]+|in[\s-]+)?)?"
    rf"(?:(?P<month>{'|'.join(_MONTHS)})\s+)?(?:of\s+)?(?P<year>{_YEAR})\b",
    re.I,
)
_UNDONE = re.compile(
    r"\b[Nn]o (?P<thing>(?:\w+ ){1,3})(?:was|were|had been|has been|have been|were ever|was ever) "
    r"(?P<verb>\w+(?:ed|en|ne|un|ld|ht|de|ng|ck|id|wn|rn))\b"
)
_ITSELF = re.compile(
    r"(?:\s+on\s+\w+|,[^,.]{1,60},)?\s+(?:that\s+)?(?:(?:it|they|he|she|its\s+\w+(?:\s\w+)?|their\s+\w+(?:\s\w+)?)\s+"
    r"(?:had|has|have|did|was|were)\s+(?:not\s+|ever\s+)?(?P<verb>\w+)|(?P<ing>\w+ing)\b)"
)
REACH = 220  # characters of a sentence that are looked through
SHOWN = 24  # characters before the name of a crossing that are shown
CLAUSE = 110  # characters of a clause that are shown
MEETINGS = frozenset({"CONSULT", "AGREE", "SUPPORT"})
DEEDS = frozenset({"COERCE", "MOBILIZE", "ASSAULT", "PROTEST", "RETREAT", "SANCTION", "THREATEN"})
CARRIED = frozenset({"AID", "COOPERATE", "MOBILIZE", "RETREAT", "CONCEDE", "CONSULT"})
_PRONOUNS = frozenset("the no nobody none neither nor they he she it both only even a an his her its their".split())
ENDS = {"early": "03", "beginning": "01", "start": "01", "mid": "06", "middle": "06", "late": "11", "end": "12",
        "spring": "04", "summer": "07", "autumn": "10", "fall": "10", "winter": "01"}  # fmt: skip


class Fact(NamedTuple):
    """One thing that is told around an event.

    kind: itself (of a denial), presence, side (in whose waters), crossing, spot (a place beside which it was, or was
    not), deed (something that was not done), opening. text is its own words, as they are shown; marks what two reports
    of it share (names, offices, states, places, stems); codes the states it is of; holds whether it is said to be so;
    value is the day of an opening, as YYYY or YYYY-MM, and moved whether that takes the place of another one.
    """

    kind: str
    text: str
    marks: frozenset[str]
    codes: frozenset[str] = frozenset()
    holds: bool = True
    value: str = ""
    moved: bool = False

    def pack(self) -> list[Any]:
        """As plain lists, from which `unpack` makes the same again."""
        return [self.kind, self.text, sorted(self.marks), sorted(self.codes), self.holds, self.value, self.moved]


def unpack(held: Sequence[Any]) -> Fact:
    """The fact of plain lists."""
    kind, text, marks, codes, holds, value, moved = held
    return Fact(kind, text, frozenset(marks), frozenset(codes), holds, value, moved)


@functools.cache
def words() -> dict[str, Any]:
    """The words of circumstances (knowledge/circumstances.yaml)."""
    held: dict[str, Any] = load.data("circumstances.yaml")
    return held


@functools.cache
def _any(*names: str) -> re.Pattern[str]:
    """One expression for the phrases of some lists, the longest first."""
    said = {str(phrase) for name in names for phrase in words()[name]}
    return re.compile(
        rf"\b(?:{'|'.join(re.escape(each) for each in sorted(said, key=lambda x: (-len(x), x)))})\b", re.I
    )


@functools.cache
def nations() -> frozenset[str]:
    """The words of the names of states and of their people, in small letters: "Kyrgyz" is nobody's own name."""
    found: set[str] = set()
    for file in load.names("states", ".yaml"):
        for entry in load.data(file).get("states") or ():
            for name in (entry.get("name"), *(entry.get("names") or ()), *(entry.get("demonyms") or ()),
                         *(entry.get("adjectives") or ())):  # fmt: skip
                found.update(tokens(str(name or "")))
    return frozenset(found)


def around(coded: Coded) -> dict[str, tuple[Fact, ...]]:
    """What is told around the events of a document, by the ids of the events."""
    events = sorted(coded.events, key=lambda event: (event.trigger.start, event.id))
    if not events:
        return {}
    text = coded.document.text
    named = [(mention.span, frozenset(mention.codes)) for _, mention in coded.mentions if mention.codes]
    found: dict[str, list[Fact]] = {}
    for sentence in coded.sentences:
        if sentence.end - sentence.start > 4 * REACH:
            continue  # no sentence, but a list
        for fact in _facts(text, sentence, named, coded):
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


def _facts(text: str, sentence: Span, named: Sequence[tuple[Span, frozenset[str]]], coded: Coded) -> Iterator[Fact]:
    said = sentence.cut(text)
    here = [(span, codes) for span, codes in named if sentence.start <= span.start < sentence.end]

    def codes_of(start: int, end: int) -> frozenset[str]:
        return frozenset(
            code
            for span, codes in here
            if start < span.end - sentence.start and span.start - sentence.start < end
            for code in codes
        )

    yield from _presence(said, codes_of)
    yield from _sides(said, codes_of)
    yield from _crossing(said)
    yield from _spots(said)
    yield from _undone(said)
    published = coded.document.published.latest
    yield from _openings(said, published.year if published else None, published.month if published else None)


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


def _presence(said: str, codes_of: Any) -> Iterator[Fact]:
    """Who is said to have been there, or not."""
    if not (_any("present", "absent", "with", "without").search(said)):
        return
    meant = _any("encounters").search(said) is not None or _any("certain").search(said) is not None
    if not meant:
        return
    for found in _any("with", "without").finditer(said):
        start, end = found.end(), _end(said, found.end())
        holds = found.group().lower() not in words()["without"]
        yield from _persons(said, start, end, holds, codes_of)
    for found in _any("present", "absent").finditer(said):
        if _any("with", "without").match(said, found.start()):
            continue
        start = _start(said, found.start())
        subject = said[start : found.start()]
        gone = found.group().lower() in words()["absent"]
        turned = _any("negations").search(subject) is not None
        if gone and turned:
            continue  # "nobody stayed away"
        yield from _persons(said, start, found.start(), not (gone or turned), codes_of)


def _start(said: str, verb: int) -> int:
    """Where the subject of a verb begins: behind the last break that leaves it a name or an office."""
    start = 0
    for found in _BREAK.finditer(said, max(0, verb - REACH), verb):
        rest = said[found.end() : verb]
        if found.group().strip(" ,") == "and" and not _clausal(said[start : found.start()]):
            continue  # "the ministers Ann Li and Bo Chen took part"
        if _TITLED.search(rest) or not set(_office(rest)).isdisjoint(words()["offices"]):
            # "Foreign Minister Ann Li, who is ill, stayed away": the break before "who" leaves no name
            start = found.end()
    return start


def _clausal(said: str) -> bool:
    """Whether words hold more than names and offices, so that a clause ends with them."""
    small = [word for word in tokens(said) if word.isalpha()]
    titled = {word.casefold() for name in _TITLED.findall(said) for word in tokens(name)}
    spelled = words()["spellings"]
    rest = [word for word in small if word not in titled and str(spelled.get(word, word)) not in words()["offices"]]
    return any(word not in _PRONOUNS | {"of", "for"} for word in rest)


def _end(said: str, start: int) -> int:
    found = re.compile(r"[,;:.\n](?:\s|$)| (?:who|which|that|in|at|on|said|told|during|for) ").search(said, start)
    return found.start() if found else len(said)


def _office(said: str) -> frozenset[str]:
    """The words of an office, spelled alike."""
    spelled = words()["spellings"]
    held = {str(spelled.get(word, word)) for word in tokens(said.replace("-", " "))}
    return frozenset(held & set(words()["offices"]))


def _persons(said: str, start: int, end: int, holds: bool, codes_of: Any) -> Iterator[Fact]:
    """A person or several by names and offices, with the states that they are of."""
    phrase = " ".join(said[start:end].split()).strip(" ,")
    phrase = re.sub(r"(?:^|\s)(?:also|who|did|does|had|has|have|was|were|not|never|both|on \w+day)$", "", phrase).strip(
        " ,"
    )
    office = _office(phrase)
    groups = {word for word in tokens(phrase) if word in words()["groups"]}
    names = frozenset(
        word.casefold().strip("'’.").removesuffix("'s").removesuffix("’s")
        for word in _TITLED.findall(phrase)
        if not (_office(word) or word.casefold().removesuffix("'s").removesuffix("’s") in nations() | _PRONOUNS)
    )
    if not phrase or not (names or office or groups) or len(phrase) > REACH:
        return
    nobody = re.match(r"(?:no|nobody|none|neither)\b", phrase, re.I) is not None
    marks = {f"name {name}" for name in names} | {f"office {word}" for word in office}
    if nobody or (groups and not names and not office):
        marks |= {f"group {word}" for word in groups}
        holds = False if nobody else holds
    yield Fact(PRESENCE, phrase, frozenset(marks), codes_of(start, end), holds)


def _sides(said: str, codes_of: Any) -> Iterator[Fact]:
    """In whose waters or on whose side something was, or outside of them."""
    zones = "|".join(re.escape(each) for each in words()["zones"])
    for found in re.finditer(rf"\b(?:{zones})\b", said, re.I):
        start = max((each.end() for each in re.finditer(r"[,;:.]\s", said[: found.start()])), default=0)
        before = said[max(start, found.start() - 60) : found.start()]
        lead = [*_any("inside", "outside").finditer(before)]
        if not lead or len(before[lead[-1].end() :].split()) > 4:
            continue
        word, owner = lead[-1].group().lower(), before[lead[-1].end() :]
        outside = word in words()["outside"]
        nobodys = _any("nobodys").search(owner) is not None
        at = found.start() - len(owner)
        codes = codes_of(at, found.start())
        if not codes and re.search(r"\b(?:its|their|our) (?:own )?", owner):
            codes = codes_of(0, at)  # "Morocco acted within its own waters"
        if not codes and (tail := re.match(r"\s+of\s+(?:the\s+)?", said[found.end() :])):
            codes = codes_of(found.end(), found.end() + tail.end() + 30)
        negated = _any("negations").search(said[start : found.start()]) is not None and not outside
        phrase = " ".join(said[found.start() - len(before) + lead[-1].start() : found.end()].split())
        if nobodys:
            yield Fact(SIDE, phrase, frozenset({NOBODY}), frozenset({NOBODY}), not negated)
        elif len(codes) == 1:
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
                yield Fact(CROSSING, _whole(said_so, said_so == found.group()), marks)


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
        yield Fact(SPOT, yes, _place(yes))
        yield Fact(SPOT, f"not {no}", _place(no), holds=False)
    for found in re.finditer(rf"\b{told}", said):
        yield Fact(SPOT, found.group(), _place(found.group()))


def _place(said: str) -> frozenset[str]:
    return frozenset(word.casefold() for word in _TITLED.findall(said))


def _undone(said: str) -> Iterator[Fact]:
    """What is said not to have been done, by nobody in particular: "no shots were fired", "nobody was arrested"."""
    for found in _UNDONE.finditer(said):
        marks = frozenset(stem(word) for word in (*tokens(found["thing"]), found["verb"].casefold()) if len(word) > 2)
        if len(marks) > 1:
            yield Fact(DEED, " ".join(found.group().split()), marks, holds=False)


def _openings(said: str, year: int | None, month: int | None) -> Iterator[Fact]:
    """When something is to open or to be ready, and whether that day takes the place of another one."""
    verbs = [kind for kind, each in words()["openings"].items() if not set(each).isdisjoint(tokens(said))]
    if not verbs or not _any("ahead", "moved").search(said):
        return
    dates = [*_DATE.finditer(said)]
    if not dates:
        return
    moved = [*_any("moved").finditer(said)]
    chosen = dates[0]
    if moved and len(dates) > 1:
        # behind "instead of" stands the old day, behind "now expected" the new one
        old = {"instead of", "rather than", "and not in", "not in"}
        last = moved[-1]
        behind = [each for each in dates if each.start() >= last.end()]
        ahead = [each for each in dates if each.end() <= last.start()]
        turned = last.group().lower() in old
        chosen = (ahead[-1] if ahead else chosen) if turned else (behind[0] if behind else chosen)
    marks = frozenset(f"kind {kind}" for kind in verbs)
    marks |= content(said)
    yield Fact(OPENING, _around(said, chosen), marks, value=_value(chosen), moved=bool(moved))


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
