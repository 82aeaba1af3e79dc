"""From the words of a sentence to its figures: scan, ground in syntax, decide, link."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Token

from communique.code.attribution import attribution
from communique.code.figures.change import Course, course
from communique.code.figures.ground import Ground
from communique.code.figures.measure import known, measure
from communique.code.figures.period import Dated, times
from communique.code.figures.quantity import Quantity, quantities
from communique.code.figures.sides import between
from communique.code.figures.standing import status
from communique.code.figures.trends import Trend, trends
from communique.code.figures.words import Counted, counted, lexemes, pattern, table
from communique.model import Actor, Figure, Mention, Sentence, Span

# what must stand in a sentence for it to hold any figure: a digit, a word of number, of change or of record
_ANY = re.compile(r"[\d$€£¥]")
_DURATION = re.compile(r"(?i)\b(?:for|within|lasting|lasted|of|after|up to|over|in|than|another|first|next|period|spent|spend|a|an|the|its|their|his|her|our|is|was|last|lasts|and|to|nearly|almost|about|least)\s(?:the\s)?(?:first\s|next\s|initial\s)?$")
_LONG_AGO = re.compile(r"(?i)^\s(?:ago|earlier|later|before|since|after|old|previously|prior|from\snow|away|in\sa\srow|running)\b")
_PAST = re.compile(r"(?i)\b(?:past|last|previous|recent|coming|next|these|every)\s$")


@dataclass(slots=True)
class Memory:
    """What a reader remembers of the figures of an article: the currency last named."""

    currency: str | None = None


def figures(
    sentence: Sentence,
    mentions: Sequence[Mention],
    dated: Sequence[Dated] = (),
    *,
    group: Sequence[Actor] = (),
    memory: Memory | None = None,
) -> tuple[Figure, ...]:
    """Every figure and trend of a sentence, in the order of the text.

    dated are the dates of the sentence (resolve.dates.in_sentence). group is the pair that the article is about at
    that point: what two states have with each other is theirs where the sentence names no pair. memory, kept by the
    caller for one document, carries the currency from sentence to sentence ("another 5 billion").
    """
    memory = memory if memory is not None else Memory()
    if not _worth(sentence.text):
        return ()
    ground = Ground(sentence, mentions)
    states = [code for mention in mentions for code in mention.codes]
    barred = _barred(ground, dated)
    found = quantities(ground.text, ground.noun, states, barred)
    kept = _settle(ground, found, memory)
    made: list[tuple[Figure, Course | None, Quantity | None]] = []
    for quantity in kept:
        made.append(_figure(ground, quantity, dated, group, kept, made[-1][1] if made else None))
    taken = [(quantity.start, quantity.end) for quantity in kept]
    for trend in trends(ground, taken):
        made.append((_trend(ground, trend, dated, group), None, None))
    made.sort(key=lambda item: (item[0].span.start, item[0].span.end))
    return _linked(made)


_NUMBERS = re.compile(r"(?i)[a-z]+")


def _worth(text: str) -> bool:
    """Whether a sentence may hold a figure at all: cheap, so that most sentences cost nothing more."""
    return _ANY.search(text) is not None or not _words().isdisjoint(text.lower().replace("-", " ").split()) or _stems(text)


def _stems(text: str) -> bool:
    low = text.lower()
    return any(stem in low for stem in _trend_stems())


def _words() -> frozenset[str]:
    return frozenset(table()["numbers"]) | frozenset(table()["scales"]) | {"double", "triple", "dozen"}


def _trend_stems() -> tuple[str, ...]:
    return tuple(sorted(table()["trend_stems"]))


def _barred(ground: Ground, dated: Sequence[Dated]) -> list[tuple[int, int]]:
    """Dates hold no figures, but "within 28 days" says how long."""
    shift = ground.sentence.span.start
    places = []
    for item in dated:
        expression = getattr(item, "expression", None)
        if expression is not None and expression.kind in ("within", "unit", "offset") and item.role != "deadline":
            if expression.kind == "within":
                continue
        if item.role == "anniversary":
            continue
        places.append((item.span.start - shift, item.span.end - shift))
    return places


def _settle(ground: Ground, found: list[Quantity], memory: Memory) -> list[Quantity]:
    """Bare numbers take the unit of what stands beside them, or go; durations must be durations."""
    kept: list[Quantity] = []
    for place in range(len(found) - 2, -1, -1):  # "97, 98 and 99 percent": back to front
        quantity, later = found[place], found[place + 1]
        if quantity.kind == "bare" and later.kind in ("percent", "counted") and later.value < 10 * quantity.value:
            gap = ground.text[quantity.end : later.start].strip()
            if gap in (",", "or", ", or", "/") or (gap in ("and", ", and") and later.kind == "percent"):
                found[place] = replace(quantity, unit=later.unit, kind=later.kind, group=later.group, noun=later.noun)
    for place, quantity in enumerate(found):
        if quantity.kind == "bare":
            adopted = _adopt(ground, quantity, kept, memory)
            if adopted is not None:
                kept.append(adopted)
            continue
        if quantity.kind == "duration" and not _lasting(ground, quantity):
            continue
        if quantity.kind == "money":
            memory.currency = quantity.unit
            if kept and kept[-1].kind == "money" and _converts(ground, kept[-1], quantity):
                quantity = replace(quantity, converts=True)
        kept.append(quantity)
    return kept


def _converts(ground: Ground, first: Quantity, second: Quantity) -> bool:
    """500 billion yen ($3.3 billion): the same money once more."""
    if first.unit == second.unit or first.converts:
        return False
    gap = ground.text[first.end : second.start]
    return "(" in gap and pattern("conversion").match(gap) is not None or re.fullmatch(r"(?i),?\s(?:or|equivalent to|equal to)(?:\sabout|\saround|\ssome|\snearly)?\s?", gap) is not None


def _lasting(ground: Ground, quantity: Quantity) -> bool:
    """Whether days or years say how long something lasts, not when it was or how old somebody is."""
    text = ground.text
    before, behind = text[max(0, quantity.start - 26) : quantity.start], text[quantity.end : quantity.end + 14]
    if _LONG_AGO.match(behind) and not before.lower().endswith("for ") or _PAST.search(before) or re.search(r"(?i)\baged?\s$", before):
        return False
    head = ground.head(quantity.start, quantity.end)
    if head.dep_ == "pobj" and head.head.lower_ in ("since", "before", "until", "by"):
        return False
    return "-" in text[quantity.number[1] : quantity.end] or _DURATION.search(before) is not None or quantity.value >= 2


def _adopt(ground: Ground, quantity: Quantity, kept: list[Quantity], memory: Memory) -> Quantity | None:
    """A bare number as a figure: money behind money, people behind people, the dead of "killed 12"."""
    big = quantity.value >= 1e6
    tokens = ground.inside(*quantity.number)
    token = tokens[-1] if tokens else None
    behind = ground.tokens[token.i - ground.tokens[0].i + 1 :][:1] if token is not None else []
    alone = not behind or behind[0].pos_ in ("AUX", "VERB", "PUNCT", "ADP", "CCONJ", "PART", "SCONJ", "ADV")
    if behind and behind[0].lower_ == "of":
        return None
    people = [each for each in kept if each.kind == "counted" and each.group in ("people", "troops", "vaccines")]
    if people and alone and quantity.value >= 10 and (people[-1].value >= 1e6) == (quantity.value >= 1e6 or quantity.value >= 1e4):
        return replace(people[-1], start=quantity.start, end=quantity.end, number=quantity.number, value=quantity.value,
                       low=quantity.low, high=quantity.high)  # fmt: skip
    money = [each for each in kept if each.kind == "money"]
    if big and alone and (money or memory.currency):
        unit = money[-1].unit if money else memory.currency
        head = ground.head(*quantity.number)
        name, _ = measure(ground, replace(quantity, kind="money"), head, None)
        if money or name in ("aid", "trade", "investment", "loan", "exports", "imports", "debt", "budget", "deals"):
            return replace(quantity, unit=unit, kind="money")
    if token is not None and alone:
        tallied = _tallied(ground, token)
        if tallied is not None and quantity.value >= 2:
            return replace(quantity, unit=tallied[0].unit, kind="counted", group=tallied[0].group, noun=tallied[1].i)
        verb = ground.verb(token)
        close = verb is not None and (token.head.i == verb.i or token.head.head.i == verb.i)
        if verb is not None and close and token.dep_ in ("dobj", "nsubjpass", "nsubj", "pobj", "attr", "oprd"):
            lemma = verb.lemma_.lower()
            for name, lemmas in table()["person_measures"].items():
                if lemma in lemmas and name in ("deaths", "wounded", "arrests", "displaced") and not (token.dep_ == "pobj" and token.head.lower_ != "of"):
                    return replace(quantity, unit="people", kind="counted", group="people", noun=token.i)
    return None


def _tallied(ground: Ground, token: Token) -> tuple[Counted, Token] | None:
    """What a bare number counts where its verb's subject or object says so: "the death toll rose to 120"."""
    if token.dep_ not in ("pobj", "dobj", "attr", "nummod") or (token.dep_ == "pobj" and token.head.lower_ not in ("to", "at", "from", "by", "of")):
        return None
    verb = ground.verb(token)
    own = ground.clauses.get(verb.i) if verb is not None else None
    for noun in [*own.objects, *own.subjects] if own is not None else []:
        if noun.lemma_.lower() in lexemes("tallies") and noun.i != token.i:
            below = [c for c in noun.children if c.dep_ in ("compound", "amod")]
            below += [t for p in noun.children if p.dep_ == "prep" and p.lower_ == "of" for t in p.children]
            for each in below:
                kind = counted().get(each.lemma_.lower())
                if kind is not None:
                    return kind, each
    return None


