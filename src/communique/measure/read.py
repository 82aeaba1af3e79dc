"""Acts out of an archive, by columns and without opening texts: what a pair, or everybody, did."""

from __future__ import annotations

import datetime as dt
import functools
import itertools
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from communique.archive import schema, schema_merge
from communique.garbage import undisturbed
from communique.measure.acts import PROMISE, Act, Report, act, fold
from communique.measure.weights import scores

if TYPE_CHECKING:
    from communique.archive import Archive

GENERIC = frozenset({"IGO", "NGO", "MNC", "ISM", "IMG"})  # codes that stand for many bodies: those go by their names
SIDES = ("actor", "recipient")
CODE = 3  # letters of a code
PART = 5_000  # rows that are read together
ENOUGH = 200_000  # events of a state after which we do not count on to see which of two is the rarer
# the columns of an event that an act is made of, in the order in which `_made` takes them, and where in a row they are
_OF_EVENTS = (
    "number", "id", "document", "event", "mode", "quad_code", "event_scale", "stance", "unordered", "earliest",
    "latest", "start",
)  # fmt: skip
_NUMBER = 7
_WIDTH = _NUMBER + len(_OF_EVENTS)


def acts(archive: Archive, between: Sequence[str] = ()) -> list[Act]:
    """The merged records of an archive in which one of `between` acts on another or with it; all of them without it.

    Codes of states and bodies, or names of bodies whose code stands for many ("NATO"). What people judged to be wrong
    is left out; mirrored records are one act (measure.acts.fold). In the order of measure.acts.distinct.
    """
    # what was corrected is right now; only what is wrong as a whole is left out
    wrong = {
        subject
        for each in archive.judgements()
        if each.verdict == "wrong" and not each.corrects
        for subject in each.subjects
    }
    terms = tuple(dict.fromkeys(between))
    with undisturbed(), archive.reading() as connection:
        if len(terms) == 2:
            terms = _rarer_first(connection, *terms)
            rows: Sequence[Any] = connection.execute(_of_two(*terms)).all()
            return _made(rows, _sides(rows, *terms), wrong)
        people = _people(connection, terms)
        # a few thousand rows at a time: all of them at once take more than the acts that are made of them
        return _made(connection.execute(_events(terms).execution_options(yield_per=PART)), people, wrong)


def _made(
    rows: Iterable[Any], people: Mapping[int, tuple[frozenset[str], frozenset[str]]], wrong: Collection[str]
) -> list[Act]:
    held: dict[str, list[Report]] = {}
    about: dict[str, tuple[str | None, str]] = {}
    keys: dict[str, str] = {}
    nobody: frozenset[str] = frozenset()
    for row in rows:
        (record, status, source, text, story, published, cameo, number, event, document, kind, mode, quad, scale,
         stance, unordered, begun, ended, start) = row[:_WIDTH]  # fmt: skip
        if event in wrong or record in wrong:
            continue
        actors, recipients = people.get(number, (nobody, nobody))
        earliest, latest = _day(begun), _day(ended)
        if earliest and latest and earliest > latest:
            earliest = None  # its bounds contradict each other: only that it was not after the page is left
        report = Report(
            event,
            keys.setdefault(document, document),  # one text for all of a document's events
            _outlet(source) or text,  # a page without an outlet speaks for itself
            _stance(kind, stance, begun, ended, published),
            kind,
            mode,
            quad,
            _scores(kind, quad, scale, cameo),
            actors,
            recipients,
            bool(unordered),
            earliest,
            latest,
            start,
        )
        if record in held:
            held[record].append(report)
        else:
            held[record] = [report]
            about[record] = (story, status)
    return fold(act(record, told, story=about[record][0], status=about[record][1]) for record, told in held.items())


def unmerged(archive: Archive, between: Sequence[str] = ()) -> int:
    """How many events of the pair are in no record yet: those read since the last merge."""
    events, members = schema.events, schema.record_members
    chosen = sa.select(sa.func.count()).select_from(
        events.join(schema.documents, schema.documents.c.key == events.c.document).outerjoin(
            members, members.c.event == events.c.id
        )
    )
    chosen = chosen.where(members.c.record.is_(None), schema.documents.c.superseded.is_(False), *_facing(between))
    with archive.reading() as connection:
        return int(connection.execute(chosen).scalar_one())


def _events(between: Sequence[str]) -> sa.Select[Any]:
    events, documents, members, records = schema.events, schema.documents, schema.record_members, schema.records
    # an outlet that prints the text of another has the voice of the one that told it first
    sketches, told_first, parts = schema_merge.sketches, documents.alias("told_first"), schema_merge.story_records
    return (
        sa.select(
            members.c.record,
            records.c.status,
            sa.func.coalesce(told_first.c.source, documents.c.source).label("source"),
            sa.func.coalesce(told_first.c.key, documents.c.key).label("text"),
            parts.c.story,
            documents.c.latest.label("published"),
            sa.func.json_extract(events.c.body, "$.cameo").label("cameo"),
            *(events.c[name] for name in _OF_EVENTS),
        )
        .select_from(
            events.join(members, members.c.event == events.c.id)
            .join(records, records.c.id == members.c.record)
            .join(documents, documents.c.key == events.c.document)
            .outerjoin(sketches, sketches.c.document == documents.c.number)
            .outerjoin(told_first, told_first.c.number == sketches.c.text)
            .outerjoin(parts, parts.c.record == records.c.id)
        )
        .where(documents.c.superseded.is_(False), *_facing(between))
    )


