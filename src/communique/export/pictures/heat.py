"""The heat map: the busiest pairs by month, net by colour and in figures; what is empty has too few records."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from typing import Any

from communique.export.pictures import theme
from communique.measure import periods
from communique.measure.acts import Act
from communique.measure.bootstrap import net
from communique.measure.network import by_pair
from communique.measure.periods import By
from communique.measure.rules import rules
from communique.measure.words import name, signed

MOST = 30  # pairs
CELL_WIDTH, CELL_HEIGHT = 46, 22


def picture(
    acts: Iterable[Act],
    *,
    among: Collection[str] = (),
    since: dt.date | None = None,
    until: dt.date | None = None,
    weights: str = "plover",
    by: By = "month",
    most: int = MOST,
) -> Any:
    """The pairs with most dated records, one row each, as an Altair chart."""
    import altair as alt

    rows, columns = cells(acts, among=among, since=since, until=until, weights=weights, by=by, most=most)
    shown = len({row["pair"] for row in rows})
    title = theme.titled(
        f"Pairs by {by}: net of cooperation and conflict",
        [
            f"Blue and + is cooperation, orange and − conflict. The {shown} pairs with most dated records.",
            f"A dot is a {by} with records, but fewer than {rules().fewest}: no score.",
        ],
    )
    if not rows:
        empty = alt.Chart(theme.inline([{"text": "No dated record of what was done"}]))
        return theme.themed(
            empty.mark_text(align="left", color=theme.MUTED).encode(text="text:N").properties(title=title)
        )
    base = alt.Chart(theme.inline(rows)).encode(
        x=alt.X("period:O", sort=columns, title=None, scale=alt.Scale(domain=columns), axis=alt.Axis(labelAngle=-45)),
        y=alt.Y("pair:N", sort=list(dict.fromkeys(row["pair"] for row in rows)), title=None),
    )
    boxes = base.mark_rect(stroke=theme.PAPER).encode(
        color=alt.condition(
            "isValid(datum.net)",
            alt.Color(
                "net:Q",
                scale=alt.Scale(domain=[-1, 1], range=theme.DIVERGING, interpolate="lab"),
                legend=alt.Legend(title="net", gradientLength=200),
            ),
            alt.value("#f0f1f3"),
        ),
        tooltip=["pair:N", "period:O", alt.Tooltip("net:Q", format="+.2f"), "records:Q"],
    )
    figures = base.mark_text(fontSize=10).encode(
        text="text:N",
        color=alt.condition("isValid(datum.net) && abs(datum.net) > 0.5", alt.value("#ffffff"), alt.value(theme.INK)),
    )
    return theme.themed(
        alt.layer(boxes, figures).properties(
            width=max(160, CELL_WIDTH * len(columns)), height=alt.Step(CELL_HEIGHT), title=title
        )
    )


def cells(
    acts: Iterable[Act],
    *,
    among: Collection[str],
    since: dt.date | None,
    until: dt.date | None,
    weights: str,
    by: By,
    most: int,
) -> tuple[list[dict[str, Any]], list[str]]:
    """One row for each pair and period with records, the busiest pairs first; and all periods in order."""
    held, _ = by_pair(acts, among, since, until, bodies=False)
    placed: dict[tuple[str, str], dict[dt.date, list[Act]]] = {}
    for pair, mine in held.items():
        for act in mine:
            start = periods.only(act.earliest, act.latest, by)
            if start is not None:
                placed.setdefault(pair, {}).setdefault(start, []).append(act)
    busiest = sorted(placed, key=lambda pair: (-sum(map(len, placed[pair].values())), pair))[:most]
    starts = [start for pair in busiest for start in placed[pair]]
    if not starts:
        return [], []
    columns = [periods.label(start, by) for start in periods.row(min(starts), max(starts), by)]
    rows = []
    prior = rules().prior(weights)
    for pair in busiest:
        for start, mine in sorted(placed[pair].items()):
            value = None
            if len(mine) >= rules().fewest:
                scores = [act.score(weights) for act in mine]
                value = net(sum(s for s in scores if s > 0), -sum(s for s in scores if s < 0), prior)
            rows.append(
                {
                    "pair": f"{name(pair[0])} – {name(pair[1])}",
                    "period": periods.label(start, by),
                    "net": value,
                    "records": len(mine),
                    "text": "·" if value is None else signed(value),
                }
            )
    return rows, columns
