"""From the words of a sentence to its figures: scan, ground in syntax, decide, link."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from communique.code.attribution import attribution
from communique.code.figures.change import Course, course
from communique.code.figures.currency import Home, at_home, of_states
from communique.code.figures.ground import Ground
from communique.code.figures.measure import known, measure
from communique.code.figures.period import Dated, settled, times
from communique.code.figures.quantity import Quantity, quantities
from communique.code.figures.settle import Memory, settle
from communique.code.figures.sides import between, pair_of, prices
from communique.code.figures.standing import status
from communique.code.figures.trends import Trend, trends
from communique.code.figures.words import table
from communique.model import Actor, Figure, Mention, Sentence, Span
from communique.tree import Token

# what must stand in a sentence for it to hold any figure: a digit, a word of number, of change or of record
_ANY = re.compile(r"[\d$€£¥]")


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
    before, memory.before = memory.before, pair_of(mentions)
    if not _worth(sentence.text):
        return ()
    ground = Ground(sentence, mentions)
    group = before if before and prices(ground.text) else group
    states = [code for mention in mentions for code in mention.codes]
    barred = _barred(ground, dated)
    if memory.home.country and not states:
        states = [memory.home.country]  # rupees and pesos are those of the outlet where no state is named
    found = of_states(ground.text, quantities(ground.text, ground.noun, states, barred), states)
    found = at_home(ground.text, found, memory.home)
    kept = settle(ground, found, memory)
    ground.without([(each.start, each.end) for each in kept if each.kind == "money"])
    made: list[tuple[Figure, Course | None, Quantity | None]] = []
    for quantity in kept:
        made.append(_figure(ground, quantity, dated, group, kept, made[-1][1] if made else None, memory.home))
    taken = [(quantity.start, quantity.end) for quantity in kept]
    for trend in trends(ground, taken):
        made.append((_trend(ground, trend, dated, group), None, None))
    made.sort(key=lambda item: (item[0].span.start, item[0].span.end))
    return _linked(made)


def _worth(text: str) -> bool:
    """Whether a sentence may hold a figure at all: cheap, so that most sentences cost nothing more."""
    return (
        _ANY.search(text) is not None or not _words().isdisjoint(text.lower().replace("-", " ").split()) or _stems(text)
    )


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


def _figure(
    ground: Ground,
    quantity: Quantity,
    dated: Sequence[Dated],
    group: Sequence[Actor],
    others: Sequence[Quantity] = (),
    before: Course | None = None,
    home: Home | None = None,
) -> tuple[Figure, Course | None, Quantity | None]:
    sentence = ground.sentence
    head = ground.head(quantity.number[0], quantity.end)
    if quantity.kind == "counted" and quantity.noun is not None:
        noun = sentence.syntax.doc[quantity.noun]
        head = noun if quantity.start <= ground.place(noun) < quantity.end else head
    way = course(ground, quantity, head) if quantity.kind != "duration" else Course(None, None, False)
    if way.word is None and before is not None and before.change and _beside(ground, quantity, others):
        way = before
    name, word = measure(ground, quantity, head, way.word)
    period, deadline, base = times(ground, quantity, dated, way.change, others)
    kind = status(ground, quantity, head, way, bool(deadline.latest or deadline.earliest))
    period, deadline = settled(kind, period, deadline)
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
        rule=_rule(quantity, home),
        base=base,
    )
    return figure, way, quantity


def _rule(quantity: Quantity, home: Home | None) -> str:
    """The rule, with the reason where a bare sign was taken for another dollar than the American."""
    if quantity.converts:
        return "figure.conversion"
    if home is not None and home.why and quantity.unit == home.dollar != "USD":
        return f"figure.{quantity.kind}, $ is {home.dollar}: {home.why}"
    return f"figure.{quantity.kind}"


def _beside(ground: Ground, quantity: Quantity, others: Sequence[Quantity]) -> bool:
    """Whether a figure is joined to the one before it: "6% compared to 2022 and 28% compared to 2019"."""
    place = next(i for i, other in enumerate(others) if other.start == quantity.start)
    if place == 0 or others[place - 1].kind != quantity.kind or quantity.kind != "percent":
        return False
    gap = ground.text[others[place - 1].end : quantity.start]
    return re.fullmatch(
        r"(?i)(?:\s(?:compared|from|on|in|over|to|with|the|[a-z]+|\d{4}),?){0,6},?\s(?:and|or)\s(?:by\s)?", gap
    ) is not None and not any(
        token.pos_ in ("VERB", "AUX") and token.lower_ != "compared"
        for token in ground.inside(others[place - 1].end, quantity.start)
    )


def _rate(ground: Ground, quantity: Quantity, word: Token | None) -> str | None:
    """Annual trade of $5 billion is per year."""
    if quantity.kind in ("percent", "duration", "distance"):
        return None
    rates = table()["per_before"]
    near = [
        *ground.inside(max(0, quantity.start - 30), quantity.start)[-3:],
        *ground.inside(quantity.end, quantity.end + 20)[:3],
    ]
    for token in [*(word.children if word is not None else ()), *near]:
        if token.lower_ in rates and token.dep_ in ("amod", "advmod", "compound", "nmod"):
            if word is None or token.head.i == word.i or known(token.head) or token.dep_ == "advmod":
                return str(rates[token.lower_])
    return None


def _trend(ground: Ground, trend: Trend, dated: Sequence[Dated], group: Sequence[Actor]) -> Figure:
    sentence = ground.sentence
    place = Quantity(trend.start, trend.end, (trend.start, trend.end), 0.0, None, None, None, "trend")
    period, deadline, base = times(ground, place, dated, True)
    value = trend.factor
    kind = trend.status
    if value is not None and (deadline.latest or deadline.earliest) and kind != "change":
        kind = "target"
    period, deadline = settled(kind, period, deadline)
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
        base=base,
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
            converted = (
                other == one + 1 and other_quantity is not None and other_quantity.converts and quantity is not None
            )
            if together or converted:
                links.setdefault(one, []).append(second.id)
                links.setdefault(other, []).append(figure.id)
    done: list[Figure] = []
    for index, (figure, _, quantity) in enumerate(made):
        figure = replace(figure, linked=tuple(links.get(index, ())))
        if quantity is not None and quantity.converts and index:
            before = done[-1]
            figure = replace(
                figure, measure=before.measure, between=before.between, status=before.status, per=before.per,
                direction=before.direction, period=before.period, deadline=before.deadline,
            )  # fmt: skip
        elif figure.measure is None and links.get(index):
            twin = next((f for f, _, _ in made if f.id in links[index] and f.measure), None)
            figure = replace(figure, measure=twin.measure) if twin else figure
        done.append(figure)
    return tuple(done)
