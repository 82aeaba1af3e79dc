"""The one look of all pictures: fonts, greys, and colours that keep apart in grey and for the colour-blind."""

from __future__ import annotations

from typing import Any

FONT = "Arial, Helvetica, 'Liberation Sans', sans-serif"  # the widths that the drawing measures with
INK, MUTED, RULE, PAPER = "#1f2328", "#59636e", "#c8ccd1", "#ffffff"
# cooperation is blue, conflict orange (ColorBrewer PuOr and Blues, colour-blind safe); deeds are darker than words
COOPERATION, COOPERATION_WORDS = "#1b5a9c", "#7fb3e0"
CONFLICT, CONFLICT_WORDS = "#b35806", "#fdb863"
LEVEL = "#5e3c99"
# from conflict to cooperation; the middle is light and both ends dark, so in grey the size of a net is seen, and its
# sign is written in the cell or drawn as a dash
DIVERGING = ["#7f3b08", "#b35806", "#e08214", "#fdb863", "#f7f7f7", "#9ecae1", "#5a9fd4", "#2f75b5", "#0b3c6f"]
WIDTH, HEIGHT = 720, 240


def themed(chart: Any) -> Any:
    """The chart in our look."""
    return (
        chart.configure(font=FONT, background=PAPER, padding=12)
        .configure_view(stroke=None)
        .configure_title(anchor="start", fontSize=15, subtitleFontSize=12, color=INK, subtitleColor=MUTED, offset=12)
        .configure_axis(
            labelColor=INK,
            titleColor=MUTED,
            tickColor=RULE,
            domainColor=RULE,
            gridColor=RULE,
            gridOpacity=0.6,
            titleFontWeight="normal",
            labelFontSize=11,
            titleFontSize=12,
            labelLimit=320,
        )
        .configure_legend(
            labelColor=INK, titleColor=MUTED, titleFontWeight="normal", orient="top", labelFontSize=12, labelLimit=300
        )
        .configure_header(labelColor=INK, titleColor=MUTED)
    )


def titled(title: str, subtitle: list[str]) -> Any:
    """A title with smaller lines under it."""
    import altair as alt

    return alt.TitleParams(title, subtitle=subtitle)


def inline(rows: list[dict[str, Any]]) -> Any:
    """Rows as data inside the picture: nothing is fetched from anywhere."""
    import altair as alt

    return alt.InlineData(values=rows)
