"""How well a coder agrees with sentences that people coded by hand.

Figures, all from 0 to 1, over sentences that hold one gold event each:

- event: the types found in a sentence against the gold type, as sets, micro-averaged. A coder that rightly finds a
  second event pays for it, so precision is a lower bound.
- actor, recipient: three-letter codes over all events of a sentence, where the gold has codes.
- hit: the share of sentences with one event of the right type between the right sides (a shared code, or shared words
  where the gold has words only; an empty gold side matches anything). pair: the same with any type.

Denied events are left out. Where the gold merges CONCEDE and RETREAT as YIELD, so are the events.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Row = Mapping[str, Any]
MERGED = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}
EMPTY_WORDS = frozenset(["the", "a", "an", "of", "and", "s", "in", "on", "for", "to"])


class Count:
    """Set agreement, added up."""

    def __init__(self) -> None:
        self.right = self.extra = self.missed = 0

    def add(self, gold: set[str], found: set[str]) -> None:
        """Adds one sentence."""
        self.right += len(gold & found)
        self.extra += len(found - gold)
        self.missed += len(gold - found)

    def figures(self) -> dict[str, float]:
        """Precision, recall and their harmonic mean."""
        precision = self.right / (self.right + self.extra) if self.right + self.extra else 0.0
        recall = self.right / (self.right + self.missed) if self.right + self.missed else 0.0
        both = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        return {"precision": round(precision, 4), "recall": round(recall, 4), "f1": round(both, 4)}


def score(gold: Sequence[Row], events: Iterable[Row]) -> dict[str, Any]:
    """The figures, given gold rows and events as `communique code` writes them."""
    merged = any(row["event"] == "YIELD" for row in gold)
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for event in events:
        if event["stance"] != "denied":
            kind = MERGED.get(event["event"], event["event"]) if merged else event["event"]
            found[event["document_id"]].append({**event, "event": kind})
    counts: dict[str, Count] = {"event": Count()}
    hits = pairs = 0
    for row in gold:
        coded = found[row["id"]]
        counts["event"].add({row["event"]}, {event["event"] for event in coded})
        if "actor" in row:
            _sides(row, coded, counts)
        matching = [event for event in coded if _matches(row, event)]
        pairs += bool(matching)
        hits += any(event["event"] == row["event"] for event in matching)
    total = len(gold) or 1
    return {
        "sentences": len(gold),
        "with_an_event": sum(bool(found[row["id"]]) for row in gold),
        "events": sum(len(found[row["id"]]) for row in gold),
        **{name: count.figures() for name, count in counts.items()},
        "hit": round(hits / total, 4),
        "pair": round(pairs / total, 4),
    }


def _sides(row: Row, coded: Sequence[Row], counts: dict[str, Count]) -> None:
    actors = {code for event in coded for code in _codes(event["actor"])}
    recipients = {code for event in coded for code in _codes(event["recipient"])}
    if row.get("unordered"):  # a meeting has one side
        counts.setdefault("actor", Count()).add(_codes(row["actor"]), actors | recipients)
        return
    counts.setdefault("actor", Count()).add(_codes(row["actor"]), actors)
    counts.setdefault("recipient", Count()).add(_codes(row.get("recipient")), recipients)


def _matches(row: Row, event: Row) -> bool:
    both = [*event["actor"], *event["recipient"]]
    gold = _codes(row.get("actor"))
    if row.get("unordered"):
        return len(gold & _codes(both)) >= min(2, len(gold))
    if _side(row, "actor", event["actor"]) and _side(row, "recipient", event["recipient"]):
        return True
    level = event["event"] == "CONSULT" and not event["recipient"]
    return level and _side(row, "actor", both) and _side(row, "recipient", both)


def _side(row: Row, name: str, people: Sequence[Row]) -> bool:
    codes, words = _codes(row.get(name)), _words(row.get(f"{name}_text"))
    if codes:
        return bool(codes & _codes(people))
    return not words or any(words & _words(who["entity_text"]) for who in people)


def _codes(people: Iterable[Row] | None) -> set[str]:
    return {str(who["code"])[:3] for who in people or () if who.get("code")}


def _words(text: str | None) -> set[str]:
    return set(re.findall(r"\w+", (text or "").lower())) - EMPTY_WORDS
