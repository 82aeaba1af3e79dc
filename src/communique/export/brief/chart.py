"""The chart of a pair: cooperation above the line, conflict below it, period by period, and what has no date beside.

The chart is drawn as SVG inside the page: it needs no network and no script. Blue and orange differ for every kind of
colour vision and in grey; above and below say the same without any colour.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from communique.export.brief.gather import Gathered, Told, counts
from communique.export.brief.nouns import Bar, Series
from communique.export.brief.wording import MONTHS, capital, counted, in_text

MONTHLY = 30  # months up to which the chart goes by month
MOST = 0.7  # share of the dated acts that must fit into single periods
QUARTERLY = 96  # and by quarter; longer ones go by year
COLOURS = {  # (light, dark) of ColorBrewer's colour-blind safe PuOr and Blues
    "cooperation in words": "#7fb3e0",
    "cooperation in deeds": "#1b5a9c",
    "conflict in words": "#fdb863",
    "conflict in deeds": "#b35806",
}
FONT = "Arial, Helvetica, 'Liberation Sans', sans-serif"  # the widths that the drawing measures with
HEIGHT = 230
WIDTH = 620
NARROWEST = 260


def series(found: Gathered) -> Series:
    """The numbers of the chart: PLOVER scores of what was done, summed by period. See knowledge/brief.yaml."""
    told = [each for each in found.told if counts(each)]
    by = _granularity([each for each in told if each.exact])
    inside: dict[dt.date, list[Told]] = {}
    beside: list[Told] = []  # without a date, or with one that spans several periods and is in nobody knows which
    for each in told:
        start = _only_period(each, by)
        if start is None:
            beside.append(each)
        else:
            inside.setdefault(start, []).append(each)
    bars = [_bar(_label(start, by), start.isoformat(), inside.get(start, ())) for start in _periods(inside, by)]
    undated = _bar("no exact date", "", beside) if beside else None
    return Series(by, tuple(bars), undated, len(found.told) - len(told))


def _granularity(told: list[Told]) -> str:
    """The finest of month, quarter and year that is not too long a row and that most dates are exact enough for."""
    days = [day for each in told for day in (each.date.earliest, each.date.latest) if day]
    if not days:
        return "month"
    months = (max(days).year - min(days).year) * 12 + max(days).month - min(days).month + 1
    for by, longest in (("month", MONTHLY), ("quarter", QUARTERLY)):
        fitting = sum(_only_period(each, by) is not None for each in told)
        if months <= longest and fitting >= MOST * len(told):
            return by
    return "year"


def _only_period(told: Told, by: str) -> dt.date | None:
    """The beginning of the one period that the date lies in; None where it may lie in several."""
    first, last = told.date.earliest, told.date.latest
    if not told.exact or first is None or last is None or _start(first, by) != _start(last, by):
        return None
    return _start(first, by)


def _start(day: dt.date, by: str) -> dt.date:
    if by == "year":
        return dt.date(day.year, 1, 1)
    return dt.date(day.year, day.month if by == "month" else (day.month - 1) // 3 * 3 + 1, 1)


def _label(start: dt.date, by: str) -> str:
    if by == "year":
        return str(start.year)
    if by == "quarter":
        return f"{start.year} Q{(start.month + 2) // 3}"
    return f"{MONTHS[start.month - 1][:3]} {start.year}"


def _periods(inside: Iterable[dt.date], by: str) -> list[dt.date]:
    """Every period from the first to the last, the empty ones too: silence is part of the picture."""
    held = sorted(inside)
    if not held:
        return []
    step = {"month": 1, "quarter": 3, "year": 12}[by]
    months = [held[0].year * 12 + held[0].month - 1]
    while months[-1] < held[-1].year * 12 + held[-1].month - 1:
        months.append(months[-1] + step)
    return [dt.date(month // 12, month % 12 + 1, 1) for month in months]


def _bar(period: str, start: str, told: Iterable[Told]) -> Bar:
    held = list(told)
    sums = dict.fromkeys((1, 2, 3, 4), 0.0)
    for each in held:
        sums[each.main.quad_code] += each.main.event_scale
    return Bar(period, start, sums[1], sums[2], sums[3], sums[4], len(held))


# ---- drawing


def svg(names: tuple[str, str], shown: Series) -> str | None:
    """The chart as SVG text; None where there is nothing to draw."""
    import vl_convert

    if not shown.bars and shown.undated is None:
        return None
    return str(vl_convert.vegalite_to_svg(spec(names, shown)))


def spec(names: tuple[str, str], shown: Series) -> dict[str, Any]:
    """The chart as a Vega-Lite specification, for any tool that draws one."""
    import altair as alt

    top = max([0.0, *(bar.words_for + bar.deeds_for for bar in _all(shown))])
    bottom = min([0.0, *(bar.words_against + bar.deeds_against for bar in _all(shown))])
    reach = max(top - bottom, 5.0)
    scale = alt.Scale(domain=[bottom - 0.14 * reach, top + 0.08 * reach], nice=False)
    panels = []
    if shown.bars:
        panels.append(_panel(list(shown.bars), scale, shown.by, first=True))
    if shown.undated:
        panels.append(_panel([shown.undated], scale, "no exact date", first=not shown.bars))
    chart = alt.hconcat(*panels, spacing=14).properties(
        title=alt.TitleParams(
            f"{capital(in_text(names[0]))} and {in_text(names[1])}: cooperation above the line, conflict below",
            subtitle=_subtitle(shown),
            anchor="start",
            fontSize=15,
            subtitleFontSize=12,
            color="currentColor",
            subtitleColor="currentColor",
            offset=12,
        )
    )
    return dict(
        chart.configure(background="transparent", font=FONT, padding={"left": 5, "top": 5, "right": 40, "bottom": 5})
        .configure_view(stroke=None)
        .configure_axis(
            labelColor="currentColor", titleColor="currentColor", tickColor="#888888", domainColor="#888888",
            gridColor="#888888", gridOpacity=0.25, titleFontWeight="normal", labelFontSize=11, titleFontSize=12,
        )
        .configure_legend(
            labelColor="currentColor", orient="top", title=None, labelFontSize=12, columns=4, columnPadding=36,
            symbolType="square",
        )
        .to_dict()
    )  # fmt: skip


def _panel(bars: list[Bar], scale: Any, by: str, *, first: bool) -> Any:
    """One part of the chart: the periods, or what has no exact date, which stands beside them, pale and outlined."""
    import altair as alt

    undated = not bars[0].start
    rows = [row for number, bar in enumerate(bars) for row in _rows(bar, number)]
    width = 84 if undated else max(NARROWEST, min(WIDTH, 44 * len(bars)))
    x = alt.X(
        "period:O",
        sort=alt.EncodingSortField("number", op="min"),
        title=None if undated else by,
        axis=alt.Axis(labelAngle=0, labelOverlap="parity", labelLimit=90, ticks=False, domain=False, labelPadding=8),
        scale=alt.Scale(paddingInner=0.25, paddingOuter=0.2),
    )
    y_axis = (
        alt.Axis(title="sum of PLOVER scores", tickCount=6, grid=True)
        if first
        else alt.Axis(title=None, labels=False, ticks=False, domain=False, tickCount=6)
    )
    base = alt.Chart(alt.InlineData(values=rows)).encode(x=x)
    drawn = base.mark_bar(
        fillOpacity=0.45 if undated else 1.0,
        stroke="#808080" if undated else None,
        strokeDash=[3, 2] if undated else [],
    ).encode(
        y=alt.Y("score:Q", scale=scale, axis=y_axis, stack="zero"),
        color=alt.Color(
            "kind:N",
            scale=alt.Scale(domain=list(COLOURS), range=list(COLOURS.values())),
            legend=alt.Legend() if first else None,
        ),
        order=alt.Order("layer:Q"),
    )
    counts_shown = (
        alt.Chart(
            alt.InlineData(
                values=[
                    {"period": bar.period, "number": number, "n": bar.records}
                    for number, bar in enumerate(bars)
                    if bar.records
                ]
            )
        )
        .mark_text(baseline="bottom", dy=-3, fontSize=11, color="currentColor")
        .encode(x=x, y=alt.value(HEIGHT), text=alt.Text("n:Q"))
    )
    zero = (
        alt.Chart(alt.InlineData(values=[{"zero": 0}]))
        .mark_rule(color="#808080", strokeWidth=1.5)
        .encode(y=alt.Y("zero:Q", scale=scale))
    )
    return alt.layer(drawn, zero, counts_shown).properties(width=width, height=HEIGHT)


def _rows(bar: Bar, number: int) -> list[dict[str, Any]]:
    values = zip(
        COLOURS, (bar.words_for, bar.deeds_for, bar.words_against, bar.deeds_against), (1, 0, 1, 0), strict=True
    )
    return [
        {"period": bar.period, "number": number, "kind": kind, "score": round(score, 4), "layer": layer}
        for kind, score, layer in values
    ]


def _all(shown: Series) -> list[Bar]:
    return [*shown.bars, *([shown.undated] if shown.undated else [])]


def _subtitle(shown: Series) -> list[str]:
    records = sum(bar.records for bar in _all(shown))
    words = f"{counted(records, 'act that was', 'acts that were')} done, each counted once"
    if shown.undated:
        words += f"; {shown.undated.records} without an exact date, shown beside"
    return [words, "The number at the foot of each column is the number of acts in it."]


def alt(names: tuple[str, str], shown: Series) -> str:
    """The chart in words, for those who do not see it."""
    if not shown.bars and not shown.undated:
        return "There is no chart: nothing that was done is on record."
    parts = [
        f"Bar chart by {shown.by} of cooperation and conflict between {in_text(names[0])} and {in_text(names[1])}, "
        f"as sums of PLOVER scores."
    ]
    for bar in _all(shown):
        if bar.records:
            up, down = bar.words_for + bar.deeds_for, bar.words_against + bar.deeds_against
            parts.append(
                f"{capital(bar.period)}: {counted(bar.records, 'act')}, cooperation {up:g}, conflict {down:g}."
            )
    return " ".join(parts)
