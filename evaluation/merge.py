"""Events and stories across documents against ECB+, where people marked which mentions are one event."""

from __future__ import annotations

import gzip
import itertools
import json
from collections import defaultdict
from collections.abc import Hashable, Mapping
from pathlib import Path
from typing import Any

from communique import pipeline
from communique.merge.nearness import Nearness, nearness
from communique.merge.records import about, of_coded, records, roots
from communique.merge.stories import grouped
from communique.merge.words import stem
from communique.model import Coded, Document, Span
from communique.settings import Settings

Row = dict[str, Any]
NO_SPACE_BEFORE = frozenset(".,;:!?)]}'%") | {"'s", "n't", "'re", "'ve", "'ll", "'d", "'m", "''"}
NO_SPACE_AFTER = frozenset("([{$") | {"``"}
CLOSE = 2  # characters by which a trigger may begin beside a marked word


def rows_of(shared: Path, split: str = "dev") -> list[Row]:
    """The articles of a split of ECB+."""
    with gzip.open(shared / "gold" / f"ecbplus_{split}.jsonl.gz", "rt", encoding="utf8") as lines:
        return [json.loads(line) for line in lines]


def document_of(row: Row) -> tuple[Document, list[int]]:
    """The article as text, a line for each sentence, with where each token starts. Lines of addresses are left out."""
    text, starts, spans = "", [], []
    for _, group in itertools.groupby(zip(row["tokens"], row["sent"], strict=True), key=lambda pair: pair[1]):
        tokens = [token for token, _ in group]
        begin = len(text)
        for number, token in enumerate(tokens):
            glued = number == 0 or token in NO_SPACE_BEFORE or tokens[number - 1] in NO_SPACE_AFTER
            text += "" if glued else " "
            starts.append(len(text))
            text += token
        if "http" not in tokens[0]:
            spans.append(Span(begin, len(text)))
        text += "\n"
    return Document(id=row["id"], text=text, article=tuple(spans), language="en"), starts


def bcubed(found: Mapping[Any, Hashable], gold: Mapping[Any, Hashable]) -> tuple[float, float, float]:
    """B-cubed precision, recall and F1 (Bagga and Baldwin 1998) over the keys of gold."""
    one: dict[Hashable, set[Any]] = defaultdict(set)
    other: dict[Hashable, set[Any]] = defaultdict(set)
    for key in gold:
        one[found[key]].add(key)
        other[gold[key]].add(key)
    both = [len(one[found[key]] & other[gold[key]]) for key in gold]
    precision = sum(n / len(one[found[key]]) for n, key in zip(both, gold, strict=True)) / max(1, len(gold))
    recall = sum(n / len(other[gold[key]]) for n, key in zip(both, gold, strict=True)) / max(1, len(gold))
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def matched(row: Row, coded: Coded, starts: list[int]) -> dict[str, tuple[str, str]]:
    """For each of the coder's events that stands on a marked action its chain, and the lemma of the marked words."""
    marks = {}
    for mention in row["mentions"]:
        if mention["tag"].startswith(("ACTION", "NEG_ACTION")) and mention.get("chain"):
            words = [row["tokens"][at] for at in mention["toks"]]
            for at in mention["toks"]:
                marks[starts[at]] = (mention["chain"], " ".join(stem(word.casefold()) for word in words))
    found = {}
    for event in coded.events:
        for start in range(event.trigger.start - CLOSE, event.trigger.end):
            if start in marks and start >= event.trigger.start - 0:
                found[event.id] = marks[start]
                break
    return found


def stories_of(coded: Mapping[str, Coded]) -> tuple[dict[str, int], Nearness]:
    """The number of the story of each document, by its id."""
    documents = {each.document.key: each.document for each in coded.values()}
    first = roots(documents)
    near = nearness({key: about(document) for key, document in documents.items() if first[key] == key})
    home = {text: number for number, texts in enumerate(grouped(set(first.values()), near)) for text in texts}
    return {document.id: home[first[key]] for key, document in documents.items()}, near


def code(shared: Path, split: str = "dev") -> tuple[list[Row], dict[str, Coded], dict[str, list[int]]]:
    """The articles of a split with what the coder reads in them, and where their tokens start."""
    rows = rows_of(shared, split)
    made = {row["id"]: document_of(row) for row in rows}
    coder = pipeline.Coder(Settings(kinds=("event", "figure")))
    coded = {each.document.id: each for each in coder.code_many([document for document, _ in made.values()])}
    return rows, coded, {name: starts for name, (_, starts) in made.items()}


def scores(rows: list[Row], coded: Mapping[str, Coded], starts: Mapping[str, list[int]]) -> dict[str, float]:
    """Events against the same lemma in the topic, and stories against subtopics."""
    gold: dict[tuple[str, str], str] = {}
    lemma: dict[tuple[str, str], tuple[int, str]] = {}
    for row in rows:
        for event_id, (chain, words) in matched(row, coded[row["id"]], starts[row["id"]]).items():
            key = (coded[row["id"]].document.key, event_id)
            gold[key] = chain
            lemma[key] = (row["topic"], words)
    told = {each.document.key: {t.event_id for t in of_coded(each)} for each in coded.values()}
    home: dict[tuple[str, str], str] = {}
    for record in records(coded.values()):
        keys = {key for _, _, key in record.values}
        for member in record.members:
            home |= {(key, member): record.id for key in keys if member in told[key]}
    ours, base = bcubed(home, gold), bcubed(lemma, gold)
    subtopic = {row["id"]: row["subtopic"] for row in rows}
    topic = {row["id"]: row["topic"] for row in rows}
    story, _ = stories_of(coded)
    alike = [
        (a, b) for a, b in itertools.combinations(subtopic, 2) if topic[a] == topic[b] and subtopic[a] != subtopic[b]
    ]
    whole = bcubed(story, subtopic)
    return {
        "events matched": float(len(gold)),
        "events B3 precision": ours[0],
        "events B3 recall": ours[1],
        "events B3 F1": ours[2],
        "same lemma in topic B3 F1": base[2],
        "events above same lemma": ours[2] - base[2],
        "stories B3 F1": whole[2],
        "look-alike stories apart": sum(story[a] != story[b] for a, b in alike) / len(alike),
    }


def measure(shared: Path) -> dict[str, float]:
    """Events and stories on the development half."""
    return scores(*code(shared))
