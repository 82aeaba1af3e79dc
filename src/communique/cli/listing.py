"""What the listing commands share: filters in, JSON Lines or two lines of text for each item out."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from communique.cli import shared

if TYPE_CHECKING:
    from communique.merge.passages import Elsewhere
    from communique.model import Document, Event, Figure, Item, Participant, Span, When


def show(
    kind: str,
    archive: str,
    states: list[str] | None,
    head: Callable[[Any], str],
    *,
    as_json: bool,
    since: str | None,
    until: str | None,
    **filters: Any,
) -> int:
    """Lists the items of one kind; head makes the first line of an item."""
    if states:
        from communique.cli.states import codes

        filters["between"] = codes(states)
    filters |= {"since": shared.day(since, "--since"), "until": shared.day(until, "--until", last=True)}
    with shared.open_archive(archive) as store:
        found = store.items(kind, **filters)
        if as_json:
            from communique.export.plover import to_json

            for item, document in found.pairs():
                shared.out(json.dumps(to_json(item, document), ensure_ascii=False))
            return 0
        for item, document in found.pairs():
            shared.out(f"{item.id[:8]}  {head(item)}")
            shared.out(quoted(item, document))
        if not found:
            shared.say(f"communique: no {kind}s there")
        elif filters.get("limit") is not None and len(found) == filters["limit"]:
            total = store.count(kind, **filters)
            shared.say(f"{len(found)} of {total}")
    return 0


def quoted(item: Item, document: Document) -> str:
    """The sentence and where it stands, indented, on as few lines as fit the terminal."""
    sentence = " ".join(item.sentence.cut(document.text).split())
    source = document.source or document.id
    return textwrap.fill(
        f"“{sentence}” ({source})", shared.width(), initial_indent=" " * 10, subsequent_indent=" " * 10
    )


def elsewhere(named: Sequence[Elsewhere], documents: int) -> str:
    """In which other documents something stands: the earliest by name, and how many more."""
    names = "; ".join(f"{each.source or each.id} ({each.key[:8]})" for each in named)
    more = documents - len(named)
    return f"also in {names}{f' and {more} more' if more else ''}"


def people(side: Iterable[Participant]) -> str:
    """Codes of a side, or names where there is no code."""
    return ", ".join(dict.fromkeys(who.actor.code or who.actor.name or who.text for who in side)) or "–"


def event_line(event: Event) -> str:
    """Date, what, between whom, and whether it happened."""
    sides = people(event.actor)
    if event.recipient:
        sides += f" {'↔' if event.unordered else '→'} {people(event.recipient)}"
    mode = f" {event.mode}" if event.mode else ""
    stance = "" if event.stance == "actual" else f"  ({event.stance})"
    return f"{date(event.date):10}  {event.event}{mode}  {sides}{stance}"


def figure_line(figure: Figure) -> str:
    """Period, amount, what it measures, between whom, and what kind of figure it is."""
    amount = figure.text
    per = f" per {figure.per}" if figure.per else ""
    measure = f"  {figure.measure}" if figure.measure else ""
    between = f"  {people(figure.between)}" if figure.between else ""
    way = f" {figure.direction}" if figure.direction else ""
    due = f"  by {date(figure.deadline)}" if figure.deadline.latest else ""
    return f"{date(figure.period):10}  {amount}{per}{measure}{between}  ({figure.status}{way}){due}"


def date(when: When) -> str:
    """A date as short as it is known: a day, month or year, "from" and "until" its bounds, or "undated"."""
    from communique.export.dates import period

    start, _, end = (period(when) or "undated").partition("/")
    if not end:
        return start
    if start == "..":
        return f"until {end}"
    return f"from {start}" if end == ".." else f"{start} to {end}"


def marked(text: str, whole: Span, parts: Iterable[Span], before: str, after: str) -> str:
    """The words of `whole` with the parts inside it marked."""
    pieces, at = [], whole.start
    for part in sorted(set(parts)):
        if whole.covers(part) and part.start >= at:
            pieces += [text[at : part.start], before, part.cut(text), after]
            at = part.end
    return "".join([*pieces, text[at : whole.end]])
