"""Finds every name we know in a text: one pass over its words with a trie of surfaces."""

from __future__ import annotations

import datetime as dt
import functools
import itertools
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from communique.knowledge import cache, load
from communique.model import Actor, Span
from communique.resolve import people
from communique.resolve.names import fold, parse_day

# a word; a plus belongs to it: OPEC+, P5+1
_WORD = re.compile(r"\w+\+?")
# what may stand between two words of one name: a blank, a hyphen, an apostrophe, an ampersand, an initial's dot
_GAP = re.compile(r"(?:\s|-|–|'|’|‘|`|&|/|\.\s?| & |, (?=D\.?C))?\Z")

_REMEMBERED = 2_000  # texts: a document whose date comes out of its text is read twice
# words of names that are written small or great as it comes: al-Qaeda, Al-Qaeda
_PARTICLES = frozenset(
    "al el the de la le du des von van der den bin ibn ben abu ould ul ur us e i y o da do dos di".split()
)
_MONEY = frozenset("$€£¥")
# parts of a state that act for it, with the sector they act as and how a mention through them is called
STATE_PARTS: dict[str, tuple[tuple[str, ...], str]] = {
    "names": ((), "name"),
    "demonyms": ((), "demonym"),
    "adjectives": ((), "demonym"),
    "capital": (("GOV",), "capital"),
    "seats": (("GOV",), "seat"),
    "government": (("GOV",), "government"),
    "parliament": (("LEG",), "government"),
    "judiciary": (("JUD",), "government"),
    "central_bank": (("GOV",), "government"),
    "military": (("MIL",), "government"),
    "police": (("COP",), "government"),
    "spy": (("SPY",), "government"),
    "media": (("JRN",), "media"),
    "cities": ((), "city"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """What one surface can mean: an actor as such, how it is named, and when it holds."""

    actor: Actor
    via: str
    surface: str
    person: people.Person | None = None
    from_: dt.date | None = None
    to: dt.date | None = None
    rank: int = 0

    def holds(self, day: dt.date | None) -> bool:
        """Whether the entry is valid on a day (on an unknown day it is)."""
        if day is None:
            return True
        return (self.from_ is None or self.from_ <= day) and (self.to is None or day <= self.to)


@dataclass(frozen=True, slots=True)
class Hit:
    """A surface found in a text, with all that it can mean, likeliest first."""

    span: Span
    entries: tuple[Entry, ...]

    @property
    def best(self) -> Entry:
        """The likeliest meaning."""
        return self.entries[0]


class Gazetteer:
    """A trie of names over folded words; the names that begin with a word are put up when the word is first met."""

    def __init__(self, buckets: Mapping[str, list[list[Any]] | str]) -> None:
        self._root: Mapping[str, Any] = people.Lazy(buckets, _branch)
        self._remembered = functools.lru_cache(_REMEMBERED)(lambda text: tuple(self._hits(text)))

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> Gazetteer:
        """A gazetteer of these entries."""
        return cls(_buckets((entry, None) for entry in entries))

    def hits(self, text: str) -> Iterator[Hit]:
        """The longest names from left to right, none overlapping; O(words) for texts of ordinary names."""
        return iter(self._remembered(text))

    def _hits(self, text: str) -> Iterator[Hit]:
        words = [(match.start(), match.end(), fold(match.group())) for match in _WORD.finditer(text)]
        loud = _is_loud(text)
        place = 0
        while place < len(words):
            found = self._longest(text, words, place, loud)
            if found is None:
                place += 1
                continue
            hit, place = found
            yield hit

    def _longest(self, text: str, words: list[tuple[int, int, str]], place: int, loud: bool) -> tuple[Hit, int] | None:
        node: Mapping[str, Any] | None = self._root
        best: tuple[Hit, int] | None = None
        step = place
        while node is not None and step < len(words):
            if step > place and not _GAP.match(text[words[step - 1][1] : words[step][0]]):
                break
            node = node.get(words[step][2])
            if node is None:
                break
            step += 1
            if "" in node:
                start, end = words[place][0], words[step - 1][1]
                if text[end : end + 1] in _MONEY or (text[start:end] == "US" and text[end : end + 2] == " $"):
                    break  # US$20 billion, A$5 and HK$3 are money
                entries = tuple(entry for entry in node[""] if _case_fits(text[start:end], entry.surface, loud))
                if entries:
                    if text[end : end + 1] == "." and "." in text[start:end]:
                        end += 1  # the dot of an abbreviation belongs to it
                    ranked = tuple(sorted(entries, key=lambda entry: entry.rank))
                    best = (Hit(Span(start, end), ranked), step)
        return best

    def lookup(self, surface: str) -> tuple[Entry, ...]:
        """What a whole surface can mean, case aside."""
        node: Mapping[str, Any] | None = self._root
        for word in _WORD.findall(surface):
            node = node.get(fold(word)) if node else None
        return tuple(sorted(node.get("", ()), key=lambda entry: entry.rank)) if node else ()


def _buckets(entries: Iterable[tuple[Entry, int | None]]) -> dict[str, list[list[Any]]]:
    """Plain rows by the first folded word of the name: the other words and the entry. A person goes by number."""
    found: dict[str, list[list[Any]]] = {}
    for entry, person in entries:
        words = [fold(word) for word in _WORD.findall(entry.surface)]
        if not words:
            continue
        if person is not None:
            row: Any = [entry.surface, person]
        elif entry.person is not None:
            row = entry
        else:
            a = entry.actor
            actor = [a.code, list(a.sector), a.name, a.identifier, a.office, a.kind]
            days = [day and day.isoformat() for day in (entry.from_, entry.to)]
            row = [entry.surface, entry.via, actor, *days, entry.rank]
        found.setdefault(words[0], []).append([words[1:], row])
    return found


def _branch(rows: list[list[Any]] | str) -> dict[str, Any]:
    """The names of one first word as a trie over their other words; "" holds the entries that end here."""
    root: dict[str, Any] = {}
    for words, row in json.loads(rows) if isinstance(rows, str) else rows:
        node = root
        for word in words:
            node = node.setdefault(word, {})
        node.setdefault("", []).append(row if isinstance(row, Entry) else _entry(row))
    return root


def _entry(row: list[Any]) -> Entry:
    if len(row) == 2:
        return _of_person(people.person(row[1]), row[0])
    surface, via, (code, sector, name, identifier, office, kind), from_, to, rank = row
    actor = Actor(code, tuple(sector), name, identifier, office, kind)
    return Entry(actor, via, surface, None, parse_day(from_), parse_day(to), rank)


def _of_person(person: people.Person, surface: str) -> Entry:
    latest = person.terms[-1]
    actor = Actor(latest.code, latest.sector, person.name, person.wikidata, None, "person")
    return Entry(actor, "name", surface, person, None, None, 0)


def _is_loud(text: str) -> bool:
    """Whether a line is set in capitals, where capitals tell nothing."""
    letters = [c for c in text if c.isalpha()]
    return len(letters) > 12 and sum(c.isupper() for c in letters) > 0.8 * len(letters)


def _case_fits(found: str, surface: str, loud: bool) -> bool:
    """Acronyms must stand in capitals, names must start with one; "who" is not the WHO and "us" not the US."""
    letters = "".join(c for c in surface if c.isalpha())
    if letters.isupper() and len(letters) <= 5:
        written = "".join(c for c in found if c.isalpha())
        return written.isupper() and not (loud and fold(written) in {"who", "it", "is", "am", "un", "no", "and", "pri"})
    if loud:
        return True
    # every word that has a capital in the name has one in the text; "commission", "party" may do without
    pairs = zip(_WORD.findall(found), _WORD.findall(surface), strict=False)
    for place, (written, wanted) in enumerate(pairs):
        small = fold(wanted) in _PARTICLES or (place and (fold(wanted) in _common() or wanted in ("S", "T")))
        if wanted[:1].isupper() and written[:1].islower() and not small:
            return False
    return True


@functools.cache
def _common() -> frozenset[str]:
    """The words of names that news also writes without a capital."""
    return frozenset(fold(word) for word in load.data("reference.yaml")["small_words"])


def rows(folder: str, key: str) -> Iterator[dict[str, Any]]:
    """The rows under a key of all YAML files of a knowledge folder."""
    for name in load.names(folder, ".yaml"):
        content = load.data(name)
        if isinstance(content, dict):
            yield from content.get(key) or ()


def _state_entries() -> Iterator[Entry]:
    for state in rows("states", "states"):
        code = state["code"]
        from_, to = parse_day(state.get("from")), parse_day(state.get("to"), last=True)
        historic = bool(to)
        for part, (sectors, via) in STATE_PARTS.items():
            kind: Any = (
                "state" if part in ("names", "demonyms", "adjectives", "capital", "seats", "cities") else "office"
            )
            for surface in state.get(part) or ():
                name = state["name"] if part in ("names", "demonyms", "adjectives") else str(surface)
                actor = Actor(code, sectors, name, None, None, kind)
                rank = {"city": 6, "media": 4}.get(via, 2) + (4 if historic else 0)
                yield Entry(actor, via, str(surface), None, from_, to, rank)


def _body_entries() -> Iterator[Entry]:
    for body in rows("bodies", "bodies"):
        sectors = tuple(body.get("sector") or ())
        for surface in dict.fromkeys([body["name"], *(body.get("names") or ())]):
            actor = Actor(body["code"], sectors, body["name"], body.get("wikidata"), None, "body")
            yield Entry(actor, "body", str(surface), None, parse_day(body.get("from")), None, 1)
        for surface in body.get("parts") or ():
            actor = Actor(body["code"], sectors, str(surface), None, None, "body")
            yield Entry(actor, "body", str(surface), None, None, None, 3)
        for surface in body.get("seats") or ():
            actor = Actor(body["code"], ("GOV",), body["name"], body.get("wikidata"), None, "body")
            yield Entry(actor, "seat", str(surface), None, None, None, 3)
    for loose in rows("bodies", "loose"):
        for surface in dict.fromkeys([loose["name"], *(loose.get("names") or ())]):
            yield Entry(Actor(None, (), loose["name"], None, None, "group"), "group", str(surface), None, None, None, 5)


def _group_entries() -> Iterator[Entry]:
    for group in rows("groups", "groups"):
        terms = group.get("terms") or [group]
        for term in terms:
            sectors = term.get("sector") or group.get("sector") or ()
            sectors = tuple([sectors] if isinstance(sectors, str) else sectors)
            actor = Actor(
                term.get("code", group.get("code")), sectors, group["name"], group.get("wikidata"), None, "group"
            )
            for surface in dict.fromkeys([group["name"], *(group.get("names") or ())]):
                yield Entry(
                    actor,
                    "group",
                    str(surface),
                    None,
                    parse_day(term.get("from")),
                    parse_day(term.get("to"), last=True),
                    3,
                )


def _ethnic_entries() -> Iterator[Entry]:
    for row in rows("groups", "ethnic"):
        for surface in row["names"]:
            actor = Actor(row.get("code"), tuple(row.get("sector") or ("CVL",)), str(surface), None, None, "people")
            yield Entry(actor, "nationality", str(surface), None, None, None, 4)


def _person_entries() -> Iterator[tuple[Entry, int]]:
    for number, person in enumerate(people.all_people()):
        for surface in person.names:
            if len(_WORD.findall(surface)) > 1 or surface in person.mononyms:
                yield _of_person(person, surface), number


@functools.cache
def gazetteer() -> Gazetteer:
    """The gazetteer over all of the knowledge, put up once a process from what is kept between runs."""
    read_by = cache.code_of(__name__, people.__name__, "communique.resolve.names", "communique.knowledge.load")
    content = load.digest("states", "bodies", "groups", "offices", "sectors.yaml")
    return Gazetteer(cache.kept(cache.key((content, read_by)), _all_buckets))


def _all_buckets() -> dict[str, str]:
    """Each first word's rows as JSON of their own: only those that a text needs are read."""
    sources = (_state_entries, _body_entries, _group_entries, _ethnic_entries)
    plain = ((entry, None) for source in sources for entry in source())
    buckets = _buckets(itertools.chain(plain, _person_entries()))
    return {word: json.dumps(rows, ensure_ascii=False, separators=(",", ":")) for word, rows in buckets.items()}


def dated(hit: Hit, day: dt.date | None) -> Hit:
    """The hit with the meanings that hold on a day first."""
    if len(hit.entries) < 2:
        return hit
    return replace(
        hit, entries=tuple(sorted(hit.entries, key=lambda e: (not e.holds(day), e.rank, not _in_office(e, day))))
    )


def _in_office(entry: Entry, day: dt.date | None) -> bool:
    """Whether a person held some office on a day: of two namesakes the one in office is meant."""
    return entry.person is None or day is None or bool(entry.person.at(day, day))


@functools.cache
def _state_names() -> dict[str, str]:
    return {str(state["code"]): str(state["name"]) for state in reversed(list(rows("states", "states")))}


def state_name(code: str | None) -> str | None:
    """The usual name of a state by its code; None for codes that are no state's."""
    return _state_names().get(code or "")
