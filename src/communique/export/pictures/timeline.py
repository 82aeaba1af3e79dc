"""The timeline of a pair: every dated act as a mark, high or low by its score, vague dates as bars, with its words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from communique.export.pictures import theme
from communique.measure.acts import Act
from communique.measure.evidence import head
from communique.measure.words import name

HEIGHT = 320
LABEL_WIDTH = 80
LABELLED = 10  # the weightiest acts have their kind beside the mark
KINDS = {
    "cooperation in deeds": (theme.COOPERATION, "square"),
    "cooperation in words": (theme.COOPERATION_WORDS, "circle"),
    "neither": ("#8a929b", "stroke"),
    "conflict in words": (theme.CONFLICT_WORDS, "circle"),
    "conflict in deeds": (theme.CONFLICT, "square"),
}


def picture(acts: Iterable[Act], first: str, second: str, *, weights: str = "plover") -> Any:
    """The acts of a pair that count and are dated, as an Altair chart."""
    import altair as alt

    shown = [act for act in acts if act.counts and act.exact and act.direction(first, second)]
    title = theme.titled(
        f"{name(first)} and {name(second)}: what was done, when",
        [
            f"{len(shown)} dated acts; high is cooperation, low is conflict ({weights} scores). Squares are deeds.",
            "A line under a mark shows how many days its date leaves open.",
        ],
    )
    if not shown:
        empty = alt.Chart(theme.inline([{"text": "No dated record of what was done"}]))
        return theme.themed(
            empty.mark_text(align="left", color=theme.MUTED).encode(text="text:N").properties(title=title)
        )
    labelled = _labelled(shown, weights)
    rows = [_row(act, first, second, weights, act.record in labelled) for act in shown]
    reach = max(5.0, *(abs(row["score"]) for row in rows)) * 1.12
    y = alt.Y("score:Q", title="score", scale=alt.Scale(domain=[-reach, reach], nice=False))
    x = alt.X(
        "middle:T",
        title=None,
        scale=alt.Scale(type="utc", padding=12),
        axis=alt.Axis(labelOverlap=True, format="%-d %b %Y"),
    )
    base = alt.Chart(theme.inline(rows)).encode(x=x, y=y)
    spans = base.mark_rule(color="#8a929b", strokeWidth=2, opacity=0.6).encode(
        x=alt.X("start:T", title=None), x2="end:T"
    )
    stems = base.mark_rule(color=theme.RULE).encode(y2=alt.datum(0))
    marks = base.mark_point(filled=True, size=80, opacity=1, stroke=theme.INK, strokeWidth=0.4).encode(
        color=alt.Color(
            "kind:N",
            title=None,
            scale=alt.Scale(domain=list(KINDS), range=[colour for colour, _ in KINDS.values()]),
            legend=alt.Legend(columns=5),
        ),
        shape=alt.Shape(
            "kind:N", title=None, scale=alt.Scale(domain=list(KINDS), range=[shape for _, shape in KINDS.values()])
        ),
        tooltip=["what:N", alt.Tooltip("score:Q", format="+.1f"), "reports:Q", "record:N"],
    )
    words = (
        alt.Chart(theme.inline([row for row in rows if row["label"]]))
        .mark_text(fontSize=10, align="left", dx=7, dy=-5, color=theme.INK)
        .encode(x=x, y=y, text="label:N")
    )
    zero = alt.Chart(theme.inline([{"zero": 0}])).mark_rule(color=theme.MUTED).encode(y=alt.Y("zero:Q", title="score"))
    return theme.themed(
        alt.layer(stems, spans, zero, marks, words).properties(width=theme.WIDTH, height=HEIGHT, title=title)
    )


def _labelled(shown: list[Act], weights: str) -> set[str]:
    """The weightiest acts whose words do not run into those of a weightier one."""
    first, last = min(act.middle for act in shown), max(act.middle for act in shown)
    room = max(1.0, (last - first) * LABEL_WIDTH / theme.WIDTH)
    chosen: list[Act] = []
    for act in sorted(shown, key=lambda act: (-abs(act.score(weights)), act.record)):
        score = act.score(weights)
        free = all(abs(each.middle - act.middle) > room or abs(each.score(weights) - score) > 0.9 for each in chosen)
        if free and len(chosen) < LABELLED:
            chosen.append(act)
    return {act.record for act in chosen}


def _row(act: Act, first: str, second: str, weights: str, labelled: bool) -> dict[str, Any]:
    assert act.earliest is not None and act.latest is not None
    score = act.score(weights)
    way = "cooperation" if score > 0 else "conflict"
    kind = "neither" if not score else f"{way} in {'deeds' if act.quad in (2, 4) else 'words'}"
    day = act.earliest.fromordinal(int(act.middle))
    arrow = {"first": "→", "second": "←"}.get(act.direction(first, second) or "", "")
    return {
        "middle": day.isoformat(),
        "start": act.earliest.isoformat(),
        "end": act.latest.isoformat(),
        "score": score,
        "kind": kind,
        "what": head(act, first, second),
        "label": f"{arrow}{act.mode or act.kind}".lower() if labelled else None,
        "reports": len({report.document for report in act.reports}),
        "record": act.record[:8],
    }
