"""Tellings become clusters, each of which is one event; nothing here knows of archives.

Three steps, each surer than the next: what one document tells twice, what copies of one text tell in the same
sentence, and what different texts tell of one occasion. Only the last one weighs evidence, and there one telling goes
to one cluster of another document at most. Everything is sorted first, so that what is given first changes nothing.
"""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from communique.merge import alike, differs, stages, within
from communique.merge.evidence import evidence
from communique.merge.groups import Groups
from communique.merge.keys import FIGURE, OPENS, SAID
from communique.merge.nearness import Nearness
from communique.merge.telling import Order, Telling
from communique.merge.words import rules

Pair = tuple[str, str]  # two event ids with their documents, as ids of tellings


@dataclass(frozen=True, slots=True)
class Wishes:
    """What people decided: pairs of telling ids that are the same, and pairs that are not."""

    same: frozenset[Pair] = frozenset()
    different: frozenset[Pair] = frozenset()


@dataclass(slots=True, eq=False)
class Cluster:
    """Tellings of one event; faces are those of them that differ in what is compared."""

    members: list[Telling]
    documents: set[str] = field(default_factory=set)
    faces: dict[tuple[object, ...], Telling] = field(default_factory=dict)
    order: Order = ("", "", "", 0, 0, "")

    def __post_init__(self) -> None:
        self._note(self.members)

    def take(self, other: Cluster) -> None:
        """Takes the other's members."""
        self.members.extend(other.members)
        self._note(other.members)

    def _note(self, members: list[Telling]) -> None:
        for each in members:
            self.documents.add(each.key)
            face = (each.words, each.sides, each.low, each.high, each.act, each.event, each.mode, each.place, each.day,
                    each.stance, each.text, each.amounts, each.facts, tuple(sorted(each.people.items())))  # fmt: skip
            self.faces.setdefault(face, each)
        self.order = min(each.order for each in self.members)


def identifier(telling: Telling) -> str:
    """A telling's own id: one event id may stand in two documents."""
    return f"{telling.key}/{telling.event_id}"


@dataclass(frozen=True, slots=True)
class Clustered:
    """Clusters by order, pairs of telling ids that link clusters, and which tellings must be looked at together."""

    clusters: list[Cluster]
    links: list[Pair]
    together: Groups


def clusters(told: Iterable[Telling], near: Nearness, wishes: Wishes | None = None) -> Clustered:
    """All tellings in clusters. What hangs together is in one group of `together`: another telling changes no other."""
    wishes = wishes or Wishes()
    together = Groups()
    texts: dict[str, list[Telling]] = {}
    for each in sorted(told, key=lambda telling: telling.order):
        together.root(identifier(each))
        texts.setdefault(each.text, []).append(each)
    found: list[Cluster] = []
    for _, members in sorted(texts.items()):
        found.extend(_copies(_within(members, together, wishes), together, wishes))
    found = _wished(found, together, wishes)
    links: list[Pair] = []
    merged = sorted(_across(found, near, together, wishes, links), key=lambda cluster: cluster.order)
    return Clustered(merged, links, together)


def _within(members: list[Telling], together: Groups, wishes: Wishes) -> list[Cluster]:
    """What each document tells twice."""
    documents: dict[str, list[Cluster]] = {}
    for telling in members:
        mine = documents.setdefault(telling.key, [])
        home: Cluster | None = None
        for cluster in mine:
            alikes = [within.in_one_document(telling, other) for other in cluster.members]
            if any(alikes):
                _tie(together, telling, cluster.members[0])
            fit = all(alikes) or (any(alikes) and all(within.may_be_one(telling, other) for other in cluster.members))
            if home is None and fit and not _forbidden(cluster.members, [telling], wishes):
                home = cluster
        if home is None:
            mine.append(Cluster([telling]))
        else:
            home.take(Cluster([telling]))
    return [cluster for _, each in sorted(documents.items()) for cluster in each]


