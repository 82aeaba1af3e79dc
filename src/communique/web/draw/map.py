"""The map of meetings as SVG: land in outline, a circle for each place, which is a link to its meetings."""

from __future__ import annotations

import functools
import json
import math
from collections.abc import Callable, Sequence
from typing import Any

from markupsafe import Markup, escape

from communique.export.brief.wording import state
from communique.knowledge import load
from communique.measure.encounters import Encounters

WIDTH, HEIGHT = 1000.0, 500.0  # 360 degrees by 180
WIDEST = 16.0
NAMED = 14
APART = (60.0, 34.0)  # room that a name takes
TOP, BOTTOM = 84.0, -58.0  # degrees of latitude; nobody meets beyond


def svg(found: Sequence[Encounters], link: Callable[[Encounters], str]) -> Markup:
    """The drawing; the largest places lie under the others, so that each can be reached."""
    known = [each for each in found if each.latitude is not None and each.longitude is not None]
    most = max((len(each.records) for each in known), default=1)
    _, top = at(0.0, TOP)
    _, bottom = at(0.0, BOTTOM)
    parts = [
        f'<svg viewBox="0 {top:.0f} {WIDTH:g} {bottom - top:.0f}" width="{WIDTH:g}" height="{bottom - top:.0f}" '
        'role="group" aria-label="Places of meetings on a map of the world. Each is a link; the same places stand in '
        'the table that follows.">',
        f'<path class="land" d="{land()}"/>',
    ]
    named: list[tuple[float, float]] = []
    for each in sorted(known, key=lambda one: -len(one.records)):
        x, y = at(each.longitude or 0.0, each.latitude or 0.0)
        radius = 3 + WIDEST * math.sqrt(len(each.records) / most)
        words = escape(described(each))
        name = "dot" if each.exact else "dot vague"
        label = ""
        if len(named) < NAMED and not any(abs(x - ox) < APART[0] and abs(y - oy) < APART[1] for ox, oy in named):
            named.append((x, y))
            label = (
                f'<text class="name" x="{x:.1f}" y="{y - radius - 3:.1f}" text-anchor="middle">'
                f"{escape(each.place)}</text>"
            )
        parts.append(
            f'<a href="{escape(link(each))}" aria-label="{words}"><title>{words}</title>'
            f'<circle class="{name}" cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}"/>{label}</a>'
        )
    return Markup("\n".join([*parts, "</svg>"]))


def described(each: Encounters) -> str:
    """A place in one line."""
    number = f"{len(each.records)} meeting{'' if len(each.records) == 1 else 's'}"
    pairs = "; ".join(f"{state(one)} and {state(other)}" for one, other in each.pairs[:3])
    guess = "" if each.exact else " (drawn at the capital: only the state is known)"
    return f"{each.place}: {number}{guess}{f': {pairs}' if pairs else ''}"


def at(longitude: float, latitude: float) -> tuple[float, float]:
    """Degrees (WGS 84) to the drawing, equirectangular."""
    return (longitude + 180) / 360 * WIDTH, (90 - latitude) / 180 * HEIGHT


@functools.cache
def land() -> str:
    """The outline of the land as one path, out of the TopoJSON that comes with the package (Natural Earth)."""
    held: dict[str, Any] = json.loads(load.text("land.json"))
    (sx, sy), (tx, ty) = held["transform"]["scale"], held["transform"]["translate"]
    arcs: list[list[tuple[float, float]]] = []
    for arc in held["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:  # each point is a step from the last one
            x, y = x + dx, y + dy
            points.append(at(x * sx + tx, y * sy + ty))
        arcs.append(points)
    rings: list[list[int]] = []
    for shape in held["objects"]["land"]["geometries"]:
        polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        rings += [ring for polygon in polygons for ring in polygon]
    return " ".join(_ring(ring, arcs) for ring in rings)


def _ring(ring: Sequence[int], arcs: list[list[tuple[float, float]]]) -> str:
    points: list[tuple[float, float]] = []
    for number in ring:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += arc if not points else arc[1:]
    runs: list[list[tuple[float, float]]] = [[]]
    for point in points:
        if runs[-1] and abs(point[0] - runs[-1][-1][0]) > WIDTH / 2:  # over the edge of the map
            runs.append([])
        runs[-1].append(point)
    return " ".join("M" + "L".join(f"{x:.1f},{y:.1f}" for x, y in run) + "Z" for run in runs if len(run) > 2)
