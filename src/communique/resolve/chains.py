"""Where titles in a row with a name after them stand in a text: "Adviser to the President Dr. Ann Roe"."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from communique.resolve.gazetteer import gazetteer
from communique.resolve.names import fold
from communique.resolve.nouns import Title, titles
from communique.resolve.nouns import reference as words
from communique.resolve.people import PARTICLES, by_surname

_WORD = re.compile(r"[^\W\d_][\w'’‐‑–-]*\.?|[,&/]|\S")
_ARTICLED = re.compile(r"(?:al|el|as|ash|an|ad|at|ar|bin|ben|ibn|abu)[‐‑–-]\w")
_STOPS = frozenset({",", "&", "/"})
_AND = frozenset({"and", "&", "/"})
# what leads from a title to what, whom or where it is of
_OF = frozenset({"of", "for", "to", "on"})
_LINKS = _AND | _OF | {",", "the", "with", "in"}
# ranks before a title that are no portfolio
_RANKS = frozenset({"under", "vice", "interim"})
_LONGEST_TITLE = 6
_LONGEST_NAME = 7
_LONGEST_PLACE = 5
_PLACES = frozenset({"state", "body"})


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    start: int  # in the sentence's text
    end: int
    folded: str
    big: bool

    @classmethod
    def of(cls, found: re.Match[str]) -> _Word:
        text = found.group()
        return cls(text, found.start(), found.end(), fold(text).rstrip(".") or text, text[:1].isupper())


@dataclass(frozen=True, slots=True)
class Place:
    """With what state or body a post deals, which is not whose it is ("Envoy for Mali"), and where that stands."""

    start: int
    end: int
    code: str | None


@dataclass(frozen=True, slots=True)
class Chain:
    """Titles in a row with the name that they belong to: character offsets in the sentence's text.

    place: with what the post deals, where the chain says so.
    body: the code of the state or body that the chain names as whose the post is ("Minister of Trade of Mali", "Envoy
    of the Secretary-General").
    """

    start: int
    name: int
    end: int
    title: Title
    place: Place | None = None
    body: str | None = None


@dataclass(frozen=True, slots=True)
class _Unit:
    """One title with what it is of, and the place after both."""

    title: Title
    after: int
    place: Place | None = None
    whose: str | None = None
    # whether it is of a place or of somebody with an office, after whom a name must be told from other words
    wide: bool = False
    # whether it is of nothing
    plain: bool = False


def chains(text: str) -> list[Chain]:
    """Where titles with a name after them stand in a text, in order; no two overlap."""
    return list(_chains(text))


# a sentence is asked more than once: for its names, for its mentions, and again when its article is dated
@functools.lru_cache(256)
def _chains(text: str) -> tuple[Chain, ...]:
    found: list[Chain] = []
    read = [_Word.of(match) for match in _WORD.finditer(text)]
    place = 0
    while place < len(read):
        chain, place = _chain_at(read, place)
        if chain is not None:
            found.append(chain)
    return tuple(found)


def _chain_at(read: list[_Word], place: int) -> tuple[Chain | None, int]:
    """A chain that begins at a word, and the place after it (the next word where there is none)."""
    first = _unit_at(read, place)
    if first is None:
        return None, place + 1
    units = [first]
    while True:
        after = units[-1].after
        step = after + 1 if after < len(read) and (read[after].folded in _AND or read[after].text == ",") else after
        step += 1 if step > after and step < len(read) and read[step].folded in _AND else 0
        # "Cabinet Secretary for Foreign Affairs Ambassador Ann Roe": a second title may stand right behind
        more = _unit_at(read, step) if step > after or not units[-1].plain else None
        if more is None:
            break
        if step > after and len(units) == 1 and _is_another(read, place, step, first):
            return None, first.after
        units.append(more)
    start = _past_honorifics(read, units[-1].after)
    end = start
    while end < len(read) and end - start < _LONGEST_NAME and _is_name(read, end, end == start):
        end += 1
    while end > start and read[end - 1].folded in PARTICLES and not read[end - 1].big:
        end -= 1
    if end == start or (units[-1].wide and start == units[-1].after and not _is_full(read, start, end)):
        return None, max(place + 1, first.after if not first.wide else place + 1)
    stop = read[end - 1]
    full_stop = stop.text.endswith(".") and (len(stop.text) > 3 or (end == len(read) and len(stop.text) > 2))
    last = stop.end - (1 if full_stop else 0)
    if stop.text.endswith(("'s", "’s")):
        last = stop.end - 2
    of = next((unit.place for unit in units if unit.place is not None), None)
    said = fold(" ".join(word.text for word in read[place:start]))
    body = next((str(code) for told, code in words()["body_titles"].items() if told in said), None)
    body = body or next((unit.whose for unit in units if unit.whose), None)
    return Chain(read[place].start, read[start].start, last, units[0].title, of, body), end


def _is_another(read: list[_Word], place: int, second: int, first: _Unit) -> bool:
    """Whether an office with an article is somebody else than whoever is named after "and".

    "The President and Prime Minister Rao" are two, and so are "the Deputy Secretary and Ambassador Roe".
    """
    if not first.plain or not place or read[place - 1].folded != "the":
        return False
    if read[second].folded in words()["one_with"]:
        return False  # "the President and CEO Ann Roe"
    return first.after - place == 1 or " ".join(w.folded for w in read[place : first.after]) in words()["own_ranks"]


def _past_honorifics(read: list[_Word], place: int) -> int:
    """The place after "Dr.", "H.E. Mr.", "Ambassador": they belong to a name and are none."""
    while place + 1 < len(read) and read[place].big and read[place + 1].big:
        if read[place].folded not in words()["honorifics"]:
            break
        place += 1
    return place


def _is_full(read: list[_Word], start: int, end: int) -> bool:
    """Whether what follows "Envoy to Mali" is surely a name: of two words or more, or a known surname."""
    if read[end - 1].folded in words()["documents"] or read[start].folded in words()["institutions"]:
        return False
    return end - start > 1 or bool(by_surname().get(read[start].folded.removesuffix("'s")))


def _is_name(read: list[_Word], place: int, first: bool) -> bool:
    word = read[place]
    if first:
        return (
            word.big
            and not _plain_title(word.folded)
            and not _is_portfolio(word)
            and word.folded not in words()["weekdays"]
            and len(word.text) > 1
        )
    if read[place - 1].text.endswith(("'s", "’s")) or (
        read[place - 1].text[-1:] == "." and len(read[place - 1].text) > 3
    ):
        return False
    return (word.big or word.folded in PARTICLES or _ARTICLED.match(word.text) is not None) and word.text not in _STOPS


def _unit_at(read: list[_Word], place: int) -> _Unit | None:
    """A title with what it is of that begins at a word, and the place after it."""
    if place >= len(read) or not read[place].big:
        return None
    start = place
    found = None
    # "Special Presidential", "Acting Assistant" before the title's own words
    while found is None and start < len(read) and start - place < 5:
        found = _title_at(read, start)
        if found is None:
            if not read[start].big or not (_is_portfolio(read[start]) or read[start].folded in _RANKS):
                return None
            start += 1
    if found is None:
        return None
    title, after = found
    # "Deputy Minister", "Secretary General": a longer title right behind
    behind = after < len(read) and read[after].big and _plain_title(read[after].folded)
    behind = behind and read[after].folded not in words()["honorifics"]
    longer = _unit_at(read, after) if behind else None
    if longer is not None:
        return longer
    if after < len(read) and read[after].folded in _OF:
        end, where, whose, wide = _complement(read, after + 1)
        if end > after + 1:
            return _Unit(title, end, where, whose, wide)
        return _Unit(title, after, plain=True)
    # "Minister for Foreign Affairs, Trade and Immigration": the table knows the first of the portfolios
    told = any(word.folded in _OF for word in read[place:after])
    if told and after + 1 < len(read) and (read[after].text == "," or read[after].folded in _AND):
        following = read[after + 1]
        if _is_portfolio(following) and _unit_at(read, after + 1) is None:
            end, where, whose, wide = _complement(read, after)
            return _Unit(title, end, where, whose, wide)
    return _Unit(title, after, plain=True)


def _title_at(read: list[_Word], start: int) -> tuple[Title, int] | None:
    """The longest title of the table that begins at a word, and the place after it."""
    table = titles()
    most = min(_LONGEST_TITLE, len(read) - start) if read[start].folded in _first_words() else 0
    for size in range(most, 0, -1):
        if not (read[start].big and read[start + size - 1].big):
            continue
        title = table.get(" ".join([word.folded for word in read[start : start + size]]))
        if title is not None:
            return title, start + size
    return None


def _complement(read: list[_Word], place: int) -> tuple[int, Place | None, str | None, bool]:
    """Where what a title is of ends; the place that it deals with; whose it is; whether a place or office is in it.

    "Foreign Affairs", "Environment, Water, and Agriculture", "the Interior", "Foreign Affairs of Kenya", "the Office
    of the Trade Commission", "the President".
    """
    end = at = place
    where: Place | None = None
    whose: str | None = None
    wide = False
    while at < len(read):
        word = read[at]
        if word.big and (_is_portfolio(word) or word.folded in words()["institutions"]):
            wide = wide or not _is_portfolio(word)
            at += 1
            end = at
            continue
        linked, led = _link(read, at, place)
        if word.big and linked is not None:
            office = _title_at(read, at) if led and linked in _OF else None
            if office is not None:
                at = end = office[1]
                wide = True
                continue
            size, code = _place_at(read, at) if linked in _OF or (linked in _AND and wide) else (0, None)
            if size:
                if linked == "of":
                    whose = whose or code
                elif where is None:
                    where = Place(word.start, read[at + size - 1].end, code)
                at += size
                end, wide = at, True
                continue
        if word.folded in _LINKS:
            at += 1
        else:
            break
    return end, where, whose, wide


def _link(read: list[_Word], at: int, first: int) -> tuple[str | None, bool]:
    """The word that leads to a word, and whether an article stands between them."""
    before = at - 1
    led = read[before].folded == "the"
    if led:
        before -= 1
    link = read[before].folded if before >= first - 1 else None
    return (link if link in _OF or link == "," or link in _AND else None), led


def _place_at(read: list[_Word], at: int) -> tuple[int, str | None]:
    """How many words the name of a state, a region or a body has that begins at a word, and its code; 0 for none."""
    for size in range(min(_LONGEST_PLACE, len(read) - at), 0, -1):
        if not (read[at].big and read[at + size - 1].big):
            continue
        name = " ".join(word.text for word in read[at : at + size])
        entry = next(iter(gazetteer().lookup(name)), None)
        if entry is not None and entry.actor.kind in _PLACES and entry.person is None:
            return size, entry.actor.code
    return 0, None


@functools.cache
def _first_words() -> frozenset[str]:
    return frozenset(title.split(" ")[0] for title in titles())


def _plain_title(word: str) -> bool:
    return word in titles()


def _is_portfolio(word: _Word) -> bool:
    # "Political-Security Community"
    return word.folded in words()["portfolios"] or all(p in words()["portfolios"] for p in word.folded.split("-"))
