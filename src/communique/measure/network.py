"""The network of many: who is close to whom and who against whom, with ties only where the interval leaves zero out."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from communique.export.tables import states
from communique.garbage import undisturbed
from communique.measure import balance, bootstrap, communities, read
from communique.measure.acts import Act, distinct
from communique.measure.rules import rules
from communique.measure.series import day

if TYPE_CHECKING:
    from communique.archive import Archive

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Tie:
    """A pair with enough records for a net. sign is +1 or -1 where its interval leaves zero out, else 0.

    forward and backward count what the first does to the second and the other way round, together what both do.
    """

    first: str
    second: str
    cooperation: float
    conflict: float
    net: float
    low: float | None
    high: float | None
    sign: int
    forward: int
    backward: int
    together: int
    stories: int
    records: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Node:
    """A state in the network. friends and opponents count its ties; the centralities are in [0, 1].

    eigenvector is that of the positive ties (Bonacich 1972), betweenness that of all ties, as shares of the shortest
    ways between others (Freeman 1977); community is the number of its group, 1 the largest.
    """

    code: str
    friends: int
    opponents: int
    records: int
    eigenvector: float
    betweenness: float
    community: int


@dataclass(frozen=True, slots=True)
class Network:
    """Ties and nodes, their balance, and what is too thin to draw.

    ties are those with a sign, unclear those whose interval holds zero; thin is the number of pairs with too few
    records for a net, undated that of acts left out because they have no exact date in the asked time.
    """

    since: dt.date | None
    until: dt.date | None
    weights: str
    ties: tuple[Tie, ...]
    unclear: tuple[Tie, ...]
    thin: int
    undated: int
    nodes: tuple[Node, ...]
    triads: balance.Triads
    frustration: balance.Frustration

    def signs(self) -> dict[Pair, int]:
        """The sign of each tie."""
        return {(tie.first, tie.second): tie.sign for tie in self.ties}

    def to_networkx(self) -> object:
        """A networkx.Graph: nodes and ties with their numbers as attributes; ties also have weight, which is net."""
        import networkx

        graph = networkx.Graph()
        for node in self.nodes:
            graph.add_node(
                node.code,
                friends=node.friends,
                opponents=node.opponents,
                community=node.community,
                eigenvector=node.eigenvector,
                betweenness=node.betweenness,
            )
        for tie in self.ties:
            held = {name: getattr(tie, name) for name in ("net", "low", "high", "sign", "cooperation", "conflict")}
            graph.add_edge(
                tie.first, tie.second, weight=tie.net, number=len(tie.records), records="; ".join(tie.records), **held
            )
        return graph


def network(
    archive: Archive,
    *,
    among: Collection[str] = (),
    since: dt.date | str | None = None,
    until: dt.date | str | None = None,
    weights: str = "plover",
    bodies: bool = False,
) -> Network:
    """The network of an archive's states in a time. among: only these; bodies: also the UN, the EU and their like."""
    with undisturbed():
        found = read.acts(archive)
        return _of(found, among=among, since=day(since), until=day(until), weights=weights, bodies=bodies)


def of_acts(
    found: Iterable[Act],
    *,
    among: Collection[str] = (),
    since: dt.date | None = None,
    until: dt.date | None = None,
    weights: str = "plover",
    bodies: bool = False,
) -> Network:
    """The network of acts, whatever their order."""
    return _of(distinct(found), among=among, since=since, until=until, weights=weights, bodies=bodies)


def _of(
    ordered: Iterable[Act],
    *,
    among: Collection[str],
    since: dt.date | None,
    until: dt.date | None,
    weights: str,
    bodies: bool,
) -> Network:
    held, undated = _by_pair(ordered, among, since, until, bodies=bodies)
    prior = rules().prior(weights)
    scored = {pair: acts for pair, acts in held.items() if len(acts) >= rules().fewest}
    ties = [_tie(pair, acts, weights, prior) for pair, acts in sorted(scored.items())]
    clear = tuple(tie for tie in ties if tie.sign)
    signs = {(tie.first, tie.second): tie.sign for tie in clear}
    return Network(
        since=since,
        until=until,
        weights=weights,
        ties=clear,
        unclear=tuple(tie for tie in ties if not tie.sign),
        thin=len(held) - len(scored),
        undated=undated,
        nodes=_nodes(clear),
        triads=balance.triads(signs),
        frustration=balance.frustration(signs),
    )


