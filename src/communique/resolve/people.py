"""People and the offices they held: who acts for which state on a date."""

from __future__ import annotations

import datetime as dt
import functools
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from communique.errors import KnowledgeError
from communique.knowledge import cache, load
from communique.resolve.names import fold, parse_day

K = TypeVar("K")
V = TypeVar("V")

# offices that speak for a whole state, most senior first: a bare surname may mean their holders
TOP_OFFICES = (
    "President",
    "Prime Minister",
    "Chancellor",
    "Supreme Leader",
    "King",
    "Emir",
    "Foreign Minister",
    "Secretary of State",
    "Secretary-General",
    "Crown Prince",
    "Chairman",
    "General Secretary",
    "Premier",
    "Taoiseach",
    "Sultan",
    "Emperor",
    "Queen",
    "Pope",
    "Defence Minister",
    "Vice President",
)
# states whose people are called by the first of their names, or by either
_FAMILY_FIRST = frozenset("CHN PRK KOR TWN HKG SGP VNM KHM JPN HUN".split())
# those of whom nobody is called by the last of two names: "Yang" is not Wang Yang, nor is "Sam" Kim Young Sam
_FAMILY_ALONE = frozenset({"CHN", "PRK", "KOR", "TWN", "SGP"})
# words of such a name that is written in syllables, and letters of a family name: others are written as in the West
_SYLLABLES, _SHORT = 3, 6
_GIVEN_NAME = frozenset("MYS IDN MMR ETH ERI SOM MNG THA LAO BTN ISL".split())
PARTICLES = frozenset("van von der den de del della di da dos du la le al el bin ibn ben abu ould ter ten".split())


@dataclass(frozen=True, slots=True)
class Term:
    """One office held from a day to a day (None: open)."""

    office: str
    code: str
    from_: dt.date | None
    to: dt.date | None
    sector: tuple[str, ...]
    source: str

    def holds(self, earliest: dt.date | None, latest: dt.date | None) -> bool:
        """Whether the term touches the interval."""
        if earliest and self.to and self.to < earliest:
            return False
        return not (latest and self.from_ and self.from_ > latest)


@dataclass(frozen=True, slots=True)
class Person:
    """A person with all the terms that we know, in order of time."""

    name: str
    names: tuple[str, ...]
    terms: tuple[Term, ...]
    wikidata: str | None
    mononyms: frozenset[str]

    def at(self, earliest: dt.date | None, latest: dt.date | None) -> tuple[Term, ...]:
        """The terms that touch an interval, the most senior office first."""
        held = [term for term in self.terms if term.holds(earliest, latest)]
        return tuple(sorted(held, key=lambda term: (seniority(term.office), term.from_ or dt.date.min)))


def seniority(office: str) -> int:
    """The rank of an office: 0 is the highest, ministers come before the rest."""
    for rank, top in enumerate(TOP_OFFICES):
        if office == top or office.startswith(top + " of"):
            return rank
    return len(TOP_OFFICES) + (0 if "Minister" in office or "Secretary" in office else 5)


def _day(value: str, last: bool, where: str) -> dt.date | None:
    try:
        return parse_day(value.strip(), last=last)
    except ValueError as fault:
        raise KnowledgeError(
            f"{value!r} is not a date", where=where, advice="Write YYYY-MM-DD, YYYY-MM or YYYY"
        ) from fault


class Lazy(Mapping[K, V]):
    """A mapping whose values are made when they are first asked for: a run needs few of the people we know."""

    def __init__(self, rows: Mapping[K, Any], make: Callable[[Any], V]) -> None:
        self._rows, self._make = rows, make
        self._made: dict[K, V] = {}

    def __getitem__(self, key: K) -> V:
        if key not in self._made:
            self._made[key] = self._make(self._rows[key])
        return self._made[key]

    def get(self, key: K, default: Any = None) -> Any:
        """The value, or the default; most words are nobody's name, and no exception is raised for them."""
        return self[key] if key in self._rows else default

    def __iter__(self) -> Iterator[K]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def __contains__(self, key: object) -> bool:
        return key in self._rows


def _read() -> tuple[Person, ...]:
    """Every person of the tables of offices. Raises KnowledgeError for a row that is not as the header says."""
    rows: dict[tuple[str, str], list[tuple[dict[str, str], Term]]] = defaultdict(list)
    namesakes = frozenset(load.data("offices/rules.yaml")["namesakes"])
    for name in load.names("offices", ".csv"):
        for number, row in enumerate(load.table(name), start=2):
            where = f"knowledge/{name}:{number}"
            if not row.get("person") or not row.get("code"):
                raise KnowledgeError("a row without person or code", where=where, advice="Fill both columns")
            term = Term(
                row["office"].strip(),
                row["code"].strip(),
                _day(row["from"] or "", False, where),
                _day(row["to"] or "", True, where),
                tuple((row["sector"] or "GOV").replace("|", " ").split()),
                row.get("source") or "",
            )
            who = row["person"].strip()
            # two people of one name are told apart by their states
            rows[(who, term.code if who in namesakes else "")].append((row, term))
    found = []
    for (person, _), held in rows.items():
        names: dict[str, None] = {person: None}
        mononyms = set()
        for row, _ in held:
            for alias in (row.get("aliases") or "").split("|"):
                if alias.strip():
                    names[alias.strip()] = None
                    if " " not in alias.strip() and len(alias.strip()) > 3:
                        mononyms.add(alias.strip())
        terms = tuple(
            sorted({term for _, term in held}, key=lambda t: (t.from_ or dt.date.min, t.to or dt.date.max, t.office))
        )
        wikidata = next((row["wikidata"] for row, _ in held if row.get("wikidata")), None)
        found.append(Person(person, tuple(names), terms, wikidata, frozenset(mononyms)))
    return tuple(found)


