"""A network in words: its ties, its groups, its balance, what moved, and what is too thin to draw."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from communique.measure.moved import Shift
from communique.measure.network import Network, Tie
from communique.measure.words import name, signed

MOST_TENSE = 10
TIE_COLUMNS = (
    "first second net low high sign cooperation conflict forward backward together stories number records".split()
)


def lines(found: Network) -> Iterator[str]:
    """The network for a terminal."""
    time = f", {found.since or '..'} to {found.until or '..'}" if found.since or found.until else ""
    friends = sum(tie.sign > 0 for tie in found.ties)
    yield (
        f"{_counted(len(found.nodes), 'state')}, {_counted(len(found.ties), 'tie')}: {friends} of cooperation, "
        f"{len(found.ties) - friends} of conflict{time}, {found.weights} weights"
    )
    if found.ties:
        yield ""
        yield from _table(
            ("tie", "net", "interval", "records", "stories", "→", "←", "↔"),
            [_tie(tie) for tie in _strongest(found.ties)],
        )
        yield ""
        head = ("state", "friends", "opponents", "records", "group", "eigenvector", "betweenness")
        nodes = sorted(found.nodes, key=lambda node: (-node.friends - node.opponents, node.code))
        yield from _table(
            head,
            [
                (
                    name(node.code),
                    str(node.friends),
                    str(node.opponents),
                    str(node.records),
                    str(node.community),
                    f"{node.eigenvector:.2f}",
                    f"{node.betweenness:.2f}",
                )
                for node in nodes
            ],
        )
        yield ""
    yield from balance(found)
    yield from thin(found)


def balance(found: Network) -> Iterator[str]:
    """Triangles, tense ones by name, frustration with its camps."""
    counts = found.triads.counts
    if not sum(counts):
        yield "Balance: no triangle of ties, so nothing to say."
    else:
        yield (
            f"Balance: {found.triads.share:.0%} of {_counted(sum(counts), 'triangle')} ({counts[0]} of friends, "
            f"{counts[2]} of two friends against one; unbalanced {counts[1]} and {counts[3]})."
        )
    for three in found.triads.tense[:MOST_TENSE]:
        yield f"  in tension: {', '.join(map(name, three))}"
    more = len(found.triads.tense) - MOST_TENSE
    if more > 0:
        yield f"  and {more} more"
    if found.ties:
        sure = "exactly" if found.frustration.exact else "at most (too many states to try every division)"
        yield f"Frustration: {sure} {_counted(found.frustration.number, 'tie')} fit no division into two camps."
        for one, other in found.frustration.ties:
            yield f"  {name(one)} and {name(other)}"
        camps = [sorted(map(name, camp)) for camp in found.frustration.camps if camp]
        if len(camps) == 2 and any(tie.sign < 0 for tie in found.ties):
            smaller = min(camps, key=len)
            yield f"  the smaller camp: {', '.join(smaller)}"


def thin(found: Network) -> Iterator[str]:
    """What is not drawn, and why."""
    if found.unclear:
        shown = "; ".join(f"{tie.first}-{tie.second} {signed(tie.net)}" for tie in _strongest(found.unclear)[:12])
        more = len(found.unclear) - 12
        yield (
            f"Not drawn, because the interval holds zero: {_counted(len(found.unclear), 'pair')} ({shown}"
            + (f" and {more} more)." if more > 0 else ").")
        )
    if found.thin:
        yield f"Not drawn, because there are too few records: {_counted(found.thin, 'pair')}."
    if found.undated:
        yield f"Not counted, because nobody says when: {_counted(found.undated, 'record')}."


def moved_lines(shifts: Sequence[Shift]) -> Iterator[str]:
    """Who moved, sure changes first."""
    sure = [each for each in shifts if each.sure]
    yield f"{_counted(len(shifts), 'pair')} with enough records in both times; {len(sure)} surely moved."
    rows = [
        (
            f"{name(each.first)} and {name(each.second)}",
            signed(each.before),
            signed(each.after),
            signed(each.change),
            f"{signed(each.low)} to {signed(each.high)}" if each.low is not None else "–",
            "sure" if each.sure else "within chance",
            f"{len(each.records_before)} and {len(each.records_after)}",
        )
        for each in shifts
    ]
    yield from _table(("pair", "before", "after", "change", "interval", "", "records"), rows)


def tie_row(tie: Tie) -> dict[str, Any]:
    """A tie as plain values."""
    held = {name: getattr(tie, name) for name in Tie.__dataclass_fields__}
    return {"kind": "tie"} | held | {"number": len(tie.records), "records": list(tie.records)}


def shift_row(each: Shift) -> dict[str, Any]:
    """A shift as plain values."""
    held = {name: getattr(each, name) for name in Shift.__dataclass_fields__}
    held |= {name: list(held[name]) for name in ("records_before", "records_after")}
    return {"kind": "shift"} | held | {"change": each.change, "sure": each.sure}


def summary(found: Network) -> dict[str, Any]:
    """Balance, and what is not drawn, as plain values."""
    return {
        "kind": "network",
        "since": found.since and found.since.isoformat(),
        "until": found.until and found.until.isoformat(),
        "weights": found.weights,
        "triads": dict(zip(("+++", "++-", "+--", "---"), found.triads.counts, strict=True)),
        "balanced": found.triads.share,
        "tense": [list(three) for three in found.triads.tense],
        "frustration": found.frustration.number,
        "frustration_exact": found.frustration.exact,
        "frustrated_ties": [list(tie) for tie in found.frustration.ties],
        "camps": [sorted(camp) for camp in found.frustration.camps],
        "too_few_records": found.thin,
        "undated": found.undated,
    }


def _strongest(ties: Iterable[Tie]) -> list[Tie]:
    return sorted(ties, key=lambda tie: (-tie.net, tie.first, tie.second))


def _tie(tie: Tie) -> tuple[str, ...]:
    return (
        f"{name(tie.first)} – {name(tie.second)}",
        signed(tie.net),
        f"{signed(tie.low)} to {signed(tie.high)}",
        str(len(tie.records)),
        str(tie.stories),
        str(tie.forward),
        str(tie.backward),
        str(tie.together),
    )


def _table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    if not rows:
        return
    widths = [max(len(row[column]) for row in (head, *rows)) for column in range(len(head))]
    for row in (head, *rows):
        first, *others = row
        line = [first.ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(others, widths[1:], strict=True))]
        yield "  ".join(line).rstrip()


def _counted(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"
