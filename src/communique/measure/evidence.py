"""The words behind a point: each record with its date, its sides, and one sentence that tells it."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from communique.errors import UsageError
from communique.model import Event, PairSeries

if TYPE_CHECKING:
    from communique.archive import Archive
    from communique.measure.acts import Act
    from communique.model import Document

INDENT = 10


@dataclass(frozen=True, slots=True)
class Told:
    """One act with the event and the document that tell it best."""

    act: Act
    event: Event
    document: Document

    @property
    def sentence(self) -> str:
        """The sentence, on one line."""
        return " ".join(self.event.sentence.cut(self.document.text).split())


def told(archive: Archive, act: Act) -> Told | None:
    """The report of an act whose coder is surest, then the first by document; None where none can be found any more."""
    found: list[Told] = []
    for report in act.reports:
        try:
            coded = archive.coded(report.document)
        except UsageError:
            continue
        found += [Told(act, event, coded.document) for event in coded.events if event.id == report.event]
    return min(found, key=lambda each: (-each.event.confidence, each.document.id, each.event.sequence), default=None)


def dates(act: Act) -> str:
    """The date of an act as short as it is known."""
    if act.earliest is None or act.latest is None:
        return f"from {act.earliest}" if act.earliest else f"until {act.latest}" if act.latest else "undated"
    return str(act.earliest) if act.earliest == act.latest else f"{act.earliest} to {act.latest}"


def head(act: Act, first: str, second: str) -> str:
    """Date, what and who on whom, in one line."""
    way = {"first": "→", "second": "←", "mutual": "↔"}.get(act.direction(first, second) or "", "–")
    mode = f" {act.mode}" if act.mode else ""
    return f"{dates(act)}  {act.kind}{mode}  {first} {way} {second}"


def lines(archive: Archive, series: PairSeries, acts: Iterable[Act], width: int) -> Iterator[str]:
    """The records of every point, then those that stand beside, each with its score and its sentence."""
    held = {act.record: act for act in acts}
    groups = [(point.period, point.records) for point in series.points]
    groups += [(f"dated, but not to one {series.by}", series.vague), ("without a date", series.undated)]
    for name, records in groups:
        if records:
            yield f"{name}:"
        for record in records:
            act = held[record]
            reports = len({report.document for report in act.reports})
            more = f", told by {reports} pages" if reports > 1 else ""
            score = act.score(series.weights)
            yield f"{record[:8]}  {head(act, series.first, series.second)}  {score:+g}{more}"
            best = told(archive, act)
            if best is not None:
                source = best.document.source or best.document.id
                indent = " " * INDENT
                yield textwrap.fill(
                    f"“{best.sentence}” ({source})", width, initial_indent=indent, subsequent_indent=indent
                )
