"""A pair series in words: the table that a terminal shows, and what stands beside it."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from communique.export.tables import state_name
from communique.measure.rules import rules
from communique.model import PairPoint, PairSeries

HEAD = ("period", "net", "interval", "level", "words +", "deeds +", "words −", "deeds −", "records", "pages", "outlets")
WAYS = {"both": "and", "first": "→", "second": "←", "mutual": "together with"}


def name(code: str) -> str:
    """A state's usual English name; the code itself where it has none."""
    return state_name(code) or code


def title(series: PairSeries) -> str:
    """Who with whom, by what."""
    way = WAYS[series.direction]
    return f"{name(series.first)} {way} {name(series.second)}, by {series.by}, {series.weights} weights"


def signed(value: float | None) -> str:
    """+0.42, -0.10, or a dash; never -0.00."""
    if value is None:
        return "–"
    text = f"{value:+.2f}"
    return "0.00" if text in ("+0.00", "-0.00") else text


def amount(value: float | None) -> str:
    """A sum of scores as short as it is exact; a dash where there is none."""
    return "–" if value is None else f"{round(value, 4):g}"


def cells(point: PairPoint) -> tuple[str, ...]:
    """One point, cell by cell, under HEAD."""
    interval = f"{signed(point.low)} to {signed(point.high)}" if point.low is not None else ""
    return (
        "whole time" if point.period == "all" else point.period,
        signed(point.net),
        interval,
        signed(point.level),
        amount(point.cooperation_verbal),
        amount(point.cooperation_material),
        amount(point.conflict_verbal),
        amount(point.conflict_material),
        str(len(point.records)),
        str(point.documents),
        str(point.outlets),
    )


def lines(series: PairSeries) -> Iterator[str]:
    """The series as a table for a terminal; silent periods in a row are one line."""
    yield title(series)
    if series.total is None:
        yield "No dated record of what was done."
    else:
        table: list[tuple[str, ...] | str] = []
        silent: list[str] = []
        for point in series.points:
            if not point.records:
                silent.append(point.period)
                continue
            table += _silence(silent)
            silent.clear()
            table.append(cells(point))
            if point.note:
                table.append(f"  {point.note}")
        table += [*_silence(silent), cells(series.total)]
        yield from _aligned([HEAD, *table])
    yield from beside(series)


def _silence(silent: list[str]) -> list[str]:
    if not silent:
        return []
    return [f"{silent[0]}   no record" if len(silent) == 1 else f"{silent[0]} to {silent[-1]}   no record"]


def _aligned(table: list[tuple[str, ...] | str]) -> Iterator[str]:
    whole = [row for row in table if not isinstance(row, str)]
    widths = [max(len(row[column]) for row in whole) for column in range(len(HEAD))]
    last: tuple[str, ...] | None = None
    for row in table:
        if isinstance(row, str):
            # the note of a period that is scored nowhere stands on its own line
            yield row if last is None or not row.startswith("  ") else f"  {' ' * widths[0]}{row.strip()}"
            continue
        last = row
        first, *others = (
            cell.ljust(width) if not number else cell.rjust(width)
            for number, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        yield f"{first}  {'  '.join(others)}".rstrip()


def beside(series: PairSeries) -> Iterator[str]:
    """What is not in the points, what would have been otherwise, and by what rules, one line each."""
    parts = []
    if series.vague:
        parts.append(f"{_records(len(series.vague))} dated, but not to one {series.by}")
    if series.undated:
        parts.append(f"{_records(len(series.undated))} without a date")
    if parts:
        yield f"Beside, not inside: {'; '.join(parts)}."
    if series.left_out:
        held = ", ".join(f"{number} {stance}" for stance, number in series.left_out)
        yield f"Not counted, because not told as done: {held}."
    yield from sensitivity(series)
    if series.total is not None:
        yield (
            f"net = (C - K) / (C + K + {series.prior:g}); {series.confidence:.0%} interval over stories; level with a "
            f"half-life of {series.half_life:g} days; no score under {series.fewest} records."
        )


def sensitivity(series: PairSeries) -> Iterator[str]:
    """How far the line depends on our choices."""
    if not series.sensitivity or series.total is None or series.total.net is None:
        return
    parts = []
    for each in series.sensitivity:
        other = f", another sign in {each.differs} of {each.periods} periods" if each.periods else ""
        count = f" ({each.records} reports)" if each.name == "every report counted" else ""
        parts.append(f"{each.name}{count} {signed(each.net)}{other}")
    yield f"Instead of {signed(series.total.net)} over the whole time: {'; '.join(parts)}."


def called(net: float | None) -> str:
    """What a net of this size is called; "unknown" where there is none."""
    return "unknown" if net is None else rules().word(net)


def html_table(series: PairSeries) -> str:
    """The series as an HTML table, for notebooks and pages."""
    head = "".join(f"<th>{escape(cell)}</th>" for cell in HEAD)
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells(point)) + "</tr>" for point in series.points
    )
    notes = "".join(f"<p>{escape(line)}</p>" for line in beside(series))
    return (
        f'<table class="communique"><caption>{escape(title(series))}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{notes}"
    )


def _records(number: int) -> str:
    return f"{number} record{'' if number == 1 else 's'}"