def _rarer_first(connection: sa.Connection, first: str, second: str) -> tuple[str, str]:
    """The two terms, the one that takes part in fewer events first; those with very many count as equal."""
    people = schema.participants

    def number(term: str) -> int:
        some = sa.select(people.c.item).where(people.c.kind == "event", _named(people, term)).limit(ENOUGH)
        return int(connection.execute(sa.select(sa.func.count()).select_from(some.subquery())).scalar_one())

    return (first, second) if number(first) <= number(second) else (second, first)


def _of_two(first: str, second: str) -> sa.Select[Any]:
    """The events of two terms with the roles of both: by the index of the first, looked up in that of the second."""
    one, other = schema.participants.alias("one"), schema.participants.alias("other")
    chosen = _events(()).add_columns(one.c.role, other.c.role)
    return chosen.where(
        one.c.kind == "event",
        other.c.kind == "event",
        other.c.item == one.c.item + 0,
        # reckoned from both: the event is looked up only after both were found, not for all acts of one of them
        schema.events.c.number == one.c.item + 0 * other.c.item,
        _named(one, first),
        _named(other, second),
    )


def _sides(rows: Sequence[Any], first: str, second: str) -> dict[int, tuple[frozenset[str], frozenset[str]]]:
    """The sides of the events of two terms; an event has several rows where a term takes part several times."""
    held: dict[int, tuple[frozenset[str], frozenset[str]]] = {}
    sides: dict[tuple[str, str], tuple[frozenset[str], frozenset[str]]] = {}
    for row in rows:
        number, roles = row[_NUMBER], (row[_WIDTH], row[_WIDTH + 1])
        if roles not in sides:
            named = tuple(zip((first, second), roles, strict=True))
            actors, recipients = (_shared(tuple(sorted(who for who, role in named if role == each))) for each in SIDES)
            sides[roles] = actors, recipients
        found, known = sides[roles], held.get(number)
        held[number] = found if known is None else (known[0] | found[0], known[1] | found[1])
    return held


def _named(people: Any, term: str) -> sa.ColumnElement[bool]:
    """A participant that is a term: by its code, else by its name."""
    column: sa.ColumnElement[bool] = people.c.code == term if _is_code(term) else people.c.name == term
    return column if _is_code(term) else sa.and_(column, people.c.code.is_not(None))


def _is_code(term: str) -> bool:
    return len(term) == CODE and term.isupper()


def _facing(between: Sequence[str]) -> list[sa.ColumnElement[bool]]:
    """Events in which at least two of the terms take part; who faces whom is seen act by act."""
    terms = tuple(dict.fromkeys(between))
    if not terms:
        return []
    return [schema.events.c.number.in_(_items(terms))]


def _items(terms: Sequence[str]) -> Any:
    """The numbers of events in which at least two of the terms (or the only one) take part."""
    if len(terms) == 1:
        return _with(terms[0])
    pairs = [sa.intersect(_with(one), _with(other)) for one, other in itertools.combinations(terms, 2)]
    return pairs[0] if len(pairs) == 1 else sa.union(*(sa.select(pair.subquery().c.item) for pair in pairs))


def _with(term: str) -> sa.Select[Any]:
    """Events with a state or body in any role: by its code, or by its name where that is no code.

    The role is not asked for here, so that the index alone answers.
    """
    people = schema.participants
    column = people.c.code if _is_code(term) else people.c.name
    return sa.select(people.c.item).where(people.c.kind == "event", column == term)


def _people(connection: sa.Connection, between: Sequence[str]) -> dict[int, tuple[frozenset[str], frozenset[str]]]:
    """The sides of events by their number: codes, or names where a code stands for many."""
    people = schema.participants
    chosen = sa.select(people.c.item, people.c.role, people.c.code, people.c.name).where(people.c.kind == "event")
    terms = frozenset(between)
    if terms:
        # by the event alone: asked by code or name as well, the database goes through a state's acts for each event
        chosen = chosen.where(people.c.item.in_(_items(tuple(dict.fromkeys(between)))))
    else:
        chosen = chosen.where(people.c.role.in_(SIDES), people.c.code.is_not(None))
    sides: dict[int, tuple[set[str], set[str]]] = {}
    for item, role, code, name in connection.execute(chosen).all():
        if code is None or role not in SIDES or (terms and not _meant(code, name, terms)):
            continue
        held = sides.get(item)
        if held is None:
            held = sides[item] = (set(), set())
        held[role == "recipient"].add(_term(code, name, terms))
    return {item: (_frozen(actors), _frozen(recipients)) for item, (actors, recipients) in sides.items()}


def _meant(code: str, name: str | None, terms: Collection[str]) -> bool:
    return (code in terms and code not in GENERIC) or name in terms


def _term(code: str, name: str | None, terms: Collection[str]) -> str:
    if name and (name in terms or code in GENERIC):
        return name
    return code


def _frozen(side: set[str]) -> frozenset[str]:
    return _shared(tuple(sorted(side)))


@functools.lru_cache(maxsize=10_000)
def _shared(side: tuple[str, ...]) -> frozenset[str]:
    return frozenset(side)


def _stance(kind: str, stance: str, earliest: str | None, latest: str | None, published: str | None) -> str:
    """What it is told as: what lies after the page that tells it has not been done, whatever its verb says.

    A promise that reaches beyond its page is dated by what is promised ("will visit Tokyo on May 24 to 27").
    """
    day = latest if kind == PROMISE else earliest
    return "planned" if day and published and day > published else stance


@functools.lru_cache(maxsize=50_000)
def _outlet(source: str | None) -> str:
    """Who told it: an outlet by its name, whatever its capitals."""
    return (source or "").strip().casefold()


_scores = functools.lru_cache(maxsize=50_000)(scores)


@functools.lru_cache(maxsize=50_000)
def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
