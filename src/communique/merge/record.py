"""A cluster becomes a record: every value with who said it, how many independent voices, and what they disagree on."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Literal

from communique.merge import stages
from communique.merge.cluster import Cluster, identifier
from communique.merge.disagree import disagreements, moved_on, put_off, stances
from communique.merge.groups import Groups
from communique.merge.telling import Telling
from communique.model import Disagreement, Link, Record, content_id

SAME_SENTENCE = 0.8  # share of words from which two sentences are one text, whoever prints it
SHORTEST = 6  # words that such a sentence has at least
Relation = Literal["carried out by", "carries out", "denied by", "denies", "put off by", "puts off"]
Status = Literal["single", "corroborated", "disputed", "superseded"]
OPPOSITE: dict[Relation, Relation] = {
    "carried out by": "carries out",
    "carries out": "carried out by",
    "denied by": "denies",
    "denies": "denied by",
    "put off by": "puts off",
    "puts off": "put off by",
}


def records(found: Sequence[Cluster], links: Iterable[tuple[str, str]]) -> list[Record]:
    """The records of clusters, in their order; links are pairs of telling ids whose clusters may hang together."""
    home = {identifier(telling): number for number, each in enumerate(found) for telling in each.members}
    pairs = sorted({tuple(sorted((home[one], home[other]))) for one, other in links})
    ids = [_id(each) for each in found]
    hung: dict[int, list[Link]] = {}
    against: dict[int, list[Telling]] = {}
    later: dict[int, list[Telling]] = {}  # what puts it off
    opens: dict[int, list[Telling]] = {}  # what gives another day on which it is to open
    for first, second in pairs:
        if first == second:
            continue
        for early, late in ((first, second), (second, first)):
            if any(stages.moves(b, a) for a, b in _faces(found[early], found[late])):
                opens.setdefault(early, []).extend(found[late].members)
        relation = _relation(found[first], found[second])
        if relation is None:
            continue
        hung.setdefault(first, []).append(Link(relation, ids[second]))
        hung.setdefault(second, []).append(Link(OPPOSITE[relation], ids[first]))
        if relation in ("denies", "denied by"):
            against.setdefault(first, []).extend(found[second].members)
            against.setdefault(second, []).extend(found[first].members)
        elif relation in ("puts off", "put off by"):
            early, late = (second, first) if relation == "puts off" else (first, second)
            later.setdefault(early, []).extend(found[late].members)
    return [
        _record(
            ids[number],
            each,
            against.get(number, []),
            later.get(number, []),
            opens.get(number, []),
            hung.get(number, []),
        )
        for number, each in enumerate(found)
    ]


def _id(cluster: Cluster) -> str:
    """From its first member alone, so that it stays the same as more reports come in."""
    first = min(cluster.members, key=lambda each: each.order)
    return content_id("record", first.key, first.event_id)


def _relation(one: Cluster, other: Cluster) -> Relation | None:
    """How one hangs together with the other."""
    pairs = _faces(one, other)
    if any(stages.denies(a, b) for a, b in pairs):
        return "denies"
    if any(stages.denies(b, a) for a, b in pairs):
        return "denied by"
    if any(stages.puts_off(a, b) for a, b in pairs):
        return "puts off"
    if any(stages.puts_off(b, a) for a, b in pairs):
        return "put off by"
    if any(stages.stage(a, b) for a, b in pairs):
        return "carried out by"
    return "carries out" if any(stages.stage(b, a) for a, b in pairs) else None


def _faces(one: Cluster, other: Cluster) -> list[tuple[Telling, Telling]]:
    return list(itertools.product(one.faces.values(), other.faces.values()))


def _record(
    identity: str,
    cluster: Cluster,
    against: list[Telling],
    later: list[Telling],
    opens: list[Telling],
    links: list[Link],
) -> Record:
    members = sorted(cluster.members, key=lambda each: each.order)
    against = sorted(against, key=lambda each: each.order)
    values = [(field, value, each.key) for each in members for field, value in _values(each)]
    values += [("stance", each.stance, each.key) for each in against]
    later = sorted(later, key=lambda each: each.order)
    opens = sorted(opens, key=lambda each: each.order)
    found = (*disagreements(members), *stances(members, against), *put_off(members, later), *moved_on(members, opens))
    voices = independent(members)
    kinds = Counter(each.event for each in members)
    return Record(
        id=identity,
        event=min(kinds, key=lambda kind: (-kinds[kind], kind)),
        members=tuple(dict.fromkeys(each.event_id for each in members)),
        values=tuple(dict.fromkeys(values)),
        status=_status(found, voices),
        voices=voices,
        disagreements=tuple(found),
        links=tuple(sorted(set(links), key=lambda link: (link.relation, link.record))),
    )


def _status(found: Sequence[Disagreement], voices: int) -> Status:
    verdicts = {each.verdict for each in found}
    if "contradiction" in verdicts:
        return "disputed"
    if "superseded" in verdicts:
        return "superseded"
    return "corroborated" if voices > 1 else "single"


def _values(telling: Telling) -> Iterable[tuple[str, str]]:
    """What one report says of the event, field by field."""
    yield from telling.said
    if not any(field == "figure" for field, _ in telling.said):
        yield from (("figure", amount.text) for amount in telling.amounts)


def independent(members: Iterable[Telling]) -> int:
    """How many of the reports owe nothing to each other: not one outlet or agency, not one text, not one sentence."""
    faces = {(each.voice, each.text, each.all_words): each for each in members}
    groups = Groups()
    for number, each in enumerate(faces.values()):
        groups.join(f"#{number}", f"voice {each.voice}")
        groups.join(f"#{number}", f"text {each.text}")
    for (one, a), (two, b) in itertools.combinations(enumerate(faces.values()), 2):
        if not groups.together(f"#{one}", f"#{two}") and one_sentence(a, b):
            groups.join(f"#{one}", f"#{two}")
    return len({groups.root(f"#{number}") for number in range(len(faces))})


def one_sentence(a: Telling, b: Telling) -> bool:
    """Whether two reports tell it in the same words: then one has them from the other, or both from a third."""
    shared, either = len(a.all_words & b.all_words), len(a.all_words | b.all_words)
    return min(len(a.all_words), len(b.all_words)) >= SHORTEST and shared / either >= SAME_SENTENCE
