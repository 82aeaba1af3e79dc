"""The picture of a pair: its net with the band of its interval and its level, and under it what was done and said."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from communique.export.pictures import theme
from communique.measure import words
from communique.model import PairPoint, PairSeries

LOWER = 150  # height of the lower panel
MOST_LABELS = 12
LABELS = {"day": "%-d %b %Y", "week": "%-d %b %Y", "month": "%b %Y", "quarter": "Q%q %Y", "year": "%Y"}
LINES = {"net": theme.INK, "level (older acts fade)": theme.LEVEL}
BARS = {
    "cooperation in words": (theme.COOPERATION_WORDS, 1),
    "cooperation in deeds": (theme.COOPERATION, 0),
    "conflict in words": (theme.CONFLICT_WORDS, 1),
    "conflict in deeds": (theme.CONFLICT, 0),
}


def picture(found: Sequence[PairSeries]) -> Any:
    """One series, or several of one pair (its directions) under each other, as an Altair chart."""
    import altair as alt

    panels = [_panels(series) for series in found]
    return theme.themed(alt.vconcat(*panels, spacing=30))


def _panels(series: PairSeries) -> Any:
    import altair as alt

    shown = [point for point in series.points if point.records]
    title = theme.titled(words.title(series), _subtitle(series))
    if not shown:
        empty = alt.Chart(theme.inline([{"text": "No dated record of what was done"}]))
        return empty.mark_text(align="left", color=theme.MUTED).encode(text="text:N").properties(title=title)
    return (
        alt.vconcat(_net(series), _sums(series), spacing=8).resolve_scale(color="independent").properties(title=title)
    )


def _subtitle(series: PairSeries) -> list[str]:
    number = len(series.total.records) if series.total else 0
    beside = len(series.vague) + len(series.undated)
    first = f"{number} merged record{'' if number == 1 else 's'} of what was done"
    if beside:
        first += f"; {beside} more without an exact date are not in it"
    return [first, f"Band: {series.confidence:.0%} interval over stories. No score under {series.fewest} records: gap."]


def _x(series: PairSeries, title: str | None) -> Any:
    import altair as alt

    # bars and points stand in the middle of their period; the axis runs over all of them, silent ones too
    starts = [point.start.isoformat() for point in series.points]
    ending = series.points[-1].end.toordinal() + 1
    end = series.points[-1].end.fromordinal(min(ending, series.points[-1].end.max.toordinal())).isoformat()
    shown = starts[:: max(1, -(-len(starts) // MOST_LABELS))]
    return alt.X(
        "middle:T",
        title=title,
        scale=alt.Scale(domain=[starts[0], end], type="utc", nice=False, padding=0),
        axis=alt.Axis(values=shown, format=LABELS[series.by], labelAlign="left", labelOverlap=True, grid=False),
    )


def _middle(point: PairPoint) -> str:
    days = (point.start.toordinal() + point.end.toordinal()) // 2
    return point.start.fromordinal(days).isoformat()


def _net(series: PairSeries) -> Any:
    import altair as alt

    rows = []
    run = 0
    for point in series.points:
        if point.net is None:
            run += 1  # a gap ends a stretch of the line
            continue
        rows.append(
            {
                "middle": _middle(point),
                "period": point.period,
                "value": point.net,
                "low": point.low,
                "high": point.high,
                "line": "net",
                "run": f"net {run}",
                "records": len(point.records),
            }
        )
    levels = [
        {"middle": point.end.isoformat(), "period": point.period, "value": point.level, "line": list(LINES)[1]}
        for point in series.points
        if point.level is not None
    ]
    y = alt.Y("value:Q", title="net", scale=alt.Scale(domain=[-1, 1]), axis=alt.Axis(values=[-1, -0.5, 0, 0.5, 1]))
    colour = alt.Color("line:N", title=None, scale=alt.Scale(domain=list(LINES), range=list(LINES.values())))
    hints = [alt.Tooltip("period:N"), alt.Tooltip("value:Q", format="+.2f"), alt.Tooltip("records:Q")]
    base = alt.Chart(theme.inline(rows)).encode(x=_x(series, None))
    banded = [row for row in rows if row["low"] is not None]
    whiskers = (
        alt.Chart(theme.inline(banded))
        .mark_rule(color="#8a929b", strokeWidth=7, opacity=0.45)
        .encode(x=_x(series, None), y=alt.Y("low:Q", title="net"), y2="high:Q")
    )
    band = (
        alt.Chart(theme.inline(banded))
        .mark_area(color="#8a929b", opacity=0.28)
        .encode(x=_x(series, None), y=alt.Y("low:Q", title="net"), y2="high:Q", detail="run:N")
    )
    zero = alt.Chart(theme.inline([{"zero": 0}])).mark_rule(color=theme.MUTED).encode(y="zero:Q")
    line = base.mark_line(strokeWidth=2).encode(y=y, color=colour, detail="run:N")
    dots = base.mark_point(filled=True, size=45, opacity=1).encode(y=y, color=colour, tooltip=hints)
    level = (
        alt.Chart(theme.inline(levels))
        .mark_line(strokeWidth=1.6, strokeDash=[5, 3])
        .encode(x=_x(series, None), y=y, color=colour)
    )
    return alt.layer(zero, band, whiskers, level, line, dots).properties(width=theme.WIDTH, height=theme.HEIGHT)


def _scale(series: PairSeries) -> Any:
    """Room at the foot for the number of records."""
    import altair as alt

    top = max((point.cooperation or 0.0 for point in series.points), default=0.0)
    bottom = max((point.conflict or 0.0 for point in series.points), default=0.0)
    reach = max(top + bottom, 5.0)
    return alt.Scale(domain=[-bottom - 0.16 * reach, top + 0.04 * reach], nice=False)


def _sums(series: PairSeries) -> Any:
    import altair as alt

    rows: list[dict[str, Any]] = []
    for point in series.points:
        parts = (
            point.cooperation_verbal,
            point.cooperation_material,
            point.conflict_verbal,
            point.conflict_material,
        )
        for (kind, (_, layer)), value in zip(BARS.items(), parts, strict=True):
            if value:
                score = value if kind.startswith("cooperation") else -value
                rows.append(
                    {"middle": _middle(point), "period": point.period, "kind": kind, "score": score, "layer": layer}
                )
    slim = max(2.0, min(34.0, 0.7 * theme.WIDTH / max(1, len(series.points))))
    bars = (
        alt.Chart(theme.inline(rows))
        .mark_bar(size=slim)
        .encode(
            x=_x(series, None),
            y=alt.Y("score:Q", title="sum of scores", stack="zero", scale=_scale(series)),
            color=alt.Color(
                "kind:N",
                title=None,
                scale=alt.Scale(domain=list(BARS), range=[colour for colour, _ in BARS.values()]),
                legend=alt.Legend(symbolType="square", columns=4),
            ),
            order=alt.Order("layer:Q"),
            tooltip=[alt.Tooltip("period:N"), alt.Tooltip("kind:N"), alt.Tooltip("score:Q", format="+.1f")],
        )
    )
    zero = (
        alt.Chart(theme.inline([{"zero": 0}]))
        .mark_rule(color=theme.MUTED)
        .encode(y=alt.Y("zero:Q", scale=_scale(series), title="sum of scores"))
    )
    counts = [
        {"middle": _middle(point), "n": len(point.records), "scored": point.net is not None}
        for point in series.points
        if point.records
    ]
    numbers = (
        alt.Chart(theme.inline(counts))
        .mark_text(fontSize=10, baseline="bottom", color=theme.MUTED)
        .encode(x=_x(series, "number of records at the foot"), y=alt.value(LOWER), text="n:Q")
    )
    return alt.layer(bars, zero, numbers).resolve_scale(color="independent").properties(width=theme.WIDTH, height=LOWER)
