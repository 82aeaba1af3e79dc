"""Which person a name, a surname or an office means on the document's date, and what the person was then."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from communique.model import Actor
from communique.resolve.discourse import BODIES
from communique.resolve.names import fold
from communique.resolve.nouns import Title, reference
from communique.resolve.people import PARTICLES, TOP_OFFICES, Person, Term, by_office, by_surname, seniority

if TYPE_CHECKING:
    from communique.resolve.context import Context

# surnames that are also words or places: they mean a person only after a title or a full name
_TOP = len(TOP_OFFICES)


def person_actor(
    person: Person, title: Title | None, context: Context, former: bool = False
) -> tuple[Actor, tuple[str, ...], float]:
    """The actor that a person is on the document's date, what else it could be, and how sure that is."""
    term, confidence = _term(person, title, context, former)
    # an office that the text gives and the tables do not: the text is later than the tables
    told = title if term is None and not former else None
    sector = term.sector if term is not None else told.sector if told is not None else ("ELI",)
    # who left office is of the state served last, not of the body that sent an envoy
    national = [t for t in person.terms if t.code not in BODIES]
    last = term or (national or person.terms)[-1]
    office = term.office if term is not None else told.office if told is not None else None
    others = tuple(dict.fromkeys(t.office for t in person.terms if t.office and t is not term))[:4]
    return Actor(last.code, sector, person.name, person.wikidata, office, "person"), others, confidence


def _term(person: Person, title: Title | None, context: Context, former: bool) -> tuple[Term | None, float]:
    if former:
        return None, 0.9
    held = person.at(context.earliest, context.latest)
    if title is not None:
        offices = {title.office, *(reference()["offices"].get(fold(title.office)) or ())}
        titled = [term for term in (held or person.terms) if term.office in offices]
        if titled:
            return titled[-1], 1.0 if held else 0.8
    if context.earliest is None and context.latest is None:
        return max(person.terms, key=lambda t: (-seniority(t.office), str(t.from_ or ""))), 0.8
    if held:
        return held[0], 1.0 if len(held) == 1 else 0.9
    return None, 0.6


def surname_actor(
    word: str, name: str, title: Title | None, codes: tuple[str, ...], context: Context, former: bool
) -> tuple[tuple[Actor, ...], str, tuple[str, ...], float] | None:
    """A surname alone: whom the article named in full before, else whom the office, state and date leave.

    Only holders of top offices are meant by a bare surname that the article never introduced.
    """
    introduced = context.persons.get(fold(name)) or context.persons.get(fold(word))
    if introduced is not None:
        full, actor, person = introduced
        if len([w for w in name.split() if fold(w) not in PARTICLES]) == 1 or fold(full).endswith(fold(name)):
            if person is not None and (title is not None or former):
                actor, others, sure = person_actor(person, title, context, former)
                return (actor,), "surname", others, 0.9 * sure
            return (actor,), "surname", (), 0.9
    candidates = [p for p in by_surname().get(fold(name), ()) if _fits(p, title, codes, context)]
    if title is None and not codes:
        candidates = [p for p in candidates if _is_prominent(p, context)]
    if not candidates or (title is None and not codes and len({p.terms[-1].code for p in candidates}) > 1):
        return None
    if title is None and not codes and not (context.earliest or context.latest) and len(candidates) > 3:
        return None
    ranked = sorted(candidates, key=lambda p: (_rank(p, title, context), p.name))
    person = ranked[0]
    actor, _, sure = person_actor(person, title, context, former)
    others = tuple(p.name for p in ranked[1:5])
    context.introduce(person.name, actor, person)
    return (actor,), "surname", others, (0.85 if not others else 0.7) * sure


def _fits(person: Person, title: Title | None, codes: tuple[str, ...], context: Context) -> bool:
    terms = person.at(context.earliest, context.latest) if title or not codes else person.terms
    terms = terms or person.terms
    if codes and not any(term.code in codes for term in terms):
        return False
    if title is None:
        return True
    offices = {title.office, *(reference()["offices"].get(fold(title.office)) or ())}
    if any(term.office in offices for term in terms):
        return True
    # "Deputy Secretary Sherman" was Deputy Secretary of State on the day
    dated = person.at(context.earliest, context.latest) if context.latest is not None else ()
    return any(term.office.startswith(f"{office} of ") for term in dated for office in offices)


def _is_prominent(person: Person, context: Context) -> bool:
    terms = person.at(context.earliest, context.latest)
    return any(seniority(term.office) < _TOP for term in terms)


def _rank(person: Person, title: Title | None, context: Context) -> tuple[int, int, int, str]:
    held = person.at(context.earliest, context.latest)
    best = min((seniority(term.office) for term in held or person.terms), default=99)
    latest = max((str(term.from_ or "") for term in person.terms), default="")
    known = any(term.code in context.headed or term.code in context.states for term in held or person.terms)
    return (0 if held else 1, 0 if known else 1, best, "".join(chr(255 - ord(c)) for c in latest))


def holder_on(code: str, office: str | None, lemma: str, context: Context) -> Actor | None:
    """The holder of an office of a state on the document's day, or the holder that the article has named."""
    key = fold(office) if office else lemma
    if key not in reference()["offices"]:
        return None
    choices = list(reference()["offices"][key])
    if context.seat in choices and context.house is not None and context.house.code == code:
        # on a ministry's own page "the Secretary" is its own, whichever other one was named
        own = _holder(code, [str(context.seat)], {str(context.seat)}, context)
        if own is not None:
            return own
    return _holder(code, choices, set(choices) | ({office} if office else set()), context)


def _holder(code: str, choices: Sequence[str], wanted: set[str], context: Context) -> Actor | None:
    """Whom the article has named in one of the offices, else who alone held the first of them that was held."""
    for name, actor, _ in context.persons.values():
        if actor.code == code and actor.office in wanted and name:
            return actor
    if context.day is None:
        return None
    for choice in choices:
        held = {p.name: (t, p) for t, p in by_office().get((code, choice), ()) if t.holds(context.day, context.day)}
        if len(held) == 1:
            term, person = next(iter(held.values()))
            return Actor(code, term.sector, person.name, person.wikidata, term.office, "person")
    return None
