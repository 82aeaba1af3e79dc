"""The network of many: what becomes a tie, who stands where, who moved."""

from __future__ import annotations

import datetime as dt
import itertools
import random

import networkx
import pytest
from tests.acts import deed

from communique.measure import communities
from communique.measure.acts import Act
from communique.measure.moved import moved
from communique.measure.network import of_acts


def many(kind: str, actor: str, recipient: str, number: int, month: str = "2021-03") -> list[Act]:
    """So many acts of one kind, one a day."""
    return [
        deed(f"{kind}-{actor}-{recipient}-{month}-{n}", kind, actor, recipient, date=f"{month}-{n + 1:02}")
        for n in range(number)
    ]


# the United States with Japan, Russia with China, the United States against Russia; India has both sides at once
WORLD = [
    *many("SUPPORT", "USA", "JPN", 8),
    *many("AID", "RUS", "CHN", 8),
    *many("SANCTION", "USA", "RUS", 8),
    *many("ACCUSE", "JPN", "CHN", 8),
    *many("SUPPORT", "IND", "USA", 4),
    *many("ACCUSE", "USA", "IND", 4),
    *many("SUPPORT", "FRA", "DEU", 2),
]


def test_a_tie_is_drawn_only_where_the_interval_leaves_zero_out() -> None:
    found = of_acts(WORLD)
    assert found.signs() == {("JPN", "USA"): 1, ("CHN", "RUS"): 1, ("RUS", "USA"): -1, ("CHN", "JPN"): -1}
    assert [(tie.first, tie.second) for tie in found.unclear] == [("IND", "USA")]
    assert found.thin == 1


def test_a_tie_knows_who_acts_on_whom() -> None:
    tie = next(tie for tie in of_acts(WORLD).unclear)
    assert (tie.first, tie.forward, tie.backward, tie.together) == ("IND", 4, 4, 0)


def test_two_camps_are_in_balance_and_are_found() -> None:
    found = of_acts(WORLD)
    assert found.frustration.number == 0
    assert set(found.frustration.camps) == {frozenset({"USA", "JPN"}), frozenset({"CHN", "RUS"})}
    groups = {node.code: node.community for node in found.nodes}
    assert groups["USA"] == groups["JPN"] != groups["CHN"] == groups["RUS"]


def test_the_order_of_acts_changes_nothing() -> None:
    mixed = [*WORLD, *WORLD]
    random.Random(5).shuffle(mixed)
    assert of_acts(mixed) == of_acts(WORLD)


def test_bodies_are_in_the_network_only_on_request() -> None:
    acts = [*WORLD, *many("SUPPORT", "UNO", "FRA", 8)]
    assert "UNO" not in {node.code for node in of_acts(acts).nodes}
    assert "UNO" in {node.code for node in of_acts(acts, bodies=True).nodes}


def test_the_graph_can_be_written_and_read_by_networkx(tmp_path: object) -> None:
    graph = of_acts(WORLD).to_networkx()
    for write, read, name in (
        (networkx.write_graphml, networkx.read_graphml, "net.graphml"),
        (networkx.write_gexf, networkx.read_gexf, "net.gexf"),
    ):
        path = f"{tmp_path}/{name}"
        write(graph, path)
        again = read(path)
        assert set(again.nodes) == set(graph.nodes)
        assert {frozenset(edge) for edge in again.edges} == {frozenset(edge) for edge in graph.edges}


def test_a_pair_that_turned_has_moved_and_one_that_stayed_has_not() -> None:
    spring = [*many("SUPPORT", "USA", "CHN", 8, "2021-03"), *many("SUPPORT", "USA", "JPN", 8, "2021-03")]
    summer = [*many("SANCTION", "USA", "CHN", 8, "2021-06"), *many("SUPPORT", "USA", "JPN", 8, "2021-06")]
    times = [(dt.date(2021, month, 1), dt.date(2021, month, 30)) for month in (3, 6)]
    shifts = moved([*summer, *spring], times[0], times[1])
    assert [(each.first, each.second, each.sure) for each in shifts] == [
        ("CHN", "USA", True),
        ("JPN", "USA", False),
    ]
    assert shifts[0].change == pytest.approx(-48 / 53 - 40 / 45, abs=1e-9)
    assert shifts[1].change == 0.0


def test_communities_of_two_cliques_with_one_hostile_bridge_are_the_cliques() -> None:
    one, other = ["a", "b", "c", "d"], ["w", "x", "y", "z"]
    weights = dict.fromkeys([*itertools.combinations(one, 2), *itertools.combinations(other, 2)], 1.0)
    groups = communities.communities(weights | {("d", "w"): -1.0})
    assert {groups[name] for name in one} == {1} and {groups[name] for name in other} == {2}


def test_the_eigenvector_is_that_of_networkx() -> None:
    weights = {("a", "b"): 1.0, ("b", "c"): 0.5, ("a", "c"): 0.8, ("c", "d"): 0.3}
    graph = networkx.Graph()
    graph.add_weighted_edges_from((one, other, weight) for (one, other), weight in weights.items())
    theirs = networkx.eigenvector_centrality(graph, max_iter=5000, tol=1e-12, weight="weight")
    ours = communities.eigenvector(weights, sorted(graph))
    most = max(theirs.values())
    assert ours == pytest.approx({name: value / most for name, value in theirs.items()}, abs=1e-6)


def test_no_acts_give_an_empty_network_that_says_so() -> None:
    from communique.measure.webwords import lines

    assert "0 states" in next(lines(of_acts([])))