def _figure(
    ground: Ground,
    quantity: Quantity,
    dated: Sequence[Dated],
    group: Sequence[Actor],
    others: Sequence[Quantity] = (),
    before: Course | None = None,
) -> tuple[Figure, Course | None, Quantity | None]:
    sentence = ground.sentence
    head = ground.head(*quantity.number) if quantity.kind != "counted" or quantity.noun is None else sentence.syntax.doc[quantity.noun]
    if quantity.kind != "counted":
        head = ground.head(quantity.number[0], quantity.end)
    way = course(ground, quantity, head) if quantity.kind != "duration" else Course(None, None, False)
    if way.word is None and before is not None and before.change and _beside(ground, quantity, others):
        way = before
    name, word = measure(ground, quantity, head, way.word)
    period, deadline = times(ground, quantity, dated, way.change, others)
    kind = status(ground, quantity, head, way, bool(deadline.latest or deadline.earliest))
    shift = sentence.span.start
    span = Span(quantity.start + shift, quantity.end + shift)
    per = quantity.per or _rate(ground, quantity, word)
    figure = Figure(
        document_id=sentence.document_id,
        span=span,
        text=sentence.text[quantity.start : quantity.end],
        value=quantity.value,
        low=quantity.low,
        high=quantity.high,
        unit=quantity.unit,
        currency=quantity.unit if quantity.kind == "money" else None,
        per=per,
        measure=name,
        between=between(ground, head, name, word, group),
        status=kind,
        direction=way.direction,
        period=period,
        deadline=deadline,
        sentence=sentence.span,
        sequence=sentence.sequence,
        attributed_to=attribution(head, ground.roles, ground.clauses),
        confidence=0.95 if quantity.kind in ("money", "percent") else 0.85,
        rule="figure.conversion" if quantity.converts else f"figure.{quantity.kind}",
    )
    return figure, way, quantity


