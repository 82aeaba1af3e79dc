"""Names of persons, dates and amounts by words and syntax alone, for pipelines without named entities.

A network for named entities takes as long as the whole rest of a parse. What is asked of it here is little: whether a
name is a person's, and whether a number or noun tells a time or an amount. Who a state, body or known person is, the
gazetteer says. The labels are those of OntoNotes 5 that spaCy's English pipelines give: PERSON, ORG (any other name),
DATE, TIME, MONEY, PERCENT, ORDINAL, CARDINAL and LANGUAGE.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from communique.knowledge import cache, load
from communique.tree import Doc, Token

_ACTING = ("nsubj", "nsubjpass", "poss", "dobj", "agent")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d(?:s|[-–/](?:\d\d|(?:1[5-9]|20)\d\d))?$")
_INITIAL = re.compile(r"[A-Z]\.?(?:-?[A-Z]\.)*$")
_SIGNS = ("$", "€", "£", "¥")
_AGE = re.compile(r"[1-9]\d?$")
_ORDINAL = re.compile(r"(?:\d+(?:st|nd|rd|th)|first|second|third|fourth|fifth)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Words:
    """The tables, small letters throughout."""

    given: frozenset[str]
    family: frozenset[str]
    titles: frozenset[str]
    humans: frozenset[str]
    things: frozenset[str]
    opening: frozenset[str]
    common: frozenset[str]
    placed: frozenset[str]
    speaking: frozenset[str]
    particles: frozenset[str]
    months: frozenset[str]
    days: frozenset[str]
    times: frozenset[str]
    rates: frozenset[str]
    around: frozenset[str]
    between: frozenset[str]
    money: frozenset[str]
    languages: frozenset[str]


@dataclass(slots=True)
class Known:
    """The last words of the persons that a text has named so far."""

    persons: set[str] = field(default_factory=set)


def _people() -> dict[str, list[str]]:
    """First and last words of the names of office-holders: 5,000 given names of all countries, 8,000 family names."""
    given: set[str] = set()
    family: set[str] = set()
    for name in load.names("offices", ".csv"):
        for row in load.table(name):
            words = row["person"].split()
            if len(words) > 1 and all(word[:1].isupper() for word in (words[0], words[-1])):
                given.add(words[0].lower())
                family.add(words[-1].lower())
    return {"given": sorted(given), "family": sorted(family)}


@functools.cache
def words() -> Words:
    """The tables of knowledge/entities.yaml, with names, months and weekdays from the other tables."""
    own: Any = load.data("entities.yaml")
    names: Any = load.data("given_names.yaml")
    dates: Any = load.data("dates.yaml")
    people = cache.kept(cache.key(("words of names", load.digest("offices"), cache.code_of(__name__))), _people)
    common = frozenset(own["common"])
    listed = {str(name).lower() for key in ("women", "men") for name in names.get(key, ())}
    months = {str(word).lower() for part in ("months", "weekdays") for row in dates[part].values()
              for word in (row["name"], *row["short"])}  # fmt: skip
    return Words(
        given=(frozenset(people["given"]) | listed) - common,
        family=frozenset(people["family"]) - common,
        months=frozenset(months),
        **{name: frozenset(map(str, own[name])) for name in (
            "titles", "humans", "things", "opening", "speaking", "particles", "days", "times", "rates", "around",
            "between", "money", "languages",
        )},
        common=common,
        placed=frozenset(own["placed"]),
    )  # fmt: skip


def mark(doc: Doc, known: Known) -> None:
    """Gives a parsed paragraph its entities; `known` holds the persons named before it and gets those named here."""
    table = words()
    spans = list(_amounts(doc, table))
    taken = {i for start, end, _ in spans for i in range(start, end)}
    chunks = [chunk for chunk in _chunks(doc, table) if not taken.intersection(range(*chunk))]
    found = [(chunk, _person(doc, *chunk, table, known)) for chunk in chunks]
    for (start, end), first in found:
        if first is None:
            spans.append((start, end, "ORG"))
            continue
        if first > start:
            spans.append((start, first, "ORG"))
        spans.append((first, end, "PERSON"))
        known.persons.add(doc[end - 1].lower_)
    doc.name(spans)


def _chunks(doc: Doc, table: Words) -> Iterator[tuple[int, int]]:
    """Names: words that follow each other and bear a capital, with particles ("de la") and initials in between."""
    start, tokens = None, doc
    for i, token in enumerate(tokens):
        name = token.pos_ == "PROPN" and token.text[:1].isupper()
        if name and start is not None and token.is_sent_start:
            yield start, i
            start = i
        elif name and start is None:
            start = i
        elif not name and start is not None:
            inside = token.lower_ in table.particles and i + 1 < len(tokens) and tokens[i + 1].pos_ == "PROPN"
            if not inside or token.is_sent_start:
                yield start, i
                start = None
    if start is not None:
        yield start, len(tokens)


def _person(doc: Doc, start: int, end: int, table: Words, known: Known) -> int | None:
    """Where in a name that of a person begins, or None where it is none."""
    words = [token.lower_ for token in doc[start:end]]
    # "Billy King", "Hun Sen": the last word of a name may look like a title
    last = len(words) - (2 if len(words) > 1 and words[-2] in table.given else 1)
    first = next((n for n in range(last, -1, -1) if words[n].rstrip(".") in table.titles), -1) + 1
    titled = first > 0
    if first == len(words):  # a title alone
        return None
    name = words[first:]
    plain = [word.rstrip(".") for word in name]
    if plain[-1] in table.things or (any(word in table.things for word in plain) and plain[0] not in table.given):
        return None
    if titled:
        return start + first
    if plain[0] in table.opening or plain[0] in table.months:
        return None
    before = doc[start - 1] if start else None
    if before is not None and before.lower_ in ("the", "a", "an", "this", "that", "our", "its"):
        return None
    head = doc[end - 1]
    if len(name) > 1:
        if plain[0] in table.given or (_INITIAL.match(doc[start].text) and len(plain[-1]) > 2):
            return start
        if plain[-1] in table.family and plain[0] not in table.common:
            return start
        if plain[0] in table.placed and head.dep_ in _ACTING and head.tag_ == "NNP" and not head.text.isupper():
            return start  # "Paris Hilton"; "Paris Agreement" ends in a thing
    elif plain[0] in known.persons or ((plain[0] in table.given or plain[0] in table.family) and head.dep_ in _ACTING):
        return start
    if _human(doc, start, end, table):
        return start
    return None


def _human(doc: Doc, start: int, end: int, table: Words) -> bool:
    """Whether what stands around a name tells that it is a person's: a noun, an age, a verb of speech."""
    before = doc[start - 1] if start else None
    if before is not None and before.pos_ == "NOUN" and before.lemma_.lower() in table.humans:
        return before.tag_ != "NNS"
    if end + 1 < len(doc) and doc[end].text == ",":
        after = doc[end + 1]
        if _AGE.match(after.text) and (end + 2 == len(doc) or doc[end + 2].text in (",", ".", "and")):
            return True
        for child in doc[end - 1].children:
            if child.dep_ == "appos" and child.i > end and child.lemma_.lower() in table.humans:
                return child.tag_ != "NNS"
    head = doc[end - 1]
    if end - start > 3 or head.dep_ != "nsubj" or head.head.lemma_.lower() not in table.speaking:
        return False
    if end - start > 1:
        return True
    # "Farc has said it will release him": who is "it" afterwards is a body
    body = any(token.lower_ in ("it", "its") for token in doc[end : end + 6])
    return head.text.isalpha() and not head.text.isupper() and not body


