"""What is not known: everything that a careful reader must not take for certain, each with where it shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from communique.export.brief.gather import Gathered, Told
from communique.export.brief.nouns import Evidence, Line
from communique.export.brief.wording import counted, date, dated, listed, rules, what
from communique.model import Claim, Document, Event, Figure, Participant

SHOWN = 12  # evidence that a line gives; the timeline has the rest


def lines(found: Gathered) -> Iterator[Line]:
    """Disputes, missing dates, unnamed people, undated pages, uncertain readings, and what was left out."""
    yield from _disputes(found)
    yield from _figure_disputes(found)
    yield from _dates(found)
    yield from _nameless(found)
    yield from _pages(found)
    yield from _uncertain(found)
    yield from _left_out(found)


_FIELD = {"value": "", "stance": "", "date": "day ", "place": "place ", "participants": "who took part "}


def _disputes(found: Gathered) -> Iterator[Line]:
    """Events that reports tell differently: each value with who gives it."""
    for told in found.told:
        if told.record.status != "disputed":
            continue
        sides = [
            f"{_FIELD[each.field]}{_claim(each.field, each.first, found)} against "
            f"{_claim(each.field, each.second, found)}"
            for each in told.record.disagreements
            if each.verdict == "contradiction" and all(_numbers(side, found) for side in (each.first, each.second))
        ]
        sides = list(dict.fromkeys(sides))
        yield Line(
            f"Reports disagree: {what(told.main)}" + (f": {'; '.join(sides)}" if sides else ""),
            date(told.date),
            evidence=found.evidence([*told.events, *_contrary(told, found)]),
            record=told.record.id,
        )


def _numbers(claim: Claim, found: Gathered) -> list[int]:
    """The numbers of the sources that say so."""
    return sorted({found.sources[key].number for _, key in claim.said_by if key in found.sources})


def _claim(field: str, claim: Claim, found: Gathered) -> str:
    """A value with the numbers of who says so."""
    value = " ".join(claim.value.split())
    if field == "stance":
        value = {"actual": "it happened", "historical": "it happened", "denied": "denied"}.get(value, value)
    return f"{value} [{', '.join(map(str, _numbers(claim, found)))}]"


def _contrary(told: Told, found: Gathered) -> Iterator[tuple[Event, Document]]:
    """The tellings in other records whose stance makes this one disputed."""
    keys = {key for field, value, key in told.record.values if field == "stance" and value != told.main.stance}
    for other in found.told:
        if other is not told and other.record.status == "disputed" and other.record.event == told.record.event:
            yield from ((event, document) for event, document in other.events if document.key in keys)


def _figure_disputes(found: Gathered) -> Iterator[Line]:
    """The same quantity of the same time at different amounts in texts that do not copy each other."""
    groups: dict[tuple[object, ...], list[tuple[Figure, Document]]] = {}
    for figure, document in found.figures:
        if (
            figure.value is not None
            and figure.measure
            and figure.unit
            and (figure.period.earliest or figure.period.latest)
        ):
            period = (figure.period.earliest, figure.period.latest)
            same = (figure.measure.casefold(), figure.unit, figure.per, figure.status, period)
            groups.setdefault(same, []).append((figure, document))
    for pairs in groups.values():
        texts: dict[str, set[float]] = {}
        for figure, document in pairs:
            texts.setdefault(found.voice[document.key], set()).add(figure.value or 0.0)
        singles = {next(iter(values)) for values in texts.values() if len(values) == 1}
        if len(singles) > 1 and max(singles) - min(singles) > 0.01 * abs(max(singles, key=abs)):
            amounts = dict.fromkeys(f"{' '.join(f.text.split())} [{found.sources[d.key].number}]" for f, d in pairs)
            figure = pairs[0][0]
            yield Line(
                f"Figures differ: {figure.measure}: {' against '.join(amounts)}",
                date(figure.period),
                evidence=found.evidence(pairs),
            )


def _dates(found: Gathered) -> Iterator[Line]:
    """Events without a date, and those of which only one bound is known."""
    none = [told for told in found.told if told.date.earliest is None and told.date.latest is None]
    half = [told for told in found.told if told not in none and not dated(told.date)]
    if none:
        verb = "has no date at all" if len(none) == 1 else "have no date at all"
        yield Line(f"{counted(len(none), 'event')} {verb}", evidence=_evidence(none, found))
    if half:
        yield Line(
            f"Of {counted(len(half), 'event')} only the latest or the earliest possible day is known, "
            "most often the day on which the page came out",
            evidence=_evidence(half, found),
        )


def _nameless(found: Gathered) -> Iterator[Line]:
    """People and groups whom nobody can name or place, and who speaks without a name."""
    seen: dict[str, list[tuple[Event, Document]]] = {}
    for told in found.told:
        for event, document in told.events:
            speaker = (event.attributed_to.speaker,) if event.attributed_to else ()
            for who in (*event.actor, *event.recipient, *speaker):
                if _unnamed(who):
                    seen.setdefault(" ".join(who.text.split()), []).append((event, document))
    if seen:
        names = [f"“{name}”" for name in sorted(seen, key=str.casefold)]
        pairs = [pair for entries in seen.values() for pair in entries]
        shown = listed(names[:SHOWN]) + (f" and {len(names) - SHOWN} more" if len(names) > SHOWN else "")
        yield Line(f"Not named or not placed: {shown}", evidence=found.evidence(pairs)[:SHOWN])


def _unnamed(who: Participant) -> bool:
    return who.actor.code is None or who.actor.kind == "unknown"


def _pages(found: Gathered) -> Iterator[Line]:
    """Pages whose day of publication is not known, and why we know no more."""
    for document in found.documents:
        if document.published.day is not None:
            continue
        words = f"The day on which [{found.sources[document.key].number}] was published is not known"
        known = date(document.published)
        if document.published.earliest or document.published.latest:
            words += f" ({known.removeprefix('date unknown, ')})"
        notes = [document.published.note] if document.published.note else []
        if document.page_date.day:
            notes.append(f"the page itself shows {date(document.page_date)}, which may be the day it was viewed")
        yield Line(words, notes=tuple(notes), evidence=_any_of(document, found))


def _any_of(document: Document, found: Gathered) -> tuple[Evidence, ...]:
    pairs = [pair for told in found.told for pair in told.events if pair[1].key == document.key]
    return found.evidence(pairs)[:1]


def _uncertain(found: Gathered) -> Iterator[Line]:
    low = rules()["low_confidence"]
    weak = [told for told in found.told if told.main.confidence < low]
    if weak:
        verb = "was" if len(weak) == 1 else "were"
        yield Line(
            f"{counted(len(weak), 'event')} {verb} read with less than {low:.0%} confidence",
            evidence=_evidence(weak, found),
        )


def _left_out(found: Gathered) -> Iterator[Line]:
    if found.outside:
        yield Line(
            f"{counted(found.outside, 'telling')} outside the asked period, or without any date, "
            f"{'is' if found.outside == 1 else 'are'} left out"
        )
    if found.judged_wrong:
        verb = "is" if found.judged_wrong == 1 else "are"
        yield Line(f"{counted(found.judged_wrong, 'reading')} that a person judged wrong {verb} left out")


def _evidence(told: Iterable[Told], found: Gathered) -> tuple[Evidence, ...]:
    return found.evidence(each.events[0] for each in told)
