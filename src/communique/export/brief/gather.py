"""What the archive holds on a pair of states: records with their events, figures, quotes, judgements, documents."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from communique.export.brief.nouns import Evidence, Source
from communique.export.brief.wording import date, dated, rules
from communique.measure.pledges import Pledge, ledger
from communique.merge.copies import voices
from communique.merge.records import records
from communique.model import Assessment, Coded, Document, Event, Figure, Item, Quote, Record, Span, When

if TYPE_CHECKING:
    from communique.archive import Archive

DAYS_OF_A_YEAR = 366
# how much of a document must be about the pair for what its people say to count as said about the pair
ABOUT = 0.5


@dataclass(frozen=True, slots=True)
class Told:
    """A record with the events it is made of, each with its document, in the order of their sources."""

    record: Record
    events: tuple[tuple[Event, Document], ...]

    @property
    def main(self) -> Event:
        """The event whose date is known best; of equals the one told first."""
        return min((event for event, _ in self.events), key=lambda event: _vagueness(event.date))

    @property
    def date(self) -> When:
        """The date as all tellings together bound it: copies of a report cannot make it later than the report."""
        best = self.main.date
        if dated(best):
            return best
        others = [event.date for event, _ in self.events]
        earliest = max((when.earliest for when in others if when.earliest), default=None)
        latest = min((when.latest for when in others if when.latest), default=None)
        return best if earliest and latest and earliest > latest else replace(best, earliest=earliest, latest=latest)

    @property
    def exact(self) -> bool:
        """Whether its date is known well enough to stand in a balance or a chart: within a year."""
        when = self.date
        return dated(when) and _vagueness(when) <= DAYS_OF_A_YEAR


@dataclass(frozen=True, slots=True)
class Gathered:
    """All that a brief is written from.

    promises are the entries of the ledger between the two, on all that the archive holds. voice gives for a document's
    key the key of the text it copies. pages is how many documents the archive holds;
    partners, only where there is nothing on the pair, how many events each of the two has with whom.
    """

    told: tuple[Told, ...]
    figures: tuple[tuple[Figure, Document], ...]
    quotes: tuple[tuple[Quote, Document], ...]
    assessments: tuple[tuple[Assessment, Document], ...]
    promises: tuple[Pledge, ...]
    documents: tuple[Document, ...]
    voice: dict[str, str]
    sources: dict[str, Source]
    judged_wrong: int
    outside: int
    pages: int
    partners: dict[str, dict[str, int]]

    def evidence(self, items: Iterable[tuple[Item, Document]]) -> tuple[Evidence, ...]:
        """Where the items stand, each place once, in the order of the sources."""
        found = {(doc.key, item.sentence): evidence(item, doc, self.sources[doc.key]) for item, doc in items}
        return tuple(sorted(found.values(), key=lambda each: (each.source.number, each.span)))


def gather(archive: Archive, first: str, second: str, since: dt.date | None, until: dt.date | None) -> Gathered:
    """Everything on the pair. With a period, what surely lies outside it or has no date is left out, and counted."""
    pair = (first, second)
    wrong = {
        subject
        for each in archive.judgements()
        if each.verdict == "wrong" and not each.corrects
        for subject in each.subjects
    }
    found = {document.key: document for _, document in archive.events(between=pair).pairs()}
    for listing in (archive.figures(between=pair), archive.quotes(between=pair), archive.assessments(between=pair)):
        found |= {document.key: document for _, document in listing.pairs()}
    coded = [archive.coded(key) for key in sorted(found)]
    facing = {(event.id, document.key) for event, document in archive.events(between=pair).pairs()}
    kept: list[Coded] = []
    dropped = outside = 0
    for each in coded:
        key = each.document.key
        mine = [event for event in each.events if (event.id, key) in facing]
        right = [event for event in mine if event.id not in wrong]
        inside = [event for event in right if _inside(event.date, since, until)]
        dropped, outside = dropped + len(mine) - len(right), outside + len(right) - len(inside)
        kept.append(replace(each, events=tuple(inside)))
    held = {(event.id, each.document.key): (event, each.document) for each in kept for event in each.events}
    by_id: dict[str, list[tuple[Event, Document]]] = {}
    for (identifier, _), entry in sorted(held.items()):
        by_id.setdefault(identifier, []).append(entry)
    merged = _records(archive, kept)
    figures = [(f, c.document) for c in kept for f in _figures(c, pair) if f.id not in wrong]
    quotes = [(q, c.document) for c in kept for q in _quotes(c, pair) if q.id not in wrong]
    assessments = [(a, c.document) for c in kept for a in _assessments(c, pair) if a.id not in wrong]
    if since or until:
        figures = [(f, d) for f, d in figures if _inside(f.period if _any(f.period) else d.published, since, until)]
        quotes = [(q, d) for q, d in quotes if _inside(d.published, since, until)]
        assessments = [(a, d) for a, d in assessments if _inside(d.published, since, until)]
    used = {document.key for entry in by_id.values() for _, document in entry}
    for pairs in (figures, quotes, assessments):
        used |= {document.key for _, document in pairs}
    promises = tuple(ledger(archive, pair, since=since, until=until))
    for pledge in promises:
        used |= {each.said.page.key for each in pledge.told} | {each.said.page.key for each in pledge.evidence}
    held_documents = {each.document.key: each.document for each in kept}
    documents = sorted((held_documents.get(key) or archive.document(key) for key in used), key=_published)
    voice = voices(documents)
    sources = _sources(documents, voice)
    told = []
    for record in merged:
        entries = [entry for member in record.members for entry in by_id.get(member, ())]
        entries.sort(key=lambda entry: (sources[entry[1].key].number, entry[0].sequence, entry[0].trigger.start))
        told.append(Told(record, tuple(entries)))
    return Gathered(
        tuple(sorted(told, key=_place)),
        tuple(figures),
        tuple(quotes),
        tuple(assessments),
        promises,
        tuple(documents),
        voice,
        sources,
        dropped,
        outside,
        len(archive.keys()),
        {} if documents else {code: _partners(archive, code) for code in pair},
    )


def _records(archive: Archive, kept: list[Coded]) -> list[Record]:
    """The archive's own records of these events, judgements included; what it has not merged yet is merged here."""
    told = archive.records_of(event.id for each in kept for event in each.events)
    known = {member for record in told for member in record.members}
    rest = [replace(each, events=tuple(event for event in each.events if event.id not in known)) for each in kept]
    return [*told, *(records(rest) if any(each.events for each in rest) else ())]