def _copies(found: list[Cluster], together: Groups, wishes: Wishes) -> list[Cluster]:
    """What copies of one text tell in the same sentence."""
    homes: list[Cluster] = []
    for cluster in sorted(found, key=lambda each: each.order):
        home = None
        for other in homes:
            if other.members[0].event != cluster.members[0].event:
                continue
            if not any(within.in_copies(a, b) for a in other.faces.values() for b in cluster.faces.values()):
                continue
            _tie(together, other.members[0], cluster.members[0])
            free = not other.documents & cluster.documents
            if home is None and free and not _forbidden(other.members, cluster.members, wishes):
                home = other
        if home is None:
            homes.append(cluster)
        else:
            home.take(cluster)
    return homes


def _wished(found: list[Cluster], together: Groups, wishes: Wishes) -> list[Cluster]:
    """What a person called the same is the same, whatever the machine thinks."""
    if not wishes.same:
        return found
    home = {identifier(telling): number for number, cluster in enumerate(found) for telling in cluster.members}
    joined = Groups(str(number) for number in range(len(found)))
    for one, other in sorted(wishes.same):
        if one in home and other in home:
            together.join(one, other)
            joined.join(str(home[one]), str(home[other]))
    kept: dict[str, Cluster] = {}
    for number, cluster in enumerate(found):
        root = joined.root(str(number))
        if root in kept:
            kept[root].take(cluster)
        else:
            kept[root] = cluster
    return list(kept.values())


def _across(found: list[Cluster], near: Nearness, together: Groups, wishes: Wishes, links: list[Pair]) -> list[Cluster]:
    """What different texts tell of one occasion: the pairs with most evidence are joined first."""
    pairs = []
    for first, second in candidates(found, near):
        one, other = found[first], found[second]
        points = best(one, other, near)
        if points:
            _tie(together, one.members[0], other.members[0])
            low, high = sorted((one.order, other.order))
            pairs.append((-points, low, high, first, second))
        elif linked(one, other, near):
            _tie(together, one.members[0], other.members[0])
            links.append((identifier(one.members[0]), identifier(other.members[0])))
    home = Groups()
    held = {str(number): cluster for number, cluster in enumerate(found)}
    heapq.heapify(pairs)
    while pairs:
        _, _, _, first, second = heapq.heappop(pairs)
        one_root, other_root = home.root(str(first)), home.root(str(second))
        if one_root == other_root:
            continue
        one, other = held[one_root], held[other_root]
        if _told_apart(one, other) or _forbidden(one.members, other.members, wishes):
            continue
        if not fits(one, other, near):
            continue
        home.join(one_root, other_root)
        kept = home.root(one_root)
        gone = other_root if kept == one_root else one_root
        held[kept].take(held.pop(gone))
    return list(held.values())


def _told_apart(one: Cluster, other: Cluster) -> bool:
    """Whether one document tells the two as two: not where it may only call somebody nameless by two names."""
    shared = one.documents & other.documents
    return bool(shared) and not all(
        within.one_act(a, b) for a in one.members for b in other.members if a.key == b.key and a.key in shared
    )


def best(one: Cluster, other: Cluster, near: Nearness) -> int:
    """The most evidence that any two tellings of two clusters give."""
    return max(evidence(a, b, near(a.text, b.text)) for a in one.faces.values() for b in other.faces.values())


def fits(one: Cluster, other: Cluster, near: Nearness) -> bool:
    """Whether most tellings of the one would stand with most of the other: a chain of likenesses is no event."""
    pairs = [(a, b) for a in one.faces.values() for b in other.faces.values()]
    if any(_contrary(a, b) for a, b in pairs):
        return False
    good = sum(
        alike.possible(a, b) or within.one_act(a, b) or evidence(a, b, near(a.text, b.text)) > 0 for a, b in pairs
    )
    if pairs[0][0].event == FIGURE:  # two reports of one amount, of which only one resembles who gives another
        return good * 2 >= len(pairs)
    if (
        len({(each.outlet, each.agency) for side in (one, other) for each in side.members}) == 1
        and one.members[0].outlet
    ):
        return good * 3 >= len(pairs) * 2  # one outlet says one thing in like words
    return good * 2 > len(pairs) if len(pairs) > 1 else good == 1


def _contrary(a: Telling, b: Telling) -> bool:
    """Whether two deeds are two however like their reports: two were arrested, each under his name."""
    return _of_one_victim(a) and _of_one_victim(b) and differs.another_named(a, b)


def _of_one_victim(telling: Telling) -> bool:
    """Whether it is done to each by himself, as an arrest is; an attack has many victims."""
    return telling.event in rules()["done"] and telling.event not in rules()["one_of_a_sentence"]


