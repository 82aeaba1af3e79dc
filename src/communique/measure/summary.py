"""A pair in plain words: every clause is counted from records, and names them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from communique.export.brief.wording import capital, day, in_text, noun
from communique.measure.acts import Act
from communique.measure.asymmetry import asymmetry
from communique.measure.change import Change, changes
from communique.measure.words import called, name, signed
from communique.model import PairSeries

CITED = 4  # ids that a clause shows; the rest is counted
FEW = 3  # acts under which a lean of one side is not worth a clause


@dataclass(frozen=True, slots=True)
class Clause:
    """One thing said, without a full stop, and the ids of all records that say it."""

    text: str
    records: tuple[str, ...]

    def cited(self) -> str:
        """The clause with the first characters of the ids behind it."""
        if not self.records:
            return self.text
        more = len(self.records) - CITED
        ids = ", ".join(record[:8] for record in self.records[:CITED]) + (f" and {more} more" if more > 0 else "")
        return f"{self.text} [{ids}]"


def summary(series: PairSeries, acts: Iterable[Act]) -> tuple[tuple[Clause, ...], ...]:
    """Sentences of clauses on a pair: how it is doing, what that consists of, when it changed, who leads.

    acts are those of the pair; only those in the series are spoken of.
    """
    if series.total is None:
        return ()
    held = {act.record: act for act in acts}
    shown = [held[record] for record in series.total.records if record in held]
    found = [_how(series)]
    if series.total.net is not None:
        found += [*_what(series, shown), *_changed(changes(shown, series.weights)), *_lean(series, shown)]
    if series.undated or series.vague:
        found.append(_beside(series))
    return tuple(sentence for sentence in found if sentence)


def lines(series: PairSeries, acts: Iterable[Act]) -> Iterator[str]:
    """The summary, one sentence a line."""
    for sentence in summary(series, acts):
        text = "; ".join(clause.cited() for clause in sentence)
        yield f"{capital(text)}."


def _names(series: PairSeries) -> tuple[str, str]:
    return in_text(name(series.first)), in_text(name(series.second))


def _how(series: PairSeries) -> tuple[Clause, ...]:
    total = series.total
    assert total is not None
    one, other = _names(series)
    number = len(total.records)
    first, last = total.start.year, total.end.year
    time = f"in {first}" if first == last else f"from {first} to {last}"
    what = f"{number} dated act{'' if number == 1 else 's'} of {one} and {other} {time}"
    if total.net is None:
        verb = "is" if number == 1 else "are"
        return (Clause(f"{what} {verb} too few to call the relation anything", total.records),)
    bounds = f"({signed(total.low)} to {signed(total.high)})"
    if total.low is None or total.high is None:
        text = f"{what} are {called(total.net)}, net {signed(total.net)}, but of one story"
    elif total.low <= 0 <= total.high:
        text = f"{what} leave open which way it goes: net {signed(total.net)} {bounds}"
    else:
        text = f"{what} are {called(total.net)}: net {signed(total.net)} {bounds}"
    return (Clause(text, total.records),)


def _what(series: PairSeries, acts: Sequence[Act]) -> Iterator[tuple[Clause, ...]]:
    """What cooperation and conflict consist of, the weightiest kind first."""
    for positive, word in ((True, "cooperation"), (False, "conflict")):
        kinds: dict[str, list[Act]] = {}
        for act in acts:
            score = act.score(series.weights)
            if score and (score > 0) == positive:
                kinds.setdefault(act.kind, []).append(act)
        ordered = sorted(kinds, key=lambda kind: (-sum(abs(act.score(series.weights)) for act in kinds[kind]), kind))
        clauses = [Clause(noun(kind, len(kinds[kind])), tuple(act.record for act in kinds[kind])) for kind in ordered]
        if clauses:
            first = Clause(f"{word} is {clauses[0].text}", clauses[0].records)
            yield (first, *clauses[1:])
        else:
            yield (Clause(f"no {word} is among them", tuple(act.record for act in acts)),)


def _changed(found: Sequence[Change]) -> Iterator[tuple[Clause, ...]]:
    for change in found:
        way = "better" if change.after > change.before else "worse"
        yield (
            Clause(
                f"it turned {way} between {day(change.last)} and {day(change.first)}, from {signed(change.before)} to "
                f"{signed(change.after)} (by chance in {change.chance:.1%} of random orders)",
                (*change.records_before[-2:], *change.records_after[:2]),
            ),
            *([Clause("what weighs most around it", change.around)] if change.around else []),
        )


def _lean(series: PairSeries, acts: Sequence[Act]) -> Iterator[tuple[Clause, ...]]:
    one, other = _names(series)
    for lean in asymmetry(acts, series.first, series.second):
        if len(lean.first) + len(lean.second) < FEW:
            continue
        sides = [(one, lean.first), (other, lean.second)]
        sides.sort(key=lambda side: -len(side[1]))
        verb = "acts on the other" if lean.what == "acts" else lean.what
        yield tuple(
            Clause(f"{who} {verb} {_times(len(records))}" if not number else f"{who} {_times(len(records))}", records)
            for number, (who, records) in enumerate(sides)
        )


def _times(number: int) -> str:
    return {0: "never", 1: "once", 2: "twice"}.get(number, f"{number} times")


def _beside(series: PairSeries) -> tuple[Clause, ...]:
    parts = []
    if series.vague:
        parts.append(Clause(f"{len(series.vague)} dated too vaguely for one {series.by}", series.vague))
    if series.undated:
        parts.append(Clause(f"{len(series.undated)} without a date", series.undated))
    return (Clause(f"left aside are {parts[0].text}", parts[0].records), *parts[1:])


def rows(series: PairSeries, acts: Iterable[Act]) -> list[dict[str, object]]:
    """Sentences as plain values: the clauses of each with their records."""
    return [
        {
            "kind": "sentence",
            "text": f"{capital('; '.join(clause.text for clause in sentence))}.",
            "clauses": [{"text": clause.text, "records": list(clause.records)} for clause in sentence],
        }
        for sentence in summary(series, acts)
    ]
