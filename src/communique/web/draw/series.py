"""The series of a pair as SVG: net with its interval above, cooperation and conflict below; every period is a link."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

from markupsafe import Markup, escape

from communique.model import PairPoint, PairSeries
from communique.web.words import signed, signed2

LEFT, RIGHT, TOP = 44.0, 8.0, 10.0
NET, GAP, SUMS, FOOT = 130.0, 24.0, 120.0, 26.0
WIDTH, NARROWEST = 860.0, 300.0
HEIGHT = TOP + NET + GAP + SUMS + FOOT
WIDEST = 64.0  # of one period
LABELS = 14  # at most so many words under the axis
ROOM = 60.0  # that one of them takes


def svg(series: PairSeries, link: Callable[[PairPoint], str], chosen: str | None = None) -> Markup:
    """The drawing; nothing where there is no point. link gives the address that a period opens."""
    points = series.points
    if not points:
        return Markup("")
    step = min(WIDEST, (WIDTH - LEFT - RIGHT) / len(points))
    width = max(NARROWEST, LEFT + RIGHT + step * len(points))
    most = max([1.0, *(max(point.cooperation or 0, point.conflict or 0) for point in points)])
    parts = [*_frame(most, width), *_band(points, step), *_line(points, step)]
    for number, point in enumerate(points):
        parts += _period(point, number, step, most, link(point), point.period == chosen)
    parts += _labels(points, step)
    head = (
        f'<svg viewBox="0 0 {width:g} {HEIGHT:g}" width="{width:g}" height="{HEIGHT:g}" role="group" '
        'aria-label="Net above, cooperation and conflict below, period by period. Each period is a link to its acts; '
        'the same numbers stand in the table that follows.">'
    )
    return Markup("\n".join([head, *parts, "</svg>"]))


def described(point: PairPoint) -> str:
    """A period in one line, for the pointer and for those who hear the page."""
    count = f"{len(point.records)} record{'' if len(point.records) == 1 else 's'}"
    if point.net is None:
        return f"{point.period}: {point.note or count}"
    bounds = f" ({signed2(point.low)} to {signed2(point.high)})" if point.low is not None else ""
    sums = f"cooperation {point.cooperation:g}, conflict {point.conflict:g}"
    return f"{point.period}: net {signed2(point.net)}{bounds}, {sums}, {count}"


def _net(value: float) -> float:
    """Where a net stands."""
    return TOP + NET * (1 - value) / 2


def _sum(value: float, most: float) -> float:
    """Where a sum stands; conflict is below the line."""
    middle = TOP + NET + GAP + SUMS / 2
    return middle - value / most * SUMS / 2


def _frame(most: float, width: float) -> Iterator[str]:
    for value in (1, 0.5, 0, -0.5, -1):
        name = "zero" if value == 0 else "axis"
        yield f'<line class="{name}" x1="{LEFT}" x2="{width - RIGHT:g}" y1="{_net(value):.1f}" y2="{_net(value):.1f}"/>'
        if value in (1, 0, -1):
            words = signed(value) if value else "0"
            yield f'<text x="{LEFT - 6}" y="{_net(value) + 4:.1f}" text-anchor="end">{words}</text>'
    for share in (1.0, 0.0, -1.0):
        at = _sum(share * most, most)
        name = "zero" if share == 0 else "axis"
        yield f'<line class="{name}" x1="{LEFT}" x2="{width - RIGHT:g}" y1="{at:.1f}" y2="{at:.1f}"/>'
        yield f'<text x="{LEFT - 6}" y="{at + 4:.1f}" text-anchor="end">{abs(share * most):g}</text>'


def _middle(number: int, step: float) -> float:
    return LEFT + step * (number + 0.5)


def _runs(points: tuple[PairPoint, ...], known: Callable[[PairPoint], bool]) -> Iterator[list[int]]:
    """Numbers of points in a row that are known: what is not known is not drawn over."""
    run: list[int] = []
    for number, point in enumerate(points):
        if known(point):
            run.append(number)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _band(points: tuple[PairPoint, ...], step: float) -> Iterator[str]:
    for run in _runs(points, lambda point: point.low is not None and point.high is not None):
        width = step * 0.35
        upper = [(_middle(n, step), _net(points[n].high or 0)) for n in run]
        lower = [(_middle(n, step), _net(points[n].low or 0)) for n in reversed(run)]
        if len(run) == 1:  # a point alone has an interval too
            (x, high), (_, low) = upper[0], lower[0]
            upper, lower = [(x - width, high), (x + width, high)], [(x + width, low), (x - width, low)]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in [*upper, *lower])
        yield f'<polygon class="band" points="{path}"/>'


def _line(points: tuple[PairPoint, ...], step: float) -> Iterator[str]:
    for run in _runs(points, lambda point: point.net is not None):
        path = " ".join(f"{_middle(n, step):.1f},{_net(points[n].net or 0):.1f}" for n in run)
        yield f'<polyline class="net" points="{path}"/>'


def _period(point: PairPoint, number: int, step: float, most: float, link: str, chosen: bool) -> Iterator[str]:
    x, zero = _middle(number, step), _sum(0, most)
    if not point.records:
        return
    words = escape(described(point))
    yield f'<a href="{escape(link)}" aria-label="{words}"><title>{words}</title>'
    mark = " chosen" if chosen else ""
    yield (
        f'<rect class="target{mark}" x="{x - step / 2:.1f}" y="{TOP}" width="{step:.1f}" '
        f'height="{NET + GAP + SUMS:g}"/>'
    )
    wide = max(1.5, step * 0.7)
    low = 0.0
    for name, value in (("coop", point.cooperation_verbal), ("coop deeds", point.cooperation_material)):
        if value:
            top, bottom = _sum(low + value, most), _sum(low, most)
            yield _bar(name, x, wide, top, bottom)
            low += value
    low = 0.0
    for name, value in (("conf", point.conflict_verbal), ("conf deeds", point.conflict_material)):
        if value:
            top, bottom = _sum(-low, most), _sum(-low - value, most)
            yield _bar(name, x, wide, top, bottom)
            low += value
    if point.net is not None:
        yield f'<circle class="point" cx="{x:.1f}" cy="{_net(point.net):.1f}" r="4"/>'
    else:  # too few for a score: they are there all the same
        yield f'<circle class="few" cx="{x:.1f}" cy="{zero:.1f}" r="3.5"/>'
    yield "</a>"


def _bar(name: str, x: float, wide: float, top: float, bottom: float) -> str:
    return f'<rect class="{name}" x="{x - wide / 2:.1f}" y="{top:.1f}" width="{wide:.1f}" height="{bottom - top:.1f}"/>'


def _labels(points: tuple[PairPoint, ...], step: float) -> Iterator[str]:
    every = max(1, -(-len(points) // LABELS), math.ceil(ROOM / step))
    for number in range(0, len(points), every):
        yield (
            f'<text x="{_middle(number, step):.1f}" y="{HEIGHT - 8:g}" text-anchor="middle">'
            f"{escape(points[number].period)}</text>"
        )