def _partners(archive: Archive, code: str) -> dict[str, int]:
    """With whom a state has events here, and how many, the most frequent first."""
    found: dict[str, int] = {}
    for event in archive.events(between=(code,)):
        others = {who.actor.code for who in (*event.actor, *event.recipient) if who.actor.code} - {code}
        for other in others:
            found[other] = found.get(other, 0) + 1
    return dict(sorted(found.items(), key=lambda each: (-each[1], each[0])))


def evidence(item: Item, document: Document, source: Source) -> Evidence:
    """The sentence of an item in its paragraph, with the item's own words marked."""
    own = item.trigger if isinstance(item, Event) else item.span
    return _in_paragraph(document, item.sentence, own, source)


def sentence_evidence(key: str, sentence: Span, own: Span, found: Gathered) -> Evidence:
    """The same of any sentence of a document under its key."""
    document = next(each for each in found.documents if each.key == key)
    return _in_paragraph(document, sentence, own, found.sources[key])


def _in_paragraph(document: Document, sentence: Span, own: Span, source: Source) -> Evidence:
    text = document.text
    paragraph = next((span for span in document.article if span.covers(sentence)), sentence)
    start, end = max(own.start, sentence.start), min(own.end, sentence.end)
    marked = Span(start - sentence.start, end - sentence.start) if start < end else Span(0, 0)
    return Evidence(
        source,
        sentence,
        text[paragraph.start : sentence.start],
        sentence.cut(text),
        text[sentence.end : paragraph.end],
        marked,
    )


def _figures(coded: Coded, pair: tuple[str, str]) -> list[Figure]:
    """Figures between the two, and those in a sentence that tells an event of the two."""
    sentences = {event.sentence for event in coded.events}
    return [
        figure
        for figure in coded.figures
        if {who.actor.code for who in figure.between} >= set(pair)
        or (figure.sentence in sentences and not figure.between)
    ]


def _quotes(coded: Coded, pair: tuple[str, str]) -> list[Quote]:
    """What the two say of each other, and what their people say in a document that is about the two."""
    chosen = []
    for quote in coded.quotes:
        speakers = quote.speakers or ((quote.speaker,) if quote.speaker else ())
        own = {who.actor.code for who in speakers} & set(pair)
        others = {who.actor.code for who in (*quote.about, *((quote.addressee,) if quote.addressee else ()))}
        if own and (set(pair) - own <= others or _about(coded, pair)):
            chosen.append(quote)
    return chosen


def _assessments(coded: Coded, pair: tuple[str, str]) -> list[Assessment]:
    """What is judged of both, or of one of them in a document that is about the two."""
    chosen = []
    for each in coded.assessments:
        about = {who.actor.code for who in each.about}
        if set(pair) <= about or (_about(coded, pair) and (not about or about & set(pair))):
            chosen.append(each)
    return chosen


def _about(coded: Coded, pair: tuple[str, str]) -> bool:
    """Whether most names of states in a document are those of the pair, and both stand there."""
    codes = [code for _, mention in coded.mentions for code in mention.codes]
    return all(code in codes for code in pair) and sum(code in pair for code in codes) > ABOUT * len(codes)


def _any(when: When) -> bool:
    return when.earliest is not None or when.latest is not None


def _inside(when: When, since: dt.date | None, until: dt.date | None) -> bool:
    """Whether a date may lie in the asked period; without a period, always."""
    if since is None and until is None:
        return True
    if not _any(when):
        return False
    after = since is None or when.latest is None or when.latest >= since
    return after and (until is None or when.earliest is None or when.earliest <= until)


def _vagueness(when: When) -> int:
    if when.earliest is None or when.latest is None or when.earliest > when.latest:
        return 10**7 if _any(when) else 10**8
    return (when.latest - when.earliest).days


def _place(told: Told) -> tuple[int, dt.date, int, str]:
    """By date; what has one bound stands at that bound, what has none at the end."""
    when = told.date
    known = when.earliest or when.latest
    return (known is None, known or dt.date.max, _vagueness(when), told.record.id)


def _published(document: Document) -> tuple[dt.date, str, str]:
    return document.published.earliest or document.published.latest or dt.date.max, document.id, document.key


def _sources(documents: list[Document], voice: dict[str, str]) -> dict[str, Source]:
    """The documents under their numbers, in order of publication."""
    numbers = {document.key: number for number, document in enumerate(documents, 1)}
    return {
        document.key: Source(
            number=numbers[document.key],
            key=document.key,
            id=document.id,
            outlet=document.source,
            title=document.title,
            byline=document.byline,
            url=document.url,
            date=date(document.published),
            basis=rules()["bases"].get(document.published.basis, ""),
            copy_of=numbers[voice[document.key]] if voice[document.key] != document.key else None,
        )
        for document in documents
    }


def counts(told: Told) -> bool:
    """Whether a record counts in balance and chart: it was done, by its own report."""
    return told.main.stance in rules()["counted_stances"]