def _amounts(doc: Doc, table: Words) -> Iterator[tuple[int, int, str]]:
    """Dates, times, sums, shares and numbers, in order and apart from each other."""
    tokens, end = doc, 0
    for i, token in enumerate(tokens):
        if i < end:
            continue
        label = _unit(tokens, i, table)
        if label is not None:
            start, end = _date(tokens, i, end, table)
            yield start, end, label
        elif token.pos_ == "NUM" or token.text in _SIGNS:
            found = _number(tokens, i, table)
            if found is not None:
                end = found[0]
                yield i, end, found[1]
        elif token.lower_ in table.languages and token.dep_ == "pobj" and token.head.lower_ == "in":
            end = i + 1
            yield i, end, "LANGUAGE"
        elif _ORDINAL.match(token.text) and (i + 1 == len(tokens) or _unit(tokens, i + 1, table) is None):
            end = i + 1
            yield i, end, "ORDINAL"


def _date(tokens: list[Token], i: int, least: int, table: Words) -> tuple[int, int]:
    """Where the phrase around a unit of time begins and ends: "the past five years", "March 3, 2021"."""
    start, end = i, i + 1
    while start > least and _joins(tokens[start - 1], table):
        start -= 1
    while start < i and tokens[start].lower_ in table.between:
        start += 1
    while end < len(tokens) and _goes_on(tokens, end, table):
        end += 1
    return start, end


