"""Scores coded events against sentences that people coded: precision, recall and F1 for every field and event."""

from __future__ import annotations

import collections
import itertools
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from communique.errors import InputError

# gold sets older than PLOVER's own codes for the UN and the EU have IGO for both
_IGO = {"UNO": "IGO", "EUR": "IGO", "EUU": "IGO"}
_YIELD = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}
_SMALL = frozenset("the a an of and s in on for to".split())

Event = Mapping[str, Any]


@dataclass(slots=True)
class Count:
    """True positives, false positives and false negatives of sets, added up over sentences."""

    tp: int = 0
    fp: int = 0
    fn: int = 0

    def add(self, gold: set[Any], found: set[Any]) -> None:
        """Count one sentence."""
        self.tp += len(gold & found)
        self.fp += len(found - gold)
        self.fn += len(gold - found)

    @property
    def precision(self) -> float:
        """Share of what was found that is right."""
        return self.tp / (self.tp + self.fp) if self.tp + self.fp else 0.0

    @property
    def recall(self) -> float:
        """Share of what is right that was found."""
        return self.tp / (self.tp + self.fn) if self.tp + self.fn else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        p, r = self.precision, self.recall
        return 2 * p * r / (p + r) if p + r else 0.0


@dataclass(slots=True)
class Report:
    """All figures of one gold set.

    fields: event, actor, recipient, triple; types: one count for each event; confusion: (gold, found) to number, for
    sentences whose event was missed; hit: share of sentences with one event whose type and sides match; pair: the same
    without the type; misses: the sentences without a hit, with what was coded there.
    """

    sentences: int = 0
    hits: int = 0
    pairs: int = 0
    fields: dict[str, Count] = field(default_factory=lambda: collections.defaultdict(Count))
    types: dict[str, Count] = field(default_factory=lambda: collections.defaultdict(Count))
    confusion: collections.Counter[tuple[str, str]] = field(default_factory=collections.Counter)
    misses: list[tuple[Event, list[Event]]] = field(default_factory=list)

    def figures(self) -> dict[str, float]:
        """The headline figures by name."""
        found = {f"{name} F1": round(count.f1, 4) for name, count in self.fields.items()}
        share = max(1, self.sentences)
        return {**found, "hit": round(self.hits / share, 4), "pair": round(self.pairs / share, 4)}

    def as_json(self, misses: int = 0) -> dict[str, Any]:
        """Everything as plain values; of the misses, the first so many."""
        share = max(1, self.sentences)
        parts = {name: _shares(count) for name, count in self.fields.items()}
        return {
            "sentences": self.sentences,
            **parts,
            "hit": round(self.hits / share, 4),
            "pair": round(self.pairs / share, 4),
            "types": {name: _shares(count) for name, count in sorted(self.types.items())},
            "confusion": [[wanted, found, number] for (wanted, found), number in sorted(self.confusion.items())],
            "misses": [{"gold": dict(row), "coded": [dict(e) for e in coded]} for row, coded in self.misses[:misses]],
        }


def _shares(count: Count) -> dict[str, float]:
    return {"precision": round(count.precision, 4), "recall": round(count.recall, 4), "f1": round(count.f1, 4)}


def read_gold(path: Path) -> list[dict[str, Any]]:
    """Gold sentences in the PLOVER record format or our own, JSON Lines. Raises InputError with the line's number."""
    rows = []
    try:
        lines = path.read_text(encoding="utf8").splitlines()
    except (OSError, UnicodeDecodeError) as fault:
        raise InputError(
            "the gold file cannot be read", where=str(path), advice="Give a UTF-8 JSON Lines file"
        ) from fault
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            if "events" in row:
                if row["events"]:
                    rows.append(_example(row))
                continue
            row["id"], row["text"], row["event"]
        except (ValueError, KeyError, TypeError) as fault:
            raise InputError(
                "not a gold sentence: each line needs id, text and event",
                where=f"{path}:{number}",
                advice="Mend or remove the line",
            ) from fault
        rows.append(row)
    return rows


