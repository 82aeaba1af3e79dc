"""The training sentences: every one is as the datasheet says, varied, and none resembles a gold sentence."""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from communique.code.ontology import events

FOLDER = files("communique.knowledge") / "examples"
STANCES = {"actual", "planned", "possible", "conditional", "denied", "historical"}


def _rows() -> list[dict[str, Any]]:
    paths = sorted((entry for entry in FOLDER.iterdir() if entry.name.endswith(".jsonl")), key=lambda entry: entry.name)
    return [json.loads(line) for path in paths for line in path.read_text(encoding="utf8").splitlines()]


ROWS = _rows()


def _shingles(text: str, size: int) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[i : i + size]) for i in range(len(words) - size + 1)}


def test_there_are_thousands_of_sentences_and_every_event_has_hundreds() -> None:
    counts = Counter(event["event"] for row in ROWS for event in row["events"])
    assert len(ROWS) >= 4000
    assert set(counts) == set(events())
    assert min(counts.values()) >= 150


def test_ids_are_unique() -> None:
    assert len({row["id"] for row in ROWS}) == len(ROWS)


def test_labels_are_the_ontology_s_and_spans_cut_words() -> None:
    for row in ROWS:
        for event in row["events"]:
            assert event["stance"] in STANCES, row["id"]
            assert event["mode"] is None or event["mode"] in events()[event["event"]].modes, row["id"]
            spans = [*event["actor"], *event["recipient"], *([event["trigger"]] if event["trigger"] else [])]
            for start, end in spans:
                words = row["text"][start:end]
                assert 0 <= start < end <= len(row["text"]), row["id"]
                assert words == words.strip(), row["id"]


def test_no_two_sentences_are_twins() -> None:
    seen: dict[tuple[str, ...], str] = {}
    twins = []
    for row in ROWS:
        for shingle in _shingles(row["text"], 11):
            other = seen.setdefault(shingle, row["id"])
            if other != row["id"]:
                twins.append((other, row["id"]))
    assert twins == []


@pytest.mark.parametrize("name", ["plover_gsr_dev.jsonl", "plv_dev.jsonl"])
def test_no_sentence_resembles_a_gold_sentence(shared: Path, name: str) -> None:
    path = shared / "gold" / name
    opened = gzip.open if name.endswith(".gz") else open
    with opened(path, "rt", encoding="utf8") as lines:
        gold = [json.loads(line)["text"] for line in lines]
    taken = set().union(*(_shingles(text, 8) for text in gold))
    same = [row["id"] for row in ROWS if _shingles(row["text"], 8) & taken]
    assert same == []
