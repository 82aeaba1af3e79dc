"""What the clause around an act tells besides who takes part: things, names, lands, days, hours and counts."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Any

from communique.merge.words import content, counts, rules, states, stem, stems, tokens
from communique.model import Event, Participant, Span

Stems = frozenset[str]
_BREAK = re.compile(
    r"[;:()\n]|\s[–—-]+\s|, | (?:and|but|while|which|who|whom|as|after|before|because|when|where|since|until|although) "
)
_HOUR = re.compile(r"\b\d{1,2}(?::\d\d)?\s?[ap]\.?\s?m\b", re.I)
_IN = re.compile(r"\b(?:[Ii]n|inside|across|throughout|near|off|within)\s+(?:the\s+)?([A-Z]\w+(?:\s[A-Z]\w+)?)")
_AT = re.compile(
    r"\b(?:[Ii]n|[Aa]t|[Nn]ear|[Oo]utside|[Ii]nside)\s+(?:the\s+)?(?:(?:city|town|village|port|suburb)\s+of\s+)?([A-Z][\w'’-]+(?:\s[A-Z][\w'’-]+){0,3})"
)
_MONTH = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_DAY = re.compile(
    rf"\b(?:(mon|tues|wednes|thurs|fri|satur|sun)day|{_MONTH}\.?\s(\d{{1,2}})\b(?!,?\d)|(\d{{1,2}})\s{_MONTH})", re.I
)
_MONTHS = re.compile(r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*")
_YEAR = re.compile(r"(?:19|20)\d\d")
_BEHIND = re.compile(r",? (?:in|of|from|at|on|near|who|that|which|with|aboard)\b|,")
_OF_STATES = frozenset(
    ("name", "demonym", "capital", "seat", "government", "nationality", "city", "body", "office", "group", "pair")
)
REACH = 140  # characters on either side of an act that may belong to its clause
NEARBY = 45  # characters on either side of an act in which its adverbs stand
ARTICLE = 4  # characters before somebody in which his article stands
TAKEN_UP = 4  # words that open a sentence among which stands the noun that it takes up
AUXILIARY = 3  # words before a verb among which "have" is its own
BEFORE_SENTENCE = 40  # characters before a sentence in which a programme gives its hour


@dataclass(frozen=True, slots=True)
class Clause:
    """What the clause of an act tells.

    things are stems of what stands behind the act, lands the names of states in which its sentence puts it, days
    days by their names ("tues", "nov 18"), hour the hour of a programme, counts the numbers by which those who act
    and those to whom it is done are told, sides the stems of the common nouns for both, called the stems of their
    last names where they have one, spots the stems of names of towns and other places below states in its sentence,
    deed what somebody promises or asks to do, others whether it is done to others than before ("other senior
    officials"), general whether to nobody in particular ("all who are detained"), anew whether its verb stands in the
    present, as of who says it there and then ("we urge"), ongoing whether it tells what goes on for weeks ("we are in
    regular contact"), about whether its verb tells of what was talked ("spoke about"), refers whether its sentence
    takes up by a noun what was done before ("this additional funding brings the total to").
    """

    things: Stems = frozenset()
    lands: Stems = frozenset()
    days: Stems = frozenset()
    hour: str = ""
    counts: tuple[Stems, Stems] = (frozenset(), frozenset())
    sides: tuple[Stems, Stems] = (frozenset(), frozenset())
    called: tuple[Stems, Stems] = (frozenset(), frozenset())
    deed: str = ""
    others: bool = False
    general: bool = False
    spots: Stems = frozenset()
    anew: bool = False
    ongoing: bool = False
    about: bool = False
    refers: bool = False

    def pack(self) -> list[Any]:
        """As plain lists, from which `unpack` makes the same again."""
        held: list[Any] = []
        for each in fields(self):
            value = getattr(self, each.name)
            if isinstance(value, tuple):
                value = [sorted(side) for side in value]
            held.append(sorted(value) if isinstance(value, frozenset) else value)
        return held


NOTHING = Clause()


def unpack(held: Sequence[Any]) -> Clause:
    """The clause of plain lists."""
    plain = dict(zip((each.name for each in fields(Clause)), held, strict=False))
    for name in ("things", "lands", "days", "spots"):
        plain[name] = frozenset(plain.get(name, ()))
    for name in ("counts", "sides", "called"):
        plain[name] = tuple(frozenset(side) for side in plain[name])
    return Clause(**plain)


def clause(text: str, event: Event) -> Clause:
    """The clause of an event in the text of its document."""
    sentence, trigger = event.sentence, event.trigger
    after = text[trigger.end : min(sentence.end, trigger.end + REACH)]
    before = text[max(sentence.start, trigger.start - REACH) : trigger.start]
    last = _BREAK.search(after, 1)
    right = after[: last.start()] if last else after
    firsts = [each.end() for each in _BREAK.finditer(before)]
    left = before[firsts[-1] :] if firsts else before
    everybody = (*event.actor, *event.recipient)
    line = sentence.cut(text), sentence.start
    own = {stem(word) for who in everybody for word in tokens(f"{who.text} {who.actor.name or ''}")}
    behind = [*tokens(right)[:2], *(word for who in event.recipient for word in tokens(who.text)[:2])]
    verb = (tokens(event.event_text) or [""])[0]
    return Clause(
        things=content(right) - own,
        lands=frozenset(_lands(_around(text, sentence, trigger))),
        days=frozenset(_days(left + text[trigger.start : trigger.end] + right)),
        hour=_hour(text, sentence, trigger),
        counts=(_counts(event.actor, text), _counts(event.recipient, text)),
        sides=(_nouns(event.actor), _nouns(event.recipient)),
        called=(_called(event.actor, *line), _called(event.recipient, *line)),
        deed=_deed(event.rule),
        others=not set(rules()["other_words"]).isdisjoint(behind) and stem(verb) not in rules()["topic_acts"],
        general=event.event not in rules()["mutual_events"] and _general(before, event.recipient),
        spots=_spots(sentence.cut(text)) - own,
        anew=_anew(verb, tokens(left)),
        ongoing=_ongoing(f"{left[-NEARBY:]} {trigger.cut(text)} {after[:NEARBY]}"),
        refers=_refers(tokens(sentence.cut(text)), event.event),
        about=stem(verb) in stems("talking_verbs") and tokens(after)[:1] in ([each] for each in rules()["about_words"]),
    )


def _anew(verb: str, before: Sequence[str]) -> bool:
    """Whether a verb stands in the present: "we urge", "continues to press", not "urged" nor "have urged"."""
    if verb.endswith("ed") or verb in rules()["past_forms"]:
        return False
    return set(before[-AUXILIARY:]).isdisjoint(rules()["past_auxiliaries"])


def _refers(said: Sequence[str], kind: str) -> bool:
    """Whether a sentence opens with "this" or "these" and a noun for an event of its kind, or with "in particular"."""
    if " ".join(said[:2]) in rules()["going_on"] or " ".join(said[:1]) in rules()["going_on"]:
        return True
    nouns = rules()["taking_up"].get(kind, ())
    said = said[1:] if said[:1] == ["with"] else said
    return said[:1] in (["this"], ["these"]) and any(word in nouns for word in said[1:TAKEN_UP])


def _ongoing(words: str) -> bool:
    """Whether the words around a verb say that it goes on: "remains in close contact", "many conversations"."""
    said = f" {' '.join(tokens(words))} "
    return any(f" {mark} " in said for mark in rules()["ongoing_words"])


def _around(text: str, sentence: Span, trigger: Span) -> str:
    """The words of a sentence behind an act, and the phrase that opens it: "a tank in Chad fired" tells not where."""
    opening, comma, _ = text[sentence.start : trigger.start].partition(",")
    behind = text[trigger.end : sentence.end]
    return f"{opening} {behind}" if comma and opening.startswith("In ") else behind


def _lands(words: str) -> Iterator[str]:
    """The states in which a sentence puts what it tells."""
    for found in _IN.findall(words):
        yield from ({found.casefold(), found.split()[0].casefold()} & states())


def _spots(words: str) -> Stems:
    """The stems of the names of places below states in which a sentence puts what it tells."""
    names = {found.strip().casefold() for found in _AT.findall(words)}
    held = frozenset().union(*(content(name) for name in names if name not in states()), frozenset())
    return frozenset(word for word in held if not _MONTHS.fullmatch(word))


def _days(words: str) -> set[str]:
    found = set()
    for week, month, day, early, late in _DAY.findall(words):
        found.add(week.casefold() if week else f"{(month or late).casefold()} {day or early}")
    return found


def _hour(text: str, sentence: Span, trigger: Span) -> str:
    """The hour that opens the line or the sentence of an item of a programme."""
    line = text.rfind("\n", 0, trigger.start) + 1
    start = max(line, sentence.start - BEFORE_SENTENCE)
    found = [*_HOUR.finditer(text, start, trigger.start)]
    return re.sub(r"[^\dapm:]", "", found[-1].group().casefold()) if found else ""


def _counts(side: Sequence[Participant], text: str) -> Stems:
    """The numbers of a side, one for "a child"; neither an age nor a year."""
    said = [_with_article(who, text) for who in side]
    found = {
        stem(word)
        for each in said
        for word, after in itertools.zip_longest(each, each[1:], fillvalue="")
        if counts(word) and after != "year" and not _YEAR.fullmatch(word)
    }
    alone = [
        each
        for each in said
        if each[:1] in (["a"], ["an"]) and not {stem(word) for word in each} & stems("nouns_of_many")
    ]
    return frozenset(found | ({stem("one")} if alone and not found else set()))


def _with_article(who: Participant, text: str) -> list[str]:
    """The words for somebody with the "a" that stands before them, which is none of his name."""
    before = tokens(text[max(0, who.span.start - ARTICLE) : who.span.start])[-1:] if who.span is not None else []
    words = tokens(who.text)
    return before + words if before in (["a"], ["an"]) and words[:1] != before else words


def _nouns(side: Sequence[Participant]) -> Stems:
    """The words for those who are told by a common noun: "a woman", "terrified workers"; none where one has a name."""
    if any(_named(who) or who.via == "pronoun" for who in side):
        return frozenset()
    said = " ".join(word for who in side for word in _phrase(who).split() if word.islower())
    return frozenset(word for word in content(said) if not counts(word))


def _called(side: Sequence[Participant], sentence: str, start: int) -> Stems:
    """The last names of those who are called by one, states and bodies aside; a headline's capitals say nothing."""
    found: set[str] = set()
    for who in side:
        if who.actor.name and (who.actor.kind == "person" or not who.actor.code):
            found.update(tokens(who.actor.name)[-1:])
        elif _named(who) and who.via not in _OF_STATES and not _titled(sentence):
            if who.span is None or who.span.start > start or " " in who.text:
                found.update(tokens(_phrase(who))[-1:])
    return frozenset(stem(word) for word in found)


def _phrase(who: Participant) -> str:
    """The words for somebody up to what is said of him: "six people in Kashmir" are six people."""
    return _BEHIND.split(who.text, maxsplit=1)[0] or who.text


def _named(who: Participant) -> bool:
    """Whether the words for somebody end in a name."""
    return (_phrase(who).split() or [""])[-1][:1].isupper()


def _titled(sentence: str) -> bool:
    """Whether most words of a sentence begin with a capital."""
    words = sentence.split()
    return sum(word[:1].isupper() for word in words) > len(words) / 2


def _deed(rule: str) -> str:
    """What is promised or asked: "promise: be help" is of helping."""
    kind, mark, rest = rule.partition(": ")
    return stem(rest.split()[-1]) if mark and kind in ("promise", "request") and len(rest.split()) > 1 else ""


def _general(before: str, side: Sequence[Participant]) -> bool:
    """Whether it is done to nobody in particular: "all who are detained", "any attacks"."""
    said = tokens(before)[-6:]
    told = {word for who in side for word in _unnumbered(tokens(who.text)[:2])[:1]}
    general = set(rules()["general_words"])
    return not general.isdisjoint(told) or (
        len(said) > 2 and not general.isdisjoint(_unnumbered(said)[:-1]) and not {"who", "that"}.isdisjoint(said)
    )


def _unnumbered(said: Sequence[str]) -> list[str]:
    """Words without those before a number: "all three" are known."""
    return [word for word, after in itertools.zip_longest(said, said[1:]) if not (after and counts(after))]