def _number(tokens: list[Token], i: int, table: Words) -> tuple[int, str] | None:
    """Where a number ends and what it counts, or None where it belongs to a date after it or a name before it."""
    end = i + 1
    while end < len(tokens) and tokens[end].pos_ == "NUM":
        end += 1
    signed = tokens[i].text in _SIGNS
    if end == len(tokens):
        return end, "MONEY" if signed else "CARDINAL"
    if _unit(tokens, end, table) is not None:
        return None
    if tokens[end].lower_ in ("percent", "%", "per"):
        return end + 1, "PERCENT"
    if signed or tokens[end].lemma_.lower() in table.money:
        return (end if signed else end + 1), "MONEY"
    if i and tokens[i - 1].pos_ == "PROPN" and tokens[i - 1].lower_ not in table.months:
        return None  # "Group of 7", "Resolution 2231"
    return end, "CARDINAL"


def _unit(tokens: list[Token], i: int, table: Words) -> str | None:
    """Whether a word makes a date or a time of its phrase."""
    token = tokens[i]
    lower = token.lower_
    if lower in table.months or lower.rstrip(".") in table.months:
        if i and tokens[i - 1].lower_ in table.given:
            return None  # "Theresa May"
        # "may" and "march" are verbs in small letters; "Sun" and "Mar" are months beside a number alone
        if token.pos_ in ("AUX", "VERB") or not (token.text[:1].isupper() or lower.endswith("day")):
            return None
        return "DATE" if len(lower.rstrip(".")) > 3 or lower == "may" or _numbered(tokens, i) else None
    if _YEAR.match(token.text):
        return "DATE" if token.pos_ in ("NUM", "NOUN", "PROPN") and not _counted(tokens, i) else None
    if lower in table.rates:
        return "DATE"
    if token.pos_ not in ("NOUN", "PROPN"):
        return None
    lemma = token.lemma_.lower()
    if lemma in table.days:
        return "DATE"
    if lemma in table.times and (lemma not in ("second", "am", "pm", "est") or _numbered(tokens, i)):
        return "TIME"
    return None


def _numbered(tokens: list[Token], i: int) -> bool:
    return any(0 <= n < len(tokens) and tokens[n].text[:1].isdigit() for n in (i - 1, i + 1))


def _counted(tokens: list[Token], i: int) -> bool:
    """Whether four digits count something: "2000 troops"."""
    return i + 1 < len(tokens) and tokens[i].dep_ == "nummod" and tokens[i + 1].tag_ == "NNS"


def _joins(token: Token, table: Words) -> bool:
    return token.lower_ in table.around or token.pos_ == "NUM" or bool(_ORDINAL.match(token.text))


def _goes_on(tokens: list[Token], i: int, table: Words) -> bool:
    """Whether a date goes on: "10, 2021", "ago", "of 2020", "in March"."""
    token = tokens[i]
    if token.text == ",":
        return i + 1 < len(tokens) and bool(_YEAR.match(tokens[i + 1].text))
    if token.lower_ == "of":
        return i + 1 < len(tokens) and _unit(tokens, i + 1, table) is not None
    if token.lower_ == "ago":
        return True
    return (token.pos_ == "NUM" and token.text[:1].isdigit()) or _unit(tokens, i, table) is not None
