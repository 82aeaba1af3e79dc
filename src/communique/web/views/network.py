"""The network of states: ties only where the interval leaves zero out, groups, balance, and what is too thin."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query

from communique.archive import Archive
from communique.cli.states import codes
from communique.errors import UsageError
from communique.export.brief import wording
from communique.measure import read
from communique.measure.balance import Frustration, Triads
from communique.measure.network import Network, Node, Tie, of_acts
from communique.measure.placing import PLACES, placed
from communique.measure.rules import WEIGHTS
from communique.measure.webwords import summary, tie_row
from communique.web import answers
from communique.web.asked import bound, words
from communique.web.desk import Desk, desk_of
from communique.web.draw import network as drawing
from communique.web.pages import Page, add

router = APIRouter()
MOST = 40  # states in the picture: those with most ties
LISTED = 200  # ties in the table: those of most records


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
    if weights not in WEIGHTS or days not in PLACES:
        wrong, choices = (weights, WEIGHTS) if weights not in WEIGHTS else (days, PLACES)
        raise UsageError("is no choice here", where=wrong, advice=f"Choose {', '.join(choices)}")
    given: dict[str, Any] = {
        "among": codes(named),
        "since": start.isoformat() if start else None,
        "until": end.isoformat() if end else None,
        "weights": weights,
        "days": days,
    }
    made = desk.worked("network", **given)
    shown = desk.once(f"network {given}", made, lambda: Shown.of(made)) if made else Shown.of(None)
    found, nodes = shown.network, shown.nodes
    data: dict[str, Any] = {
        "ready": made is not None,
        "summary": summary(found),
        "ties": shown.rows,
        "states": [{name: getattr(node, name) for name in node.__dataclass_fields__} for node in nodes],
    }
    context = {
        "network": found,
        "nodes": nodes,
        "drawn": shown.drawn,
        "hidden": max(0, len(nodes) - MOST),
        "ties": shown.ties[:LISTED],
        "more": max(0, len(shown.ties) - LISTED),
        "names": {node.code: wording.state(node.code) for node in nodes},
        "wanted": {"state": named, "weights": weights, "from": since or "", "to": until or "", "days": days},
        "choices": {"weights": WEIGHTS, "days": PLACES},
        "counting": made is None,
    }
    table = [{name: value for name, value in row.items() if name != "records"} for row in shown.rows]
    return Page("network.html.j2", "Network", data, table, context, refresh=3 if made is None else None)


@dataclass(frozen=True, slots=True)
class Shown:
    """A network as the page needs it: ties by number of records, nodes by number of ties, rows for programs."""

    network: Network
    ties: tuple[Tie, ...]
    nodes: tuple[Node, ...]
    rows: list[dict[str, Any]]
    drawn: str

    @classmethod
    def of(cls, made: dict[str, Any] | None) -> Shown:
        """Of what the worker made, or of nothing."""
        found = unpacked(made) if made else of_acts(())
        nodes = sorted(found.nodes, key=lambda node: (-node.friends - node.opponents, node.code))
        return cls(
            found,
            tuple(sorted(found.ties, key=lambda tie: (-len(tie.records), tie.first, tie.second))),
            tuple(nodes),
            [tie_row(tie) for tie in (*found.ties, *found.unclear)],
            drawing.svg(found, [node.code for node in nodes[:MOST]]),
        )


def work(
    archive: Archive, *, among: Sequence[str], since: str | None, until: str | None, weights: str, days: str
) -> dict[str, Any]:
    """The network as plain values."""
    acts = placed(archive, read.acts(archive), days)
    start, end = (dt.date.fromisoformat(given) if given else None for given in (since, until))
    found = of_acts(acts, among=among, since=start, until=end, weights=weights)
    held = asdict(found)
    held["since"], held["until"] = since, until
    held["frustration"]["camps"] = [sorted(camp) for camp in found.frustration.camps]
    return held


def unpacked(held: dict[str, Any]) -> Network:
    """The network again."""
    ties, unclear = (
        tuple(Tie(**tie | {"records": tuple(tie["records"])}) for tie in held[name]) for name in ("ties", "unclear")
    )
    one, other = (frozenset(camp) for camp in held["frustration"]["camps"])
    days = {name: dt.date.fromisoformat(held[name]) if held[name] else None for name in ("since", "until")}
    return Network(
        since=days["since"],
        until=days["until"],
        weights=held["weights"],
        ties=ties,
        unclear=unclear,
        thin=held["thin"],
        undated=held["undated"],
        nodes=tuple(Node(**node) for node in held["nodes"]),
        triads=Triads(tuple(held["triads"]["counts"]), tuple(tuple(each) for each in held["triads"]["tense"])),
        frustration=Frustration(
            held["frustration"]["number"],
            held["frustration"]["exact"],
            (one, other),
            tuple(tuple(tie) for tie in held["frustration"]["ties"]),
        ),
    )


add(router, "/network", network, "The network of states", answers.NETWORK, menu="Network")
