"""Who a sentence says was at an encounter, and who was not."""

from __future__ import annotations

import re
from collections.abc import Iterator

from communique.merge.fact import PRESENCE, REACH, TITLED, CodesOf, Fact, any_of, nations, words
from communique.merge.words import tokens

_BREAK = re.compile(
    r"[;:\n]|,? (?:and|but|while|although|though|as|because|since|when) (?=[A-Z]|the\b|no\b|nobody\b)|, "
)
_TAIL = re.compile(
    r"(?:^|\s)(?:also|who|did|does|had|has|have|was|were|not|never|both|however|himself|herself|again|on \w+day)$"
)
LAST = 3  # words before a verb among which its auxiliaries stand
_PRONOUNS = frozenset("the no nobody none neither nor they he she it both only even a an his her its their".split())


def attendance(said: str, codes_of: CodesOf) -> Iterator[Fact]:
    """Who is said to have been there, or not."""
    if not (any_of("present", "absent", "with", "without").search(said)):
        return
    meant = any_of("encounters").search(said) is not None or any_of("certain").search(said) is not None
    if not meant:
        return
    for found in any_of("with", "without").finditer(said):
        start, end = found.end(), _end(said, found.end())
        holds = found.group().lower() not in words()["without"]
        yield from _persons(said, (start, end), (found.start(), end), holds, codes_of)
    for found in any_of("present", "absent").finditer(said):
        if any_of("with", "without").match(said, found.start()):
            continue
        start = _start(said, found.start())
        subject = said[start : found.start()]
        if not _told(tokens(subject)[-LAST:], found.group().lower()):
            continue
        gone = found.group().lower() in words()["absent"]
        turned = any_of("negations").search(subject) is not None
        if gone and turned:
            continue  # "nobody stayed away"
        yield from _persons(said, (start, found.start()), (start, found.end()), not (gone or turned), codes_of)


def _told(before: list[str], verb: str) -> bool:
    """Whether it is told as done, or as not done: who "will attend" or is "invited to take part" was not yet there."""
    if not before or before[-1] in words()["not persons"] or not set(before).isdisjoint(words()["not yet"]):
        return False
    return verb not in words()["bare"] or "did" in before or "didn" in before


def _start(said: str, verb: int) -> int:
    """Where the subject of a verb begins: behind the last break that leaves it a name or an office."""
    start = 0
    for found in _BREAK.finditer(said, max(0, verb - REACH), verb):
        rest = said[found.end() : verb]
        if found.group().strip(" ,") == "and" and not _clausal(said[start : found.start()]):
            continue  # "the ministers Ann Li and Bo Chen took part"
        if TITLED.search(rest) or not set(_office(rest)).isdisjoint(words()["offices"]):
            # "Foreign Minister Ann Li, who is ill, stayed away": the break before "who" leaves no name
            start = found.end()
    return start


def _clausal(said: str) -> bool:
    """Whether words hold more than names and offices, so that a clause ends with them."""
    small = [word for word in tokens(said) if word.isalpha()]
    titled = {word.casefold() for name in TITLED.findall(said) for word in tokens(name)}
    spelled = words()["spellings"]
    rest = [word for word in small if word not in titled and str(spelled.get(word, word)) not in words()["offices"]]
    return any(word not in _PRONOUNS | {"of", "for"} for word in rest)


def _end(said: str, start: int) -> int:
    found = re.compile(r"[,;:.\n](?:\s|$)| (?:who|which|that|in|at|on|said|told|during|for) ").search(said, start)
    return found.start() if found else len(said)


def _office(said: str) -> frozenset[str]:
    """The words of an office, spelled alike."""
    spelled = words()["spellings"]
    held = {str(spelled.get(word, word)) for word in tokens(said.replace("-", " "))}
    return frozenset(held & set(words()["offices"]))


def _persons(said: str, who: tuple[int, int], shown: tuple[int, int], holds: bool, codes_of: CodesOf) -> Iterator[Fact]:
    """A person or several by names and offices, with the states that they are of, shown with the verb."""
    start, end = who
    phrase = " ".join(said[start:end].split()).strip(" ,")
    while (cut := _TAIL.sub("", phrase).strip(" ,")) != phrase:  # "the minister, however, did not"
        phrase = cut
    office = _office(phrase)
    groups = {word for word in tokens(phrase) if word in words()["groups"]}
    names = frozenset(
        word.casefold().strip("'’.").removesuffix("'s").removesuffix("’s")
        for word in TITLED.findall(phrase)
        if not (_office(word) or word.casefold().removesuffix("'s").removesuffix("’s") in nations() | _PRONOUNS)
    )
    if not phrase or not (names or office or groups) or len(phrase) > REACH:
        return
    nobody = re.match(r"(?:no|nobody|none|neither)\b", phrase, re.I) is not None
    marks = {f"name {name}" for name in names} | {f"office {word}" for word in office}
    if nobody or (groups and not names and not office):
        marks |= {f"group {word}" for word in groups}
        holds = False if nobody else holds
    text = " ".join(said[slice(*shown)].split()).strip(" ,")
    yield Fact(PRESENCE, text, frozenset(marks), codes_of(start, end), holds)
