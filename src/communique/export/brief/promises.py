"""The section of a brief on what was promised and what came of it: the ledger's entries, the telling ones first."""

from __future__ import annotations

from collections.abc import Iterator

from communique.export.brief.gather import Gathered, sentence_evidence
from communique.export.brief.nouns import Line
from communique.export.brief.wording import capital, date, day, excerpt, listed, party, rules
from communique.measure.pledges.nouns import Pledge, Said
from communique.model import Span, When


def lines(found: Gathered) -> Iterator[Line]:
    """One line an entry: who promised whom what, by when, what came of it, and the sentences of both."""
    most = rules()["promises"]
    chosen = sorted(sorted(found.promises, key=_rank)[:most], key=_made)
    for entry in chosen:
        yield _line(entry, found)
    rest = len(found.promises) - len(chosen)
    if rest:
        yield Line(f"{rest} more, on which reports are mostly silent, stand in the ledger: communique pledges")


def _rank(entry: Pledge) -> tuple[bool, bool, bool, bool]:
    """What reports speak of comes first, then what could be checked: an amount, a day, two parties in its sentence."""
    return (
        entry.verdict == "silent",
        entry.amount is None and entry.deadline.latest is None,
        entry.promise.inferred,
        len(entry.told) < 2,
    )


def _made(entry: Pledge) -> tuple[str, str]:
    when = entry.promise.made
    known = when.earliest or when.latest
    return (known.isoformat() if known else "9999", entry.id)


def _line(entry: Pledge, found: Gathered) -> Line:
    promise = entry.promise
    verb = rules()["promise_kinds"][promise.kind]
    by = listed([party(term) for term in promise.by])
    to = f" {rules()['promise_to'].get(promise.kind, 'to')} {listed([party(term) for term in promise.to])}"
    amount = f": {' '.join(entry.amount.text.split())}" if entry.amount else ""
    due = f", by {_due(entry.deadline)}" if entry.deadline.latest else ""
    late = ", late" if entry.late else ""
    notes = [f"{rules()['promise_verdicts'][entry.verdict]}{late}: {entry.why}"]
    if promise.inferred:
        notes.append("the other party is named by the article, not by the sentence")
    said = [each.said for each in entry.told] + [each.said for each in entry.evidence]
    spans = [each.span for each in entry.told] + [each.span for each in entry.evidence]
    marked = Span(promise.span.start - promise.said.span.start, promise.span.end - promise.said.span.start)
    return Line(
        f"{capital(by)} {verb}{to if promise.to else ''}{amount}{due}",
        date(promise.made),
        excerpt(promise.said.text, marked, rules()["short_excerpt"]),
        tuple(notes),
        tuple(
            sorted(
                {
                    (each.page.key, each.span): sentence_evidence(*_place(each, span), found)
                    for each, span in zip(said, spans, strict=True)
                    if each.page.key in found.sources
                }.values(),
                key=lambda each: (each.source.number, each.span),
            )
        ),
    )


def _place(said: Said, span: Span) -> tuple[str, Span, Span]:
    return said.page.key, said.span, span


def _due(when: When) -> str:
    """The day, month or year; of anything vaguer the last day of it."""
    whole = date(when)
    return whole if "between" not in whole and "unknown" not in whole else day(when.latest) if when.latest else ""
