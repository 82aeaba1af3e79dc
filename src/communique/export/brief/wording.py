"""Plain words for dates, actors, events and figures. Codes never reach the reader."""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Iterable, Sequence
from typing import Any

from communique.knowledge import load
from communique.model import Event, Figure, Participant, Span, When

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_POSSESSIVE = re.compile(r"\s+(['’]s?\b)")
_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
GENERAL = {  # PLOVER's codes for bodies that are not states, where a body's own name is not known
    "UNO": "the United Nations", "EUR": "the European Union", "IGO": "an intergovernmental body",
    "NGO": "a non-governmental body", "MNC": "a multinational company", "ISM": "an international movement",
    "IMG": "an international armed group",
}  # fmt: skip


@functools.cache
def rules() -> dict[str, Any]:
    """The brief's words and settings (knowledge/brief.yaml)."""
    held: dict[str, Any] = load.data("brief.yaml")
    return held


@functools.cache
def _states() -> dict[str, str]:
    names: dict[str, str] = dict(GENERAL)
    own_files = [file for file in load.names("states", ".yaml") if "territor" not in file and "ambiguous" not in file]
    for file in sorted(own_files, key=lambda name: ("historic" in name, name)):
        for entry in load.data(file).get("states", ()):
            if "territory" not in entry:
                names.setdefault(str(entry["code"]), str(entry["name"]))
    return names


def state(code: str) -> str:
    """The name of a state or body; the code itself where nobody knows it."""
    return _states().get(code, code)


@functools.cache
def _adjectives() -> dict[str, tuple[str, ...]]:
    """The words that already say which state somebody is of: Chinese, Moscow."""
    found: dict[str, tuple[str, ...]] = {}
    for file in load.names("states", ".yaml"):
        for entry in load.data(file).get("states", ()) if "ambiguous" not in file else ():
            if "territory" not in entry:
                code = str(entry["code"])
                words = tuple(str(word) for key in ("adjectives", "capital") for word in entry.get(key) or ())
                found[code] = (*found.get(code, ()), *words)
    return found


def in_text(name: str) -> str:
    """A state's name as it stands inside a sentence: the United States, the Philippines."""
    plural = name.startswith(("United ", "Soviet Union")) or name.endswith((" Islands", "Republic", "Emirates"))
    return f"the {name}" if plural or name in ("Netherlands", "Philippines", "Maldives", "Bahamas", "Gambia") else name


# ---- dates


def day(date: dt.date) -> str:
    """5 June 2019."""
    return f"{date.day} {MONTHS[date.month - 1]} {date.year}"


def date(when: When) -> str:
    """A date as people write it, as far as it is known, and never further."""
    first, last = when.earliest, when.latest
    if first is None and last is None:
        return "date unknown"
    if first is None:
        return f"date unknown, not after {day(last)}" if last else "date unknown"
    if last is None:
        return f"date unknown, not before {day(first)}"
    if first > last:
        return f"date unclear ({when.text})" if when.text else "date unclear"
    if first == last:
        return day(first)
    if _whole_month(first, last):
        return f"{MONTHS[first.month - 1]} {first.year}"
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return str(first.year) if first.year == last.year else f"between {first.year} and {last.year}"
    if when.precision == "week" and (last - first).days == 6:
        return f"week of {day(first)}"
    return f"between {_start_of(first, last)} and {day(last)}"


def _whole_month(first: dt.date, last: dt.date) -> bool:
    return (
        first.day == 1
        and (last + dt.timedelta(days=1)).day == 1
        and (first.year, first.month) == (last.year, last.month)
    )


def _start_of(first: dt.date, last: dt.date) -> str:
    if first.year != last.year:
        return day(first)
    return str(first.day) if first.month == last.month else f"{first.day} {MONTHS[first.month - 1]}"


def dated(when: When) -> bool:
    """Whether both bounds are known and in order."""
    return when.earliest is not None and when.latest is not None and when.earliest <= when.latest


# ---- who


def who(participant: Participant) -> str:
    """A participant by name and, for people and bodies, with the state they stand for."""
    actor = participant.actor
    home = state(actor.code) if actor.code and actor.code not in GENERAL else None
    if actor.kind == "state" and actor.code:
        return state(actor.code)
    name = _POSSESSIVE.sub(r"\1", actor.name or participant.text)
    if actor.code in GENERAL and not actor.name:
        return GENERAL[actor.code]
    if actor.kind == "person" and actor.office and len(actor.office) <= 40 and actor.office not in name:
        name = f"{actor.office} {name}"
    name = home if name == actor.code and home else " ".join(name.split())
    placed = home is None or any(word in name for word in (home, *_adjectives().get(str(actor.code), ())))
    return name if placed else f"{name} ({home})"


