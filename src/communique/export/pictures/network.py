"""The picture of a network: states as circles, ties of cooperation drawn through, ties of conflict dashed."""

from __future__ import annotations

import math
from typing import Any

from communique.export.pictures import theme
from communique.measure.network import Network
from communique.measure.words import name

SIZE = 640
KINDS = ("cooperation", "conflict")


def picture(found: Network) -> Any:
    """The network as an Altair chart. The layout is computed by stress alone, so the same network looks the same."""
    import altair as alt

    title = theme.titled(_title(found), _subtitle(found))
    if not found.nodes:
        empty = alt.Chart(theme.inline([{"text": "No pair has enough dated records for a tie"}]))
        return theme.themed(
            empty.mark_text(align="left", color=theme.MUTED).encode(text="text:N").properties(title=title)
        )
    at = layout(found)
    scale = alt.Scale(domain=[-1.15, 1.15], nice=False)
    kinds = alt.Scale(domain=list(KINDS), range=[theme.COOPERATION, theme.CONFLICT])
    ties = [
        {
            "x": at[tie.first][0],
            "y": at[tie.first][1],
            "x2": at[tie.second][0],
            "y2": at[tie.second][1],
            "kind": KINDS[tie.sign < 0],
            "pair": f"{name(tie.first)} and {name(tie.second)}",
            "net": tie.net,
            "strength": abs(tie.net),
            "records": len(tie.records),
        }
        for tie in found.ties
    ]
    lines = (
        alt.Chart(theme.inline(ties))
        .mark_rule(opacity=0.75)
        .encode(
            x=alt.X("x:Q", axis=None, scale=scale),
            y=alt.Y("y:Q", axis=None, scale=scale),
            x2="x2:Q",
            y2="y2:Q",
            color=alt.Color("kind:N", scale=kinds, title=None, legend=alt.Legend(symbolType="stroke")),
            strokeDash=alt.StrokeDash(
                "kind:N", scale=alt.Scale(domain=list(KINDS), range=[[1, 0], [6, 4]]), title=None
            ),
            strokeWidth=alt.StrokeWidth("strength:Q", scale=alt.Scale(domain=[0, 1], range=[0.6, 4]), legend=None),
            tooltip=["pair:N", alt.Tooltip("net:Q", format="+.2f"), "records:Q"],
        )
    )
    nodes = [
        {
            "x": at[node.code][0],
            "y": at[node.code][1],
            "code": node.code,
            "name": name(node.code),
            "group": node.community,
            "friends": node.friends,
            "opponents": node.opponents,
            "records": node.records,
        }
        for node in found.nodes
    ]
    base = alt.Chart(theme.inline(nodes)).encode(
        x=alt.X("x:Q", axis=None, scale=scale), y=alt.Y("y:Q", axis=None, scale=scale)
    )
    dots = base.mark_circle(opacity=1, stroke=theme.INK, strokeWidth=1, fill=theme.PAPER).encode(
        size=alt.Size("records:Q", scale=alt.Scale(type="sqrt", range=[420, 1500]), legend=None),
        tooltip=["name:N", "friends:Q", "opponents:Q", "records:Q", "group:N"],
    )
    labels = base.mark_text(fontSize=10, fontWeight="bold", color=theme.INK).encode(text="code:N")
    return theme.themed(alt.layer(lines, dots, labels).properties(width=SIZE, height=SIZE, title=title))


def layout(found: Network) -> dict[str, tuple[float, float]]:
    """Places in [-1, 1] by stress majorisation (Gansner, Koren and North 2004): friends near, opponents far apart."""
    import networkx

    nodes = [node.code for node in found.nodes]
    graph = networkx.Graph()
    graph.add_nodes_from(nodes)
    for tie in found.ties:
        graph.add_edge(tie.first, tie.second, length=1.0 if tie.sign > 0 else 2.6)
    far = dict(networkx.all_pairs_dijkstra_path_length(graph, weight="length"))
    widest = max((length for held in far.values() for length in held.values()), default=1.0) + 1.0
    wanted = {(a, b): far[a].get(b, widest) for a in nodes for b in nodes if a != b}
    # the start is a circle in the order of groups and names, turned a little so that nothing is symmetric by chance
    order = sorted(found.nodes, key=lambda node: (node.community, node.code))
    turn = {
        node.code: 0.1 + 2 * math.pi * number / max(1, len(order)) + 0.013 * (number % 3)
        for number, node in enumerate(order)
    }
    at = {code: (widest / 2 * math.cos(turn[code]), widest / 2 * math.sin(turn[code])) for code in nodes}
    for _ in range(120):
        at = {code: _pulled(code, at, wanted) for code in nodes}
    return {code: (_scaled(at, code, 0), _scaled(at, code, 1)) for code in nodes}


def _scaled(at: dict[str, tuple[float, float]], code: str, side: int) -> float:
    """One coordinate between -1 and 1, so that the picture is filled both ways."""
    low, high = min(place[side] for place in at.values()), max(place[side] for place in at.values())
    return round(2 * (at[code][side] - low) / (high - low) - 1, 4) if high > low else 0.0


def _pulled(code: str, at: dict[str, tuple[float, float]], wanted: dict[tuple[str, str], float]) -> tuple[float, float]:
    """The place that lowers the stress of one state, the others standing still."""
    x = y = total = 0.0
    for other, place in at.items():
        if other == code:
            continue
        want = wanted[code, other]
        weight = want**-2
        distance = math.dist(at[code], place) or 1e-9
        x += weight * (place[0] + want * (at[code][0] - place[0]) / distance)
        y += weight * (place[1] + want * (at[code][1] - place[1]) / distance)
        total += weight
    return (x / total, y / total) if total else at[code]


def _title(found: Network) -> str:
    since, until = found.since, found.until
    time = f", {since} to {until}" if since and until else f" since {since}" if since else f" until {until}"
    return f"Who is close to whom{time if since or until else ''}"


def _subtitle(found: Network) -> list[str]:
    return [
        f"{len(found.ties)} ties whose interval leaves zero out; {len(found.unclear)} pairs are unclear, "
        f"{found.thin} have too few records.",
        "A wider line is a stronger tie, a larger circle has more records. Dashed: conflict.",
    ]
