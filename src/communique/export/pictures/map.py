"""The map of encounters: where states met, how often, and who; the outline of the land comes with the package."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from communique.export.pictures import theme
from communique.knowledge import load
from communique.measure.encounters import Encounters
from communique.measure.words import name

WIDTH, HEIGHT = 820, 430
LABELLED = 12
NEAR = (5.0, 26.0)  # degrees of latitude and longitude that a label takes
PAIRS = 4  # pairs that the note of a place names


def picture(found: Sequence[Encounters]) -> Any:
    """Places as circles on the land, as an Altair chart. Hollow ones stand in a capital for a state without a town."""
    import altair as alt

    shown = [each for each in found if each.latitude is not None]
    missing = len(found) - len(shown)
    meetings = sum(len(each.records) for each in shown)
    note = f"; {missing} places are on no map of ours" if missing else ""
    title = theme.titled(
        "Where they met",
        [
            f"{meetings} meetings at {len(shown)} places{note}.",
            "A larger circle is more meetings. Hollow: only the state is known, drawn at its capital.",
        ],
    )
    land = alt.Chart(
        alt.InlineData(
            values=json.loads(load.text("land.json")), format=alt.TopoDataFormat(type="topojson", feature="land")
        )
    ).mark_geoshape(fill="#e6e8eb", stroke="#b8bec5", strokeWidth=0.5)
    labelled = _labelled(shown)
    rows = [_row(each, each in labelled) for each in shown]
    layers = [land]
    most = max((len(each.records) for each in shown), default=1)
    if rows:
        base = alt.Chart(theme.inline(rows)).encode(longitude="longitude:Q", latitude="latitude:Q")
        size = alt.Size(
            "meetings:Q",
            scale=alt.Scale(type="linear", domain=[0, most], range=[0, 900]),
            title="meetings",
            legend=alt.Legend(values=sorted({1, -(-most // 2), most})),
        )
        hints = ["place:N", "meetings:Q", "who:N"]
        layers += [
            base.transform_filter("datum.exact")
            .mark_circle(color=theme.COOPERATION, opacity=0.8, stroke=theme.PAPER, strokeWidth=1)
            .encode(size=size, tooltip=hints),
            base.transform_filter("!datum.exact")
            .mark_point(color=theme.COOPERATION, strokeWidth=2, opacity=1)
            .encode(size=size, tooltip=hints),
            base.transform_filter("datum.label != null")
            .mark_text(align="left", dx=9, fontSize=10, color=theme.INK)
            .encode(text="label:N"),
        ]
    return theme.themed(
        alt.layer(*layers).project(type="equalEarth").properties(width=WIDTH, height=HEIGHT, title=title)
    )


def _labelled(shown: Sequence[Encounters]) -> list[Encounters]:
    """The most frequent places whose words do not run into those of a more frequent one."""
    chosen: list[Encounters] = []
    for each in shown:
        assert each.latitude is not None and each.longitude is not None
        free = all(
            abs((other.latitude or 0) - each.latitude) > NEAR[0]
            or abs((other.longitude or 0) - each.longitude) > NEAR[1]
            for other in chosen
        )
        if free and len(chosen) < LABELLED:
            chosen.append(each)
    return chosen


def _row(each: Encounters, labelled: bool) -> dict[str, Any]:
    pairs = [f"{name(one)} and {name(other)}" for one, other in each.pairs[:PAIRS]]
    more = len(each.pairs) - PAIRS
    return {
        "place": each.place,
        "latitude": each.latitude,
        "longitude": each.longitude,
        "exact": each.exact,
        "meetings": len(each.records),
        "label": f"{each.place} {len(each.records)}" if labelled else None,
        "who": "; ".join(pairs) + (f" and {more} more pairs" if more > 0 else ""),
    }