def _beside(ground: Ground, quantity: Quantity, others: Sequence[Quantity]) -> bool:
    """Whether a figure is joined to the one before it: "6% compared to 2022 and 28% compared to 2019"."""
    place = next(i for i, other in enumerate(others) if other.start == quantity.start)
    if place == 0 or others[place - 1].kind != quantity.kind or quantity.kind != "percent":
        return False
    gap = ground.text[others[place - 1].end : quantity.start]
    return re.fullmatch(r"(?i)(?:\s(?:compared|from|on|in|over|to|with|the|[a-z]+|\d{4}),?){0,6},?\s(?:and|or)\s(?:by\s)?", gap) is not None and not any(
        token.pos_ in ("VERB", "AUX") and token.lower_ != "compared" for token in ground.inside(others[place - 1].end, quantity.start)
    )


def _rate(ground: Ground, quantity: Quantity, word: Token | None) -> str | None:
    """Annual trade of $5 billion is per year."""
    if quantity.kind in ("percent", "duration", "distance"):
        return None
    rates = table()["per_before"]
    near = [*ground.inside(max(0, quantity.start - 30), quantity.start)[-3:], *ground.inside(quantity.end, quantity.end + 20)[:3]]
    for token in [*(word.children if word is not None else ()), *near]:
        if token.lower_ in rates and token.dep_ in ("amod", "advmod", "compound", "nmod"):
            if word is None or token.head.i == word.i or known(token.head) or token.dep_ == "advmod":
                return str(rates[token.lower_])
    return None


