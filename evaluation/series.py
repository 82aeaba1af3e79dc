"""Pair series of our own articles, reckoned a second time from the nouns alone, in the plainest way there is.

The package reads acts by columns and sums them with NumPy; here every record is opened, and the formulas of
docs/measure.md are written out once more without a line of the package's own measures. Both must agree to 1e-9.
"""

from __future__ import annotations

import calendar
import datetime as dt
import itertools
import tempfile
from pathlib import Path
from typing import Any

from communique import pipeline
from communique.archive import Archive
from communique.export.tables import goldstein
from communique.ingest import read
from communique.merge import refresh
from communique.model import Coded, Event

HERE = Path(__file__).resolve().parent / "occasions"
PRIOR = {"plover": 5.0, "goldstein": 5.0, "quad": 1.0}
QUAD = {1: 1.0, 2: 2.0, 3: -1.0, 4: -2.0}
USUAL = {
    "AGREE": "030", "CONSULT": "040", "SUPPORT": "050", "CONCEDE": "080", "COOPERATE": "060", "AID": "070",
    "RETREAT": "087", "REQUEST": "100", "ACCUSE": "110", "REJECT": "120", "THREATEN": "130", "PROTEST": "140",
    "SANCTION": "160", "MOBILIZE": "150", "COERCE": "170", "ASSAULT": "190",
}  # fmt: skip
HALF_LIFE = 180.0
Told = tuple[Event, Coded]


def measure(_shared: Path | None = None) -> dict[str, float]:
    """How many points agree to 1e-9, and the share of them."""
    with tempfile.TemporaryDirectory() as folder, Archive(Path(folder) / "occasions.db") as archive:
        for coded in pipeline.Coder().code_many(read([HERE / "articles.jsonl"], report=_raise)):
            archive.add(coded)
        refresh(archive)
        return compare(archive)


def compare(archive: Archive) -> dict[str, float]:
    """The points of all pairs of an archive, by month and year and all weights, against the second reckoning."""
    pairs = sorted({pair for act in hand_made(archive) for pair in act["pairs"]})
    # of a record, those tellings count for a pair that name both of it
    acts = {pair: [act for act in hand_made(archive, set(pair)) if pair in act["pairs"]] for pair in pairs}
    same = total = scored = 0
    for pair, by, weights in itertools.product(pairs, ("month", "year"), PRIOR):
        wanted = {point[0]: point for point in by_hand(acts[pair], by, weights)}
        for point in archive.pair(*pair, by=by, weights=weights).series.points:
            if not point.records:
                continue
            total += 1
            _, cooperation, conflict, net, level, number = wanted[point.period]
            scored += net is not None
            found = (point.cooperation, point.conflict, point.net, point.level)
            agree = all(_near(a, b) for a, b in zip(found, (cooperation, conflict, net, level), strict=True))
            same += agree and number == len(point.records)
            if not (agree and number == len(point.records)):
                print(pair, by, weights, point.period, found, len(point.records), wanted[point.period])
    return {"points": float(total), "scored": float(scored), "equal": same / total if total else 0.0}


def hand_made(archive: Archive, named: set[str] | None = None) -> list[dict[str, Any]]:
    """What was done, from records and events that name all of some: sides, scores, dates."""
    coded = list(map(archive.coded, archive.keys()))
    where: dict[str, list[Told]] = {}
    for each in coded:
        for event in each.events:
            where.setdefault(event.id, []).append((event, each))
    groups: list[list[Told]] = []
    for record in archive.records():
        told = [one for member in record.members for one in where.get(member, ()) if _done(*one)]
        told = [one for one in told if (named or set()) <= _codes((*one[0].actor, *one[0].recipient))]
        if told:
            groups.append(told)
    return [_act(told) for told in _mirrored(groups)]


def _done(event: Event, each: Coded) -> bool:
    page = each.document.published.latest
    day = event.date.latest if event.event == "AGREE" else event.date.earliest
    return event.stance == "actual" and not (day and page and day > page)


def _mirrored(groups: list[list[Told]]) -> list[list[Told]]:
    """Records told by the same words with the sides exchanged are put together."""
    spots: dict[Any, list[tuple[int, Told]]] = {}
    for number, group in enumerate(groups):
        for event, each in group:
            spots.setdefault((each.document.key, event.event, event.trigger.start), []).append((number, (event, each)))
    colour = list(range(len(groups)))
    for told in spots.values():
        for (one, a), (other, b) in itertools.combinations(told, 2):
            if _mirror(a, b):
                old, new = colour[other], colour[one]
                colour = [new if each == old else each for each in colour]
    found: dict[int, list[Told]] = {}
    for number, group in enumerate(groups):
        found.setdefault(colour[number], []).extend(group)
    return list(found.values())


