"""Our own articles on planned occasions, two sets: what was planted, and what the merge makes of it."""

from __future__ import annotations

import itertools
import json
import sys
from pathlib import Path
from typing import Any

import yaml

from communique import ingest, pipeline
from communique.merge.records import records, roots
from communique.model import Coded, Event, Figure, Record

HERE = Path(__file__).resolve().parent / "occasions"
Row = dict[str, Any]


def read(prefix: str = "") -> dict[str, Coded]:
    """The articles of a set (the first has no prefix, the other is "second_"), coded, by id."""

    def report(fault: Exception) -> None:
        raise fault

    coder = pipeline.Coder()
    return {
        each.document.id: each
        for each in coder.code_many(ingest.read([HERE / f"{prefix}articles.jsonl"], report=report))
    }


def answers(prefix: str = "") -> list[Row]:
    """The occasions of a set's answers.yaml."""
    held = yaml.safe_load((HERE / f"{prefix}answers.yaml").read_text(encoding="utf8"))
    return list(held["occasions"])


class Found:
    """What the merge made of the articles, asked in the terms of the answers."""

    def __init__(self, coded: dict[str, Coded]) -> None:
        self.coded = coded
        self.records = records(coded.values(), figures=True)
        self.names = {each.document.key: name for name, each in coded.items()}
        self.home = {
            (key, member): record
            for record in self.records
            for member in record.members
            for key in {key for _, _, key in record.values}
        }
        first = roots({each.document.key: each.document for each in coded.values()})
        self.text = {name: self.names[first[each.document.key]] for name, each in coded.items()}

    def told(self, article: str, words: str) -> list[Event | Figure]:
        """The events and figures of the sentence in which the words stand."""
        each = self.coded[article]
        start = each.document.text.find(words)
        end = start + len(words)
        items: list[Event | Figure] = [*each.events, *each.figures]
        return [item for item in items if item.sentence.start < end and start < item.sentence.end]

    def records_of(self, article: str, words: str, kind: str) -> set[str]:
        """The records of the events (or figures) that stand there."""
        key = self.coded[article].document.key
        wanted = Event if kind == "event" else Figure
        return {self.home[key, item.id].id for item in self.told(article, words) if isinstance(item, wanted)
                and (key, item.id) in self.home}  # fmt: skip


def pairs_of_events(found: Found, occasions: list[Row]) -> tuple[list[Row], list[Row]]:
    """Pairs of articles that tell one event, and pairs that tell different ones, with whether they share a record."""
    told = [
        (event["id"], article, words, set(event["between"]))
        for occasion in occasions
        for event in occasion["events"]
        for article, words in event["told"].items()
    ]
    same, different = [], []
    for (one, first, words, _sides), (two, second, others, _) in itertools.combinations(told, 2):
        if first == second:
            continue
        left, right = found.records_of(first, words, "event"), found.records_of(second, others, "event")
        row = {"events": (one, two), "articles": (first, second), "coded": bool(left and right)}
        row["one"] = bool(left & right)
        if one == two:
            same.append(row)
        elif found.told(first, words) != found.told(first, others) and not _overlap(found, told, one, two):
            different.append(row)
    return same, different


def _overlap(found: Found, told: list[tuple[str, str, str, set[str]]], one: str, two: str) -> bool:
    """Whether one article tells both events in one sentence: then its events cannot be told apart by words."""
    spans: dict[tuple[str, str], set[int]] = {}
    for event, article, words, _ in told:
        spans.setdefault((event, article), set()).update(item.sentence.start for item in found.told(article, words))
    return any(spans[one, article] & spans.get((two, article), set()) for event, article in spans if event == one)


def disagreements(found: Found, occasions: list[Row]) -> tuple[list[Row], list[Row]]:
    """The planted disagreements with whether each is found, and contradictions that nobody planted."""
    said = [
        (record, each.field, each.verdict, _articles(found, each.first), _articles(found, each.second))
        for record in found.records
        for each in record.disagreements
    ]
    planted, allowed = [], set()
    for occasion in occasions:
        rows = list(occasion["disagreements"])
        for row in occasion.get("supersedes", ()):
            rows.append({**row, "type": "superseded", "first": row["earlier"], "second": row["later"]})
        for row in rows:
            first, second = (found.text[row[side]["article"]] for side in ("first", "second"))
            allowed.add(frozenset((first, second)))
            hit = any(
                (field == row["type"] or (row["type"] == "superseded" and verdict in ("superseded", "contradiction")))
                and ((first in one and second in other) or (second in one and first in other)
                     or (row["type"] == "superseded" and _direct(found, row, record)))
                for record, field, verdict, one, other in said
            )  # fmt: skip
            planted.append({"type": row["type"], "field": row["field"], "articles": (row["first"]["article"],
                            row["second"]["article"]), "found": hit})  # fmt: skip
    invented = [
        {"record": record.event, "field": field, "articles": (sorted(one), sorted(other))}
        for record, field, verdict, one, other in said
        if verdict == "contradiction"
        and not any(frozenset((a, b)) in allowed for a in one for b in other)
    ]  # fmt: skip
    return planted, invented


def _direct(found: Found, row: Row, record: Record) -> bool:
    """Whether the very articles stand on the two sides: a revision is of one text with what it revises."""
    keys = {side: found.coded[row[side]["article"]].document.key for side in ("first", "second")}
    return any(
        keys["first"] in {key for _, key in each.first.said_by}
        and keys["second"] in {key for _, key in each.second.said_by}
        for each in record.disagreements
    )


def _articles(found: Found, claim: Any) -> set[str]:
    return {found.text[found.names[key]] for _, key in claim.said_by}


def measure(shared: Path) -> dict[str, float]:
    """Shares found of what was planted, and how much was found that nobody planted: first set, second set."""
    del shared
    return _measured("") | {f"second: {name}": value for name, value in _measured("second_").items()}


def _measured(prefix: str) -> dict[str, float]:
    found, occasions = Found(read(prefix)), answers(prefix)
    planted = {
        frozenset(pair)
        for occasion in occasions
        for group in occasion["copies"]
        for pair in itertools.combinations(group["articles"], 2)
    }
    copies = {frozenset((a, b)) for a, b in itertools.combinations(found.text, 2) if found.text[a] == found.text[b]}
    same, different = pairs_of_events(found, occasions)
    coded = [row for row in same if row["coded"]]
    wanted, invented = disagreements(found, occasions)
    return {
        "copies found": len(copies & planted) / len(planted),
        "copies right": len(copies & planted) / max(1, len(copies)),
        "pairs of reports coded": len(coded) / len(same),
        "pairs of coded reports merged": sum(row["one"] for row in coded) / len(coded),
        "pairs of reports merged": sum(row["one"] for row in same) / len(same),
        "different events kept apart": 1 - sum(row["one"] for row in different) / len(different),
        "disagreements found": sum(row["found"] for row in wanted) / len(wanted),
        "contradictions invented": float(len(invented)),
        "no contradiction invented": float(not invented),
    }


if __name__ == "__main__":
    chosen = "second_" if "second" in sys.argv[1:] else ""
    held, planted_rows = Found(read(chosen)), answers(chosen)
    for row in pairs_of_events(held, planted_rows)[0]:
        print("same     ", json.dumps(row))
    for row in pairs_of_events(held, planted_rows)[1]:
        if row["one"]:
            print("MERGED   ", json.dumps(row))
    for row in disagreements(held, planted_rows)[0]:
        print("planted  ", json.dumps(row))
    for row in disagreements(held, planted_rows)[1]:
        print("invented ", json.dumps(row))
