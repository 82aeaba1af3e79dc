"""What was gathered becomes the sections of a brief, line by line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

from communique.export.brief import chart, elsewhere, promises, summary, unknown
from communique.export.brief.gather import Gathered, Told
from communique.export.brief.nouns import Brief, Line, Section
from communique.export.brief.wording import (
    capital,
    counted,
    date,
    day,
    excerpt,
    figure,
    in_text,
    listed,
    people,
    rules,
    speaker,
    state,
    what,
    who,
)
from communique.model import Assessment, Document, Figure, Quote, Span

T = TypeVar("T", Figure, Quote, Assessment)


def compose(first: str, second: str, asked: str | None, found: Gathered) -> Brief:
    """The whole brief of a pair of states. Where there is nothing to tell, it says what there is instead."""
    series = chart.series(found)
    names = (state(first), state(second))
    if not found.documents:
        hints = tuple(elsewhere.lines((first, second), found))
        return Brief(first, second, names, asked, hints, (), (), series, chart.alt(names, series))
    parts = rules()["parts"]
    deeds = [told for told in found.told if told.record.event in parts["deeds"]]
    pledges = [told for told in found.told if told.record.event in parts["pledges"]]
    pressures = [told for told in found.told if told.record.event in parts["pressures"]]
    promised = [pair for pair in found.figures if pair[0].status in rules()["promised_figures"]]
    pair = f"{in_text(names[0])} and {in_text(names[1])}"
    sections = (
        Section(
            "timeline",
            "Timeline",
            "Every event of the pair once, however many pages tell it, at its date as far as that is known.",
            tuple(line(told, found, rules()["excerpt"]) for told in found.told),
            f"No event between {pair} was found.",
        ),
        Section(
            "deeds",
            "Talks and deeds",
            "What was done together or for the other: talks and visits, trade, help, release, withdrawal.",
            tuple(line(told, found, rules()["short_excerpt"]) for told in deeds),
            "None was found.",
        ),
        Section(
            "pledges",
            "Agreements and pledges",
            "What was promised, signed or aimed at. A promise is not a deed and a target is not a result.",
            (
                *(line(told, found, rules()["short_excerpt"]) for told in pledges),
                *figure_lines(promised, found),
            ),
            "None was found.",
        ),
        Section(
            "promises",
            "What came of promises",
            "Who bound himself to what, by when, and what later reports say. Silence is not failure.",
            tuple(promises.lines(found)),
            "No promise that could be checked was found.",
        ),
        Section(
            "pressures",
            "Pressures",
            "Demands, accusations, refusals, threats, sanctions, compulsion and force.",
            tuple(line(told, found, rules()["short_excerpt"]) for told in pressures),
            "None was found.",
        ),
        Section(
            "figures",
            "Figures",
            "Each with what kind of figure it is, and the time it is for.",
            tuple(figure_lines(found.figures, found)),
            "No figure between the two was found.",
        ),
        Section(
            "quotes",
            "Who said what",
            "Exact words where the page gives exact words, else what the page says they said.",
            tuple(quote_lines(found)),
            "Nobody of either side is quoted on the other.",
        ),
        Section(
            "assessments",
            "Assessments",
            "What somebody judges or expects. These are not events and count nowhere else in this brief.",
            tuple(assessment_lines(found)),
            "Nobody's judgement was found.",
        ),
        Section(
            "unknown",
            "What is not known",
            "What a reader must not take from this brief for certain.",
            tuple(unknown.lines(found)),
            "Nothing was found to be missing.",
        ),
    )
    return Brief(
        first,
        second,
        names,
        asked,
        tuple(summary.lines(names, found)),
        sections,
        tuple(sorted(found.sources.values(), key=lambda source: source.number)),
        series,
        chart.alt(names, series),
    )


def line(told: Told, found: Gathered, limit: int) -> Line:
    """The line of a record: who did what to whom, in which words, and how far to trust it."""
    event = told.main
    document = next(doc for each, doc in told.events if each is event)
    sentence = event.sentence.cut(document.text)
    marked = Span(event.trigger.start - event.sentence.start, event.trigger.end - event.sentence.start)
    return Line(
        what(event),
        date(told.date),
        excerpt(sentence, marked, limit),
        tuple(_notes(told, found)),
        found.evidence(told.events),
        told.record.id,
    )


def _notes(told: Told, found: Gathered) -> Iterator[str]:
    event = told.main
    if event.attributed_to:
        yield f"according to {speaker(event.attributed_to.speaker)}"
    outlets = independent((document for _, document in told.events), found)
    if told.record.status == "disputed":
        yield "reports disagree"
    if outlets > 1:
        yield f"told independently by {outlets} outlets"
    copies = {document.key for _, document in told.events if found.voice[document.key] != document.key}
    if copies:
        yield f"also in {counted(len(copies), 'copy', 'copies')}"
    if event.confidence < rules()["low_confidence"]:
        yield f"uncertain reading ({event.confidence:.0%})"


def independent(documents: Iterable[Document], found: Gathered) -> int:
    """How many outlets tell it that neither copy each other nor are the same."""
    keyed = {document.key: document for document in found.documents}
    voices = {found.voice[document.key] for document in documents}
    return len({(keyed[key].source or key).casefold() for key in voices})


def figure_lines(figures: Iterable[tuple[Figure, Document]], found: Gathered) -> Iterator[Line]:
    """Figures; the same one in several pages once."""
    grouped: dict[tuple[object, ...], list[tuple[Figure, Document]]] = {}
    for item, document in figures:
        same = (item.status, item.direction, item.value, item.low, item.high, item.unit, item.per)
        text = item.text.casefold() if item.value is None else None
        grouped.setdefault((*same, text, (item.measure or "").casefold(), date(item.period)), []).append(
            (item, document)
        )
    for pairs in _in_order(grouped.values(), found):
        item, document = pairs[0]
        notes = [rules()["figures"][item.status]]
        if item.deadline.latest:
            notes.append(f"due by {date(item.deadline) if item.deadline.earliest else day(item.deadline.latest)}")
        if item.attributed_to:
            notes.append(f"according to {speaker(item.attributed_to.speaker)}")
        if item.confidence < rules()["low_confidence"]:
            notes.append(f"uncertain reading ({item.confidence:.0%})")
        period = date(item.period) if item.period.earliest or item.period.latest else "time not given"
        marked = Span(item.span.start - item.sentence.start, item.span.end - item.sentence.start)
        words = excerpt(item.sentence.cut(document.text), marked, rules()["short_excerpt"])
        yield Line(figure(item), period, words, tuple(notes), found.evidence(pairs))


def quote_lines(found: Gathered) -> Iterator[Line]:
    """Who said what; the same words in copies once."""
    grouped: dict[tuple[str, str], list[tuple[Quote, Document]]] = {}
    for item, document in found.quotes:
        said_by = who(item.speaker) if item.speaker else "somebody not named"
        grouped.setdefault((said_by, " ".join(item.quote.casefold().split())), []).append((item, document))
    for pairs in _in_order(grouped.values(), found):
        item, document = pairs[0]
        said_by = who(item.speaker) if item.speaker else "somebody not named"
        to = f" to {in_text(who(item.addressee))}" if item.addressee else ""
        notes = [f"through {who(item.through)}"] if item.through else []
        notes += (
            []
            if item.mode == "direct"
            else ["partly in exact words" if item.mode == "partial" else "reported, not exact words"]
        )
        said = "said" if item.mode != "indirect" else "is reported to have said"
        yield Line(
            f"{capital(in_text(said_by))} {said}{to}",
            f"published {date(document.published)}" if document.published.earliest else "page not dated",
            " ".join(item.quote.split()).rstrip(","),
            tuple(notes),
            found.evidence(pairs),
        )


def assessment_lines(found: Gathered) -> Iterator[Line]:
    """What somebody judges or expects; the same in copies once."""
    grouped: dict[str, list[tuple[Assessment, Document]]] = {}
    for item, document in found.assessments:
        grouped.setdefault(" ".join(item.text.casefold().split()), []).append((item, document))
    for pairs in _in_order(grouped.values(), found):
        item, _ = pairs[0]
        by = capital(in_text(who(item.by))) if item.by else "The page itself"
        notes = [f"hedged: {listed(item.hedges)}"] if item.hedges else []
        if item.horizon.latest or item.horizon.earliest:
            notes.append(f"for {date(item.horizon)}")
        about = f", on {people(item.about)}" if item.about else ""
        words = " ".join(item.text.split())
        yield Line(f"{by}{about}", None, words, tuple(notes), found.evidence(pairs))


def _in_order(groups: Iterable[list[tuple[T, Document]]], found: Gathered) -> list[list[tuple[T, Document]]]:
    """Groups of the same item, each and all in the order of sources and reading."""

    def order(pair: tuple[T, Document]) -> tuple[int, Span]:
        return found.sources[pair[1].key].number, pair[0].span

    return sorted((sorted(group, key=order) for group in groups), key=lambda group: order(group[0]))