def _mirror(one: Told, other: Told) -> bool:
    a, b = one[0], other[0]
    if one[1].document.key != other[1].document.key or (a.event, a.trigger.start) != (b.event, b.trigger.start):
        return False
    if a.unordered or b.unordered:
        return False
    return bool(_codes(a.actor) & _codes(b.recipient)) and bool(_codes(b.actor) & _codes(a.recipient))


def _codes(side: Any) -> set[str]:
    generic = {"IGO", "NGO", "MNC", "ISM", "IMG"}
    return {who.actor.name if who.actor.code in generic and who.actor.name else who.actor.code
            for who in side if who.actor.code}  # fmt: skip


def _act(told: list[Told]) -> dict[str, Any]:
    votes: dict[Any, set[str]] = {}
    pairs = set()
    starts, ends = [], []
    for event, each in told:
        plover = event.event_scale
        field = float(goldstein(event.cameo) or goldstein(USUAL[event.event]))
        said = (event.event, event.mode, event.quad_code, (plover, field, QUAD[event.quad_code]))
        votes.setdefault(said, set()).add(each.document.key)
        actors, recipients = _codes(event.actor), _codes(event.recipient)
        faced = (
            itertools.combinations(sorted(actors | recipients), 2)
            if event.unordered
            else itertools.product(actors, recipients)
        )
        pairs |= {tuple(sorted(pair)) for pair in faced if pair[0] != pair[1]}
        early, late = event.date.earliest, event.date.latest
        if early and late and early > late:
            early = None
        starts += [early] if early else []
        ends += [late] if late else []
    # of as many tellings each, what was done comes before the promise of it
    first = min(
        votes, key=lambda v: (-len(votes[v]), v[0] == "AGREE", v[1] is None, -abs(v[3][0]), v[0], v[1] or "", v[3])
    )
    early, late = max(starts, default=None), min(ends, default=None)
    if early and late and early > late:
        both = [(e.date.earliest, e.date.latest) for e, _ in told if e.date.earliest and e.date.latest]
        both = [pair for pair in both if pair[0] <= pair[1]]
        early, late = min(both, key=lambda pair: (pair[1] - pair[0], pair[0]), default=(early, None))
    return {"pairs": pairs, "scores": dict(zip(PRIOR, first[3], strict=True)), "early": early, "late": late}


def by_hand(acts: list[dict[str, Any]], by: str, weights: str) -> list[tuple[Any, ...]]:
    """(period, C, K, net, level, number) of each period with an act in it."""
    placed: dict[str, list[dict[str, Any]]] = {}
    for act in acts:
        if act["early"] and act["late"]:
            names = {_name(day, by) for day in (act["early"], act["late"])}
            if len(names) == 1:
                placed.setdefault(names.pop(), []).append(act)
    rows = []
    for name in sorted(placed):
        scores = [act["scores"][weights] for act in placed[name]]
        cooperation, conflict = sum(s for s in scores if s > 0), -sum(s for s in scores if s < 0)
        net: float | None = (cooperation - conflict) / (cooperation + conflict + PRIOR[weights])
        before = [act for other in placed if other <= name for act in placed[other]]
        end = _end(name)
        plus = minus = 0.0
        for act in before:
            age = end.toordinal() - (act["early"].toordinal() + act["late"].toordinal()) / 2
            faded = act["scores"][weights] * 2 ** (-age / HALF_LIFE)
            plus, minus = plus + max(faded, 0.0), minus + max(-faded, 0.0)
        level = (plus - minus) / (plus + minus + PRIOR[weights]) if len(before) >= 3 else None
        if len(scores) < 3:
            rows.append((name, None, None, None, level, len(scores)))
        else:
            rows.append((name, cooperation, conflict, net, level, len(scores)))
    return rows


def _name(day: dt.date, by: str) -> str:
    return f"{day.year:04d}" if by == "year" else f"{day.year:04d}-{day.month:02d}"


def _end(name: str) -> dt.date:
    year, _, month = name.partition("-")
    number = int(month or 12)
    return dt.date(int(year), number, calendar.monthrange(int(year), number)[1])


def _near(one: float | None, other: float | None) -> bool:
    return one is other if one is None or other is None else abs(one - other) <= 1e-9


def _raise(fault: Exception) -> None:
    raise fault


if __name__ == "__main__":
    print(measure())