def _example(row: dict[str, Any]) -> dict[str, Any]:
    """An example of the training format as a gold sentence: its first event, with the words of both sides."""
    told, text = row["events"][0], row["text"]
    words = {side: " ".join(text[start:end] for start, end in told[side]) for side in ("actor", "recipient")}
    return {"id": row["id"], "text": text, "event": told["event"], "actor_text": words["actor"],
            "recipient_text": words["recipient"]}  # fmt: skip


def score(gold: Sequence[Event], events: Iterable[Event]) -> Report:
    """Compare. Events are as `communique code` writes them; those whose stance is "denied" are left out.

    The gold holds one event a sentence, so precision is a lower bound; where it merges CONCEDE and RETREAT as YIELD,
    so are the events.
    """
    merged = any(row["event"] == "YIELD" for row in gold)
    by_document: dict[str, list[Event]] = collections.defaultdict(list)
    for event in events:
        if event.get("stance") != "denied":
            name = _YIELD.get(event["event"], event["event"]) if merged else event["event"]
            by_document[event["document_id"]].append({**event, "event": name})
    report = Report()
    for row in gold:
        _add(report, row, by_document[row["id"]])
    return report


def _add(report: Report, row: Event, events: list[Event]) -> None:
    report.sentences += 1
    unordered = bool(row.get("unordered"))
    kinds = {event["event"] for event in events}
    report.fields["event"].add({row["event"]}, kinds)
    for kind in kinds | {row["event"]}:
        report.types[kind].add({row["event"]} & {kind}, kinds & {kind})
    if row["event"] not in kinds:
        report.confusion.update((row["event"], kind) for kind in sorted(kinds) or ["nothing"])
    if "actor" in row:
        gold_actor, gold_recipient = codes(row.get("actor")), codes(row.get("recipient"))
        actors = set().union(*(codes(event.get("actor")) for event in events))
        recipients = set().union(*(codes(event.get("recipient")) for event in events))
        if unordered:
            report.fields["actor"].add(gold_actor, actors | recipients)
            report.fields["recipient"].add(gold_actor, actors | recipients)
        else:
            report.fields["actor"].add(gold_actor, actors)
            report.fields["recipient"].add(gold_recipient, recipients)
        report.fields["triple"].add(
            triples(row["event"], gold_actor, gold_recipient, unordered),
            set().union(
                *(triples(e["event"], codes(e.get("actor")), codes(e.get("recipient")), unordered) for e in events)
            ),
        )
    fits = [event for event in events if matches(row, event)]
    report.pairs += bool(fits)
    hit = any(event["event"] == row["event"] for event in fits)
    report.hits += hit
    if not hit:
        report.misses.append((row, events))


def codes(actors: Any) -> set[str]:
    """The three-letter codes of a side; the UN's and the EU's count as IGO."""
    return {_IGO.get(actor["code"][:3], actor["code"][:3]) for actor in actors or () if actor.get("code")}


def words(text: str | None) -> set[str]:
    """The telling words of a text."""
    return set(re.findall(r"\w+", (text or "").lower())) - _SMALL


def triples(event: str, actors: set[str], recipients: set[str], unordered: bool) -> set[Any]:
    """(event, actor, recipient); unordered pairs where the gold is unordered; an empty side is None."""
    if unordered:
        return {(event, frozenset(pair)) for pair in itertools.combinations(sorted(actors | recipients), 2)}
    return {(event, a, r) for a in (actors or {None}) for r in (recipients or {None})}  # type: ignore[arg-type]


def matches(row: Event, event: Event) -> bool:
    """Whether an event's sides match the gold's: a shared code, or overlapping text where the gold has only text."""
    both = [*(event.get("actor") or ()), *(event.get("recipient") or ())]
    if row.get("unordered"):
        gold = codes(row.get("actor"))
        return len(gold & codes(both)) >= min(2, len(gold))
    if _side(row, "actor", event.get("actor")) and _side(row, "recipient", event.get("recipient")):
        return True
    level = event["event"] == "CONSULT" and not event.get("recipient")
    return level and _side(row, "actor", both) and _side(row, "recipient", both)


def _side(row: Event, name: str, actors: Any) -> bool:
    gold = codes(row.get(name))
    if gold:
        return bool(gold & codes(actors))
    telling = words(row.get(name + "_text"))
    if telling:
        return any(telling & words(actor.get("entity_text")) for actor in actors or ())
    return True