@functools.cache
def _compact() -> dict[str, Any]:
    """All people as plain rows, with their numbers by surname and by office; kept between runs."""
    read_by = cache.code_of(__name__, "communique.resolve.names", "communique.knowledge.load")
    return cast("dict[str, Any]", cache.kept(cache.key((load.digest("offices"), read_by)), _compacted))


def _compacted() -> dict[str, Any]:
    people = _read()
    number = {id(person): place for place, person in enumerate(people)}
    return {
        "people": [_row(person) for person in people],
        "surnames": {name: [number[id(p)] for p in held] for name, held in _surname_index(people).items()},
        "offices": [
            [code, office, [[number[id(person)], person.terms.index(term)] for term, person in held]]
            for (code, office), held in _office_index(people).items()
        ],
    }


def _row(person: Person) -> list[Any]:
    terms = [
        [t.office, t.code, t.from_ and t.from_.isoformat(), t.to and t.to.isoformat(), list(t.sector), t.source]
        for t in person.terms
    ]
    return [person.name, list(person.names), terms, person.wikidata, sorted(person.mononyms)]


@functools.cache
def _person(number: int) -> Person:
    name, names, terms, wikidata, mononyms = _compact()["people"][number]
    made = tuple(
        Term(
            office,
            code,
            dt.date.fromisoformat(from_) if from_ else None,
            dt.date.fromisoformat(to) if to else None,
            tuple(sector),
            source,
        )
        for office, code, from_, to, sector, source in terms
    )
    return Person(name, tuple(names), made, wikidata, frozenset(mononyms))


def person(number: int) -> Person:
    """One of `all_people` by its place there."""
    return _person(number)


@functools.cache
def all_people() -> tuple[Person, ...]:
    """Every person of knowledge/offices, one for each name and Wikidata id.

    Raises KnowledgeError for a row that is not as the table's header says.
    """
    return tuple(_person(number) for number in range(len(_compact()["people"])))


@functools.cache
def by_name() -> Mapping[str, Person]:
    """People by their usual name."""
    return Lazy({row[0]: number for number, row in enumerate(_compact()["people"])}, _person)


def surnames(name: str, code: str) -> tuple[str, ...]:
    """What news calls a person after the first mention; more than one where customs differ."""
    words = name.replace(",", "").split()
    if len(words) < 2:
        return (name,)
    last = words[-1]
    found = []
    cut = len(words) - 1
    while cut > 1 and words[cut - 1].lower() in PARTICLES:
        cut -= 1
    if cut < len(words) - 1:
        found.append(" ".join(words[cut:]))
    if "-" in last and last.split("-")[0].lower() in PARTICLES:
        found.append(last.split("-", 1)[1])
    if code in _FAMILY_FIRST or code in _GIVEN_NAME:
        found.append(words[0])
    given = (len(words) == _SYLLABLES or (len(words) == 2 and "-" in last)) and len(words[0]) <= _SHORT
    alone = (given and code in _FAMILY_ALONE) or (len(words) == 2 and code in ("CHN", "PRK"))
    if not (alone and len(words[0]) > 1):
        found.append(words[-2] if last.rstrip(".") in {"Jr", "Sr", "II", "III"} else last)
    return tuple(dict.fromkeys(word for word in found if len(word) > 1))


def _surname_index(people: Iterable[Person]) -> dict[str, tuple[Person, ...]]:
    index: dict[str, dict[str, Person]] = defaultdict(dict)
    for person in people:
        for name in person.names:
            for surname in surnames(name, person.terms[-1].code):
                index[fold(surname)][person.name] = person
    return {surname: tuple(group.values()) for surname, group in index.items()}


@functools.cache
def by_surname() -> Mapping[str, tuple[Person, ...]]:
    """People by folded surname, for mentions by surname alone."""
    return Lazy(_compact()["surnames"], lambda held: tuple(_person(number) for number in held))


def _office_index(people: Iterable[Person]) -> dict[tuple[str, str], tuple[tuple[Term, Person], ...]]:
    index: dict[tuple[str, str], list[tuple[Term, Person]]] = defaultdict(list)
    for person in people:
        for term in person.terms:
            index[(term.code, term.office)].append((term, person))
    return {key: tuple(sorted(held, key=lambda pair: pair[0].from_ or dt.date.min)) for key, held in index.items()}


@functools.cache
def by_office() -> Mapping[tuple[str, str], tuple[tuple[Term, Person], ...]]:
    """Who held an office of a state, by (code, office)."""
    rows = {(code, office): held for code, office, held in _compact()["offices"]}
    return Lazy(rows, lambda held: tuple((_person(p).terms[t], _person(p)) for p, t in held))


def holder(code: str, office: str, day: dt.date) -> Person | None:
    """Who held an office of a state on a day; None where the table does not say or says two."""
    held = {person.name: person for term, person in by_office().get((code, office), ()) if term.holds(day, day)}
    return next(iter(held.values())) if len(held) == 1 else None
