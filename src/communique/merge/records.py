"""The same event told by one or many reports becomes one record, in which every report keeps its own values.

Three steps, each surer than the next: what one document tells twice, what copies of one text tell in the same
sentence, and what different outlets tell of one occasion. Only the last one weighs evidence, and there one telling
goes to one record of another document at most. What is given first changes nothing: everything is sorted before.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from communique.export.dates import period
from communique.merge import alike
from communique.merge.copies import voices
from communique.merge.telling import Order, Telling, tellings
from communique.model import Coded, Record, content_id

if TYPE_CHECKING:
    from communique.archive import Archive

Status = Literal["single", "corroborated", "disputed"]


def records(coded: Iterable[Coded]) -> list[Record]:
    """The records of documents, by date; the undated ones last. The same documents in any order give the same records.

    status: disputed where a report denies it or gives another amount; else corroborated where two outlets that do
    not copy each other tell it; else single.
    """
    held = {each.document.key: each for each in coded}
    first = voices(each.document for each in held.values())
    told = [telling for key, each in sorted(held.items()) for telling in tellings(each, held[first[key]].document)]
    found = _merge(told)
    contrary = _denials(found)
    return [_record(cluster, contrary.get(number, [])) for number, cluster in enumerate(found)]


def refresh(archive: Archive) -> list[Record]:
    """Merges everything in an archive anew and keeps the records in it."""
    found = records([archive.coded(document.key) for document in archive.documents()])
    archive.keep_records(found, archive.stories())
    return found


@dataclass(slots=True)
class _Cluster:
    """Tellings of one event, and the documents they stand in."""

    members: list[Telling]

    @property
    def documents(self) -> set[str]:
        return {telling.key for telling in self.members}

    @property
    def order(self) -> Order:
        return min(telling.order for telling in self.members)

    def fits(self, other: _Cluster) -> bool:
        """Whether nothing in either speaks against what is in the other."""
        # intervals meet pairwise only if all have a day in common, which is quicker to see
        dates = [telling.event.date for telling in (*self.members, *other.members)]
        starts, ends = [d.earliest for d in dates if d.earliest], [d.latest for d in dates if d.latest]
        if starts and ends and max(starts) > min(ends):
            return False
        return all(alike.possible(a, b) for a in self.members for b in other.members)


def _merge(told: list[Telling]) -> list[_Cluster]:
    """All tellings in clusters, block by block."""
    blocks: dict[tuple[str, tuple[str, ...]], list[Telling]] = {}
    for telling in sorted(told, key=lambda each: each.order):
        blocks.setdefault(telling.block, []).append(telling)
    found: list[_Cluster] = []
    for _, members in sorted(blocks.items()):
        found.extend(_across(_copies(_within(members))))
    return sorted(found, key=lambda cluster: cluster.order)


def _within(members: list[Telling]) -> list[_Cluster]:
    """What each document tells twice."""
    documents: dict[str, list[_Cluster]] = {}
    for telling in members:
        mine = documents.setdefault(telling.key, [])
        home = next((c for c in mine if all(alike.in_one_document(telling, other) for other in c.members)), None)
        if home is None:
            mine.append(_Cluster([telling]))
        else:
            home.members.append(telling)
    return [cluster for clusters in documents.values() for cluster in clusters]


def _copies(clusters: list[_Cluster]) -> list[_Cluster]:
    """What copies of one text tell in the same sentence."""
    texts: dict[str, list[_Cluster]] = {}
    for cluster in clusters:
        mine = texts.setdefault(cluster.members[0].text, [])
        home = next(
            (
                other
                for other in mine
                if not other.documents & cluster.documents
                and any(alike.in_copies(a, b) for a in other.members for b in cluster.members)
            ),
            None,
        )
        if home is None:
            mine.append(cluster)
        else:
            home.members.extend(cluster.members)
    return [cluster for group in texts.values() for cluster in group]


def _across(clusters: list[_Cluster]) -> list[_Cluster]:
    """What different texts tell of one occasion: the pairs with most evidence are joined first."""
    pairs = []
    for first, second in _near(clusters):
        one, other = clusters[first], clusters[second]
        points = max(alike.evidence(a, b) for a in one.members for b in other.members)
        if points:
            pairs.append((-points, one.order, other.order, first, second))
    home = list(range(len(clusters)))  # the number of the cluster that each one has gone into
    for _, _, _, first, second in sorted(pairs):
        one, other = clusters[home[first]], clusters[home[second]]
        if one is other or one.documents & other.documents or not one.fits(other):
            continue
        one.members.extend(other.members)
        gone, kept = home[second], home[first]
        home = [kept if number == gone else number for number in home]
    return [clusters[number] for number in sorted(set(home))]


def _near(clusters: list[_Cluster]) -> Iterator[tuple[int, int]]:
    """The numbers of pairs of clusters of different documents whose dates meet, found by one sweep over the days."""
    dated = []
    for number, cluster in enumerate(clusters):
        known = [t.event.date for t in cluster.members if t.days is not None]
        starts, ends = (
            [date.earliest for date in known if date.earliest],
            [date.latest for date in known if date.latest],
        )
        if starts and ends:
            dated.append((min(starts), cluster.order, number, max(ends)))
    active: list[tuple[int, dt.date]] = []
    for start, _, number, end in sorted(dated):
        active = [(other, until) for other, until in active if until >= start]
        for other, _ in active:
            if not clusters[other].documents & clusters[number].documents:
                yield other, number
        active.append((number, end))


def _denials(clusters: list[_Cluster]) -> dict[int, list[Telling]]:
    """For the number of a cluster the tellings of another one that deny it, or that it denies."""
    blocks: dict[tuple[str, tuple[str, ...]], list[int]] = {}
    for number, cluster in enumerate(clusters):
        blocks.setdefault(cluster.members[0].block, []).append(number)
    found: dict[int, list[Telling]] = {}
    for numbers in blocks.values():
        denied = [n for n in numbers if clusters[n].members[0].event.stance == "denied"]
        for one, other in itertools.product(denied, numbers):
            pairs = itertools.product(clusters[one].members, clusters[other].members)
            if one != other and any(alike.denies(a, b) for a, b in pairs):
                found.setdefault(one, []).extend(clusters[other].members)
                found.setdefault(other, []).extend(clusters[one].members)
    return found


def _record(cluster: _Cluster, contrary: list[Telling]) -> Record:
    members = sorted(cluster.members, key=lambda each: each.order)
    events = tuple(dict.fromkeys(telling.event.id for telling in members))
    values = [value for telling in members for value in _values(telling)]
    values += [("stance", telling.event.stance, telling.key) for telling in contrary]
    return Record(
        id=content_id("record", members[0].event.event, *sorted(events)),
        event=members[0].event.event,
        members=events,
        values=tuple(dict.fromkeys(values)),
        status=_status(members, contrary),
    )


def _status(members: list[Telling], contrary: list[Telling]) -> Status:
    pairs = itertools.combinations(members, 2)
    if contrary or any(a.text != b.text and alike.figures_differ(a, b) for a, b in pairs):
        return "disputed"
    return (
        "corroborated"
        if len({each.voice for each in members}) > 1 and len({each.text for each in members}) > 1
        else "single"
    )


def _values(telling: Telling) -> Iterator[tuple[str, str, str]]:
    """What one report says of the event, field by field."""
    event, key = telling.event, telling.key
    yield "event", event.event, key
    if event.mode:
        yield "mode", event.mode, key
    for role, side in (("actor", event.actor), ("recipient", event.recipient)):
        for who in side:
            name = who.actor.name or who.text
            yield role, f"{who.actor.code} {name}" if who.actor.code and who.actor.code != name else name, key
    yield "date", period(event.date) or "unknown", key
    if event.place:
        yield "place", event.place.name, key
    yield "stance", event.stance, key
    if event.attributed_to:
        speaker = event.attributed_to.speaker
        yield "said by", speaker.actor.name or speaker.text, key
    for figure in telling.figures:
        yield "figure", figure.text, key