def pairs_of(act: Act) -> Iterator[Pair]:
    """The pairs that face each other in an act, each in the order of names."""
    seen: set[Pair] = set()
    for report in act.reports:
        sides = (
            itertools.combinations(sorted(report.actors | report.recipients), 2)
            if report.mutual
            else itertools.product(report.actors, report.recipients)
        )
        for one, other in sides:
            if one != other:
                seen.add((one, other) if one < other else (other, one))
    yield from sorted(seen)


def by_pair(
    found: Iterable[Act],
    among: Collection[str],
    since: dt.date | None,
    until: dt.date | None,
    *,
    bodies: bool,
) -> tuple[dict[Pair, list[Act]], int]:
    """The dated acts of each pair of states that were done in a time, and how many have no exact date."""
    return _by_pair(distinct(found), among, since, until, bodies=bodies)


def _by_pair(
    ordered: Iterable[Act],
    among: Collection[str],
    since: dt.date | None,
    until: dt.date | None,
    *,
    bodies: bool,
) -> tuple[dict[Pair, list[Act]], int]:
    known = states()
    chosen = frozenset(among)
    held: dict[Pair, list[Act]] = {}
    undated = 0
    for act in ordered:
        if not act.counts:
            continue
        meant = [
            pair
            for pair in pairs_of(act)
            if (not chosen or chosen.issuperset(pair)) and (bodies or (pair[0] in known and pair[1] in known))
        ]
        if not meant:
            continue
        if act.earliest is None or act.latest is None:
            undated += 1
            continue
        if (since and act.earliest < since) or (until and act.latest > until):
            continue
        for pair in meant:
            held.setdefault(pair, []).append(act)
    return held, undated


def stories_of(acts: Iterable[Act], weights: str) -> tuple[bootstrap.Numbers, bootstrap.Numbers]:
    """Cooperation and conflict of each story."""
    sums: dict[str, list[float]] = {}
    for act in acts:
        score = act.score(weights)
        sums.setdefault(act.story, [0.0, 0.0])[score < 0] += abs(score)
    table = np.array(sorted(sums.values()), dtype=float).reshape(-1, 2)
    return table[:, 0], table[:, 1]


def _tie(pair: Pair, acts: list[Act], weights: str, prior: float) -> Tie:
    cooperation = sum(max(act.score(weights), 0.0) for act in acts)
    conflict = sum(max(-act.score(weights), 0.0) for act in acts)
    stories = stories_of(acts, weights)
    bounds = bootstrap.interval(*stories, prior)
    low, high = bounds or (None, None)
    sign = 0
    if low is not None and high is not None:
        sign = 1 if low > 0 else -1 if high < 0 else 0
    ways = [act.direction(*pair) for act in acts]
    return Tie(
        *pair,
        cooperation=cooperation,
        conflict=conflict,
        net=bootstrap.net(cooperation, conflict, prior),
        low=low,
        high=high,
        sign=sign,
        forward=ways.count("first"),
        backward=ways.count("second"),
        together=ways.count("mutual"),
        stories=len(stories[0]),
        records=tuple(act.record for act in acts),
    )


def _nodes(ties: tuple[Tie, ...]) -> tuple[Node, ...]:
    import networkx

    graph = networkx.Graph()
    graph.add_nodes_from(sorted({code for tie in ties for code in (tie.first, tie.second)}))
    graph.add_edges_from((tie.first, tie.second) for tie in ties)
    between: Mapping[str, float] = networkx.betweenness_centrality(graph) if len(graph) else {}
    signed = {(tie.first, tie.second): tie.net for tie in ties}
    group = communities.communities(signed)
    power = communities.eigenvector({pair: net for pair, net in signed.items() if net > 0}, sorted(graph))
    found = []
    for code in sorted(graph):
        mine = [tie for tie in ties if code in (tie.first, tie.second)]
        found.append(
            Node(
                code=code,
                friends=sum(tie.sign > 0 for tie in mine),
                opponents=sum(tie.sign < 0 for tie in mine),
                records=len({record for tie in mine for record in tie.records}),
                eigenvector=power[code],
                betweenness=between[code],
                community=group[code],
            )
        )
    return tuple(found)