def _trend(ground: Ground, trend: Trend, dated: Sequence[Dated], group: Sequence[Actor]) -> Figure:
    sentence = ground.sentence
    place = Quantity(trend.start, trend.end, (trend.start, trend.end), 0.0, None, None, None, "trend")
    period, deadline = times(ground, place, dated, True)
    value = trend.factor
    kind = trend.status
    if value is not None and (deadline.latest or deadline.earliest) and kind != "change":
        kind = "target"
    shift = sentence.span.start
    return Figure(
        document_id=sentence.document_id,
        span=Span(trend.start + shift, trend.end + shift),
        text=sentence.text[trend.start : trend.end],
        value=value,
        low=value,
        high=value,
        unit="times" if value is not None else None,
        currency=None,
        per=None,
        measure=trend.measure,
        between=between(ground, trend.token, trend.measure, trend.noun, group),
        status=kind,
        direction=trend.direction,
        period=period,
        deadline=deadline,
        sentence=sentence.span,
        sequence=sentence.sequence,
        attributed_to=attribution(trend.token, ground.roles, ground.clauses),
        confidence=0.7,
        rule="figure.multiple" if value is not None else "figure.trend",
    )


def _linked(made: list[tuple[Figure, Course | None, Quantity | None]]) -> tuple[Figure, ...]:
    """A change and the level it led to know each other, and so do a sum and its conversion."""
    links: dict[int, list[str]] = {}
    for one, (figure, way, quantity) in enumerate(made):
        for other in range(one + 1, len(made)):
            second, course_, other_quantity = made[other]
            together = (
                way is not None and course_ is not None and way.word is not None and course_.word is not None
                and way.word.i == course_.word.i and way.change != course_.change
            )  # fmt: skip
            converted = other == one + 1 and other_quantity is not None and other_quantity.converts and quantity is not None
            if together or converted:
                links.setdefault(one, []).append(second.id)
                links.setdefault(other, []).append(figure.id)
    done = []
    for index, (figure, _, quantity) in enumerate(made):
        figure = replace(figure, linked=tuple(links.get(index, ())))
        if quantity is not None and quantity.converts and index:
            before = done[-1]
            figure = replace(figure, measure=before.measure, between=before.between, status=before.status,
                             direction=before.direction, period=before.period, deadline=before.deadline, per=before.per)  # fmt: skip
        elif figure.measure is None and links.get(index):
            twin = next((f for f, _, _ in made if f.id in links[index] and f.measure), None)
            figure = replace(figure, measure=twin.measure) if twin else figure
        done.append(figure)
    return tuple(done)