def linked(one: Cluster, other: Cluster, near: Nearness) -> bool:
    """Whether something in one denies, puts off or carries out something in the other."""
    first, second = one.members[0], other.members[0]
    if first.stance == second.stance and not (first.linking or second.linking):
        return False
    return any(
        (alike.meet(a, b, near(a.text, b.text)) and stages.hang_together(a, b))
        or stages.moves(a, b)
        or stages.moves(b, a)
        for a in one.faces.values()
        for b in other.faces.values()
    )


def candidates(found: list[Cluster], near: Nearness) -> Iterator[tuple[int, int]]:
    """Numbers of pairs of clusters of different documents that may be one event or linked: no others can.

    They share a key, and either their dates are known well enough and meet, or their documents are of one story.
    """
    seen: set[tuple[int, int]] = set()
    for pair in itertools.chain(_by_date(found), _by_story(found, near)):
        if pair not in seen and found[pair[0]].documents != found[pair[1]].documents:
            seen.add(pair)
            yield pair


def _by_date(found: list[Cluster]) -> Iterator[tuple[int, int]]:
    blocks: dict[str, list[tuple[int, int, int, bool, bool]]] = {}
    for number, cluster in enumerate(found):
        dated = [telling for telling in cluster.faces.values() if telling.dated]
        if dated:
            low, high = min(each.reach[0] for each in dated), max(each.reach[1] for each in dated)
            exact, links = any(each.exact for each in dated), any(each.linking for each in dated)
            reaches: dict[str, tuple[int, int]] = {}
            for telling in dated:
                for key in (each for each in telling.far_keys if not each.startswith(OPENS)):
                    first, last = telling.reach_of(key)
                    was = reaches.get(key, (low, high))
                    reaches[key] = min(was[0], first), max(was[1], last)
            for key, (first, last) in reaches.items():
                blocks.setdefault(key, []).append((first, last, number, exact, links))
        for telling in cluster.faces.values():
            for key in telling.vague_keys:
                blocks.setdefault(key, []).append((*telling.reach_of(key), number, False, False))
            for key in telling.opening_keys:  # what is to open is moved long after
                blocks.setdefault(key, []).append((*telling.reach_of(key), number, True, True))
    for key, spans in sorted(blocks.items()):
        active: list[tuple[int, int, bool, bool]] = []
        for low, high, number, exact, linking in sorted(spans):
            active = [each for each in active if each[0] >= low]
            for _, other, sure, links in active:
                if (exact and sure) or linking or links or key.startswith(SAID):
                    yield min(other, number), max(other, number)
            active.append((high, number, exact, linking))


def _by_story(found: list[Cluster], near: Nearness) -> Iterator[tuple[int, int]]:
    texts: dict[str, dict[str, list[int]]] = {}
    printed: dict[str, set[str]] = {}
    for number, cluster in enumerate(found):
        for telling in cluster.members:
            printed.setdefault(telling.text, set()).add(telling.key)
        for telling in cluster.faces.values():
            shelf = texts.setdefault(telling.text, {})
            for key in telling.keys:
                shelf.setdefault(key, []).append(number)
    for text, shelf in sorted(texts.items()):
        if len(printed[text]) > 1:  # what copies of one text tell in other sentences
            for numbers in shelf.values():
                for one, two in itertools.combinations(sorted(set(numbers)), 2):
                    yield one, two
        for mate in sorted(near.around(text)):
            other = texts.get(mate) if mate > text else None
            for key in sorted(shelf.keys() & other.keys()) if other else ():
                for one, two in itertools.product(dict.fromkeys(shelf[key]), dict.fromkeys((other or {})[key])):
                    if one != two:
                        yield min(one, two), max(one, two)


def _tie(together: Groups, one: Telling, other: Telling) -> None:
    together.join(identifier(one), identifier(other))


def _forbidden(one: list[Telling], other: list[Telling], wishes: Wishes) -> bool:
    """Whether a person said that something in one is not something in the other."""
    if not wishes.different:
        return False
    ids = [{identifier(each) for each in side} for side in (one, other)]
    return any(
        (first in ids[0] and second in ids[1]) or (first in ids[1] and second in ids[0])
        for first, second in wishes.different
    )
