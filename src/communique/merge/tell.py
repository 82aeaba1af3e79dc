"""What a document tells, event by event and figure by figure, as the merge compares it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from communique.merge.circumstance import around
from communique.merge.clause import Clause, clause
from communique.merge.telling import FIGURE, SLACK, Amount, Said, Side, Telling, delays
from communique.merge.words import SHORTEST_STEM, content, rules, stem, stems, tokens
from communique.model import Coded, Document, Event, Figure, Participant, Span, When
from communique.occasion import occasion

BESIDE = 3  # words before a trigger among which "also" is its own
POINTED = 20  # characters of a sentence in which its first word stands
FOR_MANY = frozenset(("we", "us", "our", "ours", "ourselves"))  # who says so speaks for his state
OPENING = 3  # words that open a sentence
LONG_AGO = 150  # days after which "so many months ago" counts months roughly


def tellings(coded: Coded, agency: str = "") -> Iterator[Telling]:
    """The events and figures of a document, as if it copied nobody."""
    document = coded.document
    page = _page(document, agency)
    amounts = _amounts(coded)
    earlier = dict(zip(coded.sentences[1:], coded.sentences, strict=False))
    figures: dict[Span, list[Figure]] = {}
    for figure in coded.figures:
        figures.setdefault(figure.sentence, []).append(figure)
    formers = {sentence: _formers(document.text, sentence, each) for sentence, each in figures.items()}
    old = {each.id for pairs in formers.values() for _, each in pairs}
    amounts = {name: replace(each, old=name in old) for name, each in amounts.items()}
    facts = around(coded)
    for event in coded.events:
        everybody = (*event.actor, *event.recipient)
        act = act_of(event)
        told = _common(event, document, everybody, act, event.date, page)
        yield Telling(
            event_id=event.id,
            event=event.event,
            mode=event.mode,
            stance=event.stance,
            rule=event.rule,
            span=(event.trigger.start, event.trigger.end),
            sides=(_side(event.actor), _side(event.recipient)),
            unordered=event.unordered,
            people=_people(everybody, event.event in rules()["mutual_events"], told["clause"].ongoing),
            said=tuple(_said(event)),
            low=_ordinal(event.date.earliest),
            high=_ordinal(event.date.latest),
            place=event.place.name if event.place else None,
            land=event.place.code if event.place else None,
            slack=_slack(event.date, document),
            around=frozenset(
                code
                for _, mention in coded.mentions
                if event.sentence.start <= mention.span.start < event.sentence.end
                for code in mention.codes
            )
            if turns(event)
            else frozenset(),
            amounts=tuple(amounts[figure.id] for figure in figures.get(event.sentence, ())),
            facts=facts.get(event.id, ()),
            **page,
            **told,
        )
    for figure in coded.figures:
        if figure.value is None or not figure.unit:
            continue
        yield Telling(
            event_id=figure.id,
            event=FIGURE,
            mode=None,
            stance="actual",
            rule="",
            span=(figure.span.start, figure.span.end),
            sides=(_side(figure.between), frozenset()),
            unordered=True,
            people={},
            said=(
                ("figure", " ".join(figure.text.split())),
                *((("measure", figure.measure),) if figure.measure else ()),
            ),
            low=None,
            high=None,
            place=None,
            amounts=(amounts[figure.id],),
            former=tuple(amounts[was.id] for now, was in formers[figure.sentence] if now.id == figure.id),
            **page,
            **_common(figure, document, figure.between, "", figure.period, page, earlier.get(figure.sentence)),
        )


def _page(document: Document, agency: str) -> dict[str, Any]:
    """What all that one page tells has alike."""
    told, key = occasion(document), document.key
    return {
        "key": key,
        "text": key,
        "revises": revises(document),
        "day": _ordinal(told.latest or told.earliest),
        "outlet": " ".join((document.source or "").split()).casefold(),
        "agency": agency,
    }


def _common(
    item: Event | Figure,
    document: Document,
    everybody: Sequence[Participant],
    act: str,
    when: When,
    page: dict[str, Any],
    before: Span | None = None,
) -> dict[str, Any]:
    """What events and figures have alike."""
    sentence = item.sentence.cut(document.text)
    names = {stem(word) for who in everybody for word in _names(who)}
    every = content(sentence)
    if isinstance(item, Figure) and before and pointing(sentence):
        every |= content(before.cut(document.text))  # "It commits the firm to 3 million": what it is was said before
    # a figure's own words say how much, not what is measured
    own = stems("amount_words") | content(item.text) if isinstance(item, Figure) else frozenset()
    day = when.earliest.isoformat() if when.earliest else "9999"
    start = item.trigger.start if isinstance(item, Event) else item.span.start
    return {
        "act": act,
        "sentence": (item.sentence.start, item.sentence.end),
        "words": every - names - {act} - own,
        "all_words": every,
        "corrects": bool(set(rules()["correcting_words"]) & set(tokens(sentence))),
        "clause": clause(document.text, item) if isinstance(item, Event) else Clause(),
        "adds": isinstance(item, Event) and adds(document.text, item.sentence, item.trigger),
        "order": (day, document.id, page["key"], item.sequence, start, item.id),
    }


def _slack(when: When, document: Document) -> int:
    """Days by which a month that is counted back from a report may be off: "eighteen months ago" is about then."""
    told = document.published.earliest
    if when.basis != "relative" or when.precision != "month" or when.latest is None or told is None:
        return 0
    return SLACK if (told - when.latest).days > LONG_AGO else 0


def act_of(event: Event) -> str:
    """The stem of the first word of what was done; who holds a meeting meets, who announces sanctions imposes them."""
    verb, _, matter = event.rule.removeprefix("verb ").partition("+")
    if verb in ("have", "announce") and matter in rules()["had_things"]:
        return str(rules()["had_things"][matter])
    return stem((tokens(event.event_text) or [event.event_text])[0])


def pointing(sentence: str) -> bool:
    """Whether a sentence opens with a word that stands for what the one before it spoke of."""
    first = (tokens(sentence[:POINTED]) or [""])[0]
    # "The line costs 5 million": of which line was told before
    thing = first == "the" and bool({stem(word) for word in tokens(sentence)[1:2]} & stems("pointing_nouns"))
    return first in rules()["pointing_words"] or thing


def adds(text: str, sentence: Span, trigger: Span) -> bool:
    """Whether a sentence tells something as one more thing: "they also agreed", "in addition, Germany will"."""
    before = tokens(text[sentence.start : trigger.start])
    beside = {*before[-BESIDE:], *tokens(text[trigger.end : sentence.end])[:1]}
    marks = rules()["adding_words"]
    return not beside.isdisjoint(marks) or any(
        f" {' '.join(before[:OPENING])} ".startswith(f" {mark} ") for mark in (*marks, *rules()["adding_openings"])
    )


def turns(event: Event) -> bool:
    """Whether an event denies or puts off: then everybody whom its sentence names may take part in what it is about."""
    act = act_of(event)
    return act in rules()["denying_acts"] or delays(act, event.rule)


def _names(who: Participant) -> list[str]:
    """The words by which somebody is called: of whom we know, those with a capital; "the ship that" is no name."""
    if not who.actor.code:
        return tokens(f"{who.text} {who.actor.name or ''}")
    said = (*who.text.split(), *(who.actor.name or "").split())
    return tokens(" ".join(word for word in said if not word.islower()))


def revises(document: Document) -> bool:
    """Whether a document says of itself that it mends an earlier one."""
    text = f"{document.title or ''}\n{document.text}".casefold()
    return any(mark in text for mark in rules()["revising_marks"])


def _ordinal(day: dt.date | None) -> int | None:
    return day.toordinal() if day else None


def _said(event: Event) -> Iterator[Said]:
    """What one report says of the event, field by field, as it is shown."""
    from communique.export.dates import period

    yield "event", event.event
    if event.mode:
        yield "mode", event.mode
    for role, side in (("actor", event.actor), ("recipient", event.recipient)):
        for who in side:
            name = who.actor.name or who.text
            yield role, f"{who.actor.code} {name}" if who.actor.code and who.actor.code != name else name
    yield "date", period(event.date) or "unknown"
    if event.place:
        yield "place", event.place.name
    yield "stance", event.stance
    if event.attributed_to:
        speaker = event.attributed_to.speaker
        yield "said by", speaker.actor.name or speaker.text


def _amounts(coded: Coded) -> dict[str, Amount]:
    """The amounts of a document by the ids of its figures."""
    held = {figure.id: _amount(figure) for figure in coded.figures}
    values = {(each.unit, each.per, each.low, each.high) for each in held.values() if each.low is not None}
    units = Counter((unit, per) for unit, per, _, _ in values)
    return {name: replace(each, lone=units[each.unit, each.per] == 1) for name, each in held.items()}


def _amount(figure: Figure) -> Amount:
    low = figure.low if figure.low is not None else figure.value
    high = figure.high if figure.high is not None else figure.value
    start, end = _ordinal(figure.period.earliest), _ordinal(figure.period.latest)
    nouns = {stem(word) for word in tokens(figure.text) if len(word) >= SHORTEST_STEM and word.isalpha()}
    named = tuple(sorted(nouns - stems("amount_words") - {*rules()["counting_words"], *rules()["number_words"]}))
    return Amount(figure.text, figure.unit, figure.per, low, high, figure.status, start, end, figure.measure, named)


def _formers(text: str, sentence: Span, figures: Sequence[Figure]) -> list[tuple[Figure, Figure]]:
    """Pairs of figures of a sentence of which the first stands in the place of the second.

    "15 percent and not 18 percent" always says so; "from 1.6 trillion to 600 billion" only where something is amended,
    since trade that rises from one amount to another was right before.
    """
    found = []
    held = sorted((each for each in figures if each.value is not None), key=lambda each: each.span.start)
    amended = not set(rules()["amending_words"]).isdisjoint(stem(word) for word in tokens(sentence.cut(text)))
    for at, one in enumerate(held):
        for other in held[at + 1 :]:
            if (one.unit, one.per) != (other.unit, other.per) or one.value == other.value:
                continue
            between = " ".join(tokens(text[one.span.end : other.span.start]))
            before = (tokens(text[sentence.start : one.span.start]) or [""])[-1]
            if between in rules()["instead_words"] or (amended and before == "to" and between == "from"):
                found.append((one, other))
            elif (before == "not" and between == "but") or (amended and before == "from" and between == "to"):
                found.append((other, one))
    return found


def _side(side: tuple[Participant, ...]) -> Side:
    """The codes of a side; only where nobody on it has one, their names ("villages and Pakistan" is Pakistan)."""
    generic = rules()["generic_codes"]
    codes = frozenset(
        f"{who.actor.code} {(who.actor.name or who.text).casefold()}" if who.actor.code in generic else who.actor.code
        for who in side
        if who.actor.code
    )
    return codes or frozenset((who.actor.name or who.text).casefold() for who in side)


def _people(everybody: tuple[Participant, ...], mutual: bool, ongoing: bool) -> dict[str, frozenset[str]]:
    """The named persons of each state; who says "we" is one of them only where he was present himself.

    Of those who meet also who stands for no state, under "".
    """
    found: dict[str, set[str]] = {}
    for who in everybody:
        if who.text.casefold() in FOR_MANY and not (mutual and not ongoing):
            continue
        if who.actor.kind == "person" and who.actor.name and (who.actor.code or mutual):
            found.setdefault(who.actor.code or "", set()).add(who.actor.name.casefold())
    return {code: frozenset(names) for code, names in found.items()}