def speaker(participant: Participant) -> str:
    """Who is said to have said it; one who is not named is said to be so."""
    named = participant.actor.name or ""
    if participant.actor.kind == "group" and any(word[:1].isupper() for word in named.split()):
        return in_text(named)  # several who speak together, by their names
    if participant.actor.code is None and participant.actor.identifier is None:
        return f"somebody not named (“{' '.join(participant.text.split())}”)"
    return in_text(who(participant))


def people(side: Iterable[Participant]) -> str:
    """A side as a list: A, B and C. Who is neither a state nor of one goes unnamed where others are."""
    held = list(side)
    placed = [each for each in held if each.actor.code]
    return listed([in_text(name) for name in dict.fromkeys(who(each) for each in placed or held)])


def listed(words: Sequence[str]) -> str:
    """A, B and C."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def visible(text: str) -> str:
    """Text without the signs that steer a terminal or turn the direction of writing: pages are not to be trusted."""
    return _STEERING.sub("�", text)


def capital(text: str) -> str:
    """With a capital letter at its beginning."""
    return text[:1].upper() + text[1:]


# ---- what


def what(event: Event) -> str:
    """An event as one plain sentence without its full stop; what was not done says so first."""
    word = rules()["stances"].get(event.stance)
    return f"{word}: {clause(event)}" if word else capital(clause(event))


def clause(event: Event) -> str:
    """An event as a clause inside a sentence: who did what to whom."""
    entry = rules()["events"][event.event]
    forms = {**entry, **entry.get("modes", {}).get(event.mode or "", {})}
    one, other = people(event.actor), people(event.recipient)
    codes = [{who.actor.code or who.text for who in side} for side in (event.actor, event.recipient)]
    if event.unordered or not other or not one or codes[1] <= codes[0]:
        sides = [one] if codes[1] <= codes[0] else [one, other]
        return str(forms["together"].format(a=listed([side for side in sides if side]) or "somebody"))
    persons = "persons" in forms and not any(each.actor.kind == "state" for each in event.recipient)
    return str(forms["persons" if persons else "one_sided"].format(a=one, b=other))


def noun(event: str, count: int) -> str:
    """How many of a kind: 1 demand, 3 demands."""
    one, many = rules()["events"][event]["noun"]
    return f"{count} {one if count == 1 else many}"


def figure(item: Figure) -> str:
    """A figure as one plain clause: what it measures, how much, between whom."""
    measure = item.measure or "amount"
    way = {"up": " up", "down": " down", "record": " at a record"}.get(item.direction or "", "")
    amount = " ".join(item.text.split())
    per = f" per {item.per}" if item.per and item.per not in amount else ""
    sides = f", {people(item.between)}" if item.between else ""
    return capital(f"{measure}{way}: {amount}{per}{sides}")


def excerpt(sentence: str, marked: Span, limit: int) -> str:
    """The words of a sentence around the marked ones, at most about `limit` characters, cut between words."""
    if len(sentence) <= limit:
        return " ".join(sentence.split())
    room = max(limit - (marked.end - marked.start), 20)
    start = 0 if marked.end <= limit else max(0, marked.start - room // 3)
    end = min(len(sentence), max(start + limit, marked.end))
    if start > 0:
        start = sentence.find(" ", start, marked.start) + 1 or marked.start
    if end < len(sentence):
        # at the end of a clause, if one ends not too far back, else between words
        clause = max(
            sentence.rfind(sign, marked.end + (end - marked.end) // 2, end) for sign in (", ", "; ", " – ", ": ")
        )
        cut = clause if clause > 0 else sentence.rfind(" ", marked.end, end)
        end = cut if cut > 0 else marked.end
    words = " ".join(sentence[start:end].split()).rstrip(",;:– ")
    return f"{'… ' if start else ''}{words}{' …' if end < len(sentence) else ''}"


def counted(number: int, one: str, many: str | None = None) -> str:
    """1 record, 2 records."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def party(term: str) -> str:
    """A party of a promise inside a sentence: a state or body by its name; a name stands as it is."""
    if term in GENERAL:
        return GENERAL[term]
    return in_text(state(term)) if len(term) == 3 and term.isupper() else term
