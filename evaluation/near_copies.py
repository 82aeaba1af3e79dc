"""Near-copies at scale: synthetic articles cut, mixed and reworded from made-up ones; speed, memory and recall.

python evaluation/near_copies.py 20000
"""

from __future__ import annotations

import itertools
import json
import random
import resource
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import sqlalchemy as sa

from communique.archive import Archive
from communique.archive.schema_merge import sketches
from communique.knowledge import load
from communique.merge.kept_texts import Texts
from communique.model import Document, Span

BATCH = 500
SHARE_OF_COPIES = 0.4
SENTENCES = 14


def sentences() -> list[list[str]]:
    """Real sentences to mix from: those that the coder was trained on, which are our own."""
    found = []
    for name in load.names("examples", ".jsonl"):
        for line in load.text(name).splitlines():
            text = json.loads(line).get("text")
            if text:
                found.append(text.split())
    return sorted(found)


def articles(count: int, seed: int = 7) -> Iterator[tuple[str, str, int]]:
    """Id, text and the number of the original; four in ten are copies: cut, mixed with other matter, and reworded."""
    chance, pool = random.Random(seed), sentences()
    words = sorted({word for each in pool for word in each})
    kept: list[list[list[str]]] = []
    for number in range(count):
        if kept and chance.random() < SHARE_OF_COPIES:
            origin = chance.randrange(len(kept))
            text = [list(each) for each in kept[origin]]
            for _ in range(chance.randrange(4)):  # cut
                text.pop(chance.randrange(len(text)))
            if chance.random() < 0.5:  # mixed
                text.insert(chance.randrange(len(text)), list(chance.choice(pool)))
            for each in text:  # reworded
                if chance.random() < 0.25:
                    each[chance.randrange(len(each))] = chance.choice(words)
        else:
            origin = len(kept)
            # words of its own keep the made-up articles from being copies of each other by chance
            text = [[*chance.choice(pool), *chance.sample(words, 6)] for _ in range(SENTENCES)]
            kept.append(text)
        yield f"{number:06d}", ". ".join(" ".join(each) for each in text), origin


def run(count: int, path: Path | str = ":memory:") -> dict[str, float]:
    """Reads the articles into an archive's texts, batch by batch; figures of the whole."""
    seconds = 0.0
    last = 0.0
    origins: dict[int, int] = {}
    with Archive(path) as archive:
        made = enumerate(articles(count), 1)
        while batch := list(itertools.islice(made, BATCH)):
            come = []
            for number, (name, text, origin) in batch:
                origins[number] = origin
                come.append((number, Document(id=name, text=text, article=(Span(0, len(text)),))))
            start = time.process_time()
            with archive.writing() as connection:
                Texts(connection, passages=False).change([], come)
            last = time.process_time() - start
            seconds += last
        with archive.writing() as connection:
            texts = dict(connection.execute(sa.select(sketches.c.document, sketches.c.text)).tuples().all())
    first: dict[int, int] = {}
    copies = found = 0
    for number, origin in sorted(origins.items()):
        if origin in first:
            copies += 1
            found += texts[number] == texts[first[origin]]
        else:
            first[origin] = number
    groups: dict[int, set[int]] = {}
    for number, text in texts.items():
        groups.setdefault(text, set()).add(origins[number])
    return {
        "articles": float(count),
        "articles a second of one core": count / seconds,
        "articles a second at the end": len(batch or [0] * BATCH) / last if last else 0.0,
        "recall of copies": found / max(1, copies),
        "texts with two originals": sum(len(each) > 1 for each in groups.values()) / len(groups),
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


if __name__ == "__main__":
    for name, value in run(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000).items():
        print(f"{name:34} {value:12.3f}")
