"""The network of states: ties only where the interval leaves zero out, groups, balance, and what is too thin."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query

from communique.cli.states import codes
from communique.export.brief import wording
from communique.measure.network import of_acts
from communique.measure.placing import PLACES, placed
from communique.measure.rules import WEIGHTS
from communique.measure.webwords import summary, tie_row
from communique.web.asked import bound, words
from communique.web.desk import Desk, desk_of
from communique.web.draw import network as drawing
from communique.web.pages import Page, add

router = APIRouter()
MOST = 40  # states in the picture: those with most ties


def network(
    desk: Desk = Depends(desk_of),
    state: Annotated[list[str] | None, Query(description="Only among these.")] = None,
    weights: Annotated[str, Query(description="plover, goldstein or quad.")] = "plover",
    since: Annotated[str | None, Query(alias="from", description="From then on.")] = None,
    until: Annotated[str | None, Query(alias="to", description="Up to and including then.")] = None,
    days: Annotated[str, Query(description="own, or reported: the others by their report.")] = "own",
) -> Page:
    """Ties between states with the records behind each, and the groups, balance and centralities that follow."""
    named = words(state)
    start, end = bound(since, "from"), bound(until, "to", last=True)
    key = f"network {named} {weights} {start} {end} {days}"
    found = desk.kept(
        key,
        lambda: of_acts(
            placed(desk.archive, desk.acts(), days), among=codes(named), since=start, until=end, weights=weights
        ),
    )
    rows = [tie_row(tie) for tie in (*found.ties, *found.unclear)]
    nodes = sorted(found.nodes, key=lambda node: (-node.friends - node.opponents, node.code))
    data: dict[str, Any] = {
        "summary": summary(found),
        "ties": rows,
        "states": [{name: getattr(node, name) for name in node.__dataclass_fields__} for node in nodes],
    }
    context = {
        "network": found,
        "nodes": nodes,
        "drawn": drawing.svg(found, [node.code for node in nodes[:MOST]]),
        "hidden": max(0, len(nodes) - MOST),
        "ties": sorted(found.ties, key=lambda tie: (-len(tie.records), tie.first, tie.second)),
        "names": {node.code: wording.state(node.code) for node in nodes},
        "wanted": {"state": named, "weights": weights, "from": since or "", "to": until or "", "days": days},
        "choices": {"weights": WEIGHTS, "days": PLACES},
    }
    table = [{name: value for name, value in row.items() if name != "records"} for row in rows]
    return Page("network.html.j2", "Network", data, table, context)


add(router, "/network", network, "The network of states", menu="Network")
