"""Plain words for what the desk shows: numbers, days, stances, why somebody is meant, why something was left out."""

from __future__ import annotations

import datetime as dt
import functools
from typing import Any

from communique.export.brief import wording
from communique.export.brief.wording import counted, rules
from communique.knowledge import load
from communique.model import Participant, When

KINDS = {
    "event": "events",
    "figure": "figures",
    "quote": "quotes",
    "assessment": "assessments",
    "project": "projects",
    "forum": "forums",
}


def version() -> str:
    """The program's own version."""
    from communique import __version__

    return __version__


@functools.cache
def desk() -> dict[str, Any]:
    """The desk's words (knowledge/desk.yaml)."""
    held: dict[str, Any] = load.data("desk.yaml")
    return held


def number(value: float | int | None) -> str:
    """1,234 or 3.25; a dash for nothing."""
    if value is None:
        return "–"
    if isinstance(value, int) or float(value).is_integer():
        return f"{int(value):,}".replace("-", "−")
    return f"{value:,.2f}".rstrip("0").replace("-", "−")


def signed(value: float | None) -> str:
    """+1.5 or −2; a dash for nothing."""
    if value is None:
        return "–"
    return f"+{number(round(value, 1))}" if value > 0 else number(round(value, 1))


def signed2(value: float | None) -> str:
    """+0.42 or −0.10; a dash for nothing."""
    return "–" if value is None else f"{value:+.2f}".replace("-", "−")


def share(value: float) -> str:
    """0.873 as 87 %."""
    return f"{round(value * 100)} %"


def day_of(given: str | dt.date | None) -> str:
    """An ISO day as people write it; "unknown" for none."""
    if not given:
        return "unknown"
    held = given if isinstance(given, dt.date) else dt.date.fromisoformat(given[:10])
    return wording.day(held)


def moment(given: str | None) -> str:
    """An ISO moment as day and time (UTC)."""
    if not given:
        return "unknown"
    held = dt.datetime.fromisoformat(given)
    return f"{wording.day(held.date())}, {held:%H:%M}"


def date(when: When) -> str:
    """A date as far as it is known, in words."""
    return wording.date(when)


def why_date(when: When) -> str:
    """On what a date rests, in one sentence."""
    basis = str(desk()["bases"].get(when.basis, when.basis))
    words = f" The words: “{' '.join(when.text.split())}”." if when.text else ""
    note = f" {wording.capital(when.note)}." if when.note else ""
    return f"{basis}.{words}{note}"


def via(who: Participant) -> str:
    """How it was decided who is meant, in plain words."""
    return str(desk()["via"].get(who.via, who.via))


def sectors(names: tuple[str, ...]) -> str:
    """GOV MIL as "government, military"."""
    return ", ".join(str(desk()["sectors"].get(name, name)) for name in names)


def stance(name: str) -> str:
    """actual as "happened", denied as "denied"."""
    return str(desk()["stances"].get(name, name))


def status(name: str) -> str:
    """What a record's status means."""
    return str(desk()["statuses"].get(name, name))


def reason(name: str) -> str:
    """Why a part of a page is not the article."""
    return str(desk()["reasons"].get(name, name.replace("_", " ")))


def event_noun(name: str, count: int = 1) -> str:
    """CONSULT as "meeting or visit"."""
    if name not in rules()["events"]:
        return name
    one, many = rules()["events"][name]["noun"]
    return str(one if count == 1 else many)


def shorten(text: str, most: int = 160) -> str:
    """At most so many characters, cut between words."""
    held = " ".join(text.split())
    if len(held) <= most:
        return held
    cut = held.rfind(" ", 0, most)
    return f"{held[: cut if cut > most // 2 else most]} …"


def plural(count: int, one: str, many: str | None = None) -> str:
    """1 record, 2 records, 12,345 records."""
    return counted(count, one, many).replace(str(count), number(count), 1)
