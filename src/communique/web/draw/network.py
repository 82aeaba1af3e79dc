"""The network as SVG: states on a ring, those of one group side by side; ties are links to their pair."""

from __future__ import annotations

import math
from collections.abc import Sequence

from markupsafe import Markup, escape

from communique.export.brief.wording import state
from communique.measure.network import Network, Tie
from communique.web.words import signed2

RING, SMALL, EACH = 250.0, 60.0, 16.0  # the widest ring, one with no state, and how much each state adds
MARGIN = 120.0  # for the names


def svg(network: Network, shown: Sequence[str]) -> Markup:
    """The drawing of the states that are shown; nothing where no tie is."""
    kept = set(shown)
    ties = [tie for tie in network.ties if tie.first in kept and tie.second in kept]
    if not ties:
        return Markup("")
    group = {node.code: node.community for node in network.nodes}
    weight = {node.code: node.friends + node.opponents for node in network.nodes}
    ring = sorted(kept, key=lambda code: (group[code], -weight[code], code))
    at = {code: 2 * math.pi * number / len(ring) - math.pi / 2 for number, code in enumerate(ring)}
    radius = min(RING, SMALL + EACH * len(ring))
    place = {code: (radius * math.cos(angle), radius * math.sin(angle)) for code, angle in at.items()}
    half = radius + MARGIN
    parts = [
        f'<svg viewBox="{-half:g} {-radius - 40:g} {2 * half:g} {2 * radius + 80:g}" width="{2 * half:g}" '
        f'height="{2 * radius + 80:g}" role="group" '
        'aria-label="States on a ring, blue ties of cooperation, orange dashed ties of conflict. The same ties stand '
        'in the table that follows.">'
    ]
    for tie in sorted(ties, key=lambda each: len(each.records)):
        parts.append(_tie(tie, place))
    for code in ring:
        parts.append(_node(code, place[code], at[code], weight[code]))
    return Markup("\n".join([*parts, "</svg>"]))


def _tie(tie: Tie, place: dict[str, tuple[float, float]]) -> str:
    (x1, y1), (x2, y2) = place[tie.first], place[tie.second]
    # bent towards the middle, so that neighbours on the ring do not lie on each other
    cx, cy = (x1 + x2) / 2 * 0.55, (y1 + y2) / 2 * 0.55
    wide = min(8.0, 1.0 + math.log2(len(tie.records)))
    words = escape(
        f"{state(tie.first)} and {state(tie.second)}: net {signed2(tie.net)} "
        f"({signed2(tie.low)} to {signed2(tie.high)}), {len(tie.records)} records"
    )
    dash = "" if tie.sign > 0 else ' stroke-dasharray="7 4"'
    name = "edge-up" if tie.sign > 0 else "edge-down"
    path = f"M{x1:.1f},{y1:.1f} Q{cx:.1f},{cy:.1f} {x2:.1f},{y2:.1f}"
    return (
        f'<a href="/pair/{escape(tie.first)}/{escape(tie.second)}" aria-label="{words}"><title>{words}</title>'
        f'<path class="edge {name}" d="{path}" stroke-width="{wide:.1f}" fill="none"{dash}/></a>'
    )


def _node(code: str, at: tuple[float, float], angle: float, ties: int) -> str:
    x, y = at
    side = math.cos(angle)
    anchor = "start" if side > 0.2 else "end" if side < -0.2 else "middle"
    far = 14 + min(8, ties)
    tx, ty = x + far * side, y + far * math.sin(angle) + 4
    return (
        f'<a href="/actor/{escape(code)}"><circle class="node" cx="{x:.1f}" cy="{y:.1f}" r="{4 + min(8, ties):g}"/>'
        f'<text class="name" x="{tx:.1f}" y="{ty:.1f}" text-anchor="{anchor}">{escape(state(code))}</text></a>'
    )
